"""Rows of word families: who acts, what was given or lost, what is felt about it. They find what no list has word for word.

`words/families_<language>.toml` names the families under `[words]`, each a list of expressions. A row is a list of terms and
counts where all of them stand in a message, in any order. A term is a family, several with `|` between, or families in order
and near each other with ` ~ ` between; `!` before a term: it must not stand there.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

NEAR = r".{0,48}?"  # between two families of a term


@dataclass(frozen=True)
class Row:
    """All of `there`, and nothing of `never`."""

    there: tuple[re.Pattern[str], ...]
    never: tuple[re.Pattern[str], ...]

    def stands_in(self, said: str) -> bool:
        return all(p.search(said) for p in self.there) and not any(p.search(said) for p in self.never)


def told(what: str, language: str, said: str) -> bool:
    """Whether a row of `tricked`, `body` or `despair` stands in what `left` has left."""
    return any(row.stands_in(said) for row in _rows(language, "trouble", what))


def signs(language: str, said: str) -> tuple[str, ...]:
    """The signs of a trick whose rows stand in it; each is enough alone."""
    names = _file(language).get("signs", {})
    return tuple(name for name in names if any(row.stands_in(said) for row in _rows(language, "signs", name)))


@cache
def _file(language: str) -> Mapping[str, Any]:
    file = files("bot.safety.words") / f"families_{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def left(language: str, what: str, said: str) -> str:
    """A text made by `plain.heard` without what takes it back; `what` is tricked, body, despair or signs."""
    pattern = _taken_back(language, what)
    return pattern.sub(" ", said) if pattern else said


@cache
def _taken_back(language: str, what: str) -> re.Pattern[str] | None:
    found = _file(language).get("not", {}).get(what, [])
    return re.compile("|".join(f"(?:{e})" for e in found), re.IGNORECASE) if found else None


@cache
def _rows(language: str, group: str, what: str) -> tuple[Row, ...]:
    words = _file(language).get("words", {})
    rows = _file(language).get(group, {}).get(what, [])
    return tuple(
        Row(
            tuple(_term(term, words) for term in row if not term.startswith("!")),
            tuple(_term(term[1:], words) for term in row if term.startswith("!")),
        )
        for row in rows
    )


def _term(term: str, words: Mapping[str, list[str]]) -> re.Pattern[str]:
    parts = ["|".join(e for name in part.split("|") for e in words[name.strip()]) for part in term.split(" ~ ")]
    return re.compile(NEAR.join(f"(?:{p})" for p in parts), re.IGNORECASE)
