"""Taking in: secrets out first, one queue a chat, a failing answer neither lost nor repeated for ever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.messages import Message, Reply, Session
from bot.reception import Reception
from bot.safety import look
from bot.safety.finding import Finding
from bot.store import Address, Incoming, Parcel, Store, StoreError, Waiting
from tests.fakes.small_tutor import SORRY, SmallTutor

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def incoming(number: int, text: str, where: str = "7", locale: str = "") -> Incoming:
    message = Message(str(number), "", AT, "text", text, channel="telegram", locale=locale)
    return Incoming(str(number), Address("telegram", "1", where), message)


class Desk:
    def __init__(self, folder: Path) -> None:
        self.store = Store.open(folder)
        self.tutor = SmallTutor(self.store)
        self.out: list[Parcel] = []
        self.reception = self.reception_with()

    def reception_with(self, look: Callable[[str, str], Finding] = look) -> Reception:
        async def hand_on(parcels: list[Parcel]) -> None:
            self.out += parcels

        return Reception(self.tutor, self.store, hand_on, look=look, sorry=SORRY, pause=0.02)

    def words(self) -> list[str]:
        return [parcel.reply.words for parcel in self.out]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    made = Desk(tmp_path)
    yield made
    await made.reception.close()
    await made.store.close()


async def test_a_batch_is_answered_in_order(desk: Desk) -> None:
    await desk.reception.receive([incoming(n, f"word {n}", where=str(n % 3)) for n in range(30)])
    await desk.reception.idle()
    for chat in range(3):
        answers = [p.reply.words for p in desk.out if p.address.where == str(chat)]
        assert answers == [f"{place + 1}: word {n}" for place, n in enumerate(range(chat, 30, 3))]


async def test_seen_twice_is_answered_once(desk: Desk) -> None:
    await desk.reception.receive([incoming(1, "hello"), incoming(1, "hello")])
    await desk.reception.receive([incoming(1, "hello")])
    await desk.reception.idle()
    assert desk.words() == ["1: hello"]
    assert await desk.reception.answer(incoming(1, "hello")) == []


async def test_the_page_waits_for_its_answer(desk: Desk) -> None:
    (parcel,) = await desk.reception.answer(incoming(1, "hello"))
    assert parcel.reply.words == "1: hello"


async def test_what_a_kill_left_is_answered_at_the_next_start(desk: Desk) -> None:
    await desk.store.take_in([incoming(1, "one"), incoming(2, "two")])
    await desk.reception.resume()
    await desk.reception.resume()
    await desk.reception.idle()
    assert desk.words() == ["1: one", "2: two"]


async def test_secrets_are_cut_before_anything_is_kept(desk: Desk) -> None:
    long = "Dear grandson. " * 60 + "The card is 4111 1111 1111 1111."
    await desk.reception.receive([incoming(1, "4111 1111 1111 1111"), incoming(2, long)])
    await desk.reception.idle()
    assert all("4111 1111" not in message.text for message in desk.tutor.heard)
    assert [message.secret_kinds for message in desk.tutor.heard] == [("card",), ("card",)]


async def test_what_cannot_be_looked_through_is_kept_without_its_words(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(text: str, language: str) -> Finding:
        raise ValueError(text)

    await desk.reception_with(broken).answer(incoming(1, "4111 1111 1111 1111"))
    assert [(m.kind, m.text) for m in desk.tutor.heard] == [("other", "")]
    assert "4111" not in caplog.text


async def test_an_answer_that_fails_once_is_tried_again(desk: Desk) -> None:
    def once(message: Message, session: Session) -> tuple[Reply, ...]:
        if len(desk.tutor.heard) == 1:
            raise RuntimeError("hello from Betty")
        return (Reply("there you are"),)

    desk.tutor.saying = once
    assert [p.reply.words for p in await desk.reception.answer(incoming(1, "hello"))] == ["there you are"]


async def test_a_poisoned_message_gets_a_kind_line_and_the_next_one_is_answered(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    await desk.reception.answer(incoming(1, "hello"))

    def poisoned(message: Message, session: Session) -> tuple[Reply, ...]:
        if message.text == "poison":
            raise RuntimeError(f"cannot understand {message.text}")
        return (Reply(f"heard {message.text}"),)

    desk.tutor.saying = poisoned
    await desk.reception.receive([incoming(2, "poison"), incoming(3, "and now")])
    await desk.reception.idle()
    assert len([m for m in desk.tutor.heard if m.text == "poison"]) == 2
    assert desk.words()[1].startswith("Something went wrong on my side") and desk.words()[2] == "heard and now"
    assert [b.label for b in desk.out[1].reply.buttons] == ["Done", "Help"], "the buttons that stood there before"
    assert await desk.store.unanswered() == [], "it would come again at the next start"
    assert "poison" not in caplog.text and "RuntimeError in" in caplog.text


async def test_a_newcomers_poisoned_message_is_answered_in_their_language(desk: Desk) -> None:
    def poisoned(message: Message, session: Session) -> tuple[Reply, ...]:
        raise RuntimeError

    desk.tutor.saying = poisoned
    (parcel,) = await desk.reception.answer(incoming(1, "你好", locale="zh-hans"))
    assert parcel.reply.words.startswith("刚才是我这边")


async def test_a_full_disk_is_waited_out(desk: Desk) -> None:
    handle, failures = desk.tutor.handle, 3

    async def full(waiting: Waiting, *, at: datetime) -> list[Parcel]:
        nonlocal failures
        if failures:
            failures -= 1
            raise StoreError("The disk is full.")
        return await handle(waiting, at=at)

    desk.tutor.handle = full  # type: ignore[method-assign]
    await desk.reception.receive([incoming(1, "one"), incoming(2, "two")])
    await desk.reception.idle()
    assert desk.words() == ["1: one", "2: two"]


async def test_the_page_is_told_at_once_that_the_disk_is_full_and_answered_later(desk: Desk) -> None:
    handle, failures = desk.tutor.handle, 1

    async def full(waiting: Waiting, *, at: datetime) -> list[Parcel]:
        nonlocal failures
        if failures:
            failures -= 1
            raise StoreError("The disk is full.")
        return await handle(waiting, at=at)

    desk.tutor.handle = full  # type: ignore[method-assign]
    with pytest.raises(StoreError, match="full"):
        await desk.reception.answer(incoming(1, "one"))
    await desk.reception.idle()
    assert desk.words() == ["1: one"]


async def test_a_slow_answer_delays_no_other_chat(desk: Desk) -> None:
    gate, handle = asyncio.Event(), desk.tutor.handle

    async def slow(waiting: Waiting, *, at: datetime) -> list[Parcel]:
        if waiting.message.text == "slow":
            await gate.wait()
        return await handle(waiting, at=at)

    desk.tutor.handle = slow  # type: ignore[method-assign]
    await desk.reception.receive([incoming(1, "slow"), incoming(2, "after it"), incoming(3, "other", where="8")])
    while not desk.out:
        await asyncio.sleep(0.005)
    assert desk.words() == ["1: other"]
    gate.set()
    await desk.reception.idle()
    assert desk.words() == ["1: other", "1: slow", "2: after it"]


async def test_closing_finishes_the_answer_under_way_and_keeps_the_rest(desk: Desk) -> None:
    gate, handle = asyncio.Event(), desk.tutor.handle

    async def slow(waiting: Waiting, *, at: datetime) -> list[Parcel]:
        await gate.wait()
        return await handle(waiting, at=at)

    desk.tutor.handle = slow  # type: ignore[method-assign]
    await desk.reception.receive([incoming(1, "one"), incoming(2, "two")])
    await asyncio.sleep(0.02)
    closing = asyncio.create_task(desk.reception.close())
    await asyncio.sleep(0.02)
    gate.set()
    await closing
    assert desk.words() == ["1: one"]
    assert [waiting.message.text for waiting in await desk.store.unanswered()] == ["two"]
