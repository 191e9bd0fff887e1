"""What the chat page asks of the rest of the house, and the bounds that it keeps."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from bot.messages import Known, Reply, Session
from bot.store import Address, Incoming, Parcel
from lessons.model import Picture

Clock = Callable[[], datetime]
Measure = Callable[[bytes], "tuple[int, int] | None"]  # the first bytes of a picture -> (width, height) in pixels


class Passed(Protocol):
    """A voice or a picture that somebody else sent."""

    @property
    def data(self) -> bytes: ...
    @property
    def type(self) -> str: ...


Fetch = Callable[[str, str], Awaitable[Passed | None]]  # bot.people.files.Files.fetch
KeepUpload = Callable[[str, str, str, bytes, datetime], Awaitable[str]]  # bot.people.handover.Handover.keep_upload


def now_utc() -> datetime:
    return datetime.now(UTC)


class Receives(Protocol):
    """bot.reception.Reception, as far as the page needs it."""

    async def answer(self, incoming: Incoming) -> list[Parcel]:
        """The replies to one message; none for a message that was seen before."""


class Presents(Protocol):
    """bot.conversation.Conversation, as far as the page needs it."""

    @property
    def catalogue(self) -> Any: ...

    def present(self, session: Session, *, at: datetime, known: Known) -> tuple[Reply, ...]:
        """The present place again."""


class Keeps(Protocol):
    """bot.store.Store, as far as the page needs it."""

    async def web_chat(self, token: str) -> str | None: ...
    async def new_web_chat(self, token: str, picture_words: str = "") -> str: ...
    async def join_web_chat(self, token: str, chat: str) -> None: ...
    async def chat_by_picture_words(self, words: str) -> str | None: ...
    async def address_of(self, chat: str) -> Address: ...
    async def learner_of(self, chat: str) -> str: ...
    async def load(self, learner: str) -> Session | None: ...
    async def known(self, learner: str, chat: str, *, at: datetime) -> Known: ...
    async def export(self, learner: str) -> dict[str, Any]: ...
    async def parcels(self, channel: str) -> Sequence[Parcel]: ...
    async def mark_sent(self, parcel: int, at: datetime) -> None: ...
    async def shown(self, chat: str, at: datetime) -> None: ...


class Voice(Protocol):
    path: Path
    seconds: float


class Makes(Protocol):
    """media.studio.Studio, as far as the page needs it."""

    async def picture(self, picture: Picture, *, crop: bool = False) -> Path | None: ...
    async def voice(
        self, lines: str, language: str, *, rate: str = "usual", pace: str = "telling", format: str = "ogg"
    ) -> Any: ...


@dataclass(frozen=True)
class Bounds:
    """What one address or one chat may do; generous for people, narrow for machines."""

    new_chats_an_hour: int = 40  # from one address: a centre with a class behind one connection
    messages_a_minute: int = 40  # from one chat
    requests_a_minute: int = 600  # from one address
    card_tries: int = 6  # from one address in ten minutes
    card_tries_by_all: int = 60  # from everywhere in ten minutes
    words: int = 2000  # characters of one message
    json_bytes: int = 32_000
    upload_bytes: int = 10 * 1024 * 1024
    pixels: int = 40_000_000
    waiting_pages: int = 300  # pages that wait for news at a time
    news_seconds: float = 20.0
    visit_seconds: float = 3600.0  # away for longer: the tutor says hello again
