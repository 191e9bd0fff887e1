"""Notices that a file was saved, without any library: sizes and times are looked at a few times a second."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

Stamps = Mapping[Path, tuple[int, int]]
SUFFIXES = (".md", ".toml", ".png")


def stamps(folders: Iterable[Path]) -> Stamps:
    """(time, size) of every file that a writer may change."""
    found: dict[Path, tuple[int, int]] = {}
    for folder in folders:
        for file in folder.rglob("*"):
            if file.suffix in SUFFIXES and not file.name.startswith("."):
                try:
                    stat = file.stat()
                except OSError:  # gone again: an editor's own file
                    continue
                found[file] = (stat.st_mtime_ns, stat.st_size)
    return found


class Watch:
    """`mark` changes with every change of the files; `changed(stamps)` is called, in a thread, before it does."""

    def __init__(self, folders: Iterable[Path], changed: Callable[[Stamps], None], every: float = 0.4) -> None:
        self._folders, self._changed, self._every = tuple(folders), changed, every
        self._run, self._count = secrets.token_hex(4), 0
        self._news = asyncio.Event()
        self._seen: Stamps = {}

    @property
    def mark(self) -> str:
        return f"{self._run}-{self._count}"

    def look(self) -> bool:
        """Look now. True where something changed."""
        now = stamps(self._folders)
        if now == self._seen:
            return False
        self._seen = now
        self._changed(now)
        return True

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            if await asyncio.to_thread(self.look):
                self.tell()
            await asyncio.sleep(self._every)

    def tell(self) -> None:
        """Something is new: everybody who waits goes on."""
        self._count += 1
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def wait(self, have: str, seconds: float) -> str:
        """The present mark, as soon as it is another than `have`, or after so many seconds."""
        if have == self.mark:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), seconds)
        return self.mark
