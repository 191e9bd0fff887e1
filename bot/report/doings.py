"""What a learner could do before a path and can after it, for those alone who let volunteers see it. Words, no marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .files import csv_lines
from .rows import moment, open_to_read

# What was answered -> the proficiency level of DigComp 2.2: with guidance, and by oneself. Four small doings show no more.
LEVELS = {0: 0, 1: 1, 2: 2}
COLUMNS = (
    "centre", "learner", "path", "doing", "competence", "before", "after", "level_before", "level_after", "before_utc", "after_utc",
)  # fmt: skip
SAID = ("not_yet", "with_help", "by_oneself")
_QUERY = (
    "select d.*, l.centre, l.name from doings d cross join learners l on l.id = d.learner "
    "where d.shown = 1 and l.volunteers = 'yes' {more} order by d.learner, d.path, d.before_at, d.doing"
)


@dataclass(frozen=True)
class Doing:
    """`before` and `after`: 0 not yet, 1 with help, 2 by oneself; None: not told."""

    centre: str
    learner: str
    name: str
    path: str
    doing: str
    competence: str
    before: int | None
    after: int | None
    before_at: datetime | None
    after_at: datetime | None


def doings(database: Path, *, learner: str = "", centre: str = "") -> Iterator[Doing]:
    """By learner, path and day; streamed. Raises ReportError."""
    if not database.exists():
        return
    given = {column: value for column, value in (("d.learner", learner), ("l.centre", centre)) if value}
    more = "".join(f" and {column} = ?" for column in given)
    connection = open_to_read(database)
    try:
        for row in connection.execute(_QUERY.format(more=more), list(given.values())):
            yield Doing(
                row["centre"], row["learner"], row["name"], row["path"], row["doing"], row["competence"], row["before"],
                row["after"], moment(row["before_at"]), moment(row["after_at"]),
            )  # fmt: skip
    finally:
        connection.close()


def as_doings_csv(found: Iterator[Doing], *, names: bool) -> Iterator[str]:
    """One line a learner and doing, with a byte order mark; times in UTC."""
    return csv_lines(COLUMNS, (_cells(one, names=names) for one in found))


def _cells(one: Doing, *, names: bool) -> tuple[str, ...]:
    who = one.name if names and one.name else one.learner
    told = [SAID[value] if value is not None else "" for value in (one.before, one.after)]
    levels = [str(LEVELS[value]) if value is not None else "" for value in (one.before, one.after)]
    days = [f"{at:%Y-%m-%dT%H:%M:%SZ}" if at else "" for at in (one.before_at, one.after_at)]
    return (one.centre, who, one.path, one.doing, one.competence, *told, *levels, *days)
