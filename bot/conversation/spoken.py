"""What a voice may say and which pictures may be shown, all of it known beforehand."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.house import House
from bot.conversation.trip import RISKS
from bot.conversation.words import Namer, first_sentence, paragraphs, terms_in, unringed
from lessons.model import Lesson, Picture, StepFor, Words

# Phrases that say the title of a lesson.
WITH_TITLE = ("confidence.before", "recall.you_did", "back.we_were", "back.go_on", "choose.suggest", "advice.ask")


def _namer(house: House, lesson: Lesson, system: str, maker: str, phone_language: str = "") -> Namer:
    return Namer(house.screens, house.phrases, system, maker, phone_language or lesson.language, lesson.language)


def _said(namer: Namer, words: Words | None) -> Iterator[str]:
    yield from paragraphs(namer.aloud(words))


def _step(namer: Namer, step: StepFor) -> Iterator[str]:
    yield from _said(namer, step.say or step.instruction)
    for words in (step.ask, *step.hints, step.undo):
        yield from _said(namer, words)
    for seen in step.ifs:
        yield from _said(namer, seen.way_back)
    if step.say:
        yield from _said(namer, step.instruction)
    if name := namer.named(step):
        yield name
    title = namer.name(step.picture.screen) if step.picture and step.picture.screen else None
    if title and title.text:
        yield namer.phrases.say("trip.to_screen", namer.language, 0, screen=f"**{title.text}**")


def lines(house: House, lesson: Lesson, system: str, maker: str) -> tuple[str, ...]:
    """Each line once, in the order of the lesson."""
    namer = _namer(house, lesson, system, maker)
    found = [*_said(namer, lesson.goal)]
    for step in lesson.steps_for(system, maker):
        found += _step(namer, step)
        if lesson.risk in RISKS:
            found.append(house.phrases.say("look.which", lesson.language, 0, title=step.title))
    found += _said(namer, lesson.end)
    for question in (*lesson.checks, *lesson.recall):
        found += _said(namer, question.question)
        for choice in question.choices:
            found += [choice.label, *_said(namer, choice.answer)]
    for step in lesson.steps_for(system, maker):
        for term in terms_in(step.instruction):
            if entry := house.catalogue.term(term.term, lesson.language):
                text = first_sentence(entry.text)
                found.append(house.phrases.say("words.explained", lesson.language, 0, word=entry.word, text=text))
    found += [house.phrases.say(key, lesson.language, 0, title=lesson.title) for key in WITH_TITLE]
    return tuple(dict.fromkeys(line for line in found if line))


def own_lines(house: House, language: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(p for text in house.phrases.fixed(language) for p in paragraphs(text)))


def pictures(house: House, lesson: Lesson, system: str, maker: str, phone_language: str) -> tuple[Picture, ...]:
    found = [s.picture.on(system, maker, phone_language) for s in lesson.steps_for(system, maker) if s.picture]
    if lesson.risk in RISKS:  # looked at first, without the ring
        steps = lesson.steps_for(system, maker)
        found += [unringed(s, s.picture.on(system, maker, phone_language)) for s in steps if s.picture]
    return tuple(dict.fromkeys(found))
