"""One language's classifier: trained from example sentences, saved to one file, asked one sentence at a time."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nlu.encoder import Encoder
from nlu.features import columns_of, hashed
from nlu.slips import with_slips
from nlu.softmax import Softmax, chances, train

FORMAT = 4  # raise when features, training or the file change: kept models are then made anew
VECTOR_WEIGHT = 2.0  # of the encoder against the n-grams, chosen on the public split
SLIPS = 2  # mistyped copies of each sentence
REJECTED_AT_MOST = 0.03  # of what is in scope may be called unclear, measured on sentences left out of training

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Labelled:
    """A sentence, what it means, and how much it counts."""

    text: str
    label: str
    weight: float = 1.0


@dataclass(frozen=True)
class Classifier:
    """`threshold`: below this chance the best label is not to be trusted."""

    labels: tuple[str, ...]
    known: np.ndarray  # sorted buckets that training saw
    softmax: Softmax
    threshold: float
    encoder: Encoder

    def rank(self, texts: Sequence[str]) -> np.ndarray:
        """Chances (texts, labels)."""
        return chances(self.softmax.scores(columns_of(hashed(texts), self.known), _vectors(self.encoder, texts)))

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
    labels = tuple(sorted({r.label for r in rows}))
    held = [r for i, r in enumerate(rows) if i % 5 == 2 and r.weight >= 1]
    kept = [r for i, r in enumerate(rows) if not (i % 5 == 2 and r.weight >= 1)]
    threshold = 0.0
    if len(held) >= 50 and {r.label for r in kept} == set(labels):
        first = _fit(kept, labels, encoder, lambda done, of: progress("measuring", done, of), epochs=8)
        inside = [r for r in held if r.label != outside]
        best = first.rank([r.text for r in inside]).max(axis=1)
        threshold = float(np.quantile(best, REJECTED_AT_MOST)) if len(best) else 0.0
    full = _fit(rows, labels, encoder, lambda done, of: progress("learning", done, of), epochs=14)
    return Classifier(labels, full.known, full.softmax, threshold, encoder)


def _fit(
    rows: Sequence[Labelled],
    labels: tuple[str, ...],
    encoder: Encoder,
    on_epoch: Callable[[int, int], None],
    epochs: int,
) -> Classifier:
    random_ = random.Random(11)
    place = {label: i for i, label in enumerate(labels)}
    every = [*rows, *(Labelled(with_slips(r.text, random_), r.label, r.weight) for _ in range(SLIPS) for r in rows)]
    features = hashed([r.text for r in every])
    known = np.unique(features.index)
    classes = np.array([place[r.label] for r in every])
    # A rare intent counts as much as a common one would at the square root of its share.
    share = np.bincount(classes, minlength=len(labels)) / len(classes)
    weights = np.array([r.weight for r in every], dtype=np.float32) * (share.mean() / share[classes]) ** 0.5
    softmax = train(
        columns_of(features, known), _vectors(encoder, [r.text for r in every]), classes, weights.astype(np.float32),
        len(labels), len(known), epochs=epochs, on_epoch=on_epoch,
    )  # fmt: skip
    return Classifier(labels, known, softmax, 0.0, encoder)


def _vectors(encoder: Encoder, texts: Sequence[str]) -> np.ndarray:
    return encoder.encode([t[:400] for t in texts]) * np.float32(VECTOR_WEIGHT)


def save(classifier: Classifier, path: Path) -> None:
    """Write the model in one piece: a kill leaves the old file or the new one."""
    buffer = io.BytesIO()
    np.savez(
        buffer, known=classifier.known.astype(np.int32), sparse=classifier.softmax.sparse.astype(np.float16),
        dense=classifier.softmax.dense.astype(np.float32), bias=classifier.softmax.bias,
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
            return Classifier(
                tuple(about["labels"]), kept["known"].astype(np.int64), softmax, about["threshold"], encoder
            )
    except (OSError, ValueError, KeyError, json.JSONDecodeError):
        return None
