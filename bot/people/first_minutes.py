"""A new volunteer's first ten minutes: a lesson in the lessons' own format (`lessons/for-volunteers`), one small doing at
a time, in the messenger or on the page. Where somebody is stands in the button, so that nothing is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.messages import Button, Reply
from bot.phrases.words import Words

CHOICE = "desk-first-"
STUCK = "-stuck"


@dataclass(frozen=True)
class FirstStep:
    """`others`: (what else may be seen, what to do then)."""

    title: str
    words: str
    ask: str
    hints: tuple[str, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    undo: str = ""


@dataclass(frozen=True)
class FirstLesson:
    title: str
    goal: str
    steps: tuple[FirstStep, ...]
    end: str


ReadsFirst = Callable[[str], FirstLesson]  # by language


def first_minutes(choice: str, lesson_in: ReadsFirst, language: str, address: str = "") -> Reply | None:
    """What a button asks for: `desk-first-0` and on, `desk-first-0-stuck`. None where the button is another. `address`
    is where the report stands."""
    number = choice.removeprefix(CHOICE).removesuffix(STUCK)
    if not choice.startswith(CHOICE) or not number.isdecimal():
        return None
    lesson, t, at = lesson_in(language), Words(language), int(number)
    if at >= len(lesson.steps):
        return Reply(lesson.end, spoken="", buttons=(Button("desk-report", t("chat.who_needs")),))
    step = lesson.steps[at]
    if choice.endswith(STUCK):
        lines = [*step.hints, *(t("first.other", what=what, way=way) for what, way in step.others), step.undo]
        buttons = [Button(f"{CHOICE}{at + 1}", t("first.done")), Button(f"{CHOICE}{at}", t("first.again"))]
    else:
        head = t("first.step", title=f"**{step.title}**", n=at + 1, of=len(lesson.steps))
        lines = [lesson.goal if at == 0 else "", head, step.words, _there(t, address) if at == 0 else "", step.ask]
        buttons = [Button(f"{CHOICE}{at + 1}", t("first.done")), Button(f"{CHOICE}{at}{STUCK}", t("first.stuck"))]
        if at:
            buttons.append(Button(f"{CHOICE}{at - 1}", t("first.back")))
    return Reply("\n\n".join(line for line in lines if line), spoken="", buttons=tuple(buttons))


def _there(t: Words, address: str) -> str:
    return t("first.address", address=address) if address else t("first.no_address")
