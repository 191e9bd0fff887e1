"""A picture of what was taken for what: one row for each intent meant, one column for each intent heard."""

from __future__ import annotations

from collections.abc import Mapping

from PIL import Image, ImageDraw, ImageFont

from media.drawing.letters import font

CELL, TEXT, GAP, EDGE = 34, 17, 12, 24
PAPER, INK, QUIET, LINE = "#FFFFFF", "#14161B", "#6B7280", "#E5E7EB"
RIGHT = "#DCEFE2"  # where meant and heard are the same
FEW, MANY = (255, 233, 196), (190, 40, 20)  # from one mistake to the most of all
NOTHING = "Every sentence was heard rightly."


def draw_confusion(per_intent: Mapping[str, tuple[int, int]], confusion: Mapping[tuple[str, str], int]) -> Image.Image:
    """`per_intent`: name -> (right, of); `confusion`: (meant, heard) -> times, wrong ones only.

    Only intents that were confused have a row or a column; those confused most often stand first."""
    meant, heard = _most_first(confusion, 0), _most_first(confusion, 1)
    left = max((int(_letters().getlength(_row_name(m, per_intent))) for m in meant), default=0) + EDGE + GAP
    top = max((int(_letters().getlength(h)) for h in heard), default=0) + EDGE + 3 * GAP + TEXT
    empty = int(_letters().getlength(NOTHING)) + 2 * EDGE
    wide = max(left + CELL * len(heard) + EDGE, empty if not meant else left + 240)
    page = Image.new("RGB", (wide, top + CELL * len(meant) + 2 * EDGE), PAPER)
    pen = ImageDraw.Draw(page)
    if not meant:
        pen.text((EDGE, EDGE), NOTHING, font=_letters(), fill=INK)
        return page
    pen.text((EDGE, EDGE), "meant (down), heard (across)", font=_letters("medium"), fill=QUIET)
    for column, name in enumerate(heard):
        _upright(page, name, left + CELL * column, top - GAP)
    for row, name in enumerate(meant):
        y = top + CELL * row
        pen.text((left - GAP, y + CELL // 2), _row_name(name, per_intent), font=_letters(), fill=INK, anchor="rm")
        for column, other in enumerate(heard):
            times = confusion.get((name, other), 0)
            colour = RIGHT if name == other else _shade(times, max(confusion.values()))
            _cell(pen, left + CELL * column, y, colour, times)
    return page


def _most_first(confusion: Mapping[tuple[str, str], int], side: int) -> list[str]:
    """The intents of one side of the pairs, those with most mistakes first."""
    times: dict[str, int] = {}
    for pair, count in confusion.items():
        times[pair[side]] = times.get(pair[side], 0) + count
    return sorted(times, key=lambda name: (-times[name], name))


def _row_name(name: str, per_intent: Mapping[str, tuple[int, int]]) -> str:
    right, of = per_intent.get(name, (0, 0))
    return f"{name}  {right} of {of}"


def _letters(weight: str = "regular") -> ImageFont.FreeTypeFont:
    return font("roboto", weight, TEXT)


def _shade(times: int, most: int) -> str:
    if not times:
        return PAPER
    share = (times - 1) / max(1, most - 1)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in zip(FEW, MANY, strict=True))


def _cell(pen: ImageDraw.ImageDraw, x: int, y: int, colour: str, times: int) -> None:
    pen.rectangle((x, y, x + CELL, y + CELL), fill=colour, outline=LINE)
    if times:
        dark = sum(int(colour[i : i + 2], 16) for i in (1, 3, 5)) < 3 * 140
        pen.text(
            (x + CELL // 2, y + CELL // 2),
            str(times),
            font=_letters("medium"),
            fill=PAPER if dark else INK,
            anchor="mm",
        )


def _upright(page: Image.Image, name: str, x: int, bottom: int) -> None:
    """The name read from below to above, over its column."""
    strip = Image.new("RGB", (int(_letters().getlength(name)) + 2, CELL), PAPER)
    ImageDraw.Draw(strip).text((0, CELL // 2), name, font=_letters(), fill=INK, anchor="lm")
    turned = strip.rotate(90, expand=True)
    page.paste(turned, (x, bottom - turned.height))
