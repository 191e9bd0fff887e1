"""What a volunteer with twenty minutes needs to know: who needs a person, who rests, good news, what many miss."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from .lessons import UNKNOWN, Lessons
from .rows import Line, lines, open_to_read, resting_after

FEWEST = 5  # a number of people smaller than this is hidden in whatever is counted
RECENT = timedelta(days=30)
WEEK = timedelta(days=7)
URGENCY = ("danger", "tricked", "worry", "person", "stuck")


@dataclass(frozen=True)
class Need:
    """Somebody who needs a person. `reason` is one of URGENCY; the words for it never say that one was tricked."""

    who: str
    centre: str
    reason: str
    since: datetime
    title: str = ""
    step: str = ""
    misses: int = 0


@dataclass(frozen=True)
class Resting:
    who: str
    since: datetime
    title: str
    finished: bool


@dataclass(frozen=True)
class Missed:
    """A step that many missed at least twice, of those who met it."""

    title: str
    step: str
    missed: int
    met: int


@dataclass(frozen=True)
class CentreLine:
    """How many people a centre has, by how they are; None: fewer than five, hidden."""

    centre: str
    people: int | None
    need_help: int | None
    finished_lessons: int | None


@dataclass
class Report:
    at: datetime
    begun: bool = False
    needs: list[Need] = field(default_factory=list)
    resting: list[Resting] = field(default_factory=list)
    good_news: list[tuple[str, str, str]] = field(default_factory=list)  # (who, what: finished|recalled, title)
    missed: list[Missed] = field(default_factory=list)
    centres: list[CentreLine] = field(default_factory=list)
    people: int = 0
    unseen: int = 0  # learners who are in none of this: nothing is remembered of them, or they said no


def report(database: Path, lessons: Lessons | None = None, *, names: bool = False, at: datetime) -> Report:
    """Everything on the first screen, from the same lines as the files. Raises ReportError."""
    found = Report(at)
    known = lessons or {}
    by_learner: dict[str, list[Line]] = defaultdict(list)
    for line in lines(database, known, names=names, at=at):
        by_learner[line.learner].append(line)
    found.people = len(by_learner)
    found.begun = bool(by_learner)
    for own in by_learner.values():
        _look_at(found, own, known)
    _calls_without_a_record(found, database, names, set(by_learner))
    found.needs.sort(key=lambda need: (URGENCY.index(need.reason) > 1, need.since))
    found.resting.sort(key=lambda rest: rest.since, reverse=True)
    every = [line for own in by_learner.values() for line in own]
    found.missed = _missed(every, known, at)
    found.centres = _centres(by_learner)
    return found


def _look_at(found: Report, own: list[Line], lessons: Lessons) -> None:
    """One learner: needing a person comes before resting, and either before good news."""
    newest = max(own, key=lambda line: line.row.last_seen_utc or found.at)
    needs = [need for line in own if (need := _need(line, lessons))]
    last = newest.row.last_seen_utc or found.at
    if needs:
        found.needs.append(min(needs, key=lambda need: URGENCY.index(need.reason)))
    elif found.at - last >= resting_after(last, newest.agreed):
        done = newest.row.completed_utc is not None
        found.resting.append(Resting(_who(newest), last, newest.row.title, done))
    for line in own:
        completed = line.row.completed_utc
        if completed is not None and found.at - completed <= WEEK:
            found.good_news.append((_who(line), "finished", line.row.title))
        elif line.recall_level >= 3 and found.at - last <= WEEK:
            found.good_news.append((_who(line), "recalled", line.row.title))


def _need(line: Line, lessons: Lessons) -> Need | None:
    row = line.row
    if row.status != "needs_help":
        return None
    reason, since = min(line.calls, key=lambda call: URGENCY.index(call[0]), default=("stuck", line.stuck_since))
    if not line.calls and not row.stuck_step:
        reason = "person"
    since = since or row.last_seen_utc
    assert since is not None
    facts = lessons.get(row.lesson, UNKNOWN)
    step = facts.step(row.stuck_step, line.language) if row.stuck_step else ""
    return Need(_who(line), row.centre, reason, since, row.title, step, line.misses.get(row.stuck_step, 0))


def _calls_without_a_record(found: Report, database: Path, names: bool, seen: set[str]) -> None:
    """Those who let volunteers see their call, but did not let Handrail remember their lessons; and how many more
    there are of whom nothing is shown."""
    if not database.exists():
        return
    connection = open_to_read(database)
    try:
        everybody = connection.execute("select count(*) from sessions").fetchone()[0]
        records = connection.execute(
            "select c.learner, c.reason, c.since, l.centre, json_extract(s.session, '$.name') as name from calls c "
            "join learners l on l.id = c.learner left join sessions s on s.learner = c.learner "
            "where c.closed_at is null and l.volunteers = 'yes' order by c.since"
        ).fetchall()
    finally:
        connection.close()
    for record in records:
        if record["learner"] not in seen:
            seen.add(record["learner"])
            who = record["name"] if names and record["name"] else _short(record["learner"])
            since = datetime.fromisoformat(record["since"])
            found.needs.append(Need(who, record["centre"], record["reason"], since))
            found.begun = True
    found.unseen = everybody - len(seen)


def _missed(every: Iterable[Line], lessons: Lessons, at: datetime) -> list[Missed]:
    met: Counter[tuple[str, str]] = Counter()
    missed: Counter[tuple[str, str]] = Counter()
    for line in every:
        if line.row.last_seen_utc is None or at - line.row.last_seen_utc > RECENT:
            continue
        for step in line.met:
            met[line.row.lesson, step] += 1
            missed[line.row.lesson, step] += line.misses.get(step, 0) >= 2
    many = [(count, *key) for key, count in missed.items() if count >= FEWEST]
    return [
        Missed(lessons.get(lesson, UNKNOWN).title("en") or lesson, lessons.get(lesson, UNKNOWN).step(step, "en"), count,
               met[lesson, step])
        for count, lesson, step in sorted(many, reverse=True)
    ]  # fmt: skip


def _centres(by_learner: dict[str, list[Line]]) -> list[CentreLine]:
    people: Counter[str] = Counter()
    need: Counter[str] = Counter()
    finished: dict[str, set[str]] = defaultdict(set)
    lessons: Counter[str] = Counter()
    for learner, own in by_learner.items():
        centre = own[0].row.centre
        people[centre] += 1
        need[centre] += any(line.row.status == "needs_help" for line in own)
        done = sum(line.row.completed_utc is not None for line in own)
        lessons[centre] += done
        if done:
            finished[centre].add(learner)
    return [
        CentreLine(
            centre, _many(people[centre]), _many(need[centre]),
            lessons[centre] if len(finished[centre]) >= FEWEST or not finished[centre] else None,
        )
        for centre in sorted(people)
    ]  # fmt: skip


def _many(count: int) -> int | None:
    return count if count >= FEWEST or count == 0 else None


def _who(line: Line) -> str:
    return line.shown or _short(line.learner)


def _short(learner: str) -> str:
    return f"Learner {learner[:6]}"
