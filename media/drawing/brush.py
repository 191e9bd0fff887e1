"""What drawn photographs are put together from: a sky, a hill, a disc, a flower."""

from __future__ import annotations

import math

from PIL import Image, ImageColor, ImageDraw

Pen = ImageDraw.ImageDraw


def sky(image: Image.Image, top: str, bottom: str) -> None:
    a, b = ImageColor.getrgb(top), ImageColor.getrgb(bottom)
    column = Image.new("RGB", (1, 64))
    for y in range(64):
        column.putpixel((0, y), tuple(round(p + (q - p) * y / 63) for p, q in zip(a[:3], b[:3], strict=True)))
    image.paste(column.resize(image.size, Image.Resampling.BILINEAR))


def hill(pen: Pen, w: int, h: int, level: float, swing: float, phase: float, paint: str) -> None:
    points = [(x, h * (level + swing * math.sin(x / w * 4.2 + phase))) for x in range(0, w + 9, 8)]
    pen.polygon([(0, h), *points, (w, h)], fill=paint)


def disc(pen: Pen, x: float, y: float, r: float, paint: str) -> None:
    pen.ellipse((x - r, y - r, x + r, y + r), fill=paint)


def flower(pen: Pen, x: float, y: float, r: float, petals: str, foot: float) -> None:
    pen.line((x, y, x, foot), fill="#3E7D3E", width=max(3, int(r * 0.22)))
    for n in range(6):
        a = n * math.pi / 3
        disc(pen, x + math.cos(a) * r * 0.72, y + math.sin(a) * r * 0.72, r * 0.5, petals)
    disc(pen, x, y, r * 0.45, "#F7C531")
