"""A volunteer's own chat: the link signs it in, and the tutor never hears of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.messages import Message, Reply, Tap
from bot.people import People, Volunteer
from bot.people.front_desk import TRIES, FrontDesk
from bot.store import Address, Incoming, Parcel, Store, Waiting

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


class Tutor:
    def __init__(self) -> None:
        self.heard: list[str] = []

    async def handle(self, waiting: Waiting, *, at: datetime) -> list[Parcel]:
        self.heard.append(waiting.message.text or waiting.message.start)
        return []


async def report(waiting: Waiting, volunteer: Volunteer | None, at: datetime) -> Sequence[Reply] | None:
    return [Reply(f"For {volunteer.name}")] if volunteer and waiting.message.text == "report" else None


class Desk:
    def __init__(self, folder: Path) -> None:
        self.store = Store.open(folder, clock=lambda: AT)
        self.people = People(self.store)
        self.tutor = Tutor()
        self.desk = FrontDesk(self.people, self.tutor, self.store, [report])
        self.number = 0

    async def hear(self, who: str = "7", **message: object) -> list[str]:
        self.number += 1
        made = Message(f"m{self.number}", "", AT, str(message.pop("kind", "text")), **message)  # type: ignore[arg-type]
        [waiting] = await self.store.take_in([Incoming(str(self.number), Address("telegram", "1", who), made)])
        parcels = await self.desk.handle(waiting, at=AT)
        if parcels and not made.start:
            assert await self.desk.handle(waiting, at=AT) == [], "a message is answered once"
        return [parcel.reply.words for parcel in parcels]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    await desk.store.close()


async def test_the_link_signs_the_chat_in_and_the_report_comes(desk: Desk) -> None:
    _, token = await desk.people.add("Rosa", centre="elm", at=AT)
    assert await desk.hear(text="report") == [] and desk.tutor.heard == ["report"]
    [hello] = await desk.hear(start=f"v-{token}", first=True)
    assert "Hello Rosa" in hello and "your centre" in hello
    assert await desk.hear(text="report") == ["For Rosa"]
    assert await desk.hear(text="report", who="8") == [], "another chat is a learner's"
    assert await desk.hear(text="How do I send a photo?") == [], "a volunteer may learn too"
    [gone] = await desk.hear(kind="tap", tap=Tap(0, "desk-sign-out"))
    assert "signed out" in gone
    assert await desk.hear(text="report") == []


async def test_a_spent_link_and_many_guesses(desk: Desk) -> None:
    _, token = await desk.people.add("Rosa", centre="elm", at=AT)
    await desk.hear(start=f"v-{token}")
    [spent] = await desk.hear(start=f"v-{token}", who="8")
    assert "opens once" in spent
    for _ in range(TRIES - 1):
        assert "opens once" in (await desk.hear(start="v-guess", who="8"))[0]
    _, right = await desk.people.add("Sam", centre="elm", at=AT)
    assert "ten minutes" in (await desk.hear(start=f"v-{right}", who="8"))[0]
    assert "Hello Sam" in (await desk.hear(start=f"v-{right}", who="9"))[0]
    assert desk.tutor.heard == []


async def test_a_volunteers_chat_outlives_the_daily_forgetting(desk: Desk) -> None:
    _, token = await desk.people.add("Rosa", centre="elm", at=AT)
    [waiting] = [await desk.hear(start=f"v-{token}")]
    assert waiting
    await desk.store.tidy(AT + timedelta(days=40))
    chat = await desk.store.chat_of(Address("telegram", "1", "7"))
    volunteer = await desk.people.in_chat(chat)
    assert volunteer is not None and volunteer.name == "Rosa"
    assert (await desk.store.say(chat, [Reply("Good morning")], learner="volunteer-x", at=AT))[0].chat == chat
