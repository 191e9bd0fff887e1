"""What each translation was made from: `made-from.toml` beside the lesson's files.

[zh]
from = "en"

[zh.steps]
open-settings = "4bf7d34853fd68d8"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from lessons.build import fingerprints
from lessons.diagnostic import Diagnostic
from lessons.model import Lesson

# Language -> (source language, part -> fingerprint of the source's part)
Stamps = Mapping[str, tuple[str, Mapping[str, str]]]


def read_stamps(path: Path, shown: str) -> tuple[Stamps, list[Diagnostic]]:
    """The stamps, and what is wrong with the file."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"at line (\d+), column (\d+)", str(error))
        line, column = (int(place.group(1)), int(place.group(2))) if place else (1, 1)
        message = "This file cannot be read. Delete it; `handrail lessons stamp` writes it anew."
        return {}, [Diagnostic(shown, line, column, "made-from", message)]
    stamps: dict[str, tuple[str, Mapping[str, str]]] = {}
    wrong: list[Diagnostic] = []
    for language, table in data.items():
        steps = table.get("steps") if isinstance(table, dict) else None
        source = table.get("from") if isinstance(table, dict) else None
        if isinstance(steps, dict) and isinstance(source, str) and all(isinstance(v, str) for v in steps.values()):
            stamps[language] = (source, steps)
        else:
            wrong.append(
                Diagnostic(
                    shown, 1, 1, "made-from", f"[{language}] is broken. `handrail lessons stamp` writes it anew."
                )
            )
    return stamps, wrong


def stamp(source: Lesson, translation: Lesson) -> tuple[str, Mapping[str, str]]:
    """The stamp that says: each part of this translation was made from the source as it is now."""
    mine = fingerprints(translation)
    return source.language, {part: print_ for part, print_ in fingerprints(source).items() if part in mine}


def stale_parts(source: Lesson, translation: Lesson, stamped: Mapping[str, str]) -> tuple[str, ...]:
    """Parts of the translation whose source has changed since, or was never stamped."""
    mine = fingerprints(translation)
    return tuple(part for part, now in fingerprints(source).items() if part in mine and stamped.get(part) != now)


def write_stamps(path: Path, stamps: Stamps) -> None:
    lines = ["# Written by `handrail lessons stamp`: the fingerprints of what each translation was made from.", ""]
    for language in sorted(stamps):
        source, parts = stamps[language]
        lines += [f"[{language}]", f'from = "{source}"', "", f"[{language}.steps]"]
        lines += [f'{part} = "{value}"' for part, value in parts.items()] + [""]
    path.write_text("\n".join(lines), encoding="utf-8")
