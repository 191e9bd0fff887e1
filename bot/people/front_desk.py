"""Stands before the tutor: a volunteer's own chat is answered here, everybody else's message goes on to the tutor."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from bot.messages import Button, Reply
from bot.phrases.words import Words, best_language
from bot.store import Parcel, Waiting

from .first_minutes import CHOICE
from .people import People
from .volunteer import Volunteer

LINK = "v-"
TRIES, TRIES_SECONDS = 6, 600.0  # wrong links of one chat
LEAVE = "desk-sign-out"

# What a message leads to; None: not my errand, ask the next. The volunteer is None in a learner's chat.
Errand = Callable[[Waiting, Volunteer | None, datetime], Awaitable["Sequence[Reply] | None"]]


class Answers(Protocol):
    async def handle(self, waiting: Waiting, *, at: datetime) -> list[Parcel]: ...


class Says(Protocol):
    async def say(
        self, chat: str, replies: Sequence[Reply], *, learner: str, turn: int = 0, mark: int | None = None, at: datetime
    ) -> list[Parcel]: ...


class FrontDesk:
    """`errands` are asked in turn; the first that has an answer is the last. `handle` is Tutor's own."""

    def __init__(self, people: People, tutor: Answers, store: Says, errands: Sequence[Errand] = ()) -> None:
        self._people, self._tutor, self._store, self._errands = people, tutor, store, errands
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()

    async def handle(self, waiting: Waiting, *, at: datetime) -> list[Parcel]:
        message = waiting.message
        if message.start.startswith(LINK):
            token = message.start.removeprefix(LINK)
            volunteer, replies = await self._sign_in(token, waiting.chat, best_language(message.locale), at)
            return await self._say(waiting, volunteer, replies, at)
        volunteer = await self._people.in_chat(waiting.chat)
        if volunteer is not None and message.tap is not None and message.tap.choice == LEAVE:
            await self._people.sign_out_chat(waiting.chat)
            gone = (Reply(Words(volunteer.language)("chat.signed_out"), spoken=""),)
            return await self._say(waiting, volunteer, gone, at)
        for errand in self._errands:
            found = await errand(waiting, volunteer, at)
            if found is not None:
                return await self._say(waiting, volunteer, found, at)
        return await self._tutor.handle(waiting, at=at)

    async def _say(
        self, waiting: Waiting, volunteer: Volunteer | None, replies: Sequence[Reply], at: datetime
    ) -> list[Parcel]:
        order = f"volunteer-{volunteer.id if volunteer else waiting.chat}"
        return await self._store.say(waiting.chat, replies, learner=order, mark=waiting.mark, at=at)

    async def _sign_in(
        self, token: str, chat: str, language: str, at: datetime
    ) -> tuple[Volunteer | None, tuple[Reply, ...]]:
        now = time.monotonic()
        if self._too_many(chat, now):
            return None, (Reply(Words(language)("chat.wrong_links"), spoken=""),)
        volunteer = await self._people.sign_in_chat(token, chat, at=at)
        if volunteer is None:
            self._wrong.setdefault(chat, deque()).append(now)
            return None, (Reply(Words(language)("chat.spent"), spoken=""),)
        self._wrong.pop(chat, None)
        await self._people.set_language(volunteer.id, language, unless_chosen=True)
        return volunteer, (welcome(replace(volunteer, language=volunteer.language or language)),)

    def _too_many(self, chat: str, now: float) -> bool:
        while len(self._wrong) > 10_000:
            self._wrong.popitem(last=False)
        tries = self._wrong.get(chat, deque())
        while tries and tries[0] < now - TRIES_SECONDS:
            tries.popleft()
        return len(tries) >= TRIES


def welcome(volunteer: Volunteer) -> Reply:
    """The first words to a volunteer who has opened the link."""
    t = Words(volunteer.language)
    what = {"coordinator": "chat.signed_in_all", "writer": "chat.signed_in_writer"}.get(
        volunteer.role, "chat.signed_in"
    )
    words = " ".join((t("chat.hello", name=volunteer.name), t(what), t("chat.write_report")))
    buttons = [Button("desk-report", t("chat.who_needs")), Button(LEAVE, t("chat.sign_out"))]
    if volunteer.sees_people:
        buttons[1:1] = [Button("desk-five", t("chat.five")), Button(f"{CHOICE}0", t("chat.first_minutes"))]
    return Reply(words, spoken="", buttons=tuple(buttons))
