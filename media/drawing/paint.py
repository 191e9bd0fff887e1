"""Paints the marks of a laid-out screen. Corners are smooth because each radius is made large once and shrunk."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image, ImageDraw, ImageFilter

from media.drawing.letters import font, icon_font, pieces
from media.drawing.marks import Art, Box, Colour, Fill, Line, Mark, Outline, Scene, Sign, Words, colour
from media.drawing.scenes import art
from media.screen_values import icon_codes

SMOOTH = 6
PAPER = colour("#D9E1E8")
WIDE = 1080


@lru_cache(maxsize=128)
def corner(radius: int) -> Image.Image:
    """The top left quarter of a filled circle."""
    large = Image.new("L", (radius * SMOOTH, radius * SMOOTH), 0)
    ImageDraw.Draw(large).ellipse((0, 0, 2 * radius * SMOOTH - 1, 2 * radius * SMOOTH - 1), fill=255)
    return large.resize((radius, radius), Image.Resampling.BOX)


@lru_cache(maxsize=256)
def rounded(wide: int, tall: int, radius: int) -> Image.Image:
    """A mask of a box with round corners."""
    radius = max(0, min(radius, wide // 2, tall // 2))
    mask = Image.new("L", (max(1, wide), max(1, tall)), 255)
    if radius:
        quarter = corner(radius)
        flipped = quarter.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        mask.paste(quarter, (0, 0))
        mask.paste(flipped, (wide - radius, 0))
        mask.paste(quarter.transpose(Image.Transpose.FLIP_TOP_BOTTOM), (0, tall - radius))
        mask.paste(flipped.transpose(Image.Transpose.FLIP_TOP_BOTTOM), (wide - radius, tall - radius))
    return mask


def fill(image: Image.Image, box: Box, paint: Colour, radius: int) -> None:
    if box.wide <= 0 or box.tall <= 0:
        return
    if radius:
        image.paste(paint, (box.x0, box.y0), rounded(box.wide, box.tall, radius))
    else:
        image.paste(paint, (box.x0, box.y0, box.x1, box.y1))


@lru_cache(maxsize=32)
def _shadow(wide: int, tall: int, radius: int) -> Image.Image:
    small = Image.new("L", (wide // 4 + 40, tall // 4 + 40), 0)
    small.paste(90, (20, 20), rounded(wide // 4, tall // 4, radius // 4))
    return small.filter(ImageFilter.GaussianBlur(6)).resize((wide + 160, tall + 160), Image.Resampling.BILINEAR)


def shadow(image: Image.Image, box: Box, radius: int) -> None:
    image.paste(colour("#2A3646"), (box.x0 - 80, box.y0 - 70), _shadow(box.wide, box.tall, radius))


def words(image: Image.Image, mark: Words) -> None:
    pen = ImageDraw.Draw(image)
    for piece, family, x in pieces(mark.text, mark.face):
        if piece.strip():
            face = font(family, mark.face.weight, mark.face.size)
            pen.text((mark.x + x, mark.y), piece, font=face, fill=mark.colour, anchor="ls")


def sign(image: Image.Image, mark: Sign) -> None:
    """A filled icon is drawn a hair fatter: where its inside was filled in, the font leaves thin seams."""
    if mark.flipped:
        mask = Image.new("L", (mark.box.wide, mark.box.tall), 0)
        _icon(mask, (0, mark.box.wide), mark, 255)
        image.paste(mark.colour, (mark.box.x0, mark.box.y0), mask.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
    else:
        _icon(image, (mark.box.x0, mark.box.y0 + mark.box.wide), mark, mark.colour)


def _icon(image: Image.Image, at: tuple[int, int], mark: Sign, ink: Colour | int) -> None:
    face = icon_font(mark.filled, mark.box.wide)
    fatter = max(0.7, mark.box.wide * 0.009) if mark.filled else 0
    ImageDraw.Draw(image).text(
        at, icon_codes()[mark.icon], font=face, fill=ink, anchor="ls", stroke_width=fatter, stroke_fill=ink
    )


def line(image: Image.Image, mark: Line) -> None:
    xs, ys = [p[0] for p in mark.points], [p[1] for p in mark.points]
    edge = mark.thick
    box = Box(min(xs) - edge, min(ys) - edge, max(xs) + edge, max(ys) + edge)
    scale = 4
    mask = Image.new("L", (box.wide * scale, box.tall * scale), 0)
    pen = ImageDraw.Draw(mask)
    points = [((x - box.x0) * scale, (y - box.y0) * scale) for x, y in mark.points]
    pen.line(points, fill=255, width=mark.thick * scale, joint="curve")
    half = mark.thick * scale / 2
    for x, y in points:
        pen.ellipse((x - half, y - half, x + half, y + half), fill=255)
    image.paste(mark.colour, (box.x0, box.y0), mask.resize((box.wide, box.tall), Image.Resampling.BOX))


def outline(image: Image.Image, mark: Outline) -> None:
    fill(image, mark.box, mark.colour, mark.radius)
    fill(image, mark.box.grown(-mark.thick), mark.inside, max(0, mark.radius - mark.thick))


def one(image: Image.Image, mark: Mark) -> None:
    match mark:
        case Words():
            words(image, mark)
        case Sign():
            sign(image, mark)
        case Fill():
            if mark.shadow:
                shadow(image, mark.box, mark.radius)
            fill(image, mark.box, mark.colour, mark.radius)
        case Outline():
            outline(image, mark)
        case Line():
            line(image, mark)
        case Art():
            drawn = art(mark.name, mark.box.wide, mark.box.tall)
            image.paste(drawn, (mark.box.x0, mark.box.y0), rounded(mark.box.wide, mark.box.tall, mark.radius))


def glass(scene: Scene, *, letters: bool = True) -> Image.Image:
    """The marks alone, on the screen's own colour, as large as the picture; without letters for measuring."""
    image = Image.new("RGB", (WIDE, scene.tall), scene.background)
    if scene.behind is not None:
        image.paste(out_of_focus(scene.behind, scene.dark), (0, 0))
    for mark in scene.marks:
        if letters or not isinstance(mark, Words):
            one(image, mark)
    return image


def out_of_focus(scene: Scene, dark: bool) -> Image.Image:
    """The page under a box: blurred until nothing can be read, and quieter than the box."""
    whole = glass(scene)
    small = whole.resize((WIDE // 12, scene.tall // 12), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(2))
    veil = Image.new("RGB", small.size, colour("#080B11") if dark else colour("#DFE4ED"))
    return Image.blend(small, veil, 0.64).resize(whole.size, Image.Resampling.BICUBIC)


@lru_cache(maxsize=8)
def _phone(tall: int, screen: Box, dark: bool) -> Image.Image:
    """The picture round the screen: paper, a soft shadow, the case."""
    image = Image.new("RGB", (WIDE, tall), PAPER)
    case = screen.grown(14)
    shadow(image, Box(case.x0 + 30, case.y0 + 20, case.x1 - 30, case.y1), 104)
    fill(image, case, colour("#4A525E" if dark else "#14171C"), 104)
    return image


def phone(scene: Scene, inside: Image.Image) -> Image.Image:
    """The finished screen put into its case."""
    image = _phone(scene.tall, scene.screen, scene.dark).copy()
    box = scene.screen
    cropped = inside.crop((box.x0, box.y0, box.x1, min(box.y1, scene.tall)))
    mask = rounded(box.wide, box.tall, 90).crop((0, 0, box.wide, cropped.height))
    image.paste(cropped, (box.x0, box.y0), mask)
    for mark in scene.outside:
        one(image, mark)
    return image
