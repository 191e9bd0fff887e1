"""docs/lesson-format.md teaches by a whole example; here the example is run."""

from __future__ import annotations

import re
from pathlib import Path

from bot.commands.lessons import lessons
from lessons.catalogue import SHIPPED
from lessons.front_matter import OPTIONAL, REQUIRED
from lessons.labels import Labels
from lessons.parser import parse
from tests.lessons.shelf import SHELF

PAGE = (Path(__file__).parents[2] / "docs" / "lesson-format.md").read_text(encoding="utf-8")
LABELS = Labels.load(SHIPPED / "labels.toml")


def example() -> str:
    found = re.search(r"````markdown\n(.*?)````", PAGE, re.DOTALL)
    assert found
    return found.group(1)


def test_the_example_is_a_whole_lesson() -> None:
    lesson, found = parse(example(), path="page", lesson_id="connect-wifi", language="en", labels=LABELS)
    assert found == []
    assert lesson is not None and len(lesson.steps) == 7 and len(lesson.checks) == 2 and len(lesson.recall) == 1


def test_the_example_is_the_shipped_lesson_and_the_shelf_s() -> None:
    assert example() == (SHIPPED / "connect-wifi" / "en.md").read_text(encoding="utf-8")
    assert example() == (SHELF / "connect-wifi" / "en.md").read_text(encoding="utf-8")


def test_the_page_names_every_key_label_and_command() -> None:
    labels = LABELS.of("en")
    wanted = [f"`{key}`" for key in (*REQUIRED, *OPTIONAL) if key not in ("authors", "licence")]
    wanted += [f"**{label}**" for label in labels.values()] + list(LABELS.of("zh").values())
    wanted += [f"handrail lessons {name}" for name in lessons.commands]
    assert [word for word in wanted if word not in PAGE] == []
