"""What the report's pages need of the rest of the house, handed in by whoever serves them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.messages import Centre
from bot.people import People, Volunteer
from bot.people.files import Passed
from bot.people.first_minutes import ReadsFirst
from bot.people.holding import Done
from bot.people.page_desk import Sheet
from bot.report import Lessons

from .class_house import ClassHouse

Clock = Callable[[], datetime]


class HandOver(Protocol):
    """bot.people.page_desk.PageDesk. Without one the page offers "I have helped" alone."""

    async def sheet(self, learner: str, volunteer: Volunteer, at: datetime, language: str) -> Sheet: ...
    async def act(self, learner: str, volunteer: Volunteer, what: str, at: datetime) -> Done: ...
    async def say(self, learner: str, volunteer: Volunteer, text: str, at: datetime) -> Done | None: ...
    async def send(
        self, learner: str, volunteer: Volunteer, kind: str, type: str, data: bytes, at: datetime
    ) -> Done | None: ...
    async def file(self, learner: str, volunteer: Volunteer, said: int) -> Passed | None: ...
    async def fitting(self, volunteer: Volunteer, minutes: int) -> frozenset[str]: ...


class Store(Protocol):
    """bot.store.Store, as far as the report changes anything."""

    async def helped(self, learner: str) -> bool: ...
    async def screen_looked_into(self, lesson: str, step: str, *, by: str, at: datetime) -> bool: ...


class CentreOf(Protocol):
    def get(self, id: str) -> Centre: ...


@dataclass(frozen=True)
class ReportHouse:
    """`lessons()` are the facts of every lesson; `paths` is path id -> (title, lesson ids); `well_done` sends kind
    words to a learner, and says in words whether it did."""

    database: Path
    people: People
    store: Store
    centres: CentreOf
    lessons: Callable[[], Lessons]
    paths: Mapping[str, tuple[str, Sequence[str]]] = field(default_factory=dict)
    public_url: str = ""
    clock: Clock = field(default=lambda: datetime.now(UTC))
    hand_over: HandOver | None = None
    well_done: Callable[[str, Volunteer, datetime], Awaitable[bool]] | None = None
    data: Path | None = None  # where the key that signs badges is kept
    badge_picture: Callable[[str, str], bytes] | None = None  # (title, centre) -> PNG
    certificate: Callable[[Mapping[str, object], bytes], bytes] | None = None  # (words, the badge) -> PDF
    first: ReadsFirst | None = None  # a new volunteer's first ten minutes, by language
    planned: Mapping[str, str] = field(default_factory=dict)  # lesson id -> title of those not written yet
    classes: ClassHouse | None = None

    def place(self, centre: str) -> str:
        """What a centre is called."""
        found = self.centres.get(centre)
        return found.name if found.id == centre and found.name else centre

    def now_at(self, centre: str) -> datetime:
        """The time at the centre."""
        return self.clock().astimezone(ZoneInfo(self.centres.get(centre).timezone))
