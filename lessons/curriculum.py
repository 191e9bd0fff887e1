"""The planned lessons and the paths through them, from `curriculum.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lessons.diagnostic import Diagnostic
from lessons.headings import ID
from lessons.nearest import did_you_mean

RISKS = ("none", "pay", "id")
KEYS = ("titles", "needs", "competences", "risk")
COMPETENCE = re.compile(r"[a-z]+-\d+(\.\d+)?:\d+\.\d+")


@dataclass(frozen=True)
class Planned:
    """One planned lesson, written or not. `paths` are the ids of the paths that it stands on."""

    id: str
    titles: Mapping[str, str]
    paths: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    competences: tuple[str, ...] = ()
    risk: str = "none"

    @property
    def path(self) -> str:
        """The first of its paths, or ""."""
        return self.paths[0] if self.paths else ""

    def title(self, language: str) -> str:
        """In that language, else in English, else the id."""
        return self.titles.get(language) or self.titles.get("en") or self.id


@dataclass(frozen=True)
class Curriculum:
    planned: Mapping[str, Planned] = field(default_factory=dict)
    paths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    path_titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_curriculum(path: Path, shown: str) -> tuple[Curriculum, list[Diagnostic]]:
    """The curriculum and what is wrong with its file; what can be used is kept."""
    found: list[Diagnostic] = []
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except OSError as error:
        return Curriculum(), [Diagnostic(shown, 1, 1, "curriculum", f"This file cannot be read: {error.strerror}.")]
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"at line (\d+), column (\d+)", str(error))
        line, column = (int(place.group(1)), int(place.group(2))) if place else (1, 1)
        return Curriculum(), [Diagnostic(shown, line, column, "curriculum", f"This is not TOML: {error}.")]
    reader = _Reader(text, shown, found)
    return reader.read(data), found


class _Reader:
    def __init__(self, text: str, shown: str, found: list[Diagnostic]) -> None:
        self.lines = text.split("\n")
        self.shown = shown
        self.findings = found

    def found(self, table: str, message: str, key: str = "") -> None:
        start = next((i for i, line in enumerate(self.lines) if line.strip() == f"[{table}]"), 0)
        inside = range(start, len(self.lines))
        at = next((i for i in inside if key and self.lines[i].split("=")[0].strip() == key), start)
        self.findings.append(Diagnostic(self.shown, at + 1, 1, "curriculum", message))

    def read(self, data: dict[str, object]) -> Curriculum:
        for key in data:
            if key not in ("lessons", "paths"):
                self.found(key, f'"{key}" is not known here.' + did_you_mean(key, ("lessons", "paths")))
        lessons, path_tables = self._tables(data, "lessons"), self._tables(data, "paths")
        paths: dict[str, tuple[str, ...]] = {}
        titles: dict[str, Mapping[str, str]] = {}
        for name, table in path_tables.items():
            paths[name] = self._list(f"paths.{name}", table, "lessons")
            titles[name] = self._titles(f"paths.{name}", table)
            for lesson in paths[name]:
                if lesson not in lessons:
                    self.found(
                        f"paths.{name}", f"{lesson} is not planned below." + did_you_mean(lesson, lessons), "lessons"
                    )
        planned = {name: self._planned(name, table, lessons, paths) for name, table in lessons.items()}
        return Curriculum(planned, paths, titles)

    def _planned(
        self, name: str, table: dict[str, object], lessons: Mapping[str, object], paths: Mapping[str, tuple[str, ...]]
    ) -> Planned:
        where = f"lessons.{name}"
        if not ID.fullmatch(name) or name == "glossary":
            self.found(where, f'"{name}" is no lesson id: small letters a to z, numbers and -, and not "glossary".')
        for key in table:
            if key not in KEYS:
                self.found(where, f'"{key}" is not known here.' + did_you_mean(key, KEYS), key)
        needs, competences = self._list(where, table, "needs"), self._list(where, table, "competences")
        for need in needs:
            if need not in lessons:
                self.found(where, f"{need} is not planned here." + did_you_mean(need, lessons), "needs")
        for competence in competences:
            if not COMPETENCE.fullmatch(competence):
                self.found(
                    where,
                    f'"{competence}" is no competence: write framework, version and id: digcomp-2.2:5.1',
                    "competences",
                )
        risk = table.get("risk", "none")
        if risk not in RISKS:
            self.found(where, f'"{risk}" is no risk. Possible are: none, pay, id.', "risk")
        on = tuple(path for path, ids in paths.items() if name in ids)
        return Planned(name, self._titles(where, table), on, needs, competences, str(risk))

    def _tables(self, data: dict[str, object], name: str) -> dict[str, dict[str, object]]:
        tables = data.get(name, {})
        if not isinstance(tables, dict) or not all(isinstance(t, dict) for t in tables.values()):
            self.found(name, f"[{name}] holds tables such as [{name}.one].")
            return {}
        return tables

    def _list(self, where: str, table: dict[str, object], key: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            self.found(where, f'"{key}" is a list of texts: {key} = ["one", "two"]', key)
            return ()
        return tuple(value)

    def _titles(self, where: str, table: dict[str, object]) -> Mapping[str, str]:
        value = table.get("titles", {})
        if not isinstance(value, dict) or not value or not all(isinstance(v, str) for v in value.values()):
            self.found(where, 'It needs titles: titles = { en = "..." }', "titles")
            return {}
        return value
