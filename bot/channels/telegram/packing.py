"""What a reply becomes in Telegram: at most a voice, then the picture with the words under it and the buttons."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from bot.delivery import Piece
from bot.messages import Reply, Session
from bot.store import Parcel
from lessons.model import Picture

from .words import LONGEST_CAPTION, TapButton, in_portions, tap_buttons

log = logging.getLogger(__name__)
T = TypeVar("T")
WAIT_FOR_MEDIA = 3.0


class Studio(Protocol):
    """What we need of media.studio."""

    async def picture(self, picture: Picture, *, crop: bool = False) -> Path | None: ...

    async def voice(
        self, lines: str, language: str, *, rate: str = "usual", pace: str = "telling", format: str = "ogg"
    ) -> Any: ...


@dataclass(frozen=True)
class WordsBody:
    """`noted`: under this name the message's id is kept, so that it can be taken away."""

    words: str
    buttons: tuple[TapButton, ...] = ()
    noted: str = ""


@dataclass(frozen=True)
class PictureBody:
    path: Path
    words: str = ""
    buttons: tuple[TapButton, ...] = ()


@dataclass(frozen=True)
class VoiceBody:
    path: Path
    seconds: float


@dataclass(frozen=True)
class FileBody:
    name: str
    data: bytes


@dataclass(frozen=True)
class PassedOn:
    """Somebody's voice message or picture: the id of what Telegram has already, or the content of what came by a page."""

    kind: str
    file: str | bytes
    seconds: float = 1.0


def wants_voice(reply: Reply, session: Session | None) -> bool:
    """On from the first step until it is switched off; before that only where it was asked for."""
    if session is None or reply.spoken == "" or session.voice == "off":
        return False
    return session.voice == "on" or reply.step is not None or session.place is not None


async def pack(
    parcel: Parcel,
    session: Session | None,
    studio: Studio | None,
    *,
    voice: bool,
    wait: float = WAIT_FOR_MEDIA,
    file: FileBody | PassedOn | None = None,
) -> list[Piece]:
    """The pieces in the order in which they go out. What the studio has not made after `wait` seconds is left out:
    words are enough. `file` goes before them. `voice` False: this learner takes no voice messages, or has had it already."""
    reply = parcel.reply
    pictures = [p for p in (*reply.more_pictures, reply.picture) if p is not None]
    sound: asyncio.Task[Any] | None = None
    drawn: list[asyncio.Task[Any]] = []
    if studio is not None:
        if voice and session is not None and wants_voice(reply, session):
            lines = reply.words if reply.spoken is None else reply.spoken
            sound = asyncio.create_task(
                _in_time(
                    studio.voice(lines, session.language, rate=session.rate, pace=reply.pace, format="ogg"),
                    "voice",
                    wait,
                )
            )
        drawn = [asyncio.create_task(_in_time(studio.picture(p, crop=True), "picture", wait)) for p in pictures]
    paths: list[Path] = [path for task in drawn if (path := await task) is not None]
    spoken = await sound if sound else None
    pieces = [Piece("delete", reply.delete)] if reply.delete else []
    if spoken is not None:
        pieces.append(Piece("voice", VoiceBody(spoken.path, spoken.seconds)))
    if reply.file.startswith("telegram/"):
        _, kind, file_id = reply.file.split("/", 2)
        return [*_seen(parcel, paths), Piece("file", PassedOn(kind, file_id))]
    if isinstance(file, PassedOn):
        return [*_seen(parcel, paths), Piece("file", file)]
    if file is not None:
        pieces.append(Piece("file", file))
    return pieces + _seen(parcel, paths)


def _seen(parcel: Parcel, paths: list[Path]) -> list[Piece]:
    buttons = tap_buttons(parcel.turn, parcel.reply.buttons, parcel.reply.share)
    if len(buttons) < len(parcel.reply.buttons):
        log.error("A button was left out: its choice is longer than Telegram carries, or it has no words on it.")
    words = parcel.reply.words
    pieces = [Piece("picture", PictureBody(path)) for path in paths[:-1]]
    if not paths:
        portions = in_portions(words) if words.strip() else []
        pieces += [Piece("words", WordsBody(portion)) for portion in portions[:-1]]
        noted = parcel.reply.noted
        return pieces + [Piece("words", WordsBody(portion, buttons, noted)) for portion in portions[-1:]]
    *before, caption = in_portions(words, LONGEST_CAPTION)
    pieces += [Piece("words", WordsBody(portion)) for portion in before]
    return [*pieces, Piece("picture", PictureBody(paths[-1], caption, buttons))]


async def _in_time(making: Awaitable[T], what: str, wait: float) -> T | None:
    """What came in time. What takes longer goes on being made, for the next learner."""
    task = asyncio.ensure_future(making)
    try:
        return await asyncio.wait_for(asyncio.shield(task), wait)
    except TimeoutError:
        log.warning("A %s was not ready in time; the words went without it.", what)
        task.add_done_callback(_swallow)
    except Exception as error:
        log.warning("A %s could not be made (%s); the words went without it.", what, type(error).__name__)
    return None


def _swallow(task: asyncio.Future[Any]) -> None:
    if not task.cancelled():
        task.exception()
