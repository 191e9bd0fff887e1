"""After the last step: how sure one feels, leave to remember, what is next, and when. One question at a time."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.conversation import checks, classroom, doings, knowing, lesson, trip
from bot.conversation.scene import Asked, Handler, Scene

REST_AFTER_LESSONS = 2
REST_AFTER_SECONDS = 20 * 60


# How sure: 1 to 3, before and after the first lesson after there-and-back and every third


def _confidence(scene: Scene) -> None:
    when = scene.arg or "after"
    place = scene.session.place
    if place is None or not knowing.confidence_due(scene, place.lesson):
        return _confidence_past(scene, when)
    if when == "before":
        scene.say("confidence.before", title=knowing.title(scene, place.lesson))
    else:
        scene.say("confidence.after")
    scene.ask(f"confidence:{when}", "sure1", "sure2", "sure3", "skip_this")


def _told(value: str) -> Handler:
    def told(scene: Scene) -> None:
        when = scene.session.asked.partition(":")[2] or "after"
        if value:
            scene.event("confidence_told", when=when, value=value)
            scene.say("confidence.thanks_before" if when == "before" else "confidence.thanks_after")
        _confidence_past(scene, when)

    return told


def _confidence_past(scene: Scene, when: str) -> None:
    if when == "before":
        return lesson.first_step(scene)
    scene.open("after_lesson")


# What comes after a lesson


def _after_lesson(scene: Scene) -> None:
    """The lesson lies behind. What is asked next depends on what is not known yet."""
    place = scene.session.place
    finished = place.lesson if place else ""
    if finished:
        scene.set(place=None)
        if finished != trip.THERE_AND_BACK and scene.session.consents.get("remember", "") != "no":
            checks.plan_recall(scene, finished, 0)
    if finished == trip.THERE_AND_BACK and not scene.session.reads_on:
        return scene.open("reads_on")
    if finished and finished != trip.THERE_AND_BACK and "remember" not in scene.session.consents:
        return scene.open("name" if not scene.session.name and not scene.note("name_asked") else "remember")
    what_now(scene)


def what_now(scene: Scene) -> None:
    """Going on, something else, or enough: a rest is offered first after two lessons or 20 minutes."""
    if scene.session.wanted:
        return lesson.begin(scene, scene.session.wanted)
    if doings.offer(scene):
        return
    if rest_due(scene):
        scene.mark("rested")
        return scene.open("rest")
    scene.open("choose")


def rest_due(scene: Scene) -> bool:
    since = scene.count("visit")
    long = since and scene.at.timestamp() - since >= REST_AFTER_SECONDS
    return not scene.note("rested") and bool(scene.count("lessons_today") >= REST_AFTER_LESSONS or long)


def _rest(scene: Scene) -> None:
    scene.say("rest.ask")
    scene.ask("rest", "enough", "one_more", "help")


def _one_more(scene: Scene) -> None:
    scene.say("rest.one_more")
    scene.open("choose")


# A name, where it is first used


def _name(scene: Scene) -> None:
    scene.mark("name_asked")
    scene.say("name.ask")
    scene.ask("name", "skip_this", "help")


def _hears_name(scene: Scene) -> bool:
    """What was typed is the name, unless it plainly asks for something else."""
    heard = scene.heard
    name = heard.entity("name") or (heard.text.strip(" .!,。！，") if heard.intent in NAME_LIKE else "")
    name = _bare_name(name)
    if not name:
        return False
    scene.set(name=name)
    scene.say("name.thanks", name=name)
    _name_past(scene)
    return True


NAME_LIKE = ("out_of_scope", "greet", "someone_else", "find_lesson", "affirm")
BEFORE_A_NAME = ("i am ", "i'm ", "im ", "my name is ", "call me ", "it's ", "its ", "我叫", "叫我", "我是", "就叫")


def _bare_name(said: str) -> str:
    """The name alone, at most three words or eight Chinese characters; "" where it looks like none."""
    said = " ".join(said.replace("’", "'").split())
    for before in BEFORE_A_NAME:
        if said.lower().startswith(before):
            said = said[len(before) :]
    said = said.split(",")[0].split("，")[0].strip(" .!。！")
    if not said or any(c.isdigit() or c in "?？/@<>*[]{}" for c in said):
        return ""
    return said if len(said.split()) <= 3 and len(said) <= (24 if said.isascii() else 12) else ""


def _no_name(scene: Scene) -> None:
    scene.say("name.fine")
    _name_past(scene)


def _name_past(scene: Scene) -> None:
    if scene.note("new_here") and classroom.name_told(scene):
        return None
    if scene.note("new_here"):
        return scene.open("begin")
    scene.open("remember" if "remember" not in scene.session.consents else "choose")


# Leave to remember


def _remember(scene: Scene) -> None:
    if scene.note("helper"):
        scene.say("remember.helper")
    name = scene.session.name
    scene.say("remember.ask_name" if name else "remember.ask", name=name)
    scene.ask("remember", "yes_remember", "no_thanks", "tell_me_more", "help")


def _may_remember(answer: str) -> Handler:
    def answered(scene: Scene) -> None:
        scene.consent("remember", answer)
        scene.mark("consent_day", scene.at.date().isoformat())
        scene.say(f"remember.{answer}")
        if answer == "no":
            scene.set(name="")
            for finished in scene.note("finished").split():
                if finished != trip.THERE_AND_BACK:
                    scene.plans.append(checks.Plan("recall", scene.at, finished, drop=True))
        what_now(scene)

    return answered


def _more_about_it(scene: Scene) -> None:
    scene.say("remember.more")
    scene.ask("remember", "yes_remember", "no_thanks", "help")


SKIP_MAP: Mapping[str, Handler] = MappingProxyType({"skip_this": _no_name})

STATES = (
    Asked(
        "confidence",
        _confidence,
        {"sure1": _told("1"), "sure2": _told("2"), "sure3": _told("3"), "skip_this": _told("")},
        yes="sure3",
        no="sure1",
        intents={"skip_step": "skip_this", "next": "skip_this", "stuck": "sure1", "out_of_scope": "skip_this"},
    ),
    Asked("after_lesson", _after_lesson),
    Asked(
        "rest",
        _rest,
        {"one_more": _one_more},
        yes="enough",
        no="one_more",
        intents={"next": "one_more", "next_lesson": "one_more", "pause": "enough", "goodbye": "enough"},
    ),
    Asked(
        "name",
        _name,
        SKIP_MAP,
        no="skip_this",
        hears=_hears_name,
        intents={"skip_step": "skip_this", "next": "skip_this", "stuck": "skip_this"},
    ),
    Asked(
        "remember",
        _remember,
        {"yes_remember": _may_remember("yes"), "no_thanks": _may_remember("no"), "tell_me_more": _more_about_it},
        yes="yes_remember",
        no="no_thanks",
        intents={"my_data": "tell_me_more", "explain_term": "tell_me_more"},
    ),
)
