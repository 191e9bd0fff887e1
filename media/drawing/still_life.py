"""Drawn photographs of things: nobody's face, nobody's goods, a square code that leads nowhere."""

from __future__ import annotations

import hashlib

from PIL import Image

from media.drawing.brush import Pen, disc, sky


def cake(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    sky(image, "#F6E3EA", "#FBF3EC")
    pen.rectangle((0, h * 0.78, w, h), fill="#C79A6B")
    pen.ellipse((w * 0.16, h * 0.72, w * 0.84, h * 0.86), fill="#FFFFFF")
    pen.rounded_rectangle((w * 0.24, h * 0.48, w * 0.76, h * 0.79), radius=w * 0.04, fill="#8A5233")
    pen.rounded_rectangle((w * 0.22, h * 0.44, w * 0.78, h * 0.56), radius=w * 0.05, fill="#F4A9BC")
    for x in (0.34, 0.5, 0.66):
        pen.rectangle((w * (x - 0.012), h * 0.3, w * (x + 0.012), h * 0.45), fill="#4F8FC4")
        pen.ellipse((w * (x - 0.022), h * 0.22, w * (x + 0.022), h * 0.31), fill="#F7B52C")


def cat(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    sky(image, "#DCE7C9", "#F4EFE0")
    pen.ellipse((w * 0.14, h * 0.8, w * 0.86, h * 0.98), fill="#B9785B")
    pen.ellipse((w * 0.26, h * 0.5, w * 0.74, h * 0.92), fill="#5D5F66")
    for side in (-1, 1):
        x = w * 0.5 + side * w * 0.15
        pen.polygon([(x - w * 0.08, h * 0.3), (x + w * 0.08, h * 0.3), (x + side * w * 0.05, h * 0.12)], fill="#5D5F66")
    pen.ellipse((w * 0.29, h * 0.2, w * 0.71, h * 0.56), fill="#6B6E76")
    for side in (-1, 1):
        disc(pen, w * (0.5 + side * 0.09), h * 0.35, min(w, h) * 0.035, "#F0CE4A")
        disc(pen, w * (0.5 + side * 0.09), h * 0.35, min(w, h) * 0.016, "#14161B")
    pen.polygon([(w * 0.47, h * 0.42), (w * 0.53, h * 0.42), (w * 0.5, h * 0.46)], fill="#E79AA5")


def person(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    sky(image, "#E3D6EE", "#F4EEF8")
    disc(pen, w * 0.5, h * 0.4, min(w, h) * 0.17, "#7B5EA0")
    pen.ellipse((w * 0.2, h * 0.62, w * 0.8, h * 1.3), fill="#7B5EA0")


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
    sky(image, "#F3EFE8", "#E6DFD2")
    pen.arc((w * 0.52, h * 0.3, w * 0.84, h * 0.7), -80, 90, fill="#2A313E", width=max(6, int(w * 0.05)))
    pen.polygon([(w * 0.3, h * 0.44), (w * 0.13, h * 0.4), (w * 0.3, h * 0.6)], fill="#9B2C2C")
    pen.polygon([(w * 0.32, h * 0.3), (w * 0.64, h * 0.3), (w * 0.72, h * 0.78), (w * 0.26, h * 0.78)], fill="#B53A3A")
    pen.ellipse((w * 0.32, h * 0.25, w * 0.64, h * 0.35), fill="#D96A5F")
    disc(pen, w * 0.48, h * 0.24, min(w, h) * 0.035, "#2A313E")
    pen.rounded_rectangle((w * 0.22, h * 0.78, w * 0.76, h * 0.84), radius=w * 0.02, fill="#2A313E")


def shoes(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    sky(image, "#E9F0F5", "#DCE6EC")
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
    sky(image, "#EFE7F3", "#E3D8EA")
    pen.rounded_rectangle((w * 0.27, h * 0.16, w * 0.75, h * 0.86), radius=w * 0.02, fill="#FFFFFF")
    pen.rounded_rectangle((w * 0.25, h * 0.14, w * 0.72, h * 0.84), radius=w * 0.02, fill="#2F5F6E")
    pen.rectangle((w * 0.25, h * 0.14, w * 0.31, h * 0.84), fill="#234853")
    pen.rectangle((w * 0.38, h * 0.26, w * 0.65, h * 0.4), fill="#F0D9A0")
    disc(pen, w * 0.515, h * 0.6, min(w, h) * 0.09, "#F0D9A0")


def lamp(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    sky(image, "#FFF6DE", "#F3E7C8")
    disc(pen, w * 0.5, h * 0.36, min(w, h) * 0.3, "#FFEDB0")
    pen.polygon([(w * 0.4, h * 0.2), (w * 0.6, h * 0.2), (w * 0.72, h * 0.48), (w * 0.28, h * 0.48)], fill="#D98A2B")
    pen.rectangle((w * 0.485, h * 0.48, w * 0.515, h * 0.8), fill="#5A4632")
    pen.ellipse((w * 0.36, h * 0.77, w * 0.64, h * 0.86), fill="#5A4632")


def bread(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    sky(image, "#F2E8DA", "#E8D9C3")
    pen.rounded_rectangle((w * 0.14, h * 0.38, w * 0.86, h * 0.74), radius=min(w, h) * 0.18, fill="#B9722F")
    pen.rounded_rectangle((w * 0.17, h * 0.38, w * 0.83, h * 0.66), radius=min(w, h) * 0.14, fill="#D3924B")
    for n in range(4):
        x = w * (0.28 + n * 0.14)
        pen.line((x, h * 0.62, x + w * 0.07, h * 0.44), fill="#F1D3A3", width=max(5, int(w * 0.03)))


def medicine(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    sky(image, "#E3F0EE", "#D3E5E1")
    pen.rounded_rectangle((w * 0.3, h * 0.34, w * 0.7, h * 0.86), radius=w * 0.05, fill="#C4682B")
    pen.rounded_rectangle((w * 0.27, h * 0.2, w * 0.73, h * 0.35), radius=w * 0.03, fill="#FFFFFF")
    pen.rectangle((w * 0.3, h * 0.48, w * 0.7, h * 0.74), fill="#FFFFFF")
    for n in range(3):
        pen.rectangle(
            (w * 0.35, h * (0.53 + n * 0.065), w * (0.65 - 0.06 * n), h * (0.555 + n * 0.065)), fill="#7A818C"
        )


def newspaper(image: Image.Image, pen: Pen, w: int, h: int) -> None:
    sky(image, "#E5E1D6", "#D8D2C3")
    pen.rectangle((w * 0.14, h * 0.12, w * 0.86, h * 0.9), fill="#FBF9F3")
    pen.rectangle((w * 0.2, h * 0.18, w * 0.8, h * 0.28), fill="#2A313E")
    pen.rectangle((w * 0.2, h * 0.34, w * 0.48, h * 0.58), fill="#8FB0C9")
    for column in (0.2, 0.52):
        for n in range(9):
            y = 0.62 + n * 0.028 if column == 0.2 else 0.34 + n * 0.058
            pen.rectangle((w * column, h * y, w * (column + 0.28), h * (y + 0.013)), fill="#A3A8B0")


def code_cells(text: str, size: int = 25) -> list[list[bool]]:
    """Cells of a pattern that looks like a square code: three corner squares, the rest from the text's digest."""
    bits = "".join(f"{byte:08b}" for n in range(4) for byte in hashlib.sha256(f"{text}{n}".encode()).digest())
    cells = [[bits[(y * size + x) % len(bits)] == "1" for x in range(size)] for y in range(size)]
    for top, left in ((0, 0), (0, size - 7), (size - 7, 0)):
        for y in range(-1, 8):
            for x in range(-1, 8):
                if 0 <= top + y < size and 0 <= left + x < size:
                    edge = max(abs(y - 3), abs(x - 3))
                    cells[top + y][left + x] = edge in (0, 1, 3)
    return cells
