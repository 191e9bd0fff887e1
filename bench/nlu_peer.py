"""A real Rasa for the measurement beside ours: trained on given sentences, served, asked over its HTTP API."""

from __future__ import annotations

import contextlib
import os
import resource
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import requests
import yaml

from nlu.rasa import build


@dataclass(frozen=True)
class Served:
    """`memory()` is the peak of the server's processes in MB."""

    url: str
    token: str
    ask: Callable[[str], tuple[str, float]]
    memory: Callable[[], float]


def train_on(rows: Sequence[tuple[str, str]], folder: Path, epochs: int) -> float:
    """Train Rasa's default pipeline on (intent, text) in `folder`; CPU seconds, its start included."""
    intents: dict[str, list[str]] = {}
    for intent, text in rows:
        intents.setdefault(intent, []).append(text)
    nlu = [{"intent": i, "examples": "".join(f"- {t}\n" for t in texts)} for i, texts in sorted(intents.items())]
    build._dump(folder / "data" / "nlu.yml", {"version": "3.1", "nlu": nlu})
    build._dump(folder / "domain.yml", {"version": "3.1", "intents": sorted(intents)})
    config = yaml.safe_load((build.HERE / "config.en.yml").read_text(encoding="utf-8"))
    # The fallback would put its own name in place of the intent; what is measured is the confidence.
    config["pipeline"] = [part for part in config["pipeline"] if part["name"] != "FallbackClassifier"]
    for part in config["pipeline"]:
        if part["name"] == "DIETClassifier":
            part["epochs"] = epochs
    build._dump(folder / "config.yml", config)
    shutil.copy(build.HERE / "character_tokenizer.py", folder)
    before = _children_seconds()
    files = ["--nlu", "data", "--domain", "domain.yml", "--out", "models", "--fixed-model-name", "m"]
    build._run([str(build.install()), "train", "nlu", *files], folder)
    return _children_seconds() - before


@contextlib.contextmanager
def served(model: Path, folder: Path) -> Iterator[Served]:
    """A server of that model while the block runs. Raises RuntimeError when it does not start within ten minutes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token, session = secrets.token_hex(8), requests.Session()
    server = subprocess.Popen(
        [str(build.install()), "run", "--enable-api", "-i", "127.0.0.1", "-p", str(port), "--auth-token", token, "--model", str(model)],
        cwd=folder, env=build._environment(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"

    def ask(text: str) -> tuple[str, float]:
        reply = session.post(f"{url}/model/parse", params={"token": token}, json={"text": text}, timeout=30).json()
        return reply["intent"]["name"] or "", reply["intent"]["confidence"]

    try:
        _wait(session, f"{url}/status?token={token}", server)
        yield Served(url, token, ask, lambda: _peak(server.pid))
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


def _wait(session: requests.Session, status: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 600
    while time.monotonic() < until and server.poll() is None:
        try:
            if session.get(status, timeout=5).status_code == 200:
                return
        except requests.RequestException:
            pass
        time.sleep(1)
    raise RuntimeError("Rasa's server did not start")


def _peak(group: int) -> float:
    """MB at the peak, of all processes of this group."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError, IndexError, ProcessLookupError):
            if os.getpgid(int(status.parent.name)) == group:
                total += int(status.read_text().split("VmHWM:")[1].split()[0])
    return total / 1024


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
