"""Each lesson on each kind of phone in both languages, over the Telegram path, by somebody who errs once and asks once."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.messages import Session, Turn
from bot.safety import look
from bot.store import Address
from bot.tutor import Tutor
from tests.fakes.bot_api import BotApi
from tests.fakes.bot_api_state import Sent
from tests.talk import every_lesson, the_conversation, the_recognizer

from .conftest import House, build

pytestmark = pytest.mark.telegram
PHONES = (("android", "samsung"), ("iphone", "apple"), ("harmony", "huawei"))
QUESTION = {"en": "what is wi-fi", "zh": "什么是无线网"}
# What is tapped where, the first that is offered; else the first button.
TAPS = (
    "next", "i_know_it", "skip_this", "one_is_fine", "look_right", "look_on", "on_my_phone", "see:other", "answer:0",
    "repeat", "go_on",
)  # fmt: skip
AT_ONCE = 12
MOST = 120


class Clock:
    """Each look at it is a second later, so that no tap comes too soon."""

    def __init__(self) -> None:
        self._ticks = itertools.count()

    def __call__(self) -> datetime:
        return datetime(2026, 11, 23, 9, 0, tzinfo=UTC) + timedelta(seconds=1.05 * next(self._ticks))


@dataclass
class Walk:
    house: House
    chat: int
    lesson: str
    language: str
    system: str
    maker: str
    erred: bool = False
    asked: bool = False

    async def begin(self, at: datetime) -> None:
        store = self.house.store
        chat = await store.chat_of(Address("telegram", self.house.channel.bot_id, str(self.chat)))
        session = Session(
            await store.learner_of(chat), language=self.language, system=self.system, maker=self.maker,
            phone_language=self.language, reads_on="this_phone", channel="telegram", asked="choose", last_at=at,
            consents={"remember": "yes"}, name="Mei", notes={"met": "1", "finished": "there-and-back"}, voice="off",
        )  # fmt: skip
        await store.save(Turn(session), chat=chat, at=at)

    async def go(self) -> None:
        api = self.house.api
        api.person(self.chat, language=self.language)
        await api.say(self.chat, f"/start l-{self.lesson}")
        read = 0
        for _ in range(MOST):
            read = await self._new(read)
            if await self._finished():
                return
            message = self._newest()
            choices = {
                (data or "").split(":", 2)[-1]: label for label in message.labels if (data := message.data_of(label))
            }
            if "next" in choices and not self.erred:
                self.erred = True
                await api.tap(self.chat, choices["stuck"], message=message)
            elif "next" in choices and not self.asked:
                self.asked = True
                await api.say(self.chat, QUESTION[self.language])
            else:
                label = next((choices[c] for c in TAPS if c in choices), message.labels[0])
                await api.tap(self.chat, label, message=message)
        raise AssertionError(f"{self} did not come to its end: {self._newest().text}")

    async def _new(self, read: int) -> int:
        shown = lambda: sum(bool(m.labels) for m in self.house.api.messages(self.chat))  # noqa: E731
        await self.house.api.until(lambda: shown() > read, 60)
        return shown()

    def _newest(self) -> Sent:
        return [m for m in self.house.api.messages(self.chat) if m.labels][-1]

    async def _finished(self) -> bool:
        store = self.house.store
        chat = await store.chat_of(Address("telegram", self.house.channel.bot_id, str(self.chat)))
        session = await store.load(await store.learner_of(chat))
        return session is not None and self.lesson in session.notes.get("finished", "").split()


def walks(house: House) -> list[Walk]:
    numbers = itertools.count(1)
    return [
        Walk(house, next(numbers), lesson.id, language, system, maker)
        for language in ("en", "zh")
        for lesson in every_lesson().lessons(language)
        for system, maker in PHONES
        if system in lesson.systems and lesson.id != "there-and-back"
    ]


async def test_every_lesson_is_finished_over_telegram(api: BotApi, tmp_path: Path) -> None:
    clock = Clock()
    house = build(api, tmp_path, clock=clock)
    tutor = Tutor(the_conversation(whole=True), the_recognizer(), house.store, look)
    house.reception = type(house.reception)(
        tutor, house.store, house.hand_on, look=look, sorry={"en": "Something went wrong."}, clock=clock, pause=0.05
    )
    await house.listen()
    todo = walks(house)
    assert len(todo) > 300
    limit = asyncio.Semaphore(AT_ONCE)

    async def one(walk: Walk) -> str:
        async with limit:
            await walk.begin(clock())
            try:
                await walk.go()
            except Exception as error:
                return f"{replace(walk, house=None)}: {error}"[:300]  # type: ignore[arg-type]
            return "" if walk.erred and walk.asked else f"{walk.lesson} {walk.language}: nothing went wrong on the way"

    failed = [line for line in await asyncio.gather(*map(one, todo)) if line]
    await house.close()
    assert not failed, "\n".join([f"{len(failed)} of {len(todo)}", *failed[:20]])
