"""Money or a code has gone, danger, fear: these go before everything else, in every state.

Only what is true is said: no message is claimed that nobody has sent. Numbers go by the place, never by language.
"""

from __future__ import annotations

from datetime import timedelta

from bot.conversation import help as help_
from bot.conversation import lesson, next_time
from bot.conversation.scene import Asked, Handler, Scene
from bot.messages import Plan

IN_TRICKED = ("tricked_call", "tricked_ring", "tricked_write", "tricked_alone", "tricked_phone_off", "tricked_after")
IN_DANGER = ("danger_body", "danger_despair", "danger_after")


# What is still understood while somebody is in trouble; all else brings the same question again, calmly.
STILL_HEARD = (
    "human_help", "worried", "emergency", "tricked", "repeat", "simpler", "voice_on", "voice_off", "voice_slower",
    "bigger_text", "change_language", "someone_else", "bot_challenge", "thanks",
)  # fmt: skip


def asked_name(scene: Scene) -> str:
    return scene.session.asked.partition(":")[0]


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


def calmly(scene: Scene) -> None:
    """Anything else that is said in trouble: a human line, and the same question."""
    scene.urgent = True
    scene.say("tricked.i_am_here")
    scene.brief = True
    scene.open(scene.session.asked, brief=True)


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


def _no_shame(scene: Scene) -> None:
    """ "What a fool": it is they who did wrong; nothing is told to the family."""
    scene.say("tricked.no_shame")
    scene.go_on()


# Danger


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


# Is it honest?


def check_scam(scene: Scene) -> None:
    """Never "safe": the signs that were found, one next action, and a person."""
    ranked = dict(scene.heard.ranking)
    if ranked.get("tricked", 0.0) >= 0.3:
        return scene.open("given_or_paid")
    scene.event("scam_checked", signs=str(len(scene.finding.signs)))
    scene.say("scam.wait")
    signs = [
        scene.phrase(f"sign.{s}") for s in scene.finding.signs if scene.house.phrases.has(f"sign.{s}", scene.language)
    ]
    if signs:
        scene.say("scam.signs", signs=scene.phrase("list.comma").join(signs[:2]))
    else:
        scene.say("scam.cannot_see")
    scene.say("scam.ring_known")
    scene.open("scam_next")


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


# Fear, shame, frustration


def worried(scene: Scene) -> None:
    if asked_name(scene) in IN_TRICKED:
        return _no_shame(scene)
    scene.event("worry_told")
    scene.say("worried.not_you")
    scene.open("worried")


def _worried(scene: Scene) -> None:
    scene.say("worried.ask")
    first = "one_small_step" if help_.in_lesson(scene) else "something_small"
    scene.ask("worried", first, "enough", "person", "help")


def _small_step(scene: Scene) -> None:
    scene.say("worried.together")
    lesson.simpler(scene) if help_.in_lesson(scene) else scene.go_on()


def _to(name: str) -> Handler:
    return lambda scene: scene.open(name)


CALL = {
    "hung_up": _hung_up, "still_talking": _still, "in_my_phone": _in_my_phone,
}  # fmt: skip
STATES = (
    Asked(
        "tricked_call", _call, CALL, yes="still_talking", no="hung_up",
        intents={"next": "hung_up", "goodbye": "hung_up", "worried": _no_shame, "stuck": "still_talking"}, menu=True, holds=True,
    ),
    Asked(
        "tricked_phone_off", _phone_off, {"it_is_off": _hung_up, "cannot_do_it": _cannot_switch_off},
        yes="it_is_off", no="cannot_do_it", intents={"next": "it_is_off", "stuck": "cannot_do_it", "worried": _no_shame}, menu=True, holds=True,
    ),
    Asked(
        "tricked_ring", _ring, {"have_rung": _rung, "no_answer": _no_answer, "another_number": _another_number},
        yes="have_rung", no="no_answer", intents={"next": "have_rung", "stuck": _how_to_ring, "find_lesson": _how_to_ring, "worried": _no_shame}, menu=True, holds=True,
    ),
    Asked(
        "tricked_write", _write, {"wrote_it_down": _written, "no_reference": _written, "need_a_rest": _written},
        yes="wrote_it_down", no="no_reference", intents={"next": "wrote_it_down", "pause": "need_a_rest", "worried": _no_shame}, menu=True, holds=True,
    ),
    Asked(
        "tricked_alone", _alone, {"alone": _is_alone, "somebody_here": _not_alone},
        yes="alone", no="somebody_here", intents={"worried": _no_shame, "next": "somebody_here"}, menu=True, holds=True,
    ),
    Asked(
        "tricked_after", _after, {"good_night": _good_night, "what_now": _what_now},
        yes="good_night", no="what_now",
        intents={"goodbye": "good_night", "pause": "good_night", "thanks": "good_night", "next": "what_now", "worried": _no_shame}, menu=True, holds=True,
    ),
    Asked(
        "danger_body", _body,
        {"have_rung": _help_comes, "cannot_ring": _cannot_ring, "somebody_here": _with_somebody, "false_alarm": _false_alarm},
        yes="have_rung", no="cannot_ring", intents={"next": "have_rung", "stuck": "cannot_ring"}, menu=True, holds=True,
    ),
    Asked(
        "danger_despair", _despair, {"somebody_with_me": _with_me, "alone": _by_oneself, "have_rung": _talks_to_them},
        yes="somebody_with_me", no="alone", intents={"worried": _by_oneself, "stuck": "alone"}, menu=True, holds=True,
    ),
    Asked(
        "danger_after", _stay, {"all_well": _all_well, "not_yet_well": lambda s: s.open("danger_after")},
        yes="all_well", no="not_yet_well", intents={"thanks": "all_well", "next": "all_well"}, menu=True, holds=True,
    ),
    Asked(
        "what_then", _then, {"back_to_lesson": _back_to_lesson, "something_small": _to("choose")},
        yes="back_to_lesson", no="enough", intents={"next": "back_to_lesson", "resume": "back_to_lesson"}, menu=True,
    ),
    Asked(
        "scam_next", _scam_next, {"nothing_given": _nothing_given, "given": tricked},
        yes="given", no="nothing_given", intents={"next": "nothing_given"}, menu=True, holds=True,
    ),
    Asked(
        "given_or_paid", _given_or_paid, {"nothing_given": _nothing_given, "given": tricked, "not_sure": tricked},
        yes="given", no="nothing_given", intents={"stuck": "not_sure"}, menu=True, holds=True,
    ),
    Asked(
        "asked_for_code", asked_for_code, {"nobody_asked": _nobody_asked, "somebody_asked": _somebody_asked},
        yes="somebody_asked", no="nobody_asked", intents={"check_scam": "somebody_asked", "next": "nobody_asked"}, menu=True, holds=True,
    ),
    Asked(
        "worried", _worried, {"one_small_step": _small_step, "something_small": _small_step},
        yes="one_small_step", no="enough", intents={"next": "one_small_step", "resume": "one_small_step"}, menu=True,
    ),
)  # fmt: skip
