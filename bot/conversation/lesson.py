"""A lesson: what it is for, then step by step, each ending with the same four buttons."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.conversation import trip
from bot.conversation.knowing import confidence_due
from bot.conversation.scene import Scene
from bot.conversation.step import show_step, tell_words
from bot.messages import Place
from lessons.model import StepFor

PAUSED_AT_MOST = 3


def begin(scene: Scene, lesson_id: str) -> None:
    """Start a lesson; one that was going on is kept to come home to."""
    lesson = scene.house.catalogue.lesson(lesson_id, scene.language)
    if lesson is None:
        return scene.open("choose")
    leave(scene, lesson_id)
    scene.set(wanted="" if scene.session.wanted == lesson_id else scene.session.wanted)
    scene.set(place=Place(lesson.id, lesson.language, lesson.version, "", since=scene.at))
    scene.mark("done", "")
    scene.mark("short", "")
    scene.mark("met")
    scene.event("lesson_started")
    if confidence_due(scene, lesson_id):
        return scene.open("confidence:before")
    first_step(scene)


def first_step(scene: Scene) -> None:
    """The goal in the learner's words, and the first step."""
    lesson = scene.lesson
    steps = trip.steps_of(scene)
    if lesson is None or not steps:
        return scene.open("choose")
    tell_words(scene, lesson.goal)
    if trip.looks_first(scene):
        return look_first(scene, steps[0].id)
    for_real(scene)


def look_first(scene: Scene, step_id: str) -> None:
    """Stand before this step, and see the whole way on its pictures before the phone is touched."""
    place = scene.session.place
    assert place is not None
    scene.set(place=replace(place, step=step_id, misses=0, hints=0))
    scene.say("look.first")
    scene.open("look:0")


def for_real(scene: Scene) -> None:
    """The first step, on the learner's own phone."""
    lesson, steps = scene.lesson, trip.steps_of(scene)
    if lesson is None or not steps:
        return scene.open("choose")
    if lesson.leaves_chat and trip.leaves(scene):
        scene.say("lesson.leaves_chat")
    enter(scene, steps[0].id)


def enter(scene: Scene, step_id: str) -> None:
    """Arrive at a step."""
    place = scene.session.place
    assert place is not None
    scene.set(place=replace(place, step=step_id, misses=0, hints=0))
    scene.mark("again", "")
    scene.mark("trip", "")
    if trip.leaves(scene):
        scene.mark("ways_home", min(scene.count("ways_home") + 1, trip.AT_MOST + 1))
    scene.event("step_shown")
    scene.open("step")


def leave(scene: Scene, for_lesson: str = "") -> None:
    """Put the present lesson aside without losing the place; at most three wait."""
    place, waiting = scene.session.place, scene.session.paused
    unstick(scene)
    if place and place.step not in ("", "end") and place.lesson != for_lesson:
        scene.event("lesson_left")
        waiting = (
            replace(place, since=scene.at - timedelta(seconds=scene.gap)),
            *(p for p in waiting if p.lesson != place.lesson),
        )
    scene.set(place=None, paused=tuple(p for p in waiting if p.lesson != for_lesson)[:PAUSED_AT_MOST])


def take_up(scene: Scene, lesson_id: str) -> bool:
    """Come home to a lesson that waits. False where it does not wait."""
    place = next((p for p in scene.session.paused if p.lesson == lesson_id), None)
    if place is None:
        return False
    leave(scene, lesson_id)
    scene.set(place=place)
    scene.mark("done", "")
    scene.event("resumed")
    return True


def unstick(scene: Scene) -> None:
    if scene.note("stuck"):
        scene.mark("stuck", "")
        scene.event("unstuck")


def done(scene: Scene) -> None:
    """The present trip is done, with all its steps."""
    finished = trip.trip(scene)
    place = scene.session.place
    if place is None or not finished:
        return scene.open("choose")
    trip.round_trip(scene, missed=place.misses > 0)
    go_past(scene, finished)


def go_past(scene: Scene, finished: tuple[StepFor, ...], *, skipped: bool = False) -> None:
    """These steps lie behind: note them, and go to the one after them, or to the end."""
    if not skipped:
        for step in finished:
            scene.event("step_done", step=step.id)
        scene.mark("done", " ".join([*scene.note("done").split(), *(s.id for s in finished)]))
    unstick(scene)
    steps = trip.steps_of(scene)
    index = next((i for i, s in enumerate(steps) if s.id == finished[-1].id), 0) + 1
    if index >= len(steps):
        return finish(scene)
    if not skipped:
        halfway = len(steps) >= 4 and index * 2 == len(steps) and len(finished) == 1
        scene.say("step.halfway" if halfway else "step.well")
    after = steps[index]
    if trip.may_offer_three(scene):
        place = scene.session.place
        assert place is not None
        scene.set(place=replace(place, step=after.id, misses=0, hints=0))
        return scene.open("three")
    enter(scene, after.id)


def go_to(scene: Scene, step_id: str) -> None:
    """Where an *If you see* link leads: a step of this lesson, or its end."""
    if step_id == "end":
        return finish(scene)
    if step_id in [s.id for s in trip.steps_of(scene)]:
        return enter(scene, step_id)
    scene.open("step", brief=True)


def finish(scene: Scene) -> None:
    """The closing words; then what remains to be asked, one thing at a time."""
    lesson, place = scene.lesson, scene.session.place
    assert lesson is not None and place is not None
    scene.set(place=replace(place, step="end", misses=0, hints=0))
    scene.event("lesson_finished")
    scene.mark("finished", " ".join(dict.fromkeys([*scene.note("finished").split(), lesson.id])))
    scene.mark("lessons_today", scene.count("lessons_today") + 1)
    scene.mark("met")
    tell_words(scene, lesson.end)
    scene.open("after_checks:0")


def show(scene: Scene) -> None:
    """The present step; before the first one, what the lesson is for as well."""
    place = scene.session.place
    if place and place.step == "":
        return first_step(scene)
    if place and trip.looks_first(scene):
        return look_first(scene, place.step)
    show_step(scene)
