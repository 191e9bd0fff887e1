"""Everybody whom volunteers may see, searched and filtered; a page at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .lessons import UNKNOWN, Lessons
from .rows import moment, open_to_read
from .today import WEEK, short, text_of

A_PAGE = 50
STATUSES = ("needs_help", "going_on", "finished", "resting", "not_started")
# The first that holds. A person rests; a lesson is finished.
_STATUS = """case when l.need != '' then 'needs_help' when l.begun = 0 then 'not_started'
  when l.rests_from <= :now then 'resting' when l.finished = l.begun then 'finished' else 'going_on' end"""


@dataclass(frozen=True)
class LearnerLine:
    who: str
    learner: str
    centre: str
    status: str
    begun: int
    finished: int
    title: str  # of the lesson they were in last
    last_seen: datetime | None
    language: str


@dataclass(frozen=True)
class Found:
    """One page of those who fit; `count` is how many fit in all."""

    people: list[LearnerLine]
    count: int
    page: int
    pages: int


@dataclass(frozen=True)
class Wanted:
    """What is looked for. `words`: a part of a name, or the beginning of an id; `lessons`: begun one of these."""

    centre: str = ""
    words: str = ""
    status: str = ""
    lessons: Sequence[str] = ()
    news: bool = False  # finished something in the last seven days
    page: int = 1
    learner: str = ""  # this one alone


def learners(
    database: Path, lessons: Lessons, wanted: Wanted, *, names: bool, at: datetime, language: str = "en"
) -> Found:
    """By name, those without one by id. Raises ReportError."""
    if not database.exists():
        return Found([], 0, 1, 1)
    where, given = _where(wanted, names, at)
    connection = open_to_read(database)
    try:
        count = connection.execute(f"select count(*) from learners l where {where}", given).fetchone()[0]
        pages = max(1, -(-count // A_PAGE))
        page = min(max(1, wanted.page), pages)
        records = connection.execute(
            f"select l.*, {_STATUS} as status from learners l where {where} "
            "order by l.name = '', l.name collate nocase, l.id limit :most offset :from",
            {**given, "most": A_PAGE, "from": (page - 1) * A_PAGE},
        ).fetchall()
    finally:
        connection.close()
    return Found([_line(record, lessons, names, language) for record in records], count, page, pages)


def _where(wanted: Wanted, names: bool, at: datetime) -> tuple[str, dict[str, object]]:
    parts = ["(l.shown = 1 or l.need != '')"]
    given: dict[str, object] = {"now": text_of(at), "week": text_of(at - WEEK)}
    if wanted.learner:
        parts.append("l.id = :one")
        given["one"] = wanted.learner
    if wanted.centre:
        parts.append("l.centre = :centre")
        given["centre"] = wanted.centre
    if wanted.status in STATUSES:
        parts.append(f"{_STATUS} = :status")
        given["status"] = wanted.status
    words = wanted.words.strip()[:60]
    if words:
        by_id = words.lower().removeprefix("learner").removeprefix("学员").strip()
        parts.append(
            "((:names and instr(lower(l.name), lower(:words)) > 0) or (:id != '' and substr(l.id, 1, length(:id)) = :id))"
        )
        given |= {"words": words, "names": names, "id": by_id}
    if wanted.lessons:
        marks = ", ".join(f":lesson{n}" for n in range(len(wanted.lessons)))
        parts.append(f"exists (select 1 from progress p where p.learner = l.id and p.lesson in ({marks}))")
        given |= {f"lesson{n}": lesson for n, lesson in enumerate(wanted.lessons)}
    if wanted.news:
        parts.append("exists (select 1 from progress p where p.learner = l.id and p.completed >= :week)")
    return " and ".join(parts), given


def _line(record: sqlite3.Row, lessons: Lessons, names: bool, language: str) -> LearnerLine:
    lesson = record["last_lesson"]
    return LearnerLine(
        record["name"] if names and record["name"] else short(record["id"], language),
        record["id"],
        record["centre"],
        record["status"],
        record["begun"],
        record["finished"],
        lessons.get(lesson, UNKNOWN).title(language) or lesson,
        moment(record["last_seen"]),
        record["language"],
    )
