"""Kernel ridge regression over sparse and dense features together, in numpy alone: every training sentence speaks up for
its label, the louder the more it is alike. Alike in letters and words counts by what is shared, alike in meaning by a bell
round each sentence, which bends where a straight line through the vectors cannot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nlu.features import Sparse, times

BELL = 3.0  # how narrow: a sentence at cosine 0.77 counts half
STIFF = 0.2  # how little a single sentence may bend the whole
BLOCK = 512
OFTEN = 60  # n-grams in more sentences than this are multiplied as a dense block


@dataclass(frozen=True)
class Ridge:
    """`sparse` is (columns, classes), `sentences` (training sentences, dimensions), `loud` (training sentences, classes)."""

    sparse: np.ndarray
    sentences: np.ndarray
    loud: np.ndarray

    def scores(self, rows: Sparse, vectors: np.ndarray) -> np.ndarray:
        """About 1 for the label meant and 0 for the others (rows, classes)."""
        out = times(rows, self.sparse)
        return out + _bell(vectors @ self.sentences.T) @ self.loud if self.sentences.size else out


def train_ridge(
    rows: Sparse,
    vectors: np.ndarray,
    classes: np.ndarray,
    weights: np.ndarray,
    count: int,
    columns: int,
    on_step: Callable[[int, int], None] = lambda done, of: None,
) -> Ridge:
    """Fit `count` classes. Needs memory for one float32 square of the number of rows. Exact, so deterministic."""
    alike = _shared(rows, columns)
    if vectors.size:
        for at in range(0, len(rows), BLOCK):
            alike[at : at + BLOCK] += _bell(vectors[at : at + BLOCK] @ vectors.T)
    alike[np.arange(len(rows)), np.arange(len(rows))] += STIFF / weights
    wanted = np.full((len(rows), count), -1 / count, dtype=np.float32)
    wanted[np.arange(len(rows)), classes] += 1
    loud = _solved(alike, wanted, on_step)
    sparse = np.zeros((columns, count), dtype=np.float32)
    line = np.repeat(np.arange(len(rows)), np.diff(rows.start))
    for label in range(count):
        sparse[:, label] = np.bincount(rows.index, weights=rows.value * loud[line, label], minlength=columns)
    return Ridge(sparse / 2, vectors, loud)


def _bell(cosine: np.ndarray) -> np.ndarray:
    out: np.ndarray = np.exp(np.float32(BELL) * (cosine - 1))
    return out


def _shared(rows: Sparse, columns: int) -> np.ndarray:
    """The products of all rows with each other, halved: each kind of n-gram has length 1, and there are two."""
    line = np.repeat(np.arange(len(rows)), np.diff(rows.start))
    order = np.argsort(rows.index, kind="stable")
    column, line, value = rows.index[order], line[order], rows.value[order] / np.float32(2**0.5)
    out = np.zeros((len(rows), len(rows)), dtype=np.float32)
    starts = np.searchsorted(column, np.arange(columns + 1))
    sizes = np.diff(starts)
    for c in np.flatnonzero((sizes > 0) & (sizes <= OFTEN)):
        of = slice(starts[c], starts[c + 1])
        out[np.ix_(line[of], line[of])] += np.outer(value[of], value[of])
    often = np.flatnonzero(sizes > OFTEN)
    for first in range(0, len(often), BLOCK):
        block = np.zeros((len(rows), BLOCK), dtype=np.float32)
        for place, c in enumerate(often[first : first + BLOCK]):
            block[line[starts[c] : starts[c + 1]], place] = value[starts[c] : starts[c + 1]]
        for at in range(0, len(rows), BLOCK):  # a piece at a time, so that no second square is made
            out[at : at + BLOCK] += block[at : at + BLOCK] @ block.T
    return out


def _solved(square: np.ndarray, wanted: np.ndarray, on_step: Callable[[int, int], None]) -> np.ndarray:
    """x of square @ x = wanted by Cholesky in place and in blocks: numpy's own solver would copy the square."""
    n, out = len(square), wanted.copy()
    steps = range(0, n, BLOCK)
    for k in steps:
        end = min(k + BLOCK, n)
        square[k:end, k:end] = np.linalg.cholesky(square[k:end, k:end])
        upper = np.linalg.inv(square[k:end, k:end]).T
        square[end:, k:end] = square[end:, k:end] @ upper
        for at in range(end, n, BLOCK):
            square[at:, at : at + BLOCK] -= square[at:, k:end] @ square[at : at + BLOCK, k:end].T
        out[k:end] = upper.T @ out[k:end]
        out[end:] -= square[end:, k:end] @ out[k:end]
        on_step(end, n)
    for k in reversed(steps):
        end = min(k + BLOCK, n)
        out[k:end] = np.linalg.inv(square[k:end, k:end]).T @ (out[k:end] - square[end:, k:end].T @ out[end:])
    return out
