"""What the conversation is given: lessons, phrases, screens and centres, as the few calls that it makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.messages import Centre
from lessons.model import Lesson, Screens


class Entry(Protocol):
    """A word of the glossary and its explanation."""

    @property
    def word(self) -> str: ...
    @property
    def text(self) -> str: ...


class Planned(Protocol):
    """A lesson of the curriculum, written or not."""

    @property
    def titles(self) -> Mapping[str, str]: ...
    @property
    def risk(self) -> str: ...


class Catalogue(Protocol):
    """The lessons that there are (`lessons.catalogue.Catalogue`)."""

    def lesson(self, lesson_id: str, language: str, /) -> Lesson | None: ...
    def lessons(self, language: str, /) -> tuple[Lesson, ...]: ...
    def languages(self) -> tuple[str, ...]: ...
    @property
    def planned(self) -> Mapping[str, Planned]: ...
    @property
    def paths(self) -> Mapping[str, tuple[str, ...]]: ...
    def term(self, term: str, language: str, /) -> Entry | None: ...
    def terms(self, language: str, /) -> Mapping[str, Entry]: ...


class Phrases(Protocol):
    """What the tutor itself says (`bot.phrases.Phrases`)."""

    def say(self, key: str, language: str, number: int = 0, /, **values: str) -> str: ...
    def has(self, key: str, language: str, /) -> bool: ...
    def nameless(self, key: str, language: str, number: int = 0, /, **values: str) -> str | None: ...
    def fixed(self, language: str, /) -> tuple[str, ...]: ...


class Centres(Protocol):
    """The places that look after learners (`bot.centres.Centres`)."""

    def get(self, centre_id: str, /) -> Centre: ...


@dataclass(frozen=True)
class House:
    catalogue: Catalogue
    phrases: Phrases
    screens: Screens
    centres: Centres
