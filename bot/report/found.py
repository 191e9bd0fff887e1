"""What the first screen shows: values, as they were found."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

FEWEST = 5  # a number of people smaller than this is hidden in whatever is counted
MOST_NEEDS = 40


@dataclass(frozen=True)
class Need:
    """Somebody who needs a person. `reason`: danger, tricked, worry, person or stuck; words.reason() says who may
    read which. `number` is (which step, of how many), (0, 0) where that is not known."""

    who: str
    learner: str
    centre: str
    reason: str
    since: datetime
    title: str = ""
    step: str = ""
    number: tuple[int, int] = (0, 0)
    misses: int = 0
    language: str = ""
    system: str = ""
    taken_by: str = ""
    taken_at: datetime | None = None
    taker: str = ""  # the name of whoever took it


@dataclass(frozen=True)
class Resting:
    who: str
    learner: str
    since: datetime
    title: str
    finished: bool


@dataclass(frozen=True)
class News:
    """`what`: finished, recalled. `may_say`: whether a "well done" may be said now."""

    who: str
    learner: str
    what: str
    title: str
    may_say: bool


@dataclass(frozen=True)
class Missed:
    """A step that many missed at least twice, of those who met it."""

    lesson: str
    title: str
    step: str
    number: tuple[int, int]
    missed: int
    met: int

    @property
    def others_hidden(self) -> bool:
        return 0 < self.met - self.missed < FEWEST


@dataclass(frozen=True)
class CentreLine:
    """How many people a centre has, by how they are; None: fewer than five, hidden."""

    centre: str
    people: int | None
    need_help: int | None
    finished_lessons: int | None
    resting: int | None = None


@dataclass
class Report:
    at: datetime
    begun: bool = False
    needs: list[Need] = field(default_factory=list)  # the first MOST_NEEDS of `needs_count`
    needs_count: int = 0
    resting: list[Resting] = field(default_factory=list)
    resting_count: int = 0
    good_news: list[News] = field(default_factory=list)
    news_count: int = 0
    first_lessons: int = 0  # people who finished their first lesson this week; 0 where they are fewer than five
    missed: list[Missed] = field(default_factory=list)
    centres: list[CentreLine] = field(default_factory=list)
    people: int = 0
    unseen: int = 0  # learners who are in none of this: nothing is remembered of them, or they said no
