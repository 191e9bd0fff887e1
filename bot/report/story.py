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
    database: Path, lessons: Lessons, learner: str, *, names: bool, at: datetime, trusted: bool = False
) -> Story | None:
    """None for somebody whom volunteers may not see. Raises ReportError."""
    found = learners(database, lessons, Wanted(learner=learner), names=False, at=at).people
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
    needs = one_need(database, lessons, learner, names=names, at=at)
    own = [one.row for one in lines(database, lessons, names=False, at=at, learner=learner)]
    maker = next((event["maker"] for event in events if event["maker"]), "")
    line = LearnerLine(**{**line.__dict__, "who": shown or line.who})
    return Story(line, row["system"], maker, bool(shown), needs, own, _days(events, lessons, at, trusted))


def one_need(database: Path, lessons: Lessons, learner: str, *, names: bool, at: datetime) -> Need | None:
    """Why this learner needs a person, if so."""
    found: Report = report(database, lessons, names=names, at=at, learner=learner)
    return found.needs[0] if found.needs else None


def _days(events: list[sqlite3.Row], lessons: Lessons, at: datetime, trusted: bool) -> list[tuple[date, list[Entry]]]:
    days: dict[date, list[Entry]] = {}
    for event in events:
        when = moment(event["at"])
        words, kind = _words(event, lessons, trusted)
        if when is None or not words:
            continue
        there = when.astimezone(at.tzinfo)
        own = days.setdefault(there.date(), [])
        if own and own[-1].words == words:
            own[-1] = Entry(there, words, kind, own[-1].times + 1)
        else:
            own.append(Entry(there, words, kind))
    return list(days.items())


_PLAIN = {
    "lesson_started": "Began {lesson}.",
    "step_done": "Did a step of {lesson}.",
    "step_skipped": "Left a step out.",
    "went_back": "Went back a step.",
    "repeated": "Asked to hear it again.",
    "not_found": "Could not find it at {step}.",
    "looks_different": "Said that the screen looks different, at {step}.",
    "hint_given": "Handrail said it in another way.",
    "help_opened": "Opened Help.",
    "person_withdrawn": "Needed nobody after all.",
    "unstuck": "Found it.",
    "paused": "Enough for that day.",
    "resumed": "Went on with {lesson}.",
    "lesson_left": "Went on to something else.",
    "language_changed": "Changed the language.",
    "device_changed": "Came with another phone.",
    "word_explained": "Asked what a word means.",
}
_GOOD = {"lesson_finished": "Finished {lesson}.", "person_helped": "A person helped."}
_TROUBLE = {
    "stuck": "Stuck at {step}, in {lesson}.",
    "person_asked": "Asked for a person.",
    "worry_told": "Sounded low.",
    "tricked_told": "Needed a call.",
    "danger_told": "Needed a call.",
}
_TRUSTED = {"tricked_told": "Was tricked, or feared it.", "danger_told": "Spoke of danger."}
_SURE = {"1": "not sure", "2": "fairly sure", "3": "sure"}


def _words(event: sqlite3.Row, lessons: Lessons, trusted: bool) -> tuple[str, str]:
    name = event["name"]
    facts = lessons.get(event["lesson"], UNKNOWN)
    number, total = facts.number(event["step"], event["system"])
    title = facts.step(event["step"], "en")
    step = f"step {number} of {total}, “{title}”" if number else f"“{title}”" if title else "the beginning"
    lesson = facts.title("en") or event["lesson"] or "a lesson"
    detail: Mapping[str, str] = json.loads(event["detail"] or "{}")
    if trusted and name in _TRUSTED:
        return _TRUSTED[name], "trouble"
    for table, kind in ((_PLAIN, "plain"), (_GOOD, "good"), (_TROUBLE, "trouble")):
        if name in table:
            return table[name].format(lesson=lesson, step=step), kind
    if name == "recall_answered":
        knew = detail.get("right") == "yes"
        return (f"Still knew {lesson}.", "good") if knew else (f"Wants to do {lesson} once more.", "plain")
    if name == "confidence_told" and detail.get("value") in _SURE:
        return f"Felt {_SURE[detail['value']]} {detail.get('when', 'after')} {lesson}.", "plain"
    if name == "visit_agreed" and detail.get("day"):
        return f"Agreed to come back on {detail['day'][:10]}.", "plain"
    return "", ""
