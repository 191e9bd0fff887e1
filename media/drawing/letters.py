"""Letters: which font draws which character, how wide words are, where they break, how small they may get."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont, features

FONTS = Path(__file__).parents[1] / "fonts"
ICONS = Path(__file__).parents[1] / "icons"
FILES: Mapping[tuple[str, str], str] = {
    ("roboto", "regular"): "Roboto-Regular.ttf",
    ("roboto", "medium"): "Roboto-Medium.ttf",
    ("roboto", "bold"): "Roboto-Bold.ttf",
    ("inter", "regular"): "InterDisplay-Regular.otf",
    ("inter", "medium"): "InterDisplay-SemiBold.otf",
    ("inter", "bold"): "InterDisplay-Bold.otf",
    ("chinese", "regular"): "NotoSansSC-Regular.otf",
    ("chinese", "medium"): "NotoSansSC-Bold.otf",
    ("chinese", "bold"): "NotoSansSC-Bold.otf",
    ("arabic", "regular"): "NotoSansArabic-Regular.ttf",
    ("arabic", "medium"): "NotoSansArabic-Bold.ttf",
    ("arabic", "bold"): "NotoSansArabic-Bold.ttf",
}
ARABIC = ((0x0590, 0x08FF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFF))
CHINESE = ((0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF), (0x20000, 0x3FFFF))
NO_START = set("，。、；：？！）》」』”’…—,.;:?!)%")


@dataclass(frozen=True)
class Face:
    """A family, a weight and a size in pixels."""

    family: str
    weight: str
    size: int

    def at(self, size: int) -> Face:
        return Face(self.family, self.weight, size)


@lru_cache(maxsize=256)
def font(family: str, weight: str, size: int) -> ImageFont.FreeTypeFont:
    """Laid out by the basic engine, so that every machine sets the same letters; Arabic needs shaping."""
    shaped = family == "arabic" and features.check("raqm")
    engine = ImageFont.Layout.RAQM if shaped else ImageFont.Layout.BASIC
    return ImageFont.truetype(str(FONTS / FILES[family, weight]), size, layout_engine=engine)


@lru_cache(maxsize=64)
def icon_font(filled: bool, size: int) -> ImageFont.FreeTypeFont:
    name = "filled.ttf" if filled else "line.ttf"
    return ImageFont.truetype(str(ICONS / name), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=1)
def _kerning() -> Mapping[str, Mapping[str, float]]:
    table: Mapping[str, Mapping[str, float]] = json.loads((FONTS / "kerning.json").read_text(encoding="utf-8"))
    return table


def _within(char: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= ord(char) <= high for low, high in ranges)


@lru_cache(maxsize=4096)
def family_for(char: str, family: str) -> str:
    if _within(char, ARABIC):
        return "arabic"
    if _within(char, CHINESE):
        return "chinese"
    return "roboto" if family in ("arabic", "") else family


@lru_cache(maxsize=4096)
def pieces(text: str, face: Face) -> tuple[tuple[str, str, float], ...]:
    """(piece, family, x from the start): one family each, split again where two letters stand closer."""
    runs: list[tuple[str, str]] = []
    for char in text:
        family = family_for(char, face.family)
        if runs and (runs[-1][1] == family or (char == " " and runs[-1][1] == "arabic")):
            runs[-1] = (runs[-1][0] + char, runs[-1][1])
        else:
            runs.append((char, family))
    placed: list[tuple[str, str, float]] = []
    x = 0.0
    if is_right_to_left(text):  # the space after a word stands on its other side
        runs = [
            (" " + run.rstrip(" ") if run.endswith(" ") and family != "arabic" else run, family)
            for run, family in reversed(runs)
        ]
    for run, family in runs:
        for piece, closer in _kerned(run, family, face.weight):
            placed.append((piece, family, x))
            x += font(family, face.weight, face.size).getlength(piece) + closer * face.size
    return (*placed, ("", "", x))


def _kerned(run: str, family: str, weight: str) -> list[tuple[str, float]]:
    if family == "arabic":
        return [(run, 0.0)]
    pairs = _kerning().get(FILES[family, weight], {})
    found: list[tuple[str, float]] = []
    start = 0
    for n in range(len(run) - 1):
        closer = pairs.get(run[n : n + 2], 0.0)
        if closer:
            found.append((run[start : n + 1], closer))
            start = n + 1
    return [*found, (run[start:], 0.0)]


def width(text: str, face: Face) -> float:
    """How wide the words are, in pixels."""
    return pieces(text, face)[-1][2]


@lru_cache(maxsize=4096)
def ink(text: str, face: Face) -> tuple[int, int]:
    """(above, below) the baseline that the ink really reaches, in pixels, both counted upwards and downwards."""
    boxes = [
        font(family, face.weight, face.size).getbbox(piece, anchor="ls")
        for piece, family, _ in pieces(text, face)
        if piece.strip()
    ]
    if not boxes:
        return (0, 0)
    return (int(-min(b[1] for b in boxes)), int(max(b[3] for b in boxes)))


def is_right_to_left(text: str) -> bool:
    """Whether the first strong character is written from the right."""
    strong = (unicodedata.bidirectional(char) for char in text)
    return next((b in ("R", "AL") for b in strong if b in ("L", "R", "AL")), False)


def _words(text: str) -> list[str]:
    """What may stand alone on a line: words with the space after them, and single Chinese characters."""
    units: list[str] = []
    for char in text:
        alone = _within(char, CHINESE)
        if (
            not units
            or (alone and char not in NO_START)
            or units[-1].endswith(" ")
            or (units and not alone and char not in NO_START and char != " " and _within(units[-1][-1], CHINESE))
        ):
            units.append(char)
        else:
            units[-1] += char
    return units


@lru_cache(maxsize=2048)
def wrap(text: str, face: Face, room: float) -> tuple[str, ...]:
    """The words in lines no wider than `room`. A word wider than a whole line is broken with a hyphen."""
    lines: list[str] = []
    line = ""
    for unit in _words(text):
        if line and width((line + unit).rstrip(), face) > room:
            lines.append(line.rstrip())
            line = ""
        while width(unit.rstrip(), face) > room and len(unit) > 2:
            keep = max(1, next((n for n in range(len(unit) - 1, 0, -1) if width(unit[:n] + "-", face) <= room), 1))
            lines.append(unit[:keep] + "-")
            unit = unit[keep:]
        line += unit
    return (*lines, line.rstrip()) if line.strip() or not lines else tuple(lines)


def ended(text: str, face: Face, room: float) -> str:
    """As much as one line holds, then three dots: as phones do where a line cannot grow."""
    if width(text, face) <= room:
        return text
    keep = next((n for n in range(len(text) - 1, 0, -1) if width(text[:n].rstrip(" ,.，。、") + "…", face) <= room), 1)
    return text[:keep].rstrip(" ,.，。、") + "…"


@dataclass(frozen=True)
class Set:
    """Words as they will stand: lines, and the face that fits."""

    lines: tuple[str, ...]
    face: Face

    @property
    def wide(self) -> float:
        return max(width(line, self.face) for line in self.lines)

    @property
    def pitch(self) -> int:
        """From one baseline to the next."""
        chinese = any(_within(c, CHINESE) for line in self.lines for c in line)
        return round(self.face.size * (1.55 if self.arabic else 1.3 if chinese else 1.2))

    @property
    def arabic(self) -> bool:
        return any(_within(c, ARABIC) for line in self.lines for c in line)

    @property
    def rise(self) -> int:
        """How far letters stand above the height of capitals: Arabic ones do, with their dots."""
        return round(self.face.size * 0.14) if self.arabic else 0

    @property
    def fall(self) -> int:
        """How much more than other letters Arabic ones hang below the line."""
        return round(self.face.size * 0.17) if self.arabic else 0

    @property
    def tall(self) -> int:
        """From the top of the capitals in the first line to the baseline of the last; of Arabic, all its ink."""
        return cap(self.face.size) + self.pitch * (len(self.lines) - 1) + self.rise + self.fall


def cap(size: int) -> int:
    """The height of a capital letter."""
    return round(size * 0.72)


def fit(text: str, face: Face, room: float, least: int, most_lines: int = 9) -> Set:
    """As large as asked; else smaller, down to `least`, on one line; else wrapped as large as it may."""
    for size in range(face.size, least - 1, -1):
        if width(text, face.at(size)) <= room:
            return Set((text,), face.at(size))
    for size in range(face.size, least - 1, -2):
        lines = wrap(text, face.at(size), room)
        if len(lines) <= 2 and not any(line.endswith("-") and line not in text for line in lines):
            return Set(lines, face.at(size))
    for size in range(face.size, least - 1, -2):
        lines = wrap(text, face.at(size), room)
        if len(lines) <= most_lines and not any(line.endswith("-") and line not in text for line in lines):
            return Set(lines, face.at(size))
    return Set(wrap(text, face.at(least), room), face.at(least))
