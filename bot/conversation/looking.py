"""Look, don't touch yet: a lesson about money or identity is first walked on its pictures, where nothing can happen.

Each step shows its page without the ring and asks which of two things one would tap. Then the real phone is offered.
"""

from __future__ import annotations

import zlib

from bot.conversation import lesson, next_time, trip
from bot.conversation.labels import fits
from bot.conversation.scene import Asked, Scene
from bot.conversation.step import tell_words
from bot.conversation.words import Namer, unringed
from lessons.model import StepFor


def two_things(namer: Namer, step: StepFor) -> tuple[str, str] | None:
    """(what to tap, another thing of the same page), by the names of this phone; None where a page has no two."""
    picture = namer.on_phone(step.picture)
    if picture is None or not picture.element:
        return None
    things = namer.screens.things(
        picture.screen, picture.state, system=picture.system, maker=picture.maker, language=picture.phone_language
    )
    right = namer.name(picture.screen, picture.element)
    if right is None or not right.text or not right.sure or not fits(right.text, namer.language):
        return None
    others = [name for name in things if name != right.text and fits(name, namer.language)]
    if right.text not in things or not others:
        return None
    return right.text, others[_number(step) % len(others)]


def _number(step: StepFor) -> int:
    """The same for each learner and each time, and different from step to step."""
    return zlib.crc32(step.id.encode())


def _look(scene: Scene) -> None:
    """One page. Where two things stand on it the learner chooses; else it is told."""
    steps, number = trip.steps_of(scene), int(scene.arg or 0)
    if number >= len(steps):
        return scene.open("look_done")
    step = steps[number]
    pair = two_things(scene.namer, step)
    if pair is None:
        return _told(scene, step, number)
    scene.say("look.which", title=step.title)
    shown = scene.namer.on_phone(step.picture)
    scene.picture = unringed(step, shown) if shown else None
    choices = [("look_right", pair[0]), ("look_other", pair[1])]
    scene.ask(f"look:{number}", *(choices[::-1] if _number(step) % 2 else choices), "look_show", "help")


def _told(scene: Scene, step: StepFor, number: int) -> None:
    """The page with its ring, and what would be done there."""
    tell_words(scene, step.instruction, step.say)
    scene.picture = scene.namer.on_phone(step.picture)
    scene.ask(f"look:{number}", "look_on", "help")


def _here(scene: Scene) -> tuple[StepFor | None, int]:
    number = int(scene.session.asked.partition(":")[2] or 0)
    steps = trip.steps_of(scene)
    return (steps[number] if number < len(steps) else None), number


def _right(scene: Scene) -> None:
    scene.say("look.right")
    _on(scene)


def _other(scene: Scene) -> None:
    """Never a verdict: the ring shows it."""
    scene.say("look.other")
    _show(scene)


def _show(scene: Scene) -> None:
    step, number = _here(scene)
    if step is None:
        return scene.open("look_done")
    _told(scene, step, number)


def _on(scene: Scene) -> None:
    _, number = _here(scene)
    scene.open(f"look:{number + 1}")


def _done(scene: Scene) -> None:
    place = scene.session.place
    if place is None:
        return scene.open("choose")
    scene.mark("looked", " ".join(dict.fromkeys([*scene.note("looked").split(), place.lesson])))
    scene.say("look.done")
    scene.ask("look_done", "on_my_phone", "look_again", "not_today", "help")


def _back(scene: Scene) -> None:
    _, number = _here(scene)
    scene.open(f"look:{max(number - 1, 0)}")


def _skip(scene: Scene) -> None:
    scene.open("look_done")


def _stay(scene: Scene) -> None:
    """Lost, while nothing was touched: the same page once more."""
    scene.go_on()


def _again(scene: Scene) -> None:
    scene.open("look:0")


STATES = (
    Asked(
        "look",
        _look,
        {"look_right": _right, "look_other": _other, "look_show": _show, "look_on": _on},
        intents={
            "stuck": _show,
            "show_picture": _show,
            "simpler": _show,
            "next": _on,
            "resume": _on,
            "affirm": _on,
            "back": _back,
            "skip_step": _skip,
            "lost": _stay,
        },
    ),
    Asked(
        "look_done",
        _done,
        {"on_my_phone": lesson.for_real, "look_again": _again, "not_today": next_time.enough},
        yes="on_my_phone",
        no="not_today",
        intents={"next": "on_my_phone", "repeat": "look_again"},
    ),
)
