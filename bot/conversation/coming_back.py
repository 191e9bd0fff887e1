"""Coming back: within the hour, later, after days, after weeks. Never how long it was, and no backlog."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import checks, choosing, family, knowing, lesson, trip
from bot.conversation.scene import Asked, Scene

HOUR = 3600
DAYS_3 = 3 * 86400
DAYS_14 = 14 * 86400


def new_visit(scene: Scene) -> None:
    """Counters of one visit begin anew."""
    for key in ("lessons_today", "recalled", "rested", "again", "who_asked"):
        scene.mark(key, "")
    scene.mark("visit", int(scene.at.timestamp()))


def welcome(scene: Scene) -> None:
    """The right hello for how long the learner was away, and the way back in."""
    if who_is_here(scene):
        scene.mark("who_asked", "arriving")
        return scene.open("who")
    if family.asks_alone(scene):
        return scene.open("family_wish")
    welcome_on(scene)


def welcome_on(scene: Scene) -> None:
    """Who it is, is known."""
    if scene.gap > DAYS_14:
        return after_weeks(scene)
    asked, _, about = scene.session.asked.partition(":")
    if asked == "advice" and not scene.session.place:
        scene.set(wanted=about)  # what they were about to begin is offered first
    place = scene.session.place
    if place and place.step not in ("", "end"):
        return back_to_lesson(scene)
    if scene.gap > HOUR or scene.heard.intent == "greet":
        greet(scene)
    if place:
        return scene.open("step")
    if scene.gap > HOUR and checks.offer_recall(scene):
        return
    scene.open("choose")


def who_is_here(scene: Scene) -> bool:
    """Several people share this phone, or the greeting after weeks is not enough to know."""
    if scene.note("who_asked") or scene.gap <= HOUR:
        return False
    if scene.heard.choice:
        return False
    greeted = scene.heard.intent in ("greet", "out_of_scope")
    return (bool(scene.known.people) and greeted) or (scene.gap > DAYS_14 and bool(scene.session.name))


def greet(scene: Scene) -> None:
    name = scene.session.name
    scene.say("hello.name" if name else "hello.plain", name=name)


def after_weeks(scene: Scene) -> None:
    """Hello, what they can already do, one choice of three."""
    lesson.leave(scene)
    scene.mark("who_asked")
    name = scene.session.name
    scene.say("hello.nice_name" if name else "hello.nice", name=name)
    titles = can_do(scene)
    if titles:
        scene.say("hello.you_can", what=titles)
    scene.open("come_back")


def can_do(scene: Scene, at_most: int = 3) -> str:
    """What this learner can do, in the lessons' own words, the newest first."""
    known = [t for x in reversed(knowing.finished_lessons(scene)) if (t := knowing.title(scene, x))]
    return "\n".join(f"• {title}" for title in known[:at_most])


def _come_back(scene: Scene) -> None:
    scene.say("choose.ask_today")
    left = scene.session.paused[:1]
    first = [(f"lesson:{p.lesson}", choosing.label(scene, p.lesson)) for p in left]
    scene.ask("come_back", *first, "something_small", "something_new", "help")


def back_to_lesson(scene: Scene) -> None:
    """The learner was in the middle of a lesson."""
    place = scene.session.place
    steps = trip.steps_of(scene)
    if place is None or not steps:
        return scene.open("choose")
    here = trip.position(scene)
    scene.event("resumed")
    if scene.gap > DAYS_3:
        greet(scene)
        scene.say("back.we_were", title=knowing.title(scene, place.lesson))
        scene.say("back.from_start")
        return from_start(scene)
    if scene.gap > HOUR:
        greet(scene)
        scene.say("back.we_were", title=knowing.title(scene, place.lesson))
        return walk_again(scene)
    scene.say("back.at_step", number=str(here + 1))
    if not trip.leaves(scene) or here == 0:
        return scene.open("step", brief=True)
    scene.set(place=replace(place, misses=0))
    scene.open("where_are_you")


def walk_again(scene: Scene) -> None:
    """The phone has moved on since: the way from its first page, as names, and what is seen there."""
    here = trip.position(scene)
    place = scene.session.place
    way = trip.short_way(scene, here)
    if not trip.leaves(scene) or here == 0 or not way or place is None:
        return scene.open("step")
    scene.set(place=replace(place, misses=0))
    scene.say("back.moved_on", way=way)
    scene.open("where_are_you")


def from_start(scene: Scene) -> None:
    """The lesson's short form: from the first step, without its goal."""
    steps = trip.steps_of(scene)
    scene.mark("done", "")
    scene.mark("ways_home", min(scene.count("ways_home"), trip.AT_MOST - 1))
    if not steps or scene.session.place is None:
        return scene.open("choose")
    lesson.enter(scene, steps[0].id)


def take_up(scene: Scene, lesson_id: str) -> None:
    """A lesson that was put aside goes on."""
    place = next((p for p in scene.session.paused if p.lesson == lesson_id), None)
    away = (scene.at - place.since).total_seconds() if place and place.since else 0.0
    if not lesson.take_up(scene, lesson_id):
        return choosing.start(scene, lesson_id)
    if away > DAYS_3:
        scene.say("back.from_start")
        return from_start(scene)
    scene.say("back.go_on", title=knowing.title(scene, lesson_id))
    walk_again(scene)


def resume(scene: Scene) -> None:
    """Go on where we were: here, or the newest that was put aside."""
    place = scene.session.place
    waiting = [p.lesson for p in scene.session.paused]
    meant = next((x for x, _ in scene.heard.lessons if x in waiting), "")
    if meant:
        return take_up(scene, meant)
    if place and place.step not in ("", "end"):
        return back_to_lesson(scene)
    if place:
        return scene.go_on()
    if scene.session.paused:
        return take_up(scene, scene.session.paused[0].lesson)
    scene.say("back.nothing_open")
    scene.open("choose")


STATES = (
    Asked(
        "come_back",
        _come_back,
        {
            "lesson": lambda s: take_up(s, s.arg),
            "something_small": lambda s: choosing.something_small(s),
            "something_new": lambda s: choosing.suggest_next(s),
        },
        yes="something_small",
        intents={"next": "something_small", "resume": resume},
    ),
)
