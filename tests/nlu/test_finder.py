"""Which lesson a question asks for: from lines alone, so that a lesson added as a file is found at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from nlu.finder import LEAST, Finder, Phrases
from nlu.finder_spelling import Spelling

CALL = Phrases("make-call", "en", ("ring somebody up", "call my son", "telephone the doctor"))
PHOTO = Phrases("send-photo", "en", ("send a photo", "get a picture to my daughter", "share my snaps"))
WEATHER = Phrases("weather", "en", ("will it rain", "look up the forecast"))


class Colours:
    """A stand-in for sentence vectors: a direction for each of four words, none for the others."""

    name = "colours"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.array([[t.lower().count(w) for w in ("red", "blue", "green", "grey")] for t in texts], dtype=float)
        return (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)).astype(np.float32)


class Counting:
    """Vectors from the letters a line holds, and which lines were asked for."""

    name = "counting"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        rows = np.array([[t.count(c) for c in "abcdefghijklmnop"] for t in texts], dtype=float).reshape(-1, 16)
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
        finder = Finder([CALL, PHOTO], encoder)
        for _ in range(2):
            assert finder.find("Call my son", "en")[0] == ("make-call", 1.0)
            finder.prepare("en")


def test_a_new_lesson_is_found_at_once() -> None:
    assert "weather" not in dict(Finder([CALL]).find("will it rain", "en"))
    assert Finder([CALL, WEATHER]).find("will it rain", "en")[0] == ("weather", 1.0)


def test_meaning_finds_what_no_letter_does() -> None:
    once = Phrases("once", "en", ("red thing", "a red one", "red and more red"))
    other = Phrases("other", "en", ("blue thing", "a blue one", "blue and more blue"))
    finder = Finder([once, other], Colours())
    assert not finder.ready("en")
    finder.prepare("en")
    (best, score), *rest = finder.find("my red sofa", "en")
    assert finder.ready("en") and best == "once" and score > 2 * dict(rest).get("other", 0.0) and score >= LEAST


def test_lines_of_another_language_help() -> None:
    """A language without any line of its own is read by what its question means."""
    finder = Finder(
        [Phrases("one", "en", ("red thing", "a red one")), Phrases("two", "en", ("a blue one",))], Colours()
    )
    finder.prepare("fi")
    assert finder.find("red kiitos", "fi")[0][0] == "one"
    alone = Finder([Phrases("one", "en", ("red thing",))])
    alone.prepare("fi")
    assert alone.find("red kiitos", "fi") == ()


@pytest.mark.parametrize("encoder", [None, Colours()])
def test_learned_or_not_a_lesson_with_few_lines_is_found(encoder: Colours | None) -> None:
    many = Phrases(
        "many", "en", tuple(f"call {who} on the telephone" for who in ("Ann", "my son", "the vet", "Bob", "Ken"))
    )
    few = Phrases("few", "en", ("look up the forecast",))
    finder = Finder([many, few], encoder)
    for _ in range(2):
        assert finder.find("the forecast for my town", "en")[0][0] == "few"
        finder.prepare("en")


def test_what_was_learned_is_kept_and_only_new_lines_are_encoded(tmp_path: Path) -> None:
    first = Counting()
    finder = Finder([CALL, PHOTO], first, keep=(tmp_path,))
    assert not finder.kept("en")
    finder.prepare("en")
    said = finder.find("a snap for my daughter", "en")
    again = Counting()
    finder = Finder([CALL, PHOTO], again, keep=(tmp_path / "empty", tmp_path))
    assert finder.kept("en")
    finder.prepare("en")
    assert [x for x, _ in finder.find("a snap for my daughter", "en")] == [x for x, _ in said]
    assert again.asked == ["a snap for my daughter"]
    more = Counting()
    Finder([CALL, PHOTO, WEATHER], more, keep=(tmp_path,)).prepare("en")
    assert more.asked == list(WEATHER.lines)
    assert sorted(p.name[:10] for p in tmp_path.glob("*")) == ["lessons-en", "meaning-en"]


def test_a_spoiled_file_is_learned_anew(tmp_path: Path) -> None:
    Finder([CALL, PHOTO], keep=(tmp_path,)).prepare("en")
    for path in tmp_path.glob("*.npz"):
        path.write_bytes(b"not what it was")
    finder = Finder([CALL, PHOTO], keep=(tmp_path,))
    finder.prepare("en")
    assert finder.find("a photo for my son", "en")[0][0] == "send-photo"


def test_whoever_has_not_prepared_is_answered_and_it_is_learned_beside(tmp_path: Path) -> None:
    finder = Finder([CALL, PHOTO], keep=(tmp_path,))
    assert finder.find("send a photo", "en")[0] == ("send-photo", 1.0)
    finder.prepare("en")  # waits for the thread, or does it
    assert finder.ready("en") and finder.find("send a photo", "en")[0] == ("send-photo", 1.0)


def test_slips_are_put_right_where_words_enough_are_known() -> None:
    words = ["brightness of the screen", "brightness up", "torch please", "the torch"]
    filler = [f"{a}{b}{c}oxz" for a in "bcdfghjklmnpqrst" for b in "aeiouwyvxz" for c in "bcdfghjklmnpqrstvwxz"]
    spelling = Spelling([*words, *filler])
    assert spelling.mend("Make the brihgtnes less, tourch 手电筒oon") == "Make the brightness less, torch 手电筒oon"
    assert spelling.mend("torch") == "torch" and spelling.mend("bright") == "bright"
    assert Spelling(words).mend("brihgtness") == "brihgtness"


def test_nothing_near_and_nothing_said() -> None:
    finder = Finder([CALL, PHOTO], Colours())
    assert finder.find("zzz qqq", "en") == () == finder.find("  ", "en") == finder.find("call my son", "fi")
