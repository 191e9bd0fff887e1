"""Once the calls are made: write it down, who else, and then peace for the day."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import a_person, coming_back, next_time
from bot.conversation.scene import Scene
from bot.conversation.trouble import asking, bold, held, saying

_write = asking(
    "tricked_write", "wrote_it_down", "no_reference", "need_a_rest", lines=("tricked.write_down", "tricked.reference")
)
_written = saying("tricked.they_did_wrong", then="tricked_alone")
_alone = asking("tricked_alone", "alone", "somebody_here", "person", lines=("tricked.alone",))


def _is_alone(scene: Scene) -> None:
    if scene.centre.crisis:
        scene.say("tricked.listens", number=bold(scene.centre.crisis))
    a_person.where_they_are(scene)
    scene.open("tricked_after")


def _not_alone(scene: Scene) -> None:
    scene.say("tricked.good_company")
    a_person.where_they_are(scene)
    scene.open("tricked_after")


_after = asking("tricked_after", "good_night", "what_now", "person", lines=("tricked.same_men",))
_what_now = asking("tricked_after", "good_night", "person", lines=("tricked.what_now",))


def _good_night(scene: Scene) -> None:
    name = scene.session.name
    scene.say("tricked.rest_name" if name else "tricked.rest", name=name)
    scene.ask("tricked_rest", "what_now", "person")


def _rest(scene: Scene) -> None:
    """No lesson, quiz or reminder on that day. The next day begins as any other."""
    if next_time.local_day(scene).isoformat() != scene.note("tricked_day"):
        scene.mark("before", "")
        scene.set(asked="away")
        return coming_back.welcome(scene)
    scene.say("tricked.rest_today")
    scene.ask("tricked_rest", "what_now", "person")


def _next_day(scene: Scene) -> bool:
    if next_time.local_day(scene).isoformat() == scene.note("tricked_day"):
        return False
    _rest(scene)
    return True


STATES = (
    held(
        "tricked_write",
        _write,
        {"wrote_it_down": _written, "no_reference": _written, "need_a_rest": _written},
        yes="wrote_it_down",
        no="no_reference",
        intents={"pause": "need_a_rest"},
    ),
    held(
        "tricked_alone",
        _alone,
        {"alone": _is_alone, "somebody_here": _not_alone},
        yes="alone",
        no="somebody_here",
        intents={"next": "somebody_here"},
    ),
    held(
        "tricked_after",
        _after,
        {"good_night": _good_night, "what_now": _what_now},
        yes="good_night",
        no="what_now",
        intents={"goodbye": "good_night", "pause": "good_night", "thanks": "good_night", "next": "what_now"},
    ),
    replace(held("tricked_rest", _rest, {"what_now": _what_now, "good_night": _good_night}), hears=_next_day),
)
