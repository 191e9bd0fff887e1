"""What is kept, and forgetting it all: two taps, the second in another place than the first."""

from __future__ import annotations

from types import MappingProxyType

from bot.conversation import family
from bot.conversation.scene import Asked, Scene


def my_data(scene: Scene) -> None:
    scene.open("my_data")


def _my_data(scene: Scene) -> None:
    session = scene.session
    scene.say("data.place")
    remember = session.consents.get("remember", "")
    scene.say(f"data.remember_{remember or 'unasked'}")
    if session.name:
        scene.say("data.name", name=session.name)
    if scene.known.family:
        family.tell(scene, scene.known.family)
    scene.say("data.never")
    scene.say("data.file")
    scene.file = "my_data"
    scene.ask("my_data", "go_on", "please_remember" if remember == "no" else "dont_remember", "delete_me", "help")


def _dont_remember(scene: Scene) -> None:
    if scene.session.consents.get("remember") == "yes":
        scene.event("consent_withdrawn", purpose="remember")
        scene.set(consents=MappingProxyType({**scene.session.consents, "remember": "no"}))
    else:
        scene.consent("remember", "no")
    scene.say("remember.no")
    scene.go_on()


def _please_remember(scene: Scene) -> None:
    scene.consent("remember", "yes")
    scene.say("remember.yes")
    scene.go_on()


def still_keep(scene: Scene) -> None:
    """Asked once, a month before the record of somebody who has not been here for long would go."""
    scene.say("still_keep.ask")
    scene.ask("still_keep", "keep_on", "no_longer", "help")


def _keep_on(scene: Scene) -> None:
    """That they answered is enough: the year begins anew."""
    scene.say("still_keep.kept")
    scene.open("choose")


def delete_me(scene: Scene) -> None:
    scene.open("delete_sure")


def _sure(scene: Scene) -> None:
    """The button that deletes stands where the one that led here did not."""
    scene.say("delete.sure")
    scene.ask("delete_sure", "keep_it", "yes_delete")


def _keep(scene: Scene) -> None:
    scene.say("delete.kept")
    scene.go_on()


def _delete(scene: Scene) -> None:
    scene.say("delete.done")
    scene.erase = True
    scene.ask("begin", "begin")


STATES = (
    Asked(
        "my_data",
        _my_data,
        {"dont_remember": _dont_remember, "please_remember": _please_remember},
        no="go_on",
        yes="go_on",
        menu=True,
    ),
    Asked(
        "still_keep",
        still_keep,
        {"keep_on": _keep_on, "no_longer": delete_me},
        yes="keep_on",
        no="no_longer",
    ),
    Asked(
        "delete_sure",
        _sure,
        {"keep_it": _keep, "yes_delete": _delete},
        yes="yes_delete",
        no="keep_it",
        intents={"delete_me": _sure, "next": "keep_it"},
        menu=True,
        holds=True,
    ),
)
