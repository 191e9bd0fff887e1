"""After a hard day: nothing that day, one question on the next morning, and after a trick one warning on the second."""

from __future__ import annotations

from datetime import timedelta
from types import MappingProxyType

from bot.conversation import next_time
from bot.conversation.scene import Asked, Scene
from bot.messages import Plan

SECOND_TRICK = "second-trick"  # keeps the warning beside the question: plans are told apart by kind and lesson


def ask_tomorrow(scene: Scene) -> None:
    """One message on the next morning, and nothing else that day: how did you sleep?"""
    scene.plans.append(Plan("reminder", scene.at, drop=True))
    if scene.session.consents.get("reminders") != "no":
        tomorrow = next_time.local_day(scene) + timedelta(days=1)
        scene.plans.append(Plan("question", next_time.morning_of(scene, tomorrow)))


def after_a_trick(scene: Scene) -> None:
    """The same, and once on the second day: a second trick often follows."""
    ask_tomorrow(scene)
    if scene.session.consents.get("reminders") != "no":
        day = next_time.local_day(scene) + timedelta(days=2)
        about = MappingProxyType({"about": "second_trick"})
        scene.plans.append(Plan("question", next_time.morning_of(scene, day), SECOND_TRICK, about))


def told(scene: Scene, plan: Plan) -> None:
    """The question, or the warning, has come due."""
    scene.open("second_trick" if plan.detail.get("about") == "second_trick" else "how_are_you")


def _how_are_you(scene: Scene) -> None:
    name = scene.session.name
    morning = scene.at.astimezone(next_time.zone(scene.centre)).hour < 12
    scene.say("how_are_you.morning" if name and morning else "how_are_you.ask", name=name)
    scene.ask("how_are_you", "better", "badly", "not_today")


def _better(scene: Scene) -> None:
    scene.say("how_are_you.better")
    scene.open("choose")


def _badly(scene: Scene) -> None:
    scene.say("how_are_you.badly")
    scene.set(asked="away")  # "Let's go on" does not ask it again
    scene.open("person")


def _second_trick(scene: Scene) -> None:
    name = scene.session.name
    scene.say("second_trick.hello_name" if name else "second_trick.hello", name=name)
    scene.say("second_trick.often")
    scene.say("second_trick.hang_up")
    scene.ask("second_trick", "i_know_now", "it_has_happened", "person")


def _known(scene: Scene) -> None:
    scene.say("how_are_you.better")
    next_time.farewell(scene)


def _it_has_happened(scene: Scene) -> None:
    scene.say("second_trick.right_to_tell")
    scene.open("given_or_paid")


STATES = (
    Asked(
        "how_are_you",
        _how_are_you,
        {"better": _better, "badly": _badly, "not_today": lambda s: next_time.not_today(s)},
        yes="better",
        no="badly",
        intents={"worried": "badly", "thanks": "better"},
    ),
    Asked(
        "second_trick",
        _second_trick,
        {"i_know_now": _known, "it_has_happened": _it_has_happened},
        yes="i_know_now",
        no="i_know_now",
        intents={"next": "i_know_now", "thanks": "i_know_now", "check_scam": "it_has_happened"},
    ),
)
