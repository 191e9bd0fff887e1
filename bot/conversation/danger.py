"""Danger to life: a fall, fire, illness; and despair, which is answered differently. Numbers go by the place."""

from __future__ import annotations

from bot.conversation import help as help_
from bot.conversation.a_person import opening, where_they_are
from bot.conversation.day_after import ask_tomorrow
from bot.conversation.scene import Asked, Handler, Scene
from bot.conversation.trouble import IN_DANGER, asked_name, asking, bold, held, saying


def emergency(scene: Scene) -> None:
    """A fall, fire, illness; or despair. By finding or by intent."""
    kind = scene.finding.danger or ("body" if asked_name(scene) not in IN_DANGER else "")
    if not kind:
        return scene.go_on()
    if scene.finding.whom or asked_name(scene) not in IN_DANGER:
        scene.mark("whom", scene.finding.whom)
    if asked_name(scene) != f"danger_{kind}":
        scene.event("danger_told", kind=kind)
    scene.open(f"danger_{kind}")


def _emergency_number(scene: Scene) -> str:
    """The fire brigade's or the police's own, where the place has one; else the number for all; "" unknown."""
    centre = scene.centre
    return {"fire": centre.fire, "police": centre.police}.get(scene.note("whom"), "") or centre.emergency


def _number_first(scene: Scene) -> None:
    """The number alone on its line. Where the place is not known: two likely ones, with their countries."""
    if number := _emergency_number(scene):
        scene.tell(bold(number))
        scene.say("danger.ring_this")
    else:
        scene.say("danger.likely_one")
        scene.say("danger.likely_other")
        scene.say("danger.ring_yours")


def _call_by_voice(scene: Scene) -> None:
    if scene.note("whom") == "police":
        return  # nobody is to hear them
    number = _emergency_number(scene) or scene.phrase("danger.the_number")
    scene.say_by("danger.voice", scene.session.system, number=number)


def _body(scene: Scene) -> None:
    scene.urgent = True
    _number_first(scene)
    _call_by_voice(scene)
    scene.say_by("danger.call_out", scene.note("whom"))
    scene.ask("danger_body", "have_rung", "cannot_ring", "somebody_here", "false_alarm")


def _cannot_ring(scene: Scene) -> None:
    scene.urgent = True
    scene.say_by("danger.knock", scene.note("whom"))
    _call_by_voice(scene)
    scene.ask("danger_body", "have_rung", "somebody_here", "false_alarm")


def _help_comes(scene: Scene) -> None:
    scene.urgent = True
    scene.say_by("danger.help_comes", scene.note("whom"))
    scene.open("danger_after")


def _with_somebody(scene: Scene) -> None:
    scene.urgent = True
    number = _emergency_number(scene)
    scene.say("danger.let_them_ring", number=bold(number) if number else scene.phrase("danger.the_number"))
    scene.open("danger_after")


def _well_again(scene: Scene) -> None:
    scene.say("danger.glad")
    scene.mark("before", "")
    scene.mark("whom", "")
    scene.set(asked="step" if help_.in_lesson(scene) else "away")
    scene.open("what_then")


# Thoughts of ending one's life: warm words first, somebody who listens, a person at once; and we stay


def _despair(scene: Scene) -> None:
    scene.urgent = True
    scene.say("despair.glad_told")
    _crisis_line(scene)
    scene.say("despair.somebody")
    scene.ask("danger_despair", "somebody_with_me", "alone", "have_rung", "person")


def _crisis_line(scene: Scene) -> None:
    if not scene.centre.crisis:
        return _without_a_line(scene)
    scene.say("despair.ring_always" if scene.centre.crisis_always else "despair.ring", number=bold(scene.centre.crisis))


def _without_a_line(scene: Scene) -> None:
    """A place without a crisis line of its own: people, and the emergency number in figures where it is known."""
    if not scene.centre.emergency:
        return scene.say("despair.ring_any")
    scene.say("despair.ring_people")
    scene.say("despair.or_emergency", number=bold(scene.centre.emergency))


def _talks(key: str) -> Handler:
    def handler(scene: Scene) -> None:
        scene.say(key)
        ask_tomorrow(scene)
        scene.open("danger_after")

    return handler


def _by_oneself(scene: Scene) -> None:
    scene.urgent = True
    scene.say("despair.not_alone")
    _crisis_line(scene)
    if opening(scene, scene.centre) == scene.phrase("opens.now"):
        where_they_are(scene)
    if scene.centre.emergency and scene.centre.crisis:
        scene.say("despair.or_emergency", number=bold(scene.centre.emergency))
    scene.ask("danger_despair", "have_rung", "somebody_with_me", "person")


def _then(scene: Scene) -> None:
    """After a hard moment: nothing is pressed upon anybody."""
    scene.say("then.ask")
    scene.ask("what_then", *(["back_to_lesson"] if scene.session.place else ["something_small"]), "enough", "help")


def _back_to_lesson(scene: Scene) -> None:
    scene.open("step" if scene.session.place else "choose", brief=True)


STATES = (
    held(
        "danger_body",
        _body,
        {
            "have_rung": _help_comes,
            "cannot_ring": _cannot_ring,
            "somebody_here": _with_somebody,
            "false_alarm": _well_again,
        },
        yes="have_rung",
        no="cannot_ring",
        intents={"worried": saying("danger.i_am_with_you", then="danger_body", urgent=True)},
    ),
    held(
        "danger_despair",
        _despair,
        {
            "somebody_with_me": _talks("despair.tell_them"),
            "alone": _by_oneself,
            "have_rung": _talks("despair.rung"),
        },
        yes="somebody_with_me",
        no="alone",
        intents={"worried": _by_oneself},
    ),
    held(
        "danger_after",
        asking("danger_after", "all_well", "not_yet_well", "person", lines=("danger.i_stay",)),
        {"all_well": _well_again, "not_yet_well": lambda s: s.open("danger_after")},
        yes="all_well",
        no="not_yet_well",
        intents={"thanks": "all_well", "worried": "not_yet_well"},
    ),
    Asked(
        "what_then",
        _then,
        {"back_to_lesson": _back_to_lesson, "something_small": lambda s: s.open("choose")},
        yes="back_to_lesson",
        no="enough",
        intents={"next": "back_to_lesson", "resume": "back_to_lesson"},
        menu=True,
    ),
)
