"""eSpeak NG from this side of the pipe: robotic, but always there, for every language we have and without a network."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import logging
import os
import subprocess
import sys
import threading
import wave
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from media.sound import Samples, from_pcm
from media.voice_engine import EngineDown, VoiceError

log = logging.getLogger(__name__)

# language -> (eSpeak's voice, its rate setting). The variant f2 at pitch 40 lies between 130 and 210 Hz: hearing
# fails from the top. The rates are those at which phrases and pauses of LANGUAGES together come to our paces.
VOICES: Mapping[str, tuple[str, int]] = MappingProxyType(
    {
        "en": ("en+f2", 155),
        "zh": ("cmn+f2", 190),
        "yue": ("yue+f2", 190),
        "es": ("es+f2", 160),
        "fr": ("fr+f2", 155),
        "ar": ("ar+f2", 150),
        "ru": ("ru+f2", 155),
    }
)
PITCH = 40
START, SPEAK = 10.0, 10.0  # seconds to wait at most


class EspeakEngine:
    """One long-lived worker process, started with the first word, started again when it dies or hangs.

    Safe to call from several threads; they take turns.
    """

    name = "espeak"
    about = "speaks on this computer, without a network; understandable, but a robot."
    live = True
    splits = "clauses"  # each clause is spoken by itself, so that we decide the pauses

    def __init__(self, *, command: Sequence[str] | None = None, timeout: float = SPEAK) -> None:
        self._command = command or [sys.executable, "-m", "media.espeak_worker"]
        self._timeout = timeout
        self._turn = threading.Lock()
        self._worker: subprocess.Popen[bytes] | None = None
        self.down = ""

    def can(self, language: str) -> bool:
        return language in VOICES and not self.missing()

    def missing(self) -> str:
        """What to do so that it speaks; "" when nothing is missing."""
        if self.down:
            return self.down
        if importlib.util.find_spec("espeakng_loader") is None:
            return "eSpeak NG is not installed: run `make install`, or `pip install espeakng-loader`."
        return ""

    def speak(self, text: str, language: str) -> Samples:
        """Raises VoiceError for this text, EngineDown when eSpeak does not work here at all."""
        if not self.can(language):
            raise EngineDown(self.missing() or f"eSpeak is not set up for the language {language!r}.")
        voice, rate = VOICES[language]
        wish = json.dumps({"text": text, "voice": voice, "rate": rate, "pitch": PITCH}).encode() + b"\n"
        with self._turn:
            for attempt in (1, 2):
                try:
                    return _samples(self._ask(self._running(), wish))
                except (OSError, EOFError, ValueError) as problem:  # it died, or was ended because it hung
                    self._end()
                    if attempt == 2:
                        raise VoiceError(f"eSpeak died twice over one text ({problem or 'no answer'})") from problem
                    log.warning("eSpeak did not answer; it is started again")
        raise AssertionError("not reached")

    def close(self) -> None:
        with self._turn:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._worker and self._worker.poll() is None:
            return self._worker
        self._end()
        root = str(Path(__file__).parent.parent)
        path = os.pathsep.join(p for p in (root, os.environ.get("PYTHONPATH", "")) if p)
        self._worker = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )
        with _ended_after(START, self._worker):
            head = _head(self._worker)
        if "error" in head:
            self._end()
            self.down = f"eSpeak NG does not work here: {head['error']}."
            raise EngineDown(self.down)
        return self._worker

    def _ask(self, worker: subprocess.Popen[bytes], wish: bytes) -> bytes:
        assert worker.stdin and worker.stdout
        with _ended_after(self._timeout, worker):
            worker.stdin.write(wish)
            worker.stdin.flush()
            head = _head(worker)
            if "error" in head:
                raise VoiceError(str(head["error"]))
            body = worker.stdout.read(int(str(head["bytes"])))
        if len(body) != head["bytes"]:
            raise EOFError("it stopped in the middle")
        return body

    def _end(self) -> None:
        worker, self._worker = self._worker, None
        if worker is None:
            return
        worker.kill()
        worker.wait()
        for pipe in (worker.stdin, worker.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()


@contextlib.contextmanager
def _ended_after(limit: float, worker: subprocess.Popen[bytes]) -> Iterator[None]:
    """A read from a pipe cannot be given a time-out everywhere; ending the process ends the read."""
    timer = threading.Timer(limit, worker.kill)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _head(worker: subprocess.Popen[bytes]) -> dict[str, object]:
    assert worker.stdout
    line = worker.stdout.readline()
    if not line:
        raise EOFError("it ended")
    head: dict[str, object] = json.loads(line)
    return head


def _samples(wav: bytes) -> Samples:
    with wave.open(io.BytesIO(wav)) as file:
        return from_pcm(file.readframes(file.getnframes()), file.getframerate())
