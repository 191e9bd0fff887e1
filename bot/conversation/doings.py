"""Four small doings, before and after a path: by oneself, with a little help, or not yet. Never a mark; the learner sees
first what came of it, and a volunteer only with leave."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation import choosing, knowing, trip
from bot.conversation.scene import Asked, Handler, Scene

# Path -> what is asked about, and which competence of DigComp 2.2 it belongs to.
DOINGS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "talk": (
        ("write", "digcomp-2.2:2.1"), ("photo", "digcomp-2.2:2.2"), ("video", "digcomp-2.2:2.1"), ("group", "digcomp-2.2:2.4"),
    ),
    "safe": (
        ("lock", "digcomp-2.2:4.1"), ("code", "digcomp-2.2:4.2"), ("trick", "digcomp-2.2:1.2"), ("call", "digcomp-2.2:4.3"),
    ),
    "out": (
        ("wifi", "digcomp-2.2:5.1"), ("way", "digcomp-2.2:1.1"), ("bus", "digcomp-2.2:2.3"), ("square", "digcomp-2.2:4.1"),
    ),
    "health": (
        ("letters", "digcomp-2.2:5.2"), ("call", "digcomp-2.2:4.3"), ("doctor", "digcomp-2.2:2.3"), ("city", "digcomp-2.2:2.6"),
    ),
    "curious": (
        ("find", "digcomp-2.2:1.1"), ("photo", "digcomp-2.2:3.1"), ("again", "digcomp-2.2:1.3"), ("true", "digcomp-2.2:1.2"),
    ),
}  # fmt: skip
ALONE, WITH_HELP, NOT_YET, LEFT_OUT = "2", "1", "0", "-"
BEFORE, AFTER, NO = "before", "after", "no"


def offer(scene: Scene) -> bool:
    """Asks whether four doings may be asked about, where it is time. Once before a path and once after it; whoever said no
    is not asked again. False where it is not time: nothing of it stands in the way of a lesson."""
    path = scene.session.path
    if path not in DOINGS or scene.session.consents.get("remember") != "yes" or scene.known.in_class:
        return False
    when = _when(scene, path)
    if not when:
        return False
    scene.open(f"doings_offer:{path}/{when}")
    return True


def _when(scene: Scene, path: str) -> str:
    """ "before": one lesson of the path is done and some are left, and nothing else was asked today; "after": all are
    done; "" where it is not time."""
    said = scene.note(f"doings.{path}")
    done, left = _way(scene, path)
    if said == BEFORE and done and not left:
        return AFTER
    if said or not done or len(left) < 2:
        return ""
    asked_today = scene.note("consent_day") == scene.at.date().isoformat() or knowing.confidence_due(scene, done[-1])
    return "" if asked_today else BEFORE


def _way(scene: Scene, path: str) -> tuple[list[str], list[str]]:
    """The path's lessons that there are: (done, not done)."""
    there = {lesson.id for lesson in choosing.available(scene)} - {trip.THERE_AND_BACK}
    own = [lesson for lesson in scene.house.catalogue.paths.get(path, ()) if lesson in there]
    known = knowing.finished_lessons(scene)
    return [x for x in known if x in own], [x for x in own if x not in known]


def _offer(scene: Scene) -> None:
    path, _, when = scene.arg.partition("/")
    scene.say(f"doings.offer_{when}", path=scene.phrase(f"path.{path}"))
    scene.ask(f"doings_offer:{scene.arg}", "yes_please", "no_thanks", "help")


def _yes(scene: Scene) -> None:
    about = scene.session.asked.partition(":")[2]
    scene.mark("doings.answers", "")
    scene.say("doings.how")
    scene.open(f"doing:{about}/0")


def _no(scene: Scene) -> None:
    path, _, when = scene.session.asked.partition(":")[2].partition("/")
    scene.mark(f"doings.{path}", NO if when == BEFORE else AFTER)
    scene.say("doings.fine")
    _past(scene)


def _doing(scene: Scene) -> None:
    path, _, number = scene.arg.split("/")
    doing, _ = DOINGS[path][int(number)]
    scene.say(f"doing.{path}.{doing}")
    scene.ask(f"doing:{scene.arg}", "can_alone", "can_with_help", "cannot_yet", "skip_this")


def _answered(value: str) -> Handler:
    def answered(scene: Scene) -> None:
        path, when, number = scene.session.asked.partition(":")[2].split("/")
        scene.mark("doings.answers", scene.note("doings.answers") + value)
        if int(number) + 1 < len(DOINGS[path]):
            return scene.open(f"doing:{path}/{when}/{int(number) + 1}")
        _keep(scene, path, when)
        scene.open(f"doings_seen:{path}/{when}")

    return answered


def _keep(scene: Scene, path: str, when: str) -> None:
    """What was answered becomes the record, now that it is shown to the learner."""
    answers = scene.note("doings.answers")
    for (doing, competence), value in zip(DOINGS[path], answers, strict=False):
        if value != LEFT_OUT:
            scene.event(
                "doing_told", lesson="", step="", path=path, doing=doing, competence=competence, when=when, value=value
            )
    scene.mark("doings.answers", "")
    scene.mark(f"doings.{path}", when)
    scene.mark(f"doings.{path}.{when}", answers)


def _seen(scene: Scene) -> None:
    """The learner first: in words, what grew since the beginning before what it is."""
    path, _, when = scene.arg.partition("/")
    answers = scene.note(f"doings.{path}.{when}")
    before = scene.note(f"doings.{path}.{BEFORE}") if when == AFTER else ""
    grown = [
        doing for (doing, _), was, now in zip(DOINGS[path], before, answers, strict=False) if LEFT_OUT not in (was, now) and now > was
    ]  # fmt: skip
    if grown:
        scene.say("doings.grown", what=_names(scene, path, grown))
    for value, key in ((ALONE, "alone"), (WITH_HELP, "with_help"), (NOT_YET, "not_yet")):
        own = [doing for (doing, _), said in zip(DOINGS[path], answers, strict=False) if said == value]
        if own:
            scene.say(f"doings.{key}", what=_names(scene, path, own))
    scene.say("doings.no_mark")
    if scene.session.consents.get("volunteers") != "yes" or scene.session.consents.get("doings") == "no":
        return _past(scene)
    scene.say("doings.may_they")
    scene.ask(f"doings_seen:{scene.arg}", "they_may", "for_me_alone", "help")


def _names(scene: Scene, path: str, doings: list[str]) -> str:
    return scene.phrase("list.comma").join(scene.phrase(f"doing_name.{path}.{doing}") for doing in doings)


def _leave(answer: str) -> Handler:
    def answered(scene: Scene) -> None:
        scene.consent("doings", answer)
        scene.say(f"doings.leave_{answer}")
        _past(scene)

    return answered


def _past(scene: Scene) -> None:
    """On to what comes after a lesson."""
    from bot.conversation import ending

    ending.what_now(scene)


STATES = (
    Asked(
        "doings_offer",
        _offer,
        {"yes_please": _yes, "no_thanks": _no},
        yes="yes_please",
        no="no_thanks",
        intents={
            "next": "yes_please",
            "skip_step": "no_thanks",
            "next_lesson": "no_thanks",
            "find_lesson": "no_thanks",
        },
    ),
    Asked(
        "doing",
        _doing,
        {
            "can_alone": _answered(ALONE),
            "can_with_help": _answered(WITH_HELP),
            "cannot_yet": _answered(NOT_YET),
            "skip_this": _answered(LEFT_OUT),
        },
        yes="can_alone",
        no="cannot_yet",
        intents={"next": "can_alone", "stuck": "cannot_yet", "skip_step": "skip_this", "out_of_scope": "skip_this"},
    ),
    Asked(
        "doings_seen",
        _seen,
        {"they_may": _leave("yes"), "for_me_alone": _leave("no")},
        yes="they_may",
        no="for_me_alone",
        intents={"next": "for_me_alone", "skip_step": "for_me_alone"},
    ),
)
