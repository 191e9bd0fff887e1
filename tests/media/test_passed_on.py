"""What people send each other is made anew: upright, of a sensible size, without what a camera writes beside it."""

from __future__ import annotations

import io

import numpy as np
import pytest
import soundfile
from PIL import Image

from media.passed_on import LONGEST_SIDE, as_jpeg, as_sound


def picture(form: str, size: tuple[int, int] = (300, 200), *, turned: int = 0) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGBA" if form == "PNG" else "RGB", size, "#336699")
    exif = image.getexif()
    exif[0x010E] = "where it was taken"
    if turned:
        exif[0x0112] = turned
    image.save(out, form, exif=exif)
    return out.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_any_picture_becomes_a_jpeg_without_what_stood_beside_it(form: str) -> None:
    made = as_jpeg(picture(form))
    assert made and b"taken" not in made and Image.open(io.BytesIO(made)).format == "JPEG"


def test_it_is_upright_and_not_too_large() -> None:
    made = as_jpeg(picture("JPEG", (4000, 1000), turned=6))
    assert made and Image.open(io.BytesIO(made)).size == (LONGEST_SIDE // 4, LONGEST_SIDE)


@pytest.mark.parametrize(
    "data", [b"", b"<svg onload=alert(1)>", picture("JPEG")[:200], b"\x89PNG\r\n\x1a\n" + b"\0" * 40]
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    assert as_jpeg(data) is None


@pytest.mark.parametrize("form, begins", [("ogg", b"OggS"), ("mp3", b"\xff")])
def test_a_voice_for_either_side_with_its_length(form: str, begins: bytes) -> None:
    out = io.BytesIO()
    soundfile.write(out, np.sin(np.arange(32_000) / 20).astype(np.float32) * 0.3, 16_000, format="WAV")
    made = as_sound(out.getvalue(), form)
    assert made and made[0].startswith(begins) and 1.9 < made[1] < 2.1


def test_what_is_no_sound_or_goes_on_for_ever_is_refused() -> None:
    out = io.BytesIO()
    soundfile.write(out, np.zeros(16_000 * 301, np.float32), 16_000, format="WAV")
    assert as_sound(b"\x1aE\xdf\xa3webm", "ogg") is None and as_sound(out.getvalue(), "ogg") is None
