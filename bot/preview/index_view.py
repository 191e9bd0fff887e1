"""All lessons and how far they are, a row each."""

from __future__ import annotations

from dataclasses import dataclass

from bot.preview.desk import Desk
from lessons.curriculum import Planned
from lessons.stamps import stale_parts


@dataclass(frozen=True)
class Version:
    """One language of a lesson. `state` is written, stale or broken; `checked`: whether its findings are known yet."""

    language: str
    state: str
    steps: int = 0
    wrong: int = 0
    notes: int = 0
    checked: bool = True
    reviewed: str = ""


@dataclass(frozen=True)
class Row:
    id: str
    title: str
    path: str
    versions: tuple[Version, ...]


def rows_of(desk: Desk) -> list[Row]:
    """Written lessons first, in the order of the curriculum. Findings as far as they are known."""
    catalogue = desk.now.catalogue
    paths = {id: name for name, ids in catalogue.paths.items() for id in ids}
    titles = catalogue.path_titles
    rows = []
    for id in dict.fromkeys((*catalogue.planned, *sorted(source.id for source in catalogue.sources))):
        versions = tuple(_version(desk, id, language) for language in desk.languages(id))
        lesson = catalogue.lesson(id, "en") or next((x for (i, _), x in desk.now.good.items() if i == id), None)
        title = lesson.title if lesson else catalogue.planned.get(id, Planned(id, {})).title("en")
        path = titles.get(paths.get(id, ""), {}).get("en", "")
        rows.append(Row(id, title, path, versions))
    return sorted(rows, key=lambda row: not row.versions)


def _version(desk: Desk, id: str, language: str) -> Version:
    now = desk.now
    source, lesson = now.source(id, language), now.catalogue.lesson(id, language)
    known = desk.found(id)
    found = [d for d in known or () if source and d.path in (source.path, _stamps_of(source.path))]
    wrong, notes = sum(not d.note for d in found), sum(d.note for d in found)
    if lesson is None:
        return Version(language, "broken", wrong=wrong, notes=notes, checked=known is not None)
    original, stamped = now.catalogue.stamps.get(id, {}).get(language, ("en", {}))
    source_lesson = now.catalogue.lesson(id, original)
    stale = bool(
        source_lesson and source_lesson is not lesson and stamped and stale_parts(source_lesson, lesson, stamped)
    )
    return Version(
        language, "stale" if stale else "written", len(lesson.steps), wrong, notes, known is not None, lesson.reviewed
    )


def _stamps_of(path: str) -> str:
    return path.rpartition("/")[0] + "/made-from.toml"
