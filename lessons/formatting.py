"""`lessons fmt`: names of things on the screen filled in, and one way of spacing. Nothing else is touched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

from lessons.build import build, fingerprint
from lessons.catalogue import Catalogue
from lessons.labels import Labels
from lessons.model import Choice, OnScreen, Screens
from lessons.parser import read_lesson
from lessons.rules.links import named, right_name
from lessons.rules.look import Look
from lessons.source import LessonSource

_COMMENT_OR_FENCE = re.compile(r"^\s*(<!--|```|~~~)")
_WIDE_COLON = ("zh", "ja")


def format_lesson(text: str, *, lesson_id: str, language: str, labels: Labels, screens: Screens | None) -> str:
    """The text in order. The same text twice gives the same; what cannot be put in order safely is left as it is."""

    def read(words: str) -> LessonSource:
        return read_lesson(words, path="", lesson_id=lesson_id, language=language, labels=labels)

    before = read(text)
    for candidate in (
        _spaced(_named(text, before, screens), labels.of(language), language),
        _named(text, before, screens),
    ):
        after = read(candidate)
        no_worse = {d.rule for d in after.diagnostics} <= {d.rule for d in before.diagnostics}
        if (
            no_worse
            and _meaning(after) == _meaning(before)
            and _spaced(candidate, labels.of(language), language) == candidate
        ):
            return candidate
    return text


def _meaning(source: LessonSource) -> str:
    """Everything that the lesson says but for the names of things on the screen, which `fmt` may fill in."""
    labels = [choice.label.words for question in source.questions() for choice in question.choices]
    comments = re.findall(r"<!--.*?(?:-->|$)", source.text, re.DOTALL)
    return fingerprint([_value(build(source)), _value(tuple(labels)), comments])


def _value(thing: object) -> object:
    """A part of a lesson as plain lists and texts, with single spaces and without names and places."""
    if isinstance(thing, OnScreen):
        return [thing.screen, thing.element]
    if isinstance(thing, Choice):  # its label is compared as words, since it may hold a name
        return [_value(thing.answer), thing.right]
    if is_dataclass(thing):
        return [_value(getattr(thing, part.name)) for part in fields(thing) if part.name not in NO_MEANING]
    if isinstance(thing, tuple):
        return [_value(one) for one in thing]
    return " ".join(str(thing).split())


NO_MEANING = ("line", "version", "step_versions")


def _named(text: str, source: LessonSource, screens: Screens | None) -> str:
    """The text with every name of a thing on the screen as the screen file has it."""
    if screens is None:
        return text
    lines = text.split("\n")
    edits: list[tuple[int, int, int, str]] = []
    for run, system, maker in named(Look(source, _NOWHERE, screens)):
        assert isinstance(run.piece, OnScreen)
        right = right_name(screens, run.piece, system, maker, source.language)
        if run.inside is not None and right and right != run.piece.plain:
            edits.append((run.inside.line - 1, run.inside.column - 1, run.length, _escaped(right)))
    for line, column, length, words in sorted(set(edits), reverse=True):
        old = lines[line][column : column + length] if line < len(lines) else "]"
        if len(old) == length and not re.search(r"[\[\]\\]", old):  # brackets in brackets are left to the writer
            lines[line] = lines[line][:column] + words + lines[line][column + length :]
    return "\n".join(lines)


_NOWHERE = Catalogue(folder=Path(), labels=Labels({}))


def _escaped(name: str) -> str:
    return re.sub(r"([\\\[\]*_`<])", r"\\\1", name)


def _spaced(text: str, labels: Mapping[str, str], language: str) -> str:
    """One empty line around headings, none twice, none between the lines of a list; labels spaced alike."""
    out: list[str] = []
    for kind, line in _kinds(text.split("\n")):
        if kind == "as it is":
            out.append(line)
            continue
        line = line.rstrip()
        if kind == "heading":
            line = re.sub(r"\s+", " ", line)
        elif kind == "item":
            line = _item(line, labels, language)
        if not line and (not out or not out[-1]):
            continue
        if line and out and out[-1] and (kind == "heading" or out[-1].startswith("#") or out[-1] == "---"):
            out.append("")
        if kind == "item" and len(out) > 1 and not out[-1] and out[-2].startswith("- "):
            out.pop()
        out.append(line)
    while out and not out[-1]:
        out.pop()
    return "\n".join(out) + "\n"


def _kinds(lines: list[str]) -> Iterator[tuple[str, str]]:
    """(heading, item, other, or "as it is" for what is not to be touched) and the line."""
    front = bool(lines) and lines[0].rstrip() == "---"
    closing = ""
    for index, line in enumerate(lines):
        opening = _COMMENT_OR_FENCE.match(line)
        if front:
            front = index == 0 or line.rstrip() != "---"
            yield "as it is", line.rstrip() if line.rstrip() == "---" else line
        elif closing:
            yield "as it is", line
            closing = "" if closing in line else closing
        elif opening:
            yield "as it is", line
            mark = opening.group(1)
            closed = "-->" in line.split("<!--", 1)[1] if mark == "<!--" else False
            closing = "" if closed else "-->" if mark == "<!--" else mark
        elif re.match(r"#{1,3}\s+\S", line):
            yield "heading", line
        elif re.match(r"[-*+] {1,4}\S", line):
            yield "item", line
        else:
            yield "other", line


def _item(line: str, labels: Mapping[str, str], language: str) -> str:
    line = "- " + line[1:].lstrip()
    wide = language.partition("-")[0] in _WIDE_COLON
    for part, label in labels.items():
        opening = re.match(rf"- \*\*\s*{re.escape(label)}\s*\*\*\s*([:：]?)\s*", line)
        if opening is None:
            continue
        colon = ("：" if wide else ": ") if opening.group(1) else " "
        if (part == "if" and not opening.group(1)) or (part != "if" and opening.group(1)):
            line = f"- **{label}**{colon}{line[opening.end() :]}"
    return line
