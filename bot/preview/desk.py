"""Everything that the preview knows: the lessons as last read, the last good state of each, and what is wrong."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from bot.centres import Centres
from bot.conversation import Conversation
from bot.phrases import Phrases
from bot.preview.watch import stamps
from lessons.catalogue import SHIPPED, Catalogue, load, shown
from lessons.diagnostic import Diagnostic
from lessons.model import Lesson
from lessons.rules import check
from lessons.source import LessonSource
from media.pace import estimated_seconds
from media.screens import SHIPPED as SCREENS
from media.screens import ScreenError, ScreenLibrary, load_screens


@dataclass(frozen=True)
class Now:
    """One reading of all files; never changed, so that a page is drawn from one state."""

    catalogue: Catalogue
    screens: ScreenLibrary
    conversation: Conversation
    good: dict[tuple[str, str], Lesson]  # the last state of each that could be taught
    screens_wrong: str = ""

    def source(self, id: str, language: str) -> LessonSource | None:
        return next((s for s in self.catalogue.sources if (s.id, s.language) == (id, language)), None)


class Desk:
    """`read()` after every change. Safe for several threads."""

    def __init__(self, folder: Path = SHIPPED, screens: Path = SCREENS) -> None:
        self.folder, self.screens_folder = folder, screens
        self._phrases = Phrases.load()
        self._turn = threading.Lock()
        self._found: dict[str, tuple[Diagnostic, ...]] = {}
        self._all: tuple[Diagnostic, ...] | None = None
        self._screen_files = stamps([screens])
        self.now = self._made(load(folder), load_screens(screens), {}, "")

    def read(self) -> None:
        """Read everything again. What cannot be read keeps its last good state."""
        with self._turn:
            before = self.now
            screens, wrong = before.screens, ""
            files = stamps([self.screens_folder])
            if files != self._screen_files or before.screens_wrong:
                try:
                    screens = load_screens(self.screens_folder)
                except ScreenError as error:
                    wrong = str(error)
            self._screen_files = files
            self.now = self._made(load(self.folder), screens, before.good, wrong)
            self._found, self._all = {}, None

    def findings(self, id: str) -> tuple[Diagnostic, ...]:
        """What is wrong with one lesson, in every language, and in the files that belong to it. Takes a moment."""
        with self._turn:
            if self._all is not None:
                found = self._all
            elif id in self._found:
                found = self._found[id]
            else:
                found = self._found[id] = self._check(id)
        return self._that_concern(id, found)

    def check_all(self) -> None:
        """Look through every lesson; takes seconds."""
        with self._turn:
            if self._all is None:
                self._all = self._check()

    def found(self, id: str) -> tuple[Diagnostic, ...] | None:
        """What is wrong with one lesson, where that is known already."""
        found = self._found.get(id) if self._all is None else self._all
        return None if found is None else self._that_concern(id, found)

    def languages(self, id: str) -> tuple[str, ...]:
        """The languages that the lesson has a file in, English first."""
        found = {s.language for s in self.now.catalogue.sources if s.id == id}
        return tuple(sorted(found, key=lambda code: (code != "en", code)))

    def _check(self, only: str = "") -> tuple[Diagnostic, ...]:
        seconds = partial(estimated_seconds, pace="doing")
        return tuple(check(self.now.catalogue, self.now.screens, seconds=seconds, only=only))

    def _that_concern(self, id: str, found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
        places = ("glossary", "labels.toml", "curriculum.toml")
        own = (f"{shown(self.folder / id)}/", *(shown(self.folder / place) for place in places))
        return tuple(finding for finding in found if finding.path.startswith(own))

    def _made(
        self, catalogue: Catalogue, screens: ScreenLibrary, good: dict[tuple[str, str], Lesson], wrong: str
    ) -> Now:
        there = {(s.id, s.language) for s in catalogue.sources}
        good = {key: lesson for key, lesson in good.items() if key in there} | dict(catalogue.taught)
        taught = replace(catalogue, taught=good)
        return Now(catalogue, screens, Conversation(taught, self._phrases, screens, Centres({})), good, wrong)
