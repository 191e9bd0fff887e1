"""The only writer of the database. Its methods say what is kept, never how; each that writes returns once it is
on the disk, or raises StoreError and nothing of it was written."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database

from bot.messages import Known, Person, Reply, Session, Turn

from . import calls, inbox, keeping, looking, other_screens, outbox, people, turns, webchats
from .codec import stamp
from .errors import StoreError, in_words
from .keep import Keep
from .lock import FolderLock
from .records import Address, DuePlan, Incoming, Parcel, Waiting
from .writer import Writer, connect, migrate

T = TypeVar("T")
DATABASE = "handrail.db"
AS_SHIPPED = Keep()
SCRUBBED_AT_ONCE = 64 * 1024 * 1024  # a larger file takes seconds to write anew, and waits for the daily job


def _now() -> datetime:
    return datetime.now(UTC)


class Store:
    """`Store.open(folder)` makes the folder and brings the database up to date."""

    def __init__(
        self, folder: Path, db: Database, lock: FolderLock | None, clock: Callable[[], datetime], keep: Keep
    ) -> None:
        self._keep = keep
        self._file = folder / DATABASE
        self._lock = lock
        self._clock = clock
        self._local = threading.local()
        self._readers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="handrail-reader")
        self._writer = Writer(db)
        self._called: set[str] = set()  # chats; after a restart open calls are found by looking

    @classmethod
    def open(
        cls, folder: Path, *, visiting: bool = False, keep: Keep = AS_SHIPPED, clock: Callable[[], datetime] = _now
    ) -> Store:
        """Raises StoreError: no leave to write, another Handrail there, a newer schema, a damaged file.
        `visiting`: a short errand beside a Handrail that may be running (forgetting somebody, for example)."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = None if visiting else FolderLock(folder)
        except OSError as error:
            raise StoreError(
                f"Handrail may not write in {folder} ({error.strerror}). Give this user leave to write there, "
                "or set HANDRAIL_DATA to a folder where it may."
            ) from error
        try:
            db = connect(folder / DATABASE)
            migrate(db)
            if not visiting:
                with db.atomic():
                    outbox.back_to_waiting(db)
        except BaseException as error:
            if lock is not None:
                lock.release()
            if isinstance(error, sqlite3.Error):
                raise in_words(error) from error
            raise
        return cls(folder, db, lock, clock, keep)

    @property
    def path(self) -> Path:
        """The database file. Reports open it for reading, by themselves."""
        return self._file

    # Coming in

    async def take_in(self, batch: Sequence[Incoming], *, at: datetime | None = None) -> list[Waiting]:
        """One commit; what was seen in the last 48 hours is left out."""
        now = at or self._clock()
        return await self._writer.do(lambda db: inbox.take_in(db, batch, now))

    async def unanswered(self) -> list[Waiting]:
        """At start: what a kill left without an answer, in order."""
        return await self._read(inbox.unanswered)

    # Who is where

    async def chat_of(self, address: Address) -> str:
        """The chat at this address, made if new."""
        chat = await self._read(lambda db: people.find_chat(db, address))
        if chat is not None:
            return chat
        now = self._clock()
        return await self._writer.do(lambda db: people.chat_of(db, address, now))

    async def address_of(self, chat: str) -> Address:
        return await self._read(lambda db: people.address_of(db, chat))

    async def learner_of(self, chat: str) -> str:
        """Who is at the chat now; somebody new where nobody was."""
        learner = await self._read(lambda db: people.learner_at(db, chat))
        if learner is not None:
            return learner
        now = self._clock()
        return await self._writer.do(lambda db: people.learner_of(db, chat, now))

    async def new_learner(self, chat: str) -> str:
        """Somebody new beside those of the chat (`Turn.hand_to == "new"`). At it only once a turn is saved."""
        now = self._clock()
        return await self._writer.do(lambda db: people.add_learner(db, people.new_id(), chat, now))

    async def learners_of(self, chat: str) -> tuple[Person, ...]:
        return await self._read(lambda db: people.learners_of(db, chat))

    # A turn

    async def load(self, learner: str) -> Session | None:
        return await self._read(lambda db: turns.load(db, learner))

    async def known(self, learner: str, chat: str, *, at: datetime) -> Known:
        return await self._read(lambda db: turns.known(db, learner, chat, at))

    async def save(
        self,
        turn: Turn,
        *,
        chat: str,
        mark: int | None = None,
        then: Turn | None = None,
        plan: int | None = None,
        by_itself: bool = False,
        at: datetime,
    ) -> list[Parcel]:
        """One transaction: session, events, progress, plans, outbox, the mark on the message, `then` (the turn of
        whoever takes the phone), and the due plan that this was about. `by_itself`: nobody was here, it is no visit. Empty if `mark` was answered before."""
        both = (turn,) if then is None else (turn, then)

        def work(db: Database) -> turns.Saved:
            saved = turns.save(db, both, chat=chat, mark=mark, at=at, by_itself=by_itself or plan is not None)
            if plan is not None:
                db.execute("delete from plans where id = ?", (plan,))
            return saved

        saved = await self._writer.do(work)
        if saved.called:
            self._called.add(chat)
        if saved.forgot:
            await self.scrub()
        return saved.parcels

    def newly_called(self, chat: str) -> bool:
        """Whether a turn of this chat has opened a call for a person since this was last asked."""
        called = chat in self._called
        self._called.discard(chat)
        return called

    async def scrub(self) -> None:
        """After something was deleted: no byte of it is left in the file or its log. A large file waits for the daily job."""
        await self._writer.scrub(largest=SCRUBBED_AT_ONCE)

    # Going out

    async def parcels(self, channel: str) -> list[Parcel]:
        """What waits to be sent, in order; also what is put off (`not_before`)."""
        return await self._read(lambda db: outbox.waiting(db, channel))

    async def mark_sending(self, parcel: int) -> None:
        """Before the sending: after a kill this parcel may go out a second time, and no other."""
        await self._writer.do(lambda db: outbox.mark_sending(db, parcel))

    async def mark_sent(self, parcel: int, at: datetime) -> None:
        await self._finish(parcel, "sent", at)

    async def put_off(self, parcel: int, not_before: datetime) -> None:
        await self._writer.do(lambda db: outbox.put_off(db, parcel, not_before))

    async def give_up(self, parcel: int, why: str) -> None:
        """`why` is a word of ours (blocked, superseded), never what a learner wrote."""
        await self._finish(parcel, "given_up", self._clock(), why)

    async def _finish(self, parcel: int, state: str, at: datetime, why: str = "") -> None:
        if await self._writer.do(lambda db: outbox.finish(db, parcel, state, at, why)):
            await self.scrub()

    async def shown(self, chat: str, at: datetime) -> None:
        """The newest message with buttons appeared now."""
        when = stamp(at)
        await self._writer.do(lambda db: db.execute("update chats set shown_at = ? where id = ?", (when, chat)))

    # What is due

    async def due(self, at: datetime) -> list[DuePlan]:
        """Reminders and questions whose time has come, oldest first. Recalls wait for a visit."""
        return await self._read(lambda db: looking.due(db, at))

    async def next_due(self) -> datetime | None:
        return await self._read(looking.next_due)

    async def plan_done(self, plan: int) -> None:
        await self._writer.do(lambda db: db.execute("delete from plans where id = ?", (plan,)))

    async def tidy(self, at: datetime) -> dict[str, int]:
        """The daily job: forgets what was kept long enough, and empties the log. Says how many of what went."""
        went = await self._writer.do(lambda db: keeping.tidy(db, at, self._keep))
        await self._writer.scrub()
        return went

    # Files and the chat page

    async def sent_file(self, bot: str, key: str) -> str | None:
        return await self._read(lambda db: looking.sent_file(db, bot, key))

    async def keep_sent_file(self, bot: str, key: str, file_id: str) -> None:
        row = {"bot": bot, "key": key, "file_id": file_id, "kept_at": stamp(self._clock())}
        await self._writer.do(lambda db: db["sent_files"].insert(row, pk=("bot", "key"), replace=True))  # type: ignore[union-attr]

    async def web_chat(self, token: str) -> str | None:
        """The chat of a browser's token. Of the token only a fingerprint is kept."""
        return await self._read(lambda db: webchats.by_token(db, token))

    async def new_web_chat(self, token: str, picture_words: str = "") -> str:
        """A new chat for this token; its address is Address("web", "", the chat itself)."""
        now = self._clock()
        return await self._writer.do(lambda db: webchats.add(db, token, picture_words, now))

    async def join_web_chat(self, token: str, chat: str) -> None:
        """Another browser comes to a chat that is there (by its picture-words)."""
        now = self._clock()
        await self._writer.do(lambda db: webchats.join(db, token, chat, now))

    async def chat_by_picture_words(self, words: str) -> str | None:
        """Any spelling of the same words: case, spaces and commas do not count."""
        return await self._read(lambda db: webchats.by_picture_words(db, words))

    async def note_wish(self, words: str, *, language: str, centre: str, at: datetime) -> None:
        """What was asked for and not found: the week, the place, no person. Secrets must be cut out before."""
        monday = stamp(at - timedelta(days=at.weekday()))[:10]
        row = {"week": monday, "language": language, "centre": centre, "words": words[:120]}
        await self._writer.do(lambda db: db["wishes"].insert(row))  # type: ignore[union-attr]

    # One person's own

    async def erase(self, learner: str) -> bool:
        """Everything about this learner, at once and without a goodbye. False: nobody of that id."""
        now = self._clock()
        found = await self._writer.do(lambda db: keeping.forget_now(db, learner, now))
        await self.scrub()
        return found

    async def helped(self, learner: str) -> bool:
        """A person has helped: closes the learner's open calls. False: nobody of that id."""
        now = self._clock()

        def work(db: Database) -> tuple[bool, bool]:
            private = calls.holds_private(db, learner)
            return turns.helped(db, learner, now), private

        found, private = await self._writer.do(work)
        if private:
            await self.scrub()
        return found

    async def screen_looked_into(self, lesson: str, step: str, *, by: str, at: datetime) -> bool:
        """A writer has looked into a step that was said to look different. False: nothing stood open."""
        return await self._writer.do(lambda db: other_screens.looked_into(db, lesson, step, by, at))

    async def export(self, learner: str) -> dict[str, Any]:
        """All that is kept of one learner, as plain values. Empty: nobody of that id."""
        return await self._read(lambda db: looking.export(db, learner))

    # For those who keep things of their own here (bot.people): plain SQL in one transaction

    async def write(self, work: Callable[[Any], T]) -> T:
        """`work` gets the database (`.execute(sql, values)`) in a transaction; it may be run twice, the first undone."""
        return await self._writer.do(work)

    async def read(self, look: Callable[[Any], T]) -> T:
        """`look` gets a database that cannot write. What it gives back must not be read lazily."""
        return await self._read(look)

    async def say(
        self, chat: str, replies: Sequence[Reply], *, learner: str, turn: int = 0, mark: int | None = None, at: datetime
    ) -> list[Parcel]:
        """Puts replies out to a chat beside any lesson (a volunteer's own), and answers the message `mark`.
        `learner` is whose order they keep. Empty where `mark` was answered before."""

        def work(db: Database) -> list[Parcel]:
            if mark is not None and not inbox.answer(db, mark, at):
                return []
            return outbox.put(db, replies, learner=learner, chat=chat, turn=turn, first=0, at=at)

        return await self._writer.do(work)

    async def close(self) -> None:
        """Finishes what waits, empties the log, gives the folder free."""
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._readers.shutdown(wait=True)
        self._writer.close()
        if self._lock is not None:
            self._lock.release()

    async def _read(self, look: Callable[[Database], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._look, look)

    def _look(self, look: Callable[[Database], T]) -> T:
        try:
            if not hasattr(self._local, "db"):
                self._local.db = looking.open_to_read(self._file)
            return look(self._local.db)
        except sqlite3.Error as error:
            raise in_words(error) from error
