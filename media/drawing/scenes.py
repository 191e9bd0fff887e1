"""Drawn photographs and wallpapers: flat shapes, nobody's face, nobody's house."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache

from PIL import Image, ImageDraw

Pen = ImageDraw.ImageDraw
SCALE = 2


def _sky(image: Image.Image, top: str, bottom: str) -> None:
    from PIL import ImageColor

    a, b = ImageColor.getrgb(top), ImageColor.getrgb(bottom)
    column = Image.new("RGB", (1, 64))
    for y in range(64):
        column.putpixel((0, y), tuple(round(p + (q - p) * y / 63) for p, q in zip(a[:3], b[:3], strict=True)))
    image.paste(column.resize(image.size, Image.Resampling.BILINEAR))


def _hill(pen: Pen, w: int, h: int, level: float, swing: float, phase: float, paint: str) -> None:
    points = [(x, h * (level + swing * math.sin(x / w * 4.2 + phase))) for x in range(0, w + 9, 8)]
    pen.polygon([(0, h), *points, (w, h)], fill=paint)


def _disc(pen: Pen, x: float, y: float, r: float, paint: str) -> None:
    pen.ellipse((x - r, y - r, x + r, y + r), fill=paint)


def wallpaper(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    _sky(image, "#CFE2F5", "#F3F3F4")
    _hill(pen, w, h, 0.66, 0.02, 1.0, "#DCEBDD")
    _hill(pen, w, h, 0.77, 0.025, 3.2, "#D0E4D3")
    _hill(pen, w, h, 0.88, 0.02, 5.0, "#C5DDCA")


def evening(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    _sky(image, "#1B2738", "#243447")
    _hill(pen, w, h, 0.74, 0.02, 1.0, "#1D2D3B")
    _hill(pen, w, h, 0.84, 0.025, 3.2, "#182632")


def hills(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    _sky(image, "#9CCBF0", "#EAF4FB")
    _disc(pen, w * 0.74, h * 0.24, min(w, h) * 0.1, "#FFD95A")
    _hill(pen, w, h, 0.55, 0.06, 0.4, "#8FBF8B")
    _hill(pen, w, h, 0.68, 0.06, 2.4, "#6FA869")
    _hill(pen, w, h, 0.82, 0.05, 4.4, "#4E8A4D")


def sea(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    _sky(image, "#8CC4EE", "#F2F7FA")
    _disc(pen, w * 0.28, h * 0.26, min(w, h) * 0.11, "#FFE07A")
    pen.rectangle((0, h * 0.52, w, h), fill="#3F8DBF")
    for n in range(4):
        _hill(pen, w, h, 0.58 + n * 0.09, 0.008, n * 2.0, ("#3F8DBF", "#357FB0", "#2C70A0", "#F0DCA8")[n])
    pen.polygon([(w * 0.62, h * 0.28), (w * 0.62, h * 0.5), (w * 0.8, h * 0.5)], fill="#FFFFFF")
    pen.polygon([(w * 0.54, h * 0.52), (w * 0.84, h * 0.52), (w * 0.78, h * 0.58), (w * 0.6, h * 0.58)], fill="#8A3B2A")


def _flower(pen: Pen, x: float, y: float, r: float, petals: str, foot: float) -> None:
    pen.line((x, y, x, foot), fill="#3E7D3E", width=max(3, int(r * 0.22)))
    for n in range(6):
        a = n * math.pi / 3
        _disc(pen, x + math.cos(a) * r * 0.72, y + math.sin(a) * r * 0.72, r * 0.5, petals)
    _disc(pen, x, y, r * 0.45, "#F7C531")


def flowers(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    _sky(image, "#CFE8F7", "#F1F8EE")
    _hill(pen, w, h, 0.72, 0.03, 1.0, "#7DB573")
    r = min(w, h) * 0.13
    for x, y, paint in ((0.24, 0.52, "#D9566F"), (0.5, 0.36, "#8D5CC2"), (0.76, 0.5, "#E58A2F")):
        _flower(pen, w * x, h * y, r, paint, h * 0.84)
    _hill(pen, w, h, 0.86, 0.02, 3.0, "#5E9A58")


def house(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    _sky(image, "#A9D3F2", "#EEF6FB")
    _hill(pen, w, h, 0.74, 0.03, 0.6, "#86B97B")
    pen.rectangle((w * 0.3, h * 0.46, w * 0.7, h * 0.78), fill="#FBEBD0")
    pen.polygon([(w * 0.25, h * 0.47), (w * 0.5, h * 0.24), (w * 0.75, h * 0.47)], fill="#B24A3A")
    pen.rectangle((w * 0.45, h * 0.6, w * 0.55, h * 0.78), fill="#6B4226")
    for x in (0.34, 0.59):
        pen.rectangle((w * x, h * 0.53, w * (x + 0.08), h * 0.62), fill="#6FA9CF")
    _hill(pen, w, h, 0.84, 0.02, 2.0, "#629F5B")


def cake(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    _sky(image, "#F6E3EA", "#FBF3EC")
    pen.rectangle((0, h * 0.78, w, h), fill="#C79A6B")
    pen.ellipse((w * 0.16, h * 0.72, w * 0.84, h * 0.86), fill="#FFFFFF")
    pen.rounded_rectangle((w * 0.24, h * 0.48, w * 0.76, h * 0.79), radius=w * 0.04, fill="#8A5233")
    pen.rounded_rectangle((w * 0.22, h * 0.44, w * 0.78, h * 0.56), radius=w * 0.05, fill="#F4A9BC")
    for x in (0.34, 0.5, 0.66):
        pen.rectangle((w * (x - 0.012), h * 0.3, w * (x + 0.012), h * 0.45), fill="#4F8FC4")
        pen.ellipse((w * (x - 0.022), h * 0.22, w * (x + 0.022), h * 0.31), fill="#F7B52C")


def cat(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    _sky(image, "#DCE7C9", "#F4EFE0")
    pen.ellipse((w * 0.14, h * 0.8, w * 0.86, h * 0.98), fill="#B9785B")
    pen.ellipse((w * 0.26, h * 0.5, w * 0.74, h * 0.92), fill="#5D5F66")
    for side in (-1, 1):
        x = w * 0.5 + side * w * 0.15
        pen.polygon([(x - w * 0.08, h * 0.3), (x + w * 0.08, h * 0.3), (x + side * w * 0.05, h * 0.12)], fill="#5D5F66")
    pen.ellipse((w * 0.29, h * 0.2, w * 0.71, h * 0.56), fill="#6B6E76")
    for side in (-1, 1):
        _disc(pen, w * (0.5 + side * 0.09), h * 0.35, min(w, h) * 0.035, "#F0CE4A")
        _disc(pen, w * (0.5 + side * 0.09), h * 0.35, min(w, h) * 0.016, "#14161B")
    pen.polygon([(w * 0.47, h * 0.42), (w * 0.53, h * 0.42), (w * 0.5, h * 0.46)], fill="#E79AA5")


def map_(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    pen.rectangle((0, 0, w, h), fill="#F1EEE6")
    pen.polygon([(0, h * 0.1), (w * 0.35, 0), (w * 0.42, h * 0.34), (0, h * 0.44)], fill="#CDE6C3")
    pen.polygon([(w * 0.6, h), (w * 0.78, h * 0.6), (w, h * 0.55), (w, h)], fill="#B5DAF0")
    road = max(8, w // 26)
    for a, b in (((0, 0.55), (1, 0.4)), ((0.48, 0), (0.56, 1)), ((0.1, 1), (0.5, 0.48)), ((0.52, 0.25), (1, 0.12))):
        pen.line((w * a[0], h * a[1], w * b[0], h * b[1]), fill="#FFFFFF", width=road)
    x, y, r = w * 0.53, h * 0.42, min(w, h) * 0.07
    pen.polygon([(x - r, y - r * 0.7), (x + r, y - r * 0.7), (x, y + r * 1.3)], fill="#B3261E")
    _disc(pen, x, y - r, r * 1.08, "#B3261E")
    _disc(pen, x, y - r, r * 0.42, "#FFFFFF")


def person(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    _sky(image, "#E3D6EE", "#F4EEF8")
    _disc(pen, w * 0.5, h * 0.4, min(w, h) * 0.17, "#7B5EA0")
    pen.ellipse((w * 0.2, h * 0.62, w * 0.8, h * 1.3), fill="#7B5EA0")


def garden(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    _sky(image, "#B9DDF4", "#EFF7EC")
    _hill(pen, w, h, 0.62, 0.03, 0.2, "#7FB874")
    for x, y, r in ((0.24, 0.38, 0.2), (0.36, 0.3, 0.16), (0.14, 0.3, 0.14)):
        _disc(pen, w * x, h * y, min(w, h) * r, "#4C8B4A")
    pen.rectangle((w * 0.22, h * 0.46, w * 0.27, h * 0.72), fill="#7A5230")
    for x, paint in ((0.5, "#D9566F"), (0.62, "#E9B534"), (0.74, "#D9566F"), (0.86, "#8D5CC2")):
        _flower(pen, w * x, h * 0.6, min(w, h) * 0.06, paint, h * 0.8)
    _hill(pen, w, h, 0.8, 0.02, 3.0, "#5F9C57")


def poster(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    pen.rectangle((0, 0, w, h), fill="#D8C9AE")
    pen.rectangle((w * 0.22, h * 0.1, w * 0.78, h * 0.9), fill="#FFFFFF")
    pen.rectangle((w * 0.29, h * 0.17, w * 0.71, h * 0.3), fill="#2F5F9E")
    for n in range(5):
        pen.rectangle(
            (w * 0.29, h * (0.38 + n * 0.09), w * (0.71 - 0.08 * (n % 2)), h * (0.41 + n * 0.09)), fill="#7A818C"
        )


DRAWN: Mapping[str, Callable[[Image.Image, Pen, int, int], None]] = {
    "wallpaper": wallpaper,
    "evening": evening,
    "hills": hills,
    "sea": sea,
    "flowers": flowers,
    "house": house,
    "cake": cake,
    "cat": cat,
    "map": map_,
    "person": person,
    "garden": garden,
    "poster": poster,
}


@lru_cache(maxsize=48)
def art(name: str, wide: int, tall: int) -> Image.Image:
    """The drawing at this size, in pixels."""
    image = Image.new("RGB", (wide * SCALE, tall * SCALE))
    DRAWN[name](image, ImageDraw.Draw(image), wide * SCALE, tall * SCALE)
    return image.resize((wide, tall), Image.Resampling.BOX)
