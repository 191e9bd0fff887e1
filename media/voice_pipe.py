"""A voice that lives in a process of its own, from this side of the pipe: started with the first word, started again
when it dies or hangs. The other side answers a line of JSON with a line of JSON and a WAV file; see media/espeak_worker.py."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import subprocess
import threading
import wave
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from media.sound import Samples, from_pcm
from media.voice_engine import EngineDown, VoiceError

log = logging.getLogger(__name__)


class VoicePipe:
    """Safe to call from several threads; they take turns. `start` and `speak` are seconds to wait at most."""

    def __init__(self, name: str, command: Sequence[str], *, start: float, speak: float) -> None:
        self.name, self._command, self._start, self._speak = name, list(command), start, speak
        self._turn = threading.Lock()
        self._worker: subprocess.Popen[bytes] | None = None
        self.down = ""

    def speak(self, wish: Mapping[str, object]) -> Samples:
        """Raises VoiceError for this wish, EngineDown when the process does not work here at all."""
        line = json.dumps(wish).encode() + b"\n"
        with self._turn:
            for attempt in (1, 2):
                try:
                    return _samples(self._ask(self._running(), line))
                except (OSError, EOFError, ValueError) as problem:  # it died, or was ended because it hung
                    self._end()
                    if attempt == 2:
                        raise VoiceError(
                            f"{self.name} died twice over one text ({problem or 'no answer'})"
                        ) from problem
                    log.warning("%s did not answer; it is started again", self.name)
        raise AssertionError("not reached")

    @property
    def worker(self) -> subprocess.Popen[bytes] | None:
        """The process, once there is one."""
        return self._worker

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
        with _ended_after(self._start, self._worker):
            head = _head(self._worker)
        if "error" in head:
            self._end()
            self.down = f"{self.name} does not work here: {head['error']}."
            raise EngineDown(self.down)
        return self._worker

    def _ask(self, worker: subprocess.Popen[bytes], wish: bytes) -> bytes:
        assert worker.stdin and worker.stdout
        with _ended_after(self._speak, worker):
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
