"""The shelf of lessons that test cases break, one rule at a time, and the screens that stand behind it."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lessons.model import MAKERS, PhoneName

HERE = Path(__file__).parent
SHELF = HERE / "shelf"
CASES = HERE / "cases"
LESSON = "connect-wifi/en.md"


class FewScreens:
    """`lessons.model.Screens` from shelf/screens.toml."""

    def __init__(self) -> None:
        self.screens: Mapping[str, Any] = tomllib.loads((SHELF / "screens.toml").read_text(encoding="utf-8"))

    def has(self, screen: str, element: str = "", state: str = "") -> bool:
        found = self.screens.get(screen)
        if found is None or (element and element not in found):
            return False
        return not state or state in found.get("states", ())

    def name(self, screen: str, element: str, *, system: str, maker: str, language: str) -> PhoneName | None:
        names = self.screens[screen][element]
        system = system or MAKERS.get(maker, "")
        for layer in (names.get(maker, {}), names.get(system, {}), names):
            if language in layer:
                return PhoneName(layer[language])
        return None

    def things(self, screen: str, state: str, *, system: str, maker: str, language: str) -> tuple[str, ...]:
        return tuple(self.ids().get(screen, ()))

    def ids(self) -> Mapping[str, tuple[str, ...]]:
        return {screen: tuple(name for name in found if name != "states") for screen, found in self.screens.items()}


@dataclass
class Case:
    """One case of a case file. Options: in, as, whole, escaped, repeat, also, at, blames, from; see cases/README.md."""

    rule: str
    name: str
    breaks: bool
    options: dict[str, str] = field(default_factory=dict)
    hunks: list[list[str]] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.rule}: {self.name}"

    @property
    def also(self) -> set[str]:
        return {rule.strip() for rule in self.options.get("also", "").split(",") if rule.strip()}

    @property
    def blamed(self) -> str:
        return self.options.get("blames") or self.options.get("as") or self.options.get("in", LESSON)

    def written(self) -> list[str]:
        """The lines that the case adds."""
        return [line[2:] for hunk in self.hunks for line in hunk if line[:2] in ("+|", "!|")]

    def lay_out(self, folder: Path) -> int:
        """Writes the shelf with this case's change; the line to be blamed, 0 for any."""
        shutil.copytree(SHELF, folder, dirs_exist_ok=True)
        target = self.options.get("in", LESSON)
        old = "" if self.options.get("whole") else (SHELF / target).read_text(encoding="utf-8").rstrip("\n")
        lines = old.split("\n") if old else []
        blamed = 0
        for hunk in self.hunks:
            lines, marked = _patched(lines, hunk, str(self))
            blamed = marked or blamed
        text = "\n".join(lines * int(self.options.get("repeat", "1"))) + ("" if self.options.get("whole") else "\n")
        data = text.encode("utf-8")
        if self.options.get("escaped"):
            data = re.sub(rb"\\x([0-9a-f]{2})", lambda m: bytes([int(m.group(1), 16)]), data)
        path = folder / self.options.get("as", target)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        return self._line(folder) or blamed

    def _line(self, folder: Path) -> int:
        at = self.options.get("at", "")
        if not at or at.isdigit():
            return int(at or 0)
        return (folder / self.blamed).read_text(encoding="utf-8").split("\n").index(at) + 1


def _patched(lines: list[str], hunk: list[str], case: str) -> tuple[list[str], int]:
    """(the lines with one hunk applied, the number of its line marked with !)."""
    before = [line[2:] for line in hunk if line[:2] in ("-|", "=|")]
    after = [line[2:] for line in hunk if line[:2] in ("=|", "+|", "!|")]
    if before:
        places = [i for i in range(len(lines)) if lines[i : i + len(before)] == before]
        assert len(places) == 1, f"{case}: {before} stands {len(places)} times in the file"
        start = places[0]
    else:
        start = len(lines)
    marked = [line for line in hunk if line[:2] in ("=|", "+|", "!|")]
    line = next((start + i + 1 for i, text in enumerate(marked) if text.startswith("!|")), 0)
    return lines[:start] + after + lines[start + len(before) :], line


def read_cases(file: Path) -> list[Case]:
    cases: list[Case] = []
    hunk: list[str] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
        heading = re.fullmatch(r"## (breaks|fine): (.+)", line)
        option = re.fullmatch(r"(in|as|whole|escaped|repeat|also|at|blames): (.+)", line)
        if heading:
            hunk = []
            cases.append(Case(file.stem, heading.group(2), heading.group(1) == "breaks"))
        elif re.match(r"[-=+!]\|", line):
            if not hunk:
                cases[-1].hunks.append(hunk)
            hunk.append(line)
        elif option:
            cases[-1].options[option.group(1)] = option.group(2)
        elif not line.strip():
            hunk = []
        else:
            assert line.startswith("# ") and number == 1, f"{file.name}:{number}: what is this? {line}"
    return cases


def all_cases() -> list[Case]:
    return [case for file in sorted(CASES.glob("*.md")) if file.name != "README.md" for case in read_cases(file)]
