"""What comes due by itself: reminders and questions, in waking hours alone, and the daily forgetting. Nothing is
held in memory: at every start the plans are read again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.centres import Centres
from bot.conversation.waking import is_waking, next_allowed
from bot.store import DuePlan, Parcel, Store, StoreError

log = logging.getLogger(__name__)

LOOK_EVERY = timedelta(seconds=30)
TIDY_EVERY = timedelta(hours=24)
FIRST_TIDY = timedelta(minutes=10)  # after the messages that a kill left behind have had their answers
TOO_LATE = timedelta(hours=36)  # a reminder for an agreed time is no kindness two days later


class Teller(Protocol):
    """The tutor, as the planner sees it. It saves the turn with `plan=due.id`."""

    async def tell_due(self, due: DuePlan, *, at: datetime) -> list[Parcel]: ...


class Planner:
    """`on_parcels` is told what waits to be sent, as Reception's is."""

    def __init__(
        self,
        store: Store,
        tutor: Teller,
        centres: Centres,
        clock: Callable[[], datetime],
        *,
        on_parcels: Callable[[Sequence[Parcel]], Awaitable[None] | None] | None = None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._store, self._tutor, self._centres, self._clock = store, tutor, centres, clock
        self._on_parcels, self._pause = on_parcels, pause

    async def run(self) -> None:
        """Until cancelled. An error with one plan, or a full disk, stops nothing else."""
        next_tidy = self._clock() + FIRST_TIDY
        while True:
            now = self._clock()
            try:
                await self.look(now)
                if now >= next_tidy:
                    next_tidy = now + TIDY_EVERY
                    went = await self._store.tidy(now)
                    log.info("kept long enough and forgotten: %s", went)
            except StoreError as error:
                log.error("the planner could not read or write: %s", error)
            await self._pause(LOOK_EVERY.total_seconds())

    async def look(self, now: datetime) -> int:
        """Tells whatever is due and may be told now. How many were told."""
        told = 0
        for due in await self._store.due(now):
            if now - due.plan.due > TOO_LATE + self._night(due):
                await self._store.plan_done(due.id)
            elif is_waking(now, self._centres.get(due.centre)):
                told += await self._tell(due, now)
        return told

    def _night(self, due: DuePlan) -> timedelta:
        """How long the plan had to wait for somebody to be awake."""
        return next_allowed(due.plan.due, self._centres.get(due.centre)) - due.plan.due

    async def _tell(self, due: DuePlan, now: datetime) -> bool:
        try:
            parcels = await self._tutor.tell_due(due, at=now)
        except StoreError:
            raise
        except Exception:
            # One message is agreed, and no second: a plan that cannot be told is dropped.
            log.exception("a plan of the kind %s could not be told", due.plan.kind)
            parcels = []
        await self._store.plan_done(due.id)
        if parcels and self._on_parcels is not None:
            answer = self._on_parcels(parcels)
            if answer is not None:
                await answer
        return bool(parcels)
