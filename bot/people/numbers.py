"""A telephone number that a learner shares for this once. It is taken out of the message at the door, before inbox and
recogniser, lies in a table of its own, is shown to whoever took the card, and goes with the card."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.messages import Reply
from bot.store import Incoming, Parcel

from . import cards, talk
from .cards import Card
from .doors import Keeps
from .people import People
from .telling import Telling
from .volunteer import Volunteer

GIVEN, TOO_LATE = "number", "number_too_late"  # Message.given


class Numbers:
    def __init__(self, people: People, store: Keeps, telling: Telling) -> None:
        self._people, self._store, self._telling = people, store, telling

    async def take_out(self, incoming: Incoming) -> Incoming:
        """The message as it may be kept: a number that was asked for stands with the card alone."""
        message = incoming.message
        number = talk.number_in(message.text) if message.kind == "text" else ""
        if not number:
            return incoming
        asked = await self._store.read(lambda db: talk.asked_for_number(db, incoming.address))
        if asked is None:
            return incoming
        learner, card = asked
        kept = await self._store.write(lambda db: talk.keep_number(db, card, learner, number, message.at))
        return replace(incoming, message=replace(message, text="", given=GIVEN if kept else TOO_LATE))

    async def was_given(self, learner: str, at: datetime) -> list[Parcel]:
        """The agreed word, for the learner after the answer, and to whoever holds the card."""
        card = await self._store.read(lambda db: cards.newest_of(db, learner))
        if card is None:
            return []
        new = self._telling.agreed_word(card.language)
        word = await self._store.write(lambda db: cards.give_word(db, card.id, new))
        keys = ["with_you.number_word", "with_you.nobody_asks"]
        said = Reply(self._telling.together(card, keys, "", word), aside=True, urgent=True)
        if card.taken_by and (volunteer := await self._people.get(card.taken_by)):
            await self.tell(replace(card, word=word), volunteer, at)
        return await self._telling.for_learner(said, card, at)

    async def tell(self, card: Card, volunteer: Volunteer, at: datetime) -> None:
        """Shows the number in the messenger to whoever took the card there; the page shows it by itself."""
        if not card.number:
            return
        await self._people.note(volunteer.id, "number_shown", learner=card.learner, at=at)
        if card.door == "page":
            return
        language = self._telling.places.language(card.centre)
        number = await self._store.read(lambda db: talk.number_of(db, card.id))
        values = {"who": self._telling.who(card, language), "number": number, "word": card.word}
        shown = Reply(self._telling.say("desk.number", language, **values), spoken="", noted=_key(card, volunteer.id))
        await self._telling.to_volunteer(volunteer.id, shown, at)

    async def take_away(self, card: Card, at: datetime) -> None:
        """Takes the message with the number out of the volunteer's chat again."""
        if card.number and card.taken_by:
            await self._take_away(_key(card, card.taken_by), card.taken_by, at)

    async def look(self, at: datetime) -> None:
        """The same for cards that ended in another way: the learner withdrew, or was forgotten."""
        for key in await self._store.read(talk.shown_too_long):
            await self._take_away(key, key.rpartition("-")[2], at)

    async def _take_away(self, key: str, volunteer: str, at: datetime) -> None:
        await self._telling.to_volunteer(volunteer, Reply("", spoken="", delete=f"noted:{key}"), at)


def _key(card: Card, volunteer: str) -> str:
    return f"{talk.SHOWN}{card.id}-{volunteer}"
