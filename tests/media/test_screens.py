"""Screen files: what is read, what is refused and where, and what a thing is called on a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from media.screens import ScreenError, load_screens

DOCS = Path(__file__).parents[2] / "docs" / "screens.md"
EXAMPLES = re.findall(r"```toml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.S)
SCREENS = load_screens()


def folder_with(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: re.sub(r"\W+", "-", text[:30]))
def test_every_example_of_the_page_is_a_screen(tmp_path: Path, example: str) -> None:
    library = load_screens(folder_with(tmp_path, example=example, home='kind = "home"'))
    assert library.ids()["example"]


START = 'kind = "list"\nnames = { en = "Settings" }\n\n[[elements]]\nid = "sound"\nnames = { en = "Sound" }\n'

MISTAKES = {
    "no TOML": (START + "icon =\n", ":7: not readable"),
    "kind": (START.replace('"list"', '"lst"'), ':1: kind = "lst" is not known; did you mean "list"?'),
    "key": (START + 'icn = "wifi"\n', ':7: "icn" is not known here; did you mean "icon"?'),
    "icon": (START + 'icon = "wify"\n', ':7: no icon "wify"; did you mean "wifi"?'),
    "trade mark": (START + 'icon = "bluetooth"\n', ':7: icon "bluetooth" is a trade mark'),
    "maker": (
        START + "[elements.samsong]\nnames = { en = 'S' }\n",
        ':7: "samsong" is not known here; did you mean "samsung"?',
    ),
    "key of a maker": (START + "[elements.samsung]\nname = { en = 'S' }\n", ':8: "name" is not known under samsung'),
    "only": (START + 'only = ["iphon"]\n', ':7: "iphon" is no system or maker; did you mean "iphone"?'),
    "state": (START + 'states = ["on"]\n', ':7: no such state "on"'),
    "part": (START + 'part = "rwo"\n', ':7: part = "rwo" is not known in a list; did you mean "row"?'),
    "id-is": (START + '[elements.iphone]\nid-is = "sund"\n', ':8: id-is = "sund": no such other element'),
    "itself": (START + '[elements.iphone]\nid-is = "sound"\n', ':8: id-is = "sound": no such other element'),
    "no id": (START + '\n[[elements]]\nicon = "wifi"\n', ":8: an element needs an id"),
    "twice": (START + '\n[[elements]]\nid = "sound"\n', ':9: the id "sound" stands twice'),
    "order": ('order = ["sond"]\n' + START, ':1: order names "sond", which is no element; did you mean "sound"?'),
    "words": (START + 'second = ["Loud"]\n', ":7: second has words by language"),
    "language": (START + 'second = { english = "Loud" }\n', ':7: "english" under second is no language'),
    "flag": (START + 'gap = "yes"\n', ":7: gap is true or false"),
    "gesture": ('kind = "gesture"\n', ":1: a gesture needs over"),
    "over": ('kind = "gesture"\nover = "hone"\n', ':1: over = "hone": no such screen'),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, name: str) -> None:
    text, words = MISTAKES[name]
    with pytest.raises(ScreenError) as error:
        load_screens(folder_with(tmp_path, one=text))
    assert f"/one.toml{words}" in str(error.value)


NAMES = [  # screen, element, system, maker, language: text, sure
    ("settings", "network", "android", "samsung", "en", "Connections", True),
    ("settings", "network", "android", "samsung", "zh", "连接", True),
    ("settings", "network", "android", "google", "en", "Network & internet", True),
    ("settings", "network", "iphone", "", "en", "Wi-Fi", True),
    ("settings", "network", "iphone", "apple", "zh", "无线局域网", True),
    ("settings", "network", "harmony", "", "zh", "WLAN", True),
    ("settings", "network", "android", "xiaomi", "zh", "WLAN", True),
    ("settings", "network", "android", "", "en", "Connections", False),
    ("settings", "wi-fi", "android", "samsung", "en", "Connections", True),
    ("home", "settings", "android", "", "en", "Settings", True),
    ("home", "photos", "android", "xiaomi", "zh", "相册", True),
    ("settings", "", "iphone", "", "zh", "设置", True),
    ("wifi-password", "connect", "android", "oppo", "zh", "连接", False),
    ("wifi-password", "eye", "android", "samsung", "en", None, True),
    ("nowhere", "eye", "android", "samsung", "en", None, True),
    ("settings", "nothing", "android", "samsung", "en", None, True),
]


@pytest.mark.parametrize(("screen", "element", "system", "maker", "language", "text", "sure"), NAMES)
def test_names(screen: str, element: str, system: str, maker: str, language: str, text: str | None, sure: bool) -> None:
    name = SCREENS.name(screen, element, system=system, maker=maker, language=language)
    assert (name.text if name else None) == text
    assert name is None or name.sure is sure


def test_an_unknown_maker_is_told_every_name_in_use() -> None:
    name = SCREENS.name("settings", "network", system="android", maker="", language="en")
    assert name is not None and set(name.likely) >= {"Connections", "Network & internet"}


def test_a_chinese_phone_never_shows_the_words_of_stock_android() -> None:
    for maker in ("huawei", "honor", "vivo", "oppo", "xiaomi", ""):
        for screen in SCREENS.ids():
            system = "harmony" if maker == "huawei" else "android"
            view = SCREENS.view(screen, "", "", system, maker, "zh")
            assert "网络和互联网" not in [view.title, *(item.name for item in view.items)]


def test_states_change_what_is_there() -> None:
    on, off = (SCREENS.view("wifi-list", "switch", s, "android", "google", "en") for s in ("on", "off"))
    assert [i.text("switch") for i in (*on.items, *off.items) if i.id == "switch"] == ["on", "off"]
    assert "home-network" in [i.id for i in on.items] and "home-network" not in [i.id for i in off.items]
    assert on.at.get("wifi-on") and not off.at.get("wifi-on")


def test_order_and_groups() -> None:
    view = SCREENS.view("settings", "wi-fi", "", "android", "oppo", "zh")
    assert [i.id for i in view.items][:4] == ["search", "wi-fi", "mobile", "bluetooth"]
    assert next(i for i in view.items if i.id == "home-screen").at["gap"] is True


def test_has() -> None:
    assert SCREENS.has("wifi-list", "home-network", "on")
    assert not SCREENS.has("wifi-list", "home-network", "onn")
    assert not SCREENS.has("wifi-list", "home-networks")
    assert not SCREENS.has("wifilist")
