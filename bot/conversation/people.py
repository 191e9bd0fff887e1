"""Several people on one phone: each an own place, pace and record. Names of others are shown only in their own chat."""

from __future__ import annotations

from bot.conversation import classroom
from bot.conversation.scene import Asked, Scene

NEW = "new"
NAMES_AT_MOST = 2


def _who(scene: Scene) -> None:
    """Who is here? Asked when the greeting is not enough to know."""
    if not scene.note("who_asked"):
        scene.mark("who_asked")
    if scene.note("who_asked") == "arriving":
        scene.say("who_here.hello")
    scene.say("who_here.ask")
    name = scene.session.name
    names = [("me", name)] if name else ["it_is_me"]
    others = [(f"person_is:{p.learner}", p.name) for p in scene.known.people if p.name]
    shown = [*names, *others][:NAMES_AT_MOST]
    scene.ask("who", *shown, "somebody_new", "help")


def someone_else(scene: Scene) -> None:
    """Another person is at the phone, or wants an own place."""
    said = scene.heard.entity("name").casefold()
    for person in scene.known.people:
        if said and person.name.casefold() == said:
            return hand_to(scene, person.learner)
    if said and said == scene.session.name.casefold():
        return _me(scene)
    if not said or not scene.known.people:
        return scene.open("who")
    hand_to(scene, NEW)


def hand_to(scene: Scene, learner: str) -> None:
    """The chat goes over to this person; their own turn follows this one."""
    name = scene.session.name
    if scene.note("who_asked") != "arriving":
        scene.say("who_here.goodbye_name" if name else "who_here.goodbye", name=name)
    scene.set(asked=scene.note("before") or scene.session.asked)
    scene.mark("before", "")
    scene.hand_to = learner


def _me(scene: Scene) -> None:
    scene.mark("who_asked")
    if scene.gap > 3600:
        from bot.conversation import coming_back

        scene.mark("before", "")
        return coming_back.welcome(scene)
    name = scene.session.name
    scene.say("hello.name" if name else "hello.plain", name=name)
    scene.go_on()


def _person_is(scene: Scene) -> None:
    if scene.arg not in {p.learner for p in scene.known.people}:
        return scene.open("who")
    hand_to(scene, scene.arg)


def newcomer(scene: Scene) -> None:
    """The first words to somebody who joins a phone that others use already."""
    names = [p.name for p in scene.known.people if p.name]
    scene.say("who_here.welcome_beside" if names else "who_here.welcome", name=names[0] if names else "")
    classroom.hello(scene)
    scene.mark("new_here")
    scene.open("name")


STATES = (
    Asked(
        "who",
        _who,
        {"me": _me, "it_is_me": _me, "person_is": _person_is, "somebody_new": lambda s: hand_to(s, NEW)},
        yes="me",
        no="somebody_new",
        intents={"affirm": _me, "greet": lambda s: s.open("who"), "next": _me, "resume": _me},
        menu=True,
    ),
)
