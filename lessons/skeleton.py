"""A lesson to begin with: everything in its place, and a clear mark at all that is still to be written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lessons.curriculum import Planned

FOLDER = Path(__file__).parent


def skeleton(plan: Planned, language: str, today: date) -> str:
    """The text of a new lesson as planned. A language without a skeleton of its own begins from the English one."""
    file = FOLDER / f"new-lesson.{language}.md"
    if not file.is_file():
        file = FOLDER / "new-lesson.en.md"
    text = file.read_text(encoding="utf-8")
    values = {
        "needs": f"[{', '.join(plan.needs)}]",
        "competences": f"[{', '.join(plan.competences) or 'digcomp-2.2:5.2'}]",
        "risk": plan.risk,
        "today": today.isoformat(),
        "title": plan.title(language) if plan.titles else "TODO",
    }
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    return text
