"""Languages, phones, words of the glossary and times that a message names. The words stand in named.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from nlu.intent import Entity

NAMED = Path(__file__).parent / "named.toml"
ONE_LETTER_WRONG = 83  # ratio of a word of six letters with one of them changed
_LETTER = "a-zà-ÿа-яё\u0900-\u097f"  # what makes a longer word of another one; Chinese writes no spaces
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_CJK = re.compile(r"[\u3400-\u9fff]")
_PREFIX = "(?:وبال|بال|وال|لل|ال|ب|و|ل)?"


def find_entities(text: str, language: str, terms: Sequence[tuple[str, str]]) -> tuple[Entity, ...]:
    """Every language, device, term and time named, in the order of the text.

    `terms` are (language, word). The value of a language is its code, of a device its maker, of a term the
    glossary's word, of a time the words themselves.
    """
    heard = text.lower().replace("’", "'")
    if len(heard) != len(text):  # a few letters grow when made small; places must hold
        heard = text
    found = [*_by_table("language", heard, language), *_by_table("device", heard, language)]
    found += _terms(heard, [word for lang, word in terms if lang == language])
    found += [Entity("time", text[a:b], a, b) for a, b in _times(heard, language)]
    return tuple(sorted(found, key=lambda e: (e.start, -e.end)))


@cache
def _named() -> dict[str, Any]:
    return tomllib.loads(NAMED.read_text(encoding="utf-8"))


@cache
def _words(kind: str) -> dict[str, str]:
    """Each word of a kind and its value."""
    return {word: value for value, words in _named()[kind].items() for word in words}


@cache
def _expression(kind: str) -> re.Pattern[str]:
    """All words of a kind in one expression, the longest first."""
    return re.compile("|".join(f"(?:{_one(word)})" for word in sorted(_words(kind), key=len, reverse=True)))


def _one(word: str) -> str:
    body = re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "")
    if _CJK.search(word):
        return body
    if _ARABIC.search(word):
        return rf"(?<!\w){_PREFIX}{body}(?!\w)"
    return f"(?<![{_LETTER}]){body}(?![{_LETTER}])"


def _by_table(kind: str, heard: str, language: str) -> Iterator[Entity]:
    spans: list[tuple[int, int]] = []
    for match in _expression(kind).finditer(heard):
        value = _value(kind, match.group())
        if value and _meant(match, heard, language):
            spans.append(match.span())
            yield Entity(kind, value, *match.span())
    if spans:
        return
    for match in re.finditer(rf"[{_LETTER}]{{5,}}", heard):
        word = match.group()
        near = process.extractOne(word, _long(kind), scorer=fuzz.ratio, score_cutoff=ONE_LETTER_WRONG)
        if near and near[0][0] == word[0] and abs(len(near[0]) - len(word)) <= 1:
            yield Entity(kind, _words(kind)[near[0]], *match.span())


@cache
def _long(kind: str) -> tuple[str, ...]:
    """The words that are long enough to be known with one letter wrong."""
    exact = _named()["only_exact"]
    return tuple(w for w in _words(kind) if len(w) >= 6 and w.isalpha() and not _CJK.search(w) and w not in exact)


def _value(kind: str, found: str) -> str:
    words = _words(kind)
    if found in words:
        return words[found]
    for word, value in words.items():
        if re.fullmatch(_one(word), found):
            return value
    return ""


def _meant(match: re.Match[str], heard: str, language: str) -> bool:
    """Whether a word that is an everyday word here stands where a phone is named."""
    before = _named()["only_after"].get(match.group(), {}).get(language)
    return before is None or any(re.search(rf"\b{re.escape(b)} $", heard[: match.start()]) for b in before)


def _terms(heard: str, words: Sequence[str]) -> Iterator[Entity]:
    taken: list[tuple[int, int]] = []
    for word in sorted((w for w in words if w.lower() in heard), key=len, reverse=True):
        edge = r"\b" if word.isascii() else ""
        for match in re.finditer(f"{edge}{re.escape(word.lower())}{'s?' + edge if edge else ''}", heard):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                taken.append(match.span())
                yield Entity("term", word, match.start(), match.end())


@cache
def _time_expression(language: str) -> re.Pattern[str] | None:
    pieces = _named()["time"].get(language)
    if not pieces:
        return None
    one = f"(?:{'|'.join(pieces)})"
    if language == "zh":
        return re.compile(f"{one}(?:的?{one})*")
    return re.compile(rf"(?<!\w)(?:{one})(?:,? (?:{one}))*(?!\w)")


def _times(heard: str, language: str) -> Iterator[tuple[int, int]]:
    if expression := _time_expression(language):
        yield from (m.span() for m in expression.finditer(heard) if m.group().strip())
