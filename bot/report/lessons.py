"""What a report needs to know of lessons, handed in by whoever has the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class LessonFacts:
    """`titles` and `steps` by language; `steps[language]` is step id -> title. `totals` counts the steps of a
    system ("" : of any)."""

    titles: Mapping[str, str] = field(default_factory=dict)
    totals: Mapping[str, int] = field(default_factory=dict)
    competences: tuple[str, ...] = ()
    steps: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    goals: Mapping[str, str] = field(default_factory=dict)  # what somebody can do afterwards
    versions: tuple[str, ...] = ()  # the fingerprints of the lesson as it is now, one a language

    def title(self, language: str) -> str:
        return _in(self.titles, language) or ""

    def goal(self, language: str) -> str:
        return _in(self.goals, language) or ""

    def total(self, system: str) -> int:
        return self.totals.get(system) or self.totals.get("", 0)

    def step(self, step: str, language: str) -> str:
        """The step's title, in English where that language leaves the step out; its id where the lesson has no such step
        any more."""
        return (_in(self.steps, language) or {}).get(step) or (_in(self.steps, "en") or {}).get(step) or step

    def in_order(self, language: str) -> tuple[str, ...]:
        """The ids of its steps."""
        return tuple(_in(self.steps, language) or {})

    def number(self, step: str, system: str) -> tuple[int, int]:
        """(which step, of how many) on any phone; (0, 0) where the lesson has no such step any more."""
        steps = list(_in(self.steps, "en") or {})
        return (steps.index(step) + 1, len(steps)) if step in steps else (0, 0)


Lessons = Mapping[str, LessonFacts]
UNKNOWN = LessonFacts()


def _in(by_language: Mapping[str, T], language: str) -> T | None:
    """In that language, else in English, else in any."""
    return by_language.get(language) or by_language.get("en") or next(iter(by_language.values()), None)
