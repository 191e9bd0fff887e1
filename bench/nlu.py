"""Understanding: the embedded engine beside a real Rasa, in one run, on a public split and on our own test sentences.

    python bench/nlu.py [--no-rasa] [--epochs 100]

Prints accuracy, accuracy with typing errors, how well what belongs to no intent is told apart (AUROC, and the share
rejected where 95 % of the rest pass), milliseconds a sentence, memory of the process that answers and CPU seconds of
training; then Rasa's as ratios. Of our own sentences it uses the models of `make rasa`, and leaves Rasa out where
there are none.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bench import nlu_peer  # noqa: E402
from nlu.encoder import NoEncoder, best_encoder  # noqa: E402
from nlu.evaluate import evaluate, read_rows  # noqa: E402
from nlu.intent import Recognizer  # noqa: E402
from nlu.model import Labelled, fit, load, save  # noqa: E402
from nlu.rasa import build  # noqa: E402
from nlu.rasa_server import RasaRecognizer  # noqa: E402

PUBLIC = Path(__file__).parent / "data" / "clinc150"
OWN = ROOT / "tests" / "nlu"


@dataclass
class Figures:
    """What was measured of one engine. Memory in MB, CPU seconds of training, milliseconds a sentence."""

    name: str
    accuracy: float
    with_slips: float
    auroc: float
    rejected: float
    p50: float
    p99: float
    memory: float
    training: float


def split() -> tuple[list[tuple[str, str]], list[tuple[str, str]], list[str]]:
    """(training, test in scope, out of scope) of the public part."""

    def rows(name: str) -> list[tuple[str, str]]:
        lines = (PUBLIC / name).read_text(encoding="utf-8").splitlines()
        return [(intent, text) for intent, _, text in (line.partition("\t") for line in lines)]

    train = rows("clinc40_25shot_seed7_train.tsv")
    known = {intent for intent, _ in train}
    return train, [r for r in rows("clinc150_test.tsv") if r[0] in known], [t for _, t in rows("clinc150_oos_test.tsv")]


def one_letter_wrong(text: str, random_: random.Random) -> str:
    """A random one-letter edit in a quarter of the words of three letters and more."""
    words = []
    for word in text.split(" "):
        if len(word) >= 3 and random_.random() < 0.25:
            at, letter = random_.randrange(len(word)), random_.choice("abcdefghijklmnopqrstuvwxyz")
            word = random_.choice(
                [word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :]]
            )
        words.append(word)
    return " ".join(words)


def auroc(inside: np.ndarray, outside: np.ndarray) -> float:
    """The chance that a sentence in scope gets a higher confidence than one out of scope."""
    ranks = np.concatenate([inside, outside]).argsort().argsort() + 1
    n = len(inside)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / (n * len(outside)))


def figures(
    name: str, ask: Any, test: list[tuple[str, str]], outside: list[str], training: float, memory: Any
) -> Figures:
    """`ask(text)` gives (intent, confidence)."""
    random_ = random.Random(5)
    ask(test[0][1])
    times, right, sure = [], [], []
    for intent, text in test:
        begun = time.perf_counter()
        heard, confidence = ask(text)
        times.append((time.perf_counter() - begun) * 1000)
        right.append(heard == intent)
        sure.append(confidence)
    slips = [ask(one_letter_wrong(text, random_))[0] == intent for intent, text in test]
    unsure = np.array([ask(text)[1] for text in outside])
    bound = np.quantile(sure, 0.05)
    return Figures(
        name, float(np.mean(right)), float(np.mean(slips)), auroc(np.array(sure), unsure), float((unsure < bound).mean()),
        float(np.median(times)), float(np.quantile(times, 0.99)), memory(), training,
    )  # fmt: skip


def _myself(*arguments: str) -> dict[str, Any]:
    """What this file prints last when it is started so, in a process of its own."""
    done = subprocess.run([sys.executable, __file__, *arguments], check=True, capture_output=True, text=True, cwd=ROOT)
    value: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return value


def embedded(encoder_name: str) -> Figures:
    """Trained in one process and asked in another, so that the memory is that of a process that answers."""
    with tempfile.TemporaryDirectory() as folder:
        model = str(Path(folder) / "model.npz")
        training = _myself("--train", encoder_name, model)["seconds"]
        return Figures(**{**_myself("--ask", encoder_name, model), "training": training})


def _train_here(encoder_name: str, model: Path) -> dict[str, float]:
    encoder = NoEncoder() if encoder_name == "none" else best_encoder()
    encoder.encode(["hello"])
    begun = time.process_time()
    save(fit([Labelled(text, intent) for intent, text in split()[0]], encoder), model)
    return {"seconds": time.process_time() - begun}


def _ask_here(encoder_name: str, model: Path) -> dict[str, Any]:
    classifier = load(model, NoEncoder() if encoder_name == "none" else best_encoder())
    assert classifier
    _, test, outside = split()
    name = "embedded, letters and words alone" if encoder_name == "none" else "embedded"
    return figures(name, lambda text: classifier.ranking(text)[0], test, outside, 0.0, _peak).__dict__


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def rasa(epochs: int) -> Figures:
    """Rasa's default pipeline trained on the same split and asked over its HTTP API."""
    train, test, outside = split()
    with tempfile.TemporaryDirectory() as folder_:
        folder = Path(folder_)
        training = nlu_peer.train_on(train, folder, epochs)
        with nlu_peer.served(folder / "models" / "m.tar.gz", folder) as server:
            return figures("Rasa", server.ask, test, outside, training, server.memory)


def _show_public(found: list[Figures]) -> None:
    heads = f"{'accuracy':>9}{'slips':>8}{'AUROC':>8}{'rejected':>9}{'p50 ms':>8}{'p99 ms':>8}{'MB':>7}{'train s':>9}"
    print(f"\n{'public split':36}{heads}")
    for f in found:
        quality = f"{f.accuracy:9.3f}{f.with_slips:8.3f}{f.auroc:8.3f}{f.rejected:9.3f}"
        print(f"{f.name:36}{quality}{f.p50:8.2f}{f.p99:8.2f}{f.memory:7.0f}{f.training:9.1f}")
    a, b = found[0], found[-1]
    if b.name == "Rasa":
        errors, slips = (1 - a.accuracy) / (1 - b.accuracy), (1 - a.with_slips) / (1 - b.with_slips)
        print(
            f"embedded against Rasa: errors {errors:.2f}, errors with slips {slips:.2f}, "
            f"time {a.p50 / b.p50:.2f}, memory {a.memory / b.memory:.2f}, training {a.training / b.training:.3f}"
        )


def own(language: str, engine: str, url: str = "", token: str = "") -> dict[str, Any]:
    """The figures of our own held-apart sentences; memory is that of this process, Rasa's is its server's."""
    from bot.house import House
    from bot.settings import load_settings

    house = House(load_settings())
    recognizer: Recognizer = house.plain_or_embedded
    if engine == "rasa":
        recognizer = RasaRecognizer({language: url}, token, recognizer, house.embedded.finder)
    else:
        house.embedded.prepare(language)
    return evaluate(read_rows(OWN / f"{language}.jsonl"), recognizer, language).as_json()


def _show_own(language: str, with_rasa: bool) -> None:
    keys = (
        "accuracy",
        "out_of_scope_rejected",
        "falsely_rejected",
        "lesson_first",
        "lesson_among_three",
        "p50_ms",
        "p99_ms",
        "memory_mb",
    )
    _myself("--own", language, "embedded")  # learns where it must, so that the next process only answers
    found = {"embedded": _myself("--own", language, "embedded")}
    model = build.WORK / language / "models" / f"{language}.tar.gz"
    if with_rasa and model.exists():
        with nlu_peer.served(model, model.parent.parent) as server:
            found["Rasa"] = {
                **_myself("--own", language, "rasa", server.url, server.token),
                "memory_mb": server.memory(),
            }
    print(f"\nour own sentences, {language}\n{'':12}" + "".join(f"{k.replace('_', ' '):>23}" for k in keys))
    for name, f in found.items():
        print(f"{name:12}" + "".join(f"{f[k]:23.3f}" for k in keys))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for hidden in ("--train", "--ask", "--own"):
        arguments.add_argument(hidden, nargs="+", help=argparse.SUPPRESS)
    arguments.add_argument("--no-rasa", action="store_true")
    arguments.add_argument("--epochs", type=int, default=100, help="of Rasa's training on the public split")
    given = arguments.parse_args()
    if given.train:
        return print(json.dumps(_train_here(given.train[0], Path(given.train[1]))))
    if given.ask:
        return print(json.dumps(_ask_here(given.ask[0], Path(given.ask[1]))))
    if given.own:
        return print(json.dumps(own(*given.own)))
    found = [embedded("best"), embedded("none")]
    with_rasa = not given.no_rasa and build.find_python() is not None
    if with_rasa:
        found.append(rasa(given.epochs))
    else:
        print("Rasa is left out: " + ("as asked" if given.no_rasa else build.NO_PYTHON))
    _show_public(found)
    for language in ("en", "zh"):
        _show_own(language, with_rasa)


if __name__ == "__main__":
    main()
