"""Help is no alarm: four rows, and behind "More" four a page."""

from __future__ import annotations

from bot.conversation import trip
from bot.conversation.scene import Asked, Scene
from bot.conversation.step import tell_words

MORE_IN_A_LESSON = (
    ("simpler", "back", "skip_step", "more"),
    ("letters", "voice", "language", "more"),
    ("who_is_here", "family", "my_data", "more"),
    ("new_lesson", "what_i_can", "black_screen", "to_the_step"),
)
MORE_ELSEWHERE = (
    ("simpler", "letters", "voice", "more"),
    ("language", "who_is_here", "family", "more"),
    ("my_data", "what_can_i_learn", "what_i_can", "more"),
    ("phone_is_other", "black_screen", "go_on"),
)


def in_lesson(scene: Scene) -> bool:
    place = scene.session.place
    return place is not None and place.step not in ("", "end")


def open_help(scene: Scene) -> None:
    scene.event("help_opened")
    scene.open("help_menu")


def _menu(scene: Scene) -> None:
    scene.say("help.ask")
    here = scene.known.in_class  # at a screen of the class the next one takes over more often than somebody stops
    scene.ask(
        "help_menu",
        "went_wrong",
        "who_is_here" if here and (here.tablet or here.shared) else "enough",
        "person",
        "more",
    )


def _more(scene: Scene) -> None:
    pages = MORE_IN_A_LESSON if in_lesson(scene) else MORE_ELSEWHERE
    if in_lesson(scene) and scene.note("three") == "yes":
        pages = (("one_at_a_time", *MORE_IN_A_LESSON[0][:2], "more"), *MORE_IN_A_LESSON[1:])
    page = (int(scene.arg) if scene.arg.isdigit() else 0) % len(pages)
    scene.say("help.more")
    shown = ("white_screen" if row == "black_screen" and scene.session.dark else row for row in pages[page])
    scene.ask(f"more_help:{page}", *shown)


def _next_page(scene: Scene) -> None:
    name, _, page = scene.session.asked.partition(":")
    scene.open(f"more_help:{int(page or 0) + 1}" if name == "more_help" else "more_help:0")


def _went_wrong(scene: Scene) -> None:
    scene.say("wrong.ask")
    scene.ask("went_wrong", "does_not_work", "i_am_lost", "was_tricked", "go_on")


def does_not_work(scene: Scene) -> None:
    """Help and then "this does not work": that is stuck."""
    if not in_lesson(scene):
        scene.say("wrong.no_lesson")
        return scene.open("person")
    if trip.looks_first(scene):
        return _only_looking(scene)
    from dataclasses import replace

    from bot.conversation import ladder

    place = scene.session.place
    assert place is not None
    scene.set(place=replace(place, misses=max(place.misses, 2)))
    scene.event("not_found")
    ladder.choice(scene)


def lost(scene: Scene) -> None:
    """It all looks different or is gone: how to get out, then where we were."""
    if in_lesson(scene) and trip.looks_first(scene):
        return _only_looking(scene)
    scene.say("lost.calm")
    steps = trip.trip(scene) if in_lesson(scene) else ()
    if steps and steps[0].undo:
        tell_words(scene, steps[0].undo)
    else:
        scene.say_by("way.out", scene.session.system)
    if in_lesson(scene) and trip.leaves(scene):
        return scene.open("where_are_you")
    scene.go_on()


def _only_looking(scene: Scene) -> None:
    """Nothing was touched yet: the page that was looked at, once more."""
    scene.say("look.nothing")
    scene.go_on()


def _tricked(scene: Scene) -> None:
    from bot.conversation import tricked

    tricked.tricked(scene)


def back_to_it(scene: Scene) -> None:
    scene.say("help.on_we_go")
    scene.go_on()


STATES = (
    Asked(
        "help_menu",
        _menu,
        {"went_wrong": lambda s: s.open("went_wrong"), "more": _next_page},
        no="go_on",
        intents={"stuck": does_not_work, "affirm": "person", "next": "go_on"},
        menu=True,
    ),
    Asked(
        "more_help",
        _more,
        {"more": _next_page},
        no="go_on",
        intents={"next": "go_on", "stuck": does_not_work},
        menu=True,
    ),
    Asked(
        "went_wrong",
        _went_wrong,
        {"does_not_work": does_not_work, "i_am_lost": lost, "was_tricked": _tricked},
        no="go_on",
        intents={"stuck": "does_not_work", "next": "go_on"},
        menu=True,
    ),
)
