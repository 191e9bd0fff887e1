"""Carries what the outbox holds to a messenger: in order, nothing lost, nobody waiting for somebody else.

One queue and one task a chat; at most eight parcels in flight over all. What is in flight is marked in the
outbox, so a kill loses nothing and repeats at most what was being sent at that moment.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from bot.faults import described
from bot.lanes import all_done, wind_up
from bot.store import Parcel, StoreError

from .channel import Channel, GoneForGood, Piece, TryLater
from .pace import Pace

log = logging.getLogger(__name__)
T = TypeVar("T")
IN_FLIGHT = 8
OUTAGE = timedelta(seconds=60)  # a reply older than this has missed its moment if there is a newer one
LOOK_AGAIN = timedelta(seconds=10)
MOST_FAULTS = 3


class Outbox(Protocol):
    """What we need of the store."""

    async def parcels(self, channel: str) -> list[Parcel]: ...
    async def mark_sending(self, parcel: int) -> None: ...
    async def mark_sent(self, parcel: int, at: datetime) -> None: ...
    async def put_off(self, parcel: int, not_before: datetime) -> None: ...
    async def give_up(self, parcel: int, why: str) -> None: ...
    async def shown(self, chat: str, at: datetime) -> None: ...


@dataclass(frozen=True)
class Backoff:
    """Seconds before try 2, 3, ...: doubled each time, up to `longest`."""

    first: float = 0.3
    longest: float = 30.0

    def seconds(self, tries: int) -> float:
        return min(self.longest, self.first * 2 ** min(tries, 20))


@dataclass
class _Letter:
    """A parcel under way: how many of its pieces are out, how often it was tried, our own faults with it."""

    parcel: Parcel
    pieces: Sequence[Piece] | None = None
    sent: int = 0
    tries: int = 0
    faults: int = 0


class Delivery:
    """`clock` gives aware UTC times. Call `start` once the store is open and `close` before it is closed."""

    def __init__(
        self,
        store: Outbox,
        channel: Channel,
        clock: Callable[[], datetime],
        *,
        pace: Pace | None = None,
        backoff: Backoff | None = None,
        in_flight: int = IN_FLIGHT,
    ) -> None:
        self._store = store
        self._channel = channel
        self._clock = clock
        self._pace = pace or Pace()
        self._backoff = backoff or Backoff()
        self._slots = asyncio.Semaphore(in_flight)
        self._queues: dict[str, deque[Parcel]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._carrying: set[str] = set()
        self._closing = False
        self._waiting: tuple[datetime, frozenset[int]] | None = None

    async def start(self) -> None:
        """Takes up what waited when the program stopped."""
        self.hand(await self._store.parcels(self._channel.name))

    def hand(self, parcels: Iterable[Parcel]) -> None:
        """Parcels that were just saved; those of other channels are left alone."""
        for parcel in parcels:
            if parcel.address.channel == self._channel.name and not self._closing:
                queue = self._queues.setdefault(parcel.chat, deque())
                if all(parcel.id != other.id for other in queue):
                    queue.append(parcel)
                self._begin(parcel.chat)

    async def wake(self, chat: str) -> None:
        """Looks into the outbox for what waits for this chat."""
        self.hand(parcel for parcel in await self._store.parcels(self._channel.name) if parcel.chat == chat)

    async def idle(self) -> None:
        """Returns once nothing waits (for tests and a clean end of a script)."""
        await all_done(self._tasks)

    async def close(self, grace: float = 10.0) -> None:
        """Finishes what is in flight, within `grace` seconds; the rest stays in the outbox."""
        self._closing = True
        await wind_up(self._tasks, self._carrying, grace)

    def _begin(self, chat: str) -> None:
        if chat not in self._tasks:
            task = asyncio.create_task(self._work_off(chat))
            self._tasks[chat] = task
            task.add_done_callback(lambda done: self._ended(chat, done))

    def _ended(self, chat: str, task: asyncio.Task[None]) -> None:
        self._tasks.pop(chat, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("A chat's queue stopped and is taken up again: %s", described(error))
            if not self._closing:
                asyncio.get_running_loop().call_later(self._backoff.longest, self._take_up, chat)
        elif self._queues.get(chat) and not self._closing:
            self._begin(chat)
        elif not self._queues.get(chat):
            self._queues.pop(chat, None)

    def _take_up(self, chat: str) -> None:
        if self._queues.get(chat) and not self._closing:
            self._begin(chat)

    async def _work_off(self, chat: str) -> None:
        queue = self._queues[chat]
        while queue and not self._closing:
            await self._deliver(queue[0], queue)
            queue.popleft()

    async def _deliver(self, parcel: Parcel, queue: deque[Parcel]) -> None:
        """Until it is sent, given up or superseded."""
        letter = _Letter(parcel)
        while await self._still_wanted(parcel):
            try:
                later = await self._try(letter, queue)
            except (StoreError, asyncio.CancelledError):
                raise
            except Exception as error:
                log.error("A message could not be prepared or sent: %s", described(error))
                letter.faults += 1
                later = TryLater(0, "a fault of our own")
                if letter.faults >= MOST_FAULTS:
                    await self._insist(lambda: self._store.give_up(parcel.id, "fault"))
                    return
            if later is None:
                return
            await self._put_off(letter, later)
            letter.tries += 1

    async def _try(self, letter: _Letter, queue: Iterable[Parcel]) -> TryLater | None:
        """One attempt; None: this parcel is done with."""
        parcel = letter.parcel
        if letter.pieces is None:
            letter.pieces = await self._insist(lambda: self._channel.pack(parcel))
        if self._superseded(parcel, queue):
            # What a learner wrote by mistake is taken away all the same.
            letter.pieces = [piece for piece in letter.pieces[letter.sent :] if piece.kind == "delete"]
            letter.sent = 0
            if not letter.pieces:
                await self._insist(lambda: self._store.give_up(parcel.id, "superseded"))
                return None
        await self._wait_for_turn(letter)
        async with self._slots:
            if self._closing:
                raise asyncio.CancelledError
            self._carrying.add(parcel.chat)
            try:
                return await self._carry(letter, letter.pieces)
            finally:
                self._carrying.discard(parcel.chat)

    async def _wait_for_turn(self, letter: _Letter) -> None:
        loop = asyncio.get_running_loop()
        parcel = letter.parcel
        if letter.tries == 0:
            wait = self._pace.wait(parcel.chat, len(letter.pieces or ()), loop.time())
            if parcel.not_before is not None:
                wait = max(wait, (parcel.not_before - self._clock()).total_seconds())
        else:
            wait = self._pace.paused(parcel.chat, loop.time())
        while wait > 0:
            await asyncio.sleep(wait)
            wait = self._pace.paused(parcel.chat, loop.time())

    async def _carry(self, letter: _Letter, pieces: Sequence[Piece]) -> TryLater | None:
        """Sends what is not out yet. TryLater: why not all of it is out."""
        parcel = letter.parcel
        try:
            for piece in pieces[letter.sent :]:
                await self._channel.send(parcel.address, piece)
                letter.sent += 1
                if letter.sent == 1 < len(pieces):
                    # From now on a restart goes on with the words, without the voice a second time.
                    await self._insist(lambda: self._store.mark_sending(parcel.id))
        except TryLater as later:
            return later
        except GoneForGood as gone:
            log.warning("A message was given up: %s", gone.why[:120])
            word = _word(gone.why)
            await self._insist(lambda: self._store.give_up(parcel.id, word))
            return None
        now = self._clock()
        await self._insist(lambda: self._store.mark_sent(parcel.id, now))
        if parcel.reply.buttons:
            await self._insist(lambda: self._store.shown(parcel.chat, now))
        return None

    async def _put_off(self, letter: _Letter, later: TryLater) -> None:
        """Waits as long as the messenger asked, or longer each time."""
        loop = asyncio.get_running_loop()
        parcel, tries = letter.parcel, letter.tries
        seconds = later.seconds if later.asked else max(later.seconds, self._backoff.seconds(tries))
        if later.asked:
            if self._pace.told_to_wait(parcel.chat, seconds, loop.time()):
                log.warning("The messenger asks for a pause of %.0f s; all chats keep it.", seconds)
        elif tries in (0, 5) or tries % 50 == 0:
            log.warning("A message could not be sent (%s); trying again until it can.", later.why)
        await self._insist(lambda: self._store.put_off(parcel.id, self._clock() + timedelta(seconds=seconds)))
        if not later.asked:
            await asyncio.sleep(seconds)

    def _superseded(self, parcel: Parcel, queue: Iterable[Parcel]) -> bool:
        """After an outage: older than a newer turn of the same learner, not urgent, and not said beside any turn (as a
        volunteer's words are)."""
        if (
            parcel.reply.urgent
            or parcel.reply.aside
            or parcel.made_at is None
            or self._clock() - parcel.made_at < OUTAGE
        ):
            return False
        return any(other.learner == parcel.learner and other.turn > parcel.turn for other in queue)

    async def _still_wanted(self, parcel: Parcel) -> bool:
        """Somebody may have been forgotten while their reply waited here: then the outbox has it no more."""
        now = self._clock()
        if parcel.made_at is None or now - parcel.made_at < LOOK_AGAIN:
            return True
        if self._waiting is None or parcel.id > max(self._waiting[1], default=0) or now - self._waiting[0] > LOOK_AGAIN:
            waiting = await self._insist(lambda: self._store.parcels(self._channel.name))
            self._waiting = (now, frozenset(other.id for other in waiting))
        return parcel.id in self._waiting[1]

    async def _insist(self, note: Callable[[], Awaitable[T]]) -> T:
        """Notes what has happened, however long the disk is full: what is out must not go out again."""
        tries = 0
        while True:
            try:
                return await note()
            except StoreError as error:
                log.error("The outbox cannot be written or read: %s", error)
            await asyncio.sleep(self._backoff.seconds(tries))
            tries += 1


def _word(why: str) -> str:
    """One of a few words for the outbox, so that nothing of anybody's text gets there."""
    why = why.lower()
    for sign, word in (("block", "blocked"), ("deactivated", "deactivated"), ("not found", "chat_gone")):
        if sign in why:
            return word
    return "refused"
