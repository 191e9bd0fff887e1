"""Voices and pictures that people send each other through Handrail, in a form that the other side can open."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from media import sound, webm

WEBM = b"\x1aE\xdf\xa3"
LONGEST_SIDE = 2000  # pixels
MOST_PIXELS = 40_000_000
LONGEST_VOICE = 300.0  # seconds


def as_jpeg(data: bytes) -> bytes | None:
    """Upright, at most LONGEST_SIDE, without what a camera writes beside the picture (where it was taken, for example).
    None: no picture that can be opened."""
    try:
        with Image.open(io.BytesIO(data)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return None
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=85)
    return out.getvalue()


def as_sound(data: bytes, form: str) -> tuple[bytes, float] | None:
    """`form`: ogg (Opus) or mp3, with the length in seconds. None: no sound that libsndfile knows (nor WebM, as browsers
    record it), or far too long."""
    try:
        samples = sound.decode(webm.as_ogg(data) if data.startswith(WEBM) else data)
    except (sound.SoundError, webm.NoWebm):
        return None
    long = sound.seconds(samples)
    if not 0 < long <= LONGEST_VOICE:
        return None
    return sound.encode(samples, form), long
