"""A natural voice without a network, for `handrail media build`: a Piper voice that the operator chose, or Kokoro-82M."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from media import kokoro
from media.sound import Samples
from media.voice_engine import EngineDown
from media.voice_pipe import VoicePipe

START, SPEAK = 20.0, 180.0  # seconds to wait at most; the first line waits for the model too
# Lower than 220 Hz, British before American: hearing fails from the top.
KOKORO_ORDER = ("bf_emma", "bm_george", "af_heart", "am_michael", "zm_yunxi", "zf_xiaoxiao")
FETCH = (
    "npm pack kokoro-js@1.2.1, then handrail media voices --take kokoro-js-1.2.1.tgz (54 speakers, Apache-2.0, 27 MB)"
)


@dataclass(frozen=True)
class Found:
    """A voice file that could speak a language. `engine` is piper or kokoro."""

    engine: str
    language: str
    file: Path

    @property
    def name(self) -> str:
        return self.file.stem


class NeuralEngine:
    """`folder` holds `<language>/*.onnx` with `*.onnx.json` (Piper) and `kokoro/*.bin`; None: nothing is there.

    The process starts with the first line and keeps the model until `close`."""

    name = "neural"
    about = "speaks on this computer, without a network; natural, and slow: only for `handrail media build`."
    live = False
    splits = "sentences"  # its melody needs whole sentences; pauses inside are found and lengthened

    def __init__(self, folder: Path | None, *, command: Sequence[str] | None = None, timeout: float = SPEAK) -> None:
        self.folder = folder
        command = command or [sys.executable, "-m", "media.neural_worker"]
        self._pipe = VoicePipe("The neural voice", command, start=START, speak=timeout)

    def found(self) -> list[Found]:
        """Every voice file that lies in the folder, the best of each language first, whether it can be used or not."""
        return [*self._piper(), *self._kokoro()]

    def voice(self, language: str) -> Found | None:
        """The one that speaks this language, if what it needs is installed."""
        return next((one for one in self.found() if one.language == language and not lacks(one)), None)

    def variant(self, language: str) -> str:
        """Which voice it is, for the keys of clips: two voices never mix in one lesson."""
        one = self.voice(language)
        return f"{one.engine}:{one.name}:{_size(one.file)}" if one else ""

    def can(self, language: str) -> bool:
        return not self._pipe.down and self.voice(language) is not None

    def missing(self) -> str:
        """What to do so that it speaks; "" when it can speak something."""
        if self._pipe.down:
            return self._pipe.down
        if any(not lacks(one) for one in self.found()):
            return ""
        needs = [lacks(one) for one in self.found()]
        return (
            f"not here: {needs[0] if needs else 'no voice file is there'}. `handrail media voices` says what to fetch."
        )

    def speak(self, text: str, language: str) -> Samples:
        """Raises VoiceError for this text, EngineDown when the voice does not work here at all."""
        one = self.voice(language)
        if one is None:
            raise EngineDown(self.missing() or f"There is no neural voice for {language!r}.")
        return self._pipe.speak({"text": text, "engine": one.engine, "voice": str(one.file)})

    def close(self) -> None:
        self._pipe.close()

    def _piper(self) -> Iterator[Found]:
        for file in sorted(self.folder.glob("*/*.onnx")) if self.folder and self.folder.is_dir() else ():
            if file.with_name(file.name + ".json").is_file():
                yield Found("piper", file.parent.name, file)

    def _kokoro(self) -> Iterator[Found]:
        files = {file.stem: file for file in sorted(self.folder.glob("kokoro/*.bin"))} if self.folder else {}
        for name in (*KOKORO_ORDER, *(name for name in files if name not in KOKORO_ORDER)):
            if name in files and name[:1] in kokoro.LANGUAGES:  # those whose speech was measured
                yield Found("kokoro", kokoro.LANGUAGES[name[:1]], files[name])


def lacks(one: Found) -> str:
    """What to install so that this voice speaks; "" when nothing."""
    if one.engine == "kokoro":
        return kokoro.missing(one.language)
    there = importlib.util.find_spec("piper") is not None
    return "" if there else "pip install piper-tts (GPL-3; it runs in a process of its own)"


def _size(file: Path) -> str:
    """A short mark of the file, without reading 60 MB: its length and its first bytes."""
    with file.open("rb") as opened:
        return hashlib.sha256(opened.read(65536)).hexdigest()[:8] + f"-{file.stat().st_size}"
