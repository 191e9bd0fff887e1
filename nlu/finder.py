"""Which lesson a question asks for. It is given plain phrases, so that a lesson added as a file is found at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

_CJK = re.compile(r"[\u3400-\u9fff]")
# What people wrap round a wish: worth nothing for telling lessons apart.
_EMPTY = re.compile(
    r"\b(how|do|does|can|could|i|me|my|the|a|an|to|please|would|like|want|show|teach|learn|you|it|is|on|in|of|for|with|this|that|"
    r"help|what|where|and|need|about|phone|get|make|use|ll|m|s|d)\b|怎么|怎样|如何|我|想|要|请|教|学|一下|您|你|的|了|吗|呢|把|给|手机|能|可以|用|在|啊|呀"
)


@dataclass(frozen=True)
class Phrases:
    """`lines` are what learners would say for this lesson: its asks, its title, its goal."""

    id: str
    language: str
    lines: tuple[str, ...]


class Finder:
    """Ranks lessons by the likeness of their best line to the question; word order and small slips do not matter."""

    def __init__(self, phrases: Sequence[Phrases]) -> None:
        self._lines = [(p.language, p.id, _bones(line), line.lower()) for p in phrases for line in p.lines]

    def find(self, text: str, language: str, limit: int = 3) -> tuple[tuple[str, float], ...]:
        """The likeliest lessons of that language as (id, score 0 to 1), best first; () where nothing is near."""
        asked, whole = _bones(text), text.lower()
        if not asked:
            return ()
        best: dict[str, float] = {}
        for line_language, lesson, bones, line in self._lines:
            if line_language == language:
                score = _likeness(asked, bones, whole, line)
                best[lesson] = max(best.get(lesson, 0.0), score)
        ranked = sorted(((i, round(s, 3)) for i, s in best.items() if s >= 0.5), key=lambda pair: (-pair[1], pair[0]))
        return tuple(ranked[:limit])


def _bones(text: str) -> str:
    """The words that carry the meaning; Chinese apart into single characters."""
    plain = _EMPTY.sub(" ", text.lower().replace("'", " ").replace("’", " "))
    plain = _CJK.sub(lambda m: f" {m.group()} ", plain)
    return " ".join(re.findall(r"[\w-]+", plain))


def _likeness(asked: str, bones: str, whole: str, line: str) -> float:
    if not bones:
        return 0.0
    # The words in any order, leaving room for a story round the wish; a full match of the sentence counts most.
    in_any_order = fuzz.token_sort_ratio(asked, bones)
    shared = fuzz.token_set_ratio(asked, bones) * min(1.0, 0.45 + 0.2 * len(set(asked.split()) & set(bones.split())))
    return max(in_any_order, shared, fuzz.ratio(whole, line)) / 100
