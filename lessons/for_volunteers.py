"""Lessons for volunteers: in the same format, in `for-volunteers/<id>/<language>.md`. They are in no catalogue, so that no
learner is offered one and no finder finds one. A step needs no picture: it is done on the volunteer's own page."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lessons.diagnostic import Diagnostic
from lessons.labels import Labels
from lessons.model import Lesson
from lessons.parser import parse

FOLDER = Path(__file__).resolve().parent / "for-volunteers"
FIRST_MINUTES = "first-minutes"


def read(lesson_id: str, language: str, folder: Path = FOLDER) -> tuple[Lesson | None, list[Diagnostic]]:
    """The lesson, and what is wrong with its file. Raises OSError where there is no such file."""
    path = folder / lesson_id / f"{language}.md"
    labels = Labels.load(FOLDER.parent / "labels.toml")
    return parse(
        path.read_text(encoding="utf-8"), path=str(path), lesson_id=lesson_id, language=language, labels=labels
    )


def languages(lesson_id: str) -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in (FOLDER / lesson_id).glob("*.md")))


@cache
def for_volunteers(lesson_id: str, language: str) -> Lesson:
    """The lesson in that language, else in English. Raises ValueError, saying what to mend, for a file that breaks the
    format."""
    lesson, wrong = read(lesson_id, language if language in languages(lesson_id) else "en")
    if lesson is None:
        raise ValueError("\n".join(str(one) for one in wrong))
    return lesson
