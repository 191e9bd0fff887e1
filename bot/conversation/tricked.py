"""Money or a code has gone, somebody steers the phone: the first ten minutes, one action a message.

Hang up; what was given; whom to ring; write it down; who else. Only what is true is said: no message is claimed that
nobody has sent. Numbers go by the place, never by language.
"""

from __future__ import annotations

from bot.conversation import day_after, next_time
from bot.conversation.scene import Scene
from bot.conversation.trouble import IN_TRICKED, asked_name, asking, held, saying
from bot.conversation.whom_to_ring import first_number

# What was given, as the words tell it (Finding.given), and what is asked next because of it.
NEXT_BY_GIVEN = {
    "money": "tricked_ring", "card": "tricked_ring", "bank_code": "tricked_ring", "code": "tricked_code",
    "account": "tricked_account",
}  # fmt: skip


def tricked(scene: Scene) -> None:
    """The first answer: they did right to tell. Are they still on the phone? Hang up."""
    if scene.finding.given:
        scene.mark("given", scene.finding.given)
    if asked_name(scene) in IN_TRICKED and asked_name(scene) != "tricked_rest":
        return scene.go_on()
    scene.event("tricked_told")
    scene.mark("tricked_day", next_time.local_day(scene).isoformat())
    scene.mark("given", scene.finding.given)
    day_after.after_a_trick(scene)
    scene.urgent = True
    scene.say("tricked.right_to_tell")
    scene.open("tricked_phone_off" if scene.finding.given == "phone" else "tricked_call")


# Are they still there


_call = asking(
    "tricked_call", "hung_up", "still_talking", "in_my_phone", "person", lines=("tricked.hang_up",), urgent=True
)
_still = asking("tricked_call", "hung_up", "in_my_phone", "person", lines=("tricked.red_button",), urgent=True)


def _phone_off(scene: Scene) -> None:
    """Switching it off ends this chat too: the number is in the same message."""
    scene.urgent = True
    scene.say("tricked.phone_off")
    scene.say("tricked.other_phone", number=first_number(scene))
    scene.ask("tricked_phone_off", "it_is_off", "cannot_do_it", "person")


def _cannot_switch_off(scene: Scene) -> None:
    scene.urgent = True
    scene.say("tricked.flight_mode")
    scene.say("tricked.other_phone", number=first_number(scene))
    scene.ask("tricked_phone_off", "it_is_off", "person")


# What was given


def _hung_up(scene: Scene) -> None:
    scene.urgent = True
    scene.say("tricked.well_done")
    scene.open(NEXT_BY_GIVEN.get(scene.note("given"), "tricked_given"))


_given = asking(
    "tricked_given", "money_sent", "a_code", "card_details", "they_see_it", lines=("tricked.what_given",), urgent=True
)
_whose_code = asking(
    "tricked_code",
    "code_of_bank",
    "code_of_messenger",
    "not_sure",
    "person",
    lines=("tricked.whose_code",),
    urgent=True,
)
_ring_now = saying(then="tricked_ring", urgent=True)


STATES = (
    held(
        "tricked_call",
        _call,
        {"hung_up": _hung_up, "still_talking": _still, "in_my_phone": lambda s: s.open("tricked_phone_off")},
        yes="still_talking",
        no="hung_up",
        intents={"next": "hung_up", "goodbye": "hung_up", "stuck": "still_talking"},
    ),
    held(
        "tricked_phone_off",
        _phone_off,
        {"it_is_off": _ring_now, "cannot_do_it": _cannot_switch_off},
        yes="it_is_off",
        no="cannot_do_it",
    ),
    held(
        "tricked_given",
        _given,
        {
            "money_sent": _ring_now,
            "a_code": lambda s: s.open("tricked_code"),
            "card_details": _ring_now,
            "they_see_it": lambda s: s.open("tricked_phone_off"),
        },
        intents={"next": _ring_now, "stuck": _ring_now, "affirm": _ring_now, "deny": _ring_now},
    ),
    held(
        "tricked_code",
        _whose_code,
        {"code_of_bank": _ring_now, "code_of_messenger": lambda s: s.open("tricked_account"), "not_sure": _ring_now},
        no="not_sure",
        intents={"next": "code_of_bank", "affirm": "code_of_bank"},
    ),
)
