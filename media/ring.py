"""What points at the target: the ring, the dimming round it, the arrow where it is small, the finger's way."""

from __future__ import annotations

import math
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw

from media.drawing.marks import Box, Spot, Swipe, colour
from media.drawing.paint import fill, rounded

NAVY = colour("#1A2B45")
DARK = colour("#14161B")
YELLOW = colour("#FFD400")
DIM = 0.24
EDGE, BAND = 6, 20
RING = EDGE + BAND + EDGE
SMALL = 200
ARROW_LONG, ARROW_SHAFT, ARROW_HEAD, ARROW_EDGE = 320, 74, 162, 11


def hole_of(spot: Spot) -> tuple[Box, int]:
    """The lit place inside the ring and its corner: the band's middle is the spot's edge."""
    return spot.box.grown(-RING // 2), max(8, spot.radius - RING // 2)


def outer_of(spot: Spot) -> Box:
    return spot.box.grown(RING // 2)


def dim(image: Image.Image, spot: Spot | None, amount: float = DIM) -> Image.Image:
    """The screen dimmed with navy, but for the ring's hole."""
    darker = Image.blend(image, Image.new("RGB", image.size, NAVY), amount)
    if spot is not None:
        box, radius = hole_of(spot)
        darker.paste(
            image.crop((box.x0, box.y0, box.x1, box.y1)), (box.x0, box.y0), rounded(box.wide, box.tall, radius)
        )
    return darker


def ring(image: Image.Image, spot: Spot) -> None:
    """Dark, yellow, dark, painted over the picture; the hole stays as it is."""
    inner, radius = hole_of(spot)
    outer = outer_of(spot)
    inside = image.crop((inner.x0, inner.y0, inner.x1, inner.y1))
    fill(image, outer, DARK, radius + RING)
    fill(image, outer.grown(-EDGE), YELLOW, radius + EDGE + BAND)
    fill(image, outer.grown(-EDGE - BAND), DARK, radius + EDGE)
    image.paste(inside, (inner.x0, inner.y0), rounded(inner.wide, inner.tall, radius))


@lru_cache(maxsize=64)
def _arrow(angle: float, long: int, thick_edge: int = ARROW_EDGE) -> tuple[Image.Image, Image.Image]:
    """(edge, body) masks of an arrow whose tip is in the middle and that points along `angle`."""
    scale, half = 3, long + 60
    size = 2 * half * scale
    c, s = math.cos(angle), math.sin(angle)
    head = ARROW_HEAD * 0.62

    def at(back: float, side: float) -> tuple[float, float]:
        return ((half - back * c - side * s) * scale, (half - back * s + side * c) * scale)

    shape = [
        at(0, 0), at(head, ARROW_HEAD / 2), at(head, ARROW_SHAFT / 2), at(long, ARROW_SHAFT / 2),
        at(long, -ARROW_SHAFT / 2), at(head, -ARROW_SHAFT / 2), at(head, -ARROW_HEAD / 2),
    ]  # fmt: skip
    masks = []
    for grow in (thick_edge, 0):
        mask = Image.new("L", (size, size), 0)
        pen = ImageDraw.Draw(mask)
        pen.polygon(shape, fill=255)
        around_ = (10 + 2 * grow) * scale
        pen.line([*shape, shape[0], shape[1]], fill=255, width=around_, joint="curve")
        for x, y in shape:
            pen.ellipse((x - around_ / 2, y - around_ / 2, x + around_ / 2, y + around_ / 2), fill=255)
        masks.append(mask.resize((2 * half, 2 * half), Image.Resampling.BOX))
    return masks[0], masks[1]


def paint_arrow(image: Image.Image, tip: tuple[int, int], angle: float, long: int = ARROW_LONG) -> None:
    edge, body = _arrow(round(angle, 3), long)
    at = (tip[0] - edge.width // 2, tip[1] - edge.height // 2)
    image.paste(DARK, at, edge)
    image.paste(YELLOW, at, body)


def arrow_shape(tip: tuple[int, int], angle: float, long: int = ARROW_LONG) -> list[Box]:
    """Small boxes along the arrow, to see what it would cover."""
    c, s = math.cos(angle), math.sin(angle)
    boxes = []
    for back in range(0, long + 20, 20):
        half = min(ARROW_HEAD / 2, back * 0.85) if back < 110 else ARROW_SHAFT / 2
        half += ARROW_EDGE + 6
        x, y = tip[0] - back * c, tip[1] - back * s
        boxes.append(Box(round(x - half), round(y - half), round(x + half), round(y + half)))
    return boxes


def place_arrow(spot: Spot, screen: Box, taken: list[Box]) -> tuple[tuple[int, int], float, int] | None:
    """Tip, direction and length of an arrow to the ring through empty screen; None where there is no room."""
    outer = outer_of(spot)
    x, y = outer.middle
    for long in (ARROW_LONG, 270, 220):
        for degrees in (57, 123, 40, 140, 72, 108, -57, -123, -40, -140, 90, -90, 20, 160, 0, 180, -20, -160):
            angle = math.radians(degrees)
            tip = _off(outer, x, y, angle)
            boxes = arrow_shape(tip, angle, long)
            if all(screen.grown(-10).holds(b) for b in boxes) and not any(b.meets(t) for b in boxes for t in taken):
                return tip, angle, long
    return None


def _off(outer: Box, x: int, y: int, angle: float) -> tuple[int, int]:
    """The point about 20 off the ring's outer edge, on the way from its middle against `angle`."""
    c, s = math.cos(angle), math.sin(angle)
    reach_x = outer.wide / 2 / abs(c) if abs(c) > 1e-6 else math.inf
    reach_y = outer.tall / 2 / abs(s) if abs(s) > 1e-6 else math.inf
    radius = min(reach_x, reach_y, math.hypot(outer.wide, outer.tall) / 2 * 0.93) + 26
    return (round(x - c * radius), round(y - s * radius))


def paint_swipe(image: Image.Image, swipe: Swipe) -> None:
    """A finger's way: a large arrow, and a round finger mark where it begins (and where it rests)."""
    (x0, y0), (x1, y1) = swipe.start, swipe.end
    angle = math.atan2(y1 - y0, x1 - x0)
    long = round(math.hypot(x1 - x0, y1 - y0))
    paint_arrow(image, swipe.end, angle, long)
    disc(image, x0, y0, 74)
    if swipe.other:
        paint_swipe(image, swipe.other)


def disc(image: Image.Image, x: int, y: int, radius: int) -> None:
    for r, paint in (
        (radius, DARK),
        (radius - ARROW_EDGE, YELLOW),
        (radius - 40, DARK),
        (radius - 48, colour("#FFFFFF")),
    ):
        fill(image, Box(x - r, y - r, x + r, y + r), paint, r)


def screen_mask(size: tuple[int, int], box: Box) -> Image.Image:
    mask = Image.new("L", size, 0)
    mask.paste(255, (box.x0, box.y0, box.x1, min(box.y1, size[1])))
    return ImageChops.multiply(mask, mask)
