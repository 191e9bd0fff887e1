"""One learner's way so far, in plain words. Never what they wrote; that somebody was tricked, for the trusted alone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from .found import Need, Report
from .learners import LearnerLine, Wanted, learners
from .lessons import UNKNOWN, Lessons
from .rows import Row, lines, moment, open_to_read
from .today import report
from .words import ReportWords, words_in

MOST_EVENTS = 400


@dataclass(frozen=True)
class Entry:
    """`kind`: plain, good, trouble. `times`: so often in a row."""

    at: datetime
    words: str
    kind: str = "plain"
    times: int = 1


@dataclass(frozen=True)
class Story:
    """`days`: the newest day first, within it the newest entry first. `lessons`: the rows of the file."""

    line: LearnerLine
    system: str
    maker: str
    by_name: bool
    need: Need | None
    lessons: list[Row]
    days: list[tuple[date, list[Entry]]]


def story(
    database: Path,
    lessons: Lessons,
    learner: str,
    *,
    names: bool,
    at: datetime,
    trusted: bool = False,
    language: str = "en",
) -> Story | None:
    """None for somebody whom volunteers may not see. Raises ReportError."""
    found = learners(database, lessons, Wanted(learner=learner), names=False, at=at, language=language).people
    if not found:
        return None
    line = found[0]
    connection = open_to_read(database)
    try:
        row = connection.execute("select name, system, volunteers from learners where id = ?", (learner,)).fetchone()
        events = connection.execute(
            "select * from events where learner = ? order by id desc limit ?", (learner, MOST_EVENTS)
        ).fetchall()
    finally:
        connection.close()
    shown = str(row["name"]) if names and row["name"] else ""
    needs = one_need(database, lessons, learner, names=names, at=at, language=language)
    own = [one.row for one in lines(database, lessons, names=False, at=at, learner=learner)]
    maker = next((event["maker"] for event in events if event["maker"]), "")
    line = LearnerLine(**{**line.__dict__, "who": shown or line.who})
    return Story(
        line, row["system"], maker, bool(shown), needs, own, _days(events, lessons, at, trusted, words_in(language))
    )


def one_need(
    database: Path, lessons: Lessons, learner: str, *, names: bool, at: datetime, language: str = "en"
) -> Need | None:
    """Why this learner needs a person, if so."""
    found: Report = report(database, lessons, names=names, at=at, learner=learner, language=language)
    return found.needs[0] if found.needs else None


def _days(
    events: list[sqlite3.Row], lessons: Lessons, at: datetime, trusted: bool, say: ReportWords
) -> list[tuple[date, list[Entry]]]:
    days: dict[date, list[Entry]] = {}
    for event in events:
        when = moment(event["at"])
        words, kind = _words(event, lessons, trusted, say)
        if when is None or not words:
            continue
        there = when.astimezone(at.tzinfo)
        own = days.setdefault(there.date(), [])
        if own and own[-1].words == words:
            own[-1] = Entry(there, words, kind, own[-1].times + 1)
        else:
            own.append(Entry(there, words, kind))
    return list(days.items())


_PLAIN = (
    "lesson_started", "step_done", "step_skipped", "went_back", "repeated", "not_found", "looks_different", "hint_given",
    "help_opened", "person_withdrawn", "unstuck", "paused", "resumed", "lesson_left", "language_changed", "device_changed",
    "word_explained",
)  # fmt: skip
_GOOD = ("lesson_finished", "person_helped")
_TROUBLE = ("stuck", "person_asked", "worry_told", "tricked_told", "danger_told")
_TRUSTED = ("tricked_told", "danger_told")
_SURE = ("1", "2", "3")


def _words(event: sqlite3.Row, lessons: Lessons, trusted: bool, say: ReportWords) -> tuple[str, str]:
    name = event["name"]
    facts = lessons.get(event["lesson"], UNKNOWN)
    number, total = facts.number(event["step"], event["system"])
    title = facts.step(event["step"], say.language)
    key = "story.at_step" if number else "story.at_old_step" if title else "story.at_beginning"
    step = say(key, n=number, of=total, step=title)
    lesson = facts.title(say.language) or event["lesson"] or say("story.a_lesson")
    detail: Mapping[str, str] = json.loads(event["detail"] or "{}")
    if trusted and name in _TRUSTED:
        return say(f"story.trusted_{name}"), "trouble"
    for names, kind in ((_PLAIN, "plain"), (_GOOD, "good"), (_TROUBLE, "trouble")):
        if name in names:
            return say(f"story.{name}", lesson=lesson, step=step), kind
    if name == "recall_answered":
        knew = detail.get("right") == "yes"
        return (
            (say("story.recalled", lesson=lesson), "good")
            if knew
            else (say("story.not_recalled", lesson=lesson), "plain")
        )
    if name == "confidence_told" and detail.get("value") in _SURE:
        when = "before" if detail.get("when") == "before" else "after"
        return say(f"story.sure_{when}", how=say(f"story.sure_{detail['value']}"), lesson=lesson), "plain"
    if name == "visit_agreed" and detail.get("day"):
        return say("story.visit_agreed", day=detail["day"][:10]), "plain"
    return "", ""
