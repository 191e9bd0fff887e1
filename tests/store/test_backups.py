"""A copy while it runs, and putting it back: nothing lost, nobody brought back, nothing foreign let in."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.messages import Event, Session, Turn
from bot.report.badge import KEY_FILE
from bot.store import Address, Store, StoreError
from bot.store.backups import back_up, put_back

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


async def somebody(store: Store, where: str) -> str:
    chat = await store.chat_of(Address("telegram", "7", where))
    learner = await store.learner_of(chat)
    session = replace(Session(learner), consents={"remember": "yes"}, name="Mei", turn=1)
    event = Event("lesson_started", NOW, learner, lesson="send-photo", channel="telegram")
    await store.save(Turn(session, events=(event,)), chat=chat, at=NOW)
    return learner


def learners(folder: Path) -> set[str]:
    with closing(sqlite3.connect(folder / "handrail.db")) as db:
        return {row[0] for row in db.execute("select id from learners")}


async def test_a_backup_of_a_running_handrail_is_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "data")
    (tmp_path / "data" / "centres").mkdir()
    (tmp_path / "data" / "centres" / "elm.toml").write_text('name = "Elm"')
    (tmp_path / "data" / "media").mkdir()
    (tmp_path / "data" / "media" / "x.png").write_bytes(b"made again")
    (tmp_path / "data" / KEY_FILE).write_text("a key")
    learner = await somebody(store, "1")
    writing = asyncio.gather(*(somebody(store, str(n)) for n in range(2, 40)))
    await asyncio.to_thread(back_up, tmp_path / "data", tmp_path / "copy.zip")
    await writing
    await store.close()
    assert stat.S_IMODE((tmp_path / "copy.zip").stat().st_mode) == 0o600
    with zipfile.ZipFile(tmp_path / "copy.zip") as packed:
        assert set(packed.namelist()) == {"handrail.db", "centres/elm.toml", KEY_FILE}
    assert put_back(tmp_path / "copy.zip", tmp_path / "new") is None
    assert learner in learners(tmp_path / "new")
    assert (tmp_path / "new" / "centres" / "elm.toml").read_text() == 'name = "Elm"'
    assert (tmp_path / "new" / KEY_FILE).read_text() == "a key"
    again = Store.open(tmp_path / "new")
    kept = await again.load(learner)
    assert kept is not None and kept.name == "Mei"
    await again.close()


async def test_whoever_was_forgotten_stays_forgotten(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    store = Store.open(folder)
    gone, stays = await somebody(store, "1"), await somebody(store, "2")
    back_up(folder, tmp_path / "copy.zip")
    await store.erase(gone)
    await store.close()
    aside = put_back(tmp_path / "copy.zip", folder, replace=True)
    assert learners(folder) == {stays}
    assert aside is not None and aside.exists()
    aside.unlink()
    assert not [p for p in folder.rglob("*") if p.is_file() and gone.encode() in p.read_bytes()]


async def test_nothing_is_replaced_without_being_told_to(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "data")
    learner = await somebody(store, "1")
    back_up(tmp_path / "data", tmp_path / "copy.zip")
    with pytest.raises(StoreError, match="Another Handrail"):
        put_back(tmp_path / "copy.zip", tmp_path / "data", replace=True)
    await store.close()
    with pytest.raises(StoreError, match="--replace"):
        put_back(tmp_path / "copy.zip", tmp_path / "data")
    assert learners(tmp_path / "data") == {learner}


def packed(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as out:
        for name, data in files.items():
            out.writestr(name.replace("_DOT_", ".").replace("_SLASH_", "/"), data)
    return path


@pytest.mark.parametrize(
    "files, says",
    [
        ({"other_DOT_txt": b"x"}, "holds no handrail.db"),
        ({"handrail_DOT_db": b"no database at all, but long enough to be read" * 9}, "damaged"),
        ({"handrail_DOT_db": b"", "_DOT__DOT__SLASH_evil": b"x"}, "which no backup"),
        ({"handrail_DOT_db": b"", "centres_SLASH__DOT__DOT_": b"x"}, "which no backup"),
        ({"handrail_DOT_db": b"", "_SLASH_etc_SLASH_passwd": b"x"}, "which no backup"),
        ({"handrail_DOT_db": b"", "centres_SLASH_big": b"x" * 2_000_000}, "which no backup"),
    ],
)
def test_what_is_no_backup_is_refused_and_changes_nothing(files: dict[str, bytes], says: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=says):
        put_back(packed(tmp_path / "odd.zip", **files), tmp_path / "data")
    assert [p.name for p in (tmp_path / "data").rglob("*")] == ["handrail.lock"]


def test_a_file_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    Store.open(tmp_path / "data")._close()
    back_up(tmp_path / "data", tmp_path / "copy.zip")
    whole = (tmp_path / "copy.zip").read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreError, match="cut off"):
        put_back(tmp_path / "cut.zip", tmp_path / "new")


async def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "data")
    await store.close()
    with closing(sqlite3.connect(tmp_path / "data" / "handrail.db")) as db, db:
        db.execute(
            "insert into _sqlite_migrations select 999, 'handrail', 'a_thing_of_next_year', applied_at from _sqlite_migrations limit 1"
        )
    back_up(tmp_path / "data", tmp_path / "copy.zip")
    with pytest.raises(StoreError, match="newer Handrail"):
        put_back(tmp_path / "copy.zip", tmp_path / "other")
    assert not (tmp_path / "other" / "handrail.db").exists()


def test_without_room_or_folder_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nothing to keep"):
        back_up(tmp_path, tmp_path / "copy.zip")
    Store.open(tmp_path / "data")._close()
    with pytest.raises(StoreError, match="no folder"):
        back_up(tmp_path / "data", tmp_path / "nowhere" / "copy.zip")
