"""The neural voices in a process of their own: `python -m media.neural_worker`.

Piper and eSpeak NG (for the sounds of words) are under the GPL, and a model needs some 500 MB: neither belongs into
Handrail itself. It talks as media/espeak_worker.py does. A wish is {"text", "engine": "kokoro" or "piper", "voice": file}.
"""

from __future__ import annotations

import io
import signal
import sys
import wave
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from media.espeak_worker import Espeak, answers_of, serve
from media.kokoro import RATE, Kokoro


class Neural:
    """Loads each model when it is first asked for."""

    rate = RATE

    def __init__(self) -> None:
        self._kokoro: Kokoro | None = None
        self._piper: dict[str, Any] = {}

    def answer(self, wish: dict[str, Any]) -> bytes:
        """A WAV file. Raises RuntimeError, in words."""
        text, voice = str(wish["text"]), Path(str(wish["voice"]))
        if not voice.is_file():
            raise RuntimeError(f"the voice {voice} is not there any more")
        return self._with_piper(text, voice) if wish["engine"] == "piper" else self._with_kokoro(text, voice)

    def _with_kokoro(self, text: str, voice: Path) -> bytes:
        if self._kokoro is None:
            self._kokoro = Kokoro(partial(Espeak().phonemes, voice="en"))
        samples = self._kokoro.speak(text, voice)
        file = io.BytesIO()
        with wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
        return file.getvalue()

    def _with_piper(self, text: str, voice: Path) -> bytes:
        try:
            from piper import PiperVoice
        except ImportError:
            raise RuntimeError("the package piper-tts is not installed") from None
        if str(voice) not in self._piper:
            self._piper[str(voice)] = PiperVoice.load(str(voice))
        file = io.BytesIO()
        with wave.open(file, "wb") as out:
            self._piper[str(voice)].synthesize_wav(text, out)
        return file.getvalue()


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(sys.stdin.buffer, answers_of(), Neural)


if __name__ == "__main__":
    main()
