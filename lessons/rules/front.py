"""Rules about the lines between the two ---."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lessons.curriculum import COMPETENCE, RISKS
from lessons.diagnostic import Diagnostic
from lessons.model import SYSTEMS
from lessons.nearest import did_you_mean
from lessons.rules.look import Look, Shelf

FEWEST_ASKS = 5
FRAMEWORKS = ("digcomp-2.2", "dlgf-2018")
POSSIBLE = {
    "format": ("1",),
    "risk": RISKS,
    "leaves-chat": ("yes",),
    "own-pictures": ("yes",),
    "licence": ("CC-BY-SA-4.0",),
    "systems": SYSTEMS,
}


def front_matter_value(look: Look) -> Iterator[Diagnostic]:
    for key, possible in POSSIBLE.items():
        front = look.lesson.front.get(key)
        for value, spot in zip(front.texts, front.spots, strict=True) if front else ():
            if value not in possible:
                message = f'"{value}" is no {key}.' + did_you_mean(value, possible)
                yield look.found(spot, "front-matter-value", message)
    front = look.lesson.front.get("reviewed")
    if front and front.texts and not _is_date(front.texts[0]):
        yield look.found(front.spots[0], "front-matter-value", 'Write the day of the last review as "2026-11-20".')
    front = look.lesson.front.get("competences")
    for value, spot in zip(front.texts, front.spots, strict=True) if front else ():
        framework = value.partition(":")[0]
        if not COMPETENCE.fullmatch(value) or framework not in FRAMEWORKS:
            hint = did_you_mean(framework, FRAMEWORKS)
            message = f'"{value}" is no competence: write framework, version and id, such as digcomp-2.2:5.1.{hint}'
            yield look.found(spot, "front-matter-value", message)
    for key in ("competences", "authors"):
        front = look.lesson.front.get(key)
        if front and not front.texts:
            yield look.found(front.spot, "front-matter-value", f'"{key}" is empty. Name at least one.')


def _is_date(value: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def asks_too_few(look: Look) -> Iterator[Diagnostic]:
    front = look.lesson.front.get("asks")
    if front and len(front.texts) < FEWEST_ASKS:
        message = f"Write at least {FEWEST_ASKS} ways in which people ask for this, in their own words."
        yield look.found(front.spot, "asks-too-few", message)


def asks_twice(shelf: Shelf) -> Iterator[Diagnostic]:
    """The same question twice in a lesson is a slip; in two lessons of a language it may be meant."""
    first: dict[tuple[str, str], str] = {}
    for source in shelf.catalogue.sources:
        front = source.front.get("asks")
        for value, spot in zip(front.texts, front.spots, strict=True) if front else ():
            key = source.language, re.sub(r"\W+", " ", value).strip().lower()
            if first.setdefault(key, source.id) != source.id:
                message = f'The lesson {first[key]} asks "{value}" too. The learner will be asked which is meant.'
                yield Diagnostic(source.path, spot.line, spot.column, "asks-twice", message, True)
            elif front and value in front.texts[: front.spots.index(spot)]:
                yield Diagnostic(source.path, spot.line, spot.column, "asks-twice", f'"{value}" stands here already.')
