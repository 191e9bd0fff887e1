"""From a read file to the Lesson that is taught, and its fingerprints."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict

from lessons.model import (
    SYSTEMS,
    Choice,
    IfYouSee,
    Lesson,
    OnScreen,
    Parts,
    Plain,
    Question,
    Step,
    Variant,
    Words,
    text_of,
)
from lessons.source import LessonSource, PartsAt, QuestionAt, Said, StepAt

HEAD = "title-and-goal"  # the key under which `fingerprints` keeps what stands above the first step


def build(source: LessonSource) -> Lesson:
    """The lesson of a file that was read without errors; of any other, what could be read."""
    steps = tuple(_step(step) for step in source.steps)
    title, goal, end = source.title.words, source.goal.words, source.end.words
    checks = tuple(_question(q) for q in source.checks)
    recall = tuple(_question(q) for q in source.recall)
    step_versions = {step.id: fingerprint(_step_value(step)) for step in steps}
    step_versions |= {"end": fingerprint(_words_value(end))}
    step_versions |= {"checks": fingerprint([_question_value(q) for q in checks])}
    step_versions |= {"recall": fingerprint([_question_value(q) for q in recall])}
    systems = tuple(s for s in SYSTEMS if s in source.values("systems")) or SYSTEMS
    leaves_chat = source.value("leaves-chat") == "yes"
    version = fingerprint([_words_value(title), _words_value(goal), list(step_versions.items()), systems, leaves_chat])
    return Lesson(
        id=source.id,
        language=source.language,
        version=version,
        title=text_of(title),
        goal=goal,
        asks=source.values("asks"),
        needs=source.values("needs"),
        competences=source.values("competences"),
        risk=source.value("risk") or "none",
        reviewed=source.value("reviewed"),
        authors=source.values("authors"),
        licence=source.value("licence"),
        tried_on=source.values("tried-on"),
        leaves_chat=leaves_chat,
        systems=systems,
        own_pictures=source.value("own-pictures") == "yes",
        steps=steps,
        end=end,
        checks=checks,
        recall=recall,
        step_versions=step_versions,
    )


def fingerprints(lesson: Lesson) -> Mapping[str, str]:
    """What a translation is stamped with: the fingerprint of each step, of end, checks, recall, and of the head."""
    head = fingerprint([lesson.title, _words_value(lesson.goal)])
    return {HEAD: head, **lesson.step_versions}


def fingerprint(value: object) -> str:
    """Sixteen hexadecimal digits; equal values have equal ones on every machine and in every year."""
    written = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode("ascii")).hexdigest()[:16]


def _step(step: StepAt) -> Step:
    variants = tuple(Variant(v.system, v.maker, _parts(v)) for v in step.variants)
    return Step(step.id, step.title, step.only, step.alone, _parts(step.shared), variants, step.spot.line)


def _parts(parts: PartsAt) -> Parts:
    def words(said: Said | None) -> Words | None:
        return said.words if said else None

    return Parts(
        instruction=words(parts.instruction),
        picture=parts.picture.picture if parts.picture else None,
        ask=words(parts.ask),
        ifs=tuple(IfYouSee(i.what.words, i.way_back.words, i.goto, i.goto_words) for i in parts.ifs),
        hints=tuple(h.words for h in parts.hints),
        say=words(parts.say),
        undo=words(parts.undo),
    )


def _question(question: QuestionAt) -> Question:
    choices = tuple(Choice(text_of(c.label.words), c.answer.words, c.right) for c in question.choices)
    return Question(question.id, question.question.words, choices)


def _words_value(words: Words | None) -> object:
    """Words without regard to how many spaces stand between them."""
    if words is None:
        return None
    value: list[object] = []
    for piece in words:
        if isinstance(piece, Plain):
            paragraphs = [re.sub(r"\s+", " ", part) for part in piece.text.split("\n\n")]
            value.append("\n\n".join(paragraphs))
        elif isinstance(piece, OnScreen):
            value.append([piece.screen, piece.element, piece.plain])
        else:
            value.append([piece.word, piece.term])
    return value


def _parts_value(parts: Parts) -> object:
    value = {name: _words_value(getattr(parts, name)) for name in ("instruction", "ask", "say", "undo")}
    return value | {
        "picture": asdict(parts.picture) if parts.picture else None,
        "ifs": [[_words_value(i.what), _words_value(i.way_back), i.goto, i.goto_words] for i in parts.ifs],
        "hints": [_words_value(h) for h in parts.hints],
    }


def _step_value(step: Step) -> object:
    variants = [[v.system, v.maker, _parts_value(v.parts)] for v in step.variants]
    return [step.id, step.title, step.only, step.alone, _parts_value(step.shared), variants]


def _question_value(question: Question) -> object:
    choices = [[c.label, _words_value(c.answer), c.right] for c in question.choices]
    return [question.id, _words_value(question.question), choices]
