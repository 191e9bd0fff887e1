"""A sentence as numbers: hashed n-grams of characters and words. Pure, and the same on every machine.

Typing errors change a few n-grams and leave most; Chinese, which writes no spaces, counts single characters,
pairs and threes, and the same of how they sound.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np

from nlu.sounds import syllables

BUCKETS = 1 << 20
_CJK = re.compile(r"[\u3400-\u9fff]")
_WORDS = re.compile(r"[\u3400-\u9fff]|[^\W_]+(?:'[^\W_]+)*|[^\w\s]", re.UNICODE)


@dataclass(frozen=True)
class Sparse:
    """Rows in compressed form: row i has `index[start[i]:start[i+1]]` with the weights `value[...]`."""

    start: np.ndarray
    index: np.ndarray
    value: np.ndarray

    def __len__(self) -> int:
        return len(self.start) - 1

    def take(self, rows: np.ndarray) -> Sparse:
        """These rows, in this order."""
        sizes = self.start[rows + 1] - self.start[rows]
        ends = np.cumsum(sizes)
        places = np.arange(sizes.sum()) + np.repeat(self.start[rows] - ends + sizes, sizes)
        return Sparse(np.concatenate([[0], ends]), self.index[places], self.value[places])


def normal(text: str) -> str:
    """Small letters, one kind of apostrophe, digits as 0, no repeated letters beyond two, single spaces."""
    text = unicodedata.normalize("NFKC", text).lower().replace("’", "'").replace("`", "'")
    text = re.sub(r"\d", "0", text)
    text = re.sub(r"(.)\1{2,}", r"\1\1", text)
    return re.sub(r"\s+", " ", text).strip()


def tokens(text: str) -> list[str]:
    """Words, marks, and Chinese characters one by one, of a text that went through `normal`."""
    return _WORDS.findall(text)


def _grams(text: str) -> tuple[list[str], list[str]]:
    """The word n-grams and the character n-grams of a text."""
    words = tokens(normal(text))
    by_word = [f"w {w}" for w in words]
    by_word += [f"p {a} {b}" for a, b in pairwise(words)]
    by_word += [f"t {a} {b} {c}" for a, b, c in zip(words, words[1:], words[2:], strict=False) if _CJK.match(a)]
    by_char = []
    for word in words:
        if not _CJK.match(word):
            edged = f"<{word}>"
            by_char += [edged[i : i + n] for n in (2, 3, 4, 5) for i in range(len(edged) - n + 1)]
    return by_word, by_char


def _heard(text: str) -> list[str]:
    """The n-grams of syllables of a Chinese text."""
    y = syllables(tokens(normal(text)))
    pairs, threes = pairwise(y), zip(y, y[1:], y[2:], strict=False)
    return [f"y {a}" for a in y] + [f"q {a} {b}" for a, b in pairs] + [f"z {a} {b} {c}" for a, b, c in threes]


def chinese(texts: Sequence[str]) -> bool:
    """Whether most of the texts are."""
    return 2 * sum(bool(_CJK.search(t)) for t in texts) > len(texts)


def hashed(texts: Sequence[str], *, by_sound: bool = False) -> Sparse:
    """Every text as a row of weights over BUCKETS columns; each kind of n-grams has length 1. `by_sound`: as Chinese."""
    start: list[int] = [0]
    index: list[int] = []
    value: list[float] = []
    for text in texts:
        row: dict[int, float] = {}
        for grams in (*_grams(text), _heard(text) if by_sound else []):
            counts: dict[int, int] = {}
            for gram in grams:
                bucket = crc32(gram.encode()) % BUCKETS
                counts[bucket] = counts.get(bucket, 0) + 1
            norm = sum((1 + np.log(c)) ** 2 for c in counts.values()) ** 0.5 or 1.0
            for bucket, count in counts.items():
                row[bucket] = row.get(bucket, 0.0) + float((1 + np.log(count)) / norm)
        index += row.keys()
        value += row.values()
        start.append(len(index))
    return Sparse(np.array(start), np.array(index, dtype=np.int64), np.array(value, dtype=np.float32))


def columns_of(rows: Sparse, known: np.ndarray) -> Sparse:
    """The rows over the sorted `known` buckets only: what training never saw falls away."""
    if not len(known):
        return Sparse(np.zeros(len(rows) + 1, dtype=np.int64), rows.index[:0], rows.value[:0])
    place = np.searchsorted(known, rows.index)
    place[place == len(known)] = 0
    seen = known[place] == rows.index
    starts = np.concatenate([[0], np.cumsum(seen)])[rows.start]
    return Sparse(starts, place[seen], rows.value[seen])


def times(rows: Sparse, weights: np.ndarray) -> np.ndarray:
    """The product (rows, classes) with `weights` (columns, classes), which may be kept in half precision."""
    out = np.zeros((len(rows), weights.shape[1]), dtype=np.float32)
    for i in range(len(rows)):
        part = slice(rows.start[i], rows.start[i + 1])
        out[i] = rows.value[part] @ weights[rows.index[part]].astype(np.float32)
    return out
