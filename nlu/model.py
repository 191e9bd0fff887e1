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
from nlu.features import Sparse, chinese, columns_of, hashed
from nlu.ridge import Ridge, train_ridge
from nlu.slips import with_slips
from nlu.softmax import Softmax, chances, train

FORMAT = 11  # raise when features, training or the file change: kept models are then made anew
# All figures of this kind here were chosen by cross-validation on the training sentences (docs/nlu.md).
RIDGE_SAYS = 0.6  # how much the ridge counts beside the softmax
WITHOUT_VECTORS = 0.3  # the same where there is no encoder: then both draw straight lines through the same n-grams
RIDGE_SHARP = 12.0  # brings its scores to the scale of log-odds, so that a chance is about how often one is right
SEEN_AT_LEAST = 2  # n-grams seen once in all training sentences tell nothing that carries over
SLIPS = 2  # mistyped copies of each sentence; one where there are MANY sentences anyway
MANY = 2000
OWN = 0.5  # rows of this weight and more are of the language itself, lighter ones are lent by another
# What belongs to no label is often a little less likely than some label. Its chance is raised as long as no more than this
# share of what is in scope is called outside, measured on sentences left out of training.
REJECTED_AT_MOST = 0.03
LIFT_AT_MOST = 4.0

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Labelled:
    """A sentence, what it means, and how much it counts."""

    text: str
    label: str
    weight: float = 1.0


@dataclass(frozen=True)
class Classifier:
    """`lift` multiplies the chance of each label before they are brought to a sum of 1; `by_sound`: of Chinese."""

    labels: tuple[str, ...]
    known: np.ndarray  # sorted buckets that training saw
    softmax: Softmax
    ridge: Ridge
    lift: np.ndarray
    encoder: Encoder
    by_sound: bool

    def rank(self, texts: Sequence[str]) -> np.ndarray:
        """Chances (texts, labels): what the two of them say together."""
        vectors = _vectors(self.encoder, texts)
        columns = columns_of(hashed(texts, by_sound=self.by_sound), self.known)
        one, other = self.softmax.scores(columns, vectors), self.ridge.scores(columns, vectors)
        says = RIDGE_SAYS if self.ridge.sentences.size else WITHOUT_VECTORS
        logs = (1 - says) * np.log(chances(one)) + says * np.log(chances(RIDGE_SHARP * other))
        return chances(logs + np.log(self.lift))

    def ranking(self, text: str) -> tuple[tuple[str, float], ...]:
        """(label, chance), best first. An empty or wordless text is ranked as well."""
        row = self.rank([text])[0]
        return tuple((self.labels[i], float(row[i])) for i in np.argsort(-row))


def fit(
    rows: Sequence[Labelled], encoder: Encoder, *, outside: str = "", progress: Progress = lambda *_: None
) -> Classifier:
    """Train on all rows; how far to lift `outside` comes from a first training that left every fifth sentence out.

    `outside` is the label of what fits nowhere. Deterministic.
    """
    lot = _Lot.of(rows, encoder)
    lift = np.ones(len(lot.labels), dtype=np.float32)
    held = [i for i, r in enumerate(rows) if i % 5 == 2 and r.weight >= OWN]
    kept = np.setdiff1d(np.arange(len(rows)), held)
    if outside in lot.labels and len(held) >= 50 and {rows[i].label for i in kept} == set(lot.labels):
        first = lot.fit(kept, encoder, lambda done, of: progress("measuring", done, of), epochs=7)
        at = lot.labels.index(outside)
        inside = [rows[i].text for i in held if rows[i].label != outside]
        lift[at] = lift_of(first.rank(inside), at)
    whole = lot.fit(np.arange(len(rows)), encoder, lambda done, of: progress("learning", done, of), epochs=16)
    return replace(whole, lift=lift)


def lift_of(chances_: np.ndarray, outside: int) -> float:
    """How far the chance of `outside` (a column) may be raised over these rows (texts, labels), all in scope."""
    best = np.delete(chances_, outside, axis=1).max(axis=1)
    needed = np.sort(best / np.maximum(chances_[:, outside], 1e-9))  # a row is called outside from this lift on
    return float(np.clip(needed[int(len(needed) * REJECTED_AT_MOST)], 1.0, LIFT_AT_MOST))


@dataclass(frozen=True)
class _Lot:
    """All sentences and their mistyped copies as numbers, made once. `source[i]` is the row that line i comes from."""

    labels: tuple[str, ...]
    classes: np.ndarray
    weights: np.ndarray
    features: Sparse
    vectors: np.ndarray
    source: np.ndarray
    by_sound: bool

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
        by_sound = chinese([r.text for r in rows])
        features = hashed(texts, by_sound=by_sound)
        heavy = weights[source].astype(np.float32)
        return cls(labels, classes[source], heavy, features, _vectors(encoder, texts), source, by_sound)

    def fit(self, rows: np.ndarray, encoder: Encoder, on_epoch: Callable[[int, int], None], epochs: int) -> Classifier:
        """A classifier of these rows and their copies."""
        lines = np.flatnonzero(np.isin(self.source, rows))
        features = self.features.take(lines)
        buckets, times = np.unique(features.index, return_counts=True)
        known = buckets[times >= SEEN_AT_LEAST]
        softmax = train(
            columns_of(features, known), self.vectors[lines], self.classes[lines], self.weights[lines],
            len(self.labels), len(known), epochs=epochs, on_epoch=on_epoch,
        )  # fmt: skip
        # Mistyped copies teach the softmax only: to the ridge they are neighbours that say the same twice.
        ridge = train_ridge(
            columns_of(self.features.take(rows), known), self.vectors[rows], self.classes[rows], self.weights[rows],
            len(self.labels), len(known),
        )  # fmt: skip
        lift = np.ones(len(self.labels), dtype=np.float32)
        return Classifier(self.labels, known, softmax, ridge, lift, encoder, self.by_sound)


def _vectors(encoder: Encoder, texts: Sequence[str]) -> np.ndarray:
    return encoder.encode([t[:400] for t in texts])


def save(classifier: Classifier, path: Path) -> None:
    """Write the model in one piece: a kill leaves the old file or the new one."""
    buffer = io.BytesIO()
    softmax, ridge = classifier.softmax, classifier.ridge
    about = {"format": FORMAT, "labels": classifier.labels, "by_sound": classifier.by_sound}
    np.savez(
        buffer, known=classifier.known.astype(np.int32), sparse=softmax.sparse.astype(np.float16), dense=softmax.dense, bias=softmax.bias,
        ridge=ridge.sparse.astype(np.float16), sentences=ridge.sentences.astype(np.float16), loud=ridge.loud, lift=classifier.lift,
        about=np.frombuffer(json.dumps(about).encode(), dtype=np.uint8),
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
            softmax = Softmax(kept["sparse"], kept["dense"], kept["bias"])
            ridge = Ridge(kept["ridge"], kept["sentences"].astype(np.float32), kept["loud"])
            known = kept["known"].astype(np.int64)
            return Classifier(tuple(about["labels"]), known, softmax, ridge, kept["lift"], encoder, about["by_sound"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
