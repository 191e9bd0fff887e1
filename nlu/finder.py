"""Which lesson a question asks for. It is given plain phrases, so that a lesson added as a file is found at once."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nlu.encoder import Encoder, NoEncoder
from nlu.finder_kept import Kept, keys_of, mark
from nlu.finder_letters import Letters
from nlu.finder_model import Apart, Meaning, Words, learn_apart, learn_meaning
from nlu.finder_spelling import Spelling

LEAST = 0.15  # a lesson is offered from here on: of wishes that came so low half still had it first or second
AMONG = 0.03  # those offered beside it from here on
LONGEST = 400  # letters of a message that are looked at
LEAST_BY_LETTERS = 0.25  # likewise, as long as only letters are compared


@dataclass(frozen=True)
class Phrases:
    """`lines` are what learners would say for this lesson: its asks, its title, its goal. `wishes` are those of them that
    also teach what a wish for a lesson sounds like; None: all."""

    id: str
    language: str
    lines: tuple[str, ...]
    wishes: tuple[str, ...] | None = None


class Finder:
    """Ranks lessons by what it learned from their lines (`prepare`), and until then by likeness of letters.

    Lines of other languages help: what the language with the most lines says of the question's meaning counts as well, so
    that a language with few lines of its own, or none, is understood too."""

    def __init__(self, phrases: Sequence[Phrases], encoder: Encoder | None = None, keep: Sequence[Path] = ()) -> None:
        """`keep`: folders where what was learned is found again; the first is written."""
        self._encoder = encoder or NoEncoder()
        self._kept = Kept(tuple(keep))
        self.lessons = tuple(sorted({p.id for p in phrases}))
        self._lines: dict[str, list[tuple[str, str]]] = {}
        for p in phrases:
            self._lines.setdefault(p.language, []).extend((p.id, line) for line in p.lines)
        self._same = {lang: {line.lower(): x for x, line in reversed(its)} for lang, its in self._lines.items()}
        self._letters: dict[str, Letters] = {}
        self._spelling: dict[str, Spelling] = {}
        self._meanings: dict[str, Meaning] = {}
        self._apart: dict[str, Apart] = {}
        self._begun: set[str] = set()
        self._one_at_a_time = threading.Lock()

    def ready(self, language: str) -> bool:
        """Whether `prepare` would have nothing to do."""
        return language in self._apart

    def kept(self, language: str) -> bool:
        """Whether `prepare` only loads."""
        names = [self._name("meaning", x) for x in (language, self._beside(language)) if self._lines.get(x)]
        return (
            not self.lessons
            or self.ready(language)
            or all(map(self._kept.there, [*names, self._name("lessons", language)]))
        )

    def prepare(self, language: str, *, anew: bool = False) -> None:
        """Load what was learned of this language's lines, or learn it, which takes a second for each five hundred lines.
        Safe from any thread."""
        with self._one_at_a_time:
            if self.lessons and (anew or language not in self._apart):
                self._spelling[language] = Spelling(line for _, line in self._lines.get(language, []))
                self._apart[language] = self._learn_apart(language, anew)

    def find(self, text: str, language: str, limit: int = 3) -> tuple[tuple[str, float], ...]:
        """The likeliest lessons as (id, score 0 to 1), best first; () where nothing is near. A score is about the chance
        that the lesson is meant; two that are 0.1 apart are about as likely."""
        if not text.strip():
            return ()
        if (apart := self._apart.get(language)) is None:
            self._prepare_beside(language)
            return self._by_letters(text, language, limit)
        plain = self._spelling[language].mend(text[:LONGEST])
        scores = np.clip(apart.says(plain, self._encoder.encode([plain])[0]), 0.0, 0.99)
        if (same := self._same.get(language, {}).get(text.strip().lower())) is not None:
            scores[self.lessons.index(same)] = 1.0
        best = np.argsort(-scores, kind="stable")[:limit]
        if scores[best[0]] < LEAST:
            return ()
        return tuple((self.lessons[i], round(float(scores[i]), 3)) for i in best if scores[i] >= AMONG)

    def _by_letters(self, text: str, language: str, limit: int) -> tuple[tuple[str, float], ...]:
        if language not in self._lines:
            return ()
        if language not in self._letters:
            self._letters[language] = Letters(self._lines[language])
        scores = {lesson: min(score, 0.99) for lesson, score in self._letters[language].likeness(text).items()}
        if (same := self._same[language].get(text.strip().lower())) is not None:
            scores[same] = 1.0
        ranked = sorted(
            ((i, round(s, 3)) for i, s in scores.items() if s >= LEAST_BY_LETTERS), key=lambda p: (-p[1], p[0])
        )
        return tuple(ranked[:limit])

    def _prepare_beside(self, language: str) -> None:
        """In a thread: whoever asks without having prepared is answered by letters meanwhile."""
        if self._kept.folders and language not in self._begun:
            self._begun.add(language)
            threading.Thread(target=self.prepare, args=(language,), daemon=True).start()

    def _beside(self, language: str) -> str:
        """The other language with the most lines; "" where there is none, or no encoder that could read across."""
        others = [x for x in self._lines if x != language] if not isinstance(self._encoder, NoEncoder) else []
        return max(others, key=lambda x: len(self._lines[x]), default="")

    def _name(self, kind: str, language: str) -> str:
        of = (language,) if kind == "meaning" else (language, self._beside(language))
        lines = [self._lines.get(x, []) for x in of]
        return f"{kind}-{language}-{mark([self.lessons, *lines])}-{self._encoder.name}.npz"

    def _numbers(self, language: str) -> np.ndarray:
        """The lesson's place of each line."""
        place = {lesson: i for i, lesson in enumerate(self.lessons)}
        return np.array([place[lesson] for lesson, _ in self._lines.get(language, [])], dtype=int)

    def _meaning(self, language: str, anew: bool) -> Meaning:
        if language in self._meanings and not anew:
            return self._meanings[language]
        lines, name = [line for _, line in self._lines.get(language, [])], self._name("meaning", language)
        kept = None if anew or not lines else self._kept.load(name)
        if kept:
            meaning = Meaning(kept["vectors"].astype(np.float32), kept["weights"].astype(np.float32))
        elif lines:
            vectors = self._kept.vectors(f"meaning-{language}", lines, self._encoder)
            meaning = learn_meaning(vectors, self._numbers(language), len(self.lessons))
            arrays: dict[str, np.ndarray] = {
                "keys": keys_of(lines),
                "vectors": vectors.astype(np.float16),
                "weights": meaning.weights.astype(np.float16),
            }
            self._kept.save(name, f"meaning-{language}", arrays)
        else:
            meaning = Meaning(np.zeros((0, 0), dtype=np.float32), np.zeros((0, len(self.lessons)), dtype=np.float32))
        self._meanings[language] = meaning
        return meaning

    def _learn_apart(self, language: str, anew: bool) -> Apart:
        meaning = self._meaning(language, anew)
        other = self._beside(language)
        beside = self._meaning(other, anew=False) if other else None
        name = self._name("lessons", language)
        if not anew and (kept := self._kept.load(name)):
            words = Words(kept["known"].astype(np.int64), kept["rarity"], kept["words"], bool(kept["by_sound"]))
            return Apart(meaning, kept["own"].astype(np.float32), words, beside)
        lines = [line for _, line in self._lines.get(language, [])]
        apart = learn_apart(lines, self._numbers(language), meaning, beside)
        arrays: dict[str, np.ndarray] = {
            "own": apart.own.astype(np.float16),
            "known": apart.words.known.astype(np.int32),
            "rarity": apart.words.rarity,
            "words": apart.words.weights.astype(np.float16),
            "by_sound": np.array(apart.words.by_sound),
        }
        self._kept.save(name, f"lessons-{language}", arrays)
        return apart
