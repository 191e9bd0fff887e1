"""What the pages of a class need of the rest of the house, handed in by whoever serves them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from bot.classes import Classes
from bot.classes.wall import Phone, phones_for
from bot.store.classes import Class, Sitter
from lessons.model import Lesson, Picture, Screens


class Catalogue(Protocol):
    """lessons.catalogue.Catalogue."""

    def lesson(self, id: str, language: str, /) -> Lesson | None: ...
    def lessons(self, language: str, /) -> tuple[Lesson, ...]: ...
    def languages(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class ClassHouse:
    """`picture` draws the part that matters; `card` is (lesson, maker, centre) -> PDF; `telegram` the bot's name, ""
    where there is none."""

    classes: Classes
    catalogue: Catalogue
    screens: Screens
    phrases: Any
    picture: Callable[[Picture], Awaitable[Path | None]]
    card: Callable[[Lesson, str, str], bytes]
    telegram: Callable[[], str] = lambda: ""
    only_here: bool = False  # no other device can open this computer's pages

    def lesson(self, held: Class) -> Lesson | None:
        """None where the lesson was taken away meanwhile."""
        return self.catalogue.lesson(held.lesson, held.language)

    def lesson_in(self, id: str, *languages: str) -> Lesson | None:
        """In the first of these languages that it is there in; its steps have the same ids in all."""
        found = (self.catalogue.lesson(id, language) for language in languages)
        return next((lesson for lesson in found if lesson), None)

    def title(self, id: str, *languages: str) -> str:
        """What a lesson is called, in the first of these languages that it is there in."""
        found = self.lesson_in(id, *languages)
        return found.title if found else id

    def phones(self, lesson: Lesson, sitters: list[Sitter]) -> tuple[Phone, ...]:
        return phones_for(lesson, sitters, self.phrases)
