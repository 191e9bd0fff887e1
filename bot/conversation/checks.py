"""The small questions after a lesson, and the recalls of days 1, 3, 7 and 21. A wrong answer is answered, not asked again."""

from __future__ import annotations

from datetime import timedelta

from bot.conversation import knowing
from bot.conversation.scene import Asked, Handler, Scene
from bot.conversation.step import tell_words
from bot.conversation.waking import zone
from bot.messages import Plan
from lessons.model import Question

INTERVALS = (1, 3, 7, 21)  # days


# After a lesson


def after(scene: Scene) -> None:
    """The next of the lesson's questions, or what comes after them."""
    number = int(scene.arg or 0)
    present = scene.lesson
    if present and number < len(present.checks):
        return scene.open(f"check:{number}")
    scene.open("confidence:after")


def _check(scene: Scene) -> None:
    number = int(scene.arg or 0)
    present = scene.lesson
    if present is None or number >= len(present.checks):
        return scene.open("confidence:after")
    question = present.checks[number]
    tell_words(scene, question.question)
    labels = [(f"answer:{n}", c.label) for n, c in enumerate(question.choices)]
    scene.ask(f"check:{number}", *labels[:3], "help")


def _answered(scene: Scene) -> None:
    number = int(scene.session.asked.partition(":")[2] or 0)
    present = scene.lesson
    if present is None or number >= len(present.checks):
        return scene.open("confidence:after")
    choices = present.checks[number].choices
    if not scene.arg.isdigit() or int(scene.arg) >= len(choices):
        return scene.open(f"check:{number}")
    chosen = choices[int(scene.arg)]
    scene.event("check_answered", question=present.checks[number].id, right="yes" if chosen.right else "no")
    tell_words(scene, chosen.answer)
    scene.open(f"after_checks:{number + 1}")


def _leave_checks(scene: Scene) -> None:
    number = int(scene.session.asked.partition(":")[2] or 0)
    scene.open(f"after_checks:{number + 1}")


def by_place(number: int) -> Handler:
    """Yes is the first choice, no the second."""

    def chosen(scene: Scene) -> None:
        scene.arg = str(number)
        _answered(scene)

    return chosen


# Recalls


def due_recall(scene: Scene) -> Plan | None:
    """One that is due at this visit, the longest waiting first; one a visit, and never while a lesson goes on."""
    if scene.note("recalled") or scene.session.place:
        return None
    due = [p for p in scene.known.plans if p.kind == "recall" and p.due <= scene.at and _question(scene, p.lesson)]
    return min(due, key=lambda p: p.due) if due else None


def _question(scene: Scene, lesson_id: str, level: int = 0) -> Question | None:
    found = scene.house.catalogue.lesson(lesson_id, scene.language)
    return found.recall[level % len(found.recall)] if found and found.recall else None


def offer_recall(scene: Scene) -> bool:
    """Ask the recall that is due, folded into the visit. False where none is."""
    plan = due_recall(scene)
    if plan is None:
        return False
    scene.mark("recalled")
    scene.mark("recall_level", plan.detail.get("level", "0"))
    scene.open(f"recall:{plan.lesson}")
    return True


def _recall(scene: Scene) -> None:
    lesson_id = scene.arg
    question = _question(scene, lesson_id, scene.count("recall_level"))
    if question is None:
        return scene.open("choose")
    if not scene.brief:
        scene.say(_when(scene, lesson_id))
        scene.say("recall.you_did", title=knowing.title(scene, lesson_id))
    tell_words(scene, question.question)
    labels = [(f"recalled:{n}", c.label) for n, c in enumerate(question.choices)]
    scene.ask(f"recall:{lesson_id}", *labels[:2], "not_now", "help")


def _when(scene: Scene, lesson_id: str) -> str:
    """The phrase for the day on which they did it, by name where it lies in this week."""
    completed = next((p.completed for p in scene.known.progress if p.lesson == lesson_id), None)
    if completed is None:
        return "recall.before"
    here = zone(scene.centre)
    day = completed.astimezone(here).date()
    ago = (scene.at.astimezone(here).date() - day).days
    if ago == 1:
        return "recall.on.yesterday"
    return f"recall.on.{day.weekday()}" if 1 < ago < 7 else "recall.before"


def _recalled(scene: Scene) -> None:
    lesson_id = scene.session.asked.partition(":")[2]
    level = scene.count("recall_level")
    question = _question(scene, lesson_id, level)
    if question is None or not scene.arg.isdigit() or int(scene.arg) >= len(question.choices):
        return scene.open("choose")
    chosen = question.choices[int(scene.arg)]
    scene.event("recall_answered", lesson=lesson_id, right="yes" if chosen.right else "no", question=question.id)
    tell_words(scene, chosen.answer)
    plan_recall(scene, lesson_id, level + 1 if chosen.right else max(level - 1, 0))
    scene.open("choose")


def _recall_by_place(number: int) -> Handler:
    def chosen(scene: Scene) -> None:
        scene.arg = str(number)
        _recalled(scene)

    return chosen


def _not_now(scene: Scene) -> None:
    """Skipped without a trace."""
    scene.say("recall.skipped")
    scene.open("choose")


def plan_recall(scene: Scene, lesson_id: str, level: int) -> None:
    """The next recall of a lesson, in place of an older one. After the last interval there is none."""
    scene.plans.append(Plan("recall", scene.at, lesson_id, drop=True))
    if level < len(INTERVALS):
        due = scene.at + timedelta(days=INTERVALS[level])
        scene.plans.append(Plan("recall", due, lesson_id, {"level": str(level)}))


STATES = (
    Asked("after_checks", after),
    Asked(
        "check",
        _check,
        {"answer": _answered},
        intents={
            "affirm": by_place(0),
            "deny": by_place(1),
            "next": _leave_checks,
            "skip_step": _leave_checks,
            "stuck": _leave_checks,
        },
    ),
    Asked(
        "recall",
        _recall,
        {"recalled": _recalled, "not_now": _not_now},
        no="not_now",
        intents={"affirm": _recall_by_place(0), "skip_step": "not_now", "stuck": "not_now", "next": "not_now"},
    ),
)
