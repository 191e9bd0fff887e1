"""Leave to remember, forgetting, and what the bytes on the disk say afterwards."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.messages import Event, Message, Place, Plan, Reply, Session, Turn
from bot.settings import KEEP_DAYS
from bot.store import Address, Incoming, Keep, Store
from bot.store.turns import MOST_WAITING_EVENTS

AT = datetime(2026, 11, 21, 9, 10, tzinfo=UTC)
WORDS = "Wisteria-Quince-Lantern"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = Store.open(tmp_path)
    yield store
    await store.close()


async def sit(store: Store, where: str = "1") -> tuple[str, Session]:
    chat = await store.chat_of(Address("telegram", "bot1", where))
    return chat, Session(await store.learner_of(chat))


def done(learner: str, step: str = "open", name: str = "step_done") -> Event:
    return Event(name, AT, learner, "send-photo", "v1", step)


def table(store: Store, name: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(store.path) as connection:
        return connection.execute(f"select * from {name}").fetchall()


def on_disk(folder: Path, words: str) -> list[str]:
    return [p.name for p in folder.rglob("*") if p.is_file() and words.encode() in p.read_bytes()]


async def test_events_wait_until_leave_is_given_and_progress_is_known_all_the_same(store: Store) -> None:
    chat, session = await sit(store)
    await store.save(Turn(session, events=(done(session.learner),)), chat=chat, at=AT)
    waiting = await store.load(session.learner)
    assert waiting is not None and len(waiting.waiting_events) == 1
    assert table(store, "events") == table(store, "progress") == table(store, "counts") == []
    assert [p.steps_done for p in (await store.known(session.learner, chat, at=AT)).progress] == [("open",)]

    given = replace(waiting, consents={"remember": "yes"})
    await store.save(Turn(given, events=(done(session.learner, "attach"),)), chat=chat, at=AT)
    after = await store.load(session.learner)
    assert after is not None and after.waiting_events == ()
    assert len(table(store, "events")) == 2
    assert [p.steps_done for p in (await store.known(session.learner, chat, at=AT)).progress] == [("open", "attach")]


async def test_a_conversation_that_hands_the_waiting_events_over_itself_doubles_nothing(store: Store) -> None:
    chat, session = await sit(store)
    first = done(session.learner)
    await store.save(Turn(session, events=(first,)), chat=chat, at=AT)
    waiting = await store.load(session.learner)
    assert waiting is not None
    yes = {"remember": "yes"}
    both = Turn(replace(waiting, consents=yes), events=(*waiting.waiting_events, done(session.learner, "attach")))
    await store.save(both, chat=chat, at=AT)
    assert len(table(store, "events")) == 2
    emptied = Turn(replace(waiting, consents=yes, waiting_events=()), events=(done(session.learner, "send"),))
    await store.save(emptied, chat=chat, at=AT)
    assert len(table(store, "events")) == 3


async def test_refused_or_withdrawn_leaves_no_record(store: Store) -> None:
    chat, session = await sit(store)
    yes = replace(session, consents={"remember": "yes"})
    plans = (Plan("recall", AT, "send-photo"), Plan("reminder", AT))
    await store.save(Turn(yes, events=(done(session.learner),), plans=plans), chat=chat, at=AT)
    no = replace(session, consents={"remember": "no"}, place=Place("send-photo", "en", "v1", "open"))
    withdrawn = Event("consent_withdrawn", AT, session.learner)
    await store.save(Turn(no, events=(withdrawn,)), chat=chat, at=AT)
    assert table(store, "events") == table(store, "progress") == []
    known = await store.known(session.learner, chat, at=AT)
    assert known.progress == () and [p.kind for p in known.plans] == ["reminder"]
    place = await store.load(session.learner)
    assert place is not None and place.place is not None and place.waiting_events == ()


async def test_waiting_events_are_bounded(store: Store) -> None:
    chat, session = await sit(store)
    many = tuple(done(session.learner, f"step{n}") for n in range(MOST_WAITING_EVENTS + 20))
    await store.save(Turn(session, events=many), chat=chat, at=AT)
    kept = await store.load(session.learner)
    assert kept is not None and kept.waiting_events == many[20:]


async def calls(store: Store) -> list[tuple[object, bool]]:
    with sqlite3.connect(store.path) as connection:
        rows = connection.execute("select reason, closed_at from calls order by id").fetchall()
    return [(reason, closed is None) for reason, closed in rows]


@pytest.mark.parametrize("remember", ["", "yes", "no"])
async def test_a_call_reaches_volunteers_with_leave_alone(store: Store, remember: str) -> None:
    chat, session = await sit(store)
    session = replace(session, consents={"remember": remember} if remember else {})
    asked = done(session.learner, name="person_asked")
    await store.save(Turn(session, events=(asked,)), chat=chat, at=AT)
    assert await calls(store) == []
    loaded = await store.load(session.learner)
    assert loaded is not None
    may = replace(loaded, consents={**loaded.consents, "volunteers": "yes"})
    await store.save(Turn(may, events=(Event("consent_given", AT, session.learner),)), chat=chat, at=AT)
    assert await calls(store) == [("person", True)]
    loaded = await store.load(session.learner)
    assert loaded is not None
    withdrawn = Event("person_withdrawn", AT, session.learner)
    await store.save(Turn(loaded, events=(withdrawn,)), chat=chat, at=AT)
    assert await calls(store) == [("person", False)]
    await store.save(Turn(replace(loaded, consents={"volunteers": "no"})), chat=chat, at=AT)
    assert await calls(store) == []


async def test_three_misses_are_one_card_with_leave_until_the_step_is_done(store: Store) -> None:
    chat, session = await sit(store)

    async def happens(*names: str, leave: str = "yes", **detail: str) -> list[tuple[object, bool]]:
        now = replace(session, consents={"remember": "yes", "volunteers": leave} if leave else {"remember": "yes"})
        events = tuple(replace(done(session.learner, name=name), detail=detail) for name in names)
        await store.save(Turn(now, events=events), chat=chat, at=AT)
        return await calls(store)

    assert await happens("stuck", leave="") == []
    assert await happens("unstuck") == [("stuck", False)], "over before leave was given"
    await store.write(lambda db: db.execute("delete from calls"))
    assert await happens("stuck", where="class") == []
    assert await happens("stuck") == [("stuck", True)]
    assert await happens("step_done", "unstuck") == [("stuck", False)]
    assert await happens("stuck", "person_asked") == [("stuck", False), ("person", True)]
    assert await happens("stuck") == [("stuck", False), ("person", True)]
    assert await happens("step_done") == [("stuck", False), ("person", True)], "who asked for a person still gets one"


@pytest.mark.parametrize("name", ["tricked_told", "danger_told"])
async def test_trouble_goes_at_once_where_nobody_asked_for_leave_yet_and_never_against_a_no(
    store: Store, name: str
) -> None:
    chat, session = await sit(store)
    trouble = done(session.learner, name=name)
    worry = done(session.learner, name="worry_told")
    await store.save(Turn(replace(session, name="Joan"), events=(trouble, worry)), chat=chat, at=AT)
    assert await calls(store) == [(name.removesuffix("_told"), True)]
    [row] = await store.read(lambda db: db.execute("select name, need from learners").fetchall())
    assert row["name"] == "" and row["need"], "shown, and by no name"
    loaded = await store.load(session.learner)
    assert loaded is not None
    refused = replace(loaded, consents={"volunteers": "no"})
    await store.save(Turn(refused), chat=chat, at=AT)
    assert await calls(store) == []
    await store.save(Turn(refused, events=(trouble,)), chat=chat, at=AT)
    assert await calls(store) == []


async def test_a_person_who_helped_closes_everything_open(store: Store) -> None:
    chat, session = await sit(store)
    session = replace(session, consents={"remember": "yes", "volunteers": "yes"}, notes={"person": "1", "x": "y"})
    events = tuple(done(session.learner, name=name) for name in ("person_asked", "tricked_told", "stuck"))
    await store.save(Turn(session, events=events), chat=chat, at=AT)
    assert await calls(store) == [("person", True), ("tricked", True)]
    assert await store.helped(session.learner)
    assert await calls(store) == [("person", False), ("tricked", False)]
    [progress] = (await store.known(session.learner, chat, at=AT)).progress
    assert (progress.person_open, progress.stuck_step) == (False, "")
    after = await store.load(session.learner)
    assert after is not None and dict(after.notes) == {"x": "y"}, "they may ask for a person again"
    assert not await store.helped("nobody")


async def fill(store: Store, where: str, words: str, others: int = 40) -> tuple[str, Session]:
    """A learner whose every row says `words`, between many others."""
    for number in range(others):
        chat, other = await sit(store, f"other{number}")
        other = replace(other, name=f"Other {number}", consents={"remember": "yes"})
        events = tuple(done(other.learner, f"s{n}") for n in range(5))
        await store.save(Turn(other, (Reply("hello " * 9),), events), chat=chat, at=AT)
    message = Message("m1", "", AT, "text", f"my words {words} " * 30)
    [waiting] = await store.take_in([Incoming("u1", Address("telegram", "bot1", f"id-{words}"), message)])
    session = Session(await store.learner_of(waiting.chat), consents={"remember": "yes"})
    for turn in range(25):
        session = replace(session, name=f"{words}", turn=turn, notes={"n": words * turn})
        # Lesson and step stay behind in the day's counts, which name nobody.
        events = (Event("step_done", AT, session.learner, "send-photo", words, f"s{turn}", detail={"x": words}),)
        replies = (Reply(f"Hello {words} " * 40),)
        plans = (Plan("reminder", AT, words, {"what": words}),)
        mark = waiting.mark if turn == 24 else None
        await store.save(Turn(session, replies, events, plans), chat=waiting.chat, mark=mark, at=AT)
    await store.take_in([Incoming("u2", Address("telegram", "bot1", f"id-{words}"), message)])
    return waiting.chat, session


async def test_after_erasing_no_file_holds_a_byte_of_them(store: Store, tmp_path: Path) -> None:
    _, session = await fill(store, "1", WORDS)
    assert "handrail.db-wal" in on_disk(tmp_path, WORDS) or "handrail.db" in on_disk(tmp_path, WORDS)
    assert await store.erase(session.learner)
    assert on_disk(tmp_path, WORDS) == on_disk(tmp_path, session.learner) == []
    assert await store.export(session.learner) == {}
    assert not await store.erase(session.learner)


async def test_delete_everything_says_goodbye_and_then_the_chat_is_gone(store: Store, tmp_path: Path) -> None:
    chat, session = await fill(store, "1", WORDS, others=3)
    [goodbye] = await store.save(Turn(session, (Reply("All is deleted."),), erase=True), chat=chat, at=AT)
    assert await store.load(session.learner) is None
    assert [p.id for p in await store.parcels("telegram") if p.chat == chat] == [goodbye.id]
    for waiting in await store.unanswered():
        newcomer = Session(await store.learner_of(waiting.chat))
        assert newcomer.learner != session.learner, "who writes again is somebody new"
        await store.save(Turn(newcomer, erase=True), chat=waiting.chat, mark=waiting.mark, at=AT)
    await store.mark_sent(goodbye.id, AT)
    assert on_disk(tmp_path, WORDS) == on_disk(tmp_path, chat) == []


@pytest.mark.parametrize("seed", range(3))
async def test_however_rows_moved_between_pages_erasing_leaves_nothing(store: Store, tmp_path: Path, seed: int) -> None:
    """SQLite's secure_delete alone leaves copies of rows in the free space of pages; this found them."""
    chance = random.Random(seed)
    people = [(f"MARK{n:03}END", *await sit(store, f"MARK{n:03}END")) for n in range(10)]
    for turn in range(100):
        mark, chat, session = chance.choice(people)
        said = Message("m", "", AT, "text", mark * chance.randrange(1, 300))
        [waiting] = await store.take_in([Incoming(str(turn), Address("telegram", "bot1", mark), said)])
        session = replace(
            session, name=mark * chance.randrange(1, 200), consents={"remember": "yes"}, notes={"x": mark * turn}
        )
        replies = tuple(Reply(mark * chance.randrange(1, 400)) for _ in range(chance.randrange(4)))
        event = Event("step_done", AT, session.learner, "send-photo", "v", "s", detail={"x": mark})
        full = Turn(session, replies, (event,), (Plan("reminder", AT, mark),))
        for parcel in await store.save(full, chat=chat, mark=waiting.mark, at=AT):
            if chance.random() < 0.7:
                await store.mark_sent(parcel.id, AT)
    chance.shuffle(people)
    for _, _, session in people[:5]:
        await store.erase(session.learner)
    for mark, chat, session in people[:5]:
        assert on_disk(tmp_path, mark) == on_disk(tmp_path, chat) == on_disk(tmp_path, session.learner) == []
    for mark, _, _ in people[5:]:
        assert on_disk(tmp_path, mark) == ["handrail.db"], "the others are all there"


async def test_forgetting_one_of_two_leaves_the_other_and_the_chat(store: Store) -> None:
    chat, joan = await sit(store)
    ken = await store.new_learner(chat)
    await store.save(Turn(joan, hand_to="new"), chat=chat, then=Turn(Session(ken, name="Ken")), at=AT)
    assert await store.erase(joan.learner)
    assert await store.learner_of(chat) == ken
    assert await store.erase(ken)
    assert table(store, "chats") == table(store, "addresses") == []


async def test_a_turn_that_ends_after_somebody_was_forgotten_brings_nothing_back(store: Store, tmp_path: Path) -> None:
    chat, session = await sit(store)
    await store.save(Turn(session), chat=chat, at=AT)
    visiting = Store.open(tmp_path, visiting=True)
    assert await visiting.erase(session.learner)
    await visiting.close()
    chat = await store.chat_of(Address("telegram", "bot1", "1"))
    await store.save(Turn(replace(session, name=WORDS)), chat=chat, at=AT)
    assert await store.load(session.learner) is None
    assert table(store, "sessions") == []


@pytest.mark.parametrize(
    ("remember", "days", "there"),
    [("no", 6, True), ("no", 8, False), ("", 80, True), ("", 91, False), ("yes", 360, True), ("yes", 366, False)],
)
async def test_places_and_records_are_kept_as_long_as_said(store: Store, remember: str, days: int, there: bool) -> None:
    chat, session = await sit(store)
    session = replace(session, consents={"remember": remember} if remember else {}, name=WORDS)
    await store.save(Turn(session, events=(done(session.learner),)), chat=chat, at=AT)
    for day in range(330, days, 15) if remember == "yes" else ():
        await store.tidy(AT + timedelta(days=day))
    await store.tidy(AT + timedelta(days=days))
    assert (await store.load(session.learner) is not None) == there
    assert bool(table(store, "addresses")) == there


async def test_before_a_record_goes_its_person_is_asked_once(store: Store) -> None:
    chat, session = await sit(store)
    session = replace(session, consents={"remember": "yes"}, last_at=AT)
    await store.save(Turn(session, events=(done(session.learner),)), chat=chat, at=AT)
    await store.tidy(AT + timedelta(days=334))
    assert await store.due(AT + timedelta(days=334)) == []
    for day in (336, 340, 350):
        await store.tidy(AT + timedelta(days=day))
    [question] = await store.due(AT + timedelta(days=350))
    assert (question.plan.kind, question.plan.detail) == ("question", {"about": "keep"})
    # Asking is no visit: the year goes on.
    await store.save(Turn(session), chat=chat, plan=question.id, at=AT + timedelta(days=350))
    assert await store.due(AT + timedelta(days=351)) == []
    await store.tidy(AT + timedelta(days=366))
    assert await store.load(session.learner) is None


async def test_whoever_answers_keeps_the_record_and_is_asked_again_a_year_later(store: Store) -> None:
    chat, session = await sit(store)
    session = replace(session, consents={"remember": "yes"})
    await store.save(Turn(session), chat=chat, at=AT)
    await store.tidy(AT + timedelta(days=340))
    await store.save(Turn(session), chat=chat, plan=None, at=AT + timedelta(days=341))
    await store.tidy(AT + timedelta(days=400))
    assert await store.load(session.learner) is not None
    await store.tidy(AT + timedelta(days=341 + 340))
    assert len(table(store, "plans")) == 2, "the first was not told by anybody here"


async def test_a_daily_job_that_comes_late_asks_before_it_forgets(store: Store) -> None:
    chat, session = await sit(store)
    await store.save(Turn(replace(session, consents={"remember": "yes"})), chat=chat, at=AT)
    await store.tidy(AT + timedelta(days=500))
    assert await store.load(session.learner) is not None
    await store.tidy(AT + timedelta(days=515))
    assert await store.load(session.learner) is None


async def test_the_settings_say_how_long(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "short", keep=Keep(events=3))
    chat, session = await sit(store)
    session = replace(session, consents={"remember": "yes"})
    await store.save(Turn(session, events=(done(session.learner),)), chat=chat, at=AT)
    await store.tidy(AT + timedelta(days=4))
    assert table(store, "events") == []
    await store.close()


def test_settings_and_store_name_the_same_days() -> None:
    assert Keep() == Keep(**KEEP_DAYS)


async def test_the_detail_of_events_goes_and_the_progress_stays(store: Store) -> None:
    chat, session = await sit(store)
    session = replace(session, consents={"remember": "yes"})
    await store.save(Turn(session, events=(done(session.learner),)), chat=chat, at=AT)
    await store.tidy(AT + timedelta(days=89))
    assert len(table(store, "events")) == 1
    await store.tidy(AT + timedelta(days=91))
    assert table(store, "events") == [] and len(table(store, "progress")) == 1


async def test_the_inbox_forgets_texts_at_once_and_numbers_after_two_days(store: Store) -> None:
    address = Address("telegram", "bot1", "1")
    incoming = Incoming("7", address, Message("m", "", AT, "text", WORDS))
    [waiting] = await store.take_in([incoming], at=AT)
    session = Session(await store.learner_of(waiting.chat))
    await store.save(Turn(session), chat=waiting.chat, mark=waiting.mark, at=AT)
    assert WORDS not in str(table(store, "inbox"))
    await store.tidy(AT + timedelta(hours=47))
    assert await store.take_in([incoming], at=AT) == []
    await store.tidy(AT + timedelta(hours=49))
    assert len(await store.take_in([incoming], at=AT)) == 1


async def test_everything_about_one_person_can_be_shown(store: Store) -> None:
    _, session = await fill(store, "1", WORDS, others=1)
    shown = await store.export(session.learner)
    assert shown["place"]["name"] == WORDS
    assert len(shown["events"]) == 25 and len(shown["progress"]) == 1 and len(shown["plans"]) == 1
    assert shown["address"][0]["messenger_id"] == f"id-{WORDS}"
    assert len(shown["waiting_to_be_sent"]) == 25 and len(shown["not_yet_answered"]) == 1


async def test_a_wish_is_kept_without_the_person(store: Store) -> None:
    await store.note_wish("how do I knit", language="en", centre="elm", at=AT)
    assert table(store, "wishes") == [(1, "2026-11-16", "en", "elm", "how do I knit")]
