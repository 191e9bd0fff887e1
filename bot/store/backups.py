"""Copies of the whole data folder's own things in one file, made while Handrail runs, and putting one back.

A backup is a zip file: the database as it was at one instant, the centres, and the keys that badges are signed with.
Pictures and voices are left out: they are made again. Whoever was forgotten since the backup is forgotten in it when
it is put back.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from sqlite_utils import Database

from . import keeping
from .codec import fingerprint
from .errors import StoreError, in_words
from .lock import FolderLock
from .writer import connect, migrate

DATABASE = "handrail.db"
OWN_FOLDERS = ("centres",)
OWN_FILES = ("badge-key.pem",)  # the key that badges are signed with
NOT_COPIED = ("numbers", "talk", "talk_files")  # promised to be gone with their card
LARGEST_FILE = 1024 * 1024  # of a centre or a key; the database has no bound
MOST_FILES = 2000


def back_up(folder: Path, target: Path) -> int:
    """Writes the backup (mode 600) and gives its size in bytes. Beside a running Handrail too. Raises StoreError."""
    database = folder / DATABASE
    if not database.exists():
        raise StoreError(f"There is no database in {folder} yet: nothing to keep.")
    if not target.parent.is_dir():
        raise StoreError(f"There is no folder {target.parent}. Make it first, or choose another.")
    part = target.with_name(f"{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(prefix="handrail-backup-", dir=target.parent) as work:
            copy = Path(work) / DATABASE
            _copy(database, copy)
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
                packed.write(copy, DATABASE)
                for file in _own_files(folder):
                    packed.write(file, file.relative_to(folder).as_posix())
                packed.close()
                out.flush()
                os.fsync(out.fileno())
        part.replace(target)
    except sqlite3.Error as error:
        raise in_words(error) from error
    except OSError as error:
        raise StoreError(f"The backup could not be written to {target}: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)
    return target.stat().st_size


def put_back(source: Path, folder: Path, *, replace: bool = False) -> Path | None:
    """Puts a backup into the data folder, which no Handrail may be using. The database that was there is kept beside
    under another name, which is given back. Raises StoreError; then everything is as it was."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = FolderLock(folder)
    try:
        with tempfile.TemporaryDirectory(prefix="restore-", dir=folder) as work:
            unpacked = Path(work)
            _unpack(source, unpacked)
            database = folder / DATABASE
            if database.exists() and not replace:
                raise StoreError(
                    f"{folder} has a database already. Say --replace to put the backup in its place; "
                    "the one that is there is kept under another name."
                )
            _bring_up(unpacked / DATABASE, _forgotten_in(database))
            return _move_in(unpacked, folder)
    except sqlite3.Error as error:
        raise in_words(error) from error
    except OSError as error:
        raise StoreError(f"The backup could not be put back: {error.strerror or error}.") from error
    finally:
        lock.release()


def _copy(database: Path, copy: Path) -> None:
    """The database of one instant, without a byte of what was deleted in it."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10)) as source:
        source.execute("vacuum into ?", (str(copy),))
    with closing(sqlite3.connect(copy)) as made:
        for table in NOT_COPIED:
            if made.execute("select 1 from sqlite_master where name = ?", (table,)).fetchone():
                made.execute(f"delete from {table}")
        made.commit()
        made.execute("vacuum")


def _own_files(folder: Path) -> Iterator[Path]:
    yield from (folder / name for name in OWN_FILES if (folder / name).is_file())
    for name in OWN_FOLDERS:
        yield from sorted(path for path in (folder / name).glob("*") if path.is_file() and not path.is_symlink())


def _unpack(source: Path, into: Path) -> None:
    """Only what a backup of ours holds, wherever the file comes from."""
    try:
        with zipfile.ZipFile(source) as packed:
            names = packed.infolist()
            if DATABASE not in {info.filename for info in names} or len(names) > MOST_FILES:
                raise StoreError(f"{source} is no backup of Handrail's: it holds no {DATABASE}.")
            for info in names:
                path = PurePosixPath(info.filename)
                own = len(path.parts) == 2 and path.parts[0] in OWN_FOLDERS and path.parts[1] not in (".", "..")
                own = own or info.filename in OWN_FILES
                if info.filename != DATABASE and not (own and info.file_size <= LARGEST_FILE):
                    raise StoreError(f"{source} holds {info.filename!r}, which no backup of Handrail's holds.")
                target = into / path
                target.parent.mkdir(exist_ok=True)
                with packed.open(info) as data, target.open("wb") as out:
                    target.chmod(0o600)
                    shutil.copyfileobj(data, out)
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise StoreError(f"{source} is no backup, or was cut off on its way. Try an older one.") from error
    except FileNotFoundError:
        raise StoreError(f"There is no file {source}.") from None


def _forgotten_in(database: Path) -> dict[str, str]:
    """Who was forgotten according to the database that is about to be replaced, if it can still be read."""
    if not database.exists():
        return {}
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
            return dict(db.execute("select fingerprint, at from forgotten").fetchall())
    except sqlite3.Error:
        return {}


def _bring_up(database: Path, forgotten: dict[str, str]) -> None:
    """The schema of this program, whole, and without those who were forgotten since."""
    plain = sqlite3.connect(database)
    with closing(plain):
        found = plain.execute("pragma integrity_check").fetchone()[0]
        if found != "ok":
            raise StoreError("The database in this backup is damaged. Try an older one.")
    db: Database = connect(database)
    try:
        migrate(db)
        with db.atomic():
            for row in db.execute("select id from learners").fetchall():
                if at := forgotten.get(fingerprint(row["id"])):
                    keeping.forget_now(db, row["id"], datetime.fromisoformat(at))
        db.execute("vacuum")
        db.execute("pragma wal_checkpoint(truncate)")
        db.execute("pragma journal_mode = delete")
    finally:
        db.conn.close()


def _move_in(unpacked: Path, folder: Path) -> Path | None:
    """The old database aside, the new one in its place, then centres and keys."""
    database, aside = folder / DATABASE, None
    if database.exists():
        with closing(sqlite3.connect(database)) as old:  # its log goes into it: one file stands for itself
            old.execute("pragma wal_checkpoint(truncate)")
        aside = folder / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.db"
        database.replace(aside)
    for rest in (f"{DATABASE}-wal", f"{DATABASE}-shm"):
        (folder / rest).unlink(missing_ok=True)
    (unpacked / DATABASE).replace(database)
    for file in _own_files(unpacked):
        target = folder / file.relative_to(unpacked)
        target.parent.mkdir(exist_ok=True)
        file.replace(target)
    return aside
