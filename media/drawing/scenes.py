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


def code(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    """A pattern that looks like a square code and leads nowhere."""
    from media.drawing.things import code_cells

    pen.rectangle((0, 0, w, h), fill="#FFFFFF")
    cells = code_cells("handrail")
    size = min(w, h) * (1.0 if w == h else 0.4)
    left, top, step = (w - size) / 2, (h - size) / 2, size / len(cells)
    if w != h:
        pen.rectangle((0, 0, w, h), fill="#D8C9AE")
        pen.rectangle((left - 5 * step, top - 5 * step, left + size + 5 * step, top + size + 9 * step), fill="#FFFFFF")
    for y, row in enumerate(cells):
        for x, on in enumerate(row):
            if on:
                box = (
                    round(left + x * step),
                    round(top + y * step),
                    round(left + (x + 1) * step),
                    round(top + (y + 1) * step),
                )
                pen.rectangle((box[0], box[1], box[2] - 1, box[3] - 1), fill="#14161B")


def kettle(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    _sky(image, "#F3EFE8", "#E6DFD2")
    pen.arc((w * 0.52, h * 0.3, w * 0.84, h * 0.7), -80, 90, fill="#2A313E", width=max(6, int(w * 0.05)))
    pen.polygon([(w * 0.3, h * 0.44), (w * 0.13, h * 0.4), (w * 0.3, h * 0.6)], fill="#9B2C2C")
    pen.polygon([(w * 0.32, h * 0.3), (w * 0.64, h * 0.3), (w * 0.72, h * 0.78), (w * 0.26, h * 0.78)], fill="#B53A3A")
    pen.ellipse((w * 0.32, h * 0.25, w * 0.64, h * 0.35), fill="#D96A5F")
    _disc(pen, w * 0.48, h * 0.24, min(w, h) * 0.035, "#2A313E")
    pen.rounded_rectangle((w * 0.22, h * 0.78, w * 0.76, h * 0.84), radius=w * 0.02, fill="#2A313E")


def shoes(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    _sky(image, "#E9F0F5", "#DCE6EC")
    for dx, dy, paint, dark in ((-0.06, -0.12, "#5B7FA6", "#3A5878"), (0.06, 0.14, "#6F93BA", "#456789")):
        points = [(0.22, 0.4), (0.36, 0.38), (0.44, 0.5), (0.72, 0.56), (0.8, 0.66), (0.2, 0.66)]
        pen.polygon([(w * (x + dx), h * (y + dy)) for x, y in points], fill=paint)
        pen.rounded_rectangle(
            (w * (0.18 + dx), h * (0.65 + dy), w * (0.83 + dx), h * (0.71 + dy)), radius=w * 0.02, fill="#FFFFFF"
        )
        for n in range(3):
            x = w * (0.42 + dx + n * 0.07)
            pen.line(
                (x, h * (0.5 + dy + n * 0.015), x + w * 0.05, h * (0.56 + dy)), fill=dark, width=max(3, int(w * 0.014))
            )


def book(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    _sky(image, "#EFE7F3", "#E3D8EA")
    pen.rounded_rectangle((w * 0.27, h * 0.16, w * 0.75, h * 0.86), radius=w * 0.02, fill="#FFFFFF")
    pen.rounded_rectangle((w * 0.25, h * 0.14, w * 0.72, h * 0.84), radius=w * 0.02, fill="#2F5F6E")
    pen.rectangle((w * 0.25, h * 0.14, w * 0.31, h * 0.84), fill="#234853")
    pen.rectangle((w * 0.38, h * 0.26, w * 0.65, h * 0.4), fill="#F0D9A0")
    _disc(pen, w * 0.515, h * 0.6, min(w, h) * 0.09, "#F0D9A0")


def lamp(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    _sky(image, "#FFF6DE", "#F3E7C8")
    _disc(pen, w * 0.5, h * 0.36, min(w, h) * 0.3, "#FFEDB0")
    pen.polygon([(w * 0.4, h * 0.2), (w * 0.6, h * 0.2), (w * 0.72, h * 0.48), (w * 0.28, h * 0.48)], fill="#D98A2B")
    pen.rectangle((w * 0.485, h * 0.48, w * 0.515, h * 0.8), fill="#5A4632")
    pen.ellipse((w * 0.36, h * 0.77, w * 0.64, h * 0.86), fill="#5A4632")


def bread(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    _sky(image, "#F2E8DA", "#E8D9C3")
    pen.rounded_rectangle((w * 0.14, h * 0.38, w * 0.86, h * 0.74), radius=min(w, h) * 0.18, fill="#B9722F")
    pen.rounded_rectangle((w * 0.17, h * 0.38, w * 0.83, h * 0.66), radius=min(w, h) * 0.14, fill="#D3924B")
    for n in range(4):
        x = w * (0.28 + n * 0.14)
        pen.line((x, h * 0.62, x + w * 0.07, h * 0.44), fill="#F1D3A3", width=max(5, int(w * 0.03)))


def street(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    _sky(image, "#B7D8F0", "#EDF4F8")
    for n, (top, paint) in enumerate(((0.34, "#C98F6B"), (0.24, "#D8B98A"), (0.4, "#A9707A"), (0.28, "#8FA3B5"))):
        x0, x1 = w * n / 4, w * (n + 1) / 4
        pen.rectangle((x0, h * top, x1 + 1, h * 0.76), fill=paint)
        for row in range(3):
            for column in range(2):
                x, y = x0 + (x1 - x0) * (0.2 + 0.38 * column), h * (top + 0.06 + 0.11 * row)
                pen.rectangle((x, y, x + (x1 - x0) * 0.2, y + h * 0.06), fill="#F4EBD2")
    pen.rectangle((0, h * 0.76, w, h), fill="#6C737D")
    for n in range(5):
        pen.rectangle((w * (0.04 + n * 0.21), h * 0.87, w * (0.14 + n * 0.21), h * 0.89), fill="#F2F3F5")


def medicine(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    _sky(image, "#E3F0EE", "#D3E5E1")
    pen.rounded_rectangle((w * 0.3, h * 0.34, w * 0.7, h * 0.86), radius=w * 0.05, fill="#C4682B")
    pen.rounded_rectangle((w * 0.27, h * 0.2, w * 0.73, h * 0.35), radius=w * 0.03, fill="#FFFFFF")
    pen.rectangle((w * 0.3, h * 0.48, w * 0.7, h * 0.74), fill="#FFFFFF")
    for n in range(3):
        pen.rectangle(
            (w * 0.35, h * (0.53 + n * 0.065), w * (0.65 - 0.06 * n), h * (0.555 + n * 0.065)), fill="#7A818C"
        )


def newspaper(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    _sky(image, "#E5E1D6", "#D8D2C3")
    pen.rectangle((w * 0.14, h * 0.12, w * 0.86, h * 0.9), fill="#FBF9F3")
    pen.rectangle((w * 0.2, h * 0.18, w * 0.8, h * 0.28), fill="#2A313E")
    pen.rectangle((w * 0.2, h * 0.34, w * 0.48, h * 0.58), fill="#8FB0C9")
    for column in (0.2, 0.52):
        for n in range(9):
            y = 0.62 + n * 0.028 if column == 0.2 else 0.34 + n * 0.058
            pen.rectangle((w * column, h * y, w * (column + 0.28), h * (y + 0.013)), fill="#A3A8B0")


def _streets(pen: Pen, w: int, h: int, ground: str, park: str, water: str, road: str, block_: str) -> None:
    pen.rectangle((0, 0, w, h), fill=ground)
    pen.polygon([(0, h * 0.16), (w * 0.36, h * 0.1), (w * 0.3, h * 0.34), (0, h * 0.38)], fill=park)
    pen.polygon([(w * 0.66, h), (w * 0.74, h * 0.74), (w, h * 0.62), (w, h)], fill=water)
    for x, y in ((0.46, 0.14), (0.76, 0.12), (0.42, 0.4), (0.74, 0.36), (0.06, 0.46), (0.08, 0.68), (0.4, 0.66)):
        pen.rectangle((w * x, h * y, w * (x + 0.16), h * (y + 0.09)), fill=block_)
    wide = max(10, w // 24)
    roads = (
        ((0, 0.42), (1, 0.3)), ((0.34, 0), (0.27, 1)), ((0.64, 0), (0.69, 1)), ((0, 0.62), (1, 0.54)), ((0, 0.12), (1, 0.06)),
        ((0, 0.84), (0.72, 0.8)),
    )  # fmt: skip
    for a, b in roads:
        pen.line((w * a[0], h * a[1], w * b[0], h * b[1]), fill=road, width=wide)


def streets(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    _streets(pen, w, h, "#F1EEE6", "#CDE6C3", "#B5DAF0", "#FFFFFF", "#E4DFD2")


def streets_dark(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    _streets(pen, w, h, "#1D2430", "#1F3A2C", "#16324A", "#3A4352", "#262E3B")


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
    "code": code,
    "kettle": kettle,
    "shoes": shoes,
    "book": book,
    "lamp": lamp,
    "bread": bread,
    "street": street,
    "medicine": medicine,
    "newspaper": newspaper,
    "streets": streets,
    "streets-dark": streets_dark,
}


@lru_cache(maxsize=48)
def art(name: str, wide: int, tall: int) -> Image.Image:
    """The drawing at this size, in pixels."""
    image = Image.new("RGB", (wide * SCALE, tall * SCALE))
    DRAWN[name](image, ImageDraw.Draw(image), wide * SCALE, tall * SCALE)
    return image.resize((wide, tall), Image.Resampling.BOX)
