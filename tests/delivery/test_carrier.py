"""The outbox sender: order, retries, pauses, nobody waiting for somebody else, nothing lost."""

from __future__ import annotations

import asyncio

import pytest

from bot.delivery import Backoff, GoneForGood, Pace, TryLater

from .conftest import Office, until


async def test_everything_goes_out_in_order_and_the_outbox_is_empty(office: Office) -> None:
    delivery = office.delivery()
    for number in range(20):
        for where in ("a", "b"):
            delivery.hand(await office.put(where, f"{number} first", f"{number} second"))
    await delivery.idle()
    expected = [f"{n} {which}" for n in range(20) for which in ("first", "second")]
    assert office.post.words("a") == expected and office.post.words("b") == expected
    assert await office.left() == []


async def test_what_waited_when_the_program_stopped_is_sent_at_start(office: Office) -> None:
    await office.put("a", "one", "two")
    await office.put("b", "three")
    delivery = office.delivery()
    await delivery.start()
    await delivery.start()  # twice is once
    await delivery.idle()
    assert office.post.words("a") == ["one", "two"] and office.post.words("b") == ["three"]


async def test_waking_a_chat_looks_into_the_outbox(office: Office) -> None:
    (parcel,) = await office.put("a", "one")
    await office.put("b", "two")
    delivery = office.delivery()
    await delivery.wake(parcel.chat)
    await delivery.idle()
    assert office.post.sent == [("a", "one")]


async def test_trouble_is_tried_again_from_the_piece_that_failed(office: Office) -> None:
    office.post.troubles["a"] = [TryLater(0, "cut"), TryLater(0, "500")]
    delivery = office.delivery()
    delivery.hand(await office.put("a", "voice\npicture", "next"))
    await until(lambda: office.post.words("a"))
    office.post.troubles["a"] = [TryLater(0, "cut"), TryLater(0, "cut")]
    await delivery.idle()
    assert office.post.words("a") == ["voice", "picture", "next"]


async def test_at_most_eight_are_in_flight(office: Office) -> None:
    office.post.gate = asyncio.Event()
    delivery = office.delivery()
    for number in range(30):
        delivery.hand(await office.put(str(number), "hello"))
    await until(lambda: office.post.now == 8)
    await asyncio.sleep(0.05)
    assert office.post.most == 8
    office.post.gate.set()
    await delivery.idle()
    assert len(office.post.sent) == 30


async def test_a_slow_chat_delays_no_other(office: Office) -> None:
    office.post.late["slow"] = 5
    delivery = office.delivery()
    delivery.hand(await office.put("slow", "hello"))
    await asyncio.sleep(0.02)
    for number in range(20):
        delivery.hand(await office.put(str(number), "hello"))
    await until(lambda: len(office.post.sent) == 20)
    assert office.post.words("slow") == [] and office.post.now == 1, "the others waited for the slow one"
    await delivery.close(grace=0.01)


async def test_a_chat_that_is_gone_is_given_up_and_the_next_reply_is_tried(office: Office) -> None:
    office.post.troubles["a"] = [GoneForGood("Forbidden: bot was blocked by the user")]
    delivery = office.delivery()
    delivery.hand(await office.put("a", "one", "two"))
    await delivery.idle()
    assert office.post.words("a") == ["two"] and await office.left() == []


async def test_a_pause_for_one_chat_is_kept_by_that_chat_alone(office: Office) -> None:
    office.post.troubles["a"] = [TryLater(0.4, "told to wait", asked=True)]
    delivery = office.delivery()
    delivery.hand(await office.put("a", "one", "two"))
    await asyncio.sleep(0.1)
    delivery.hand(await office.put("b", "three"))
    await until(lambda: office.post.words("b"))
    assert office.post.words("a") == []
    await delivery.idle()
    assert office.post.words("a") == ["one", "two"]


async def test_a_second_chat_told_to_wait_makes_all_wait(office: Office) -> None:
    office.post.troubles = {w: [TryLater(0.5, "told to wait", asked=True)] for w in ("a", "b")}
    delivery = office.delivery(pace=Pace(chat_rate=0, rate=0))
    for where in ("a", "b"):
        delivery.hand(await office.put(where, "hello"))
    await asyncio.sleep(0.1)
    delivery.hand(await office.put("c", "hello"))
    await asyncio.sleep(0.2)
    assert office.post.sent == []
    await delivery.idle()
    assert {where for where, _ in office.post.sent} == {"a", "b", "c"}


async def test_after_an_outage_only_the_newest_turn_is_sent(office: Office) -> None:
    await office.put("a", "old one", "old two")
    await office.put("b", "only one")
    office.clock.forward(300)
    await office.put("a", "new")
    delivery = office.delivery()
    await delivery.start()
    await delivery.idle()
    assert office.post.words("a") == ["new"] and office.post.words("b") == ["only one"]
    assert await office.left() == []


async def test_after_an_outage_what_is_urgent_is_sent_all_the_same(office: Office) -> None:
    await office.put("a", "Ring 999 now.", urgent=True)
    office.clock.forward(300)
    await office.put("a", "new")
    delivery = office.delivery()
    await delivery.start()
    await delivery.idle()
    assert office.post.words("a") == ["Ring 999 now.", "new"]


async def test_after_an_outage_what_a_person_wrote_is_sent_all_the_same(office: Office) -> None:
    await office.put("a", "Rosa: what do you see?", aside=True)
    office.clock.forward(300)
    await office.put("a", "new")
    delivery = office.delivery()
    await delivery.start()
    await delivery.idle()
    assert office.post.words("a") == ["Rosa: what do you see?", "new"]


async def test_a_quick_learner_gets_every_answer(office: Office) -> None:
    office.post.troubles["a"] = [TryLater(0, "500")] * 3
    delivery = office.delivery()
    for number in range(5):
        delivery.hand(await office.put("a", str(number)))
    await delivery.idle()
    assert office.post.words("a") == list("01234")


async def test_who_was_forgotten_while_a_reply_waited_gets_nothing_more(office: Office) -> None:
    office.post.troubles["a"] = [TryLater(0.2, "cut")] * 2
    delivery = office.delivery()
    (parcel,) = await office.put("a", "hello")
    delivery.hand([parcel])
    await asyncio.sleep(0.05)
    await office.store.erase(parcel.learner)
    office.clock.forward(60)
    await delivery.idle()
    assert office.post.sent == []


async def test_a_fault_of_our_own_is_given_up_and_the_next_goes_on(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.post.pack_fault = KeyError("what Betty wrote")
    delivery = office.delivery()
    delivery.hand(await office.put("a", "one"))
    await delivery.idle()
    office.post.pack_fault = None
    delivery.hand(await office.put("a", "two"))
    await delivery.idle()
    assert office.post.words("a") == ["two"] and await office.left() == []
    assert "KeyError in" in caplog.text and "Betty" not in caplog.text


async def test_closing_finishes_what_is_in_flight_and_keeps_the_rest(office: Office) -> None:
    office.post.gate = asyncio.Event()
    delivery = office.delivery(in_flight=1)
    delivery.hand(await office.put("a", "one", "two"))
    delivery.hand(await office.put("b", "three"))
    await until(lambda: office.post.now == 1)
    closing = asyncio.create_task(delivery.close())
    await asyncio.sleep(0.05)
    office.post.gate.set()
    await closing
    assert office.post.sent == [("a", "one")]
    assert await office.left() == ["two", "three"]


async def test_closing_does_not_wait_for_a_back_off(office: Office) -> None:
    office.post.troubles["a"] = [TryLater(0, "cut")] * 9
    delivery = office.delivery(backoff=Backoff(60, 60))
    delivery.hand(await office.put("a", "one"))
    await asyncio.sleep(0.1)
    await asyncio.wait_for(delivery.close(), 2)
    assert await office.left() == ["one"]


async def test_a_voice_that_went_out_before_a_kill_is_known_after_it(office: Office) -> None:
    office.post.troubles["a"] = []
    delivery = office.delivery()
    (parcel,) = await office.put("a", "voice\npicture")
    real = office.post.send

    async def killed(address: object, piece: object) -> None:
        if office.post.sent:
            await asyncio.sleep(30)
        await real(address, piece)  # type: ignore[arg-type]

    office.post.send = killed  # type: ignore[method-assign,assignment]
    delivery.hand([parcel])
    await until(lambda: office.post.sent)
    await asyncio.sleep(0.1)
    await delivery.close(grace=0)
    await office.store.close()
    office.post.send = real  # type: ignore[method-assign]
    again = Office(office.folder)
    office.store = again.store
    fresh = again.delivery()
    await fresh.start()
    await fresh.idle()
    assert again.post.packed == [1], "the channel is not told that its first piece is out"


async def test_the_moment_of_the_newest_buttons_is_kept(office: Office) -> None:
    delivery = office.delivery()
    (parcel,) = await office.put("a", "hello")
    office.clock.forward(5)
    delivery.hand([parcel])
    await delivery.idle()
    known = await office.store.known(parcel.learner, parcel.chat, at=office.clock())
    assert known.shown_at == office.clock()


def test_the_pace_allows_short_bursts_and_then_one_a_second() -> None:
    pace = Pace(chat_rate=1, chat_burst=5, rate=30, burst=30)
    waits = [pace.wait("a", 1, 100.0) for _ in range(7)]
    assert waits == [0, 0, 0, 0, 0, 1, 2]
    assert pace.wait("b", 2, 100.0) == 0
    assert pace.wait("a", 1, 110.0) == 0


def test_the_pace_over_all_is_thirty_a_second() -> None:
    pace = Pace()
    waits = [pace.wait(f"chat {n}", 1, 0.0) for n in range(90)]
    assert waits[:30] == [0] * 30 and waits[30] == pytest.approx(1 / 30) and waits[89] == pytest.approx(2)


def test_no_pace_is_no_wait() -> None:
    free = Pace(chat_rate=0, rate=0)
    assert [free.wait("a", 5, 0.0) for _ in range(50)] == [0] * 50
