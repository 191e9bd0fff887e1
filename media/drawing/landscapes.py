"""Drawn photographs of places, wallpapers and maps."""

from __future__ import annotations

from PIL import Image

from media.drawing.brush import Pen, disc, flower, hill, sky


def wallpaper(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    sky(image, "#CFE2F5", "#F3F3F4")
    hill(pen, w, h, 0.66, 0.02, 1.0, "#DCEBDD")
    hill(pen, w, h, 0.77, 0.025, 3.2, "#D0E4D3")
    hill(pen, w, h, 0.88, 0.02, 5.0, "#C5DDCA")


def evening(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    sky(image, "#1B2738", "#243447")
    hill(pen, w, h, 0.74, 0.02, 1.0, "#1D2D3B")
    hill(pen, w, h, 0.84, 0.025, 3.2, "#182632")


def hills(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    sky(image, "#9CCBF0", "#EAF4FB")
    disc(pen, w * 0.74, h * 0.24, min(w, h) * 0.1, "#FFD95A")
    hill(pen, w, h, 0.55, 0.06, 0.4, "#8FBF8B")
    hill(pen, w, h, 0.68, 0.06, 2.4, "#6FA869")
    hill(pen, w, h, 0.82, 0.05, 4.4, "#4E8A4D")


def sea(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    sky(image, "#8CC4EE", "#F2F7FA")
    disc(pen, w * 0.28, h * 0.26, min(w, h) * 0.11, "#FFE07A")
    pen.rectangle((0, h * 0.52, w, h), fill="#3F8DBF")
    for n in range(4):
        hill(pen, w, h, 0.58 + n * 0.09, 0.008, n * 2.0, ("#3F8DBF", "#357FB0", "#2C70A0", "#F0DCA8")[n])
    pen.polygon([(w * 0.62, h * 0.28), (w * 0.62, h * 0.5), (w * 0.8, h * 0.5)], fill="#FFFFFF")
    pen.polygon([(w * 0.54, h * 0.52), (w * 0.84, h * 0.52), (w * 0.78, h * 0.58), (w * 0.6, h * 0.58)], fill="#8A3B2A")


def flowers(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    sky(image, "#CFE8F7", "#F1F8EE")
    hill(pen, w, h, 0.72, 0.03, 1.0, "#7DB573")
    r = min(w, h) * 0.13
    for x, y, paint in ((0.24, 0.52, "#D9566F"), (0.5, 0.36, "#8D5CC2"), (0.76, 0.5, "#E58A2F")):
        flower(pen, w * x, h * y, r, paint, h * 0.84)
    hill(pen, w, h, 0.86, 0.02, 3.0, "#5E9A58")


def house(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    sky(image, "#A9D3F2", "#EEF6FB")
    hill(pen, w, h, 0.74, 0.03, 0.6, "#86B97B")
    pen.rectangle((w * 0.3, h * 0.46, w * 0.7, h * 0.78), fill="#FBEBD0")
    pen.polygon([(w * 0.25, h * 0.47), (w * 0.5, h * 0.24), (w * 0.75, h * 0.47)], fill="#B24A3A")
    pen.rectangle((w * 0.45, h * 0.6, w * 0.55, h * 0.78), fill="#6B4226")
    for x in (0.34, 0.59):
        pen.rectangle((w * x, h * 0.53, w * (x + 0.08), h * 0.62), fill="#6FA9CF")
    hill(pen, w, h, 0.84, 0.02, 2.0, "#629F5B")


def garden(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    sky(image, "#B9DDF4", "#EFF7EC")
    hill(pen, w, h, 0.62, 0.03, 0.2, "#7FB874")
    for x, y, r in ((0.24, 0.38, 0.2), (0.36, 0.3, 0.16), (0.14, 0.3, 0.14)):
        disc(pen, w * x, h * y, min(w, h) * r, "#4C8B4A")
    pen.rectangle((w * 0.22, h * 0.46, w * 0.27, h * 0.72), fill="#7A5230")
    for x, paint in ((0.5, "#D9566F"), (0.62, "#E9B534"), (0.74, "#D9566F"), (0.86, "#8D5CC2")):
        flower(pen, w * x, h * 0.6, min(w, h) * 0.06, paint, h * 0.8)
    hill(pen, w, h, 0.8, 0.02, 3.0, "#5F9C57")


def street(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    sky(image, "#B7D8F0", "#EDF4F8")
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


def map_(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    pen.rectangle((0, 0, w, h), fill="#F1EEE6")
    pen.polygon([(0, h * 0.1), (w * 0.35, 0), (w * 0.42, h * 0.34), (0, h * 0.44)], fill="#CDE6C3")
    pen.polygon([(w * 0.6, h), (w * 0.78, h * 0.6), (w, h * 0.55), (w, h)], fill="#B5DAF0")
    road = max(8, w // 26)
    for a, b in (((0, 0.55), (1, 0.4)), ((0.48, 0), (0.56, 1)), ((0.1, 1), (0.5, 0.48)), ((0.52, 0.25), (1, 0.12))):
        pen.line((w * a[0], h * a[1], w * b[0], h * b[1]), fill="#FFFFFF", width=road)
    x, y, r = w * 0.53, h * 0.42, min(w, h) * 0.07
    pen.polygon([(x - r, y - r * 0.7), (x + r, y - r * 0.7), (x, y + r * 1.3)], fill="#B3261E")
    disc(pen, x, y - r, r * 1.08, "#B3261E")
    disc(pen, x, y - r, r * 0.42, "#FFFFFF")


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
