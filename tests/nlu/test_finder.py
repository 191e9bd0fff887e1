"""Which lesson a question asks for: from lines alone, so that a lesson added as a file is found at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from nlu.finder import LEAST, Finder, Phrases

CALL = Phrases("make-call", "en", ("ring somebody up", "call my son", "telephone the doctor"))
PHOTO = Phrases("send-photo", "en", ("send a photo", "get a picture to my daughter", "share my snaps"))
WEATHER = Phrases("weather", "en", ("will it rain", "look up the forecast"))


class Colours:
    """A stand-in for sentence vectors: a direction for each of four words, none for the others."""

    name = "colours"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.array([[t.lower().count(w) for w in ("red", "blue", "green", "grey")] for t in texts], dtype=float)
        return (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)).astype(np.float32)


@pytest.mark.parametrize(
    ("asked", "lesson"),
    [
        ("how do I send a photo to Ann", "send-photo"),
        ("I would like to telephone the doctor please", "make-call"),
        ("will it rian", "weather"),
    ],
)
def test_by_letters_alone(asked: str, lesson: str) -> None:
    assert Finder([CALL, PHOTO, WEATHER]).find(asked, "en")[0][0] == lesson


def test_a_line_to_the_letter_scores_one() -> None:
    for encoder in (None, Colours()):
        assert Finder([CALL, PHOTO], encoder).find("Call my son", "en")[0] == ("make-call", 1.0)


def test_a_new_lesson_is_found_at_once() -> None:
    assert "weather" not in dict(Finder([CALL]).find("will it rain", "en"))
    assert Finder([CALL, WEATHER]).find("will it rain", "en")[0] == ("weather", 1.0)


def test_several_near_lines_weigh_more_than_one() -> None:
    once = Phrases("once", "en", ("red thing", "blue thing", "green thing", "grey thing"))
    often = Phrases("often", "en", ("red and grey", "grey and red now", "red with grey", "grey beside red"))
    (best, score), (second, less) = Finder([once, often], Colours()).find("something red", "en")
    assert (best, second) == ("often", "once") and score > less >= LEAST


def test_what_was_learned_tips_the_scale() -> None:
    one, other = Phrases("one", "en", ("red box",)), Phrases("other", "en", ("red bag",))
    finder = Finder([one, other], Colours())
    finder.learned["en"] = lambda text: {"one": 0.02, "other": 0.9}
    assert finder.find("a red thing", "en")[0][0] == "other"


def test_nothing_near_and_nothing_said() -> None:
    finder = Finder([CALL, PHOTO], Colours())
    assert finder.find("zzz qqq", "en") == () == finder.find("  ", "en") == finder.find("call my son", "fi")
