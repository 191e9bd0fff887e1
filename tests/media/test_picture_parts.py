"""Single parts of drawn screens: keys, the camera's corners, the phone's side buttons, two fingers."""

from __future__ import annotations

import pytest

from lessons.model import MAKERS, Picture
from media.drawing.marks import Scene, Words
from media.picture import layout
from media.screen_file import Reader
from media.screens import ScreenError, ScreenLibrary

KEYS = """
kind = "chat"
keyboard = "letters"
names = { en = "Anna" }
[[elements]]
id = "send"
part = "round"
names = { en = "Send" }
[[elements]]
id = "letter"
part = "key"
key = "g"
[[elements]]
id = "microphone"
part = "key"
key = "mic"
[[elements]]
id = "enter"
part = "key"
key = "enter"
names = { en = "Go" }
"""
CAMERA = """
kind = "camera"
[[elements]]
id = "last"
part = "thumbnail"
[[elements]]
id = "flip"
part = "flip"
"""
DEVICE = """
kind = "device"
[[elements]]
id = "louder"
part = "side"
place = "volume-up"
[[elements]]
id = "power"
part = "side"
place = "power"
"""
HOME = """
kind = "home"
[[elements]]
id = "edge"
part = "swipe"
move = "down"
"""
PINCH = """
kind = "gesture"
over = "home"
[[elements]]
id = "edge"
move = "pinch-out"
"""


def scene_of(text: str, element: str, maker: str = "samsung", **more: str) -> Scene:
    files = {"one": text, **more}
    library = ScreenLibrary([Reader(f"{name}.toml", words).screen(name) for name, words in files.items()])
    return layout(Picture("one", element, "", MAKERS[maker], maker, "en"), library)


def words(scene: Scene, text: str) -> Words:
    return next(w for w in scene.words() if w.text == text)


@pytest.mark.parametrize("maker", ["samsung", "google", "apple"])
def test_a_single_key_is_ringed_and_its_neighbours_are_not(maker: str) -> None:
    scene = scene_of(KEYS, "letter", maker)
    box = scene.spots["letter"].box
    assert box.holds(words(scene, "g").box)
    assert words(scene, "g").face.size > words(scene, "h").face.size
    assert not any(box.meets(words(scene, letter).box) for letter in "fhtyvb")


def test_the_microphone_is_where_the_phone_has_it() -> None:
    android, iphone = (scene_of(KEYS, "microphone", maker) for maker in ("samsung", "apple"))
    assert android.spots["microphone"].box.y1 < words(android, "q").box.y0
    assert iphone.spots["microphone"].box.y0 > words(iphone, "?123").box.y1


def test_words_on_a_round_button_and_on_the_enter_key() -> None:
    scene = scene_of(KEYS, "send")
    for element, text in (("send", "Send"), ("enter", "Go")):
        assert scene.spots[element].box.holds(words(scene, text).box)


@pytest.mark.parametrize(
    ("maker", "more", "left"),
    [("samsung", "", True), ("apple", "", True), ("google", "", False), ("google", 'side = "left"\n', True)],
)
def test_the_last_photo_is_on_the_side_that_the_phone_has(maker: str, more: str, left: bool) -> None:
    scene = scene_of(CAMERA.replace('part = "thumbnail"\n', f'part = "thumbnail"\n{more}'), "last", maker)
    assert (scene.spots["last"].box.middle[0] < 540) == left


def test_side_buttons_are_where_the_maker_has_them() -> None:
    for maker, at_left in (("samsung", False), ("apple", True)):
        scene = scene_of(DEVICE, "louder", maker)
        assert (scene.spots["louder"].box.middle[0] < 540) == at_left
        assert scene.spots["power"].box.middle[0] > 540
        assert not any(scene.spots[name].box.holds(scene.screen) for name in ("louder", "power"))


def test_a_gesture_goes_before_one_of_the_same_name_below() -> None:
    swipe = scene_of(PINCH, "edge", home=HOME).swipes["edge"]
    assert swipe.other is not None
    (x0, y0), (x1, y1) = swipe.start, swipe.end
    assert abs(x1 - 540) > abs(x0 - 540) and abs(y1 - 620) > abs(y0 - 620), "fingers move apart"


def test_a_key_that_there_is_not_is_named_with_its_line() -> None:
    with pytest.raises(ScreenError, match=r'one.toml:12: key is one letter .*; did you mean "space"'):
        Reader("one.toml", KEYS.replace('key = "g"', 'key = "spaec"')).screen("one")
