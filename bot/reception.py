"""Takes in what learners send: cuts secrets out, commits, then answers each chat in order.

Nothing is kept or logged before its secrets are cut. What is committed is answered, also after a kill.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Protocol

from bot.faults import described
from bot.lanes import all_done, wind_up
from bot.messages import Message, Reply, Session, Turn
from bot.safety.finding import Finding
from bot.store import Incoming, Parcel, StoreError, Waiting

log = logging.getLogger(__name__)
SHORT = 600  # longer texts are looked through in a thread, so that nobody else waits
LONGEST_PAUSE = 30.0


class Answers(Protocol):
    """What we need of bot.tutor."""

    async def handle(self, waiting: Waiting, *, at: datetime) -> list[Parcel]: ...


class Keeps(Protocol):
    """What we need of the store."""

    async def take_in(self, batch: Sequence[Incoming]) -> list[Waiting]: ...
    async def unanswered(self) -> list[Waiting]: ...
    async def learner_of(self, chat: str) -> str: ...
    async def load(self, learner: str) -> Session | None: ...
    async def save(self, turn: Turn, *, chat: str, mark: int | None = None, at: datetime) -> list[Parcel]: ...


@dataclass(frozen=True)
class Exchange:
    """One message and its answer, without a word of either. `outcome`: answered, set_aside (it failed twice), lost."""

    channel: str
    kind: str
    outcome: str
    replies: int
    seconds: float


@dataclass
class _Job:
    waiting: Waiting
    answer: asyncio.Future[list[Parcel]] | None = None
    since: float = field(default_factory=time.monotonic)


def _now() -> datetime:
    return datetime.now(UTC)


class Reception:
    """`on_parcels` gets every answer, in order within a chat. `look` finds secrets; `take_out` takes away what was asked
    for and is to be kept elsewhere, before anything is committed. `sorry`: what is said, by
    language, where an answer failed twice."""

    def __init__(
        self,
        tutor: Answers,
        store: Keeps,
        on_parcels: Callable[[list[Parcel]], Awaitable[None]],
        *,
        look: Callable[[str, str], Finding],
        sorry: Mapping[str, str],
        on_exchange: Callable[[Exchange], None] = lambda exchange: None,
        take_out: Callable[[Incoming], Awaitable[Incoming]] | None = None,
        clock: Callable[[], datetime] = _now,
        pause: float = 0.5,
    ) -> None:
        self._tutor = tutor
        self._store = store
        self._on_parcels = on_parcels
        self._look = look
        self._sorry = sorry
        self._on_exchange = on_exchange
        self._take_out = take_out
        self._clock = clock
        self._pause = pause
        self._lanes: dict[str, deque[_Job]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._answering: set[str] = set()
        self._closing = False

    async def receive(self, batch: Sequence[Incoming]) -> None:
        """Returns once the batch is on the disk; the answers follow. Raises StoreError: nothing was noted."""
        for waiting in await self._store.take_in([await self._cut(incoming) for incoming in batch]):
            self._queue(_Job(waiting))

    async def answer(self, incoming: Incoming) -> list[Parcel]:
        """Waits for the answer. Empty where this was seen before. Raises StoreError: it is not answered yet."""
        taken = await self._store.take_in([await self._cut(incoming)])
        if not taken:
            return []
        job = _Job(taken[0], asyncio.get_running_loop().create_future())
        self._queue(job)
        assert job.answer is not None
        return await job.answer

    async def resume(self) -> None:
        """At start: what a kill left without an answer."""
        for waiting in await self._store.unanswered():
            self._queue(_Job(waiting))

    async def idle(self) -> None:
        """Returns once everything is answered."""
        await all_done(self._tasks)

    async def close(self, grace: float = 10.0) -> None:
        """Finishes the answers under way; the rest waits in the inbox for the next start."""
        self._closing = True
        await wind_up(self._tasks, self._answering, grace)
        for lane in self._lanes.values():
            for job in lane:
                if job.answer is not None and not job.answer.done():
                    job.answer.cancel()

    async def _cut(self, incoming: Incoming) -> Incoming:
        """The same without its secrets. What cannot be looked through is kept without its words."""
        if self._take_out is not None and incoming.message.text:
            incoming = await self._take_out(incoming)
        message = incoming.message
        if not message.text:
            return incoming
        try:
            if len(message.text) > SHORT:
                finding = await asyncio.to_thread(self._look, message.text, message.locale)
            else:
                finding = self._look(message.text, message.locale)
        except Exception as error:
            log.error("A message could not be looked through for secrets; its words were dropped: %s", described(error))
            return replace(incoming, message=replace(message, text="", kind="other"))
        if not finding.secrets:
            return incoming
        kinds = tuple(dict.fromkeys(secret.kind for secret in finding.secrets))
        return replace(incoming, message=replace(message, text=finding.text, secret_kinds=kinds))

    def _queue(self, job: _Job) -> None:
        chat = job.waiting.chat
        lane = self._lanes.setdefault(chat, deque())
        if any(job.waiting.mark == other.waiting.mark for other in lane):
            return
        lane.append(job)
        if chat not in self._tasks and not self._closing:
            self._tasks[chat] = asyncio.create_task(self._work_off(chat))

    async def _work_off(self, chat: str) -> None:
        lane = self._lanes[chat]
        try:
            while lane and not self._closing:
                self._answering.add(chat)
                try:
                    await self._settle(lane[0])
                finally:
                    self._answering.discard(chat)
                lane.popleft()
        finally:
            self._tasks.pop(chat, None)
            if not lane:
                self._lanes.pop(chat, None)

    async def _settle(self, job: _Job) -> None:
        """Answers one message, once. A full disk is waited out; what fails twice gets a kind line instead."""
        pause, faults = self._pause, 0
        while True:
            try:
                if faults < 2:
                    parcels = await self._tutor.handle(job.waiting, at=self._clock())
                else:
                    parcels = await self._set_aside(job.waiting)
            except StoreError as error:
                log.error("An answer could not be noted and is tried again: %s", error)
                _fail(job, error)
                if self._closing:
                    raise asyncio.CancelledError from None
                self._answering.discard(job.waiting.chat)
                await asyncio.sleep(pause)
                self._answering.add(job.waiting.chat)
                pause = min(pause * 2, LONGEST_PAUSE)
            except Exception as error:
                faults += 1
                log.error("An answer failed (%d): %s", faults, described(error))
                if faults > 2:
                    self._note(job, "lost", 0)
                    _done(job, [])
                    return
            else:
                self._note(job, "answered" if faults < 2 else "set_aside", len(parcels))
                await self._hand_on(parcels)
                _done(job, parcels)
                return

    def _note(self, job: _Job, outcome: str, replies: int) -> None:
        message = job.waiting.message
        self._on_exchange(Exchange(message.channel, message.kind, outcome, replies, time.monotonic() - job.since))

    async def _hand_on(self, parcels: list[Parcel]) -> None:
        try:
            await self._on_parcels(parcels)
        except Exception as error:
            log.error("An answer could not be handed on; it waits in the outbox: %s", described(error))

    async def _set_aside(self, waiting: Waiting) -> list[Parcel]:
        """Marks the message as answered, with a kind line and the buttons that stood there before."""
        learner = await self._store.learner_of(waiting.chat)
        session = await self._store.load(learner) or Session(learner, language=_language(waiting.message, self._sorry))
        words = self._sorry.get(session.language) or self._sorry["en"]
        turn = Turn(session, (Reply(words, buttons=session.choices),))
        return await self._store.save(turn, chat=waiting.chat, mark=waiting.mark, at=self._clock())


def _language(message: Message, known: Iterable[str]) -> str:
    language = message.locale.split("-")[0].lower()
    return language if language in known else "en"


def _done(job: _Job, parcels: list[Parcel]) -> None:
    if job.answer is not None and not job.answer.done():
        job.answer.set_result(parcels)


def _fail(job: _Job, error: StoreError) -> None:
    if job.answer is not None and not job.answer.done():
        job.answer.set_exception(error)
