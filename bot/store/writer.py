"""The one thread that writes. Jobs that wait share a commit; each has a savepoint of its own, so that an error
in one undoes that one alone."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database

from . import glance
from .errors import StoreError, in_words
from .migrations import MIGRATIONS

log = logging.getLogger(__name__)
T = TypeVar("T")
MOST_TOGETHER = 64
QUIET_SECONDS = 2.0


def connect(path: Path) -> Database:
    """The connection that may write. Raises sqlite3.Error."""
    connection = sqlite3.connect(path, timeout=5.0, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    db = Database(connection, execute_plugins=False)
    connection.execute("pragma busy_timeout = 5000")
    connection.execute("pragma secure_delete = on")
    db.enable_wal()
    connection.execute("pragma synchronous = full")
    return db


def migrate(db: Database) -> None:
    """Brings the shape up to date. Raises StoreError where a newer Handrail has been here."""
    known = {migration.name for migration in MIGRATIONS.pending(Database(memory=True, execute_plugins=False))}
    newer = [m.name for m in MIGRATIONS.applied(db) if m.name not in known]
    if newer:
        raise StoreError(
            f"This data folder was used by a newer Handrail (it says {newer[0].replace('_', ' ')!r}). "
            "Start that newer Handrail again, or put back a backup that is older than the update."
        )
    before_the_glance = any(m.name.startswith("the_report_reads_learners") for m in MIGRATIONS.pending(db))
    MIGRATIONS.apply(db)
    if before_the_glance:
        with db.atomic():
            glance.begin(db)


@dataclass
class _Job:
    work: Callable[[Database], Any]
    answer: Future[Any] = field(default_factory=Future)
    alone: bool = False


class Writer:
    """Owns the connection from its first write to `close`."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._dirty = False
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="handrail-writer", daemon=True)
        self._thread.start()

    async def do(self, work: Callable[[Database], T]) -> T:
        """Runs `work` in a transaction and returns once it is on the disk. Raises StoreError if it is not.
        `work` may be run twice (the first try undone), so it touches nothing but the database."""
        return await asyncio.wrap_future(self._put(_Job(work)))

    async def scrub(self, *, largest: int | None = None) -> bool:
        """Leaves no byte of what was deleted: the file is written anew and the log emptied. A file of more than
        `largest` bytes waits for the daily job. False: not now (a reader is in the way, or no room)."""
        return await asyncio.wrap_future(self._put(_Job(lambda db: self._scrub(largest), alone=True)))

    def _put(self, job: _Job) -> Future[Any]:
        if self._closed:
            raise StoreError("Handrail is stopping; this was not written.")
        self._jobs.put(job)
        return job.answer

    def close(self) -> None:
        """Finishes what waits, empties the log, closes the file."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
            self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                first = self._jobs.get(timeout=QUIET_SECONDS if self._dirty else None)
            except queue.Empty:
                self._truncate()
                continue
            if first is None:
                break
            jobs = self._gather(first)
            try:
                self._work_off(jobs)
            except Exception as error:
                # The thread outlives every error; whoever waits is told.
                log.exception("the writing thread met an error")
                self._roll_back()
                for job in jobs:
                    if not job.answer.done():
                        job.answer.set_exception(error)
        self._truncate()
        self._db.close()

    def _gather(self, first: _Job) -> list[_Job]:
        jobs = [first]
        while len(jobs) < MOST_TOGETHER:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is None:
                self._jobs.put(None)
                break
            jobs.append(job)
        return [job for job in jobs if job.answer.set_running_or_notify_cancel()]

    def _work_off(self, jobs: list[_Job]) -> None:
        together: list[_Job] = []
        for job in jobs:
            if job.alone:
                self._commit(together)
                together = []
                self._settle(job, self._outcome(job))
            else:
                together.append(job)
        self._commit(together)

    def _commit(self, jobs: list[_Job]) -> None:
        """All in one transaction; if that as a whole fails, each in one of its own."""
        if not jobs:
            return
        try:
            outcomes = self._in_one_transaction(jobs)
        except sqlite3.Error as error:
            self._roll_back()
            if len(jobs) == 1:
                outcomes = [in_words(error)]
            else:
                for job in jobs:
                    self._commit([job])
                return
        self._dirty = True
        for job, outcome in zip(jobs, outcomes, strict=True):
            self._settle(job, outcome)

    def _in_one_transaction(self, jobs: list[_Job]) -> list[Any]:
        self._db.conn.execute("begin immediate")
        outcomes = []
        for job in jobs:
            outcomes.append(self._outcome(job))
            if not self._db.conn.in_transaction:
                # A full disk undoes everything, also what the jobs before this one had done.
                raise sqlite3.OperationalError("database or disk is full")
        self._db.conn.execute("commit")
        return outcomes

    def _outcome(self, job: _Job) -> Any:
        try:
            if job.alone:
                return job.work(self._db)
            with self._db.atomic():
                return job.work(self._db)
        except sqlite3.Error as error:
            log.error("the database refused a write: %s", error)
            return in_words(error)
        except Exception as error:
            return error

    def _settle(self, job: _Job, outcome: Any) -> None:
        if isinstance(outcome, Exception):
            job.answer.set_exception(outcome)
        else:
            job.answer.set_result(outcome)

    def _roll_back(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._db.rollback()

    def _scrub(self, largest: int | None) -> bool:
        # secure_delete overwrites a deleted row with zeros, but not the copies that stay behind in a page's free
        # space when its rows move to a neighbour.
        pages, size = (self._db.conn.execute(f"pragma {name}").fetchone()[0] for name in ("page_count", "page_size"))
        if largest is None or pages * size <= largest:
            try:
                self._db.vacuum()
            except sqlite3.Error as error:
                log.warning("the database could not be written anew: %s", error)
                self._truncate()
                return False
        return self._truncate()

    def _truncate(self) -> bool:
        try:
            busy, _, _ = self._db.conn.execute("pragma wal_checkpoint(truncate)").fetchone()
        except sqlite3.Error as error:
            log.warning("the write-ahead log could not be emptied: %s", error)
            busy = 1
        self._dirty = bool(busy)  # tried again when it is quiet
        return not busy
