"""A contact sheet: every shipped picture, small, on one page, to be looked at."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw

from lessons.model import MAKERS, Picture
from media.drawing.letters import font
from media.picture import draw
from media.screens import ScreenLibrary, load_screens

# Whose phones are drawn in which language: nobody in China owns stock Android.
PHONES = {
    "en": ("samsung", "google", "apple"),
    "zh": ("huawei", "honor", "vivo", "oppo", "xiaomi", "apple", "samsung"),
}
THUMB = (270, 383)
A_PAGE = 35


def every_picture(screens: ScreenLibrary, only: str = "", language: str = "", maker: str = "") -> Iterator[Picture]:
    """Every screen, state, language and phone, each element ringed once where it is drawn."""
    for screen in screens.screens if not only else (only,):
        for spoken in screens.languages(screen):
            if language and spoken != language:
                continue
            for one in PHONES.get(spoken, ("samsung", "apple")):
                if maker and one != maker:
                    continue
                for state in screens.states(screen) or ("",):
                    yield from _elements(screens, screen, state, one, spoken)


def _elements(screens: ScreenLibrary, screen: str, state: str, maker: str, language: str) -> Iterator[Picture]:
    view = screens.view(screen, "", state, MAKERS[maker], maker, language)
    own = screens.ids()[screen]
    for element in ("", *(item.id for item in view.items if item.id in own)):
        yield Picture(screen, element, state, MAKERS[maker], maker, language)


def sheet(
    pictures: list[Picture], screens: ScreenLibrary, *, crop: bool = False, dark: bool = False, across: int = 7
) -> Image.Image:
    """The pictures side by side, each with its name."""
    wide, tall = THUMB[0] + 14, THUMB[1] + 40
    page = Image.new("RGB", (wide * across, tall * max(1, -(-len(pictures) // across))), "#FFFFFF")
    pen = ImageDraw.Draw(page)
    for n, picture in enumerate(pictures):
        x, y = (n % across) * wide + 7, (n // across) * tall
        small = draw(picture, screens, crop=crop, dark=dark)
        small.thumbnail(THUMB, Image.Resampling.LANCZOS)
        page.paste(small, (x, y + 30))
        name = f"{picture.screen}#{picture.element}" + (f" {picture.state}" if picture.state else "")
        pen.text((x, y + 2), f"{name}"[:40], font=font("roboto", "medium", 14), fill="#14161B")
        pen.text(
            (x, y + 15), f"{picture.maker} {picture.phone_language}", font=font("roboto", "regular", 13), fill="#14161B"
        )
    return page


def write_sheet(
    out: Path, *, screen: str = "", language: str = "", maker: str = "", crop: bool = False, dark: bool = False
) -> int:
    """Write the sheet, in pages OUT-1, OUT-2 where there are many; returns how many pictures are on it. Raises ScreenError in words."""
    screens = load_screens()
    if screen:
        screens.view(screen, "", "", "", "", "")
    pictures = list(every_picture(screens, screen, language, maker))
    pages = [pictures[n : n + A_PAGE] for n in range(0, len(pictures), A_PAGE)]
    for n, page in enumerate(pages, 1):
        name = out if len(pages) == 1 else out.with_stem(f"{out.stem}-{n}")
        sheet(page, screens, crop=crop, dark=dark).save(name)
    return len(pictures)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    for name in ("screen", "language", "maker"):
        parser.add_argument(f"--{name}", default="")
    parser.add_argument("--crop", action="store_true", help="as Telegram shows them")
    parser.add_argument("--dark", action="store_true", help="phones in dark mode")
    given = parser.parse_args()
    count = write_sheet(
        given.out, screen=given.screen, language=given.language, maker=given.maker, crop=given.crop, dark=given.dark
    )
    print(f"{count} pictures in {given.out}")


if __name__ == "__main__":
    main()
