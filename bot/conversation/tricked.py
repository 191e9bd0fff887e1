"""Money or a code has gone, somebody steers the phone: the first ten minutes.

Only what is true is said: no message is claimed that nobody has sent. Numbers go by the place, never by language.
"""

from __future__ import annotations

from datetime import timedelta

from bot.conversation import help as help_
from bot.conversation import next_time
from bot.conversation.scene import Asked, Scene
from bot.conversation.trouble import IN_TRICKED, asked_name
from bot.messages import Plan


def tricked(scene: Scene) -> None:
    """The first answer: they did right to tell. Are they still on the phone? Hang up."""
    if asked_name(scene) in IN_TRICKED:
        return scene.go_on()
    scene.event("tricked_told")
    scene.urgent = True
    scene.say("tricked.right_to_tell")
    scene.open("tricked_call")


def _call(scene: Scene) -> None:
    scene.urgent = True
    scene.say("tricked.hang_up")
    scene.ask("tricked_call", "hung_up", "still_talking", "in_my_phone", "person")


def _still(scene: Scene) -> None:
    scene.urgent = True
    scene.say("tricked.red_button")
    scene.ask("tricked_call", "hung_up", "in_my_phone", "person")


def _in_my_phone(scene: Scene) -> None:
    scene.open("tricked_phone_off")


def _phone_off(scene: Scene) -> None:
    scene.urgent = True
    scene.say("tricked.phone_off")
    scene.say("tricked.other_phone", number=_number(scene))
    scene.ask("tricked_phone_off", "it_is_off", "cannot_do_it", "person")


def _cannot_switch_off(scene: Scene) -> None:
    scene.urgent = True
    scene.say("tricked.flight_mode")
    scene.ask("tricked_phone_off", "it_is_off", "person")


def _number(scene: Scene) -> str:
    centre = scene.centre
    return f"**{centre.after_trick}**" if centre.after_trick else scene.phrase("tricked.number_on_card")


def _hung_up(scene: Scene) -> None:
    scene.say("tricked.well_done")
    scene.open("tricked_ring")


def _ring(scene: Scene) -> None:
    scene.urgent = True
    centre = scene.centre
    scene.say("tricked.ring", number=_number(scene))
    reaches = f"tricked.reaches.{centre.country.lower()}"
    if centre.after_trick and scene.house.phrases.has(reaches, scene.language):
        scene.say(reaches)
    words = centre.say_after_trick
    if words and _own_words(words, scene.language):
        scene.say("tricked.say_words", words=words.rstrip(".。"))
    else:
        scene.say("tricked.say_this")
    scene.ask("tricked_ring", "have_rung", "no_answer", "another_number", "person")


def _own_words(text: str, language: str) -> bool:
    """Whether a centre's sentence is in the learner's writing: a centre's file has one language."""
    chinese = any("\u4e00" <= c <= "\u9fff" for c in text)
    return chinese == (language == "zh")


def _how_to_ring(scene: Scene) -> None:
    """ "The green telephone, then 1, 5, 9, then the green button"."""
    number = scene.centre.after_trick
    keys = scene.phrase("list.comma").join(number) if number.isdigit() and len(number) <= 6 else _number(scene)
    scene.say("tricked.how_to_ring", keys=keys)
    scene.ask("tricked_ring", "have_rung", "no_answer", "another_number", "person")


def _no_answer(scene: Scene) -> None:
    scene.urgent = True
    scene.say("tricked.ring_again")
    scene.ask("tricked_ring", "have_rung", "another_number", "person")


def _another_number(scene: Scene) -> None:
    scene.urgent = True
    scene.say("tricked.card_back")
    scene.ask("tricked_ring", "have_rung", "no_answer", "person")


def _rung(scene: Scene) -> None:
    scene.say("tricked.stopped")
    scene.open("tricked_write")


def _write(scene: Scene) -> None:
    scene.say("tricked.write_down")
    scene.say("tricked.reference")
    scene.ask("tricked_write", "wrote_it_down", "no_reference", "need_a_rest")


def _written(scene: Scene) -> None:
    scene.say("tricked.they_did_wrong")
    scene.open("tricked_alone")


def _alone(scene: Scene) -> None:
    scene.say("tricked.alone")
    scene.ask("tricked_alone", "alone", "somebody_here", "person")


def _is_alone(scene: Scene) -> None:
    centre = scene.centre
    if centre.crisis:
        scene.say("tricked.listens", number=f"**{centre.crisis}**")
    _place_helps(scene)
    scene.open("tricked_after")


def _not_alone(scene: Scene) -> None:
    scene.say("tricked.good_company")
    _place_helps(scene)
    scene.open("tricked_after")


def _place_helps(scene: Scene) -> None:
    centre = scene.centre
    if centre.telephone and centre.name:
        scene.say("person.ring", centre=centre.name, telephone=centre.telephone)
        if when := help_.opening(scene, centre):
            scene.say("person.opens", when=when)


def _after(scene: Scene) -> None:
    scene.say("tricked.same_men")
    scene.ask("tricked_after", "good_night", "what_now", "person")


def _good_night(scene: Scene) -> None:
    name = scene.session.name
    scene.say("tricked.rest_name" if name else "tricked.rest", name=name)
    ask_tomorrow(scene)
    scene.open("away")


def ask_tomorrow(scene: Scene) -> None:
    """One message on the next morning, and nothing else that day: how did you sleep?"""
    if scene.session.consents.get("reminders") == "no":
        return
    scene.plans.append(Plan("reminder", scene.at, drop=True))
    scene.plans.append(Plan("question", next_time.morning_of(scene, next_time.local_day(scene) + timedelta(days=1))))


def _what_now(scene: Scene) -> None:
    scene.say("tricked.what_now")
    scene.ask("tricked_after", "good_night", "person")


def no_shame(scene: Scene) -> None:
    """ "What a fool": it is they who did wrong; nothing is told to the family."""
    scene.say("tricked.no_shame")
    scene.go_on()


CALL = {
    "hung_up": _hung_up, "still_talking": _still, "in_my_phone": _in_my_phone,
}  # fmt: skip
STATES = (
    Asked(
        "tricked_call",
        _call,
        CALL,
        yes="still_talking",
        no="hung_up",
        intents={"next": "hung_up", "goodbye": "hung_up", "worried": no_shame, "stuck": "still_talking"},
        menu=True,
        holds=True,
    ),
    Asked(
        "tricked_phone_off",
        _phone_off,
        {"it_is_off": _hung_up, "cannot_do_it": _cannot_switch_off},
        yes="it_is_off",
        no="cannot_do_it",
        intents={"next": "it_is_off", "stuck": "cannot_do_it", "worried": no_shame},
        menu=True,
        holds=True,
    ),
    Asked(
        "tricked_ring",
        _ring,
        {"have_rung": _rung, "no_answer": _no_answer, "another_number": _another_number},
        yes="have_rung",
        no="no_answer",
        intents={"next": "have_rung", "stuck": _how_to_ring, "find_lesson": _how_to_ring, "worried": no_shame},
        menu=True,
        holds=True,
    ),
    Asked(
        "tricked_write",
        _write,
        {"wrote_it_down": _written, "no_reference": _written, "need_a_rest": _written},
        yes="wrote_it_down",
        no="no_reference",
        intents={"next": "wrote_it_down", "pause": "need_a_rest", "worried": no_shame},
        menu=True,
        holds=True,
    ),
    Asked(
        "tricked_alone",
        _alone,
        {"alone": _is_alone, "somebody_here": _not_alone},
        yes="alone",
        no="somebody_here",
        intents={"worried": no_shame, "next": "somebody_here"},
        menu=True,
        holds=True,
    ),
    Asked(
        "tricked_after",
        _after,
        {"good_night": _good_night, "what_now": _what_now},
        yes="good_night",
        no="what_now",
        intents={
            "goodbye": "good_night",
            "pause": "good_night",
            "thanks": "good_night",
            "next": "what_now",
            "worried": no_shame,
        },
        menu=True,
        holds=True,
    ),
)
