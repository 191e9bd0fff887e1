"""A lesson as it stands in its file: what `lessons.model` keeps, and besides it the place of every part.

The reader fills these in and the rules walk over them; nobody who teaches a learner meets them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lessons.diagnostic import Diagnostic
from lessons.model import OnScreen, Picture, Plain, Term, Words


@dataclass(frozen=True, order=True)
class Spot:
    """A place in a file; both count from 1."""

    line: int = 1
    column: int = 1

    def after(self, characters: int) -> Spot:
        return Spot(self.line, self.column + characters)


@dataclass(frozen=True)
class Run:
    """One stretch of words. For a link, `inside` is where its words begin and `length` how long they are as written."""

    piece: Plain | OnScreen | Term
    spot: Spot
    inside: Spot | None = None
    length: int = 0


@dataclass(frozen=True)
class Said:
    """Words with the place of each stretch."""

    runs: tuple[Run, ...] = ()
    spot: Spot = Spot()

    @property
    def words(self) -> Words:
        """The runs as `lessons.model` keeps them: neighbouring plain words made one, the ends trimmed."""
        merged: list[Plain | OnScreen | Term] = []
        for run in self.runs:
            if isinstance(run.piece, Plain) and merged and isinstance(merged[-1], Plain):
                merged[-1] = Plain(merged[-1].text + run.piece.text)
            else:
                merged.append(run.piece)
        if merged and isinstance(merged[0], Plain):
            merged[0] = Plain(merged[0].text.lstrip())
        if merged and isinstance(merged[-1], Plain):
            merged[-1] = Plain(merged[-1].text.rstrip())
        return tuple(piece for piece in merged if not (isinstance(piece, Plain) and not piece.text))

    def __bool__(self) -> bool:
        return any(not isinstance(run.piece, Plain) or run.piece.text.strip() for run in self.runs)


def joined(paragraphs: Sequence[Said]) -> Said:
    """Paragraphs as one, with a paragraph break between them."""
    runs = list(paragraphs[0].runs)
    for said in paragraphs[1:]:
        runs += [Run(Plain("\n\n"), said.spot), *said.runs]
    return Said(tuple(runs), paragraphs[0].spot)


@dataclass(frozen=True)
class PictureAt:
    picture: Picture
    spot: Spot


@dataclass(frozen=True)
class IfAt:
    what: Said
    way_back: Said
    spot: Spot
    goto: str = ""
    goto_words: str = ""
    goto_spot: Spot = Spot()


@dataclass
class PartsAt:
    """What a step, or one variant of it, says itself."""

    spot: Spot
    system: str = ""
    maker: str = ""
    instruction: Said | None = None
    picture: PictureAt | None = None
    ask: Said | None = None
    ifs: list[IfAt] = field(default_factory=list)
    hints: list[Said] = field(default_factory=list)
    say: Said | None = None
    undo: Said | None = None

    def said(self) -> Iterator[Said]:
        """Every stretch of words of these parts, in the order in which a learner may meet them."""
        for part in (self.instruction, self.say, self.ask):
            if part:
                yield part
        for one in self.ifs:
            yield one.what
            yield one.way_back
        yield from self.hints
        if self.undo:
            yield self.undo


@dataclass
class StepAt:
    id: str
    title: str
    spot: Spot
    shared: PartsAt
    only: str = ""
    alone: bool = False
    variants: list[PartsAt] = field(default_factory=list)

    def all_parts(self) -> list[PartsAt]:
        return [self.shared, *self.variants]


@dataclass(frozen=True)
class ChoiceAt:
    label: Said
    answer: Said
    right: bool
    spot: Spot


@dataclass
class QuestionAt:
    id: str
    question: Said
    spot: Spot
    choices: list[ChoiceAt] = field(default_factory=list)


@dataclass(frozen=True)
class FrontValue:
    """One key of the front matter: its texts (one for a plain value), each with its place."""

    texts: tuple[str, ...]
    spots: tuple[Spot, ...]
    spot: Spot
    is_list: bool = False


@dataclass
class LessonSource:
    """Everything that one lesson file says, and where. Filled as far as the file could be read."""

    path: str
    id: str
    language: str
    text: str = ""
    front: dict[str, FrontValue] = field(default_factory=dict)
    title: Said = Said()
    goal: Said = Said()
    steps: list[StepAt] = field(default_factory=list)
    end: Said = Said()
    checks: list[QuestionAt] = field(default_factory=list)
    recall: list[QuestionAt] = field(default_factory=list)
    sections: dict[str, Spot] = field(default_factory=dict)  # end, checks, recall: where each begins
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def value(self, key: str) -> str:
        front = self.front.get(key)
        return front.texts[0] if front and front.texts else ""

    def values(self, key: str) -> tuple[str, ...]:
        front = self.front.get(key)
        return front.texts if front else ()

    def found(self, spot: Spot, rule: str, message: str, *, note: bool = False) -> None:
        self.diagnostics.append(Diagnostic(self.path, spot.line, spot.column, rule, message, note))

    def questions(self) -> list[QuestionAt]:
        return [*self.checks, *self.recall]
