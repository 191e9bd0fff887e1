"""What to learn: a lesson asked for, a path, the next one. What a lesson leans on is advice, never a gate."""

from __future__ import annotations

from bot.conversation import knowing, lesson, trip
from bot.conversation.labels import fit
from bot.conversation.scene import Asked, Scene
from lessons.model import Lesson

# Scores are chances, more or less: so near to the best, the right one is offered in 90 of 100 (cross-validated).
ABOUT_AS_LIKELY = 0.12
UNSURE = 0.3  # below it the first is right half of the time: always asked
PATH_PAGES = (("talk", "safe"), ("out", "health"), ("curious",))
SMALL = ("bigger-text", "volume-and-ringer", "home-screen")  # about two minutes each


def available(scene: Scene) -> list[Lesson]:
    """Lessons in the learner's language that fit the phone, without the one that stands before all."""
    system = scene.session.system
    return [
        x
        for x in scene.house.catalogue.lessons(scene.language)
        if x.id != trip.THERE_AND_BACK and (not system or system in x.systems)
    ]


def label(scene: Scene, lesson_id: str) -> str:
    """A lesson's name on a button: a short form of ours where its title is too long."""
    key = f"lesson_label.{lesson_id}"
    if scene.house.phrases.has(key, scene.language):
        return scene.phrase(key)
    return fit(knowing.title(scene, lesson_id), scene.language)


def suggestions(scene: Scene) -> list[str]:
    """Lesson ids in the order in which they would be offered: asked for, on the path, then all others."""
    there = {x.id for x in available(scene)}
    known = knowing.finished_lessons(scene)
    paths = scene.house.catalogue.paths
    order = [scene.session.wanted]
    if scene.session.letters:
        order.append("bigger-text")
    order += paths.get(scene.session.path, ())
    for ids in paths.values():
        order += ids
    order += sorted(there)
    new = [x for x in dict.fromkeys(order) if x in there and x not in known]
    return new or [x for x in dict.fromkeys(order) if x in there]


def _choose(scene: Scene) -> None:
    """What would you like? What was put aside comes first, then what fits next."""
    waiting = [p.lesson for p in scene.session.paused if p.lesson]
    ids = list(dict.fromkeys([*waiting, *suggestions(scene)]))
    if not ids:
        scene.say("choose.nothing_yet")
        return scene.ask("choose", "enough", "help")
    scene.say("choose.ask")
    buttons = [(f"lesson:{x}", label(scene, x)) for x in ids[:2]]
    scene.ask("choose", *buttons, *(["something_else"] if len(ids) > 2 else ["enough"]), "help")


def _lesson_chosen(scene: Scene) -> None:
    if any(p.lesson == scene.arg for p in scene.session.paused):
        from bot.conversation import coming_back

        return coming_back.take_up(scene, scene.arg)
    start(scene, scene.arg)


def start(scene: Scene, lesson_id: str) -> None:
    """The learner gets the lesson: at once, or after the one question that it needs first."""
    found = scene.house.catalogue.lesson(lesson_id, scene.language)
    if found is None:
        return not_there(scene)
    if not scene.session.system:
        scene.set(wanted=lesson_id)
        return scene.open("phone")
    if scene.session.system not in found.systems:
        scene.say("choose.other_phone", title=found.title)
        return scene.open("choose")
    if not scene.note("met") and lesson_id != trip.THERE_AND_BACK:
        from bot.conversation import meeting

        scene.set(wanted=lesson_id)
        return meeting.way_home_first(scene)
    if leans_on(scene, found):
        return scene.open(f"advice:{lesson_id}")
    lesson.begin(scene, lesson_id)


def leans_on(scene: Scene, wanted: Lesson) -> str:
    """A written lesson that this one needs and that the learner has not met; else ""."""
    known = {*knowing.finished_lessons(scene), *scene.note("knows").split(), trip.THERE_AND_BACK}
    there = {x.id for x in available(scene)}
    return next((x for x in wanted.needs if x in there and x not in known), "")


def _advice(scene: Scene) -> None:
    wanted = scene.house.catalogue.lesson(scene.arg, scene.language)
    first = leans_on(scene, wanted) if wanted else ""
    if wanted is None or not first:
        return start(scene, scene.arg)
    scene.say("advice.ask", title=knowing.title(scene, first))
    scene.ask(f"advice:{scene.arg}", "i_know_it", "show_me", "help")


def _i_know_it(scene: Scene) -> None:
    wanted = scene.session.asked.partition(":")[2]
    found = scene.house.catalogue.lesson(wanted, scene.language)
    if found:
        scene.mark("knows", " ".join([*scene.note("knows").split(), *found.needs]))
        scene.say("advice.good")
    lesson.begin(scene, wanted)


def _show_me(scene: Scene) -> None:
    wanted = scene.session.asked.partition(":")[2]
    found = scene.house.catalogue.lesson(wanted, scene.language)
    first = leans_on(scene, found) if found else ""
    if not first:
        return start(scene, wanted)
    scene.set(wanted=wanted)
    scene.say("advice.first")
    lesson.begin(scene, first)


# Asked for in words


def find(scene: Scene) -> None:
    """The message itself says which."""
    there = {x.id for x in scene.house.catalogue.lessons(scene.language)}
    likely = [(x, score) for x, score in scene.heard.lessons if x in there]
    best = likely[0][1] if likely else 0.0
    planned = [x for x, score in scene.heard.lessons[:1] if x not in there and score - best > ABOUT_AS_LIKELY]
    if planned or not likely:
        return not_there(scene, *planned)
    near = [x for x, score in likely[:3] if best - score <= ABOUT_AS_LIKELY or best < UNSURE]
    place = scene.session.place
    if len(near) > 1:
        scene.mark("offered", " ".join(near))
        return scene.open("which_lesson")
    if place and place.lesson == near[0] and place.step not in ("", "end"):
        scene.say("choose.are_in_it")
        return scene.open("step")
    scene.say("choose.gladly")
    start(scene, near[0])


def _which(scene: Scene) -> None:
    near = scene.note("offered").split()
    scene.say("choose.which")
    shown = [(f"lesson:{x}", label(scene, x)) for x in near[:3]]
    scene.ask("which_lesson", *shown, "none_of_these", "help")


def not_there(scene: Scene, planned: str = "") -> None:
    """Said kindly, with what there is; volunteers see that a lesson is missed, and which if it is a planned one."""
    scene.event("wish_not_found", **({"wanted": planned} if planned else {}))
    scene.say("choose.not_yet")
    scene.open("choose")


def list_lessons(scene: Scene) -> None:
    scene.open("lessons:0")


def _list(scene: Scene) -> None:
    """Two a page."""
    ids = suggestions(scene)
    known = knowing.finished_lessons(scene)
    ids += [x.id for x in available(scene) if x.id not in ids and x.id in known]
    page = int(scene.arg) if scene.arg.isdigit() else 0
    page = page if page * 2 < len(ids) else 0
    shown = ids[page * 2 : page * 2 + 2]
    if not shown:
        return scene.open("choose")
    scene.say("choose.list" if page == 0 else "choose.list_more")
    more = ["more_lessons"] if len(ids) > 2 else []
    scene.ask(f"lessons:{page}", *((f"lesson:{x}", label(scene, x)) for x in shown), *more, "help")


def _more_lessons(scene: Scene) -> None:
    page = scene.session.asked.partition(":")[2]
    scene.open(f"lessons:{int(page or 0) + 1}")


def suggest_next(scene: Scene) -> None:
    """A new lesson, and we choose."""
    ids = [x for x in suggestions(scene) if not (scene.session.place and scene.session.place.lesson == x)]
    if not ids:
        return scene.open("choose")
    scene.open(f"suggest:{ids[0]}")


def something_small(scene: Scene) -> None:
    there = {x.id for x in available(scene)}
    known = knowing.finished_lessons(scene)
    small = next((x for x in SMALL if x in there and x not in known), "")
    if small:
        return scene.open(f"suggest:{small}")
    suggest_next(scene)


def _suggest(scene: Scene) -> None:
    found = scene.house.catalogue.lesson(scene.arg, scene.language)
    if found is None:
        return scene.open("choose")
    scene.say("choose.suggest", title=found.title)
    scene.ask(f"suggest:{scene.arg}", "yes_please", "something_else", "not_now", "help")


def _yes_please(scene: Scene) -> None:
    start(scene, scene.session.asked.partition(":")[2])


def _not_now(scene: Scene) -> None:
    scene.say("choose.no_hurry")
    scene.go_on() if scene.session.place else scene.open("choose")


# Paths: "What would you like first?"


def _path(scene: Scene) -> None:
    page = int(scene.arg) if scene.arg.isdigit() else 0
    page = page % len(PATH_PAGES)
    scene.say("path.ask" if page == 0 else "path.or")
    shown = [(f"path:{p}", scene.phrase(f"path.{p}")) for p in PATH_PAGES[page]]
    scene.ask(f"path:{page}", *shown, "something_else", "help")


def _path_chosen(scene: Scene) -> None:
    scene.set(path=scene.arg if scene.arg in scene.house.catalogue.paths else "")
    known = knowing.finished_lessons(scene)
    there = {x.id for x in available(scene)}
    first = [x for x in scene.house.catalogue.paths.get(scene.arg, ()) if x in there and x not in known]
    if not first:
        scene.say("path.nothing_yet")
        return scene.open("choose")
    start(scene, first[0])


def _other_path(scene: Scene) -> None:
    page = scene.session.asked.partition(":")[2]
    number = int(page or 0) + 1
    if number >= len(PATH_PAGES):
        return scene.open("lessons:0")
    scene.open(f"path:{number}")


STATES = (
    Asked(
        "choose",
        _choose,
        {"lesson": _lesson_chosen, "something_else": list_lessons},
        intents={"affirm": suggest_next, "next": suggest_next, "deny": "enough", "stuck": list_lessons},
    ),
    Asked(
        "advice",
        _advice,
        {"i_know_it": _i_know_it, "show_me": _show_me},
        yes="i_know_it",
        no="show_me",
        intents={"next": "i_know_it", "skip_step": "i_know_it", "stuck": "show_me", "explain_term": "show_me"},
    ),
    Asked(
        "which_lesson",
        _which,
        {"lesson": _lesson_chosen, "none_of_these": not_there},
        no="none_of_these",
        intents={"stuck": "none_of_these"},
    ),
    Asked(
        "lessons",
        _list,
        {"lesson": _lesson_chosen, "more_lessons": _more_lessons},
        no="more_lessons",
        intents={"next": "more_lessons", "list_lessons": "more_lessons", "affirm": suggest_next},
    ),
    Asked(
        "suggest",
        _suggest,
        {"yes_please": _yes_please, "something_else": list_lessons, "not_now": _not_now},
        yes="yes_please",
        no="something_else",
        intents={"next": "yes_please"},
    ),
    Asked(
        "path",
        _path,
        {"path": _path_chosen, "something_else": _other_path},
        no="something_else",
        intents={"next": "something_else", "skip_step": "something_else", "affirm": suggest_next},
    ),
)
