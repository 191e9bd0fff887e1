"""Drawn photographs and wallpapers: flat shapes, nobody's face, nobody's house."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from PIL import Image, ImageDraw

from media.drawing import landscapes, still_life
from media.drawing.brush import Pen

SCALE = 2


DRAWN: Mapping[str, Callable[[Image.Image, Pen, int, int], None]] = {
    "wallpaper": landscapes.wallpaper,
    "evening": landscapes.evening,
    "hills": landscapes.hills,
    "sea": landscapes.sea,
    "flowers": landscapes.flowers,
    "house": landscapes.house,
    "cake": still_life.cake,
    "cat": still_life.cat,
    "map": landscapes.map_,
    "person": still_life.person,
    "garden": landscapes.garden,
    "poster": still_life.poster,
    "code": still_life.code,
    "kettle": still_life.kettle,
    "shoes": still_life.shoes,
    "book": still_life.book,
    "lamp": still_life.lamp,
    "bread": still_life.bread,
    "street": landscapes.street,
    "medicine": still_life.medicine,
    "newspaper": still_life.newspaper,
    "streets": landscapes.streets,
    "streets-dark": landscapes.streets_dark,
}


@lru_cache(maxsize=48)
def art(name: str, wide: int, tall: int) -> Image.Image:
    """The drawing at this size, in pixels."""
    image = Image.new("RGB", (wide * SCALE, tall * SCALE))
    DRAWN[name](image, ImageDraw.Draw(image), wide * SCALE, tall * SCALE)
    return image.resize((wide, tall), Image.Resampling.BOX)
