"""Every shipped screen, on every phone, in every language and state, each element ringed: measured, not looked at."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterable
from pathlib import Path

import pytest
from PIL import Image

from lessons.model import Picture
from media import ring
from media.drawing import paint
from media.drawing.marks import Box, Line, Scene, Sign, Words
from media.picture import arrow_to, layout
from media.screen_file import Reader
from media.screens import ScreenLibrary, load_screens
from media.sheet import every_picture

DOCS = Path(__file__).parents[2] / "docs" / "screens.md"


def every_screen() -> ScreenLibrary:
    """The shipped screens, and the examples of the page that teaches how to write one."""
    examples = re.findall(r"```toml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.S)
    read = [Reader(f"example {n}", text).screen(f"example-{n}") for n, text in enumerate(examples)]
    return ScreenLibrary([*load_screens().screens.values(), *read])


def some_of(pictures: Iterable[Picture], one_in: int) -> list[Picture]:
    """The first picture of each screen in each language, and of the others always the same part, spread over everything;
    all of them with HANDRAIL_ALL_PICTURES=1 (`make bench`), which takes a quarter of an hour."""
    found, seen = [], set()
    for picture in pictures:
        first = (picture.screen, picture.phone_language)
        name = "/".join((*first, picture.element, picture.state, picture.maker))
        if ALL or first not in seen or zlib.crc32(name.encode()) % one_in == 0:
            found.append(picture)
        seen.add(first)
    return found


ALL = os.environ.get("HANDRAIL_ALL_PICTURES") == "1"
SCREENS = every_screen()
PICTURES = some_of(every_picture(SCREENS), 8)
CONTRAST = 7.0


def luminance(colour: tuple[int, int, int]) -> float:
    parts = [c / 255 for c in colour]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: tuple[int, int, int], b: tuple[int, int, int]) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def dimmed(colour: tuple[int, int, int]) -> tuple[int, int, int]:
    return tuple(round(c * (1 - ring.DIM) + n * ring.DIM) for c, n in zip(colour, ring.NAVY, strict=True))  # type: ignore[return-value]


def shown(scene: Scene) -> Box:
    return scene.screen.within(Box(0, 0, 1080, scene.tall))


def visible(scene: Scene) -> list[Words]:
    return [w for w in scene.words() if w.box.y0 < min(scene.cut_at, scene.tall)]


def letters_under_65(scene: Scene, target: str) -> list[str]:
    return [f"{w.text!r} {w.face.size}" for w in scene.words() if w.face.size < 65]


def small_target(scene: Scene, target: str) -> list[str]:
    return [f"{w.text!r} {w.face.size}" for w in scene.words() if w.label and w.element == target and w.face.size < 86]


def words_off_the_screen(scene: Scene, target: str) -> list[str]:
    glass = shown(scene).grown(-8)
    return [
        f"{w.text!r} {w.box}"
        for w in visible(scene)
        if w.box.x0 < glass.x0
        or w.box.x1 > glass.x1
        or w.box.y0 < glass.y0
        or (not scene.runs_on and w.box.y1 > glass.y1)
    ]


def words_over_words(scene: Scene, target: str) -> list[str]:
    some = visible(scene)
    return [f"{a.text!r} over {b.text!r}" for n, a in enumerate(some) for b in some[n + 1 :] if a.box.meets(b.box)]


def words_over_icons(scene: Scene, target: str) -> list[str]:
    signs = [m for m in scene.marks if isinstance(m, Sign) and m.box.y0 < scene.cut_at]
    return [f"{w.text!r} over {s.icon}" for w in visible(scene) for s in signs if w.box.meets(s.box.grown(-6))]


def ring_over_words(scene: Scene, target: str) -> list[str]:
    spot = scene.spots.get(target)
    if spot is None:
        return []
    hole, outer = ring.hole_of(spot)[0], ring.outer_of(spot)
    return [
        f"{w.text!r} {w.box} under the ring {outer}"
        for w in visible(scene)
        if w.box.meets(outer.grown(4)) and not hole.grown(-6).holds(w.box)
    ]


def ring_off_the_picture(scene: Scene, target: str) -> list[str]:
    spot = scene.spots.get(target)
    if spot is None:
        return [] if not target or target in scene.swipes else ["no ring"]
    outer = ring.outer_of(spot)
    picture = Box(0, 0, 1080, scene.tall)
    return [] if picture.holds(outer) and outer.tall > 60 else [f"ring {outer}"]


def ring_elsewhere(scene: Scene, target: str) -> list[str]:
    spot = scene.spots.get(target)
    own = [w for w in scene.words() if w.element == target]
    return [f"{w.text!r} outside" for w in own if spot and not spot.box.holds(w.box)]


def arrow_over_words(scene: Scene, target: str) -> list[str]:
    spot = scene.spots.get(target)
    arrow = arrow_to(scene, spot) if spot else None
    if not arrow:
        return []
    return [w.text for w in visible(scene) if any(b.meets(w.box) for b in ring.arrow_shape(*arrow))]


def under_the_keyboard(scene: Scene, target: str) -> list[str]:
    top = scene.keys_at
    return [f"{name} {s.box}" for name, s in scene.spots.items() if top and s.box.y0 < top < s.box.y1 - 8]


MEASURES = [under_the_keyboard,
    letters_under_65, small_target, words_off_the_screen, words_over_words, words_over_icons, ring_over_words,
    ring_off_the_picture, ring_elsewhere, arrow_over_words,
]  # fmt: skip


@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.__name__)
def test_every_picture(measure: object) -> None:
    found: list[str] = []
    for picture in PICTURES:
        scene, target = laid_out(picture)
        name = f"{picture.screen}#{picture.element} {picture.state} {picture.maker} {picture.phone_language}"
        found += [f"{name}: {words}" for words in measure(scene, target)]  # type: ignore[operator]
    assert not found, f"{len(found)} findings:\n" + "\n".join(found[:60])


_LAID: dict[Picture, tuple[Scene, str]] = {}


def laid_out(picture: Picture) -> tuple[Scene, str]:
    if picture not in _LAID:
        p = picture
        view = SCREENS.view(p.screen, p.element, p.state, p.system, p.maker, p.phone_language)
        _LAID[picture] = (layout(picture, SCREENS), view.target)
    return _LAID[picture]


def worst(image: Image.Image, words: Words, end: int) -> tuple[float, float]:
    """The least contrast of these words against what really lies under them: (lit, dimmed)."""
    under = image.crop((words.box.x0, words.box.y0, words.box.x1, min(words.box.y1, end)))
    colours = [c for n, c in under.getcolors(1 << 20) or [] if n > under.width * under.height * 0.002]
    lit = min((contrast(words.colour, c) for c in colours), default=21.0)
    dark = min((contrast(dimmed(words.colour), dimmed(c)) for c in colours), default=21.0)
    return lit, dark


# Whose colours stand for all: the Chinese makers share theirs.
LIGHT = {("samsung", "en"), ("google", "en"), ("apple", "en"), ("huawei", "zh")}
DARK = {("samsung", "en"), ("huawei", "zh")}


@pytest.mark.media
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_contrast_of_every_word(dark: bool) -> None:
    phones = DARK if dark else LIGHT
    bare = (p for p in every_picture(SCREENS) if not p.element and (p.maker, p.phone_language) in phones)
    plain = some_of(bare, 3) if not dark or ALL else some_of(bare, 3)[::2]
    found = []
    for picture in plain:
        scene = layout(picture, SCREENS, dark=dark)
        scene.marks = [m for m in scene.marks if not isinstance(m, Line)]  # a link's underline is no ground
        image = paint.glass(scene, letters=False)
        for words in visible(scene):
            lit, dimmer = worst(image, words, min(scene.cut_at, scene.tall))
            if min(lit, dimmer) < CONTRAST:
                found.append(
                    f"{picture.screen} {picture.maker} {picture.phone_language}: {words.text!r} {lit:.1f} {dimmer:.1f}"
                )
    assert not found, f"{len(found)} findings:\n" + "\n".join(found[:60])


def test_the_ring_can_be_told_from_anything() -> None:
    assert contrast(ring.YELLOW, ring.DARK) > 12
    assert max(contrast(ring.DARK, (200, 204, 211)), contrast(ring.YELLOW, (200, 204, 211))) > 11
