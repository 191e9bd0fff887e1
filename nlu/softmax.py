"""Multinomial logistic regression over sparse and dense features together, in numpy alone (Adam, weight decay)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nlu.features import Sparse


@dataclass(frozen=True)
class Softmax:
    """`sparse` is (columns, classes), `dense` (dimensions, classes) or empty, `bias` (classes,)."""

    sparse: np.ndarray
    dense: np.ndarray
    bias: np.ndarray

    def scores(self, rows: Sparse, vectors: np.ndarray) -> np.ndarray:
        """Log-odds (rows, classes)."""
        out = _times(rows, self.sparse) + self.bias
        return out + vectors @ self.dense if self.dense.size else out


def chances(scores: np.ndarray) -> np.ndarray:
    """Softmax over the last axis."""
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _times(rows: Sparse, weights: np.ndarray) -> np.ndarray:
    out = np.zeros((len(rows), weights.shape[1]), dtype=np.float32)
    for i in range(len(rows)):
        part = slice(rows.start[i], rows.start[i + 1])
        out[i] = rows.value[part] @ weights[rows.index[part]]
    return out


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
    size = columns + (vectors.shape[1] if vectors.size else 0) + 1
    w = np.zeros((size, count), dtype=np.float32)
    m, v = np.zeros_like(w), np.zeros_like(w)
    target = np.full((len(rows), count), smooth / count, dtype=np.float32)
    target[np.arange(len(rows)), classes] += 1 - smooth
    step = 0
    for epoch in range(epochs):
        order = random.permutation(len(rows))
        for first in range(0, len(order), batch):
            step += 1
            picked = order[first : first + batch]
            x = _dense_block(rows, vectors, picked, columns, size)
            touched = np.flatnonzero(x.any(axis=0))
            x = x[:, touched]
            error = (chances(x @ w[touched]) - target[picked]) * weights[picked, None]
            gradient = x.T @ error / len(picked) + decay * w[touched]
            m[touched] = 0.9 * m[touched] + 0.1 * gradient
            v[touched] = 0.99 * v[touched] + 0.01 * gradient**2
            lean = rate * (1 - step / (step + 8 * len(order) / batch))
            w[touched] -= lean * (m[touched] / (1 - 0.9**step)) / (np.sqrt(v[touched] / (1 - 0.99**step)) + 1e-6)
        on_epoch(epoch + 1, epochs)
    return Softmax(w[:columns], w[columns:-1], w[-1])


def _dense_block(rows: Sparse, vectors: np.ndarray, picked: np.ndarray, columns: int, size: int) -> np.ndarray:
    x = np.zeros((len(picked), size), dtype=np.float32)
    for at, i in enumerate(picked):
        part = slice(rows.start[i], rows.start[i + 1])
        x[at, rows.index[part]] = rows.value[part]
    if vectors.size:
        x[:, columns:-1] = vectors[picked]
    x[:, -1] = 1.0
    return x
