"""Is it honest? Has somebody asked for a code? And fear, shame, frustration."""

from __future__ import annotations

from bot.conversation import at_step
from bot.conversation import help as help_
from bot.conversation.scene import Asked, Scene
from bot.conversation.tricked import tricked
from bot.conversation.trouble import IN_DANGER, IN_TRICKED, asked_name, held, no_shame

PASTED = 60  # characters: so much a learner seldom types; it was pasted, or is a story
NOT_A_DOUBT = ("tricked", "emergency", "human_help", "find_lesson", "worried", "my_data", "delete_me", "explain_term")

# Signs that say less than others: told last.
VAGUE = ("details", "money", "tap")


def check_scam(scene: Scene) -> None:
    """Never "safe": the signs that were found, one next action, and a person."""
    ranked = dict(scene.heard.ranking)
    if ranked.get("tricked", 0.0) >= 0.3:
        return scene.open("given_or_paid")
    scene.event("scam_checked", signs=str(len(scene.finding.signs)))
    scene.say("scam.wait")
    signs = [
        scene.phrase(f"sign.{s}")
        for s in sorted(scene.finding.signs, key=VAGUE.__contains__)
        if scene.house.phrases.has(f"sign.{s}", scene.language)
    ]
    if signs:
        scene.say("scam.signs", signs=scene.phrase("list.comma").join(signs[:2]))
    else:
        scene.say("scam.cannot_see")
    scene.say("scam.ring_known")
    scene.open("scam_next")


def looks_like_a_trick(scene: Scene) -> bool:
    """Whether words that were no answer to anything carry the signs of a trick (pasted, or told), and were answered."""
    if not scene.finding.warn or scene.heard.choice or asked_name(scene) in (*IN_TRICKED, *IN_DANGER):
        return False
    pasted = len(scene.heard.text) >= PASTED and scene.heard.intent not in NOT_A_DOUBT
    if not pasted and scene.heard.intent not in ("out_of_scope", "check_scam"):
        return False
    check_scam(scene)
    return True


def _scam_next(scene: Scene) -> None:
    scene.say("scam.given")
    scene.ask("scam_next", "nothing_given", "given", "person")


def _nothing_given(scene: Scene) -> None:
    scene.say("scam.good")
    scene.go_on()


def asked_for_code(scene: Scene) -> None:
    scene.say("secret.who_asked")
    scene.ask("asked_for_code", "nobody_asked", "somebody_asked", "person")


def _nobody_asked(scene: Scene) -> None:
    scene.say("secret.fine")
    scene.go_on()


def _somebody_asked(scene: Scene) -> None:
    scene.say("secret.do_not_give")
    scene.open("given_or_paid")


def _given_or_paid(scene: Scene) -> None:
    scene.say("scam.given")
    scene.ask("given_or_paid", "nothing_given", "given", "not_sure", "person")


def worried(scene: Scene) -> None:
    if asked_name(scene) in IN_TRICKED:
        return no_shame(scene)
    scene.event("worry_told")
    scene.say("worried.not_you")
    scene.open("worried")


def _worried(scene: Scene) -> None:
    scene.say("worried.ask")
    first = "one_small_step" if help_.in_lesson(scene) else "something_small"
    scene.ask("worried", first, "enough", "person", "help")


def _small_step(scene: Scene) -> None:
    scene.say("worried.together")
    at_step.simpler(scene) if help_.in_lesson(scene) else scene.go_on()


STATES = (
    held(
        "scam_next",
        _scam_next,
        {"nothing_given": _nothing_given, "given": tricked},
        yes="given",
        no="nothing_given",
        intents={"next": "nothing_given", "stuck": "given", "worried": worried},
    ),
    held(
        "given_or_paid",
        _given_or_paid,
        {"nothing_given": _nothing_given, "given": tricked, "not_sure": tricked},
        yes="given",
        no="nothing_given",
        intents={"next": "nothing_given", "stuck": "not_sure", "worried": worried},
    ),
    held(
        "asked_for_code",
        asked_for_code,
        {"nobody_asked": _nobody_asked, "somebody_asked": _somebody_asked},
        yes="somebody_asked",
        no="nobody_asked",
        intents={"check_scam": "somebody_asked", "next": "nobody_asked", "worried": worried},
    ),
    Asked(
        "worried",
        _worried,
        {"one_small_step": _small_step, "something_small": _small_step},
        yes="one_small_step",
        no="enough",
        intents={"next": "one_small_step", "resume": "one_small_step"},
        menu=True,
    ),
)
