"""What a rule is given to look at, and what a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lessons.catalogue import Catalogue
from lessons.diagnostic import Diagnostic
from lessons.model import MAKERS, SYSTEMS, OnScreen, Plain, Screens, Term
from lessons.plain_words import Figures, figures
from lessons.source import LessonSource, PartsAt, Run, Said, Spot, StepAt

Seconds = Callable[[str], float]  # about how long a voice needs for such words


@dataclass(frozen=True)
class Shelf:
    """Everything at once: for rules that compare lessons. `only`: the one lesson that the others are looked at for."""

    catalogue: Catalogue
    screens: Screens | None
    seconds: Seconds | None = None
    only: str = ""


@dataclass(frozen=True)
class Look:
    """One lesson file and its surroundings."""

    lesson: LessonSource
    catalogue: Catalogue
    screens: Screens | None
    seconds: Seconds | None = None

    @property
    def figures(self) -> Figures:
        return figures(self.lesson.language)

    def found(self, spot: Spot, rule: str, message: str, *, note: bool = False) -> Diagnostic:
        return Diagnostic(self.lesson.path, spot.line, spot.column, rule, message, note)

    @property
    def systems(self) -> tuple[str, ...]:
        return tuple(s for s in SYSTEMS if s in self.lesson.values("systems")) or SYSTEMS

    def phones(self) -> Iterator[tuple[str, str]]:
        """(system, maker) of every phone that this lesson treats in its own way; maker "" for all others."""
        for system in self.systems:
            yield system, ""
            makers = {v.maker for step in self.lesson.steps for v in step.variants if v.system == system and v.maker}
            yield from ((system, maker) for maker in sorted(makers & set(MAKERS)))

    def steps_for(self, system: str) -> list[StepAt]:
        return [step for step in self.lesson.steps if step.only in ("", system)]

    def said(self) -> Iterator[Said]:
        """Every stretch of words that a learner may read or hear, but for titles and pictures."""
        lesson = self.lesson
        yield lesson.goal
        for step in lesson.steps:
            for parts in step.all_parts():
                yield from parts.said()
        yield lesson.end
        for question in lesson.questions():
            yield question.question
            for choice in question.choices:
                yield choice.label
                yield choice.answer


def parts_for(step: StepAt, system: str, maker: str) -> list[PartsAt]:
    """The parts that speak to such a phone, nearest first."""
    by_maker = [v for v in step.variants if v.system == system and v.maker and v.maker == maker]
    by_system = [v for v in step.variants if v.system == system and not v.maker]
    return [*by_maker, *by_system, step.shared]


def shown_text(run: Run) -> str:
    if isinstance(run.piece, Plain):
        return run.piece.text
    return run.piece.plain if isinstance(run.piece, OnScreen) else run.piece.word


def text(said: Said) -> str:
    return "".join(shown_text(run) for run in said.runs)


def spot_in(said: Said, offset: int) -> Spot:
    """The place in the file of a place in `text(said)`."""
    for run in said.runs:
        length = len(shown_text(run))
        if offset < length:
            start = run.inside or run.spot
            return start.after(offset) if not isinstance(run.piece, Term | OnScreen) else run.spot
        offset -= length
    return said.runs[-1].spot if said.runs else said.spot


def plain_runs(said: Said) -> Iterator[Run]:
    return (run for run in said.runs if isinstance(run.piece, Plain))


@dataclass(frozen=True)
class Rule:
    """A rule has a name, a page in docs/rules of that name, and looks at everything."""

    name: str
    check: Callable[[Shelf], Iterable[Diagnostic]]


def each_lesson(check: Callable[[Look], Iterable[Diagnostic]]) -> Rule:
    """A rule about one lesson at a time; its name is the function's."""

    def over_all(shelf: Shelf) -> Iterator[Diagnostic]:
        for source in shelf.catalogue.sources:
            if source.text and shelf.only in ("", source.id):
                yield from check(Look(source, shelf.catalogue, shelf.screens, shelf.seconds))

    return Rule(name_of(check), over_all)


def whole_shelf(check: Callable[[Shelf], Iterable[Diagnostic]]) -> Rule:
    """A rule that compares lessons; its name is the function's."""
    return Rule(name_of(check), check)


def name_of(check: object) -> str:
    return str(getattr(check, "__name__", "")).replace("_", "-")
