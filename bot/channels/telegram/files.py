"""Pictures and voices are uploaded once for each bot and sent again by the id that Telegram gave them."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

from .door import Refused

STALE = ("wrong file identifier", "wrong remote file", "invalid file_id", "file reference", "use file of type")


class SentFiles(Protocol):
    """What we need of the store."""

    async def sent_file(self, bot: str, key: str) -> str | None: ...

    async def keep_sent_file(self, bot: str, key: str, file_id: str) -> None: ...


class Uploads:
    def __init__(self, store: SentFiles, bot: str) -> None:
        self._store = store
        self._bot = bot
        self._keys: dict[tuple[str, int, int], str] = {}
        self._ids: dict[str, str] = {}

    async def send(self, path: Path, by: Callable[[bytes | str], Awaitable[str]]) -> None:
        """Calls `by` with a file id where one is known and still good, else with the content."""
        key = await self._key(path)
        known = self._ids.get(key) or await self._store.sent_file(self._bot, key)
        if known:
            self._ids[key] = known
            try:
                await by(known)
                return
            except Refused as refused:
                if not any(sign in refused.what for sign in STALE):
                    raise
                self._ids.pop(key, None)
        file_id = await by(await asyncio.to_thread(path.read_bytes))
        if file_id:
            self._ids[key] = file_id
            await self._store.keep_sent_file(self._bot, key, file_id)

    async def _key(self, path: Path) -> str:
        """The hash of the content, worked out once for each file."""
        about = await asyncio.to_thread(path.stat)
        seen = (str(path), about.st_mtime_ns, about.st_size)
        if seen not in self._keys:
            content = await asyncio.to_thread(path.read_bytes)
            self._keys[seen] = hashlib.sha256(content).hexdigest()
        return self._keys[seen]
