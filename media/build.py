"""Everything that lessons show and say, made ahead: no learner waits for a picture or a voice."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lessons.model import Picture
from media.cache import is_made
from media.pace import estimated_seconds
from media.phrasing import phrases
from media.studio import Studio
from media.voice import lines_of
from media.voice_engine import variant_of

CLIP_BYTES, PICTURE_BYTES = 7_000, 85_000  # a second of clip; a picture: for the estimate only
CROPS = (False, True)

Told = Callable[[str, int], None]  # ("pictures" or "voices", how many more are done)


@dataclass(frozen=True)
class LessonMedia:
    """What one lesson in one language may say and show, on every phone that it is for."""

    lesson: str
    language: str
    lines: tuple[str, ...]
    pictures: tuple[Picture, ...] = ()

    @classmethod
    def of(cls, lesson: str, language: str, lines: Iterable[str], pictures: Iterable[Picture] = ()) -> LessonMedia:
        """Each line and picture once, in order; lines with nothing to say left out."""
        spoken = [line for text in lines for line in lines_of(text)]
        return cls(lesson, language, tuple(dict.fromkeys(spoken)), tuple(dict.fromkeys(pictures)))


@dataclass(frozen=True)
class Status:
    """How far one lesson in one language is made. `stale`: lines whose words changed or were never spoken."""

    lesson: str
    language: str
    engine: str
    lesser: bool
    lines: int
    stale: tuple[str, ...]
    pictures: int
    undrawn: int

    @property
    def complete(self) -> bool:
        return not self.stale and not self.undrawn


@dataclass(frozen=True)
class Estimate:
    """What is still to be made. `requests`: how often an outside service will be asked, about one a second. `slow`: seconds of
    speech by the neural voice, which takes about as long to make on two cores."""

    pictures: int = 0
    clips: int = 0
    seconds: float = 0.0
    bytes: int = 0
    requests: int = 0
    slow: float = 0.0


@dataclass
class Built:
    """What came of it. `silent`: lessons that no engine could speak. `undrawn`: pictures that failed."""

    engines: dict[tuple[str, str], str] = field(default_factory=dict)
    lesser: list[tuple[str, str]] = field(default_factory=list)
    silent: list[tuple[str, str]] = field(default_factory=list)
    undrawn: list[Picture] = field(default_factory=list)


def status(wanted: Sequence[LessonMedia], studio: Studio) -> list[Status]:
    """Reads the cache only; makes nothing."""
    found = []
    for one in wanted:
        present = studio.voices.sets.of(one.lesson, one.language)
        found.append(
            Status(
                one.lesson,
                one.language,
                present.engine if present else "",
                bool(present and present.lesser),
                len(one.lines),
                tuple(studio.voices.stale(one.lesson, one.language, one.lines)),
                len(one.pictures) * len(CROPS),
                len(_undrawn(one, studio)),
            )
        )
    return found


def estimate(wanted: Sequence[LessonMedia], studio: Studio) -> Estimate:
    """What `build` would make now, if the best engine of each language works."""
    engines = {engine.name: engine for engine in studio.voices.engines}
    undrawn: set[tuple[Picture, bool]] = set()
    clips: dict[Path, float] = {}
    requests, slow = 0, 0.0
    for one in wanted:
        undrawn.update(_undrawn(one, studio))
        best = studio.voices.best(one.language)
        for line in one.lines if best and _wants_voice(one, studio) else ():
            path = studio.voices.path(line, one.language, best, variant_of(engines[best], one.language))
            if path not in clips and not is_made(path):
                clips[path] = estimated_seconds(line) * 0.75  # a clip holds no pauses
                requests += len(phrases(line, "sentences")) if best == "gtts" else 0
                slow += clips[path] if best == "neural" else 0.0
    seconds = sum(clips.values())
    size = int(seconds * CLIP_BYTES + len(undrawn) * PICTURE_BYTES)
    return Estimate(len(undrawn), len(clips), seconds, size, requests, slow)


async def build(wanted: Sequence[LessonMedia], studio: Studio, told: Told = lambda what, more: None) -> Built:
    """Make what is missing or stale, pictures and voices side by side. What is done stays done when it is cancelled.

    `told` is called from several threads.
    """
    built, stop = Built(), threading.Event()
    speaking = asyncio.create_task(asyncio.to_thread(_speak_all, wanted, studio, built, stop, told))
    try:
        await _draw_all(wanted, studio, built, told)
        await asyncio.shield(speaking)
    finally:
        stop.set()
        await asyncio.gather(speaking, return_exceptions=True)
    return built


def kept_files(studio: Studio) -> set[Path]:
    """The clips of finished sets, and the sets: what `prune` must not take."""
    cache = studio.cache
    sets = studio.voices.sets.all()
    files = {cache.folder / "sets" / f"{one.lesson}.{one.language}.json" for one in sets}
    return files | {cache.path("clips", key, ".ogg") for one in sets for key in one.lines}


async def _draw_all(wanted: Sequence[LessonMedia], studio: Studio, built: Built, told: Told) -> None:
    todo = dict.fromkeys(pair for one in wanted for pair in _undrawn(one, studio))
    gate = asyncio.Semaphore(4)  # enough to keep the workers busy, so that Ctrl-C has little to wait for

    async def draw(picture: Picture, crop: bool) -> None:
        async with gate:
            if await studio.picture(picture, crop=crop) is None:
                built.undrawn.append(picture)
            told("pictures", 1)

    async with asyncio.TaskGroup() as group:
        for picture, crop in todo:
            group.create_task(draw(picture, crop))


class _Stopped(Exception):
    pass


def _speak_all(wanted: Sequence[LessonMedia], studio: Studio, built: Built, stop: threading.Event, told: Told) -> None:
    """In a thread; ends after the clip in hand when `stop` is set."""
    for one in wanted:
        done: set[str] = set()

        def line_done(line: str, engine: str, done: set[str] = done) -> None:
            if stop.is_set():
                raise _Stopped
            if line not in done:  # a second engine begins again; the bar does not
                done.add(line)
                told("voices", 1)

        if stop.is_set() or not one.lines:
            continue
        if not _wants_voice(one, studio):
            told("voices", len(one.lines))
            continue
        try:
            made = studio.voices.make_set(one.lesson, one.language, one.lines, line_done)
        except _Stopped:
            return
        told("voices", len(one.lines) - len(done))
        if made is None:
            built.silent.append((one.lesson, one.language))
            continue
        built.engines[one.lesson, one.language] = made.engine
        if made.lesser:
            built.lesser.append((one.lesson, one.language))


def _wants_voice(one: LessonMedia, studio: Studio) -> bool:
    """Something is stale, or a better engine could speak the whole of it now."""
    voices = studio.voices
    present = voices.sets.of(one.lesson, one.language)
    engine = next((e for e in voices.engines if present and e.name == present.engine), None)
    if engine and present and engine.can(one.language) and variant_of(engine, one.language) != present.variant:
        return True  # the operator chose another voice
    if present is None or voices.stale(one.lesson, one.language, one.lines):
        return bool(one.lines)
    order = [engine.name for engine in voices.engines]
    best = voices.best(one.language)
    return best in order and present.engine in order and order.index(best) < order.index(present.engine)


def _undrawn(one: LessonMedia, studio: Studio) -> list[tuple[Picture, bool]]:
    return [(p, crop) for p in one.pictures for crop in CROPS if not is_made(studio.picture_path(p, crop=crop))]
