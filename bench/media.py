"""Pictures and voices, measured: `python bench/media.py [LESSON] [LANGUAGE]`, on a folder that is thrown away.

Pictures a second, seconds of speech for each second of work, what the cache saves, bytes a lesson. gTTS is
measured against a server on this machine that answers at once, so its figure is our share of the work alone.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.commands.media import everything
from bot.house import LESSONS, House
from bot.settings import load_settings
from media import clip, sound
from media.build import LessonMedia
from media.cache import Cache
from media.studio import Studio
from media.voice import Voices
from media.voice_engine import Engine
from media.voice_espeak import EspeakEngine
from media.voice_gtts import GttsEngine
from tests.fakes.translate_server import translate_server

T = TypeVar("T")


async def timed(makes: Sequence[Callable[[], Awaitable[T]]]) -> tuple[list[float], list[T]]:
    """One after the other: seconds of each, and what it made."""
    took, made = [], []
    for make in makes:
        start = time.perf_counter()
        made.append(await make())
        took.append(time.perf_counter() - start)
    return took, made


def line(what: str, *figures: str) -> None:
    print(f"{what:<34}" + "  ".join(figures))


def spread(took: list[float]) -> str:
    ordered = sorted(took)
    return f"p50 {statistics.median(ordered) * 1000:.1f} ms, p99 {ordered[int(len(ordered) * 0.99)] * 1000:.1f} ms"


async def pictures(one: LessonMedia, studio: Studio) -> int:
    makes = [lambda p=p, crop=crop: studio.picture(p, crop=crop) for p in one.pictures for crop in (False, True)]  # type: ignore[misc]
    first, _ = await timed(makes[:1])
    drawn, paths = await timed(makes[1:])
    found, again = await timed(makes)
    good = [path for path in paths if path]
    line("pictures, first (starts a process)", f"{first[0] * 1000:.0f} ms")
    line("pictures, drawn", f"{len(good) / sum(drawn):.1f} a second", spread(drawn))
    line("pictures, found in the cache", f"{len(again) / sum(found):.0f} a second", spread(found))
    size = sum(path.stat().st_size for path in again if path)
    line("pictures, bytes a lesson", f"{size / 1e6:.1f} MB for {len(again)}, {size / len(again) / 1000:.0f} KB each")
    return len(again) - sum(path is not None for path in again)


def speech(one: LessonMedia, engine: Engine, folder: Path) -> None:
    voices = Voices(Cache(folder / engine.name), [engine])
    start = time.perf_counter()
    paths = [voices.make(words, one.language, engine) for words in one.lines]
    took = time.perf_counter() - start
    spoken = clip.seconds_of([clip.from_file(path) for path in paths])
    size = sum(path.stat().st_size for path in paths)
    line(
        f"{engine.name}, clips",
        f"{spoken / took:.0f} seconds of speech a second",
        f"{took / len(paths) * 1000:.0f} ms a line",
    )
    line(
        f"{engine.name}, bytes a lesson",
        f"{size / 1e6:.2f} MB for {len(paths)} lines, {size / spoken:.0f} bytes a second",
    )


async def messages(one: LessonMedia, studio: Studio) -> None:
    """Three lines a message, as a step has."""
    texts = ["\n".join(one.lines[i : i + 3]) for i in range(0, len(one.lines), 3)]
    for form in ("ogg", "mp3"):
        makes = [lambda t=t: studio.voice(t, one.language, pace="doing", format=form) for t in texts]  # type: ignore[misc]  # noqa: B023
        made, voices = await timed(makes)
        found, _ = await timed(makes)
        seconds = sum(v.seconds for v in voices if v)
        size = sum(v.path.stat().st_size for v in voices if v)
        line(
            f"messages, {form}, spoken and joined",
            f"{seconds / sum(made):.0f} seconds of speech a second",
            spread(made),
        )
        line(f"messages, {form}, found in the cache", f"{len(found) / sum(found):.0f} a second", spread(found))
        line(f"messages, {form}, size", f"{size / seconds:.0f} bytes a second")


async def main(lesson: str = "connect-wifi", language: str = "en") -> int:
    with tempfile.TemporaryDirectory() as folder, translate_server() as google:
        house = House(load_settings(data=Path(folder)))
        (one,) = everything(house, language, lesson)
        print(
            f"{lesson} ({language}): {len(one.lines)} lines, {len(one.pictures)} pictures; {sound.RATE} Hz, one worker"
        )
        for engine in (EspeakEngine(), GttsEngine(google.url, gap=0)):
            speech(one, engine, Path(folder))
            engine.close()
        studio = Studio(Path(folder) / "media", house.screens, LESSONS, "espeak")
        await messages(one, studio)
        failed = await pictures(one, studio)
        await studio.close()
        if failed:
            print(f"{failed} pictures could not be drawn")
        return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(*sys.argv[1:3])))
