"""Steps whose screen looked different to somebody: what writers look into, grouped by step. Reads counts without people."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

from .lessons import UNKNOWN, Lessons
from .rows import moment, open_to_read
from .words import ReportWords


@dataclass(frozen=True)
class Phone:
    """`now`: of the lesson as it is now; else it was changed since."""

    system: str
    maker: str
    many: int
    now: bool


@dataclass(frozen=True)
class OtherScreen:
    """`many`: how often it was said and not looked into. `before`: how often before that. `week`: the newest, its Monday."""

    lesson: str
    title: str
    step: str
    what: str
    number: tuple[int, int]
    many: int
    before: int
    week: date
    looked_at: datetime | None
    looked_by: str
    phones: tuple[Phone, ...]


def other_screens(database: Path, lessons: Lessons, *, language: str) -> list[OtherScreen]:
    """Those that stand open first, the most often said before all; then those looked into. Raises ReportError."""
    if not database.exists():
        return []
    connection = open_to_read(database)
    try:
        rows = connection.execute(
            "select o.*, coalesce(v.name, '') as name from other_screens o left join volunteers v on v.id = o.looked_by "
            "order by lesson, step, many desc, system, maker"
        ).fetchall()
    finally:
        connection.close()
    found = [
        _screen(lesson, step, list(own), lessons, language)
        for (lesson, step), own in groupby(rows, key=lambda row: (row["lesson"], row["step"]))
    ]
    return sorted(found, key=lambda one: (-one.many, one.lesson, one.number))


def screens_as_text(found: list[OtherScreen], words: ReportWords) -> str:
    """Those that stand open, a line a step."""
    lines = [
        words(
            "screens.line", lesson=one.title, step=one.what, phones="; ".join(phone_words(p, words) for p in one.phones)
        )
        for one in found
        if one.many
    ]
    return "\n".join(lines or [words("screens.nothing")]) + "\n"


def phone_words(phone: Phone, words: ReportWords) -> str:
    """ "Android phone (samsung) 3 times"."""
    kind = words.phone(phone.system) if phone.system else words("screens.any_phone")
    maker = f" ({phone.maker})" if phone.maker else ""
    return f"{kind}{maker}: {words.times(phone.many)}"


def _screen(lesson: str, step: str, rows: list[sqlite3.Row], lessons: Lessons, language: str) -> OtherScreen:
    facts = lessons.get(lesson, UNKNOWN)
    looked = max((row for row in rows if row["looked_at"]), key=lambda row: row["looked_at"], default=None)
    return OtherScreen(
        lesson, facts.title(language) or lesson, step, facts.step(step, language), facts.number(step, ""),
        sum(row["many"] for row in rows), sum(row["looked_into"] for row in rows), date.fromisoformat(max(row["week"] for row in rows)),
        moment(looked["looked_at"]) if looked else None, looked["name"] if looked else "",
        tuple(
            Phone(row["system"], row["maker"], row["many"] or row["looked_into"], row["version"] in facts.versions)
            for row in rows
        ),
    )  # fmt: skip
