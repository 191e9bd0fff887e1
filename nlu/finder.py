"""Which lesson a question asks for. It is given plain phrases, so that a lesson added as a file is found at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from nlu.encoder import Encoder, NoEncoder

_CJK = re.compile(r"[\u3400-\u9fff]")
# What people wrap round a wish: worth nothing for telling lessons apart.
_EMPTY = re.compile(
    r"\b(how|do|does|can|could|i|me|my|the|a|an|to|please|would|like|want|show|teach|learn|you|it|is|on|in|of|for|with|this|that|"
    r"help|what|where|and|need|about|get|make|use|ll|m|s|d)\b|怎么|怎样|如何|我|想|要|请|教|学|一下|您|你|的|了|吗|呢|把|给|能|可以|用|在|啊|呀"
)
LEAST = 0.25  # a lesson below this is not offered
# How much each voice counts: what was learned from all lines, the nearest lines in meaning, the nearest in letters.
# Chosen on sentences held apart. A question that is a line to the letter scores 1.
BY_LEARNING, BY_MEANING, BY_LETTERS = 0.15, 1.0, 0.3
STRETCH, LIFT = 0.87, 0.15  # brings the sum to where nought says nothing and one is a line to the letter
COMPARED = 12  # lessons whose lines are compared letter by letter
NEAREST = 3  # lines of a lesson whose mean likeness in meaning counts: one alone may be near by chance

Learned = Callable[[str], "dict[str, float]"]  # a question -> the chance of each lesson


@dataclass(frozen=True)
class Phrases:
    """`lines` are what learners would say for this lesson: its asks, its title, its goal. `wishes` are those of them that
    also teach what a wish for a lesson sounds like; None: all."""

    id: str
    language: str
    lines: tuple[str, ...]
    wishes: tuple[str, ...] | None = None


class Finder:
    """Ranks lessons by the likeness of their lines to the question: by meaning where an encoder is there, by words
    in any order with small slips forgiven, and by what `learned` says once it was given for a language."""

    def __init__(self, phrases: Sequence[Phrases], encoder: Encoder | None = None) -> None:
        self._shelves = {
            language: _Shelf([p for p in phrases if p.language == language], encoder or NoEncoder())
            for language in {p.language for p in phrases}
        }
        self.learned: dict[str, Learned] = {}

    def prepare(self, language: str) -> None:
        """Have the lines of this language ready, which takes a second or two for a thousand; else the first question waits."""
        if language in self._shelves:
            self._shelves[language].meaning("?")

    def find(self, text: str, language: str, limit: int = 3) -> tuple[tuple[str, float], ...]:
        """The likeliest lessons of that language as (id, score 0 to 1), best first; () where nothing is near."""
        shelf = self._shelves.get(language)
        if shelf is None or not shelf.lessons or not text.strip():
            return ()
        meaning = shelf.meaning(text)
        chances = self.learned[language](text) if language in self.learned else {}
        letters = shelf.letters(text, _likeliest(meaning, chances))
        scores = {
            lesson: _score(letters.get(lesson, 0.0), meaning.get(lesson), chances.get(lesson))
            for lesson in shelf.lessons
        }
        if (same := shelf.to_the_letter(text)) is not None:
            scores[same] = 1.0
        ranked = sorted(
            ((i, round(s, 3)) for i, s in scores.items() if s >= LEAST), key=lambda pair: (-pair[1], pair[0])
        )
        return tuple(ranked[:limit])


class _Shelf:
    """All lines of one language, laid out so that a question is compared with a thousand of them in a millisecond or two."""

    def __init__(self, phrases: Sequence[Phrases], encoder: Encoder) -> None:
        lines = [(p.id, line.lower()) for p in phrases for line in p.lines]
        self.lessons = tuple(dict.fromkeys(lesson for lesson, _ in lines))
        place = {lesson: i for i, lesson in enumerate(self.lessons)}
        self._lesson = np.array([place[lesson] for lesson, _ in lines], dtype=int)
        self._lines = [line for _, line in lines]
        self._place = {line: at for at, line in reversed(list(enumerate(self._lines)))}
        self._bones = [_bones(line) for line in self._lines]
        self._encoder = encoder
        self._vectors: np.ndarray | None = None
        self._words = [frozenset(bones.split()) for bones in self._bones]
        self._of: dict[str, list[int]] = {lesson: [] for lesson in self.lessons}
        for at, (lesson, _) in enumerate(lines):
            self._of[lesson].append(at)

    def to_the_letter(self, text: str) -> str | None:
        """The lesson that has just this line."""
        at = self._place.get(text.strip().lower())
        return None if at is None else self.lessons[self._lesson[at]]

    def letters(self, text: str, among: Collection[str]) -> dict[str, float]:
        """The best likeness of letters and words, 0 to 1, of these lessons; of none in particular: of all."""
        asked, whole = _bones(text), text.lower()
        at = [i for lesson in among for i in self._of[lesson]] if among else list(range(len(self._lines)))
        best = _ratios(whole, [self._lines[i] for i in at], fuzz.ratio)
        if asked:
            bones = [self._bones[i] for i in at]
            words = set(asked.split())
            shared = np.array([len(words & self._words[i]) for i in at])
            # The words in any order, leaving room for a story round the wish; a full match of the sentence counts most.
            in_any_order = _ratios(asked, bones, fuzz.token_sort_ratio)
            common = _ratios(asked, bones, fuzz.token_set_ratio) * np.minimum(1.0, 0.45 + 0.2 * shared)
            has_bones = np.array([bool(b) for b in bones])
            best = np.maximum(best, np.where(has_bones, np.maximum(in_any_order, common), 0.0))
        return self._best(best / 100, self._lesson[at])

    def meaning(self, text: str) -> dict[str, float]:
        """The mean cosine with the text of each lesson's NEAREST lines; {} without an encoder."""
        if self._vectors is None:
            self._vectors = self._encoder.encode(self._lines)
        if not self._vectors.shape[1]:
            return {}
        likeness = np.maximum(0.0, self._vectors @ self._encoder.encode([text[:400]])[0])
        order = np.lexsort((-likeness, self._lesson))
        lesson, likeness = self._lesson[order], likeness[order]
        first = np.searchsorted(lesson, np.arange(len(self.lessons)))
        near = np.arange(len(lesson)) - first[lesson] < NEAREST
        sums = np.bincount(lesson[near], weights=likeness[near], minlength=len(self.lessons))
        means = sums / np.bincount(lesson[near], minlength=len(self.lessons))
        return dict(zip(self.lessons, means.tolist(), strict=True))

    def _best(self, of_lines: np.ndarray, lesson: np.ndarray) -> dict[str, float]:
        best = np.zeros(len(self.lessons))
        np.maximum.at(best, lesson, of_lines)
        return dict(zip(self.lessons, best.tolist(), strict=True))


def _likeliest(meaning: dict[str, float], chances: dict[str, float]) -> list[str]:
    """The lessons whose letters are worth comparing, which takes longer than all the rest; [] where nothing is known."""
    weighed = {
        lesson: near + 0.1 * float(np.log(max(chances.get(lesson, 1.0), 1e-4))) for lesson, near in meaning.items()
    }
    return sorted(weighed, key=lambda lesson: -weighed[lesson])[:COMPARED]


def _ratios(asked: str, lines: Sequence[str], scorer: Callable[..., float]) -> np.ndarray:
    return process.cdist([asked], lines, scorer=scorer, dtype=np.float64)[0]


def _score(letters: float, meaning: float | None, chance: float | None) -> float:
    """One score of up to three voices; without an encoder the letters speak alone."""
    if meaning is None:
        return letters
    sum_ = BY_MEANING * meaning + BY_LETTERS * letters
    if chance is not None:
        sum_ += BY_LEARNING * float(np.log(max(chance, 1e-4)))
    return min(1.0, max(0.0, STRETCH * sum_ / (BY_MEANING + BY_LETTERS) + LIFT))


def _bones(text: str) -> str:
    """The words that carry the meaning; Chinese apart into single characters."""
    plain = _EMPTY.sub(" ", text.lower().replace("'", " ").replace("’", " "))
    plain = _CJK.sub(lambda m: f" {m.group()} ", plain)
    return " ".join(re.findall(r"[\w-]+", plain))
