"""Where a message finds the learner: for the first time, on a new visit, or in a lesson that was changed meanwhile."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import choosing, classroom, coming_back, meeting, people, trip
from bot.conversation.scene import Scene
from bot.conversation.trouble import IN_DANGER, IN_TRICKED, asked_name

welcome = coming_back.welcome
HALF_A_DAY = 12 * 3600
RETURNING = ("greet", "resume", "next", "affirm", "out_of_scope", "repeat")
SERVED_LATER = (
    "greet",
    "next",
    "affirm",
    "deny",
    "out_of_scope",
    "resume",
    "repeat",
    "back",
    "stuck",
    "skip_step",
    "thanks",
)


def look_around(scene: Scene) -> None:
    """A new visit, a link's centre or lesson, a changed lesson: noted before anything is answered."""
    still_asking = scene.note("who_asked") == "arriving" and scene.session.asked == "who"
    if not still_asking and (not scene.note("visit") or scene.gap > coming_back.HOUR):
        coming_back.new_visit(scene)
    _phone_speaks(scene)
    start = scene.message.start if scene.message else ""
    if start.startswith("c-"):
        scene.set(centre=start[2:])
    if start.startswith("l-"):
        scene.set(wanted=start[2:])
    classroom.look_around(scene)
    _mend_place(scene)


def _phone_speaks(scene: Scene) -> None:
    """At the first message: the phone's own language, where it is another than the learner's and we know its names."""
    said = scene.message.locale.lower().replace("_", "-").partition("-")[0] if scene.message else ""
    known = scene.house.catalogue.languages()
    if not scene.session.asked and said != scene.language and said in known:
        scene.set(phone_language=said)


def _mend_place(scene: Scene) -> None:
    """A lesson was changed under the learner: the same step, else the nearest earlier one that is still there."""
    place = scene.session.place
    if place is None:
        return
    found = scene.lesson
    if found is None:
        scene.set(place=None, asked="choose" if scene.session.asked == "step" else scene.session.asked)
        scene.say("lesson.gone")
        return
    if found.version == place.version:
        return
    ids = [s.id for s in trip.steps_of(scene)]
    step = place.step
    if step not in ("", "end", *ids):
        earlier = [x for x in scene.note("done").split() if x in ids]
        step = earlier[-1] if earlier else ids[0] if ids else ""
        scene.say("lesson.changed")
        if scene.session.asked.partition(":")[0] in ("step", "where_are_you", "stubborn", "three"):
            scene.set(asked="step", choices=())
            scene.mark("moved")
    scene.set(place=replace(place, version=found.version, step=step))


def arrived(scene: Scene) -> bool:
    """Whether this message was an arrival, and has been answered as one."""
    message, heard = scene.message, scene.heard
    opened = message is not None and message.first
    if scene.note("moved"):
        scene.mark("moved", "")
        scene.open("step")
        return True
    if not scene.session.asked:
        return _first_meeting(scene, opened)
    if asked_name(scene) in IN_DANGER and scene.gap > HALF_A_DAY and not heard.choice:
        scene.open("danger_after")  # the moment itself is over: how is it now?
        return True
    if asked_name(scene) in (*IN_TRICKED, *IN_DANGER):
        if opened:
            scene.go_on()
        return opened
    if opened:
        return _opened_again(scene)
    if asked_name(scene) == "step" and heard.choice in ("next", "stuck", "repeat") and scene.note("met"):
        late = scene.gap > (coming_back.DAYS_3 if heard.choice == "next" else coming_back.HOUR)
        if late:
            coming_back.welcome(scene)
        return late
    if heard.choice or scene.gap <= coming_back.HOUR or not scene.note("met") or heard.intent not in RETURNING:
        return False
    if scene.session.asked.partition(":")[0] in ("reminder", "how_are_you", "away") and heard.intent in (
        "affirm",
        "next",
    ):
        return False
    coming_back.welcome(scene)
    return True


def _first_meeting(scene: Scene, opened: bool) -> bool:
    """The first message of a life here. One that asks for something is served first."""
    heard = scene.heard
    if scene.known.people:
        people.newcomer(scene)
        return True
    if scene.session.wanted and scene.house.catalogue.lesson(scene.session.wanted, scene.language):
        meeting.served_first(scene)
        if classroom.hello(scene):
            classroom.begin(scene)
        else:
            choosing.start(scene, scene.session.wanted)
        return True
    if opened or heard.choice or heard.intent in SERVED_LATER:
        scene.open("begin")
        return True
    meeting.served_first(scene)
    scene.set(asked="begin")
    return False


def _opened_again(scene: Scene) -> bool:
    """/start once more, or the page opened anew."""
    wanted = scene.session.wanted
    if classroom.came_in(scene) and scene.known.in_class:
        classroom.opened_again(scene)
    elif scene.message and scene.message.start.startswith("l-") and wanted:
        choosing.start(scene, wanted)
    elif scene.note("met"):
        coming_back.welcome(scene)
    else:
        scene.open(scene.session.asked)
    return True


__all__ = ["arrived", "look_around", "welcome"]
