"""One person of the learner's own may see where they are: invited by the learner, for 90 days, ended with one tap.

Nobody is told when it ends. Where somebody else may be holding the phone it is asked again, of the learner alone.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from bot.conversation import knowing
from bot.conversation.next_time import zone
from bot.conversation.scene import Asked, Scene
from bot.messages import Family, FamilyChange

LASTS = timedelta(days=90)
ALONE_AFTER = 4 * 3600  # seconds: a helper who sat beside them has gone by then
WHO = ("daughter", "son", "friend", "other")


def open_family(scene: Scene) -> None:
    scene.open("family")


def asks_alone(scene: Scene) -> bool:
    """Whether this visit is the first at which the learner is likely to be alone with the phone since they invited."""
    family = scene.known.family
    return family is not None and not family.wished and scene.gap > ALONE_AFTER


def _family(scene: Scene) -> None:
    """What it would be; or, where somebody is invited, who and until when."""
    family = scene.known.family
    if family is not None:
        scene.say("family.is", who=_who(scene, family.who), until=_day(scene), what=_what(scene, family.lesson))
        return scene.ask("family", "family_end", "family_again", "go_on", "help")
    scene.say("family.what")
    scene.say("family.never")
    if scene.known.invitation is None:
        scene.say("family.no_link")
        return scene.ask("family", "go_on", "help")
    this = ("family_this",) if scene.session.place else ()
    scene.ask("family", *this, "family_all", "go_on", "help")


def _who(scene: Scene, who: str) -> str:
    return scene.phrase(f"family.who.{who if who in WHO else 'other'}")


def _what(scene: Scene, lesson: str) -> str:
    title = knowing.title(scene, lesson) if lesson else ""
    return scene.phrase("family.one", title=title) if title else scene.phrase("family.all")


def _day(scene: Scene) -> str:
    family = scene.known.family
    until = family.until if family else scene.at + LASTS
    day = until.astimezone(zone(scene.centre))
    return scene.phrase("family.day", day=str(day.day), month=scene.phrase(f"month.{day.month}"))


def tell(scene: Scene, family: Family) -> None:
    """For "What you keep": who was invited, and until when."""
    scene.say("family.data", who=_who(scene, family.who), until=_day(scene))


def _scope(scene: Scene, lesson: str) -> None:
    scene.mark("family_lesson", lesson)
    scene.open("family_who")


def _this_lesson(scene: Scene) -> None:
    place = scene.session.place
    _scope(scene, place.lesson if place else "")


def _again(scene: Scene) -> None:
    """A new link in place of the one that was lost."""
    family = scene.known.family
    if family is None:
        return scene.open("family")
    scene.mark("family_lesson", family.lesson)
    _invite(family.who, scene)


def _ask_who(scene: Scene) -> None:
    scene.say("family.ask_who")
    scene.ask("family_who", *(f"family_{who}" for who in WHO))


def _invite(who: str, scene: Scene) -> None:
    """The link, once. It is kept nowhere but as a fingerprint, so that a second look needs a new one."""
    invitation, lesson = scene.known.invitation, scene.note("family_lesson")
    if invitation is None:
        return scene.open("family")
    until = scene.at + LASTS
    scene.family = FamilyChange("invite", who, lesson, invitation.token, until, watched=bool(scene.note("helper")))
    scene.mark("family_lesson", "")
    scene.share = invitation.link
    scene.say("family.link", who=_who(scene, who))
    scene.tell(invitation.link, spoken="")
    scene.say("family.once")
    if scene.note("helper"):
        scene.say("family.later")
    scene.ask("family_link", "share", "go_on", "help")


def _link(scene: Scene) -> None:
    """Shown again: the link itself is not known any more."""
    scene.say("family.above")
    scene.ask("family_link", "family_again", "go_on", "help")


def _end(scene: Scene) -> None:
    family = scene.known.family
    if family is not None:
        scene.family = FamilyChange("end")
    scene.say("family.ended")
    scene.go_on()


def _wish(scene: Scene) -> None:
    family = scene.known.family
    if family is None:
        return scene.open("choose")
    if scene.gap > ALONE_AFTER:  # not where the question is only asked once more
        scene.mark("family_gap", int(scene.gap))
    scene.say("family.alone", who=_who(scene, family.who))
    scene.ask("family_wish", "not_my_wish", "my_wish")


def _wished(answer: str, scene: Scene) -> None:
    """Then the visit begins as it would have begun."""
    from bot.conversation import coming_back

    scene.family = FamilyChange("wish" if answer == "yes" else "end")
    scene.say(f"family.wish_{answer}")
    scene.gap = float(scene.note("family_gap") or 0)
    scene.mark("family_gap", "")
    scene.set(asked=scene.note("before") or "choose")
    coming_back.welcome_on(scene)


STATES = (
    Asked(
        "family",
        _family,
        {
            "family_this": _this_lesson,
            "family_all": lambda s: _scope(s, ""),
            "family_again": _again,
            "family_end": _end,
        },
        no="go_on",
        intents={"next": "go_on"},
        menu=True,
    ),
    Asked(
        "family_who",
        _ask_who,
        {f"family_{who}": partial(_invite, who) for who in WHO},
        no="go_on",
        menu=True,
    ),
    Asked(
        "family_link",
        _link,
        {"share": _link, "family_again": _again},
        yes="go_on",
        no="go_on",
        intents={"next": "go_on"},
        menu=True,
    ),
    Asked(
        "family_wish",
        _wish,
        {"my_wish": partial(_wished, "yes"), "not_my_wish": partial(_wished, "no")},
        yes="my_wish",
        no="not_my_wish",
        menu=True,
        holds=True,
    ),
)
