"""A picture for a lesson: the drawn phone, or the lesson's own photograph, with the target ringed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageOps

from lessons.model import Picture
from media import ring
from media.closer import closer
from media.drawing import device, flow, glass, home, maps, outside, paint, phone, recents, shade, talk
from media.drawing.board import Board
from media.drawing.marks import Art, Box, Fill, Scene, Sign, Spot, Words
from media.drawing.mirror import AS_THEY_ARE, from_the_right, mirror
from media.drawing.panel import panel
from media.drawing.swipes import add_swipes
from media.screens import ScreenLibrary, View

LAYOUTS: Mapping[str, Callable[[View], Board]] = {
    "list": flow.flow,
    "app": flow.flow,
    "chats": flow.flow,
    "browser": flow.flow,
    "home": home.home,
    "dialog": panel,
    "password": panel,
    "chat": talk.chat,
    "camera": glass.camera,
    "photos": glass.photos,
    "photo": glass.photo,
    "dialler": phone.dialler,
    "call": phone.call,
    "lock": phone.lock,
    "shade": shade.shade,
    "recents": recents.recents,
    "map": maps.maps,
    "menu": panel,
    "pin": outside.pin,
    "power": outside.power,
    "volume": outside.volume,
    "device": device.device,
}
OVER = ("dialog", "password", "menu", "volume")
OWN_MOST = 1600


class PictureError(Exception):
    """The picture cannot be drawn, with the reason in words."""


def layout(picture: Picture, screens: ScreenLibrary, *, dark: bool = False) -> Scene:
    """Every mark of the screen with its box, nothing painted. Raises ScreenError for an unknown name."""
    view = screens.view(
        picture.screen, picture.element, picture.state, picture.system, picture.maker, picture.phone_language
    )
    if dark:
        view = replace(view, at={**view.at, "dark": True})
    board = LAYOUTS[view.kind](view)
    if view.kind in OVER and view.at.get("over"):
        below = screens.view(str(view.at["over"]), "", "", picture.system, picture.maker, picture.phone_language)
        if board.look.dark:
            below = replace(below, at={**below.at, "dark": True})
        board.scene.behind = LAYOUTS[below.kind](below).scene
        if from_the_right(below.language):
            mirror(board.scene.behind)
    if from_the_right(view.language) and view.kind not in AS_THEY_ARE:
        mirror(board.scene)
    add_swipes(board)
    return board.scene


def draw(
    picture: Picture,
    screens: ScreenLibrary,
    *,
    crop: bool = False,
    own_folder: Path | None = None,
    dark: bool = False,
) -> Image.Image:
    """Draw it. `crop` gives the part round the ring, large; `dark` a phone in dark mode. Raises ScreenError or
    PictureError in words."""
    if picture.own:
        return own(picture, own_folder, crop=crop)
    view = screens.view(
        picture.screen, picture.element, picture.state, picture.system, picture.maker, picture.phone_language
    )
    scene = layout(picture, screens, dark=dark or picture.dark)
    return finish(scene, view.target, crop=crop)


def finish(scene: Scene, target: str, *, crop: bool = False) -> Image.Image:
    """Paint a laid-out screen, dim it and point at the target."""
    spot = scene.spots.get(target)
    swipe = scene.swipes.get(target)
    inside = paint.glass(scene)
    if spot is not None:
        inside = ring.dim(inside, spot)
    elif swipe is not None:
        inside = ring.dim(inside, None, 0.12)
    image = paint.phone(scene, inside)
    if spot is not None:
        arrow = arrow_to(scene, spot)
        ring.ring(image, spot)
        if arrow:
            ring.paint_arrow(image, *arrow)
        return closer(image, scene, spot, arrow) if crop else image
    if swipe is not None:
        ring.paint_swipe(image, swipe)
    return image


def arrow_to(scene: Scene, spot: Spot) -> tuple[tuple[int, int], float, int] | None:
    """The arrow to a small target, where there is empty screen for one."""
    if min(spot.box.wide, spot.box.tall) >= ring.SMALL or spot.box.wide >= 2 * ring.SMALL:
        return None
    taken = [m.box.grown(12) for m in scene.marks if isinstance(m, Words | Sign) and not spot.box.holds(m.box)]
    taken += [m.box for m in scene.marks if isinstance(m, Fill) and m.box.wide == m.box.tall <= 40]  # a password's dots
    taken.append(Box(36, 38, 1044, 136))  # the status bar
    shapes = [m.box for m in scene.marks if isinstance(m, Fill) and 40 < m.box.wide <= 320 and m.box.tall > 40]
    shapes += [m.box for m in scene.marks if isinstance(m, Art) and m.box.wide < 900]
    shapes = [box for box in shapes if not spot.box.grown(30).holds(box)]  # switches, buttons, pictures of apps
    placed = ring.place_arrow(spot, scene.screen, taken + shapes)
    if placed is None and spot.box.wide < 220:  # rather over a picture than a small target without an arrow
        placed = ring.place_arrow(spot, scene.screen, taken)
    return placed


def own(picture: Picture, folder: Path | None, *, crop: bool) -> Image.Image:
    """The lesson's own picture, at most 1080 wide, with the same ring and dimming."""
    if folder is None:
        raise PictureError(f"{picture.own}: no folder of lessons was given")
    path = folder / picture.own
    if not path.is_file():
        raise PictureError(f"{picture.own}: there is no such picture")
    with Image.open(path) as opened:
        image = ImageOps.exif_transpose(opened).convert("RGB")
    scale = paint.WIDE / image.width
    image = image.resize((paint.WIDE, max(1, min(OWN_MOST, round(image.height * scale)))), Image.Resampling.LANCZOS)
    if picture.ring is None:
        return image
    x, y, wide, tall = (value / 100 for value in picture.ring)
    box = Box(
        round(x * image.width),
        round(y * image.height),
        round((x + wide) * image.width),
        round((y + tall) * image.height),
    )
    spot = Spot(box.grown(ring.RING // 2), min(60, box.tall // 2))
    image = ring.dim(image, spot)
    ring.ring(image, spot)
    scene = Scene(image.height, Box(0, 0, image.width, image.height), False, paint.PAPER)
    return closer(image, scene, spot, None) if crop else image
