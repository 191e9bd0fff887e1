"""Seats in the database: who sits down, who sits beside, whose hand follows a turn, what is left after the end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest

from bot.messages import Event, Place, Session, Turn
from bot.store import Store
from bot.store import classes as tables
from bot.store.turns import helped_here

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LESSON = "connect-wifi"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = Store.open(tmp_path, clock=lambda: AT)
    yield opened
    await opened.close()


async def begin(store: Store, at: datetime = AT) -> str:
    return await store.write(
        lambda db: tables.start(
            db, centre="elm-street", volunteer="v1", lesson=LESSON, language="en", expected=10, at=at
        )
    )


async def somebody(store: Store, token: str, **consents: str) -> tuple[str, str]:
    chat = await store.new_web_chat(token)
    learner = await store.learner_of(chat)
    session = Session(learner, turn=1, name="Ada", consents=MappingProxyType(consents), maker="samsung")
    await store.save(Turn(session), chat=chat, at=AT)
    return chat, learner


async def does(store: Store, chat: str, learner: str, *names: str, step: str = "open-list") -> None:
    session = await store.load(learner)
    assert session is not None
    events = tuple(Event(name, AT, learner, lesson=LESSON, step=step) for name in names)
    place = Place(LESSON, "en", "v1", step)
    turn = Turn(replace(session, turn=session.turn + 1, place=place), events=events)
    await store.save(turn, chat=chat, at=AT)


async def test_a_seat_is_taken_once_and_the_hand_follows_the_turn(store: Store) -> None:
    held = await begin(store)
    chat, ada = await somebody(store, "t1")
    for _ in range(2):
        assert await store.write(lambda db: tables.sit(db, held, ada, "phone", AT)) == 1
    known = (await store.known(ada, chat, at=AT)).in_class
    assert known and (known.seat, known.lesson, known.shared, known.hand_up) == (1, LESSON, False, False)
    await does(store, chat, ada, "not_found", "hand_raised")
    (sitter,) = await store.read(lambda db: tables.sitters(db, held))
    assert (sitter.seat.why, sitter.seat.misses, sitter.called, sitter.maker) == ("person", 1, "", "samsung")
    known = (await store.known(ada, chat, at=AT)).in_class
    assert known and known.hand_up


async def test_the_second_person_at_a_screen_gets_a_seat_beside(store: Store) -> None:
    held = await begin(store)
    chat, ada = await somebody(store, "t1")
    await store.write(lambda db: tables.sit(db, held, ada, "tablet", AT))
    ben = await store.new_learner(chat)
    known = (await store.known(ben, chat, at=AT)).in_class
    assert known and known.seat == 2 and known.shared and known.tablet
    await store.save(Turn(Session(ben, turn=2)), chat=chat, at=AT)
    sitters = await store.read(lambda db: tables.sitters(db, held))
    assert [(s.seat.number, s.seat.learner, s.seat.kind) for s in sitters] == [(1, ada, "tablet"), (2, ben, "tablet")]


async def test_two_volunteers_never_go_to_the_same_hand(store: Store) -> None:
    held = await begin(store)
    chat, ada = await somebody(store, "t1")
    await store.write(lambda db: tables.sit(db, held, ada, "phone", AT))
    assert not await store.write(lambda db: tables.going(db, held, 1, "v1")), "no hand is up"
    await does(store, chat, ada, "not_found")
    assert await store.write(lambda db: tables.going(db, held, 1, "v1"))
    assert not await store.write(lambda db: tables.going(db, held, 1, "v2"))
    assert not await store.write(lambda db: tables.not_going(db, held, 1, "v2"))
    assert await store.write(lambda db: tables.not_going(db, held, 1, "v1"))
    assert await store.write(lambda db: tables.going(db, held, 1, "v2"))


async def test_help_in_the_room_ends_being_stuck_and_closes_no_call_to_the_centre(store: Store) -> None:
    held = await begin(store)
    chat, ada = await somebody(store, "t1", remember="yes", volunteers="yes")
    await store.write(lambda db: tables.sit(db, held, ada, "phone", AT))
    await does(store, chat, ada, "lesson_started", "hand_raised", "tricked_told")
    assert (await store.known(ada, chat, at=AT)).progress[0].stuck_step == "open-list"
    assert await store.read(lambda db: db.execute("select reason from calls").fetchall()[0][0]) == "tricked"
    assert await store.write(lambda db: tables.hand_down(db, held, 1)) == ada
    await store.write(lambda db: helped_here(db, ada, AT))
    assert (await store.known(ada, chat, at=AT)).progress[0].stuck_step == ""
    open_calls = "select count(*) from calls where closed_at is null"
    assert await store.read(lambda db: db.execute(open_calls).fetchone()[0]) == 1
    assert await store.write(lambda db: tables.hand_down(db, held, 1)) == "", "it is down"


async def test_after_the_end_only_who_let_volunteers_see_them_is_named(store: Store) -> None:
    held = await begin(store)
    for number, leave in enumerate(("yes", "no", "")):
        chat, learner = await somebody(store, f"t{number}", **({"volunteers": leave} if leave else {}))
        await store.write(lambda db, learner=learner: tables.sit(db, held, learner, "phone", AT))
        await does(store, chat, learner, "not_found")
    await store.write(lambda db: tables.sit(db, held, "", "paper", AT, name="by the window"))
    assert await store.write(lambda db: tables.end(db, held, AT))
    assert not await store.write(lambda db: tables.end(db, held, AT)), "once"
    over = await store.read(lambda db: tables.one(db, held))
    assert over and over.hard == {"open-list": (3, 3)}
    sitters = await store.read(lambda db: tables.sitters(db, held))
    assert [s.called for s in sitters] == ["Ada", "", "", ""]
    assert [bool(s.seat.learner) for s in sitters] == [True, False, False, False]
    assert not any(s.seat.why or s.seat.name or s.seat.met for s in sitters)


async def test_a_class_that_nobody_ended_is_over_after_four_hours(store: Store) -> None:
    held = await begin(store)
    chat, ada = await somebody(store, "t1")
    await store.write(lambda db: tables.sit(db, held, ada, "phone", AT))
    found = await store.read(lambda db: tables.one(db, held))
    assert found
    late = AT + timedelta(hours=4, minutes=1)
    assert await store.read(lambda db: tables.by_code(db, found.code, AT)) is not None
    assert await store.read(lambda db: tables.by_code(db, found.code, late)) is None
    assert (await store.known(ada, chat, at=late)).in_class is None
    await store.write(lambda db: tables.end_overdue(db, late))
    over = await store.read(lambda db: tables.one(db, held))
    assert over and over.ended_at == late


async def test_who_is_forgotten_has_no_seat_and_a_class_goes_after_90_days(store: Store) -> None:
    held = await begin(store)
    _, ada = await somebody(store, "t1", remember="yes", volunteers="yes")
    await store.write(lambda db: tables.sit(db, held, ada, "phone", AT))
    assert [row["number"] for row in (await store.export(ada))["classes"]] == [1]
    await store.erase(ada)
    assert await store.read(lambda db: tables.sitters(db, held)) == []
    await store.write(lambda db: tables.sit(db, held, "", "paper", AT))
    await store.tidy(AT + timedelta(days=89))
    assert len(await store.read(lambda db: tables.sitters(db, held))) == 1
    await store.tidy(AT + timedelta(days=91))
    assert await store.read(lambda db: tables.one(db, held)) is None
    assert await store.read(lambda db: db.execute("select count(*) from class_seats").fetchone()[0]) == 0
