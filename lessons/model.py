"""What a lesson is once it has been read. Pure values: no file, no screen and no language rule is touched here.

A `Lesson` keeps what its file says, with every variant; `Lesson.steps_for(system, maker)` is what one
learner meets: complete steps, each part taken from the nearest variant (maker, then system, then shared).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

SYSTEMS = ("android", "iphone", "harmony")

# Maker -> the system that its phones run. A maker is named in a variant (`### Android: Samsung`), in an
# overlay of a screen file, and in Session.maker. `google` stands for stock Android.
MAKERS: Mapping[str, str] = {
    "samsung": "android",
    "google": "android",
    "honor": "android",
    "vivo": "android",
    "oppo": "android",
    "xiaomi": "android",
    "huawei": "harmony",
    "apple": "iphone",
}

RESERVED_IDS = ("end", "checks", "recall")


@dataclass(frozen=True)
class Plain:
    """Words as they stand. A paragraph break is the two characters "\\n\\n"."""

    text: str


@dataclass(frozen=True)
class OnScreen:
    """A thing on the learner's screen, named as on their own phone. `plain` is the writer's name for it."""

    screen: str
    element: str
    plain: str


@dataclass(frozen=True)
class Term:
    """A word that the glossary explains."""

    word: str
    term: str


Words = tuple[Plain | OnScreen | Term, ...]


@dataclass(frozen=True)
class Picture:
    """What to show, not how: a named element of a drawn screen, or a picture of the lesson's own.

    `system`, `maker` and `phone_language` are empty in a lesson and are filled in for a learner.
    `own` is "lesson-id/name.png"; `ring` is (x, y, width, height) in per cent of that picture.
    `dark`: the learner's phone has white letters on black.
    """

    screen: str = ""
    element: str = ""
    state: str = ""
    system: str = ""
    maker: str = ""
    phone_language: str = ""
    alt: str = ""
    own: str = ""
    ring: tuple[float, float, float, float] | None = None
    dark: bool = False

    def on(self, system: str, maker: str, phone_language: str, *, dark: bool = False) -> Picture:
        return replace(self, system=system, maker=maker, phone_language=phone_language, dark=dark)


@dataclass(frozen=True)
class IfYouSee:
    """Something else that the learner may see: `what` is a button; `goto` the step to go on at ("": this one),
    `goto_words` the writer's words for going there."""

    what: Words
    way_back: Words
    goto: str = ""
    goto_words: str = ""


@dataclass(frozen=True)
class Parts:
    """The parts that a step, or one of its variants, says itself. None and () mean: not said here."""

    instruction: Words | None = None
    picture: Picture | None = None
    ask: Words | None = None
    ifs: tuple[IfYouSee, ...] = ()
    hints: tuple[Words, ...] = ()
    say: Words | None = None
    undo: Words | None = None


@dataclass(frozen=True)
class Variant:
    system: str
    maker: str  # "" : every maker of the system
    parts: Parts


@dataclass(frozen=True)
class StepFor:
    """One step, complete, as one learner's phone needs it."""

    id: str
    title: str
    alone: bool
    instruction: Words
    picture: Picture | None
    ask: Words
    ifs: tuple[IfYouSee, ...]
    hints: tuple[Words, ...]
    say: Words | None
    undo: Words | None


@dataclass(frozen=True)
class Step:
    id: str
    title: str
    only: str = ""  # a system, or "" for all
    alone: bool = False
    shared: Parts = Parts()
    variants: tuple[Variant, ...] = ()
    line: int = 0

    def for_phone(self, system: str, maker: str) -> StepFor:
        """The step as a phone of this system and maker needs it."""
        maker_parts = [v.parts for v in self.variants if v.system == system and v.maker and v.maker == maker]
        system_parts = [v.parts for v in self.variants if v.system == system and not v.maker]
        nearest = [*maker_parts, *system_parts, self.shared]

        def first(name: str) -> object:
            return next((value for p in nearest if (value := getattr(p, name)) is not None), None)

        picture = first("picture")
        return StepFor(
            id=self.id,
            title=self.title,
            alone=self.alone,
            instruction=first("instruction") or (),  # type: ignore[arg-type]
            picture=picture.on(system, maker, "") if isinstance(picture, Picture) else None,
            ask=first("ask") or (),  # type: ignore[arg-type]
            ifs=tuple(i for p in nearest for i in p.ifs),
            hints=tuple(h for p in nearest for h in p.hints),
            say=first("say"),  # type: ignore[arg-type]
            undo=first("undo"),  # type: ignore[arg-type]
        )


@dataclass(frozen=True)
class Choice:
    label: str
    answer: Words
    right: bool


@dataclass(frozen=True)
class Question:
    id: str
    question: Words
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Lesson:
    """One lesson in one language. `version` is the fingerprint of what was parsed, not of its spaces."""

    id: str
    language: str
    version: str
    title: str
    goal: Words
    asks: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    competences: tuple[str, ...] = ()
    risk: str = "none"
    reviewed: str = ""
    authors: tuple[str, ...] = ()
    licence: str = ""
    tried_on: tuple[str, ...] = ()
    leaves_chat: bool = False
    systems: tuple[str, ...] = SYSTEMS
    own_pictures: bool = False
    steps: tuple[Step, ...] = ()
    end: Words = ()
    checks: tuple[Question, ...] = ()
    recall: tuple[Question, ...] = ()
    step_versions: Mapping[str, str] = field(default_factory=dict)  # step id -> fingerprint

    def steps_for(self, system: str, maker: str = "") -> tuple[StepFor, ...]:
        """The steps that a learner with such a phone walks through, complete and in order."""
        return tuple(s.for_phone(system, maker) for s in self.steps if s.only in ("", system))


@dataclass(frozen=True)
class PhoneName:
    """What stands on the learner's phone. `text` in the phone's language; `sure` is False where the maker's
    own word is not known, and `likely` then lists the candidates."""

    text: str
    sure: bool = True
    likely: tuple[str, ...] = ()


class Screens(Protocol):
    """What lessons and conversation ask about drawn screens (the screen files live under media/screens)."""

    def has(self, screen: str, element: str = "", state: str = "") -> bool:
        """Whether such a screen, and its element and state where given, exists on any system."""

    def name(self, screen: str, element: str, *, system: str, maker: str, language: str) -> PhoneName | None:
        """The element's name on such a phone whose own language is `language`; None if there is none.
        An empty element asks for the screen's own title."""

    def things(self, screen: str, state: str, *, system: str, maker: str, language: str) -> tuple[str, ...]:
        """The names of what one could tap on such a page, in its order."""

    def ids(self) -> Mapping[str, tuple[str, ...]]:
        """Screen id -> its element ids, for suggestions."""


def text_of(words: Words) -> str:
    """The writer's own plain words, without marks: for search, counting and fingerprints."""
    return "".join(
        run.text if isinstance(run, Plain) else run.plain if isinstance(run, OnScreen) else run.word for run in words
    )
