"""Help is no alarm: four rows, and behind "More" four a page. And asking for a person."""

from __future__ import annotations

from datetime import timedelta

from bot.conversation import classroom, lesson, trip
from bot.conversation.next_time import zone
from bot.conversation.scene import Asked, Scene
from bot.conversation.step import tell_words
from bot.messages import Centre

TROUBLE = ("tricked_", "danger_")  # states in which somebody is in trouble
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


# A person


def human_help(scene: Scene) -> None:
    """Asking for a person, in any words: whoever is in the room, else the centre."""
    trouble = scene.session.asked.partition(":")[0].startswith(TROUBLE)
    if classroom.offers_hand(scene) and not trouble:
        return classroom.offer(scene)
    call_for(scene)


def call_for(scene: Scene) -> None:
    """A person of the centre. Leave for volunteers to see is asked when one is first offered."""
    if not scene.note("person"):
        scene.mark("person")
        scene.event("person_asked")
    trouble = scene.session.asked.partition(":")[0].startswith(TROUBLE)
    scene.mark("trouble", scene.session.asked if trouble else "")
    if in_lesson(scene) and not trouble and not scene.note("stuck"):
        scene.mark("stuck")
        scene.event("stuck")
    scene.open("person")


def _person(scene: Scene) -> None:
    """Only what is true: the telephone, and when somebody is there."""
    if scene.known.helpers and scene.session.consents.get("volunteers") == "yes":
        return _told(scene)
    if not where_they_are(scene):
        scene.say("person.nobody_yet")
    if (scene.centre.id != "home" or scene.known.helpers) and "volunteers" not in scene.session.consents:
        return scene.open("volunteers")
    _meanwhile(scene)


def where_they_are(scene: Scene) -> bool:
    """The telephone of the place, and when somebody is there: what is true, and no more. Whether there is a telephone."""
    centre = scene.centre
    if centre.telephone:
        scene.say("person.ring", centre=_named(scene), telephone=centre.telephone)
    if when := opening(scene, centre):
        scene.say("person.opens", when=when)
    return bool(centre.telephone)


def _told(scene: Scene) -> None:
    """The very words that volunteers see; nobody is promised outside opening hours."""
    if scene.known.helper and not scene.note("trouble"):
        scene.say("person.comes", name=scene.known.helper)
        return scene.ask("person", "go_on", "i_have_it", "not_them", "help")
    open_now = opening(scene, scene.centre) in ("", scene.phrase("opens.now"))
    scene.say("person.told" if open_now else "person.told_closed", centre=_named(scene), what=_what(scene))
    where_they_are(scene)
    _meanwhile(scene, told=True)


def say_what_is_told(scene: Scene) -> None:
    """Somebody is stuck: volunteers read this much of them."""
    scene.say("person.stuck_told", centre=_named(scene), what=_what(scene))


def _named(scene: Scene) -> str:
    return scene.centre.name or scene.phrase("who.the_centre")


def _what(scene: Scene) -> str:
    """What is told of them: name, lesson, step."""
    place, lesson = scene.session.place, scene.lesson
    said = [scene.session.name] if scene.session.name else []
    if lesson and place and in_lesson(scene):
        title = lesson.title[:1].lower() + lesson.title[1:] if scene.language == "en" else lesson.title
        said.append(scene.phrase("person.what_step", title=title, step=str(trip.position(scene) + 1)))
    else:
        said.append(scene.phrase("person.what_person"))
    return ("，" if scene.language == "zh" else ", ").join(said)


def _meanwhile(scene: Scene, *, told: bool = False) -> None:
    """In trouble the same question stays; else the person may go on meanwhile. `told`: volunteers know of it, so that
    they may be given a number."""
    if trouble := scene.note("trouble"):
        scene.mark("trouble", "")
        scene.say("person.i_stay")
        return scene.open(trouble, brief=True)
    scene.say("person.meanwhile")
    may_ring = told and not scene.note("number")
    scene.ask("person", "go_on", "i_have_it", "ring_me" if may_ring else "enough", "help")
    if scene.note("before") == "stubborn":
        scene.mark("before", "step")


def _volunteers(scene: Scene) -> None:
    key = "volunteers.ask_trouble" if scene.note("trouble") else "volunteers.ask"
    scene.say(key, centre=_named(scene), what=_what(scene))
    scene.ask("volunteers", "yes_they_may", "no_thanks", "help")


def _may_see(answer: str, scene: Scene) -> None:
    scene.consent("volunteers", answer)
    if answer == "yes" and scene.known.helpers:
        return _told(scene)
    scene.say(f"volunteers.{answer}")
    _meanwhile(scene)


# A number, for this once


def _ring_me(scene: Scene) -> None:
    scene.say("person.number_ask")
    scene.ask("ring_me", "no_number", "help")


def _hears_number(scene: Scene) -> bool:
    """The number itself never comes here: it was taken out at the door and stands with the card."""
    given = scene.message.given if scene.message else ""
    if given == "number":
        scene.mark("number")
        scene.say("person.number_kept")
        _meanwhile(scene)
    elif given:
        scene.say("person.number_late")
        scene.go_on()
    elif any(c.isdigit() for c in scene.heard.text):
        scene.say("person.number_digits")
        scene.ask("ring_me", "no_number", "help")
    else:
        return False
    return True


def _no_number(scene: Scene) -> None:
    scene.say("person.no_number")
    _meanwhile(scene)


def withdraw(scene: Scene) -> None:
    """ "Never mind, I have it"."""
    scene.mark("number", "")
    if scene.note("person"):
        scene.event("person_withdrawn")
        scene.mark("person", "")
    lesson.unstick(scene)
    scene.say("person.withdrawn")
    scene.go_on()


def back_to_it(scene: Scene) -> None:
    scene.say("help.on_we_go")
    scene.go_on()


def opening(scene: Scene, centre: Centre) -> str:
    """When the place is open next, in words: "now", "today at 9", "tomorrow at 9", "on Monday at 9"; "" unknown."""
    local = scene.at.astimezone(zone(centre))
    for ahead in range(8):
        day = local + timedelta(days=ahead)
        for weekday, start, end in sorted(centre.hours):
            if weekday != day.weekday():
                continue
            clock = local.strftime("%H:%M")
            if ahead == 0 and start <= clock < end:
                return scene.phrase("opens.now")
            if ahead or clock < start:
                time = spoken_time(start)
                key = ("opens.today", "opens.tomorrow")[ahead] if ahead < 2 else "opens.day"
                return scene.phrase(key, time=time, day=scene.phrase(f"weekday.{day.weekday()}"))
    return ""


def spoken_time(clock: str) -> str:
    """ "09:00" as "9", "09:30" as "9:30"."""
    hour, minute = clock.split(":")
    return str(int(hour)) if minute == "00" else f"{int(hour)}:{minute}"


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
    Asked(
        "person",
        _person,
        {"i_have_it": withdraw, "ring_me": lambda s: s.open("ring_me")},
        yes="go_on",
        no="i_have_it",
        intents={"next": "go_on", "resume": "go_on"},
        menu=True,
    ),
    Asked("ring_me", _ring_me, {"no_number": _no_number}, no="no_number", hears=_hears_number, menu=True),
    Asked(
        "volunteers",
        _volunteers,
        {"yes_they_may": lambda s: _may_see("yes", s), "no_thanks": lambda s: _may_see("no", s)},
        yes="yes_they_may",
        no="no_thanks",
        menu=True,
        holds=True,
    ),
)
