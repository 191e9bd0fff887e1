"""Likeness of letters and words to each lesson's lines: what the finder goes by until it has learned, and needs no learning."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
from rapidfuzz import fuzz, process

_CJK = re.compile(r"[\u3400-\u9fff]")
# What people wrap round a wish: worth nothing for telling lessons apart.
_EMPTY = re.compile(
    r"\b(how|do|does|can|could|i|me|my|the|a|an|to|please|would|like|want|show|teach|learn|you|it|is|on|in|of|for|with|this|that|"
    r"help|what|where|and|need|about|get|make|use|ll|m|s|d)\b|怎么|怎样|如何|我|想|要|请|教|学|一下|您|你|的|了|吗|呢|把|给|能|可以|用|在|啊|呀"
)


class Letters:
    """The lines of one language with the lesson of each."""

    def __init__(self, lines: Sequence[tuple[str, str]]) -> None:
        self.lessons = tuple(dict.fromkeys(lesson for lesson, _ in lines))
        place = {lesson: i for i, lesson in enumerate(self.lessons)}
        self._lesson = np.array([place[lesson] for lesson, _ in lines], dtype=int)
        self._lines = [line.lower() for _, line in lines]
        self._bones = [bones(line) for line in self._lines]
        self._words = [frozenset(b.split()) for b in self._bones]

    def likeness(self, text: str) -> dict[str, float]:
        """Of each lesson the best likeness of a line, 0 to 1: words in any order, small slips forgiven."""
        asked = bones(text)
        best = _ratios(text.lower(), self._lines, fuzz.ratio)
        if asked:
            words = set(asked.split())
            shared = np.array([len(words & its) for its in self._words])
            # The words in any order, leaving room for a story round the wish; a full match of the sentence counts most.
            in_any_order = _ratios(asked, self._bones, fuzz.token_sort_ratio)
            common = _ratios(asked, self._bones, fuzz.token_set_ratio) * np.minimum(1.0, 0.45 + 0.2 * shared)
            has_bones = np.array([bool(b) for b in self._bones])
            best = np.maximum(best, np.where(has_bones, np.maximum(in_any_order, common), 0.0))
        of_lessons = np.zeros(len(self.lessons))
        np.maximum.at(of_lessons, self._lesson, best / 100)
        return dict(zip(self.lessons, of_lessons.tolist(), strict=True))


def bones(text: str) -> str:
    """The words that carry the meaning; Chinese apart into single characters."""
    plain = _EMPTY.sub(" ", text.lower().replace("'", " ").replace("’", " "))
    plain = _CJK.sub(lambda m: f" {m.group()} ", plain)
    return " ".join(re.findall(r"[\w-]+", plain))


def _ratios(asked: str, lines: Sequence[str], scorer: Callable[..., float]) -> np.ndarray:
    return process.cdist([asked], lines, scorer=scorer, dtype=np.float64)[0]
