"""Asking for a person: what is told of the learner, to whom, when somebody is there, and a number for this once."""

from __future__ import annotations

from datetime import timedelta

from bot.conversation import classroom, lesson, trip
from bot.conversation.help import in_lesson
from bot.conversation.next_time import zone
from bot.conversation.scene import Asked, Scene
from bot.messages import Centre

TROUBLE = ("tricked_", "danger_")  # states in which somebody is in trouble


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
