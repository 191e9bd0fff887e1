"""What a learner can do already, and what lessons are called."""

from __future__ import annotations

from bot.conversation import trip
from bot.conversation.scene import Scene


def confidence_due(scene: Scene, lesson_id: str) -> bool:
    """Before and after the first lesson after there-and-back, and every third."""
    if lesson_id == trip.THERE_AND_BACK:
        return False
    others = [x for x in finished_lessons(scene) if x not in (trip.THERE_AND_BACK, lesson_id)]
    return len(others) % 3 == 0


def finished_lessons(scene: Scene) -> tuple[str, ...]:
    """Ids of what this learner can do already, the oldest first."""
    kept = [p.lesson for p in scene.known.progress if p.status == "finished" or p.completed]
    return tuple(dict.fromkeys([*kept, *scene.note("finished").split()]))


def title(scene: Scene, lesson_id: str) -> str:
    """A lesson's title in the learner's language, whether it is written or only planned; else ""."""
    lesson = scene.house.catalogue.lesson(lesson_id, scene.language)
    if lesson:
        return lesson.title
    planned = scene.house.catalogue.planned.get(lesson_id)
    return planned.titles.get(scene.language, "") if planned else ""
