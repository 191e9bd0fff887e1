"""The one query. Everything that a volunteer is shown, on a page or in a file, is made of these columns."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from .lessons import UNKNOWN, Lessons


class ReportError(Exception):
    """The database cannot be read. The message says what to do."""


@dataclass(frozen=True)
class Row:
    """One learner and one lesson begun, with the columns of the CSV file in their order. What is not known is None."""

    centre: str
    learner: str
    lesson: str
    title: str
    status: str
    steps_done: int
    steps_total: int
    progress: float
    tries: int
    help_count: int
    stuck_step: str
    confidence_before: int | None
    confidence_after: int | None
    recall_due: datetime | None
    first_seen_utc: datetime | None
    last_seen_utc: datetime | None
    completed_utc: datetime | None
    active_seconds: int
    competences: str


COLUMNS = tuple(f.name for f in fields(Row))


@dataclass(frozen=True)
class Line:
    """A row, and what a page says beyond it. `shown` is the name where there is leave and it was asked for."""

    row: Row
    learner: str
    shown: str


# A cross join keeps the order of the tables, so that no sorting is needed and rows can be streamed.
_QUERY = """
select l.centre, l.volunteers, l.name, l.system, l.rest_days, p.*, r.due as recall_planned,
       exists (select 1 from calls c where c.learner = l.id and c.closed_at is null
               and (c.lesson = p.lesson or (c.lesson = '' and l.last_lesson = p.lesson))) as called
from learners l
cross join progress p on p.learner = l.id
left join plans r on r.learner = p.learner and r.lesson = p.lesson and r.kind = 'recall'
where l.volunteers != 'no' {more}
order by l.centre, l.id, p.lesson
"""
_NEWEST = "select need, rests_from, shown from learners limit 1"


def open_to_read(database: Path) -> sqlite3.Connection:
    """Raises ReportError."""
    try:
        connection = sqlite3.connect(
            f"{database.absolute().as_uri()}?mode=ro", uri=True, timeout=5.0, check_same_thread=False
        )
        connection.row_factory = sqlite3.Row
        connection.execute("select (select 1 from progress), (select 1 from learners), (select 1 from calls)")
    except sqlite3.Error as error:
        raise ReportError(f"{database} cannot be read as Handrail's database: {error}.") from error
    try:
        connection.execute(_NEWEST)
    except sqlite3.Error as error:
        raise ReportError(
            f"{database} was last used by an older Handrail. Start `handrail run` once; it brings it up to date."
        ) from error
    return connection


def lines(
    database: Path, lessons: Lessons, *, names: bool, at: datetime, centre: str = "", learner: str = ""
) -> Iterator[Line]:
    """Streamed in constant memory, ordered by centre, learner, lesson; of one centre or learner, or of all. Those who
    said no to volunteers are not among them. A database that is not there yet has no lines. Raises ReportError."""
    if not database.exists():
        return
    more = "".join(f" and l.{column} = ?" for column, value in (("centre", centre), ("id", learner)) if value)
    connection = open_to_read(database)
    try:
        for record in connection.execute(_QUERY.format(more=more), [value for value in (centre, learner) if value]):
            yield _line(record, lessons, names, at)
    except sqlite3.Error as error:
        raise ReportError(f"{database} could not be read to its end: {error}.") from error
    finally:
        connection.close()


def centre_of(database: Path, learner: str) -> str | None:
    """The centre of a learner whom volunteers may see; None for anybody else. Raises ReportError."""
    if not database.exists():
        return None
    connection = open_to_read(database)
    try:
        row = connection.execute(
            "select centre from learners where id = ? and (shown = 1 or need != '')", (learner,)
        ).fetchone()
        return str(row["centre"]) if row else None
    finally:
        connection.close()


def centres_of(database: Path) -> tuple[str, ...]:
    """The centres that anybody learns at. Raises ReportError."""
    if not database.exists():
        return ()
    connection = open_to_read(database)
    try:
        found = connection.execute("select distinct centre from learners where shown = 1 order by centre")
        return tuple(row["centre"] for row in found)
    finally:
        connection.close()


def rows(database: Path, lessons: Lessons | None = None, *, names: bool = False, at: datetime) -> list[Row]:
    """Every row. `names` shows the names of those alone who let volunteers see them."""
    return [line.row for line in lines(database, lessons or {}, names=names, at=at)]


def _line(record: sqlite3.Row, lessons: Lessons, names: bool, at: datetime) -> Line:
    facts = lessons.get(record["lesson"], UNKNOWN)
    done: list[str] = json.loads(record["steps_done"])
    misses: dict[str, int] = json.loads(record["misses"])
    finished = record["status"] == "finished"
    total = max(facts.total(record["system"]), len(done) if finished else 0)
    shown = record["name"] if names and record["volunteers"] == "yes" else ""
    row = Row(
        centre=record["centre"],
        learner=shown or record["learner"],
        lesson=record["lesson"],
        title=facts.title(record["language"]) or record["lesson"],
        status=_status(record, at),
        steps_done=len(done),
        steps_total=total,
        progress=1.0 if finished else round(min(1.0, len(done) / total), 2) if total else 0.0,
        tries=sum(misses.get(step, 0) + 1 for step in {*done, *misses}),
        help_count=record["hints"] + record["persons_asked"],
        stuck_step=record["stuck_step"],
        confidence_before=record["confidence_before"] or None,
        confidence_after=record["confidence_after"] or None,
        recall_due=moment(record["recall_planned"]),
        first_seen_utc=moment(record["first_seen"]),
        last_seen_utc=moment(record["last_seen"]),
        completed_utc=moment(record["completed"]),
        active_seconds=record["active_seconds"],
        competences=";".join(facts.competences),
    )
    return Line(row, record["learner"], shown)


def _status(record: sqlite3.Row, at: datetime) -> str:
    """The first that holds."""
    if record["stuck_step"] or record["person_open"] or record["called"]:
        return "needs_help"
    if record["status"] == "finished":
        return "finished"
    last_seen = moment(record["last_seen"])
    rests = last_seen is not None and at - last_seen >= timedelta(days=record["rest_days"])
    return "resting" if rests else "going_on"


def moment(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
