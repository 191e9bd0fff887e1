"""A messenger in memory that a test can make slow, broken or cross, and a real store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.delivery import Backoff, Delivery, Pace, Piece
from bot.messages import Button, Message, Reply, Session, Turn
from bot.store import Address, Incoming, Parcel, Store

START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
QUICK = Backoff(0.01, 0.05)


class Post:
    """A Channel: each line of a reply's words is a piece. `troubles` are raised, one a send, chat by chat."""

    name = "telegram"

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.troubles: dict[str, list[Exception]] = {}
        self.late: dict[str, float] = {}
        self.packed: list[int] = []
        self.pack_fault: Exception | None = None
        self.now = 0
        self.most = 0
        self.gate: asyncio.Event | None = None

    async def pack(self, parcel: Parcel) -> Sequence[Piece]:
        self.packed.append(parcel.tries)
        if self.pack_fault:
            raise self.pack_fault
        return [Piece("words", line) for line in parcel.reply.words.split("\n")]

    async def send(self, address: Address, piece: Piece) -> None:
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            if self.gate:
                await self.gate.wait()
            await asyncio.sleep(self.late.get(address.where, 0.0))
            if self.troubles.get(address.where):
                raise self.troubles[address.where].pop(0)
            self.sent.append((address.where, piece.body))
        finally:
            self.now -= 1

    def words(self, where: str) -> list[str]:
        return [body for to, body in self.sent if to == where]


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Office:
    """Puts replies into the outbox as a turn would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = Clock()
        self.store = Store.open(folder, clock=self.clock)
        self.post = Post()
        self.turns: dict[str, int] = {}
        self.updates = 0

    def delivery(self, **how: object) -> Delivery:
        return Delivery(
            self.store, self.post, self.clock, **({"pace": Pace(chat_rate=0, rate=0), "backoff": QUICK} | how)
        )  # type: ignore[arg-type]

    async def put(self, where: str, *words: str, urgent: bool = False, aside: bool = False) -> list[Parcel]:
        self.updates += 1
        message = Message(str(self.updates), "", self.clock(), "text", "x", channel="telegram")
        incoming = Incoming(str(self.updates), Address("telegram", "1", where), message)
        (waiting,) = await self.store.take_in([incoming])
        learner = await self.store.learner_of(waiting.chat)
        self.turns[where] = self.turns.get(where, 0) + 1
        replies = tuple(Reply(w, buttons=(Button("next", "Done"),), urgent=urgent, aside=aside) for w in words)
        turn = Turn(Session(learner, turn=self.turns[where]), replies)
        return await self.store.save(turn, chat=waiting.chat, mark=waiting.mark, at=self.clock())

    async def left(self) -> list[str]:
        return [parcel.reply.words for parcel in await self.store.parcels("telegram")]


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    made = Office(tmp_path)
    yield made
    await made.store.close()


async def until(true: Callable[[], object], seconds: float = 5.0) -> None:
    for _ in range(int(seconds * 200)):
        if true():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("waited in vain")
