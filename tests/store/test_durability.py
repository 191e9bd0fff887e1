"""Killed, full, locked, without leave, doubled: nothing half-written, and a sentence that says what to do."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.messages import Message, Reply, Session, Turn
from bot.store import Address, Incoming, Store, StoreError
from bot.store.writer import Writer, connect, migrate

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


def start(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.store.writing_process", str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    return process


def check_whole_turns(folder: Path, told: dict[int, int]) -> int:
    """Every turn is there with all that belongs to it, or not at all. How many there are."""
    db = sqlite3.connect(folder / "handrail.db")
    assert db.execute("pragma integrity_check").fetchone() == ("ok",)
    total = 0
    people = db.execute(
        "select l.id, a.messenger_id, s.session from learners l join addresses a on a.chat = l.chat "
        "left join sessions s on s.learner = l.id"
    ).fetchall()
    for learner, who, session in people:
        turn = json.loads(session)["turn"] if session else 0
        assert turn >= told.get(int(who), 0), "what was said to be kept is kept"
        counted = {
            "events": db.execute("select count(*) from events where learner = ?", (learner,)).fetchone()[0] / 2,
            "outbox": db.execute("select count(*) from outbox where learner = ?", (learner,)).fetchone()[0] / 2,
            "plans": db.execute("select count(*) from plans where learner = ?", (learner,)).fetchone()[0],
            "answered": db.execute(
                "select count(*) from inbox where body = '' and answered_at is not null and update_id like ?",
                (f"{who}-%",),
            ).fetchone()[0],
        }
        assert set(counted.values()) == {turn}
        steps = db.execute("select steps_done from progress where learner = ?", (learner,)).fetchone()
        assert len(json.loads(steps[0]) if steps else []) == 2 * turn
        total += turn
    db.close()
    return total


def test_killed_at_any_instant_there_is_no_half_turn(tmp_path: Path) -> None:
    instants = random.Random(7)
    told: dict[int, int] = {}
    heard = turns = 0
    for _ in range(6):
        process = start(tmp_path)
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(instants.randrange(1, 14))]
        time.sleep(instants.uniform(0, 0.03))
        os.kill(process.pid, signal.SIGKILL)
        rest, _ = process.communicate()
        for line in [*said, *rest.splitlines(keepends=True)]:
            if line.endswith("\n"):
                who, turn = map(int, line.split())
                told[who] = turn
                heard += 1
        turns = check_whole_turns(tmp_path, told)
        # A message taken in by the killed process is not new to the next one; here nobody answers it again.
        with sqlite3.connect(tmp_path / "handrail.db") as db:
            db.execute("delete from inbox where answered_at is null")
    assert turns >= heard >= 6


def test_a_second_process_on_the_folder_says_who_holds_it(tmp_path: Path) -> None:
    process = start(tmp_path)
    try:
        with pytest.raises(StoreError, match=rf"Another Handrail is at work in .*process {process.pid} on"):
            Store.open(tmp_path)
    finally:
        process.kill()
        process.communicate()
    asyncio.run(Store.open(tmp_path).close())


async def test_beside_a_running_one_a_short_errand_is_possible(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    visiting = Store.open(tmp_path, visiting=True)
    chats = await asyncio.gather(*(s.chat_of(Address("web", "", str(n))) for n in range(20) for s in (store, visiting)))
    assert len(set(chats)) == 20
    await visiting.close()
    await store.close()


def test_a_newer_schema_is_refused_in_words_and_left_as_it_is(tmp_path: Path) -> None:
    asyncio.run(Store.open(tmp_path).close())
    db = Database(tmp_path / "handrail.db")
    db["_sqlite_migrations"].insert(  # type: ignore[union-attr]
        {"migration_set": "handrail", "name": "learners_have_two_hats", "applied_at": "2027"}
    )
    db.close()
    for _ in range(2):
        with pytest.raises(StoreError, match=r"newer Handrail \(it says 'learners have two hats'\)"):
            Store.open(tmp_path)


def test_no_leave_to_write_a_damaged_file_and_a_file_for_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="may not write in"):
        Store.open(tmp_path / "file")
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "handrail.db").write_bytes(b"no database at all, but long enough to be looked at" * 30)
    with pytest.raises(StoreError, match="damaged"):
        Store.open(tmp_path / "bad")
    (tmp_path / "bad" / "handrail.db").unlink()
    asyncio.run(Store.open(tmp_path / "bad").close())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_leave(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="may not write in"):
        Store.open(tmp_path)
    tmp_path.chmod(0o700)


async def turn(store: Store, words: str = "hello", who: str = "1") -> int:
    chat = await store.chat_of(Address("telegram", "bot1", who))
    learner = await store.learner_of(chat)
    return len(await store.save(Turn(Session(learner), (Reply(words),)), chat=chat, at=AT))


async def test_a_full_disk_is_said_and_lived_through(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    assert await turn(store) == 1
    # The same error as a full disk gives: no page more than there are.
    pages = store._writer._db.execute("pragma page_count").fetchone()[0]
    await store._writer.do(lambda db: db.execute(f"pragma max_page_count = {pages}"))
    results = await asyncio.gather(
        *(turn(store, "far too long " * 4000, str(n)) for n in range(3)), return_exceptions=True
    )
    for result in results:
        assert isinstance(result, StoreError) and "The disk is full" in str(result)
    assert await turn(store, "short") == 1, "what still fits is kept"
    await store._writer.do(lambda db: db.execute("pragma max_page_count = 1000000"))
    assert await turn(store, "far too long " * 4000) == 1
    assert [len(p.reply.words) for p in await store.parcels("telegram")] == [5, 5, 52000]
    await store.close()


async def test_a_database_that_another_program_holds_is_said(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    assert await turn(store) == 1
    await store._writer.do(lambda db: db.conn.execute("pragma busy_timeout = 50"))
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(StoreError, match="Another program holds"):
        await turn(store)
    other.execute("rollback")
    other.close()
    assert await turn(store) == 1
    await store.close()


async def test_an_error_in_one_job_harms_no_other(tmp_path: Path) -> None:
    db = connect(tmp_path / "x.db")
    migrate(db)
    db.execute("create table marks (n integer)")
    writer = Writer(db)

    def mark(number: int, fails: bool = False) -> object:
        def work(db: Database) -> int:
            db.execute("insert into marks values (?)", (number,))
            if fails:
                db.execute("insert into nowhere values (1)") if number % 2 else [][1]
            return number

        return writer.do(work)

    jobs = [mark(number, fails=number % 3 == 0) for number in range(60)]
    results = await asyncio.gather(*jobs, return_exceptions=True)  # type: ignore[arg-type]
    kept = [number for number in range(60) if number % 3]
    assert [result for result in results if not isinstance(result, Exception)] == kept
    assert {type(r) for r in results if isinstance(r, Exception)} == {StoreError, IndexError}
    assert await writer.do(lambda db: [row[0] for row in db.execute("select n from marks order by n")]) == kept
    writer.close()


async def test_turns_that_wait_share_a_commit(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    commits = 0

    def count(statement: str) -> None:
        nonlocal commits
        commits += statement.lower() == "commit"

    await store._writer.do(lambda db: db.conn.set_trace_callback(count))
    addresses = [Address("telegram", "bot1", str(n)) for n in range(200)]
    batch = [[Incoming(a.where, a, Message("m", "", AT, "text"))] for a in addresses]
    await asyncio.gather(*(store.take_in(one) for one in batch))
    assert len(await store.unanswered()) == 200
    assert commits < 60
    await store.close()


async def test_from_the_first_schema_with_a_learner_in_it(tmp_path: Path) -> None:
    """first_schema.sql is what the first release wrote. It is never edited; new migrations must carry it over."""
    db = sqlite3.connect(tmp_path / "handrail.db")
    db.executescript((Path(__file__).parent / "first_schema.sql").read_text(encoding="utf-8"))
    db.close()
    store = Store.open(tmp_path)
    chat = await store.chat_of(Address("telegram", "bot1", "4711"))
    learner = await store.learner_of(chat)
    session = await store.load(learner)
    assert session is not None and session.place is not None
    assert (session.name, session.place.step, session.turn) == ("Ada", "attach", 7)
    known = await store.known(learner, chat, at=AT)
    assert [(p.steps_done, p.stuck_step) for p in known.progress] == [(("open",), "attach")]
    assert [p.kind for p in known.plans] == ["reminder"]
    assert [w.message.text for w in await store.unanswered()] == ["where is the paper clip"]
    assert [p.reply.words for p in await store.parcels("telegram")] == ["Tap **Photos**."]
    await store.close()
