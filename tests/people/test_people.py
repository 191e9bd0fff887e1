"""Volunteers: links that open once, sessions that end, roles, who is on duty, who looked."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.people import IDLE, LINK_LIFE, SESSION_LIFE, People, PeopleError
from bot.store import Address, Store

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = Store.open(tmp_path, clock=lambda: AT)
    yield store
    await store.close()


@pytest.fixture
def people(store: Store) -> People:
    return People(store)


async def test_a_link_opens_once(people: People) -> None:
    rosa, token = await people.add("  Rosa  Diaz ", centre="elm", at=AT)
    assert rosa.name == "Rosa Diaz"
    assert await people.of_link(token, at=AT) == rosa, "looking does not spend it"
    signed = await people.sign_in_browser(token, device="Firefox", at=AT)
    assert signed is not None and signed[0] == rosa
    assert await people.of_link(token, at=AT) is None
    assert await people.sign_in_browser(token, device="Firefox", at=AT) is None
    assert await people.sign_in_chat(token, "chat", at=AT) is None


async def test_a_link_ends_by_itself_and_by_a_newer_one(people: People) -> None:
    rosa, first = await people.add("Rosa", centre="elm", at=AT)
    assert await people.of_link(first, at=AT + LINK_LIFE) is None
    second = await people.link(rosa.id, at=AT)
    assert await people.of_link(first, at=AT) is None
    assert await people.of_link(second, at=AT) == rosa
    assert await people.of_link("x" * 32, at=AT) is None


@pytest.mark.parametrize(("after", "used_at", "in_"), [
    (IDLE - timedelta(minutes=1), (), True),
    (IDLE, (), False),
    (IDLE + timedelta(days=1), (timedelta(days=3),), True),
    (SESSION_LIFE, tuple(timedelta(days=d) for d in range(1, 30)), False),
])  # fmt: skip
async def test_a_session_ends_when_unused_and_in_the_end(
    people: People, after: timedelta, used_at: tuple[timedelta, ...], in_: bool
) -> None:
    _, token = await people.add("Rosa", centre="elm", at=AT)
    signed = await people.sign_in_browser(token, device="", at=AT)
    assert signed is not None
    for gap in used_at:
        assert await people.signed_in(signed[1], at=AT + gap)
    assert (await people.signed_in(signed[1], at=AT + after) is not None) == in_
    assert await people.signed_in("", at=AT) is None


async def test_tokens_stand_nowhere_in_the_database(people: People, store: Store) -> None:
    _, token = await people.add("Rosa", centre="elm", at=AT)
    signed = await people.sign_in_browser(token, device="", at=AT)
    assert signed is not None
    await store.tidy(AT)
    data = b"".join(path.read_bytes() for path in store.path.parent.glob("handrail.db*"))
    assert b"Rosa" in data
    assert token.encode() not in data and signed[1].encode() not in data


async def test_who_leaves_is_signed_out_everywhere(people: People, store: Store) -> None:
    rosa, token = await people.add("Rosa", centre="elm", at=AT)
    signed = await people.sign_in_browser(token, device="", at=AT)
    assert signed is not None
    chat = await store.chat_of(Address("telegram", "1", "7"))
    assert await people.sign_in_chat(await people.link(rosa.id, at=AT), chat, at=AT)
    assert (await people.in_chat(chat)) == rosa and await people.chats_of(rosa.id) == (chat,)
    open_link = await people.link(rosa.id, at=AT)
    await people.set_duty(rosa.id, AT + timedelta(hours=2), at=AT)
    await people.revoke(rosa.id, at=AT)
    assert await people.signed_in(signed[1], at=AT) is None
    assert await people.in_chat(chat) is None and await people.chats_of(rosa.id) == ()
    assert await people.of_link(open_link, at=AT) is None
    assert await people.on_duty("elm", at=AT) == () and await people.of_centre("elm") == ()
    [left] = await people.all()
    assert left.revoked


async def test_sign_ins_are_listed_and_ended_one_by_one(people: People, store: Store) -> None:
    rosa, token = await people.add("Rosa", centre="elm", at=AT)
    first = await people.sign_in_browser(token, device="Firefox on Linux", at=AT)
    second = await people.sign_in_browser(await people.link(rosa.id, at=AT), device="Chrome", at=AT)
    assert first and second
    chat = await store.chat_of(Address("telegram", "1", "7"))
    await people.sign_in_chat(await people.link(rosa.id, at=AT), chat, at=AT)
    ins = await people.sign_ins(rosa.id, at=AT)
    assert {(s.kind, s.device) for s in ins} == {
        ("browser", "Firefox on Linux"), ("browser", "Chrome"), ("chat", "telegram"),
    }  # fmt: skip
    for sign_in in ins:
        if sign_in.device != "Chrome":
            assert await people.end_sign_in(rosa.id, sign_in.id, at=AT)
    assert not await people.end_sign_in(rosa.id, "nothing", at=AT)
    assert await people.signed_in(first[1], at=AT) is None
    assert await people.signed_in(second[1], at=AT)
    assert await people.in_chat(chat) is None
    await people.sign_out(second[1], at=AT)
    assert await people.sign_ins(rosa.id, at=AT) == ()


@pytest.mark.parametrize(("role", "own", "other", "shown"), [
    ("volunteer", True, False, "elm"), ("coordinator", True, True, ""), ("writer", False, False, ""),
])  # fmt: skip
async def test_what_each_role_sees(people: People, role: str, own: bool, other: bool, shown: str) -> None:
    who, _ = await people.add("Rosa", centre="elm", role=role, at=AT)
    assert (who.sees("elm"), who.sees("oak"), who.own_centre) == (own, other, shown)


async def test_on_duty_until_it_ends(people: People) -> None:
    rosa, _ = await people.add("Rosa", centre="elm", at=AT)
    await people.add("Sam", centre="elm", at=AT)
    cora, _ = await people.add("Cora", centre="home", role="coordinator", at=AT)
    await people.set_duty(rosa.id, AT + timedelta(hours=3), at=AT)
    await people.set_duty(cora.id, AT + timedelta(days=9), at=AT)

    async def names(at: datetime) -> list[str]:
        return [v.name for v in await people.on_duty("elm", at=at)]

    assert await names(AT) == ["Rosa", "Cora"]
    assert await names(AT + timedelta(hours=4)) == ["Cora"]
    assert await names(AT + timedelta(hours=17)) == [], "nobody is on duty for nine days"
    await people.set_duty(rosa.id, None, at=AT)
    assert [v.name for v in await people.on_duty("oak", at=AT)] == ["Cora"]


async def test_who_looked_is_kept_without_a_forgotten_learner(people: People, store: Store) -> None:
    rosa, _ = await people.add("Rosa", centre="elm", at=AT)
    learner = await store.learner_of(await store.chat_of(Address("telegram", "1", "8")))
    await people.note(rosa.id, "looked", learner=learner, at=AT)
    await people.note(rosa.id, "exported", detail="csv", at=AT + timedelta(minutes=1))
    assert [(n.volunteer, n.what, n.learner, n.detail) for n in await people.looked()] == [
        ("Rosa", "exported", "", "csv"), ("Rosa", "looked", learner, ""),
    ]  # fmt: skip
    assert len(await people.looked(learner=learner)) == 1
    await store.erase(learner)
    assert [n.learner for n in await people.looked()] == ["", ""]
    with sqlite3.connect(store.path) as db:
        assert learner not in str(db.execute("select * from looked").fetchall())


@pytest.mark.parametrize("clock", ["8:30", "25:00", "soon", "08:30:00"])
async def test_a_morning_hour_that_is_none(people: People, clock: str) -> None:
    rosa, _ = await people.add("Rosa", centre="elm", at=AT)
    with pytest.raises(PeopleError, match="08:30"):
        await people.set_morning(rosa.id, clock)


async def test_the_morning_message_is_noted_once_a_day(people: People) -> None:
    rosa, _ = await people.add("Rosa", centre="elm", at=AT)
    await people.set_morning(rosa.id, "08:30")
    found = await people.get(rosa.id)
    assert found is not None and found.morning == "08:30"
    assert await people.morning_told(rosa.id, "2026-11-21")
    assert not await people.morning_told(rosa.id, "2026-11-21")
    assert await people.morning_told(rosa.id, "2026-11-22")


@pytest.mark.parametrize(
    ("name", "role", "says"),
    [("", "volunteer", "letters"), ("x" * 61, "volunteer", "letters"), ("Rosa", "boss", "no role")],
)
async def test_what_is_no_volunteer(people: People, name: str, role: str, says: str) -> None:
    with pytest.raises(PeopleError, match=says):
        await people.add(name, centre="elm", role=role, at=AT)
