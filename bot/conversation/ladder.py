"""The ladder of misses: where are you? another way; a choice. Never a verdict, and no rung twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.conversation import a_person, lesson, trip
from bot.conversation.labels import fit, fits
from bot.conversation.scene import Asked, Scene
from bot.conversation.step import ask_step, tell_words
from bot.conversation.words import plainly
from lessons.model import StepFor

Say = Callable[[Scene], None]


def miss(scene: Scene) -> None:
    """The learner cannot find it. What is said depends on how often that was so at this step."""
    place = scene.session.place
    if place is None or not trip.trip(scene):
        return scene.open("choose")
    reason = scene.heard.reason
    if reason == "asks_password":
        scene.say("ladder.password")
        return ask_step(scene, picture=False)
    trip.round_trip(scene, missed=True)
    together = len(trip.trip(scene)) > 1
    scene.mark("trip", len(trip.trip(scene)) if together else "")
    misses = place.misses + 1
    scene.event("looks_different" if reason == "looks_different" else "not_found")
    if reason == "looks_different":
        misses = max(misses, 2)
    scene.set(place=replace(place, misses=misses))
    if misses == 1 and reason == "nothing_happens":
        scene.say("ladder.nothing_happens")
        return ask_step(scene, picture=False)
    if misses == 1 and trip.only_looks(scene):
        scene.say("ladder.first_look")
        _next_way(scene, trip.trip(scene)[0])
        return
    if misses == 1:
        return where_are_you(scene, together=together)
    if misses == 2:
        if reason == "looks_different" and not scene.session.maker and scene.session.system != "iphone":
            scene.say("ladder.looks_different")
            return scene.open("maker")
        return another_way(scene)
    choice(scene)


def where_are_you(scene: Scene, *, together: bool = False) -> None:
    scene.say("ladder.one_by_one" if together else "ladder.first")
    scene.open("where_are_you")


# First rung: where are you?


def show_where(scene: Scene) -> None:
    scene.say("where.ask")
    scene.ask("where_are_you", *places_to_be(scene)[:2], ("see:other", scene.phrase("where.something_else")), "help")


def places_to_be(scene: Scene) -> list[tuple[str, str]]:
    """What may be seen now: the step's own *If you see*, then the screens before and after."""
    steps, here = trip.steps_of(scene), trip.position(scene)
    if not steps:
        return []
    ifs = [
        (f"see:if{n}", label)
        for n, i in enumerate(steps[here].ifs)
        if fits(label := fit(plainly(scene.namer.text(i.what)), scene.language), scene.language)
    ]
    screens = [
        (f"see:{where}", label)
        for where, index in (("here", here), ("before", here - 1), ("after", here + 1))
        if not trip.only_looks(scene) and 0 <= index < len(steps) and (label := screen_label(scene, steps[index]))
    ]
    if together := scene.count("trip"):
        ways_on = [*range(here + 1, here + together + 1), here]
        found = [(f"see:at{n}", name) for n in ways_on if n < len(steps) and (name := screen_label(scene, steps[n]))]
        return list({name: (choice, name) for choice, name in reversed(found)}.values())[::-1]
    place = scene.session.place
    if place and not place.misses:  # nothing was missed: only where the phone is
        ifs, screens = [], [*screens, *ifs]
    pool = [*ifs[:1], *screens[:1], *ifs[1:], *screens[1:]]
    labels: set[str] = set()
    return [(c, w) for c, w in pool if not (w in labels or labels.add(w))]  # type: ignore[func-returns-value]


def screen_label(scene: Scene, step: StepFor) -> str:
    """A screen in two or three words for a button; "" where it has no short name."""
    screen = step.picture.screen if step.picture else ""
    if not screen:
        return ""
    if screen in trip.HOME_SCREENS:
        return scene.phrase("where.home")
    title = trip.screen_title(scene, step)
    return title if fits(title, scene.language) else ""


def _seen(scene: Scene) -> None:
    steps, here = trip.steps_of(scene), trip.position(scene)
    if not steps:
        return scene.open("choose")
    what = scene.arg
    scene.mark("trip", "")
    if what.startswith("at") and what[2:].isdigit():
        return _came_so_far(scene, steps, here, int(what[2:]))
    if what.startswith("if") and what[2:].isdigit() and int(what[2:]) < len(steps[here].ifs):
        seen = steps[here].ifs[int(what[2:])]
        scene.event("hint_given", kind="if_you_see")
        tell_words(scene, seen.way_back)
        if seen.goto and seen.goto != steps[here].id:
            return lesson.go_to(scene, seen.goto)
        return ask_step(scene, picture=False)
    if what == "after" and here + 1 < len(steps):
        scene.say("where.already")
        return lesson.go_past(scene, (steps[here],))
    if what == "here":
        scene.say("where.right_place")
        place = scene.session.place
        if place and not place.misses:
            return scene.open("step", brief=True)
        _next_way(scene, steps[here])
        return
    if trip.only_looks(scene):
        _next_way(scene, steps[here])
        return
    along(scene, from_home=what != "before" or here == 0)


def _came_so_far(scene: Scene, steps: tuple[StepFor, ...], here: int, there: int) -> None:
    """Of several steps some are done: the learner says which page the phone shows."""
    if here < there < len(steps):
        scene.say("where.so_far")
        return lesson.go_past(scene, steps[here:there])
    scene.say("where.right_place")
    _next_way(scene, steps[here])


def along(scene: Scene, *, from_home: bool) -> None:
    """The way to this step, from the start of the phone or from the page before."""
    steps, here = trip.steps_of(scene), trip.position(scene)
    place = scene.session.place
    if place and place.misses:
        scene.event("hint_given", kind="way")
    if from_home:
        scene.say_by("way.out", scene.session.system)
        if way := trip.short_way(scene, here):
            scene.say("way.then", way=way)
        tell_words(scene, steps[here].instruction)
    else:
        scene.say("way.from_there")
        tell_words(scene, steps[here - 1].instruction)
        tell_words(scene, steps[here].instruction)
    ask_step(scene)


# Second rung: another way


def ways(scene: Scene, step: StepFor) -> list[Say]:
    """The other ways to one step, gentlest first; each is told once."""
    found: list[Say] = [lambda s, hint=hint: tell_words(s, hint) for hint in step.hints]  # type: ignore[misc]
    steps, here = trip.steps_of(scene), trip.position(scene)
    target = scene.namer.named(step)
    through_settings = [s for s in steps[:here] if s.picture and s.picture.element == "settings"]
    if target and through_settings:
        found.append(lambda s: s.say("way.search", what=target))
    if here and trip.leaves(scene) and (way := trip.short_way(scene, here)):
        found.append(lambda s: s.say("way.whole", way=way))
    if target:
        found.append(lambda s: s.say("way.picture", what=target))
    return found


def _next_way(scene: Scene, step: StepFor) -> bool:
    """Tell the next way that was not told yet, and ask again. False where all have been told."""
    place = scene.session.place
    assert place is not None
    left = ways(scene, step)[place.hints :]
    if left:
        left[0](scene)
        scene.set(place=replace(place, hints=place.hints + 1))
        scene.event("hint_given", kind="hint")
    else:
        tell_words(scene, step.instruction)
    ask_step(scene)
    return bool(left)


def another_way(scene: Scene) -> None:
    steps, place = trip.trip(scene), scene.session.place
    if not steps or place is None:
        return scene.open("choose")
    if not ways(scene, steps[0])[place.hints :]:
        return choice(scene)
    scene.say("ladder.second")
    _next_way(scene, steps[0])


# Third rung: a choice


def choice(scene: Scene) -> None:
    """Stuck, and that is said to the volunteers, never to the learner."""
    place = scene.session.place
    assert place is not None
    if not scene.note("stuck"):
        scene.mark("stuck")
        _tell_volunteers(scene)
    elif place.misses % 2 == 0 and (steps := trip.trip(scene)):
        left = ways(scene, steps[0])[place.hints :]
        if left:
            scene.say("ladder.one_more")
            left[0](scene)
            scene.set(place=replace(place, hints=place.hints + 1))
            scene.event("hint_given", kind="hint")
            return ask_step(scene)
    scene.open("stubborn")


def _tell_volunteers(scene: Scene) -> None:
    """With leave, and in the very words that they read. In a class the hand tells it."""
    if scene.known.in_class:
        return scene.event("stuck", where="class")
    scene.event("stuck")
    if scene.known.helpers and scene.session.consents.get("volunteers") == "yes":
        a_person.say_what_is_told(scene)


def show_choice(scene: Scene) -> None:
    place = scene.session.place
    scene.say("ladder.third" if place is None or place.misses <= 3 else "ladder.fourth")
    scene.ask("stubborn", "person", "skip_step", "enough", "help")


# It looks different: which maker?


MAKERS = {"en": ("samsung", "google", "xiaomi", "huawei", "honor"), "zh": ("huawei", "xiaomi", "honor", "oppo", "vivo")}


def makers_for(language: str) -> tuple[str, ...]:
    return MAKERS.get(language, MAKERS["en"])


STATES = (
    Asked(
        "where_are_you",
        show_where,
        {"see": _seen},
        intents={
            "stuck": lambda s: _other(s),
            "deny": lambda s: _other(s),
            "next": lambda s: lesson.done(s),
            "affirm": lambda s: lesson.done(s),
            "out_of_scope": lambda s: _other(s),
        },
    ),
    Asked(
        "stubborn",
        show_choice,
        {},
        intents={"stuck": miss, "next": lesson.done, "affirm": lesson.done, "deny": "enough"},
    ),
)


def _other(scene: Scene) -> None:
    """Words that name nothing we know: the surest way, from the start of the phone."""
    if scene.heard.intent == "stuck":
        return miss(scene)
    along(scene, from_home=True)
