"""Voices and pictures that two who write to each other pass on. A file of the messenger stays there and is fetched when it
is looked at; what was uploaded on a page lies with the card, at most a day."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from . import talk
from .cards import Card
from .doors import Keeps

# What a browser records and no library here reads: kept and passed on as it came.
RECORDED = {
    "audio/webm": "audio/webm",
    "video/webm": "audio/webm",
    "audio/mp4": "audio/mp4",
    "audio/x-m4a": "audio/mp4",
}
SECONDS_TO_FETCH = 20.0


@dataclass(frozen=True)
class Passed:
    """`type` is one of image/jpeg, audio/mpeg, audio/ogg, audio/webm, audio/mp4."""

    data: bytes
    type: str
    seconds: float = 0.0  # 0: not known

    @property
    def kind(self) -> str:
        return "picture" if self.type.startswith("image/") else "voice"


class Media(Protocol):
    """media.passed_on: pure, slow. None: not to be read."""

    def as_jpeg(self, data: bytes) -> bytes | None:
        """Upright, of a sensible size, without what a camera writes beside the picture."""

    def as_sound(self, data: bytes, form: str) -> tuple[bytes, float] | None:
        """`form`: ogg, mp3. With its length in seconds."""


class Files:
    """Handles: telegram/<kind>/<the messenger's id>, kept/<kind>/<id>. `download` is the messenger's, set once there is one."""

    def __init__(self, store: Keeps | None, media: Media | None) -> None:
        self._store, self._media = store, media
        self.download: Callable[[str], Awaitable[bytes]] | None = None

    async def keep(self, card: Card, kind: str, type: str, data: bytes, at: datetime) -> str:
        """A handle; "" for what cannot be passed on."""
        if self._store is None or self._media is None:
            return ""
        type = type.split(";")[0].strip().lower()
        made = await asyncio.to_thread(self._made, kind, data, "ogg")
        if made is None and kind == "voice" and type in RECORDED:
            made = Passed(data, RECORDED[type])
        if made is None:
            return ""
        id = await self._store.write(
            lambda db: talk.keep_file(db, card.id, card.learner, kind, made.type, made.data, at)
        )
        return f"kept/{kind}/{id}" if id else ""

    async def fetch(self, handle: str, form: str) -> Passed | None:
        """What lies behind a handle. `form` of a voice where that can be made: mp3 for pages, ogg for messengers.
        None: it is gone."""
        where, _, rest = handle.partition("/")
        kind, _, id = rest.partition("/")
        if self._store is None or kind not in ("voice", "picture"):
            return None
        if where == "kept":
            found = await self._store.read(lambda db: talk.file(db, id))
            if found is None or found[1] == "image/jpeg":
                return Passed(*found) if found else None
            return await asyncio.to_thread(self._made, kind, found[0], form) or Passed(*found)
        if where != "telegram" or self.download is None:
            return None
        try:
            data = await asyncio.wait_for(self.download(id), SECONDS_TO_FETCH)
        except Exception:  # whatever the messenger says: it is not to be had now
            return None
        return await asyncio.to_thread(self._made, kind, data, form)

    def _made(self, kind: str, data: bytes, form: str) -> Passed | None:
        if self._media is None:
            return None
        if kind == "picture":
            jpeg = self._media.as_jpeg(data)
            return Passed(jpeg, "image/jpeg") if jpeg else None
        sound = self._media.as_sound(data, form)
        return Passed(sound[0], "audio/mpeg" if form == "mp3" else "audio/ogg", sound[1]) if sound else None


NO_FILES = Files(None, None)
