"""The picture of a badge, and the printed certificate: both for a learner who wants one."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fpdf import FPDF
from fpdf.enums import WrapMode
from PIL import Image, ImageDraw, ImageFont

from media.drawing.letters import FILES, FONTS

SIDE = 640
TEAL, WHITE, MINT, STAIRS, INK, SOFT = "#0A4F4A", "#FFFFFF", "#E3EFEC", "#B26A10", "#1E2328", "#45494F"
RAIL = ((2, 16), (13, 16), (32, 3), (46, 3))
POSTS = (((13, 16), (13, 28)), ((32, 3), (32, 15)))
STEPS = ((2, 41), (13, 41), (13, 34), (23, 34), (23, 27), (33, 27), (33, 19), (45, 19))


@dataclass(frozen=True)
class Words:
    """`day` is written out, `key` is what a badge is checked with; the last three are said around them."""

    name: str
    title: str
    goal: str
    centre: str
    day: str
    key: str
    made: datetime
    this_is: str = "This is to say that"
    has_learned: str = "has learned, step by step, on a telephone:"
    checked: str = "Checked with: handrail badge check. The issuer's key:"


def badge_picture(title: str, centre: str) -> bytes:
    """A square PNG: the mark, what was learned, where."""
    image = Image.new("RGB", (SIDE, SIDE), WHITE)
    draw = ImageDraw.Draw(image)
    draw.ellipse((8, 8, SIDE - 8, SIDE - 8), fill=TEAL)
    draw.ellipse((30, 30, SIDE - 30, SIDE - 30), fill=WHITE)
    draw.ellipse((40, 40, SIDE - 40, SIDE - 40), fill=MINT)
    scale, left, top = 4.4, SIDE / 2 - 24 * 4.4, 84

    def line(points: tuple[tuple[float, float], ...], colour: str) -> None:
        placed = [(left + x * scale, top + y * scale) for x, y in points]
        draw.line(placed, fill=colour, width=20, joint="curve")
        for x, y in (placed[0], placed[-1]):
            draw.ellipse((x - 10, y - 10, x + 10, y + 10), fill=colour)

    line(STEPS, STAIRS)
    for post in POSTS:
        line(post, TEAL)
    line(RAIL, TEAL)
    bottom = _centred(draw, title, 318, 52, "bold", INK, 440, 3)
    _centred(draw, centre, max(bottom + 14, 470), 30, "regular", SOFT, 330, 2)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _centred(
    draw: ImageDraw.ImageDraw, text: str, top: float, size: int, weight: str, colour: str, wide: int, most: int
) -> float:
    """Sets the words in at most `most` lines, smaller where they need it; where the last line ends."""
    while True:
        font = _font(text, weight, size)
        lines = _broken(text, font, wide)
        if len(lines) <= most or size <= 20:
            break
        size -= 4
    for line in lines[:most]:
        draw.text((SIDE / 2, top), line, font=font, fill=colour, anchor="ma")
        top += size * 1.25
    return top


def _broken(text: str, font: ImageFont.FreeTypeFont, wide: int) -> list[str]:
    lines = [""]
    for word in text.split() if " " in text else list(text):
        joined = f"{lines[-1]} {word}".strip() if " " in text else lines[-1] + word
        if font.getlength(joined) > wide and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = joined
    return lines


def _font(text: str, weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / FILES[_family(text), weight]), size)


def _family(text: str) -> str:
    return "chinese" if any("\u2e80" <= letter <= "\u9fff" for letter in text) else "roboto"


def certificate_of(fields: Mapping[str, Any], badge: bytes) -> bytes:
    """`certificate`, for whoever has the fields of Words under their names."""
    return certificate(Words(**fields), badge)


def certificate(words: Words, badge: bytes) -> bytes:
    """One A4 page, lying, in large print. `badge` is the picture with the credential in it."""
    pdf = FPDF(orientation="landscape", format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_title(f"{words.name}: {words.title}")
    pdf.set_author("Handrail")
    pdf.set_creation_date(words.made)
    chinese = _family(words.name + words.title + words.goal + words.centre + words.this_is) == "chinese"
    for style, weight in (("", "regular"), ("B", "bold")):
        pdf.add_font("main", style, FONTS / FILES["chinese" if chinese else "roboto", weight])
    pdf.add_page()
    pdf.set_draw_color(10, 79, 74)
    pdf.set_line_width(1.6)
    pdf.rect(10, 10, 277, 190, round_corners=True, corner_radius=6)
    pdf.image(io.BytesIO(badge), x=226, y=22, w=46)
    pdf.set_left_margin(26)

    def say(text: str, y: float, size: float, style: str = "", wide: float = 190, grey: bool = False) -> float:
        pdf.set_text_color(69 if grey else 30, 73 if grey else 35, 79 if grey else 40)
        pdf.set_font("main", style, size)
        pdf.set_xy(26, y)
        pdf.multi_cell(wide, size * 0.47, text, align="L", wrapmode=WrapMode.CHAR if chinese else WrapMode.WORD)
        return float(pdf.get_y())

    y = say(words.this_is, 30, 18, grey=True)
    y = say(words.name, y + 4, 40, "B")
    y = say(words.has_learned, y + 6, 18, grey=True)
    y = say(words.title, y + 4, 30, "B", 240)
    y = say(words.goal, y + 4, 18, "", 240)
    say(f"{words.centre}, {words.day}", 168, 18, "B", 150)
    pdf.line(190, 178, 270, 178)
    say(words.checked, 181, 9, "", 240, True)
    say(words.key, 186, 9, "", 240, True)
    return bytes(pdf.output())
