"""The figures that a lesson's words must meet in each language, from `plain-words.toml`, and how they are counted."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("plain-words.toml")
_WORD = re.compile(r"[^\W_]+(?:[-'’.&/][^\W_]+)*")
_SENTENCE_END = re.compile(r"(?<=[。！？])[”」』’]?|(?<=[.!?…؟।])[”\"')]*(?=\s|$)|\n\n")
_QUOTED = re.compile(r"“[^“”]*”|「[^「」]*」|『[^『』]*』|\"[^\"]*\"|«[^«»]*»")


@dataclass(frozen=True)
class Figures:
    """Lengths are in `counts` (words or characters), `button` in characters of any kind."""

    language: str
    counts: str = "words"
    sentence: int = 12
    step: int = 25
    message: int = 35
    button: int = 20
    grade_aim: float | None = None
    grade_most: float | None = None
    banned: Mapping[str, str] = field(default_factory=dict)
    allowed: tuple[str, ...] = ()
    technical: tuple[str, ...] = ()
    explained: tuple[str, ...] = ()
    todo: tuple[str, ...] = ("TODO",)

    def length(self, text: str) -> int:
        """Words; or letters and numbers, without marks and spaces."""
        if self.counts == "characters":
            return sum(character.isalnum() for character in text)
        return len(_WORD.findall(text))


@cache
def figures(language: str) -> Figures:
    """What counts for this language (`en-GB` as `en`)."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    table = data["default"] | data.get(language.partition("-")[0], {})
    known = {field.name for field in fields(Figures)}
    values: dict[str, Any] = {
        key.replace("-", "_"): tuple(value) if isinstance(value, list) else value for key, value in table.items()
    }
    unknown = sorted(set(values) - known)
    if unknown:
        raise ValueError(f"{FILE.name}: [{language}] has an unknown key {unknown[0]}")
    return Figures(language, **values)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """(where it begins, the sentence) of each sentence of a text."""
    begin = 0
    for end in [match.end() for match in _SENTENCE_END.finditer(text)] + [len(text)]:
        sentence = text[begin:end]
        if sentence.strip():
            yield begin + len(sentence) - len(sentence.lstrip()), sentence.strip()
        begin = end


def places_of(word: str, text: str) -> Iterator[int]:
    """Where the word stands in the text, as a word of its own; Chinese has no gaps between words."""
    return (match.start() for match in _pattern(word).finditer(text))


@cache
def _pattern(word: str) -> re.Pattern[str]:
    latin = re.match(r"[a-zA-Z]", word) is not None
    left = r"(?<!\w)" if latin else ""
    right = r"(?:e?s)?(?!\w)" if re.search(r"[a-zA-Z]$", word) else ""
    return re.compile(left + re.escape(word) + right, re.IGNORECASE | re.ASCII if latin else re.NOFLAG)


@lru_cache(maxsize=2048)
def without(text: str, phrases: tuple[str, ...]) -> str:
    """The text with quotations and the given phrases blanked out, at its old length."""

    def blank(match: re.Match[str]) -> str:
        return " " * len(match.group())

    text = _QUOTED.sub(blank, text)
    for phrase in phrases:
        text = re.sub(re.escape(phrase), blank, text, flags=re.IGNORECASE)
    return text
