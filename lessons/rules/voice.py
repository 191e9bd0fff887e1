"""Rules about what the voice says: there is something to say, and it does not go on too long."""

from __future__ import annotations

from collections.abc import Iterator

from lessons.diagnostic import Diagnostic
from lessons.rules.look import Look, parts_for, text
from lessons.source import Said, Spot

LONGEST = 90.0  # seconds


def voice_empty(look: Look) -> Iterator[Diagnostic]:
    """Words without a letter or a digit, such as "...", are nothing to a voice."""
    for said in look.said():
        words = text(said)
        if words.strip() and not any(c.isalnum() for c in words):
            message = f'A voice has nothing to say in "{words.strip()}". Write it in words.'
            yield look.found(said.spot, "voice-empty", message)


def voice_too_long(look: Look) -> Iterator[Diagnostic]:
    """On each phone what is said at once: a step with its question; each of the other parts by itself."""
    if look.seconds is None:
        return
    at_once = [*_steps(look), *(([said], said.spot) for said in _others(look))]
    told: set[Spot] = set()
    for parts, spot in at_once:
        seconds = look.seconds("\n".join(text(said) for said in parts))
        if seconds > LONGEST and spot not in told:
            told.add(spot)
            message = f"The voice would speak for {seconds:.0f} seconds here. At most {LONGEST:.0f}: say less, or make two steps."
            yield look.found(spot, "voice-too-long", message)


def _steps(look: Look) -> Iterator[tuple[list[Said], Spot]]:
    """What the voice says of each step, and where that stands."""
    for system, maker in look.phones():
        for step in look.steps_for(system):
            near = parts_for(step, system, maker)
            said = next((p.say for p in near if p.say), None) or next(
                (p.instruction for p in near if p.instruction), None
            )
            ask = next((p.ask for p in near if p.ask), None)
            if said:
                yield [part for part in (said, ask) if part], said.spot


def _others(look: Look) -> Iterator[Said]:
    yield look.lesson.goal
    for step in look.lesson.steps:
        for parts in step.all_parts():
            yield from (*(one.way_back for one in parts.ifs), *parts.hints)
            if parts.undo:
                yield parts.undo
    yield look.lesson.end
    for question in look.lesson.questions():
        yield question.question
        yield from (choice.answer for choice in question.choices)
