"""One language's classifier: trained from example sentences, saved to one file, asked one sentence at a time."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from nlu.encoder import Encoder
from nlu.features import Sparse, columns_of, hashed
from nlu.slips import with_slips
from nlu.softmax import Softmax, chances, train

FORMAT = 8  # raise when features, training or the file change: kept models are then made anew
VECTOR_WEIGHT = 1.0  # of the encoder against the n-grams, chosen on sentences held apart
NEIGHBOURS_SAY = 0.25  # how much the nearest sentences count beside what was learned, chosen likewise
SEEN_AT_LEAST = 2  # n-grams seen once in all training sentences tell nothing that carries over
SLIPS = 2  # mistyped copies of each sentence; one where there are MANY sentences anyway
MANY = 2000
# Of what is in scope this share may be called unclear, measured on sentences left out of training. Those were written by
# the hands that wrote the rest: of a stranger's sentences about three times as many are.
REJECTED_AT_MOST = 0.01

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Labelled:
    """A sentence, what it means, and how much it counts."""

    text: str
    label: str
    weight: float = 1.0


@dataclass(frozen=True)
class Neighbours:
    """The training sentences as vectors (sentences, dimensions), empty without an encoder, and the label of each."""

    vectors: np.ndarray
    labels: np.ndarray

    def rank(self, asked: np.ndarray, count: int) -> np.ndarray:
        """Chances (asked, labels) from the twelve nearest, the nearer the more."""
        likeness = asked @ self.vectors.T
        out = np.zeros((len(asked), count), dtype=np.float32)
        nearest = min(12, likeness.shape[1])
        for row, found in zip(out, likeness, strict=True):
            top = np.argpartition(-found, nearest - 1)[:nearest]
            np.add.at(row, self.labels[top], np.exp(12 * found[top]))
        return out / out.sum(axis=1, keepdims=True)


@dataclass(frozen=True)
class Classifier:
    """`threshold`: below this chance the best label is not to be trusted."""

    labels: tuple[str, ...]
    known: np.ndarray  # sorted buckets that training saw
    softmax: Softmax
    threshold: float
    encoder: Encoder
    near: Neighbours

    def rank(self, texts: Sequence[str]) -> np.ndarray:
        """Chances (texts, labels): what was learned, and what the nearest training sentences in meaning say."""
        vectors = _vectors(self.encoder, texts)
        learned = chances(
            self.softmax.scores(columns_of(hashed(texts), self.known), vectors * np.float32(VECTOR_WEIGHT))
        )
        if not self.near.vectors.size:
            return learned
        both = learned ** (1 - NEIGHBOURS_SAY) * (self.near.rank(vectors, len(self.labels)) + 1e-3) ** NEIGHBOURS_SAY
        return both / both.sum(axis=1, keepdims=True)

    def ranking(self, text: str) -> tuple[tuple[str, float], ...]:
        """(label, chance), best first. An empty or wordless text is ranked as well."""
        row = self.rank([text])[0]
        return tuple((self.labels[i], float(row[i])) for i in np.argsort(-row))


def fit(
    rows: Sequence[Labelled], encoder: Encoder, *, outside: str = "", progress: Progress = lambda *_: None
) -> Classifier:
    """Train on all rows; the threshold comes from a first training that left every fifth sentence out.

    `outside` is the label of what fits nowhere, left out of the threshold's count. Deterministic.
    """
    lot = _Lot.of(rows, encoder)
    held = [i for i, r in enumerate(rows) if i % 5 == 2 and r.weight >= 1]
    kept = np.setdiff1d(np.arange(len(rows)), held)
    threshold = 0.0
    if len(held) >= 50 and {rows[i].label for i in kept} == set(lot.labels):
        first = lot.fit(kept, encoder, lambda done, of: progress("measuring", done, of), epochs=7)
        inside = [rows[i].text for i in held if rows[i].label != outside]
        threshold = float(np.quantile(first.rank(inside).max(axis=1), REJECTED_AT_MOST)) if inside else 0.0
    whole = lot.fit(np.arange(len(rows)), encoder, lambda done, of: progress("learning", done, of), epochs=16)
    return replace(whole, threshold=threshold)


@dataclass(frozen=True)
class _Lot:
    """All sentences and their mistyped copies as numbers, made once. `source[i]` is the row that line i comes from."""

    labels: tuple[str, ...]
    classes: np.ndarray
    weights: np.ndarray
    features: Sparse
    vectors: np.ndarray
    source: np.ndarray

    @classmethod
    def of(cls, rows: Sequence[Labelled], encoder: Encoder) -> _Lot:
        random_ = random.Random(11)
        labels = tuple(sorted({r.label for r in rows}))
        place = {label: i for i, label in enumerate(labels)}
        copies = SLIPS if len(rows) < MANY else 1
        texts = [r.text for r in rows] + [with_slips(r.text, random_) for _ in range(copies) for r in rows]
        classes = np.array([place[r.label] for r in rows])
        # A rare intent counts as much as a common one would at the square root of its share.
        share = np.bincount(classes, minlength=len(labels)) / len(classes)
        weights = np.array([r.weight for r in rows]) * (share.mean() / share[classes]) ** 0.5
        source = np.tile(np.arange(len(rows)), copies + 1)
        return cls(
            labels, classes[source], weights[source].astype(np.float32), hashed(texts), _vectors(encoder, texts), source
        )

    def fit(self, rows: np.ndarray, encoder: Encoder, on_epoch: Callable[[int, int], None], epochs: int) -> Classifier:
        """A classifier of these rows and their copies."""
        lines = np.flatnonzero(np.isin(self.source, rows))
        features = self.features.take(lines)
        buckets, times = np.unique(features.index, return_counts=True)
        known = buckets[times >= SEEN_AT_LEAST]
        softmax = train(
            columns_of(features, known), self.vectors[lines] * np.float32(VECTOR_WEIGHT), self.classes[lines], self.weights[lines],
            len(self.labels), len(known), epochs=epochs, on_epoch=on_epoch,
        )  # fmt: skip
        near = Neighbours(self.vectors[rows], self.classes[rows])
        return Classifier(self.labels, known, softmax, 0.0, encoder, near)


def _vectors(encoder: Encoder, texts: Sequence[str]) -> np.ndarray:
    return encoder.encode([t[:400] for t in texts])


def save(classifier: Classifier, path: Path) -> None:
    """Write the model in one piece: a kill leaves the old file or the new one."""
    buffer = io.BytesIO()
    np.savez(
        buffer, known=classifier.known.astype(np.int32), sparse=classifier.softmax.sparse.astype(np.float16),
        dense=classifier.softmax.dense.astype(np.float32), bias=classifier.softmax.bias,
        near=classifier.near.vectors.astype(np.float16), near_labels=classifier.near.labels.astype(np.int16),
        about=np.frombuffer(json.dumps({"format": FORMAT, "labels": classifier.labels, "threshold": classifier.threshold}).encode(), dtype=np.uint8),
    )  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_suffix(f".{random.randrange(1 << 30)}.part")
    waiting.write_bytes(buffer.getvalue())
    waiting.replace(path)


def load(path: Path, encoder: Encoder) -> Classifier | None:
    """The kept model, or None where there is none that this program can use."""
    try:
        with np.load(path) as kept:
            about = json.loads(kept["about"].tobytes())
            if about["format"] != FORMAT:
                return None
            softmax = Softmax(kept["sparse"].astype(np.float32), kept["dense"], kept["bias"])
            near = Neighbours(kept["near"].astype(np.float32), kept["near_labels"].astype(np.int64))
            known = kept["known"].astype(np.int64)
            return Classifier(tuple(about["labels"]), known, softmax, about["threshold"], encoder, near)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
