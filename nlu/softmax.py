"""Multinomial logistic regression over sparse and dense features together, in numpy alone (Adam, weight decay)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nlu.features import Sparse, times


@dataclass(frozen=True)
class Softmax:
    """`sparse` is (columns, classes), `dense` (dimensions, classes) or empty, `bias` (classes,)."""

    sparse: np.ndarray
    dense: np.ndarray
    bias: np.ndarray

    def scores(self, rows: Sparse, vectors: np.ndarray) -> np.ndarray:
        """Log-odds (rows, classes)."""
        out = times(rows, self.sparse) + self.bias
        return out + vectors @ self.dense if self.dense.size else out


def chances(scores: np.ndarray) -> np.ndarray:
    """Softmax over the last axis."""
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def train(
    rows: Sparse,
    vectors: np.ndarray,
    classes: np.ndarray,
    weights: np.ndarray,
    count: int,
    columns: int,
    *,
    epochs: int = 16,
    batch: int = 96,
    rate: float = 0.04,
    decay: float = 1e-5,
    smooth: float = 0.05,
    on_epoch: Callable[[int, int], None] = lambda done, of: None,
) -> Softmax:
    """Fit `count` classes; `weights` is one weight a row. Deterministic. `on_epoch(done, of)` shows progress."""
    random = np.random.default_rng(7)
    dense = vectors.shape[1] if vectors.size else 0
    w = np.zeros((columns + dense + 1, count), dtype=np.float32)
    m, v = np.zeros_like(w), np.zeros_like(w)
    always = np.arange(columns, columns + dense + 1)  # the vector's dimensions and the bias
    target = np.full((len(rows), count), smooth / count, dtype=np.float32)
    target[np.arange(len(rows)), classes] += 1 - smooth
    step = 0
    for epoch in range(epochs):
        order = random.permutation(len(rows))
        for first in range(0, len(order), batch):
            step += 1
            picked = order[first : first + batch]
            seen, x = _block(rows, vectors, picked, dense)
            touched = np.concatenate([seen, always])
            here = w[touched]
            error = (chances(x @ here) - target[picked]) * weights[picked, None]
            gradient = x.T @ error / len(picked) + decay * here
            m[touched] = first_ = 0.9 * m[touched] + 0.1 * gradient
            v[touched] = second = 0.99 * v[touched] + 0.01 * gradient**2
            lean = rate * (1 - step / (step + 8 * len(order) / batch))
            w[touched] = here - lean * (first_ / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-6)
        on_epoch(epoch + 1, epochs)
    return Softmax(w[:columns], w[columns:-1], w[-1])


def _block(rows: Sparse, vectors: np.ndarray, picked: np.ndarray, dense: int) -> tuple[np.ndarray, np.ndarray]:
    """The columns that the picked rows touch, and these rows as a dense block over them, the vectors and a 1."""
    parts = [slice(rows.start[i], rows.start[i + 1]) for i in picked]
    seen, place = np.unique(np.concatenate([rows.index[p] for p in parts]), return_inverse=True)
    line = np.repeat(np.arange(len(picked)), [p.stop - p.start for p in parts])
    x = np.zeros((len(picked), len(seen) + dense + 1), dtype=np.float32)
    x[line, place] = np.concatenate([rows.value[p] for p in parts])
    if dense:
        x[:, len(seen) : -1] = vectors[picked]
    x[:, -1] = 1.0
    return seen, x
