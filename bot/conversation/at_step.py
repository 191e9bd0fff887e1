"""What may be said at a step besides "done" and "I can't find it"."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import ladder, lesson, trip
from bot.conversation.scene import Asked, Handler, Scene
from bot.conversation.step import ask_step, tell_words


def hear_again(scene: Scene) -> None:
    """Asking again is hearing: never a miss. At the third time slower or other words are offered."""
    scene.event("repeated")
    times = scene.count("again") + 1
    scene.mark("again", times)
    if times % 3 == 0:
        return scene.open("slower_or_other")
    scene.say("step.again")
    scene.open("step")
    scene.read_buttons = True


def back(scene: Scene) -> None:
    """One step back, because the learner asks for it."""
    here, steps = trip.position(scene), trip.steps_of(scene)
    if not steps or here == 0:
        scene.say("step.no_further_back")
        return scene.open("step", brief=True)
    scene.event("went_back")
    scene.say("step.back")
    lesson.enter(scene, steps[here - 1].id)


def skip(scene: Scene) -> None:
    steps = trip.trip(scene)
    if not steps:
        return scene.open("choose")
    scene.event("step_skipped")
    scene.say("step.skipped")
    scene.mark("short_way")
    lesson.go_past(scene, steps[:1], skipped=True)


def restart(scene: Scene) -> None:
    place = scene.session.place
    if place is None:
        return scene.open("choose")
    scene.say("lesson.from_start")
    scene.set(place=None)
    lesson.begin(scene, place.lesson)


def simpler(scene: Scene) -> None:
    """Other, fewer words: what the voice would say, or the shortest hint."""
    steps = trip.trip(scene)
    if not steps:
        return scene.go_on()
    step = steps[0]
    scene.say("step.other_words")
    place = scene.session.place
    assert place is not None
    if step.say or not step.hints:
        tell_words(scene, step.say or step.instruction)
    else:
        tell_words(scene, step.hints[place.hints % len(step.hints)])
        scene.set(place=replace(place, hints=place.hints + 1))
    ask_step(scene)


def show_picture(scene: Scene) -> None:
    scene.say("step.picture")
    ask_step(scene)


def three(scene: Scene) -> None:
    scene.say("three.ask")
    scene.ask("three", "yes_three", "one_is_fine", "help")


def _three(answer: str) -> Handler:
    def answered(scene: Scene) -> None:
        scene.mark("three", answer)
        place = scene.session.place
        if place is None:
            return scene.open("choose")
        scene.say(f"three.{answer}")
        lesson.enter(scene, place.step)

    return answered


def one_at_a_time(scene: Scene) -> None:
    """Three at a time may be undone at any time."""
    scene.mark("three", "no")
    scene.say("three.no")
    scene.open("step")


def slower_or_other(scene: Scene) -> None:
    scene.say("again.ask")
    scene.ask("slower_or_other", "slower", "other_words", "repeat", "help")


def _slower(scene: Scene) -> None:
    scene.set(rate="slower")
    scene.say("voice.slower")
    scene.open("step", brief=True)


def _other(scene: Scene) -> None:
    simpler(scene)


def _once_more(scene: Scene) -> None:
    scene.event("repeated")
    scene.open("step")
    scene.read_buttons = True


STATES = (
    Asked(
        "step",
        lesson.show,
        {"next": lesson.done, "stuck": ladder.miss, "repeat": hear_again},
        yes="next",
        no="stuck",
    ),
    Asked("three", three, {"yes_three": _three("yes"), "one_is_fine": _three("no")}, yes="yes_three", no="one_is_fine"),
    Asked(
        "slower_or_other",
        slower_or_other,
        {"slower": _slower, "other_words": _other, "repeat": _once_more},
        yes="slower",
        no="repeat",
        intents={"voice_slower": "slower", "simpler": "other_words", "repeat": "repeat"},
    ),
)
