"""A person behind the bot: a card is put before volunteers, one takes it, words go both ways, and the lesson goes on.

`Handover` stands between the front desk and the tutor. The truth of who holds whom is in the table of calls; a session's
`held_by` follows it, so that a turn that was under way meanwhile changes nothing. What a volunteer does is in card_desk.py
(the messenger) and page_desk.py (the report's page); both do it by holding.py.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

from bot.messages import Reply
from bot.store import Incoming, Parcel, Waiting
from bot.store.codec import stamp

from . import cards, talk
from .calling import Calling
from .card_desk import CardDesk
from .cards import Beside, Card
from .doors import Answers, GoesOn, Keeps, Places, Says
from .files import NO_FILES, Files
from .holding import Holding
from .numbers import GIVEN, Numbers
from .page_desk import PageDesk
from .people import People
from .telling import NOT_THEM, Telling
from .volunteer import Volunteer


class Handover:
    """`hand_out` gets what goes to others than the one who wrote; `look` is bot.safety.look. `page`: what the report's
    page asks."""

    def __init__(
        self,
        tutor: Answers,
        people: People,
        store: Keeps,
        conversation: GoesOn,
        phrases: Says,
        places: Places,
        hand_out: Callable[[list[Parcel]], Awaitable[None]],
        look: Callable[[str, str], Any],
        files: Files = NO_FILES,
    ) -> None:
        self._tutor, self._people, self._store, self._files = tutor, people, store, files
        self._telling = telling = Telling(people, store, conversation, phrases, places, hand_out)
        self._numbers = numbers = Numbers(people, store, telling)
        self._holding = holding = Holding(people, store, telling, numbers, look)
        self._calling = Calling(people, store, telling, numbers, holding)
        self._desk = CardDesk(store, telling, holding)
        self.page = PageDesk(people, store, telling, holding, files)

    async def take_out(self, incoming: Incoming) -> Incoming:
        """For the reception: a number that was asked for goes no further than its card."""
        return await self._numbers.take_out(incoming)

    async def keep_upload(self, chat: str, kind: str, type: str, data: bytes, at: datetime) -> str:
        """What was uploaded on the chat page while somebody holds the chat: a handle for it, else "" and nothing is kept."""
        beside = await self._store.read(lambda db: cards.beside(db, chat))
        if beside is None or beside.card is None:
            return ""
        return await self._files.keep(beside.card, kind, type, data, at)

    async def handle(self, waiting: Waiting, *, at: datetime) -> list[Parcel]:
        """The tutor's answer; while a person holds the chat the words go to that person instead."""
        beside: Beside | None = await self._store.read(lambda db: cards.beside(db, waiting.chat))
        card = beside.card if beside else None
        if beside:
            await self._follow(beside)
        message = waiting.message
        if beside and message.tap and message.tap.choice == NOT_THEM:
            if unwanted := card or beside.coming:
                await self._not_them(unwanted, at)
            return await self._store.say(waiting.chat, (), learner=beside.learner, mark=waiting.mark, at=at)
        parcels = await self._tutor.handle(waiting, at=at)
        if card:
            await self._to_volunteer(card, waiting, at)
        if beside and beside.coming:
            await self._still_wanted(beside.coming, at)
        if beside and message.given == GIVEN:
            parcels = [*parcels, *await self._numbers.was_given(beside.learner, at)]
        if self._store.newly_called(waiting.chat):
            parcels = [*parcels, *await self._calling.announce(at)]
        return parcels

    async def errand(self, waiting: Waiting, volunteer: Volunteer | None, at: datetime) -> Sequence[Reply] | None:
        """For the front desk: what a volunteer taps and writes."""
        return await self._desk.errand(waiting, volunteer, at)

    async def look(self, at: datetime) -> None:
        """Every half minute."""
        await self._calling.look(at)

    async def _follow(self, beside: Beside) -> None:
        holder = beside.card.taken_by if beside.card else ""
        if beside.held_by != holder:
            await self._store.write(lambda db: cards.follow(db, beside.learner, holder))

    async def _to_volunteer(self, card: Card, waiting: Waiting, at: datetime) -> None:
        """Onto the page, and into the messenger of whoever wrote there last."""
        message, language = waiting.message, self._telling.places.language(card.centre)
        if message.tap or message.given:
            return
        who, words, file = self._telling.who(card, language), message.text, ""
        known = message.kind if message.kind in ("voice", "picture") else "other"
        if message.file and known != "other":
            file = message.file if message.file.startswith("kept/") else f"{message.channel}/{known}/{message.file}"
        kind = known if file else "words" if words else "other"
        await self._store.write(lambda db: talk.add(db, card.id, card.learner, "learner", kind, words, file, at))
        if card.door != "page":
            if words:
                await self._telling.to_volunteer(card.taken_by, Reply(f"**{who}:** {words}", spoken=""), at)
            if file or not words:
                sent = self._telling.say(f"desk.sent_{kind if file else 'other'}", language, who=who)
                await self._telling.to_volunteer(card.taken_by, Reply(sent, spoken="", file=file), at)

    async def _still_wanted(self, card: Card, at: datetime) -> None:
        """Whoever comes, or rings, is told where the learner needs nobody any more."""
        if await self._store.read(lambda db: cards.one(db, card.id)) is None:
            language = self._telling.places.language(card.centre)
            await self._numbers.take_away(card, at)
            who = self._telling.who(card, language)
            await self._telling.to_volunteer(card.taken_by, self._telling.reply("withdrawn", language, who=who), at)

    async def _not_them(self, card: Card, at: datetime) -> None:
        volunteer = card.taken_by
        await self._store.write(lambda db: cards.unwanted(db, card.learner, volunteer, stamp(at)))
        await self._holding.put_back(card, "with_you.not_them", at)
        language = self._telling.places.language(card.centre)
        name = await self._telling.name(volunteer)
        for one in await self._people.of_centre(card.centre):
            if one.sees_all_centres:
                await self._telling.to_volunteer(one.id, self._telling.reply("unwanted", language, name=name), at)
        await self._telling.to_volunteer(volunteer, self._telling.reply("on_the_list", language), at)
