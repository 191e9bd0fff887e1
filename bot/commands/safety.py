"""`handrail safety check`: what the guard at the door sees in a text."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable

import click

from bot.commands.lines import texts_from
from bot.safety import look


@click.group()
def safety() -> None:
    """What the guard at the door sees: secrets, tricks, danger."""


@safety.command()
@click.argument("text", required=False)
@click.option("--language", default="", help="The learner's language, as a hint.")
@click.option("--jsonl", is_flag=True, help='Read {"text": ...} lines, or bare lines, from standard input.')
def check(text: str | None, language: str, jsonl: bool) -> None:
    """Print what is found in TEXT (or in standard input) as JSON, one object a line."""
    lines: Iterable[str] = texts_from(sys.stdin, jsonl) if text is None else [text]
    for line in lines:
        click.echo(json.dumps(as_json(line, language), ensure_ascii=False))


def as_json(text: str, language: str = "") -> dict[str, object]:
    """The finding in the documented shape; the text itself is not repeated."""
    finding = look(text, language)
    return {
        "secrets": [{"kind": s.kind, "start": s.start, "end": s.end} for s in finding.secrets],
        "scam": {"warn": finding.warn, "signs": list(finding.signs)},
        "tricked": finding.tricked,
        "danger": bool(finding.danger),
    }
