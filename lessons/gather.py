"""Which files a person means by the paths that they typed, and what is wrong with those files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from lessons.catalogue import SHIPPED, lesson_files, load, shown
from lessons.diagnostic import Diagnostic
from lessons.model import Screens
from lessons.rules import check
from lessons.rules.look import Seconds

OWN_SURROUNDINGS = ("curriculum.toml", "glossary", "labels.toml")


class NoLesson(ValueError):
    """A path that leads to nothing that can be checked; the message says so in words."""


def check_paths(
    paths: Sequence[Path], screens: Screens | None, seconds: Seconds | None = None
) -> tuple[int, list[Diagnostic]]:
    """(how many lesson files were looked at, everything wrong with them). Without paths: all shipped lessons.

    A file or folder outside the shipped lessons is checked with those as its surroundings, unless its folder has a
    curriculum, glossary or labels of its own. Raises NoLesson."""
    homes, files = _sort(paths or [SHIPPED])
    found: set[Diagnostic] = set()
    count = 0
    for home in homes:
        catalogue = load(home)
        count += len(catalogue.sources)
        found.update(check(catalogue, screens, seconds=seconds))
    for batch in _batches(files):
        mine = {shown(file) for file in batch} | {shown(file.parent / "made-from.toml") for file in batch}
        found.update(d for d in check(load(SHIPPED, batch), screens, seconds=seconds) if d.path in mine)
        count += sum(file.parent.name != "glossary" for file in batch)
    return count, sorted(found)


def meant_files(paths: Sequence[Path]) -> list[Path]:
    """The lesson files that the paths name; without paths, all shipped ones. Raises NoLesson."""
    homes, files = _sort(paths or [SHIPPED])
    return [*(file for home in homes for file in lesson_files(home)), *files]


def _sort(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """(folders with surroundings of their own, single lesson files)."""
    homes: list[Path] = []
    files: list[Path] = []
    for path in paths:
        if not path.exists():
            raise NoLesson(
                f"{path} does not exist. Give a lesson file such as lessons/connect-wifi/en.md, or a folder."
            )
        if path.is_file():
            if path.parent.name == "glossary" or path.name in OWN_SURROUNDINGS:
                homes.append(path.parent.parent if path.parent.name == "glossary" else path.parent)
            elif path.suffix == ".md":
                files.append(path)
            else:
                raise NoLesson(f"{path} is no lesson: a lesson's name ends with .md, such as en.md.")
        elif any((path / name).exists() for name in OWN_SURROUNDINGS):
            homes.append(path)
        else:
            inside = [f for f in sorted(path.glob("*.md")) if not f.name.startswith("README")] or lesson_files(path)
            if not inside:
                raise NoLesson(f"There is no lesson in {path}: a lesson is a file <id>/<language>.md.")
            files += inside
    return list(dict.fromkeys(homes)), list(dict.fromkeys(files))


def _batches(files: Sequence[Path]) -> list[list[Path]]:
    """Files that would take each other's place (same folder name, same language) come into different batches."""
    batches: list[dict[tuple[str, str], Path]] = []
    for file in files:
        key = file.resolve().parent.name, file.stem
        batch = next((one for one in batches if key not in one), None)
        if batch is None:
            batch = {}
            batches.append(batch)
        batch[key] = file
    return [list(batch.values()) for batch in batches]
