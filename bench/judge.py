"""Makes the learned judge of bot/safety (judge.npz) from the labelled messages, the same numbers each time.

python -m bench.judge [--without-odd] [--output FILE]

It learns from the sets that the rules were made with, from tests/safety/learned.jsonl and the `_odd` half, and from the
example sentences of the understanding, which are mostly innocent. What ends in `-held` is never learned from.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.safety import Finding, look
from bot.safety.judge import HEADS, LONGEST, SCALE
from nlu.encoder import UniversalEncoder
from nlu.examples import languages, read_examples
from tests.safety.sets import rows

FILE = Path(__file__).parents[1] / "bot" / "safety" / "judge.npz"
UNKNOWN = float("nan")
NETWORKS, HIDDEN, EPOCHS, BATCH, RATE, DECAY, DROPPED = 3, 64, 12, 128, 2e-3, 1e-4, 0.3
EVERYDAY = 0.15  # the weight of an example sentence beside a labelled message


@dataclass(frozen=True)
class Labelled:
    """`labels` in the order of HEADS: 1, 0, or not a number where nobody said."""

    text: str
    labels: tuple[float, float, float, float]
    weight: float


def labelled(name: str) -> list[Labelled]:
    found = []
    for row in rows(name):
        finding = look(row["text"], row["language"])
        danger = float(row["danger"]) if "danger" in row else UNKNOWN if finding.danger else 0.0
        tricked = float(row["tricked"]) if "tricked" in row else UNKNOWN
        if "tricked" not in row and row["warn"] and not finding.tricked:
            tricked = 0.0  # a trick told or forwarded in which nothing was given yet
        warn = float(row["warn"]) if "warn" in row else 0.0 if row["danger"] else UNKNOWN
        found.append(Labelled(finding.text, (warn, tricked, danger, _despair(finding, danger)), 1.0))
    return found


def innocent_numbers() -> list[Labelled]:
    return [Labelled(r["text"], (0.0, 0.0, 0.0, UNKNOWN), 1.0) for r in rows("secrets") if not r["secrets"]]


def everyday() -> list[Labelled]:
    found = []
    for language in languages():
        for example in read_examples(language)[0]:
            tricked, danger = example.intent == "tricked", example.intent == "emergency"
            warn = UNKNOWN if tricked or example.intent == "check_scam" else 0.0
            finding = look(example.text, language) if danger else Finding()
            labels = (warn, float(tricked), float(danger), _despair(finding, float(danger)))
            found.append(Labelled(example.text, labels, EVERYDAY))
    return found


def _despair(finding: Finding, danger: float) -> float:
    """Which kind of danger: asked of dangers alone, and learned from those that the word lists know."""
    return float(finding.danger == "despair") if danger == 1 and finding.danger else UNKNOWN


def learn(rows_: Sequence[Labelled], vectors: np.ndarray, seed: int) -> tuple[np.ndarray, ...]:
    """One network: (dimensions, HIDDEN), (HIDDEN,), (HIDDEN, heads), (heads,). Adam, dropout, a falling rate."""
    random = np.random.default_rng(seed)
    given = np.array([r.labels for r in rows_], dtype=np.float32)
    counts = ~np.isnan(given) * np.array([r.weight for r in rows_], dtype=np.float32)[:, None]
    wanted = np.nan_to_num(given)
    size = vectors.shape[1]
    net = [
        random.normal(0, size**-0.5, (size, HIDDEN)).astype(np.float32),
        np.zeros(HIDDEN, np.float32),
        random.normal(0, HIDDEN**-0.5, (HIDDEN, len(HEADS))).astype(np.float32),
        np.zeros(len(HEADS), np.float32),
    ]
    first, second = [np.zeros_like(p) for p in net], [np.zeros_like(p) for p in net]
    step, steps = 0, EPOCHS * (len(rows_) // BATCH + 1)
    for _ in range(EPOCHS):
        order = random.permutation(len(rows_))
        for begin in range(0, len(order), BATCH):
            picked = order[begin : begin + BATCH]
            step += 1
            slopes = _slopes(net, vectors[picked] * SCALE, wanted[picked], counts[picked], random)
            for at, slope in enumerate(slopes):
                first[at] = 0.9 * first[at] + 0.1 * slope
                second[at] = 0.999 * second[at] + 0.001 * slope**2
                lean = first[at] / (1 - 0.9**step) / (np.sqrt(second[at] / (1 - 0.999**step)) + 1e-8)
                net[at] -= RATE * (1 - step / (steps + 1)) * lean
    return tuple(net)


def _slopes(
    net: Sequence[np.ndarray], x: np.ndarray, wanted: np.ndarray, counts: np.ndarray, random: np.random.Generator
) -> tuple[np.ndarray, ...]:
    before = x @ net[0] + net[1]
    kept = (random.random(before.shape) > DROPPED) / (1 - DROPPED)
    hidden = np.maximum(before, 0) * kept
    error = (1 / (1 + np.exp(-(hidden @ net[2] + net[3]))) - wanted) * counts / len(x)
    back = (error @ net[2].T) * kept * (before > 0)
    return x.T @ back + DECAY * net[0], back.sum(0), hidden.T @ error + DECAY * net[2], error.sum(0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without-odd", action="store_true", help="leave the `_odd` half out, to measure on it")
    parser.add_argument("--output", type=Path, default=FILE)
    given = parser.parse_args()
    names = ["scams", "scams_apart", "trouble", "trouble_apart", "learned"]
    names += [] if given.without_odd else ["scams_odd", "trouble_odd"]
    data = [*(row for name in names for row in labelled(name)), *innocent_numbers(), *everyday()]
    encoder = UniversalEncoder()
    texts = [row.text[:LONGEST] for row in data]
    vectors = np.vstack([encoder.encode(texts[at : at + 256]) for at in range(0, len(texts), 256)])
    nets = [learn(data, vectors, seed) for seed in range(7, 7 + NETWORKS)]
    layers = [np.stack(same).astype(np.float16) for same in zip(*nets, strict=True)]
    np.savez_compressed(given.output, first=layers[0], first_bias=layers[1], second=layers[2], second_bias=layers[3])
    print(f"{len(data)} messages, {given.output} ({given.output.stat().st_size // 1024} KB)")


if __name__ == "__main__":
    main()
