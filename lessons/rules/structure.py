"""Rules about the build of a lesson: steps, their parts, questions, and where links lead."""

from __future__ import annotations

from collections.abc import Iterator

from lessons.diagnostic import Diagnostic
from lessons.nearest import did_you_mean
from lessons.rules.look import Look, parts_for, text
from lessons.source import Said, Spot

LONGEST_ALT = 120
FEWEST_STEPS, MOST_STEPS = 3, 8
MOST_OF_A_KIND = 3
NAMES = {"android": "Android", "iphone": "iPhone", "harmony": "Harmony"}


def step_count(look: Look) -> Iterator[Diagnostic]:
    for system in look.systems:
        count = len(look.steps_for(system))
        if not FEWEST_STEPS <= count <= MOST_STEPS:
            message = f"On {NAMES[system]} the lesson has {count} steps. It needs {FEWEST_STEPS} to {MOST_STEPS}."
            yield look.found(look.lesson.title.spot, "step-count", message)


def step_incomplete(look: Look) -> Iterator[Diagnostic]:
    seen: set[tuple[str, str, str]] = set()
    for system, maker in look.phones():
        for step in look.steps_for(system):
            near = parts_for(step, system, maker)
            lacking = [
                name
                for name, has in (
                    ("an instruction", any(p.instruction for p in near)),
                    ("a picture", any(p.picture for p in near)),
                    ("an Ask", any(p.ask for p in near)),
                    ("a Hint or an If you see", any(p.hints or p.ifs for p in near)),
                )
                if not has
            ]
            if lacking and (step.id, system, "") not in seen:
                seen.add((step.id, system, maker))
                message = f"On {NAMES[system]} this step lacks {' and '.join(lacking)}."
                yield look.found(step.spot, "step-incomplete", message)


def parts_too_many(look: Look) -> Iterator[Diagnostic]:
    """A variant's hints come before the shared ones: together they may be too many."""
    seen: set[tuple[str, str, str]] = set()
    for system, maker in look.phones():
        for step in look.steps_for(system):
            near = parts_for(step, system, maker)
            for name, count in (
                ("Hint", sum(len(p.hints) for p in near)),
                ("If you see", sum(len(p.ifs) for p in near)),
            ):
                each_fits = all(len(p.hints) <= MOST_OF_A_KIND and len(p.ifs) <= MOST_OF_A_KIND for p in near)
                if count > MOST_OF_A_KIND and each_fits and (step.id, system, name) not in seen:
                    seen.add((step.id, system, name))
                    message = f"On {NAMES[system]} this step has {count} of {name}, with those of its variants. At most {MOST_OF_A_KIND}."
                    yield look.found(step.spot, "parts-too-many", message)


def undo_missing(look: Look) -> Iterator[Diagnostic]:
    for system in look.systems:
        if not any(p.undo for step in look.steps_for(system) for p in parts_for(step, system, "")):
            message = f"On {NAMES[system]} no step says how to undo it. Write at least one **Undo** line."
            yield look.found(look.lesson.title.spot, "undo-missing", message)


def button_too_long(look: Look) -> Iterator[Diagnostic]:
    most = look.figures.button
    for said in _buttons(look):
        length = len(text(said).strip())
        if length > most:
            message = f"This becomes a button and has {length} characters. At most {most}."
            yield look.found(said.spot, "button-too-long", message)


def button_twice(look: Look) -> Iterator[Diagnostic]:
    seen: set[Spot] = set()
    for system, maker in look.phones():
        for step in look.steps_for(system):
            ifs = [one.what for parts in parts_for(step, system, maker) for one in parts.ifs]
            yield from _twice(look, ifs, seen)
    for question in look.lesson.questions():
        yield from _twice(look, [choice.label for choice in question.choices], seen)


def _twice(look: Look, labels: list[Said], seen: set[Spot]) -> Iterator[Diagnostic]:
    had: set[str] = set()
    for said in labels:
        label = text(said).strip().lower()
        if label in had and said.spot not in seen:
            seen.add(said.spot)
            yield look.found(said.spot, "button-twice", f'Two buttons would both say "{text(said).strip()}".')
        had.add(label)


def _buttons(look: Look) -> Iterator[Said]:
    for step in look.lesson.steps:
        for parts in step.all_parts():
            yield from (one.what for one in parts.ifs)
    for question in look.lesson.questions():
        yield from (choice.label for choice in question.choices)


def alt_too_long(look: Look) -> Iterator[Diagnostic]:
    for step in look.lesson.steps:
        for parts in step.all_parts():
            if parts.picture and len(parts.picture.picture.alt) > LONGEST_ALT:
                message = (
                    f"The picture's words have {len(parts.picture.picture.alt)} characters. At most {LONGEST_ALT}."
                )
                yield look.found(parts.picture.spot, "alt-too-long", message)


def goto_missing(look: Look) -> Iterator[Diagnostic]:
    """A link leads to a step that the same phone has, or to the end."""
    ids = [step.id for step in look.lesson.steps] + ["end"]
    for step in look.lesson.steps:
        for parts in step.all_parts():
            for one in parts.ifs:
                if not one.goto or one.goto == "end":
                    continue
                target = next((s for s in look.lesson.steps if s.id == one.goto), None)
                if target is None:
                    message = f"There is no step {one.goto}." + did_you_mean(one.goto, ids)
                    yield look.found(one.goto_spot, "goto-missing", message)
                    continue
                here = parts.system or step.only
                lacking = [NAMES[s] for s in look.systems if target.only not in ("", s) and here in ("", s)]
                if lacking:
                    message = f"The step {one.goto} is not there on {', '.join(lacking)}."
                    yield look.found(one.goto_spot, "goto-missing", message)


def right_choice(look: Look) -> Iterator[Diagnostic]:
    for question in look.lesson.questions():
        right = sum(choice.right for choice in question.choices)
        if question.choices and right != 1:
            message = f"{right} choices are marked [x]. Exactly one is right."
            yield look.found(question.spot, "right-choice", message)
        if not 2 <= len(question.choices) <= 3:
            message = f"The question has {len(question.choices)} choices. It needs two or three."
            yield look.found(question.spot, "right-choice", message)
