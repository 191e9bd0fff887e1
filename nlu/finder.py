"""Which lesson a question asks for. It is given plain phrases, so that a lesson added as a file is found at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from nlu.encoder import Encoder, NoEncoder

_CJK = re.compile(r"[\u3400-\u9fff]")
# What people wrap round a wish: worth nothing for telling lessons apart.
_EMPTY = re.compile(
    r"\b(how|do|does|can|could|i|me|my|the|a|an|to|please|would|like|want|show|teach|learn|you|it|is|on|in|of|for|with|this|that|"
    r"help|what|where|and|need|about|get|make|use|ll|m|s|d)\b|怎么|怎样|如何|我|想|要|请|教|学|一下|您|你|的|了|吗|呢|把|给|能|可以|用|在|啊|呀"
)
LEAST = 0.25  # a lesson below this is not offered
# How much each voice counts: what was learned from all lines, the nearest line in meaning, the nearest in letters.
# Chosen on sentences held apart. A question that is a line to the letter scores 1.
BY_LEARNING, BY_MEANING, BY_LETTERS = 0.1, 1.0, 0.3

Learned = Callable[[str], "dict[str, float]"]  # a question -> the chance of each lesson


@dataclass(frozen=True)
class Phrases:
    """`lines` are what learners would say for this lesson: its asks, its title, its goal."""

    id: str
    language: str
    lines: tuple[str, ...]


class Finder:
    """Ranks lessons by the likeness of their best line to the question: by meaning where an encoder is there, by words
    in any order with small slips forgiven, and by what `learned` says once it was given for a language."""

    def __init__(self, phrases: Sequence[Phrases], encoder: Encoder | None = None) -> None:
        self._encoder = encoder or NoEncoder()
        self._lines = [(p.language, p.id, _bones(line), line.lower()) for p in phrases for line in p.lines]
        self._vectors: np.ndarray | None = None
        self.learned: dict[str, Learned] = {}

    def find(self, text: str, language: str, limit: int = 3) -> tuple[tuple[str, float], ...]:
        """The likeliest lessons of that language as (id, score 0 to 1), best first; () where nothing is near."""
        if not self._lines or not text.strip():
            return ()
        meaning = self._by_meaning(text)
        chances = self.learned[language](text) if language in self.learned else {}
        near: dict[str, float] = {}
        letters: dict[str, float] = {}
        asked, whole = _bones(text), text.lower()
        for at, (line_language, lesson, bones, line) in enumerate(self._lines):
            if line_language == language:
                letters[lesson] = max(letters.get(lesson, 0.0), _likeness(asked, bones, whole, line))
                if meaning is not None:
                    near[lesson] = max(near.get(lesson, 0.0), float(meaning[at]))
        scores = {lesson: _score(letters[lesson], near.get(lesson), chances.get(lesson)) for lesson in letters}
        ranked = sorted(
            ((i, round(s, 3)) for i, s in scores.items() if s >= LEAST), key=lambda pair: (-pair[1], pair[0])
        )
        return tuple(ranked[:limit])

    def _by_meaning(self, text: str) -> np.ndarray | None:
        """The cosine of the text with every line; None without an encoder."""
        if self._vectors is None:
            self._vectors = self._encoder.encode([line for *_, line in self._lines])
        if not self._vectors.shape[1]:
            return None
        return self._vectors @ self._encoder.encode([text[:400].lower()])[0]


def _score(letters: float, meaning: float | None, chance: float | None) -> float:
    """One score of up to three voices; without an encoder the letters speak alone."""
    if meaning is None:
        return letters
    sum_ = BY_MEANING * meaning + BY_LETTERS * letters
    if chance is not None:
        sum_ += BY_LEARNING * float(np.log10(max(chance, 1e-4))) * 2.3
    return min(1.0, max(0.0, sum_ / (BY_MEANING + BY_LETTERS)))


def _bones(text: str) -> str:
    """The words that carry the meaning; Chinese apart into single characters."""
    plain = _EMPTY.sub(" ", text.lower().replace("'", " ").replace("’", " "))
    plain = _CJK.sub(lambda m: f" {m.group()} ", plain)
    return " ".join(re.findall(r"[\w-]+", plain))


def _likeness(asked: str, bones: str, whole: str, line: str) -> float:
    if not bones or not asked:
        return fuzz.ratio(whole, line) / 100
    # The words in any order, leaving room for a story round the wish; a full match of the sentence counts most.
    in_any_order = fuzz.token_sort_ratio(asked, bones)
    shared = fuzz.token_set_ratio(asked, bones) * min(1.0, 0.45 + 0.2 * len(set(asked.split()) & set(bones.split())))
    return max(in_any_order, shared, fuzz.ratio(whole, line)) / 100
