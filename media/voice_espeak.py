"""eSpeak NG from this side of the pipe: robotic, but always there, for every language we have and without a network."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from media.sound import Samples
from media.voice_engine import EngineDown
from media.voice_pipe import VoicePipe

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
        command = command or [sys.executable, "-m", "media.espeak_worker"]
        self._pipe = VoicePipe("eSpeak NG", command, start=START, speak=timeout)

    def can(self, language: str) -> bool:
        return language in VOICES and not self.missing()

    def missing(self) -> str:
        """What to do so that it speaks; "" when nothing is missing."""
        if self._pipe.down:
            return self._pipe.down
        if importlib.util.find_spec("espeakng_loader") is None:
            return "eSpeak NG is not installed: run `make install`, or `pip install espeakng-loader`."
        return ""

    def speak(self, text: str, language: str) -> Samples:
        """Raises VoiceError for this text, EngineDown when eSpeak does not work here at all."""
        if not self.can(language):
            raise EngineDown(self.missing() or f"eSpeak is not set up for the language {language!r}.")
        voice, rate = VOICES[language]
        return self._pipe.speak({"text": text, "voice": voice, "rate": rate, "pitch": PITCH})

    @property
    def worker(self) -> subprocess.Popen[bytes] | None:
        """The process that speaks, once there is one."""
        return self._pipe.worker

    def close(self) -> None:
        self._pipe.close()
