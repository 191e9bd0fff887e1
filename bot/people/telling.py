"""Words on their way to a learner or to a volunteer, as phrases in the language of each."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.messages import Button, Event, Reply, Turn
from bot.store import Parcel

from .cards import URGENT, Card
from .doors import GoesOn, Keeps, Places, Says
from .people import People

NOT_THEM = "not_them"  # the learner's button
WAYS = ("kind", "write", "visit")  # 2, 10 and 20 minutes


class Telling:
    """`hand_out` gets what goes to others than the one who wrote."""

    def __init__(
        self, people: People, store: Keeps, conversation: GoesOn, phrases: Says, places: Places,
        hand_out: Callable[[list[Parcel]], Awaitable[None]],
    ) -> None:  # fmt: skip
        self._people, self._store, self._conversation = people, store, conversation
        self._phrases, self.places, self.hand_out = phrases, places, hand_out

    # Words

    def say(self, key: str, language: str, **values: str) -> str:
        return self._phrases.say(key, language, 0, **values)

    def who(self, card: Card, language: str) -> str:
        return card.name or self.say("desk.somebody", language)

    async def name(self, volunteer: str) -> str:
        found = await self._people.get(volunteer)
        return found.name if found else ""

    def lines(self, card: Card, language: str, *, whole: bool = False) -> tuple[str, ...]:
        """Mood, lesson and step, what was tried. That somebody was tricked is told to whoever opens the card."""
        mood = card.reason if whole or card.reason not in URGENT else "today"
        found = [self.say(f"desk.mood_{mood}", language)]
        if card.lesson and (whole or card.reason not in URGENT):
            tried = {"misses": str(card.misses), "hints": str(card.hints)}
            found += [self.places.step(card.lesson, card.step, language), self.say("desk.tried", language, **tried)]
        return tuple(line for line in found if line)

    def card(self, card: Card, language: str, *, whole: bool = False) -> Reply:
        """With a button for each amount of time. An urgent one is opened first."""
        mood, *rest = self.lines(card, language, whole=whole)
        words = "\n\n".join((f"**{self.who(card, language)}**: {mood}", *rest))
        if card.urgent and not whole:
            return Reply(words, spoken="", buttons=(self._button("take", card, language),))
        return Reply(words, spoken="", buttons=tuple(self._button(way, card, language) for way in WAYS))

    def reply(self, key: str, language: str, card: Card | None = None, *choices: str, **values: str) -> Reply:
        buttons = tuple(self._button(choice, card, language) for choice in choices) if card else ()
        return Reply(self.say(f"desk.{key}", language, **values), spoken="", buttons=buttons)

    def agreed_word(self, language: str) -> str:
        """Two common words, made for one card."""
        chance = secrets.SystemRandom()
        first = second = self._phrases.say("desk.agreed_words", language, chance.randrange(1000))
        while second == first:
            second = self._phrases.say("desk.agreed_words", language, chance.randrange(1000))
        return f"{first}{'' if language == 'zh' else ' '}{second}"

    def not_them(self, card: Card) -> Button:
        return Button(NOT_THEM, self.say("button.not_them", card.language))

    def _button(self, choice: str, card: Card, language: str) -> Button:
        key = "take" if choice == "take" else choice if choice in KIND_WORDS else f"desk_{choice}"
        return Button(f"desk-{choice}:{card.id}", self.say(f"button.{key}", language))

    # To a learner

    async def to_learner(
        self, card: Card, keys: Sequence[str], at: datetime, name: str, *, word: str = "", held: bool = False
    ) -> None:
        """Beside the lesson, whose buttons stay. `held`: somebody is with them from now on."""
        said = Reply(self.together(card, keys, name, word), aside=not held, urgent=bool(word))
        await self.pass_to_learner(replace(said, buttons=(self.not_them(card),)) if held else said, card, at)

    async def pass_to_learner(self, reply: Reply, card: Card, at: datetime) -> None:
        await self.hand_out(await self.for_learner(reply, card, at))

    async def for_learner(self, reply: Reply, card: Card, at: datetime) -> list[Parcel]:
        """Put out for them, to be handed out by whoever asked."""
        session = await self._store.load(card.learner)
        if session is None:
            return []
        return await self._store.say(card.chat, [reply], learner=card.learner, turn=session.turn, at=at)

    async def goes_on(
        self, card: Card, keys: Sequence[str], at: datetime, name: str, *, event: Event | None = None
    ) -> None:
        """Nobody holds the chat any more: the words, and the present step below."""
        session = await self._store.load(card.learner)
        if session is None:
            return
        back = self._conversation.given_back(session, at=at)
        said = Reply(self.together(card, keys, name, ""))
        turn = Turn(back.session, (said, *back.replies), (*back.events, *((event,) if event else ())))
        await self.hand_out(await self._store.save(turn, chat=card.chat, by_itself=True, at=at))

    def together(self, card: Card, keys: Sequence[str], name: str, word: str) -> str:
        values = {"name": name, "centre": self.places.name(card.centre), "word": word}
        return "\n\n".join(self.say(key, card.language, **values) for key in keys)

    # To a volunteer

    async def to_volunteer(self, volunteer: str, reply: Reply, at: datetime) -> bool:
        """In the messenger. False: this one is signed in nowhere there."""
        chats = await self._people.chats_of(volunteer)
        for chat in chats[:1]:
            await self.hand_out(await self._store.say(chat, [reply], learner=f"volunteer-{volunteer}", at=at))
        return bool(chats)


KIND_WORDS = ("kind1", "kind2", "kind3")
