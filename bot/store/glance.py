"""What the report reads instead of events: each learner at a glance (columns of `learners`), and how many people met,
missed or finished a step on a day. Both are kept up in the transaction that changes the progress."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from bot.messages import Progress

from .codec import moment, stamp

# The most urgent first.
URGENCY = ("danger", "tricked", "worry", "person", "stuck")
REST_DAYS = 14  # resting: away for twice the agreed gap, at least so long
MARKS = {
    "r": "reached", "t": "missed", "m": "missed_twice", "d": "different", "h": "help", "x": "done",
}  # fmt: skip


def refresh(db: Database, learner: str) -> None:
    """Reads the learner's place, progress and open calls anew, and writes the glance."""
    person = db.execute("select remember, volunteers from learners where id = ?", (learner,)).fetchone()
    if person is None:
        return
    row = db.execute("select session from sessions where learner = ?", (learner,)).fetchone()
    place = json.loads(row["session"]) if row else {}
    own = db.execute("select * from progress where learner = ?", (learner,)).fetchall()
    calls = db.execute("select * from calls where learner = ? and closed_at is null", (learner,)).fetchall()
    visible = person["volunteers"] != "no"
    newest = max(own, key=lambda p: p["last_seen"] or "", default=None)
    last_seen = newest["last_seen"] if newest is not None else None
    rest = _rest_days(last_seen, (place.get("notes") or {}).get("agreed", ""))
    need = _need(own, calls) if visible else ("", None, "", "", 0)
    db.execute(
        "update learners set name = ?, language = ?, system = ?, shown = ?, begun = ?, finished = ?, last_lesson = ?, "
        "last_seen = ?, rest_days = ?, rests_from = ?, last_finished = ?, last_finished_lesson = ?, need = ?, need_since = ?, need_lesson = ?, need_step = ?, "
        "need_misses = ? where id = ?",
        (
            place.get("name", "") if person["volunteers"] == "yes" else "",
            place.get("language", ""), place.get("system", ""),
            int(visible and (person["remember"] == "yes" or bool(need[0]))),
            len(own) if visible else 0,
            sum(p["status"] == "finished" for p in own) if visible else 0,
            newest["lesson"] if newest is not None else "",
            last_seen, rest, _plus(last_seen, rest), *(_newest_finished(own) if visible else (None, "")), *need, learner,
        ),
    )  # fmt: skip


def _newest_finished(own: Sequence[Any]) -> tuple[str | None, str]:
    """When a lesson was finished last for the first time, and which."""
    done = [(p["completed"], p["lesson"]) for p in own if p["completed"]]
    return max(done, default=(None, ""))


def _need(own: Sequence[Any], calls: Sequence[Any]) -> tuple[str, str | None, str, str, int]:
    """(reason, since, lesson, step, misses there): the most urgent of what is open; empty where nothing is."""
    asked = {call["reason"] for call in calls}
    found = [(call["reason"], call["since"], call["lesson"], call["step"]) for call in calls]
    for p in own:
        if p["person_open"] and "person" not in asked:
            found.append(("person", p["stuck_since"] or p["last_seen"], p["lesson"], p["stuck_step"]))
        elif p["stuck_step"]:
            found.append(("stuck", p["stuck_since"] or p["last_seen"], p["lesson"], p["stuck_step"]))
    if not found:
        return ("", None, "", "", 0)
    reason, since, lesson, step = min(found, key=lambda n: (_urgency(n[0]), n[1] or ""))
    misses: dict[str, int] = next((json.loads(p["misses"]) for p in own if p["lesson"] == lesson), {})
    return (reason, since, lesson, step, misses.get(step, 0))


def _urgency(reason: str) -> int:
    return URGENCY.index(reason) if reason in URGENCY else len(URGENCY)


def _rest_days(last_seen: str | None, agreed: str) -> int:
    """Twice the agreed gap, at least 14 days."""
    try:
        gap = date.fromisoformat(agreed[:10]) - date.fromisoformat((last_seen or "")[:10])
    except ValueError:
        return REST_DAYS
    return max(REST_DAYS, 2 * gap.days)


def _plus(last_seen: str | None, days: int) -> str | None:
    at = moment(last_seen)
    return stamp(at + timedelta(days=days)) if at else None


# How many people, by day


def count_people(db: Database, before: Progress | None, after: Progress, at: datetime, centre: str) -> None:
    """Adds one for whatever this person met for the first time with this change: a person counts once a step."""
    for step, what in newly(before, after):
        count(db, at, after.lesson, step, what)
        if what == "missed_twice":
            db.execute(
                "insert into centre_misses values (?, ?, ?, ?, 1) "
                "on conflict (centre, day, lesson, step) do update set people = people + 1",
                (centre, stamp(at)[:10], after.lesson, step),
            )


def count(db: Database, at: datetime, lesson: str, step: str, what: str) -> None:
    """One more on that day."""
    _count(db, stamp(at)[:10], lesson, step, what)


def newly(before: Progress | None, after: Progress) -> list[tuple[str, str]]:
    """(step, what) for each mark that `after` has and `before` had not; begun and finished stand at no step."""
    found = [("", "begun")] if before is None or before.first_seen is None else []
    if after.completed is not None and (before is None or before.completed is None):
        found.append(("", "finished"))
    for step, marks in after.marks.items():
        had = before.marks.get(step, "") if before else ""
        found += [(step, MARKS[mark]) for mark in marks if mark not in had]
    return found


def _count(db: Database, day: str, lesson: str, step: str, what: str) -> None:
    db.execute(
        "insert into step_counts (day, what, lesson, step, people) values (?, ?, ?, ?, 1) "
        "on conflict (lesson, what, day, step) do update set people = people + 1",
        (day, what, lesson, step),
    )


# From a database that did not keep these yet


def begin(db: Database) -> None:
    """Marks and counts from what progress holds, on the day somebody was last in the lesson; then every glance."""
    rows = db.execute("select * from progress").fetchall()
    for row in rows:
        done, misses = json.loads(row["steps_done"]), json.loads(row["misses"])
        marks = {
            step: "r" + "t" * (misses.get(step, 0) > 0) + "m" * (misses.get(step, 0) > 1) + "x" * (step in done)
            for step in dict.fromkeys([*done, *misses])
        }
        day = (row["last_seen"] or "")[:10]
        for step, what in [("", "begun")] + [("", "finished")] * (row["completed"] is not None):
            _count(db, day, row["lesson"], step, what)
        for step, letters in marks.items():
            for letter in letters:
                _count(db, day, row["lesson"], step, MARKS[letter])
        db.execute(
            "update progress set marks = ? where learner = ? and lesson = ?",
            (json.dumps(marks), row["learner"], row["lesson"]),
        )
    for row in db.execute("select id from learners").fetchall():
        refresh(db, row["id"])
