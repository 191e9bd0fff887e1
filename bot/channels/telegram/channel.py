"""Telegram: hears learners by long polling or webhook, and carries one message at a time to them."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, Protocol, TypeVar

from bot.delivery import GoneForGood, Piece, TryLater
from bot.messages import Session
from bot.store import Address, Incoming, Parcel, StoreError

from .door import AnotherCopy, Door, Refused, WrongToken
from .files import SentFiles
from .packing import WAIT_FOR_MEDIA, FileBody, PassedOn, Studio, pack
from .profile import Words, group_words, menus, set_profile
from .sending import Sender
from .updates import NAME, Heard, read_update
from .words import as_html

log = logging.getLogger(__name__)
MY_DATA = "handrail-what-is-kept.json"
T = TypeVar("T")
POLL_SECONDS = 25
LONGEST_PAUSE = 30.0


class Sessions(SentFiles, Protocol):
    """What we need of the store."""

    async def load(self, learner: str) -> Session | None: ...
    async def export(self, learner: str) -> dict[str, Any]: ...


class Hears(Protocol):
    """What we need of bot.reception."""

    async def receive(self, batch: Sequence[Incoming]) -> None: ...


class Passed(Protocol):
    """A voice or a picture that came by a page."""

    @property
    def data(self) -> bytes: ...
    @property
    def type(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def seconds(self) -> float: ...


Fetch = Callable[[str, str], Awaitable[Passed | None]]  # bot.people.files.Files.fetch


def _now() -> datetime:
    return datetime.now(UTC)


class TelegramChannel:
    """`words`: for each language the phrases that stand outside the conversation (see profile.py). `state` says
    in a word how it goes: starting, polling, webhook, wrong_token, another_copy, unreachable, stopped."""

    name = NAME

    def __init__(
        self,
        token: str,
        api_url: str,
        studio: Studio | None,
        store: Sessions,
        *,
        words: Words | None = None,
        webhook_url: str = "",
        webhook_secret: str = "",
        fetch: Fetch | None = None,
        clock: Callable[[], datetime] = _now,
        pause: float = 1.0,
    ) -> None:
        self.bot_id = token.partition(":")[0]
        self.state = "starting"
        self.username = ""
        self.webhook_url = webhook_url
        # Without a secret of one's own the token makes one, so that there always is one to check.
        self.webhook_secret = webhook_secret or hmac.new(token.encode(), b"webhook", hashlib.sha256).hexdigest()
        self.door = Door(token, api_url)
        self._studio = studio
        self._store = store
        self._words = words or {}
        self._menus: Mapping[str, Mapping[str, str]] = menus(self._words)
        self._fetch = fetch
        self._clock = clock
        self._pause = pause
        self.media_wait = WAIT_FOR_MEDIA
        self._sender = Sender(self.door, store, self.bot_id)
        self._groups: set[str] = set()
        self._background: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        await self.door.open()

    async def close(self) -> None:
        for task in list(self._background):
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        await self.door.close()
        self.state = "stopped"

    async def run(self, reception: Hears) -> None:
        """Listens until it is cancelled. Ends by itself only where the token is wrong."""
        await self.door.open()
        try:
            self.username = await self._insist(self.door.me)
            log.info("Telegram: this bot is @%s", self.username)
            if self.webhook_url:
                await self._insist(partial(self.door.set_webhook, self.webhook_url, self.webhook_secret), "webhook")
            else:
                await self._insist(self.door.poll_only, "polling")
            self._in_background(set_profile(self.door, self._words))
            if self.webhook_url:
                await asyncio.Event().wait()
            await self._poll(reception)
        except WrongToken:
            self.state = "wrong_token"
            log.error(
                "Telegram does not know the token in TELEGRAM_BOT_TOKEN. Copy it again from @BotFather "
                "(it looks like 123456:ABC...) and start Handrail again. All else goes on without Telegram."
            )

    async def _poll(self, reception: Hears) -> None:
        """The offset, which confirms what came before it, is raised only once that is on the disk."""
        offset = 0
        while True:
            updates = await self._insist(partial(self._ask_for_updates, offset), "polling")
            if updates:
                await self.take(updates, reception, insist=True)
                offset = int(updates[-1].get("update_id", offset)) + 1

    async def _ask_for_updates(self, offset: int) -> list[dict[str, Any]]:
        """After trouble without waiting for news, to know at once that it is over."""
        return await self.door.updates(offset, POLL_SECONDS if self.state == "polling" else 0)

    async def _insist(self, ask: Callable[[], Coroutine[Any, Any, T]], state: str = "starting") -> T:
        """Asks until there is an answer, and says once in words what is in the way. Raises WrongToken."""
        pause = self._pause
        while True:
            asked = 0.0
            try:
                answer = await ask()
            except AnotherCopy as error:
                await self._make_way(str(error))
                asked = 3 * self._pause
            except TryLater as later:
                self._trouble("unreachable", "Telegram cannot be reached (%s). Trying again until it can.", later.why)
                asked = later.seconds
            except (Refused, GoneForGood) as refused:
                self._trouble("unreachable", "Telegram refuses to begin: %s. Trying again.", refused)
            else:
                if self.state in ("unreachable", "another_copy"):
                    log.info("Telegram answers again.")
                self.state = state
                return answer
            await asyncio.sleep(max(pause, asked))
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _make_way(self, why: str) -> None:
        self._trouble(
            "another_copy",
            "Another copy of this bot is running with the same token (or a webhook was set). Stop the other one: "
            "Telegram talks to one at a time. Trying again.%s",
            "",
        )
        if "webhook" in why.lower() and not self.webhook_url:
            try:
                await self.door.poll_only()
            except (TryLater, Refused, GoneForGood, AnotherCopy):
                log.info("The webhook could not be taken away yet.")

    def _trouble(self, state: str, words: str, detail: object) -> None:
        if self.state != state:
            log.error(words, detail)
        self.state = state

    async def take(self, updates: Sequence[Mapping[str, Any]], reception: Hears, *, insist: bool = False) -> None:
        """Hands the updates over and returns once they are committed. Taps are acknowledged at once.
        Raises StoreError where nothing could be noted, unless `insist`: then it tries until it can."""
        heard = [self._read(update) for update in updates]
        for one in heard:
            if one.query:
                self._in_background(self._acknowledge(one.query))
            if one.group:
                self._in_background(self._answer_group(one.group, one.locale))
            if one.note:
                log.info("Telegram: %s.", one.note)
        batch = [one.incoming for one in heard if one.incoming is not None]
        pause = self._pause
        while batch:
            try:
                await reception.receive(batch)
                return
            except StoreError as error:
                if not insist:
                    raise
                log.error("What came in could not be noted and waits at Telegram: %s", error)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _read(self, update: Mapping[str, Any]) -> Heard:
        try:
            return read_update(update, self.bot_id, at=self._clock(), menu=self._menus)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, OSError, LookupError) as error:
            return Heard(note=f"an update could not be read ({type(error).__name__}) and was passed over")

    async def pack(self, parcel: Parcel) -> Sequence[Piece]:
        session = await self._store.load(parcel.learner)
        # Tried before: its voice went out before the program was stopped (see delivery).
        may_speak = parcel.tries == 0 and parcel.address.where not in self._sender.no_voices
        file = None
        if parcel.reply.file.startswith("kept/"):
            return await pack(parcel, session, self._studio, voice=False, file=await self._kept(parcel.reply.file))
        if parcel.reply.file == "my_data":
            kept = await self._store.export(parcel.learner)
            file = FileBody(MY_DATA, json.dumps(kept, ensure_ascii=False, indent=2).encode()) if kept else None
        return await pack(parcel, session, self._studio, voice=may_speak, wait=self.media_wait, file=file)

    async def _kept(self, handle: str) -> FileBody | PassedOn | None:
        """What somebody uploaded on a page. A voice that no messenger plays goes as a file."""
        found = await self._fetch(handle, "ogg") if self._fetch else None
        if found is None:
            return None
        if found.type in ("image/jpeg", "audio/ogg"):
            return PassedOn(found.kind, found.data, found.seconds)
        return FileBody(f"voice.{found.type.partition('/')[2]}", found.data)

    async def send(self, address: Address, piece: Piece) -> None:
        """Raises TryLater or GoneForGood."""
        await self._sender.send(address.where, piece)

    async def download(self, file: str) -> bytes:
        """What a learner sent: `Message.file`. Raises TryLater, or GoneForGood where it is too large or gone."""
        try:
            return await self.door.download(file)
        except Refused as refused:
            raise GoneForGood(refused.what[:80]) from None

    async def _acknowledge(self, query: str) -> None:
        """Stops the button's little clock. Too late is no harm."""
        try:
            await self.door.answer_tap(query)
        except (Refused, GoneForGood, TryLater, WrongToken, AnotherCopy):
            log.debug("A tap was acknowledged too late.")

    async def _answer_group(self, group: str, locale: str) -> None:
        """One short answer in a group's life, also over a restart."""
        words = group_words(self._words, locale)
        key = "group-" + hashlib.sha256(f"{self.bot_id}:{group}".encode()).hexdigest()
        if not words or group in self._groups:
            return
        self._groups.add(group)
        try:
            if await self._store.sent_file(self.bot_id, key) is None:
                await self._store.keep_sent_file(self.bot_id, key, "told")
                await self.door.send_words(group, as_html(words.replace("{bot}", f"@{self.username}")), ())
        except (Refused, GoneForGood, TryLater, WrongToken, AnotherCopy, StoreError) as error:
            log.info(
                "A group could not be told that lessons are given in a chat of one's own (%s).", type(error).__name__
            )

    def _in_background(self, doing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(doing)
        self._background.add(task)
        task.add_done_callback(self._background.discard)
