"""A spoken message, measured as a listener has it: after encoding."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from media import sound
from media.phrasing import words_in
from media.voice import Voices

LOUDNESS_NEAR = 1.0  # LU either side of sound.LOUDNESS
PEAK_MOST = 10 ** (-1 / 20)
SILENCE_BEFORE, SILENCE_AFTER = 0.3, 0.7  # seconds
LONGEST = 90.0  # seconds


@dataclass(frozen=True)
class Measured:
    """`rate`: words a minute (Chinese: characters), pauses included; `loudness` LUFS; the rest seconds, `peak` 0 to 1."""

    rate: float
    loudness: float
    peak: float
    before: float
    after: float
    seconds: float

    def wrong(self) -> list[str]:
        """What a listener would mind, in words; the rate is judged over many messages, not here."""
        found = {
            f"{self.loudness:.1f} LUFS": abs(self.loudness - sound.LOUDNESS) > LOUDNESS_NEAR,
            f"peak {self.peak:.2f}": self.peak >= PEAK_MOST,
            f"{self.before:.2f} s of silence before": self.before >= SILENCE_BEFORE,
            f"{self.after:.2f} s of silence after": self.after >= SILENCE_AFTER,
            f"{self.seconds:.0f} s long": self.seconds > LONGEST,
        }
        return [words for words, is_so in found.items() if is_so]


def measure(voices: Voices, text: str, language: str, pace: str = "telling") -> Measured:
    voice = voices.say(text, language, rate="usual", pace=pace, form="ogg")
    assert voice, text
    samples = sound.decode(voice.path)
    loud = np.flatnonzero(sound.loud_frames(samples))
    spoken = sound.trim(samples)
    return Measured(
        words_in(text) / sound.seconds(spoken) * 60,
        sound.loudness(samples),
        float(np.abs(samples).max()),
        float(loud[0]) * 0.01,
        sound.seconds(samples) - float(loud[-1]) * 0.01,
        sound.seconds(samples),
    )
