"""The part of a picture that matters, large: for messengers, where the whole phone would be drawn small.

A row is shown in the picture's whole width. A small target is enlarged, and the whole phone stands small beside it,
so that one sees where on the phone it is.
"""

from __future__ import annotations

from PIL import Image

from media import ring
from media.drawing import paint
from media.drawing.marks import Box, Fill, Outline, Scene, Sign, Spot, Words

LEAST, MOST = 480, 700
NARROW = 430  # a ring up to this width is enlarged
SEEN = 620  # what is enlarged, at least so wide
LARGE = Box(24, 24, 744, 0)
SMALL_WIDE, SMALL_LEFT = 284, 772

Arrow = tuple[tuple[int, int], float, int]


def closer(image: Image.Image, scene: Scene, spot: Spot, arrow: Arrow | None) -> Image.Image:
    """The part round the ring, with the arrow to it."""
    outer = ring.outer_of(spot)
    needed = with_arrow(outer, arrow)
    if outer.wide <= NARROW and outer.tall <= NARROW and max(needed.wide, needed.tall) <= SEEN + 100:
        return enlarged(image, needed)
    return part(image, scene, outer, needed)


def with_arrow(outer: Box, arrow: Arrow | None) -> Box:
    """The ring, and what its arrow covers."""
    boxes = [outer, *(ring.arrow_shape(*arrow) if arrow else [])]
    return Box(
        min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes)
    ).grown(24)


def enlarged(image: Image.Image, needed: Box) -> Image.Image:
    """A square of the picture, larger than life, and the whole phone beside it with that square marked."""
    size = max(SEEN, needed.wide, needed.tall)
    left = max(0, min(needed.middle[0] - size // 2, image.width - size))
    top = max(0, min(needed.middle[1] - size // 2, image.height - size))
    seen = Box(left, top, left + size, top + size)
    frame = Box(LARGE.x0, LARGE.y0, LARGE.x1, LARGE.y0 + LARGE.wide)
    page = Image.new("RGB", (image.width, frame.y1 + 24), paint.PAPER)
    paint.one(page, Outline(frame.grown(8), ring.DARK, paint.PAPER, 56, 8))
    large = image.crop((seen.x0, seen.y0, seen.x1, seen.y1)).resize((frame.wide, frame.tall), Image.Resampling.LANCZOS)
    page.paste(large, (frame.x0, frame.y0), paint.rounded(frame.wide, frame.tall, 48))
    scale = SMALL_WIDE / image.width
    tall = round(image.height * scale)
    at = (SMALL_LEFT, (page.height - tall) // 2)
    page.paste(image.resize((SMALL_WIDE, tall), Image.Resampling.LANCZOS), at)
    mark = Box(*(round(v * scale) for v in (seen.x0, seen.y0, seen.x1, seen.y1))).moved(*at)
    hollow(page, mark)
    return page


def hollow(page: Image.Image, box: Box) -> None:
    """A thin frame in the ring's colours; what it frames stays as it is."""
    inner = box.grown(-8)
    kept = page.crop((inner.x0, inner.y0, inner.x1, inner.y1))
    for by, colour in ((0, ring.DARK), (-2, (255, 255, 255)), (-6, ring.DARK)):
        paint.one(page, Fill(box.grown(by), colour, 14))
    page.paste(kept, (inner.x0, inner.y0))


def part(image: Image.Image, scene: Scene, outer: Box, needed: Box) -> Image.Image:
    """The whole width, and what stands round the ring: never through the ring, seldom through a line of words."""
    tall = min(max(LEAST, outer.tall + 260), max(MOST, outer.tall + 120), image.height)
    tall = max(tall, min(needed.tall, image.height))
    top = max(0, min(outer.middle[1] - tall // 2, needed.y0, image.height - tall))
    top = min(max(top, needed.y1 - tall), image.height - tall)
    low = min(outer.y1 + 24, image.height)
    start = between_words(scene, top, 0, max(0, outer.y0 - 24))
    end = between_words(scene, top + tall, low, image.height)
    return image.crop((0, start, image.width, max(end, min(image.height, start + LEAST))))


def between_words(scene: Scene, wanted: int, low: int, high: int) -> int:
    """The place nearest to the wanted one, from low to high and at most 100 away, that cuts through no word."""
    lines = [(m.box.y0 - 6, m.box.y1 + 6) for m in scene.marks if isinstance(m, Words | Sign)]
    near = sorted(range(max(low, wanted - 100), min(high, wanted + 100) + 1, 4), key=lambda y: abs(y - wanted))
    return next((y for y in near if not any(a < y < b for a, b in lines)), wanted)
