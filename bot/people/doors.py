"""What the hand-over asks of the rest of the house. Each is swapped in tests at exactly these seams."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.messages import Reply, Session, Turn
from bot.store import Parcel, Waiting


class Says(Protocol):
    """bot.phrases.Phrases."""

    def say(self, key: str, language: str, number: int = 0, /, **values: str) -> str: ...


class Places(Protocol):
    """What is asked about centres and lessons; bot.places hands it in."""

    def language(self, centre: str) -> str: ...
    def name(self, centre: str) -> str: ...
    def is_open(self, centre: str, at: datetime) -> bool: ...
    def step(self, lesson: str, step: str, language: str) -> str: ...


class GoesOn(Protocol):
    """bot.conversation.Conversation."""

    def given_back(self, session: Session, *, at: datetime) -> Turn: ...


class Keeps(Protocol):
    """bot.store.Store."""

    async def read(self, look: Callable[[Any], Any]) -> Any: ...
    async def write(self, work: Callable[[Any], Any]) -> Any: ...
    async def load(self, learner: str) -> Session | None: ...
    async def save(self, turn: Turn, *, chat: str, by_itself: bool = False, at: datetime) -> list[Parcel]: ...
    async def say(
        self, chat: str, replies: Sequence[Reply], *, learner: str, turn: int = 0, mark: int | None = None, at: datetime
    ) -> list[Parcel]: ...
    async def scrub(self) -> None: ...
    def newly_called(self, chat: str) -> bool: ...


class Answers(Protocol):
    """bot.tutor.Tutor."""

    async def handle(self, waiting: Waiting, *, at: datetime) -> list[Parcel]: ...
