"""The picture of what was taken for what: only what was confused is on it, the commonest mistake is the darkest."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from media.confusion import CELL, INK, MANY, NOTHING, PAPER, RIGHT, _letters, draw_confusion

RIGHT_OF = {"stuck": (40, 50), "lost": (30, 36), "repeat": (9, 10), "thanks": (20, 20)}
CONFUSION = {("stuck", "lost"): 7, ("stuck", "repeat"): 3, ("lost", "stuck"): 6, ("repeat", "simpler"): 1}


def count(image: Image.Image, colour: tuple[int, int, int]) -> int:
    return int((np.asarray(image) == np.array(colour)).all(axis=2).sum())


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def test_only_what_was_confused_takes_room() -> None:
    image = draw_confusion(RIGHT_OF, CONFUSION)
    without = draw_confusion({k: v for k, v in RIGHT_OF.items() if k != "thanks"}, CONFUSION)
    assert image.tobytes() == without.tobytes()
    fewer = draw_confusion(RIGHT_OF, {k: v for k, v in CONFUSION.items() if k[0] != "repeat"})
    assert image.height - fewer.height >= CELL


def test_the_commonest_mistake_is_the_darkest_and_the_right_answer_has_its_own_colour() -> None:
    image = draw_confusion(RIGHT_OF, CONFUSION)
    # One cell of the deepest colour, less its number; three intents stand on both sides.
    assert CELL * CELL * 0.6 < count(image, MANY) < CELL * CELL
    assert count(image, rgb(RIGHT)) == pytest.approx(3 * (CELL - 1) ** 2, rel=0.1)


def test_a_lonely_mistake_can_be_read() -> None:
    image = draw_confusion({"stuck": (9, 10)}, {("stuck", "lost"): 1})
    assert count(image, rgb(INK)) > 100
    assert image.width < 600


def test_nothing_confused_says_so() -> None:
    image = draw_confusion(RIGHT_OF, {})
    assert image.width > _letters().getlength(NOTHING)
    assert count(image, rgb(INK)) > 100 and count(image, rgb(PAPER)) > 1000


def test_names_stay_inside_the_picture() -> None:
    long = "a_very_long_name_of_an_intent"
    image = np.asarray(draw_confusion({long: (1, 2)}, {(long, long + "_2"): 1}))
    border = np.concatenate(
        [image[:4].reshape(-1, 3), image[-4:].reshape(-1, 3), image[:, :4].reshape(-1, 3), image[:, -4:].reshape(-1, 3)]
    )
    assert (border == 255).all()
