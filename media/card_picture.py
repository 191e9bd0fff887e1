"""A lesson picture for paper: less dimming, so that it saves ink, and the part round the ring as tall as the page has room."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from lessons.model import Picture
from media import ring
from media.closer import between_words
from media.drawing import paint
from media.drawing.marks import Box, Scene
from media.picture import arrow_to, layout, own
from media.screens import ScreenLibrary

PAPER_DIM = 0.14
ROUND = 52  # pixels of the corners
CLEAR = 40  # pixels that stay between the ring and where the picture is cut


def drawn(
    picture: Picture, screens: ScreenLibrary, own_folder: Path | None, *, tall: int, at_least: bool = False
) -> Image.Image:
    """1080 wide and at most `tall` high, unless what is pointed at needs more. `at_least` asks for as little as that
    needs. Raises ScreenError or PictureError in words."""
    if picture.own:
        image, scene, need = _own(picture, own_folder)
    else:
        image, scene, need = _screen(picture, screens)
    tall = min(image.height, max(need.tall, 0 if at_least else tall))
    if need.y1 <= tall:
        top = 0
    else:
        top = min(max(0, need.middle[1] - tall // 2), image.height - tall)
        top = between_words(scene, top, max(0, need.y1 - tall), need.y0) if top else 0
    return image.crop((0, top, image.width, min(image.height, top + tall)))


def rounded(image: Image.Image) -> Image.Image:
    """With round corners on white, as it stands on the page."""
    page = Image.new("RGB", image.size, (255, 255, 255))
    page.paste(image, (0, 0), paint.rounded(image.width, image.height, ROUND))
    return page


def _screen(picture: Picture, screens: ScreenLibrary) -> tuple[Image.Image, Scene, Box]:
    """The whole drawn phone, its marks, and the box that must be seen."""
    view = screens.view(
        picture.screen, picture.element, picture.state, picture.system, picture.maker, picture.phone_language
    )
    scene = layout(picture, screens)
    inside = paint.glass(scene)
    spot, swipe = scene.spots.get(view.target), scene.swipes.get(view.target)
    if spot is not None:
        image = paint.phone(scene, ring.dim(inside, spot, PAPER_DIM))
        arrow = arrow_to(scene, spot)
        ring.ring(image, spot)
        need = ring.outer_of(spot)
        if arrow:
            ring.paint_arrow(image, *arrow)
            boxes = ring.arrow_shape(*arrow)
            need = Box(need.x0, min(need.y0, *(b.y0 for b in boxes)), need.x1, max(need.y1, *(b.y1 for b in boxes)))
        return image, scene, _clear(need, image)
    image = paint.phone(scene, inside)
    if swipe is not None:
        ring.paint_swipe(image, swipe)
        fingers = [swipe, *([swipe.other] if swipe.other else [])]
        ends = [y for one in fingers for _, y in (one.start, one.end)]
        return image, scene, _clear(Box(0, min(ends) - 90, image.width, max(ends) + 90), image)
    return image, scene, Box(0, 0, image.width, 1)


def _own(picture: Picture, own_folder: Path | None) -> tuple[Image.Image, Scene, Box]:
    image = own(picture, own_folder, crop=False)
    scene = Scene(image.height, Box(0, 0, image.width, image.height), False, paint.PAPER)
    if picture.ring is None:
        return image, scene, Box(0, 0, image.width, 1)
    _, y, _, tall = (value / 100 for value in picture.ring)
    return image, scene, _clear(Box(0, round(y * image.height), image.width, round((y + tall) * image.height)), image)


def _clear(box: Box, image: Image.Image) -> Box:
    return Box(box.x0, max(0, box.y0 - CLEAR), box.x1, min(image.height, box.y1 + CLEAR))
