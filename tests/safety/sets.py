"""The labelled messages beside this file, and how well the guard does on them. JSON lines:

secrets: {"text", "language", "secrets": [{"kind", "start", "end"}]}; scams: {"text", "language", "warn"};
trouble: {"text", "language", "tricked", "danger"}. The rules were made with secrets, scams and trouble; what ends in
`_apart` was written afterwards, and what ends in `-held` before the word families were made; neither is tuned on.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.safety import Finding

FOLDER = Path(__file__).parent
Row = dict[str, Any]
Look = Callable[[str, str], Finding]


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@dataclass
class Figures:
    """`found` of `there`, and `wrongly` of `innocent`; `cards` of `all_cards` apart."""

    there: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    innocent: int = 0
    wrongly: int = 0
    missed: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)

    def recall(self, *kinds: str) -> float:
        there = sum(self.there[k] for k in kinds or self.there)
        return sum(self.found[k] for k in kinds or self.there) / there if there else 1.0

    @property
    def false_alarms(self) -> float:
        return self.wrongly / self.innocent if self.innocent else 0.0


def secrets_of(name: str, look: Look) -> Figures:
    """A secret is found where every letter and digit of it is cut out."""
    figures = Figures()
    for row in rows(name):
        text, found = row["text"], look(row["text"], row["language"]).secrets
        gone = {at for s in found for at in range(s.start, s.end)}
        for secret in row["secrets"]:
            figures.there[secret["kind"]] += 1
            if all(at in gone for at in range(secret["start"], secret["end"]) if text[at].isalnum()):
                figures.found[secret["kind"]] += 1
            else:
                figures.missed.append(text)
        if not row["secrets"]:
            figures.innocent += 1
            if found:
                figures.wrongly += 1
                figures.alarms.append(text)
    return figures


def told_of(name: str, what: str, look: Look) -> Figures:
    """`what` is warn, tricked or danger."""
    figures = Figures()
    for row in rows(name):
        seen = bool(getattr(look(row["text"], row["language"]), what))
        if row[what]:
            figures.there[what] += 1
            figures.found[what] += seen
            figures.missed += [] if seen else [row["text"]]
        else:
            figures.innocent += 1
            figures.wrongly += seen
            figures.alarms += [row["text"]] if seen else []
    return figures


def texts() -> Iterator[tuple[str, str]]:
    """Every message of every set, with its language."""
    for path in sorted(FOLDER.glob("*.jsonl")):
        for row in rows(path.stem):
            yield row["text"], row["language"]
