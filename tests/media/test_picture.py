"""Painted pictures: the same bytes each time, golden ones, the crop, a lesson's own picture, long and foreign words."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from lessons.model import Picture
from media import ring
from media.picture import PictureError, draw, layout
from media.screen_file import Reader
from media.screens import ScreenError, ScreenLibrary, load_screens

SCREENS = load_screens()
GOLDEN = Path(__file__).parent / "golden"
KEPT = {
    "samsung-settings": Picture("settings", "network", "", "android", "samsung", "en"),
    "stock-settings": Picture("settings", "network", "", "android", "google", "en"),
    "iphone-settings": Picture("settings", "wi-fi", "", "iphone", "", "en"),
    "huawei-settings": Picture("settings", "wi-fi", "", "harmony", "", "zh"),
    "message-key": Picture("wechat-typing", "send", "", "harmony", "", "zh"),
    "password": Picture("wifi-password", "eye", "", "android", "samsung", "en"),
}


@pytest.mark.parametrize("name", KEPT)
def test_golden(name: str) -> None:
    """A quarter of the size, and some tolerance: another FreeType may set a letter a hair further left."""
    now = draw(KEPT[name], SCREENS).resize((270, 360), Image.Resampling.BOX)
    path = GOLDEN / f"{name}.png"
    if not path.exists():
        now.save(path)
        pytest.fail(f"{path.name} was not there and has been drawn: look at it, then keep it")
    difference = ImageChops.difference(now, Image.open(path).convert("RGB"))
    assert max(ImageStat.Stat(difference).mean) < 2.0, (
        "looks different: look at both; delete the golden one to renew it"
    )


def test_a_black_phone_is_drawn_black_wherever_the_picture_goes() -> None:
    page = Picture(screen="settings", element="display", alt="The settings.").on("android", "samsung", "en")
    light, black = (draw(page.on("android", "samsung", "en", dark=dark), SCREENS) for dark in (False, True))
    assert black.tobytes() == draw(page, SCREENS, dark=True).tobytes() != light.tobytes()
    assert black.convert("L").getpixel((100, 900)) < 80 < 150 < light.convert("L").getpixel((100, 900))


def test_the_same_bytes_each_time() -> None:
    first, second = (hashlib.sha256(draw(p, SCREENS).tobytes()).hexdigest() for p in [KEPT["iphone-settings"]] * 2)
    assert first == second


def test_ring_and_dimming_are_where_the_layout_says() -> None:
    picture = KEPT["stock-settings"]
    image, scene = draw(picture, SCREENS), layout(picture, SCREENS)
    spot = scene.spots["network"]
    middle_y = spot.box.middle[1]
    assert image.getpixel((spot.box.x0, middle_y)) == ring.YELLOW
    assert image.getpixel((spot.box.x0 - 14, middle_y)) == ring.DARK
    assert image.getpixel((spot.box.x1 - 30, middle_y)) == (255, 255, 255)
    below = image.getpixel((spot.box.x1 - 30, spot.box.y1 + 100))
    assert below == (200, 204, 210)  # white, dimmed


def test_size() -> None:
    assert draw(KEPT["samsung-settings"], SCREENS).size == (1080, 1440)
    assert draw(KEPT["password"], SCREENS).size == (1080, 1530)


ROWS = [name for name, picture in KEPT.items() if picture.element not in ("eye", "send")]


@pytest.mark.parametrize("name", ROWS)
def test_a_crop_holds_the_whole_ring(name: str) -> None:
    small = draw(KEPT[name], SCREENS, crop=True)
    assert small.width == 1080 and 480 <= small.height <= 900
    whole, cut = (sum(p == ring.YELLOW for p in i.get_flattened_data()) for i in (draw(KEPT[name], SCREENS), small))
    assert whole == cut > 1000


@pytest.mark.parametrize("name", sorted(set(KEPT) - set(ROWS)))
def test_a_small_target_is_enlarged_with_the_whole_phone_beside_it(name: str) -> None:
    small = draw(KEPT[name], SCREENS, crop=True)
    assert small.size == (1080, 768)
    yellow = [i.point(lambda v: 255 * (v > 200)) for i in (draw(KEPT[name], SCREENS), small)]
    whole, large = (
        sum(p == (255, 255, 0) for p in i.crop((0, 0, limit, i.height)).get_flattened_data())
        for i, limit in zip(yellow, (1080, 744), strict=True)
    )
    assert large > whole, "the ring and its arrow are larger than on the whole picture"
    beside = small.crop((772, 24, 1056, 744))
    assert ring.YELLOW in set(beside.get_flattened_data()), "what is enlarged is marked on the small phone"


def test_an_unknown_name_is_said_in_words() -> None:
    with pytest.raises(ScreenError, match='no screen "setings"; did you mean "settings"'):
        draw(Picture("setings", "network"), SCREENS)
    with pytest.raises(ScreenError, match='no element "netwrk"; did you mean "network"'):
        draw(Picture("settings", "netwrk"), SCREENS)


def test_own_picture_is_ringed_in_per_cent(tmp_path: Path) -> None:
    (tmp_path / "my-lesson").mkdir()
    Image.new("RGB", (540, 600), "white").save(tmp_path / "my-lesson" / "shot.png")
    picture = Picture(own="my-lesson/shot.png", ring=(20, 40, 50, 20))
    image = draw(picture, SCREENS, own_folder=tmp_path)
    assert image.size == (1080, 1200)
    assert image.getpixel((540, 600)) == (255, 255, 255)
    assert image.getpixel((20, 20)) == (200, 204, 210)
    assert ring.YELLOW in {image.getpixel((x, 600)) for x in range(180, 220)}
    with pytest.raises(PictureError, match="there is no such picture"):
        draw(Picture(own="my-lesson/other.png"), SCREENS, own_folder=tmp_path)


LONG = """
kind = "list"
names = { de = "Benachrichtigungseinstellungen", ru = "Настройки уведомлений", ar = "الإعدادات", vi = "Cài đặt" }
[[elements]]
id = "network"
icon = "wifi"
names = { de = "Netzwerkverbindungen und Internet", ru = "Сеть и интернет", ar = "الشبكة والإنترنت", vi = "Mạng và Internet" }
second = { de = "Mobilfunk, Datenverbrauch", ru = "Мобильная сеть, точка доступа", ar = "الهاتف ونقطة الاتصال", vi = "Di động, điểm phát sóng" }
value = { de = "Ausgeschaltet", ru = "Выключено", ar = "متوقف", vi = "Tắt" }
[[elements]]
id = "access"
icon = "accessibility_new"
names = { de = "Bedienungshilfenverknüpfungen", ru = "Специальные возможности", ar = "إمكانية الوصول", vi = "Hỗ trợ" }
switch = "on"
"""


@pytest.mark.parametrize("language", ["de", "ru", "ar", "vi"])
@pytest.mark.parametrize("maker", ["samsung", "google", "apple"])
def test_long_words_shrink_then_wrap_and_stay_inside(language: str, maker: str) -> None:
    screens = ScreenLibrary([Reader("long.toml", LONG).screen("long")])
    system = "iphone" if maker == "apple" else "android"
    scene = layout(Picture("long", "network", "", system, maker, language), screens)
    words = scene.words()
    assert all(w.face.size >= (86 if w.label else 65) for w in words)
    assert all(w.box.x0 >= 44 and w.box.x1 <= 1036 for w in words), [(w.text, w.box) for w in words]
    assert not [(a.text, b.text) for n, a in enumerate(words) for b in words[n + 1 :] if a.box.meets(b.box)]
