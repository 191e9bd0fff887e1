"""Mistyped words put right by the words of the lessons' lines, so that a slip does not hide what is meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

WORDS_ENOUGH = (
    3000  # of fewer different words too many right ones are unknown, and would be put wrong: measured in Spanish
)
SHORTEST = 5
LONG = 8  # from here on two slips are forgiven
SAID_OFTEN = 2  # in that many places a word is no slip itself
_WORD = re.compile(r"[^\W\d_]+")
_CJK = re.compile(r"[\u3400-\u9fff]")


class Spelling:
    """The words of one language's lines. Writing without spaces between words is left as it is."""

    def __init__(self, lines: Iterable[str]) -> None:
        words = Counter(w for line in lines for w in _WORD.findall(line.lower()) if not _CJK.search(w))
        self._known = words if len(words) >= WORDS_ENOUGH else Counter()
        self._right = [w for w, times in self._known.most_common() if times >= SAID_OFTEN and len(w) >= SHORTEST - 1]

    def mend(self, text: str) -> str:
        """The text with every unknown word that is a slip or two from a known one replaced by it."""
        return _WORD.sub(lambda m: self._mended(m.group()), text) if self._right else text

    def _mended(self, word: str) -> str:
        if len(word) < SHORTEST or word.lower() in self._known or _CJK.search(word):
            return word
        slips = 1 if len(word) < LONG else 2
        found = process.extractOne(word.lower(), self._right, scorer=OSA.distance, score_cutoff=slips)
        return found[0] if found else word
