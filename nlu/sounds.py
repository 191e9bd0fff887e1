"""How a Chinese message sounds, without the tones: those who type by sound pick the wrong character of the right sound
(布要 for 不要), or leave the letters as they are (xia yi bu). Traditional characters sound like simplified ones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "pinyin.txt"
LONGEST = 6  # letters of a syllable


def syllables(words: Sequence[str]) -> list[str]:
    """Of single Chinese characters and words in small Latin letters; a word that cannot be pinyin has none."""
    table, out = _table(), []
    for word in words:
        if word in table:
            out.append(table[word])
        elif word.isascii() and word.isalpha():
            out += _apart(word)
    return out


@cache
def _table() -> dict[str, str]:
    """Character -> syllable. A character that is read in several ways has its commonest one."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return {sign: sound for sound, signs in (line.split() for line in lines) for sign in signs}


@cache
def _known() -> frozenset[str]:
    return frozenset(_table().values())


def _apart(word: str) -> list[str]:
    """`haole` -> hao, le: the fewest syllables that make up the word; [] where none do."""
    best: list[list[str] | None] = [[]]
    for end in range(1, len(word) + 1):
        ways = [
            [*before, word[start:end]]
            for start in range(max(0, end - LONGEST), end)
            if (before := best[start]) is not None and word[start:end] in _known()
        ]
        best.append(min(ways, key=len, default=None))
    return best[-1] or []
