"""A tone as a browser recorded it (recorded/tone.webm): its packets in Ogg are the same sound, and cut or broken files
are refused in words."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from media import sound, webm
from media.passed_on import as_sound

TONE = (Path(__file__).parent / "recorded" / "tone.webm").read_bytes()


def test_the_sound_is_the_tone_that_was_recorded() -> None:
    samples = sound.decode(webm.as_ogg(TONE))
    assert 1.4 < sound.seconds(samples) < 1.6
    loudest = np.fft.rfftfreq(len(samples), 1 / sound.RATE)[np.abs(np.fft.rfft(samples)).argmax()]
    assert 435 < loudest < 445, "an oscillator's A"


@pytest.mark.parametrize("form", ["ogg", "mp3"])
def test_either_side_can_play_it(form: str) -> None:
    made = as_sound(TONE, form)
    assert made and 1.4 < made[1] < 1.6


def test_a_recording_that_was_cut_off_is_heard_so_far_or_refused() -> None:
    heard = 0
    for end in range(0, len(TONE), 61):
        try:
            heard += sound.seconds(sound.decode(webm.as_ogg(TONE[:end]))) > 0
        except (webm.NoWebm, sound.SoundError):
            continue
    assert heard > 10


def test_a_broken_file_never_breaks_us() -> None:
    chance = random.Random(8)
    for _ in range(300):
        broken = bytearray(TONE)
        for _ in range(chance.randrange(1, 20)):
            broken[chance.randrange(4, len(broken))] = chance.randrange(256)
        made = as_sound(bytes(broken), "mp3")
        assert made is None or made[0]
