"""A person behind the bot: a card is put before volunteers, one takes it, words go both ways, and the lesson goes on.

`Handover` stands between the front desk and the tutor. The truth of who holds whom is in the table of calls; a session's
`held_by` follows it, so that a turn that was under way meanwhile changes nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.messages import Button, Event, Reply, Session, Turn
from bot.store import Parcel, Waiting
from bot.store.codec import stamp

from . import cards
from .cards import Card
from .people import People
from .said import why_not
from .volunteer import Volunteer

ASKS_AFTER = timedelta(minutes=15)
LETS_GO_AFTER = timedelta(minutes=30)
RAISED_AFTER = timedelta(minutes=10)
UNDO = timedelta(minutes=1)
OUTCOMES = ("solved", "lesson", "other")  # and "visit", where somebody who wrote finds that one is needed
NOT_THEM = "not_them"  # the learner's button


class Says(Protocol):
    """bot.phrases.Phrases."""

    def say(self, key: str, language: str, number: int = 0, /, **values: str) -> str: ...


class Places(Protocol):
    """What is asked about centres and lessons; bot.house hands it in."""

    def language(self, centre: str) -> str: ...
    def name(self, centre: str) -> str: ...
    def is_open(self, centre: str, at: datetime) -> bool: ...
    def step(self, lesson: str, step: str, language: str) -> str: ...


class GoesOn(Protocol):
    """bot.conversation.Conversation."""

    def given_back(self, session: Session, *, at: datetime) -> Turn: ...


class Keeps(Protocol):
    """bot.store.Store."""

    async def read(self, look: Callable[[Any], Any]) -> Any: ...
    async def write(self, work: Callable[[Any], Any]) -> Any: ...
    async def load(self, learner: str) -> Session | None: ...
    async def learner_of(self, chat: str) -> str: ...
    async def save(self, turn: Turn, *, chat: str, by_itself: bool = False, at: datetime) -> list[Parcel]: ...
    async def say(
        self, chat: str, replies: Sequence[Reply], *, learner: str, turn: int = 0, mark: int | None = None, at: datetime
    ) -> list[Parcel]: ...


class Answers(Protocol):
    """bot.tutor.Tutor."""

    async def handle(self, waiting: Waiting, *, at: datetime) -> list[Parcel]: ...


class Handover:
    """`hand_out` gets what goes to others than the one who wrote; `look` is bot.safety.look."""

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
    ) -> None:
        self._tutor, self._people, self._store, self._conversation = tutor, people, store, conversation
        self._phrases, self._places, self._hand_out, self._look = phrases, places, hand_out, look

    # A learner's chat

    async def handle(self, waiting: Waiting, *, at: datetime) -> list[Parcel]:
        """The tutor's answer; while a person holds the chat the words go to that person instead."""
        learner = await self._store.learner_of(waiting.chat)
        card = await self._store.read(lambda db: cards.held_for(db, learner))
        await self._follow(learner, waiting.chat, card, at)
        message = waiting.message
        if message.tap and message.tap.choice == NOT_THEM:
            if card:
                await self._not_them(card, at)
            return await self._store.say(waiting.chat, (), learner=learner, mark=waiting.mark, at=at)
        parcels = await self._tutor.handle(waiting, at=at)
        if card:
            await self._to_volunteer(card, waiting, at)
        await self.announce(at)
        return parcels

    async def _follow(self, learner: str, chat: str, card: Card | None, at: datetime) -> None:
        session = await self._store.load(learner)
        holder = card.taken_by if card else ""
        if session is not None and session.held_by != holder:
            await self._store.save(Turn(replace(session, held_by=holder)), chat=chat, by_itself=True, at=at)

    async def _to_volunteer(self, card: Card, waiting: Waiting, at: datetime) -> None:
        message, language = waiting.message, self._places.language(card.centre)
        if message.tap:
            return
        who = card.name or self._say("desk.somebody", language)
        if message.text:
            said = Reply(f"**{who}:** {message.text}", spoken="")
        else:
            known = message.kind if message.kind in ("voice", "picture") else "other"
            passed_on = message.channel == "telegram" and message.file and known != "other"
            file = f"telegram/{known}/{message.file}" if passed_on else ""
            said = Reply(self._say(f"desk.sent_{known}", language, who=who), spoken="", file=file)
        await self._note(card, "moved_at", at)
        await self._tell_volunteer(card.taken_by, said, at)

    async def _not_them(self, card: Card, at: datetime) -> None:
        volunteer = card.taken_by
        await self._store.write(lambda db: cards.unwanted(db, card.learner, volunteer, stamp(at)))
        await self._put_back(card, "with_you.not_them", at)
        language = self._places.language(card.centre)
        for one in await self._people.of_centre(card.centre):
            if one.sees_all_centres:
                name = await self._name(volunteer)
                await self._tell_volunteer(
                    one.id, Reply(self._say("desk.unwanted", language, name=name), spoken=""), at
                )
        await self._tell_volunteer(volunteer, Reply(self._say("desk.on_the_list", language), spoken=""), at)

    # A volunteer's chat

    async def errand(self, waiting: Waiting, volunteer: Volunteer | None, at: datetime) -> Sequence[Reply] | None:
        """What a volunteer taps on a card, or writes while holding one. None: something else."""
        if volunteer is None or volunteer.role == "writer":
            return None
        message = waiting.message
        if message.tap:
            what, _, number = message.tap.choice.removeprefix("desk-").partition(":")
            acts = {
                "take": self._take, "write": self._write, "visit": self._visit, "kind": self._kind, "kind1": self._kind,
                "kind2": self._kind, "kind3": self._kind, "undo": self._undo, "here": self._still_here,
                "back": self._back, **dict.fromkeys(OUTCOMES, self._close),
            }  # fmt: skip
            if what not in acts or not number.isdigit():
                return None
            card = await self._store.read(lambda db: cards.one(db, int(number)))
            language = self._language(waiting)
            if card is None or not volunteer.sees(card.centre):
                return [self._reply("desk.gone", language)]
            return await acts[what](card, volunteer, what, language, at)
        held = await self._store.read(lambda db: cards.held_by(db, volunteer.id))
        return None if held is None else await self._pass_on(held, volunteer, waiting, at)

    async def _take(self, card: Card, volunteer: Volunteer, what: str, language: str, at: datetime) -> list[Reply]:
        """The card in full, and how much time there is for it."""
        if card.taken_by and card.taken_by != volunteer.id:
            return [self._reply("desk.taken", language, name=await self._name(card.taken_by))]
        if await self._store.read(lambda db: cards.is_unwanted(db, card.learner, volunteer.id)):
            return [self._reply("desk.not_you", language)]
        await self._people.note(volunteer.id, "card_opened", learner=card.learner, at=at)
        buttons = [self._button(x, card, language) for x in ("kind", "write", "visit")]
        return [Reply(self._lines(card, language, whole=True), spoken="", buttons=tuple(buttons))]

    async def _write(self, card: Card, volunteer: Volunteer, what: str, language: str, at: datetime) -> list[Reply]:
        """Ten minutes: from now on both write to each other through the bot."""
        if not await self._store.write(lambda db: cards.take(db, card.id, volunteer.id, "write", "", stamp(at))):
            return [await self._too_late(card, language)]
        await self._people.note(volunteer.id, "card_taken", learner=card.learner, at=at)
        await self._to_learner(card, ["with_you.arrived"], at, volunteer.name, held=volunteer.id, button=True)
        return [
            self._reply(
                "desk.with_them", language, card, "solved", "visit", "lesson", "undo", who=self._who(card, language)
            )
        ]

    async def _visit(self, card: Card, volunteer: Volunteer, what: str, language: str, at: datetime) -> list[Reply]:
        """Twenty minutes: somebody comes or rings, and says two words that only the two know."""
        if card.taken_by == volunteer.id and card.way == "write":
            return await self._close(card, volunteer, "visit", language, at)
        word = self._agreed_word(card.language)
        if not await self._store.write(lambda db: cards.take(db, card.id, volunteer.id, "visit", word, stamp(at))):
            return [await self._too_late(card, language)]
        await self._people.note(volunteer.id, "card_taken", learner=card.learner, detail="visit", at=at)
        await self._to_learner(card, ["with_you.visit", "with_you.never"], at, volunteer.name, word=word)
        who = self._who(card, language)
        return [self._reply("desk.visit_told", language, card, "solved", "other", "back", who=who, word=word)]

    async def _kind(self, card: Card, volunteer: Volunteer, what: str, language: str, at: datetime) -> list[Reply]:
        """Two minutes: one of three sentences. The card stays on the list."""
        if what == "kind":
            choices = [Button(f"desk-kind{n}:{card.id}", self._say(f"button.kind{n}", language)) for n in (1, 2, 3)]
            words = "\n\n".join(
                f"{n}. {self._say(f'with_you.kind{n}', card.language, name=volunteer.name)}" for n in (1, 2, 3)
            )
            return [Reply(f"{self._say('desk.which_word', language)}\n\n{words}", spoken="", buttons=tuple(choices))]
        await self._to_learner(card, [f"with_you.{what}"], at, volunteer.name)
        await self._people.note(volunteer.id, "kind_word", learner=card.learner, at=at)
        return [self._reply("desk.kind_sent", language)]

    async def _undo(self, card: Card, volunteer: Volunteer, what: str, language: str, at: datetime) -> list[Reply]:
        """Pressed by mistake: for a minute."""
        if card.taken_by != volunteer.id:
            return [self._reply("desk.gone", language)]
        if card.taken_at is None or at - card.taken_at > UNDO:
            return [self._reply("desk.too_late_to_undo", language, card, "solved", "back")]
        await self._put_back(card, "with_you.by_mistake", at)
        return [self._reply("desk.on_the_list", language)]

    async def _back(self, card: Card, volunteer: Volunteer, what: str, language: str, at: datetime) -> list[Reply]:
        if card.taken_by != volunteer.id:
            return [self._reply("desk.gone", language)]
        await self._put_back(card, "with_you.had_to_go", at)
        return [self._reply("desk.on_the_list", language)]

    async def _close(self, card: Card, volunteer: Volunteer, what: str, language: str, at: datetime) -> list[Reply]:
        """One tap afterwards: solved, needs a visit, the lesson is wrong, other. The tutor goes on where they were."""
        if not await self._store.write(lambda db: cards.close(db, card.id, volunteer.id, what, stamp(at))):
            return [self._reply("desk.gone", language)]
        await self._people.note(volunteer.id, "card_closed", learner=card.learner, detail=what, at=at)
        helped = Event("person_helped", at, card.learner, lesson=card.lesson, step=card.step)
        await self._to_learner(card, ["with_you.gone"], at, volunteer.name, held="", event=helped)
        return [self._reply("desk.closed", language)]

    async def _still_here(
        self, card: Card, volunteer: Volunteer, what: str, language: str, at: datetime
    ) -> list[Reply]:
        if card.taken_by != volunteer.id:
            return [self._reply("desk.gone", language)]
        await self._note(card, "moved_at", at)
        return [self._reply("desk.go_on", language, card, "solved", "visit", "back")]

    async def _pass_on(self, card: Card, volunteer: Volunteer, waiting: Waiting, at: datetime) -> list[Reply]:
        """What the volunteer writes or speaks, to the learner; not with codes, links or bank words in it."""
        message, language = waiting.message, self._language(waiting)
        if message.secret_kinds:
            return [self._reply("desk.stopped_secret", language)]
        if message.text:
            if why := why_not(message.text, self._look, card.language):
                return [self._reply(f"desk.stopped_{why}", language)]
            said = Reply(f"**{volunteer.name}:** {message.text}", spoken=f"{volunteer.name}: {message.text}")
        elif message.kind in ("voice", "picture") and message.channel == "telegram" and message.file:
            said = Reply(f"**{volunteer.name}:**", spoken="", file=f"telegram/{message.kind}/{message.file}")
        else:
            return [self._reply("desk.cannot_pass_on", language)]
        await self._note(card, "moved_at", at)
        session = await self._store.load(card.learner)
        turn = session.turn if session else 0
        said = replace(said, buttons=(self._not_them_button(card),), aside=True)
        await self._hand_out(await self._store.say(card.chat, [said], learner=card.learner, turn=turn, at=at))
        return []

    # From the report's page

    async def take(self, learner: str, volunteer: Volunteer, *, at: datetime) -> str:
        """Takes the newest card of this learner, to write in the messenger; what happens now, in words."""
        language = self._places.language(volunteer.centre)
        if not await self._people.chats_of(volunteer.id):
            return self._say("desk.no_messenger", language)
        card = await self._store.read(lambda db: cards.newest_of(db, learner))
        if card is None or not volunteer.sees(card.centre):
            return self._say("desk.gone", language)
        if await self._store.read(lambda db: cards.is_unwanted(db, card.learner, volunteer.id)):
            return self._say("desk.not_you", language)
        (reply,) = await self._write(card, volunteer, "write", language, at)
        await self._tell_volunteer(volunteer.id, reply, at)
        return reply.words.replace("**", "")

    # By itself

    async def announce(self, at: datetime) -> None:
        """Puts new cards before those on duty; in opening hours, where nobody is, before all of the centre."""
        for card in await self._store.read(cards.not_told):
            on_duty = await self._people.on_duty(card.centre, at=at)
            all_there = await self._people.of_centre(card.centre)
            called = on_duty or (all_there if card.urgent or self._places.is_open(card.centre, at) else ())
            await self._note(card, "told_at", at)
            for volunteer in called:
                await self._show_card(card, volunteer, at)

    async def look(self, at: datetime) -> None:
        """Every half minute: new cards, volunteers who went quiet, urgent cards that nobody took."""
        await self.announce(at)
        for card in await self._store.read(cards.all_held):
            language = self._places.language(card.centre)
            if cards.long_quiet(card, at, LETS_GO_AFTER):
                await self._put_back(card, "with_you.had_to_go", at)
                await self._tell_volunteer(card.taken_by, self._reply("desk.let_go", language), at)
            elif cards.long_quiet(card, at, ASKS_AFTER) and cards.not_asked_since(card):
                await self._note(card, "asked_at", at)
                who = self._who(card, language)
                asked = self._reply("desk.still_there", language, card, "here", "solved", "back", who=who)
                await self._tell_volunteer(card.taken_by, asked, at)
        late = stamp(at - RAISED_AFTER)
        for card in await self._store.read(lambda db: cards.left_alone(db, late)):
            await self._note(card, "raised_at", at)
            for volunteer in await self._people.of_centre(card.centre):
                if volunteer.sees_all_centres:
                    await self._show_card(card, volunteer, at)

    # Within

    async def _note(self, card: Card, what: str, at: datetime) -> None:
        await self._store.write(lambda db: cards.note(db, card.id, what, stamp(at)))

    async def _put_back(self, card: Card, why: str, at: datetime) -> None:
        name = await self._name(card.taken_by)
        if await self._store.write(lambda db: cards.give_back(db, card.id, card.taken_by)):
            await self._to_learner(card, [why], at, name, held="")

    async def _to_learner(
        self,
        card: Card,
        keys: Sequence[str],
        at: datetime,
        name: str,
        *,
        held: str | None = None,
        word: str = "",
        event: Event | None = None,
        button: bool = False,
    ) -> None:
        """Words of ours to the learner. `held`: who holds the chat from now on; "" puts the present step below."""
        session = await self._store.load(card.learner)
        if session is None:
            return
        values = {"name": name, "centre": self._places.name(card.centre), "word": word}
        words = "\n\n".join(self._say(key, session.language, **values) for key in keys)
        buttons = (self._not_them_button(card),) if button else ()
        reply = Reply(words, buttons=buttons, aside=held is None, urgent=bool(word))
        if held == "":
            back = self._conversation.given_back(session, at=at)
            turn = Turn(back.session, (reply, *back.replies), (*back.events, *((event,) if event else ())))
        else:
            turn = Turn(session if held is None else replace(session, held_by=held), (reply,))
        await self._hand_out(await self._store.save(turn, chat=card.chat, by_itself=True, at=at))

    async def _show_card(self, card: Card, volunteer: Volunteer, at: datetime) -> None:
        if await self._store.read(lambda db: cards.is_unwanted(db, card.learner, volunteer.id)):
            return
        language = self._places.language(card.centre)
        buttons = (Button(f"desk-take:{card.id}", self._say("button.take", language)),)
        await self._tell_volunteer(volunteer.id, Reply(self._lines(card, language), spoken="", buttons=buttons), at)

    async def _tell_volunteer(self, volunteer: str, reply: Reply, at: datetime) -> None:
        for chat in (await self._people.chats_of(volunteer))[:1]:
            await self._hand_out(await self._store.say(chat, [reply], learner=f"volunteer-{volunteer}", at=at))

    def _lines(self, card: Card, language: str, *, whole: bool = False) -> str:
        """Who, lesson and step, what was tried, mood. That somebody was tricked is told to whoever opens the card."""
        mood = card.reason if whole or card.reason not in cards.URGENT else "today"
        lines = [f"**{self._who(card, language)}**: {self._say(f'desk.mood_{mood}', language)}"]
        if card.lesson and (whole or card.reason not in cards.URGENT):
            lines.append(self._places.step(card.lesson, card.step, language))
            tried = {"misses": str(card.misses), "hints": str(card.hints)}
            lines.append(self._say("desk.tried", language, **tried))
        return "\n\n".join(line for line in lines if line)

    def _agreed_word(self, language: str) -> str:
        """Two common words, made for this card."""
        chance = secrets.SystemRandom()
        first = second = self._phrases.say("desk.agreed_words", language, chance.randrange(1000))
        while second == first:
            second = self._phrases.say("desk.agreed_words", language, chance.randrange(1000))
        return f"{first}{'' if language == 'zh' else ' '}{second}"

    async def _too_late(self, card: Card, language: str) -> Reply:
        now = await self._store.read(lambda db: cards.one(db, card.id))
        if now is None:
            return self._reply("desk.gone", language)
        return self._reply("desk.taken", language, name=await self._name(now.taken_by))

    async def _name(self, volunteer: str) -> str:
        found = await self._people.get(volunteer)
        return found.name if found else ""

    def _who(self, card: Card, language: str) -> str:
        return card.name or self._say("desk.somebody", language)

    def _language(self, waiting: Waiting) -> str:
        return "zh" if waiting.message.locale.lower().startswith("zh") else "en"

    def _not_them_button(self, card: Card) -> Button:
        return Button(NOT_THEM, self._say("button.not_them", card.language))

    def _button(self, choice: str, card: Card, language: str) -> Button:
        return Button(f"desk-{choice}:{card.id}", self._say(f"button.desk_{choice}", language))

    def _reply(self, key: str, language: str, card: Card | None = None, *choices: str, **values: str) -> Reply:
        buttons = tuple(self._button(choice, card, language) for choice in choices) if card else ()
        return Reply(self._say(key, language, **values), spoken="", buttons=buttons)

    def _say(self, key: str, language: str, **values: str) -> str:
        return self._phrases.say(key, language, 0, **values)
