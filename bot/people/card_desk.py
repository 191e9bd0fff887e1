"""A volunteer's own chat: taps on cards, words to a learner, and "I have five minutes"."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.messages import Reply
from bot.phrases.words import best_language
from bot.store import Waiting

from . import cards, talk
from .cards import Card
from .doors import Keeps
from .holding import OUTCOMES, Done, Holding
from .telling import KIND_WORDS, Telling
from .volunteer import Volunteer

CHAT = "chat"
FIVE = {"five", "/five", "five minutes", "i have five minutes", "五分钟", "我有五分钟", "我有5分钟"}
MOST_SHOWN = 3

Act = Callable[[Card, Volunteer, datetime], Awaitable[Done]]


class CardDesk:
    def __init__(self, store: Keeps, telling: Telling, holding: Holding) -> None:
        self._store, self._telling, self._holding = store, telling, holding

    async def errand(self, waiting: Waiting, volunteer: Volunteer | None, at: datetime) -> Sequence[Reply] | None:
        """What a volunteer taps on a card, or writes while holding one. None: something else."""
        if volunteer is None or not volunteer.sees_people:
            return None
        message, language = waiting.message, self._language(volunteer, waiting)
        if message.tap:
            choice = message.tap.choice.removeprefix("desk-")
            if choice == "five":
                return await self._five(volunteer, language)
            what, _, number = choice.partition(":")
            act = self._act(what)
            if act is None or not number.isdigit():
                return None
            card = await self._store.read(lambda db: cards.one(db, int(number)))
            if card is None or not volunteer.sees(card.centre):
                return [self._telling.reply("gone", language)]
            return [self._answer(await act(card, volunteer, at), language)]
        held = await self._store.read(lambda db: cards.held_by(db, volunteer.id))
        if held is not None:
            return await self._pass_on(held, volunteer, waiting, at)
        if message.text.strip().lower().rstrip(".!。") in FIVE:
            return await self._five(volunteer, language)
        return await self._kind_word(volunteer, waiting, at)

    def _act(self, what: str) -> Act | None:
        holding = self._holding
        if what in KIND_WORDS:
            return lambda card, volunteer, at: holding.leave_kind_word(card, volunteer, what, at)
        if what in OUTCOMES and what != "visit":
            return lambda card, volunteer, at: holding.close(card, volunteer, what, at)
        return {
            "take": holding.open, "kind": holding.kind, "undo": holding.undo, "here": holding.here, "back": holding.back,
            "write": lambda card, volunteer, at: holding.write(card, volunteer, at, CHAT),
            "visit": lambda card, volunteer, at: holding.visit(card, volunteer, at, CHAT),
        }.get(what)  # fmt: skip

    def _answer(self, done: Done, language: str) -> Reply:
        if done.key == "opened" and done.card:
            return self._telling.card(done.card, language, whole=True)
        said = self._telling.reply(done.key, language, done.card, *done.choices, **done.values)
        if done.key != "which_word" or not done.card:
            return said
        texts = (self._telling.say(f"with_you.{word}", done.card.language, **done.values) for word in KIND_WORDS)
        lines = "\n\n".join(f"{n}. {text}" for n, text in enumerate(texts, 1))
        return Reply(f"{said.words}\n\n{lines}", spoken="", buttons=said.buttons)

    async def _five(self, volunteer: Volunteer, language: str) -> list[Reply]:
        """The cards for which five minutes are enough."""
        found = await self._store.read(lambda db: cards.open_in(db, volunteer.own_centre, volunteer.id))
        fitting = [card for card in found if card.fits(5)]
        if not fitting:
            return [self._telling.reply("nothing_for_five", language)]
        more = [self._telling.reply("more_for_five", language, many=str(len(fitting) - MOST_SHOWN))]
        shown = [self._telling.card(card, language) for card in fitting[:MOST_SHOWN]]
        return [*more, *shown] if len(fitting) > MOST_SHOWN else shown

    async def _kind_word(self, volunteer: Volunteer, waiting: Waiting, at: datetime) -> list[Reply] | None:
        """A voice message after "2 min: a kind word" is the kind word."""
        message, language = waiting.message, self._language(volunteer, waiting)
        number = await self._store.read(lambda db: talk.speaks_to(db, volunteer.id, at))
        card = await self._store.read(lambda db: cards.one(db, number)) if number else None
        if card is None:
            return None
        if message.kind != "voice" or not message.file:
            return [self._telling.reply("speak_or_choose", language)] if message.kind == "picture" else None
        file = f"{message.channel}/voice/{message.file}"
        return [self._answer(await self._holding.leave_kind_word(card, volunteer, "", at, file), language)]

    async def _pass_on(self, card: Card, volunteer: Volunteer, waiting: Waiting, at: datetime) -> list[Reply]:
        message, language = waiting.message, self._language(volunteer, waiting)
        if message.secret_kinds:
            return [self._telling.reply("stopped_secret", language)]
        file = ""
        if message.kind in ("voice", "picture") and message.channel == "telegram" and message.file:
            file = f"telegram/{message.kind}/{message.file}"
        elif not message.text:
            return [self._telling.reply("cannot_pass_on", language)]
        text = "" if file else message.text
        caption = message.text if file else ""
        if caption and (stopped := await self._holding.pass_on(card, volunteer, at, CHAT, text=caption)):
            return [self._answer(stopped, language)]
        done = await self._holding.pass_on(card, volunteer, at, CHAT, text=text, file=file)
        return [self._answer(done, language)] if done else []

    def _language(self, volunteer: Volunteer, waiting: Waiting) -> str:
        """The one that the volunteer chose, else the messenger's."""
        return volunteer.language or best_language(waiting.message.locale)
