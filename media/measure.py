"""How large a picture is, read from its header alone: nothing is decoded."""

from __future__ import annotations

import io
import warnings

from PIL import Image, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


def measure(data: bytes) -> tuple[int, int] | None:
    """(width, height) in pixels, however large; None for what is no JPEG, PNG, WebP or GIF."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                return picture.size
        except Image.DecompressionBombError:
            return (1 << 30, 1 << 30)
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
            return None
