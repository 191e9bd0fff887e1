"""Understanding: the embedded engine beside a real Rasa, in one run, on a public split and on our own test sentences.

    python bench/nlu.py [--no-rasa] [--epochs 100]

Prints accuracy, accuracy with typing errors, how well what belongs to no intent is told apart (AUROC, and the share
rejected where 95 % of the rest pass), milliseconds a sentence, memory and training time; then Rasa's as ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import requests

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from nlu.encoder import NoEncoder, best_encoder  # noqa: E402
from nlu.model import Labelled, fit  # noqa: E402
from nlu.rasa import build  # noqa: E402

PUBLIC = Path(__file__).parent / "data" / "clinc150"


@dataclass
class Figures:
    """What was measured of one engine. Memory in MB, times in seconds (training) and milliseconds (a sentence)."""

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


def embedded(encoder_name: str) -> Figures:
    """Measured in a process of its own, so that its memory is its own."""
    inside = subprocess.run(
        [sys.executable, __file__, "--embedded", encoder_name], check=True, capture_output=True, text=True, cwd=ROOT
    )
    return Figures(**json.loads(inside.stdout.strip().splitlines()[-1]))


def _embedded_here(encoder_name: str) -> None:
    encoder = NoEncoder() if encoder_name == "none" else best_encoder()
    train, test, outside = split()
    begun = time.perf_counter()
    classifier = fit([Labelled(text, intent) for intent, text in train], encoder)
    training = time.perf_counter() - begun
    peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # noqa: E731
    name = "embedded, letters and words alone" if encoder_name == "none" else "embedded"
    found = figures(name, lambda text: classifier.ranking(text)[0], test, outside, training, peak)
    print(json.dumps(found.__dict__))


def rasa(epochs: int) -> Figures:
    """Rasa's default pipeline trained on the same split and asked over its HTTP API."""
    train, test, outside = split()
    command = str(build.install())
    with tempfile.TemporaryDirectory() as folder_:
        folder = Path(folder_)
        intents: dict[str, list[str]] = {}
        for intent, text in train:
            intents.setdefault(intent, []).append(text)
        nlu = [{"intent": i, "examples": "".join(f"- {t}\n" for t in texts)} for i, texts in sorted(intents.items())]
        build._dump(folder / "data" / "nlu.yml", {"version": "3.1", "nlu": nlu})
        build._dump(folder / "domain.yml", {"version": "3.1", "intents": sorted(intents)})
        config = (ROOT / "nlu" / "rasa" / "config.en.yml").read_text().replace("epochs: 100", f"epochs: {epochs}")
        (folder / "config.yml").write_text(
            config.replace("  - name: FallbackClassifier\n    threshold: 0.3\n    ambiguity_threshold: 0.05\n", "")
        )
        shutil.copy(ROOT / "nlu" / "rasa" / "character_tokenizer.py", folder)
        begun = time.perf_counter()
        build._run(
            [
                command,
                "train",
                "nlu",
                "--nlu",
                "data",
                "--domain",
                "domain.yml",
                "--out",
                "models",
                "--fixed-model-name",
                "m",
            ],
            folder,
        )
        training = time.perf_counter() - begun
        return _ask_rasa(command, folder, test, outside, training)


def _ask_rasa(command: str, folder: Path, test: list[tuple[str, str]], outside: list[str], training: float) -> Figures:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(8)
    server = subprocess.Popen(
        [command, "run", "--enable-api", "-i", "127.0.0.1", "-p", str(port), "--auth-token", token, "--model", "models/m.tar.gz"],
        cwd=folder, env=build._environment(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    session = requests.Session()

    def ask(text: str) -> tuple[str, float]:
        intent = session.post(
            f"http://127.0.0.1:{port}/model/parse", params={"token": token}, json={"text": text}, timeout=30
        ).json()["intent"]
        return intent["name"] or "", intent["confidence"]

    def memory() -> float:
        status = Path(f"/proc/{server.pid}/status")
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024 if status.exists() else float("nan")

    try:
        for _ in range(240):
            try:
                if (
                    session.get(f"http://127.0.0.1:{port}/status", params={"token": token}, timeout=5).status_code
                    == 200
                ):
                    break
            except requests.RequestException:
                pass
            time.sleep(1)
        return figures("Rasa", ask, test, outside, training, memory)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--embedded", help=argparse.SUPPRESS)
    arguments.add_argument("--no-rasa", action="store_true")
    arguments.add_argument("--epochs", type=int, default=100)
    given = arguments.parse_args()
    if given.embedded:
        return _embedded_here(given.embedded)
    found = [embedded("best"), embedded("none")]
    if given.no_rasa or build.find_python() is None:
        print("Rasa is left out: " + ("as asked" if given.no_rasa else build.NO_PYTHON))
    else:
        found.append(rasa(given.epochs))
    print(
        f"\n{'':36}{'accuracy':>9}{'slips':>8}{'AUROC':>8}{'rejected':>9}{'p50 ms':>8}{'p99 ms':>8}{'MB':>7}{'train s':>9}"
    )
    for f in found:
        print(
            f"{f.name:36}{f.accuracy:9.3f}{f.with_slips:8.3f}{f.auroc:8.3f}{f.rejected:9.3f}{f.p50:8.2f}{f.p99:8.2f}{f.memory:7.0f}{f.training:9.1f}"
        )
    if found[-1].name == "Rasa":
        a, b = found[0], found[-1]
        print(
            f"\nembedded against Rasa: errors {(1 - a.accuracy) / (1 - b.accuracy):.2f}, errors with slips {(1 - a.with_slips) / (1 - b.with_slips):.2f}, "
            f"time {a.p50 / b.p50:.2f}, memory {a.memory / b.memory:.2f}, training {a.training / b.training:.3f}"
        )


if __name__ == "__main__":
    main()
