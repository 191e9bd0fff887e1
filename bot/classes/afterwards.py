"""After a class: who was there, with their leave, and what to repeat next week. Numbers of fewer than five are hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.store.classes import Class, Sitter
from bot.store.seat import FEW
from lessons.model import Lesson


@dataclass(frozen=True)
class Repeat:
    """A step that many did not find at once. `missed` is None where a number would give away the few others: nearly all."""

    number: int
    title: str
    missed: int | None
    met: int


@dataclass(frozen=True)
class Afterwards:
    """`there`: names, by leave; `others`: how many more sat there; `papers`: how many of those with the card alone."""

    there: tuple[str, ...]
    others: int
    papers: int
    repeat: tuple[Repeat, ...]


def afterwards(held: Class, sitters: Sequence[Sitter], lesson: Lesson | None) -> Afterwards:
    named = tuple(s.called for s in sitters if s.called)
    papers = sum(s.seat.kind == "paper" for s in sitters)
    steps = [(step.id, step.title) for step in lesson.steps] if lesson else []
    repeat = tuple(
        Repeat(number, title, missed if met - missed in (0, *range(FEW, met)) else None, met)
        for number, (step, title) in enumerate(steps, 1)
        for met, missed in [held.hard.get(step, (0, 0))]
        if missed >= FEW
    )
    return Afterwards(named, len(sitters) - len(named) - papers, papers, repeat)
