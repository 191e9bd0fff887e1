"""Rules about words: how long, how plain, and whether they are explained."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from lessons.diagnostic import Diagnostic
from lessons.model import Plain, Term
from lessons.plain_words import places_of, sentences, without
from lessons.reading_grade import grade as reading_grade
from lessons.rules.look import Look, parts_for, plain_runs, spot_in, text
from lessons.source import PartsAt, Run, Said, Spot


def sentence_too_long(look: Look) -> Iterator[Diagnostic]:
    most, unit = look.figures.sentence, look.figures.counts
    for said in look.said():
        for begin, sentence in sentences(text(said)):
            length = look.figures.length(sentence)
            if length > most:
                message = f"This sentence has {length} {unit}. Make two of it: at most {most} {unit} each."
                yield look.found(spot_in(said, begin), "sentence-too-long", message)


def step_too_long(look: Look) -> Iterator[Diagnostic]:
    """The instruction (and Say) alone, and together with the question that ends the message."""
    figures = look.figures
    for parts in _all_parts(look):
        for name, said in (("instruction", parts.instruction), ("Say", parts.say)):
            length = figures.length(text(said)) if said else 0
            if said and length > figures.step:
                message = (
                    f"The {name} has {length} {figures.counts}. At most {figures.step}: leave out, or make two steps."
                )
                yield look.found(said.spot, "step-too-long", message)
    seen: set[tuple[Spot, Spot]] = set()
    for system, maker in look.phones():
        for step in look.steps_for(system):
            near = parts_for(step, system, maker)
            ask = next((p.ask for p in near if p.ask), None)
            for said in (
                next((p.instruction for p in near if p.instruction), None),
                next((p.say for p in near if p.say), None),
            ):
                if said is None or ask is None or (said.spot, ask.spot) in seen:
                    continue
                seen.add((said.spot, ask.spot))
                length = figures.length(text(said)) + figures.length(text(ask))
                if figures.length(text(said)) <= figures.step and length > figures.message:
                    message = f"With its question the step has {length} {figures.counts}. At most {figures.message}."
                    yield look.found(ask.spot, "step-too-long", message)


def grade_too_high(look: Look) -> Iterator[Diagnostic]:
    """Flesch-Kincaid over the whole lesson, without names of buttons and words of the glossary."""
    most, aim = look.figures.grade_most, look.figures.grade_aim
    if most is None or aim is None:
        return
    words = [entry.word for entry in look.catalogue.terms(look.lesson.language).values()]
    plain = "\n".join(
        "".join(run.piece.text for run in plain_runs(said) if isinstance(run.piece, Plain)) for said in look.said()
    )
    for word in words:
        plain = re.sub(rf"\b{re.escape(word)}s?\b", "", plain, flags=re.IGNORECASE)
    if look.figures.length(plain) < 30:  # the formula says nothing about so few words
        return
    grade = reading_grade(plain)
    spot = look.lesson.title.spot
    if grade > most:
        message = f"The lesson reads at grade {grade:.1f}; at most {most:.0f}. Use shorter words and shorter sentences."
        yield look.found(spot, "grade-too-high", message)
    elif grade > aim:
        message = (
            f"The lesson reads at grade {grade:.1f}; the aim is {aim:.0f}. Look for long words and long sentences."
        )
        yield look.found(spot, "grade-too-high", message, note=True)


def banned_word(look: Look) -> Iterator[Diagnostic]:
    figures = look.figures
    banned = _that_occur(look, figures.banned)
    for said, spot_of in _every_text(look):
        looked_at = without(said, figures.allowed)
        for word, instead in banned.items():
            for place in places_of(word, looked_at):
                better = f' Write "{instead}".' if instead else " Leave it out."
                yield look.found(
                    spot_of(place), "banned-word", f'"{word}" talks down to people, or is office talk.' + better
                )


def todo_left(look: Look) -> Iterator[Diagnostic]:
    for number, line in enumerate(look.lesson.text.split("\n"), 1):
        outside = re.sub(r"<!--.*?-->", "", line)
        for mark in look.figures.todo:
            if mark in outside:
                yield look.found(
                    Spot(number, line.index(mark) + 1), "todo-left", f"Write this part: {mark} still stands here."
                )
                break


def word_unexplained(look: Look) -> Iterator[Diagnostic]:
    """Each technical word is a link to the glossary where a learner first meets it, on every phone."""
    terms = look.catalogue.terms(look.lesson.language)
    by_word = {entry.word: term for term, entry in terms.items()}
    explained_words = {word.lower() for word in by_word}
    words = by_word | {word: "" for word in look.figures.technical if word.lower() not in explained_words}
    words = _that_occur(look, words)
    explained = look.figures.explained
    seen: set[Spot] = set()
    for system, maker in look.phones():
        main, rest = _main_flow(look, system, maker), _side_flow(look, system, maker)
        for word, term in words.items():
            first = _first(main, word, term, explained) or _first(rest, word, term, explained)
            if first is None or first in seen:
                continue
            seen.add(first)
            link = f"[{word}](../glossary/{look.lesson.language}.md#{term or _term_for(word)})"
            add = "" if term else " and add it to the glossary"
            yield look.found(first, "word-unexplained", f'"{word}" first stands here. Make it a link{add}: {link}')


def _that_occur(look: Look, words: Mapping[str, str]) -> dict[str, str]:
    """Of many words those that may stand in the lesson at all."""
    text = look.lesson.text.lower()
    return {word: value for word, value in words.items() if word.lower() in text}


def _term_for(word: str) -> str:
    term = re.sub(r"[^a-z0-9]+", "-", word.lower()).strip("-")
    return term or "a-word-in-latin-letters"


def _first(flow: list[Said], word: str, term: str, explained: tuple[str, ...]) -> Spot | None:
    """Where the word stands unexplained before any link to it; None where it does not."""
    for said in flow:
        for run in said.runs:
            if isinstance(run.piece, Term) and (
                run.piece.term == term if term else run.piece.word.lower() == word.lower()
            ):
                return None
            if isinstance(run.piece, Plain):
                place = next(places_of(word, without(run.piece.text, explained)), None)
                if place is not None:
                    return run.spot.after(place)
    return None


def _main_flow(look: Look, system: str, maker: str) -> list[Said]:
    flow = [look.lesson.goal]
    for step in look.steps_for(system):
        near = parts_for(step, system, maker)
        flow += [said for said in (next((p.instruction for p in near if p.instruction), None),) if said]
        flow += [said for said in (next((p.ask for p in near if p.ask), None),) if said]
    return flow


def _side_flow(look: Look, system: str, maker: str) -> list[Said]:
    """What is met only now and then. An explanation in the main flow counts for it too."""
    flow = _main_flow(look, system, maker)
    for step in look.steps_for(system):
        for parts in parts_for(step, system, maker):
            flow += [one.way_back for one in parts.ifs] + list(parts.hints) + ([parts.undo] if parts.undo else [])
    flow.append(look.lesson.end)
    for question in look.lesson.questions():
        flow += [question.question, *(choice.answer for choice in question.choices)]
    return flow


def _all_parts(look: Look) -> Iterator[PartsAt]:
    for step in look.lesson.steps:
        yield from step.all_parts()


def _every_text(look: Look) -> Iterator[tuple[str, Callable[[int], Spot]]]:
    """(text, function from a place in it to its place in the file): plain words, titles, pictures, not names."""
    for said in (look.lesson.title, *look.said()):
        for run in plain_runs(said):
            yield _text_of(run), run.spot.after
    for step in look.lesson.steps:
        yield step.title, partial(_always, step.spot)
        for parts in step.all_parts():
            if parts.picture:
                yield parts.picture.picture.alt, parts.picture.spot.after(len("![")).after


def _always(spot: Spot, _: int) -> Spot:
    return spot


def _text_of(run: Run) -> str:
    return run.piece.text if isinstance(run.piece, Plain) else ""
