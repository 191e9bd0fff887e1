"""Cards by themselves: put before volunteers, and looked after when they go quiet or nobody takes them."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.store.codec import stamp

from . import cards, talk
from .cards import Card
from .doors import Keeps
from .holding import Holding
from .numbers import Numbers
from .people import People
from .telling import Telling
from .volunteer import Volunteer

ASKS_AFTER = timedelta(minutes=15)
LETS_GO_AFTER = timedelta(minutes=30)
RAISED_AFTER = timedelta(minutes=10)


class Calling:
    def __init__(self, people: People, store: Keeps, telling: Telling, numbers: Numbers, holding: Holding) -> None:
        self._people, self._store, self._telling = people, store, telling
        self._numbers, self._holding = numbers, holding

    async def announce(self, at: datetime) -> None:
        """Puts new cards before those on duty; in opening hours, where nobody is, before all of the centre."""
        for card in await self._store.read(cards.not_told):
            on_duty = await self._people.on_duty(card.centre, at=at)
            all_there = await self._people.of_centre(card.centre)
            is_time = card.urgent or self._telling.places.is_open(card.centre, at)
            called = on_duty or (all_there if is_time else ())
            if not (called or is_time):
                continue  # outside opening hours: put before them when they open, or when somebody comes on duty
            await self._note(card, "told_at", at)
            for volunteer in called:
                await self._show(card, volunteer, at)

    async def look(self, at: datetime) -> None:
        """Every half minute: cards of who has left, new cards, volunteers who went quiet, urgent cards that nobody took, what is a day old."""
        for card in await self._store.read(cards.left_behind):
            await self._holding.put_back(card, "with_you.had_to_go", at)
            await self._store.write(lambda db, card=card: cards.tell_again(db, card.id))  # type: ignore[misc]
        await self.announce(at)
        for card in await self._store.read(cards.all_held):
            if cards.long_quiet(card, at, LETS_GO_AFTER):
                await self._let_go(card, at)
            elif cards.long_quiet(card, at, ASKS_AFTER) and cards.not_asked_since(card):
                await self._ask(card, at)
        late = stamp(at - RAISED_AFTER)
        for card in await self._store.read(lambda db: cards.left_alone(db, late)):
            await self._note(card, "raised_at", at)
            for volunteer in await self._people.of_centre(card.centre):
                if volunteer.sees_all_centres:
                    await self._show(card, volunteer, at)
        await self._numbers.look(at)
        if await self._store.read(lambda db: talk.is_old(db, at)):
            await self._store.write(lambda db: talk.expire(db, at))
            await self._store.scrub()

    async def _let_go(self, card: Card, at: datetime) -> None:
        language = self._telling.places.language(card.centre)
        await self._holding.put_back(card, "with_you.had_to_go", at)
        await self._telling.to_volunteer(card.taken_by, self._telling.reply("let_go", language), at)

    async def _ask(self, card: Card, at: datetime) -> None:
        language = self._telling.places.language(card.centre)
        await self._note(card, "asked_at", at)
        who = self._telling.who(card, language)
        asked = self._telling.reply("still_there", language, card, "here", "solved", "back", who=who)
        await self._telling.to_volunteer(card.taken_by, asked, at)

    async def _show(self, card: Card, volunteer: Volunteer, at: datetime) -> None:
        if not await self._store.read(lambda db: cards.is_unwanted(db, card.learner, volunteer.id)):
            language = self._telling.places.language(card.centre)
            await self._telling.to_volunteer(volunteer.id, self._telling.card(card, language), at)

    async def _note(self, card: Card, what: str, at: datetime) -> None:
        await self._store.write(lambda db: cards.note(db, card.id, what, stamp(at)))
