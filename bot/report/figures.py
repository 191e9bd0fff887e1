"""Where lessons get difficult: how many people met, missed and left each step. Counts of fewer than five people are
hidden, and cannot be worked out from two others."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from .found import FEWEST
from .lessons import UNKNOWN, Lessons
from .rows import open_to_read
from .today import text_of

LOOKED_BACK = timedelta(days=90)
AWAY = timedelta(days=14)
KINDS = ("missed", "different", "help", "stopped")


@dataclass(frozen=True)
class Count:
    """A number of people that may be shown: `many` is None where it is 1 to 4."""

    many: int | None


@dataclass(frozen=True)
class LessonLine:
    """`begun` and `finished` as they may be shown: so that neither they nor their difference tells of few."""

    lesson: str
    title: str
    begun: int
    finished: int
    nearly_all: bool


@dataclass(frozen=True)
class StepLine:
    """`reached` as the funnel shows it; cells in the order of KINDS."""

    step: str
    title: str
    number: int
    reached: int
    cells: tuple[Count, ...]

    def shade(self, cell: Count) -> str:
        """few, none, some (under 15 in 100 of those who got here), more (15 to 29), most."""
        if not cell.many:
            return "few" if cell.many is None else "none"
        share = 100 * cell.many / max(self.reached, cell.many)
        return "some" if share < 15 else "more" if share < 30 else "most"


@dataclass(frozen=True)
class Heat:
    line: LessonLine
    steps: list[StepLine]

    @property
    def hard(self) -> StepLine | None:
        """The step where most people needed more tries, if there is one that stands out."""
        counted = [step for step in self.steps if step.cells[0].many]
        return max(counted, key=lambda step: step.cells[0].many or 0, default=None)


@dataclass(frozen=True)
class Wish:
    """`what` was asked for so often, and no lesson teaches it yet."""

    what: str
    times: int


@dataclass(frozen=True)
class Figures:
    lessons: list[LessonLine]
    heat: Heat | None
    wishes: list[Wish]


def figures(
    database: Path,
    lessons: Lessons,
    lesson: str,
    *,
    at: datetime,
    planned: Mapping[str, str] | None = None,
    language: str = "en",
) -> Figures:
    """Of the last 90 days, in all centres; `lesson` "" takes the first that anybody began. `planned`: lesson id ->
    title of those not written yet. Raises ReportError."""
    if not database.exists():
        return Figures([], None, [])
    connection = open_to_read(database)
    try:
        counts = _counts(connection, lessons, ("begun", "finished"), at)
        shown = [line for one in lessons if (line := _lesson_line(one, lessons, counts, language))]
        chosen = next((line for line in shown if line.lesson == lesson), shown[0] if shown and not lesson else None)
        heat = Heat(chosen, _steps(connection, chosen.lesson, lessons, at, language)) if chosen else None
        return Figures(shown, heat, _wishes(connection, lessons, planned or {}, at, language))
    finally:
        connection.close()


_Counts = dict[str, dict[tuple[str, str], int]]  # lesson -> (what, step) -> people


def _counts(connection: sqlite3.Connection, lessons: Iterable[str], what: tuple[str, ...], at: datetime) -> _Counts:
    """Lesson by lesson, so that only the days looked back on are read."""
    found: _Counts = defaultdict(lambda: defaultdict(int))
    since = text_of(at - LOOKED_BACK)[:10]
    for lesson in lessons:
        for row in connection.execute(
            f"select what, step, sum(people) as people from step_counts where lesson = ? and what in ({', '.join('?' * len(what))}) "
            "and day >= ? group by what, step",
            (lesson, *what, since),
        ):
            found[lesson][row["what"], row["step"]] = row["people"]
    return found


def _lesson_line(lesson: str, lessons: Lessons, counts: _Counts, language: str) -> LessonLine | None:
    """None where fewer than five began it."""
    begun = counts[lesson]["begun", ""] if lesson in counts else 0
    if begun < FEWEST:
        return None
    finished = min(begun, counts[lesson]["finished", ""])
    if 0 < finished < FEWEST:
        finished = 0
    nearly = 0 < begun - finished < FEWEST
    title = lessons.get(lesson, UNKNOWN).title(language) or lesson
    return LessonLine(lesson, title, begun, begun if nearly else finished, nearly)


def _steps(
    connection: sqlite3.Connection, lesson: str, lessons: Lessons, at: datetime, language: str
) -> list[StepLine]:
    facts = lessons.get(lesson, UNKNOWN)
    own = _counts(connection, [lesson], ("begun", "reached", "missed", "different", "help"), at)[lesson]
    known = list(facts.in_order("en"))
    steps = [*known, *dict.fromkeys(step for _, step in own if step and step not in known)]
    stopped = {
        row["step"]: row["people"]
        for row in connection.execute(
            "select step, count(*) as people from progress where lesson = ? and status = 'going_on' "
            "and last_seen between ? and ? group by step",
            (lesson, text_of(at - LOOKED_BACK), text_of(at - AWAY)),
        )
    }
    reached = funnel([own["reached", step] for step in steps], own["begun", ""])
    return [
        StepLine(
            step, facts.step(step, language), number, reached[number - 1],
            tuple(Count(_hidden(stopped.get(step, 0) if kind == "stopped" else own[kind, step])) for kind in KINDS),
        )
        for number, step in enumerate(steps, 1)
    ]  # fmt: skip


def funnel(reached: list[int], begun: int) -> list[int]:
    """What the bars show: a difference of one to four people to the bar before (or to those who began) is not drawn,
    so that no two bars tell of few. A bar of fewer than five is none."""
    shown: list[int] = []
    before = begun
    for many in reached:
        if 0 < abs(before - many) < FEWEST:
            many = before
        if many < FEWEST:
            many = 0
        shown.append(many)
        before = many or before
    return shown


def _hidden(many: int) -> int | None:
    return None if 0 < many < FEWEST else many


def _wishes(
    connection: sqlite3.Connection, lessons: Lessons, planned: Mapping[str, str], at: datetime, language: str
) -> list[Wish]:
    """Planned lessons that were asked for; and other wishes, in the same words by five or more."""
    counts = _counts(connection, {**planned, **lessons}, ("wished",), at)
    found = [
        Wish(planned.get(lesson) or lessons.get(lesson, UNKNOWN).title(language) or lesson, own["wished", ""])
        for lesson, own in counts.items()
        if own["wished", ""] >= FEWEST
    ]
    for row in connection.execute(
        "select lower(trim(words)) as what, count(*) as times from wishes where week >= ? group by 1 "
        "having count(*) >= ? order by 2 desc limit 8",
        (text_of(at - LOOKED_BACK)[:10], FEWEST),
    ):
        found.append(Wish(row["what"], row["times"]))
    return sorted(found, key=lambda wish: -wish.times)[:8]
