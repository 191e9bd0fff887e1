"""The one door for the running bot to pictures and voices: never blocks the loop, never raises, makes nothing twice."""

from __future__ import annotations

import asyncio
import hashlib
import importlib
import io
import logging
import multiprocessing
import signal
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import astuple
from pathlib import Path
from typing import Any, Protocol, TypeVar

from lessons.model import Picture, Screens
from media.cache import Cache, is_made, key_of
from media.voice import Voice, Voices, engines_for

log = logging.getLogger(__name__)

PATIENCE = 30.0  # seconds for one picture or message; the words have long gone out by then
DRAW = "media.picture:draw"
DRAWING = ("picture.py", "ring.py", "closer.py", "screens.py", "screen_file.py", "screen_values.py", "screen_words.py")

T = TypeVar("T")


class Drawn(Protocol):
    def save(self, fp: Any, format: str, **options: Any) -> None: ...


class Draw(Protocol):
    """media.picture.draw, or another of the same shape. Must stand at the top of a module: worker processes import it."""

    def __call__(self, picture: Picture, screens: Any, *, crop: bool, own_folder: Path | None) -> Drawn: ...


class Studio:
    """`screens` may be any value that can be pickled. `own_folder` holds the lessons' own pictures, as "lesson-id/name.png". `draw` is "module:function".
    The worker processes start with the first picture that is not in the cache.
    """

    def __init__(
        self,
        cache_folder: Path,
        screens: Screens,
        own_folder: Path | None,
        voice_order: str | Iterable[str],
        workers: int = 1,
        *,
        draw: str = DRAW,
        voices: Voices | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self.cache = Cache(cache_folder)
        self.voices = voices or Voices(self.cache, engines_for(voice_order, voice_folder(Path(cache_folder))))
        self._screens, self._own, self._draw, self._patience = screens, own_folder, draw, patience
        self._fingerprint = ""
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None
        self._threads = ThreadPoolExecutor(max_workers=workers + 3, thread_name_prefix="studio")
        self._under_way: dict[object, asyncio.Task[Any]] = {}
        self._closed = False
        self.missing: Counter[str] = Counter(voice=0, picture=0)  # how often one could not be had

    async def picture(self, picture: Picture, *, crop: bool = False) -> Path | None:
        """The picture as a PNG file, drawn now if it never was. None, and a line in the log, if that fails."""
        path = await self._once(
            ("picture", picture, crop), lambda: self._picture(picture, crop), f"picture {_name(picture)}"
        )
        if path is None:
            self.missing["picture"] += 1
        return path

    async def voice(
        self, lines: str, language: str, *, rate: str = "usual", pace: str = "telling", format: str = "ogg"
    ) -> Voice | None:
        """The lines as one sound file (ogg: Opus for messengers, mp3 for pages). None if there is nothing to say, or,
        with a line in the log, if nobody can say it."""

        async def made() -> Voice | None:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(
                self._threads, lambda: self.voices.say(lines, language, rate=rate, pace=pace, form=format)
            )

        voice = await self._once(("voice", lines, language, rate, pace, format), made, f"voice in {language!r}")
        if voice is None and lines.strip():
            self.missing["voice"] += 1
        return voice

    async def warm(self) -> None:
        """Start a drawing process now rather than with the first picture. Never needed, never raises."""

        async def started() -> None:
            await asyncio.get_running_loop().run_in_executor(self._drawers(), _started)

        await self._once("warm", started, "drawing process")

    def picture_path(self, picture: Picture, *, crop: bool = False) -> Path:
        """Where this picture is, or will be. Reads the lesson's own picture, if it is one."""
        if not self._fingerprint:
            self._fingerprint = drawn_from(self._screens)
        own = ""
        if picture.own and self._own:
            file = self._own / picture.own
            own = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "missing"
        return self.cache.path("pictures", key_of("picture", astuple(picture), crop, self._fingerprint, own), ".png")

    async def close(self) -> None:
        """Wait for what is under way, then end the worker processes and eSpeak."""
        self._closed = True
        if self._under_way:
            await asyncio.gather(*self._under_way.values(), return_exceptions=True)
        await asyncio.to_thread(self._end)

    def _end(self) -> None:
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._threads.shutdown(wait=True, cancel_futures=True)
        self.voices.close()

    # --- inside -------------------------------------------------------------------------------------

    async def _once(self, wish: object, make: Callable[[], Coroutine[Any, Any, T]], what: str) -> T | None:
        """Ten people who ask for the same at the same time wait for one making. One who stops waiting ends it for nobody."""
        if self._closed:
            return None
        task = self._under_way.get(wish)
        if task is None:
            task = asyncio.create_task(self._safely(make(), what))
            self._under_way[wish] = task
            task.add_done_callback(lambda _: self._under_way.pop(wish, None))
        result: T | None = await asyncio.shield(task)
        return result

    async def _safely(self, making: Awaitable[Any], what: str) -> Any:
        try:
            return await asyncio.wait_for(making, self._patience + 1)
        except TimeoutError:
            log.error("%s: given up after %g seconds", what, self._patience)
        except Exception as problem:
            log.error("%s: %s: %s", what, type(problem).__name__, problem)
        return None

    async def _picture(self, picture: Picture, crop: bool) -> Path:
        loop = asyncio.get_running_loop()
        path = await loop.run_in_executor(self._threads, lambda: self.picture_path(picture, crop=crop))
        if is_made(path):
            self.cache.used(path)
            return path
        for attempt in (1, 2):
            try:
                drawing = loop.run_in_executor(self._drawers(), _draw_to, self.cache.folder, path, picture, crop)
                await asyncio.wait_for(drawing, self._patience)
                break
            except TimeoutError:  # a worker that hangs would hold up all later pictures
                self._drop_pool()
                raise
            except BrokenProcessPool:  # a worker was killed, for want of memory perhaps
                self._drop_pool()
                if attempt == 2:
                    raise
        return path

    def _drawers(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._workers,
                mp_context=_context(),
                initializer=_start_worker,
                initargs=(self._draw, self._screens, self._own),
            )
        return self._pool

    def _drop_pool(self) -> None:
        pool, self._pool = self._pool, None
        if pool:
            for process in list((getattr(pool, "_processes", None) or {}).values()):
                process.kill()
            pool.shutdown(wait=False, cancel_futures=True)


def voice_folder(cache_folder: Path) -> Path:
    """Where an operator puts voice files: beside the cache, `HANDRAIL_DATA/voices`."""
    return cache_folder.parent / "voices"


def drawn_from(screens: object) -> str:
    """A fingerprint of all that decides how a picture looks besides the picture itself: screens, drawing, letters, icons."""
    here = Path(__file__).parent
    files = [
        f
        for folder in ("screens", "drawing", "fonts", "icons")
        for f in sorted((here / folder).rglob("*"))
        if f.is_file()
    ]
    small = (".toml", ".py", ".svg", ".json")
    files = [f for f in [*files, *(here / name for name in DRAWING)] if f.is_file() and f.suffix != ".pyc"]
    return key_of(
        str(getattr(screens, "fingerprint", "")),
        [
            (f.name, hashlib.sha256(f.read_bytes()).hexdigest() if f.suffix in small else f.stat().st_size)
            for f in files
        ],
    )


def _name(picture: Picture) -> str:
    return picture.own or f"{picture.screen}#{picture.element}"


def _context() -> multiprocessing.context.BaseContext:
    """Workers that inherit no locks, threads or open database: never a plain fork."""
    kind = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    return multiprocessing.get_context(kind)


# --- in the worker process ---------------------------------------------------------------------------

_tools: tuple[Draw, Any, Path | None] | None = None


def _start_worker(draw: str, screens: Any, own_folder: Path | None) -> None:
    global _tools
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends its workers
    module, name = draw.split(":")
    _tools = getattr(importlib.import_module(module), name), screens, own_folder


def _started() -> None:
    """A worker that answers this has imported all it needs."""


def _draw_to(folder: Path, path: Path, picture: Picture, crop: bool) -> None:
    assert _tools
    draw, screens, own_folder = _tools
    cache = Cache(folder)
    with cache.claim(path) as ours:
        if ours:
            file = io.BytesIO()
            draw(picture, screens, crop=crop, own_folder=own_folder).save(file, "PNG", optimize=False, compress_level=6)
            cache.write(path, file.getvalue())
