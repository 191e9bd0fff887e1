"""The store as those who use it see it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.messages import Button, Event, Message, Picture, Place, Plan, Reply, Session, Turn
from bot.store import Address, Incoming, Store

AT = datetime(2026, 11, 21, 9, 10, tzinfo=UTC)
ADDRESS = Address("telegram", "bot1", "4711")


def incoming(update: int, text: str = "hello", address: Address = ADDRESS) -> Incoming:
    return Incoming(str(update), address, Message(f"m{update}", "", AT, "text", text))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = Store.open(tmp_path / "data")
    yield store
    await store.close()


async def sit(store: Store, address: Address = ADDRESS) -> tuple[str, str]:
    chat = await store.chat_of(address)
    return chat, await store.learner_of(chat)


async def test_what_comes_in_is_taken_once_and_in_order(store: Store) -> None:
    first = await store.take_in([incoming(7, "a"), incoming(5, "b"), incoming(7, "a")])
    again = await store.take_in(
        [incoming(5, "b"), incoming(8, "c"), incoming(7, "c", Address("telegram", "bot2", "1"))]
    )
    assert [w.message.text for w in first] == ["a", "b"]
    assert [w.message.text for w in again] == ["c", "c"], "another bot may use the same number"
    assert first[0].chat == first[0].message.chat == first[1].chat != again[1].chat
    assert [w.message.text for w in await store.unanswered()] == ["a", "b", "c", "c"]


async def test_a_turn_is_kept_whole_and_found_again_after_a_restart(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    [waiting] = await store.take_in([incoming(1)])
    learner = await store.learner_of(waiting.chat)
    session = Session(
        learner,
        turn=3,
        asked="step",
        choices=(Button("next", "Done"),),
        place=Place("send-photo", "en", "v1", "open", since=AT),
        consents={"remember": "yes"},
        last_tap=(2, "next", AT),
    )
    replies = (
        Reply("Tap **Photos**.", picture=Picture("home", "photos", alt="x", ring=(1, 2, 3, 4)), step=(1, 5)),
        Reply("two"),
    )
    events = (
        Event("lesson_started", AT, learner, "send-photo", "v1"),
        Event("step_done", AT, learner, "send-photo", "v1", "open"),
    )
    turn = Turn(session, replies, events, (Plan("recall", AT + timedelta(days=1), "send-photo"),))
    sent = await store.save(turn, chat=waiting.chat, mark=waiting.mark, at=AT)
    await store.close()

    store = Store.open(tmp_path)
    assert await store.unanswered() == []
    assert await store.learner_of(waiting.chat) == learner
    assert await store.load(learner) == session
    parcels = await store.parcels("telegram")
    assert parcels == sent
    assert [(p.reply, p.turn, p.place, p.address) for p in parcels] == [
        (r, 3, i, ADDRESS) for i, r in enumerate(replies)
    ]
    known = await store.known(learner, waiting.chat, at=AT)
    assert [p.steps_done for p in known.progress] == [("open",)]
    assert [p.kind for p in known.plans] == ["recall"]
    assert await store.parcels("web") == []
    await store.close()


async def test_a_message_is_answered_once(store: Store) -> None:
    [waiting] = await store.take_in([incoming(1)])
    learner = await store.learner_of(waiting.chat)
    turn = Turn(Session(learner, turn=1), (Reply("hello"),))
    first, second = await asyncio.gather(
        *(store.save(turn, chat=waiting.chat, mark=waiting.mark, at=AT) for _ in range(2))
    )
    assert len(first) == 1 and second == []


async def test_sending_is_followed_and_emptied(store: Store) -> None:
    chat, learner = await sit(store)
    one, two, three = await store.save(Turn(Session(learner), (Reply("1"), Reply("2"), Reply("3"))), chat=chat, at=AT)
    await store.mark_sending(one.id)
    assert [p.id for p in await store.parcels("telegram")] == [two.id, three.id], "what is on its way waits no more"
    await store.put_off(one.id, AT + timedelta(seconds=9))
    again = (await store.parcels("telegram"))[0]
    assert (again.id, again.tries, again.not_before) == (one.id, 1, AT + timedelta(seconds=9))
    await store.mark_sent(one.id, AT)
    await store.give_up(two.id, "blocked")
    assert [p.reply.words for p in await store.parcels("telegram")] == ["3"]


async def test_what_was_being_sent_at_a_kill_waits_again(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    chat, learner = await sit(store)
    [parcel] = await store.save(Turn(Session(learner), (Reply("1"),)), chat=chat, at=AT)
    await store.mark_sending(parcel.id)
    await store.close()
    store = Store.open(tmp_path)
    assert [p.tries for p in await store.parcels("telegram")] == [1]
    await store.close()


async def test_two_people_share_a_chat_and_keep_apart(store: Store) -> None:
    chat, joan = await sit(store)
    await store.save(Turn(Session(joan, name="Joan", consents={"remember": "yes"})), chat=chat, at=AT)
    ken = await store.new_learner(chat)
    assert await store.learner_of(chat) == joan
    leaving = Turn(Session(joan, name="Joan", turn=1), (Reply("Bye, Joan"),), hand_to="new")
    parcels = await store.save(leaving, chat=chat, then=Turn(Session(ken), (Reply("Hello"),)), at=AT)
    assert [(p.reply.words, p.learner, p.place) for p in parcels] == [("Bye, Joan", joan, 0), ("Hello", ken, 1)]
    assert await store.learner_of(chat) == ken
    assert [p.name for p in (await store.known(ken, chat, at=AT)).people] == ["Joan"]
    await store.save(Turn(Session(ken), hand_to=joan), chat=chat, at=AT)
    assert await store.learner_of(chat) == joan
    assert [p.learner for p in await store.learners_of(chat)] == [joan, ken]


async def test_shown_files_and_web_chats(store: Store) -> None:
    chat, learner = await sit(store)
    await store.shown(chat, AT)
    assert (await store.known(learner, chat, at=AT)).shown_at == AT
    assert await store.sent_file("bot1", "abc") is None
    await store.keep_sent_file("bot1", "abc", "F1")
    await store.keep_sent_file("bot1", "abc", "F2")
    assert (await store.sent_file("bot1", "abc"), await store.sent_file("bot2", "abc")) == ("F2", None)
    page = await store.new_web_chat("token-1", "Apple, Boat Candle")
    assert await store.web_chat("token-1") == page and await store.web_chat("token-2") is None
    assert await store.chat_by_picture_words("apple boat  CANDLE") == page
    assert await store.chat_by_picture_words("") is None
    await store.join_web_chat("token-2", page)
    assert await store.web_chat("token-2") == page
    assert await store.address_of(page) == Address("web", "", page)
    assert await store.chat_of(Address("web", "", page)) == page


async def test_plans_replace_and_drop_and_recalls_are_never_due(store: Store) -> None:
    chat, learner = await sit(store)
    soon, later = AT + timedelta(hours=1), AT + timedelta(days=1)
    plans = (
        Plan("recall", soon, "a"),
        Plan("reminder", soon),
        Plan("reminder", later),
        Plan("question", soon, detail={"what": "sleep"}),
        Plan("question", later),
    )
    await store.save(Turn(Session(learner, centre="elm"), plans=plans), chat=chat, at=AT)
    assert [d.plan.kind for d in await store.due(soon)] == ["question"], (
        "the later reminder took the earlier one's place"
    )
    due = await store.due(later)
    assert [d.plan.kind for d in due] == ["question", "reminder", "question"]
    assert {(d.learner, d.chat, d.centre) for d in due} == {(learner, chat, "elm")}
    assert await store.next_due() == soon
    await store.plan_done(due[0].id)
    await store.save(Turn(Session(learner), plans=(Plan("reminder", AT, drop=True),)), chat=chat, plan=due[2].id, at=AT)
    assert await store.due(later) == []
    assert [p.kind for p in (await store.known(learner, chat, at=AT)).plans] == ["recall"]


async def test_strange_text_comes_back_as_text(store: Store) -> None:
    strange = "half \ud800 character, \x00 nothing, \u202e turned, 照片"
    [waiting] = await store.take_in([incoming(1, strange)])
    [back] = await store.unanswered()
    assert back.message.text == strange.replace("\ud800", "?")
    assert replace(back.message, text="") == replace(waiting.message, text="")
