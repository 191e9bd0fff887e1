"""Who speaks, and with what has been spoken before.

Ahead (`handrail media build`): the first engine that can do a WHOLE lesson in its language speaks all of it. While
the bot runs: what was spoken ahead, else eSpeak, in a process of its own; nothing that a learner says or is called
ever goes to a service outside.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from media import clip, sound
from media.cache import Cache, is_made, key_of
from media.pace import VERSION as PACE_VERSION
from media.reading import Reading, load_all
from media.voice_engine import Engine, EngineDown, VoiceError, variant_of
from media.voice_espeak import EspeakEngine
from media.voice_gtts import GttsEngine
from media.voice_neural import NeuralEngine
from media.voice_sets import VoiceSet, VoiceSets

log = logging.getLogger(__name__)

ENGINES = ("gtts", "neural", "espeak")


class VoiceOrderError(ValueError):
    """HANDRAIL_VOICE names an engine that there is not."""


@dataclass(frozen=True)
class Voice:
    """A file ready to be sent or played, and its length."""

    path: Path
    seconds: float


def parse_order(order: str | Iterable[str]) -> tuple[str, ...]:
    """`gtts,neural,espeak` -> the names, in order. Raises VoiceOrderError."""
    names = [name.strip().lower() for name in (order.split(",") if isinstance(order, str) else order)]
    names = [name for name in names if name]
    unknown = [name for name in names if name not in ENGINES]
    if unknown or not names:
        wrong = f"there is no voice called {', '.join(unknown)}" if unknown else "no voice is named"
        raise VoiceOrderError(f"HANDRAIL_VOICE: {wrong}. Choose from {', '.join(ENGINES)}, best first, commas between.")
    return tuple(dict.fromkeys(names))


def engines_for(order: str | Iterable[str], folder: Path | None = None) -> list[Engine]:
    """The engines of that order. `folder`: where voice files lie. Raises VoiceOrderError."""
    makers: Mapping[str, Callable[[], Engine]] = {
        "gtts": GttsEngine,
        "neural": lambda: NeuralEngine(folder),
        "espeak": EspeakEngine,
    }
    return [makers[name]() for name in parse_order(order)]


def in_words(order: str | Iterable[str], folder: Path | None = None) -> list[str]:
    """One line for each engine of the order: what it is, or what it lacks and what to do. For `doctor` and `build`."""
    engines = {engine.name: engine for engine in engines_for(order, folder)}
    lines = [f"{name}: {engines[name].missing() or engines[name].about}" for name in parse_order(order)]
    for engine in engines.values():
        engine.close()
    return lines


class Voices:
    """Finds clips, has missing ones spoken, joins them. Blocking: call it in a thread. Safe for several threads."""

    def __init__(self, cache: Cache, engines: Sequence[Engine], readings: Mapping[str, Reading] | None = None) -> None:
        self.cache = cache
        self.engines = tuple(engines)
        self.readings = dict(load_all() if readings is None else readings)
        self.sets = VoiceSets(cache)

    # --- one line -----------------------------------------------------------------------------------

    def key(self, line: str, language: str, engine: str, variant: str = "") -> str:
        """The same for the same line, language, engine, its voice (`variant`) and list of readings; pace, rate and `**` are
        no part of it."""
        which = f"{engine} {variant}" if variant else engine
        return key_of("clip", clip.VERSION, line.replace("**", ""), language, which, self._reading(language).version)

    def path(self, line: str, language: str, engine: str, variant: str = "") -> Path:
        return self.cache.path("clips", self.key(line, language, engine, variant), ".ogg")

    def make(self, line: str, language: str, engine: Engine) -> Path:
        """The line's clip, spoken now if it was not before. Raises VoiceError, EngineDown."""
        path = self.path(line, language, engine.name, variant_of(engine, language))
        with self.cache.claim(path) as ours:
            if ours:
                said = self._reading(language).say(line, engine.name)
                self.cache.write(path, clip.to_bytes(clip.record(said, language, engine)))
        return path

    def _reading(self, language: str) -> Reading:
        return self.readings.get(language) or Reading(language)

    # --- a message, while the bot runs --------------------------------------------------------------

    def say(self, text: str, language: str, *, rate: str, pace: str, form: str) -> Voice | None:
        """One file for a message, one clip a line. None when there is nothing to say in it.

        Spoken ahead if all of its lines were (one message, one voice), else by eSpeak. Raises VoiceError.
        """
        lines = lines_of(text)
        if not lines:
            return None
        paths = self.spoken_ahead(lines, language)
        engine = None if paths else self._live(language)
        if engine:
            paths = [self.path(line, language, engine.name) for line in lines]
        path = self.cache.path("messages", key_of([p.stem for p in paths], pace, rate, form, PACE_VERSION), f".{form}")
        if not is_made(path):
            if engine:
                for line in lines:
                    self.make(line, language, engine)
            samples = clip.join([_open(p) for p in paths], language, pace, rate)
            if not len(samples):
                return None
            with self.cache.claim(path) as ours:
                if ours:
                    self.cache.write(path, sound.encode(samples, form))
        for used in (path, *paths):
            self.cache.used(used)
        return Voice(path, sound.length(path))

    def spoken_ahead(self, lines: Sequence[str], language: str) -> list[Path]:
        """The clips of the best engine whose finished sets hold every one of these lines, or []."""
        for name in ENGINES:
            ready = self.sets.ready(name)
            for variant in self.sets.variants(name, language) if ready else ():
                paths = [self.path(line, language, name, variant) for line in lines]
                if all(path.stem in ready and is_made(path) for path in paths):
                    return paths
        return []

    def _live(self, language: str) -> Engine:
        live = [engine for engine in self.engines if engine.live]
        for engine in live:
            if engine.can(language):
                return engine
        reasons = [engine.missing() or f"{engine.name} does not know {language!r}" for engine in live]
        raise EngineDown("; ".join(reasons) or "HANDRAIL_VOICE names no engine that may speak while the bot runs")

    # --- whole lessons, ahead -----------------------------------------------------------------------

    def make_set(
        self,
        lesson: str,
        language: str,
        lines: Sequence[str],
        told: Callable[[str, str], None] = lambda line, engine: None,
    ) -> VoiceSet | None:
        """Have a lesson spoken, all of it by one engine: the first of the order that manages every line.

        What a better engine did before it failed is kept for the next time, but not used. `told(line, engine)` hears of
        each line done. None if no engine can; an older set then stays.
        """
        for place, engine in enumerate(self.engines):
            if not engine.can(language):
                continue
            try:
                for line in lines:
                    self.make(line, language, engine)
                    told(line, engine.name)
            except VoiceError as problem:
                log.warning("%s in %s is not spoken by %s: %s", lesson, language, engine.name, problem)
                continue
            lesser = any(better.can(language) for better in self.engines[:place])
            variant = variant_of(engine, language)
            keys = tuple(self.key(x, language, engine.name, variant) for x in lines)
            made = VoiceSet(lesson, language, engine.name, lesser, keys, variant)
            self.sets.write(made)
            return made
        return None

    def stale(self, lesson: str, language: str, lines: Sequence[str]) -> list[str]:
        """The lines that the lesson's present voice does not have: new, changed, lost, or read differently now."""
        present = self.sets.of(lesson, language)
        if present is None:
            return list(lines)
        paths = {line: self.path(line, language, present.engine, present.variant) for line in lines}
        return [line for line in lines if paths[line].stem not in present.lines or not is_made(paths[line])]

    def best(self, language: str) -> str:
        """The engine that would be tried first for this language now; "" if there is none."""
        return next((e.name for e in self.engines if e.can(language) and not e.missing()), "")

    def close(self) -> None:
        for engine in self.engines:
            engine.close()


def lines_of(text: str) -> list[str]:
    """The lines that have something to say in them."""
    return [line.strip() for line in text.splitlines() if any(c.isalnum() for c in line)]


def _open(path: Path) -> clip.Clip:
    try:
        return clip.from_file(path)
    except sound.SoundError as problem:
        with contextlib.suppress(OSError):
            path.unlink()  # so that it is made again
        raise VoiceError(str(problem)) from problem
