"""One lesson as a learner with such a phone meets it, step by step, with what is wrong beside each step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.conversation.words import Namer, plainly, terms_in
from bot.messages import Place, Reply, Session
from bot.preview.desk import Now
from lessons.diagnostic import Diagnostic
from lessons.model import MAKERS, Lesson, Picture, Question, StepFor, Words, text_of
from lessons.source import LessonSource

NAMES = {"android": "Android", "iphone": "iPhone", "harmony": "Harmony"}
AT = datetime(2026, 1, 1, tzinfo=UTC)  # a time must be said; nothing here depends on it


@dataclass(frozen=True)
class Phone:
    """`key` is a maker, or a system where the maker is not known."""

    key: str
    label: str
    system: str
    maker: str = ""


@dataclass(frozen=True)
class Seen:
    """An *If you see*: the button, the way back, and where it goes on."""

    button: str
    way_back: str
    goto: str = ""


@dataclass(frozen=True)
class Part:
    """A step, the top, the end or the questions, with its findings. Words hold `**name**`."""

    id: str
    title: str
    line: int = 0
    number: int = 0
    words: str = ""
    spoken: str = ""
    pace: str = "telling"
    picture: Picture | None = None
    ifs: tuple[Seen, ...] = ()
    hints: tuple[str, ...] = ()
    undo: str = ""
    note: str = ""
    questions: tuple[tuple[str, tuple[tuple[str, str, bool], ...]], ...] = ()
    findings: tuple[Diagnostic, ...] = ()


def phones_of(lesson: Lesson, now: Now) -> list[Phone]:
    """Every phone that the lesson is for: each system, then its makers."""
    say = now.conversation.phrases.say
    found = []
    for system in lesson.systems:
        makers = [maker for maker, of in MAKERS.items() if of == system]
        if len(makers) > 1:
            found.append(Phone(system, f"{NAMES[system]}, maker not known", system))
        for maker in makers:
            name = say(f"maker.{maker}", "en") if len(makers) > 1 else NAMES[system]
            found.append(Phone(maker, "Stock Android" if maker == "google" else name, system, maker))
    return found


def parts_of(
    now: Now, lesson: Lesson, phone: Phone, phone_language: str, reads_on: str, findings: Sequence[Diagnostic]
) -> list[Part]:
    """The whole lesson, from top to bottom."""
    namer = Namer(
        now.screens,
        now.conversation.phrases,
        phone.system,
        phone.maker,
        phone_language or lesson.language,
        lesson.language,
    )
    source = now.source(lesson.id, lesson.language)
    parts = [Part("top", lesson.title, 1, words=namer.text(lesson.goal), spoken=namer.aloud(lesson.goal))]
    mine = {step.id: step for step in lesson.steps_for(phone.system, phone.maker)}
    replies = _replies(now, lesson, phone, phone_language, reads_on)
    number = 0
    for step in lesson.steps:
        if step.id in mine:
            number += 1
            parts.append(_step(namer, mine[step.id], number, step.line, replies[step.id]))
        else:
            parts.append(Part(step.id, step.title, step.line, note=f"Only on {NAMES[step.only]}."))
    parts.append(Part("end", "The closing words", words=namer.text(lesson.end), spoken=namer.aloud(lesson.end)))
    for id, title, questions in (("checks", "Questions", lesson.checks), ("recall", "Some days later", lesson.recall)):
        parts.append(Part(id, title, questions=tuple(_question(namer, one) for one in questions)))
    return with_findings(parts, source, findings)


def with_findings(parts: list[Part], source: LessonSource | None, findings: Sequence[Diagnostic]) -> list[Part]:
    """Each finding at the part in whose lines it stands, all others at the top."""
    begins = dict(_begins(source)) if source else {}
    placed = [replace(part, line=begins.get(part.id, part.line)) for part in parts]
    order = sorted((line, id) for id, line in begins.items() if id in {part.id for part in parts})
    at: dict[str, list[Diagnostic]] = {}
    for finding in findings:
        here = source is not None and finding.path == source.path
        name = next((id for line, id in reversed(order) if here and line <= finding.line), placed[0].id)
        at.setdefault(name, []).append(finding)
    return [replace(part, findings=tuple(at.get(part.id, ()))) for part in placed]


def broken(source: LessonSource, findings: Sequence[Diagnostic]) -> list[Part]:
    """What can be shown of a file that was never good since the preview began: where its steps stand, and the findings."""
    parts = [Part("top", text_of(source.title.words) or source.id, 1)]
    parts += [Part(step.id, step.title, step.spot.line) for step in source.steps]
    return with_findings(parts, source, findings)


def findings_of(found: Sequence[Diagnostic], source: LessonSource, languages: Sequence[str]) -> list[Diagnostic]:
    """Those of this file, and those of the files that it shares with others; not those of its other languages."""
    others = [language for language in languages if language != source.language]
    folder = source.path.rpartition("/")[0]
    elsewhere = tuple(f"{place}/{language}.md" for language in others for place in (folder, "glossary"))
    return [d for d in found if not d.path.endswith(elsewhere or "\0")]


def _begins(source: LessonSource) -> Iterator[tuple[str, int]]:
    yield "top", 1
    yield from ((step.id, step.spot.line) for step in source.steps)
    yield from ((name, spot.line) for name, spot in source.sections.items())


def _step(namer: Namer, step: StepFor, number: int, line: int, reply: Reply) -> Part:
    return Part(
        step.id,
        step.title,
        line,
        number,
        words=reply.words,
        spoken=reply.words if reply.spoken is None else reply.spoken,
        pace=reply.pace,
        picture=namer.on_phone(step.picture),
        ifs=tuple(Seen(plainly(namer.aloud(one.what)), namer.text(one.way_back), one.goto) for one in step.ifs),
        hints=tuple(namer.text(hint) for hint in step.hints),
        undo=namer.text(step.undo),
        note="Never joined with other steps." if step.alone else "",
    )


def _question(namer: Namer, one: Question) -> tuple[str, tuple[tuple[str, str, bool], ...]]:
    return namer.text(one.question), tuple((c.label, namer.text(c.answer), c.right) for c in one.choices)


def _replies(now: Now, lesson: Lesson, phone: Phone, phone_language: str, reads_on: str) -> dict[str, Reply]:
    """Step id -> the tutor's own message there, each word explained once, as in a real conversation."""
    told: list[str] = []
    found = {}
    for step in lesson.steps_for(phone.system, phone.maker):
        session = Session(
            "writer", turn=1, asked="step", place=Place(lesson.id, lesson.language, lesson.version, step.id),
            language=lesson.language, system=phone.system, maker=phone.maker, phone_language=phone_language,
            reads_on=reads_on, voice="on", channel="web", notes={"terms": " ".join(told)},
        )  # fmt: skip
        found[step.id] = now.conversation.present(session, at=AT)[-1]
        told += [term for term in _explained(now, step.instruction, lesson.language) if term not in told][:1]
    return found


def _explained(now: Now, words: Words, language: str) -> list[str]:
    return [t.term for t in terms_in(words) if now.catalogue.term(t.term, language)]
