"""Findings in a file that somebody wrote, printed for a person, for a program, or for GitHub's checks."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click

from lessons.diagnostic import Diagnostic

FORMATS = ("text", "json", "github")


def report(findings: Sequence[Diagnostic], count: int, form: str) -> None:
    """Prints all findings. In text, a line of summary follows: on the error output where something is wrong."""
    if form == "json":
        click.echo(json.dumps([_as_object(finding) for finding in findings], ensure_ascii=False, indent=2))
        return
    for finding in findings:
        click.echo(_github(finding) if form == "github" else _line(finding))
    wrong = sum(not finding.note for finding in findings)
    notes = len(findings) - wrong
    with_notes = f", {notes} {'note' if notes == 1 else 'notes'}" if notes else ""
    files = f"{count} lesson {'file' if count == 1 else 'files'}"
    if wrong:
        click.echo(f"{files}: {wrong} {'thing' if wrong == 1 else 'things'} to mend{with_notes}.", err=True)
    else:
        click.echo(f"{files}: all is well{with_notes}.")


def _line(finding: Diagnostic) -> str:
    return _printable(str(finding) + (" (a note)" if finding.note else ""))


def _github(finding: Diagnostic) -> str:
    kind = "notice" if finding.note else "error"
    place = f"file={_escaped(finding.path)},line={finding.line},col={finding.column},title={finding.rule}"
    return f"::{kind} {place}::{_printable(finding.message).replace('%', '%25')}"


def _as_object(finding: Diagnostic) -> dict[str, object]:
    return {
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "rule": finding.rule,
        "message": finding.message,
        "severity": "note" if finding.note else "error",
    }


def _escaped(text: str) -> str:
    return _printable(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")


def _printable(text: str) -> str:
    """One line, with no character that could steer a terminal, and no longer than a person reads."""
    clean = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
    return clean if len(clean) <= 500 else clean[:499] + "…"
