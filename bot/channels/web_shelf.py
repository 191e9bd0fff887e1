"""Pictures and voices that the page may ask for: only what a reply has named, under a name nobody can guess."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections import OrderedDict
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TypeVar

from bot.channels.web_doors import Makes
from bot.messages import Reply, Session
from lessons.model import Picture

T = TypeVar("T")


@dataclass(frozen=True)
class Spoken:
    """Lines to say; one clip a line."""

    lines: str
    language: str
    rate: str
    pace: str


class Shelf:
    """Keeps the newest `size` of each kind; what has fallen off is put back when its reply is shown again."""

    def __init__(self, studio: Makes, size: int = 4000, at_once: int = 4) -> None:
        self._studio, self._size = studio, size
        self._pictures: OrderedDict[str, Picture] = OrderedDict()
        self._voices: OrderedDict[str, Spoken] = OrderedDict()
        self._passed: OrderedDict[str, str] = OrderedDict()
        self._salt = secrets.token_bytes(16)
        self._turnstile = asyncio.Semaphore(at_once)

    def put_picture(self, picture: Picture) -> str:
        """The same picture has the same name for ever, so that browsers keep it."""
        return _keep(self._pictures, _name(repr(astuple(picture))), picture, self._size)

    def put_voice(self, reply: Reply, session: Session) -> str:
        """ "" for a reply that is not spoken. A voice may say a learner's name: its own name is salted."""
        lines = reply.words if reply.spoken is None else reply.spoken
        if not lines.strip():
            return ""
        spoken = Spoken(lines, session.language, session.rate, reply.pace)
        return _keep(self._voices, _name(repr(astuple(spoken)), self._salt), spoken, self._size)

    def put_passed(self, handle: str) -> str:
        """What somebody else sent, such as a volunteer's voice message."""
        return _keep(self._passed, _name(handle, self._salt), handle, self._size)

    def passed(self, name: str) -> str:
        """Its handle; "" if no reply has named it."""
        return self._passed.get(name, "")

    async def picture(self, name: str, *, crop: bool) -> Path | None:
        """The PNG, or None if no reply has named it or it cannot be drawn."""
        wanted = self._pictures.get(name)
        if wanted is None:
            return None
        async with self._turnstile:
            return await self._studio.picture(wanted, crop=crop)

    async def voice(self, name: str) -> Path | None:
        """The MP3, or None if no reply has named it or there is no voice for it."""
        wanted = self._voices.get(name)
        if wanted is None:
            return None
        async with self._turnstile:
            made = await self._studio.voice(
                wanted.lines, wanted.language, rate=wanted.rate, pace=wanted.pace, format="mp3"
            )
        return None if made is None else Path(made.path)


def _name(text: str, salt: bytes = b"") -> str:
    return hashlib.blake2b(text.encode(), key=salt, digest_size=16).hexdigest()


def _keep(shelf: OrderedDict[str, T], name: str, thing: T, size: int) -> str:
    shelf[name] = thing
    shelf.move_to_end(name)
    while len(shelf) > size:
        shelf.popitem(last=False)
    return name
