"""The one path of every message: guard, understand, advance, save. What it saved is what gets sent."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from bot.conversation import Conversation
from bot.conversation.next_time import zone
from bot.messages import Invitation, Known, Message, Session, Turn
from bot.safety.finding import Finding, Secret
from bot.store import DuePlan, Parcel, Waiting
from nlu.intent import Entity, Recognizer, Understanding
from nlu.times import when

log = logging.getLogger(__name__)


class Keeper(Protocol):
    """What the tutor needs of the store."""

    async def learner_of(self, chat: str) -> str: ...
    async def new_learner(self, chat: str) -> str: ...
    async def load(self, learner: str) -> Session | None: ...
    async def known(self, learner: str, chat: str, *, at: datetime) -> Known: ...
    async def save(
        self,
        turn: Turn,
        *,
        chat: str,
        mark: int | None = None,
        then: Turn | None = None,
        plan: int | None = None,
        at: datetime,
    ) -> list[Parcel]: ...
    async def note_wish(self, words: str, *, language: str, centre: str, at: datetime) -> None: ...


class Tutor:
    """`look` is bot.safety.look or a Judge's, which takes some milliseconds; `invite` makes a fresh link for a learner's own person, None where none can be. Nothing here asks a clock: the time of a message comes with it."""

    def __init__(
        self,
        conversation: Conversation,
        recognizer: Recognizer,
        store: Keeper,
        look: Callable[[str, str], Finding],
        *,
        home: str = "home",
        invite: Callable[[str], Invitation | None] = lambda channel: None,
    ) -> None:
        self._conversation = conversation
        self._recognizer = recognizer
        self._store = store
        self._look = look
        self._home = home
        self._invite = invite

    async def handle(self, waiting: Waiting, *, at: datetime) -> list[Parcel]:
        """Answers one message and saves all of it in one transaction. Empty where it was answered before."""
        message = waiting.message
        learner = await self._store.learner_of(waiting.chat)
        session = await self._store.load(learner) or self._newcomer(learner, message, at)
        known = await self._store.known(learner, waiting.chat, at=at)
        known = replace(known, invitation=self._invite(message.channel))
        turn = await self._turn(session, replace(message, learner=learner), known, at)
        then = await self._other_person(turn, waiting.chat, message, at) if turn.hand_to else None
        parcels = await self._store.save(turn, chat=waiting.chat, mark=waiting.mark, then=then, at=at)
        if any(e.name == "wish_not_found" for e in turn.events) and message.kind == "text":
            await self._store.note_wish(message.text, language=turn.session.language, centre=turn.session.centre, at=at)
        return parcels

    async def tell_due(self, due: DuePlan, *, at: datetime) -> list[Parcel]:
        """A reminder or a question whose time has come. Empty where it is no longer wanted."""
        session = await self._store.load(due.learner)
        if session is None:
            return []
        known = await self._store.known(due.learner, due.chat, at=at)
        turn = self._conversation.due(session, due.plan, at=at, known=known)
        return await self._store.save(turn, chat=due.chat, plan=due.id, at=at)

    def _newcomer(self, learner: str, message: Message, at: datetime) -> Session:
        centre = message.start.removeprefix("c-") if message.start.startswith("c-") else self._home
        return self._conversation.new_session(
            learner, language=self._language(message), centre=centre, channel=message.channel, at=at
        )

    def _language(self, message: Message) -> str:
        """What the messenger says, or what the first words are written in; else the first that we have."""
        spoken = self._conversation.catalogue.languages()
        asked = re.split(r"[-_]", message.locale.lower())[0]
        if message.kind == "text" and re.search(r"[\u3400-\u9fff]", message.text) and "zh" in spoken:
            return "zh"
        return asked if asked in spoken else "en" if "en" in spoken else spoken[0]

    async def _turn(self, session: Session, message: Message, known: Known, at: datetime) -> Turn:
        conversation = self._conversation
        finding = (
            await asyncio.to_thread(self._finding, session, message)
            if message.text
            else self._finding(session, message)
        )
        if message.kind == "tap" and message.tap is not None:
            weight = conversation.weigh(message.tap, session, at=at, shown_at=known.shown_at)
            if weight in ("again", "too_soon"):
                return Turn(session)
            if weight == "old":
                return Turn(session, conversation.present(session, at=at, known=known, old_button=True))
            heard = conversation.understand_tap(message.tap, session)
        else:
            heard = await self._hear(session, replace(message, text=finding.text or message.text))
        return conversation.advance(session, heard, finding, at=at, known=known, message=message)

    def _finding(self, session: Session, message: Message) -> Finding:
        """What the guard sees. Secrets were cut out before the message was stored; their kinds came with it."""
        finding = self._look(message.text, session.language) if message.text else Finding()
        gone = tuple(Secret(kind, 0, 0) for kind in message.secret_kinds)
        return replace(finding, secrets=(*gone, *finding.secrets))

    async def _hear(self, session: Session, message: Message) -> Understanding:
        if message.kind not in ("text", "edited", "forwarded", "voice") or not message.text.strip():
            return Understanding("greet" if message.first else "out_of_scope", confidence=0.0, text="")
        if message.kind in ("text", "voice") and (choice := self._conversation.choice_in(message.text, session)):
            return choice
        heard = await asyncio.to_thread(self._recognizer.parse, message.text, session.language)
        return replace(heard, entities=tuple(self._on_the_clock(e, session, message.at) for e in heard.entities))

    def _on_the_clock(self, entity: Entity, session: Session, at: datetime) -> Entity:
        """A time in words as a moment of the learner's own clock: a day, or a day and an hour (ISO 8601)."""
        if entity.name != "time":
            return entity
        local = at.astimezone(zone(self._conversation.centres.get(session.centre)))
        found = when(entity.value, session.language, local)
        if found is None:
            return entity
        return replace(entity, value=found[0].strftime("%Y-%m-%dT%H:%M" if found[1] else "%Y-%m-%d"))

    async def _other_person(self, turn: Turn, chat: str, message: Message, at: datetime) -> Turn:
        """The turn of whoever takes the phone now, numbered after the one who gives it."""
        new = turn.hand_to == "new"
        learner = await self._store.new_learner(chat) if new else turn.hand_to
        session = None if new else await self._store.load(learner)
        if session is None:
            given = turn.session
            session = self._conversation.new_session(
                learner, language=given.language, centre=given.centre, channel=message.channel, at=at
            )
        # One count of turns a chat: a button of the other person's is then always an older one.
        session = replace(session, turn=max(session.turn, turn.session.turn))
        known = await self._store.known(learner, chat, at=at)
        return self._conversation.welcome(session, at=at, known=known, beside=turn.session)
