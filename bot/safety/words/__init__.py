"""The word lists, one file a language, so that a volunteer can add to them; read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

# Which letters a list is written in: a text without them need not be held against it.
SCRIPTS = {"zh": r"[\u3400-\u9fff]", "ru": r"[\u0400-\u04ff]", "ar": r"[\u0600-\u06ff]"}
LATIN = r"[A-Za-z]"


@cache
def lists() -> Mapping[str, Mapping[str, Any]]:
    """language -> what its file holds."""
    return {
        file.name.removesuffix(".toml"): tomllib.loads(file.read_text(encoding="utf-8"))
        for file in sorted(files(__package__).iterdir(), key=lambda f: f.name)
        if file.name.endswith(".toml") and len(file.name) == 7
    }


def languages_of(text: str) -> tuple[str, ...]:
    """The languages whose letters stand in the text, whatever the learner's own is: people paste what strangers wrote."""
    return tuple(language for language in lists() if _script(language).search(text))


@cache
def _script(language: str) -> re.Pattern[str]:
    return re.compile(SCRIPTS.get(language, LATIN))


@cache
def any_of(language: str, *path: str) -> re.Pattern[str] | None:
    """The expressions under this place of a language's file as one; None where there are none."""
    found: Any = lists()[language]
    for key in path:
        found = found.get(key, {})
    return re.compile("|".join(f"(?:{e})" for e in found), re.IGNORECASE) if found else None


@cache
def together(language: str, *path: str) -> tuple[tuple[re.Pattern[str], ...], ...]:
    """Rows of expressions; a row counts where all of it stands in a message, in any order."""
    found: Any = lists()[language]
    for key in path:
        found = found.get(key, {})
    return tuple(tuple(re.compile(e, re.IGNORECASE) for e in row) for row in found)


@cache
def signs_together(language: str) -> tuple[tuple[str, tuple[tuple[re.Pattern[str], ...], ...]], ...]:
    """The signs that are known by words standing together; each is enough alone."""
    names = lists()[language].get("signs", {}).get("together", {})
    return tuple((name, together(language, "signs", "together", name)) for name in names)


@cache
def signs_of(language: str, kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The signs of a trick in this language; kind is "alone" or "beside"."""
    names = lists()[language].get("signs", {}).get(kind, {})
    return tuple((name, pattern) for name in names if (pattern := any_of(language, "signs", kind, name)))


@cache
def every(*path: str) -> re.Pattern[str]:
    """The expressions under this place in all languages as one."""
    parts = [p.pattern for language in lists() if (p := any_of(language, *path))]
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)


@cache
def number_words() -> Mapping[str, str]:
    """What each number word is worth: "four" is "4", "forty" is "40"."""
    return {
        word: value
        for language in lists().values()
        for value, words in language.get("numbers", {}).items()
        for word in words
    }


@cache
def single_words(*path: str) -> frozenset[str]:
    """The plain words under this place in all languages."""
    found: set[str] = set()
    for language in lists().values():
        at: Any = language
        for key in path:
            at = at.get(key, {})
        found.update(at)
    return frozenset(found)
