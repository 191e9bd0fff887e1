"""Danger to life: a fall, fire, illness; and despair, which is answered differently."""

from __future__ import annotations

from bot.conversation import help as help_
from bot.conversation.scene import Asked, Scene
from bot.conversation.tricked import ask_tomorrow
from bot.conversation.trouble import IN_DANGER, asked_name


def emergency(scene: Scene) -> None:
    """A fall, fire, illness; or despair, which is answered differently. By finding or by intent."""
    kind = scene.finding.danger or ("body" if asked_name(scene) not in IN_DANGER else "")
    if not kind:
        return scene.go_on()
    if asked_name(scene) != f"danger_{kind}":
        scene.event("danger_told", kind=kind)
    scene.open(f"danger_{kind}")


def _body(scene: Scene) -> None:
    scene.urgent = True
    centre = scene.centre
    if centre.emergency:
        scene.say("danger.ring", number=f"**{centre.emergency}**")
    else:
        scene.say("danger.ring_any")
    scene.say_by("danger.voice", scene.session.system, number=centre.emergency or scene.phrase("danger.the_number"))
    scene.say("danger.call_out")
    scene.ask("danger_body", "have_rung", "cannot_ring", "somebody_here", "false_alarm")


def _cannot_ring(scene: Scene) -> None:
    scene.urgent = True
    scene.say("danger.knock")
    scene.say_by(
        "danger.voice", scene.session.system, number=scene.centre.emergency or scene.phrase("danger.the_number")
    )
    scene.ask("danger_body", "have_rung", "somebody_here", "false_alarm")


def _help_comes(scene: Scene) -> None:
    scene.urgent = True
    scene.say("danger.help_comes")
    scene.open("danger_after")


def _with_somebody(scene: Scene) -> None:
    scene.urgent = True
    scene.say(
        "danger.let_them_ring",
        number=f"**{scene.centre.emergency}**" if scene.centre.emergency else scene.phrase("danger.the_number"),
    )
    scene.open("danger_after")


def _stay(scene: Scene) -> None:
    scene.say("danger.i_stay")
    scene.ask("danger_after", "all_well", "not_yet_well", "person")


def _false_alarm(scene: Scene) -> None:
    scene.say("danger.glad")
    scene.mark("before", "")
    scene.set(asked="step" if help_.in_lesson(scene) else "away")
    scene.open("what_then")


def _all_well(scene: Scene) -> None:
    _false_alarm(scene)


def _despair(scene: Scene) -> None:
    scene.urgent = True
    centre = scene.centre
    scene.say("despair.glad_told")
    if centre.crisis:
        scene.say("despair.ring", number=f"**{centre.crisis}**")
    else:
        scene.say("despair.ring_any")
    scene.say("despair.somebody")
    scene.ask("danger_despair", "somebody_with_me", "alone", "have_rung", "person")


def _talks_to_them(scene: Scene) -> None:
    scene.say("despair.rung")
    ask_tomorrow(scene)
    scene.open("danger_after")


def _with_me(scene: Scene) -> None:
    scene.say("despair.tell_them")
    ask_tomorrow(scene)
    scene.open("danger_after")


def _by_oneself(scene: Scene) -> None:
    scene.urgent = True
    centre = scene.centre
    scene.say("despair.not_alone")
    scene.say("despair.ring", number=f"**{centre.crisis}**") if centre.crisis else scene.say("despair.ring_any")
    if centre.emergency:
        scene.say("despair.or_emergency", number=f"**{centre.emergency}**")
    scene.ask("danger_despair", "have_rung", "somebody_with_me", "person")


def _then(scene: Scene) -> None:
    """After a hard moment: nothing is pressed upon anybody."""
    scene.say("then.ask")
    scene.ask("what_then", *(["back_to_lesson"] if scene.session.place else ["something_small"]), "enough", "help")


def _back_to_lesson(scene: Scene) -> None:
    scene.open("step" if scene.session.place else "choose", brief=True)


STATES = (
    Asked(
        "danger_body",
        _body,
        {
            "have_rung": _help_comes,
            "cannot_ring": _cannot_ring,
            "somebody_here": _with_somebody,
            "false_alarm": _false_alarm,
        },
        yes="have_rung",
        no="cannot_ring",
        intents={"next": "have_rung", "stuck": "cannot_ring"},
        menu=True,
        holds=True,
    ),
    Asked(
        "danger_despair",
        _despair,
        {"somebody_with_me": _with_me, "alone": _by_oneself, "have_rung": _talks_to_them},
        yes="somebody_with_me",
        no="alone",
        intents={"worried": _by_oneself, "stuck": "alone"},
        menu=True,
        holds=True,
    ),
    Asked(
        "danger_after",
        _stay,
        {"all_well": _all_well, "not_yet_well": lambda s: s.open("danger_after")},
        yes="all_well",
        no="not_yet_well",
        intents={"thanks": "all_well", "next": "all_well"},
        menu=True,
        holds=True,
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
