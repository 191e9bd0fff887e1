"""Which engine has spoken which lesson: one small file a lesson and language, written when the whole set is done."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from media.cache import Cache

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class VoiceSet:
    """The voice of one lesson in one language, all of it by one engine. `lesser`: a better engine stands before it.

    `lines` are the keys of the clips; `variant` is the engine's voice, where it has several.
    """

    lesson: str
    language: str
    engine: str
    lesser: bool
    lines: tuple[str, ...]
    variant: str = ""


class VoiceSets:
    """A clip counts only when it belongs to a finished set, so that a lesson never changes its voice half-way."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        self._stamp: object = None
        self._sets: tuple[VoiceSet, ...] = ()
        self._ready: Mapping[str, frozenset[str]] = {}

    def all(self) -> tuple[VoiceSet, ...]:
        self._refresh()
        return self._sets

    def of(self, lesson: str, language: str) -> VoiceSet | None:
        return next((s for s in self.all() if (s.lesson, s.language) == (lesson, language)), None)

    def ready(self, engine: str) -> frozenset[str]:
        """The keys of all clips in finished sets of that engine."""
        self._refresh()
        return self._ready.get(engine, frozenset())

    def variants(self, engine: str, language: str) -> tuple[str, ...]:
        """The voices of that engine in finished sets of a language."""
        return tuple(dict.fromkeys(s.variant for s in self.all() if (s.engine, s.language) == (engine, language)))

    def write(self, one: VoiceSet) -> None:
        data = json.dumps(asdict(one), ensure_ascii=False, indent=1).encode()
        self.cache.write(self.cache.folder / "sets" / f"{one.lesson}.{one.language}.json", data)

    def _refresh(self) -> None:
        """Read the files again if one has changed: `media build` may be running beside the bot."""
        files = sorted((self.cache.folder / "sets").glob("*.json"))
        stamp = [(file.name, file.stat().st_mtime_ns) for file in files]
        if stamp == self._stamp:
            return
        sets = tuple(one for file in files if (one := _read(file)))
        names = {one.engine for one in sets}
        ready = {name: frozenset(k for one in sets if one.engine == name for k in one.lines) for name in names}
        self._sets, self._ready, self._stamp = sets, ready, stamp


def _read(file: Path) -> VoiceSet | None:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return VoiceSet(**{**data, "lines": tuple(data["lines"])})
    except (OSError, ValueError, KeyError, TypeError):
        log.warning("%s cannot be read; `handrail media build` makes that lesson's voice again", file.name)
        return None
