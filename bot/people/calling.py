"""Cards by themselves: put before volunteers, and looked after when they go quiet or nobody takes them."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.messages import Reply
from bot.store import Parcel
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

    async def announce(self, at: datetime) -> list[Parcel]:
        """Puts new cards before those on duty; in opening hours, where nobody is, before all of the centre. What is to be
        said to learners because of it: who is in trouble is told that somebody knows."""
        said: list[Parcel] = []
        for card in await self._store.read(cards.not_told):
            on_duty = await self._people.on_duty(card.centre, at=at)
            all_there = await self._people.of_centre(card.centre)
            is_time = card.urgent or self._telling.places.is_open(card.centre, at)
            called = on_duty or (all_there if is_time else ())
            if not (called or is_time):
                continue  # outside opening hours: put before them when they open, or when somebody comes on duty
            await self._note(card, "told_at", at)
            reached = [volunteer for volunteer in called if await self._show(card, volunteer, at)]
            if card.urgent and reached:
                said += await self._tell_learner(card, "with_you.called", "", at)
        return said

    async def look(self, at: datetime) -> None:
        """Every half minute: cards of who has left, new cards, volunteers who went quiet, urgent cards that nobody took, what is a day old."""
        for card in await self._store.read(cards.left_behind):
            await self._holding.put_back(card, "with_you.had_to_go", at)
            await self._store.write(lambda db, card=card: cards.tell_again(db, card.id))  # type: ignore[misc]
        await self._telling.hand_out(await self.announce(at))
        for card in await self._store.read(cards.all_held):
            if cards.long_quiet(card, at, LETS_GO_AFTER):
                await self._let_go(card, at)
            elif cards.long_quiet(card, at, ASKS_AFTER) and cards.not_asked_since(card):
                await self._ask(card, at)
        late = stamp(at - RAISED_AFTER)
        for card in await self._store.read(lambda db: cards.left_alone(db, late)):
            await self._raise(card, at)
        await self._numbers.look(at)
        if await self._store.read(lambda db: talk.is_old(db, at)):
            await self._store.write(lambda db: talk.expire(db, at))
            await self._store.scrub()

    async def _raise(self, card: Card, at: datetime) -> None:
        """Nobody took an urgent card: before the coordinators, and the learner is told what is true."""
        await self._note(card, "raised_at", at)
        everybody = [one for one in await self._people.of_centre(card.centre) if one.sees_all_centres]
        reached = [one.name for one in everybody if await self._show(card, one, at)]
        key = "with_you.raised" if reached else "with_you.nobody_yet"
        await self._telling.hand_out(await self._tell_learner(card, key, reached[0] if reached else "", at))

    async def _tell_learner(self, card: Card, key: str, name: str, at: datetime) -> list[Parcel]:
        said = Reply(self._telling.together(card, [key], name, ""), aside=True)
        return await self._telling.for_learner(said, card, at)

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

    async def _show(self, card: Card, volunteer: Volunteer, at: datetime) -> bool:
        """False: not wanted, or not in the messenger."""
        if await self._store.read(lambda db: cards.is_unwanted(db, card.learner, volunteer.id)):
            return False
        language = self._telling.places.language(card.centre)
        return await self._telling.to_volunteer(volunteer.id, self._telling.card(card, language), at)

    async def _note(self, card: Card, what: str, at: datetime) -> None:
        await self._store.write(lambda db: cards.note(db, card.id, what, stamp(at)))
