"""Whom to ring after a trick: one call a message, in the order of the place; and a messenger that was taken over."""

from __future__ import annotations

from bot.conversation.scene import Handler, Scene
from bot.conversation.trouble import asked_name, asking, bold, held, keys_of, saying
from bot.messages import Centre


def calls(centre: Centre) -> tuple[tuple[str, str], ...]:
    """Whom to ring at this place, in order: (place | advice | bank, the number, "": the one on the card)."""
    first = (("place", centre.after_trick),) if centre.after_trick else ()
    bank = () if centre.after_trick_reaches == "bank" else (("bank", ""),)
    advice = (("advice", centre.advice),) if centre.advice else ()
    return (*first, *advice, *bank) if first else (*bank, *advice)


def first_number(scene: Scene) -> str:
    return _number(scene, calls(scene.centre)[0][1])


def _number(scene: Scene, number: str) -> str:
    return bold(number) if number else scene.phrase("tricked.number_on_card")


def _place_of(scene: Scene) -> int:
    """Which of the calls is asked for: `tricked_ring:1` is the second."""
    _, _, at = scene.session.asked.partition(":")
    return int(at) if asked_name(scene) == "tricked_ring" and at.isdigit() else 0


def _ring(scene: Scene) -> None:
    scene.urgent = True
    at = int(scene.arg) if scene.arg.isdigit() else 0
    kind, number = calls(scene.centre)[at]
    scene.say("tricked.ring_advice" if kind == "advice" else "tricked.ring", number=_number(scene, number))
    reaches = f"tricked.reaches.{scene.centre.after_trick_reaches}"
    if kind == "place" and scene.house.phrases.has(reaches, scene.language):
        scene.say(reaches)
    if keys := keys_of(scene, number):
        scene.say("tricked.how_to_ring", keys=keys)
    elif not number:
        scene.say("tricked.on_the_card")
    if kind != "advice":
        _what_to_say(scene, kind)
    scene.ask(f"tricked_ring:{at}", "have_rung", "no_answer", "another_number", "person")


def _what_to_say(scene: Scene, kind: str) -> None:
    words = scene.centre.say_after_trick
    if kind == "place" and words and _own_words(words, scene.language):
        scene.say("tricked.say_words", words=words.rstrip(".。"))
    else:
        scene.say("tricked.say_this")


def _own_words(text: str, language: str) -> bool:
    """Whether a centre's sentence is in the learner's writing: a centre's file has one language."""
    chinese = any("\u4e00" <= c <= "\u9fff" for c in text)
    return chinese == (language == "zh")


def _how_to_ring(scene: Scene) -> None:
    """ "The green telephone, then 1, 5, 9, then the green button"."""
    at = _place_of(scene)
    number = calls(scene.centre)[at][1]
    scene.say("tricked.how_to_ring", keys=keys_of(scene, number) or _number(scene, number))
    scene.ask(f"tricked_ring:{at}", "have_rung", "no_answer", "another_number", "person")


def _instead(key: str, *choices: str) -> Handler:
    def handler(scene: Scene) -> None:
        scene.urgent = True
        at = _place_of(scene)
        scene.say(key)
        scene.ask(f"tricked_ring:{at}", *choices)

    return handler


def _rung(scene: Scene) -> None:
    """The next call of the place, or all are made."""
    at = _place_of(scene) + 1
    if at < len(calls(scene.centre)):
        scene.say("tricked.one_more")
        return scene.open(f"tricked_ring:{at}")
    scene.say("tricked.stopped")
    scene.open("tricked_write")


# A stolen account: the thief is writing to the family now


_account = asking(
    "tricked_account", "signed_in", "cannot_sign_in", "person", lines=("tricked.sign_in_again",), urgent=True
)
_family = asking(
    "tricked_family",
    "family_rung",
    "no_answer",
    "person",
    lines=("tricked.ring_family", "tricked.thief_writes"),
    urgent=True,
)
_family_no_answer = asking(
    "tricked_family", "family_rung", "person", lines=("tricked.ring_another_relative",), urgent=True
)


STATES = (
    held(
        "tricked_ring",
        _ring,
        {
            "have_rung": _rung,
            "no_answer": _instead("tricked.ring_again", "have_rung", "another_number", "person"),
            "another_number": _instead("tricked.card_back", "have_rung", "no_answer", "person"),
        },
        yes="have_rung",
        no="no_answer",
        intents={"stuck": _how_to_ring, "find_lesson": _how_to_ring},
    ),
    held(
        "tricked_account",
        _account,
        {
            "signed_in": saying("tricked.thrown_out", then="tricked_family", urgent=True),
            "cannot_sign_in": saying("tricked.try_later", then="tricked_family", urgent=True),
        },
        yes="signed_in",
        no="cannot_sign_in",
    ),
    held(
        "tricked_family",
        _family,
        {
            "family_rung": saying("tricked.family_knows", "tricked.they_did_wrong", then="tricked_alone"),
            "no_answer": _family_no_answer,
        },
        yes="family_rung",
        no="no_answer",
    ),
)
