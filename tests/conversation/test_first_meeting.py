"""The first meeting, in its order; a success before the questions; few taps to the first step."""

from __future__ import annotations

import pytest

from tests.talk import Talk, met

WAYS = {
    "apple": ("begin", "yes", "apple"),
    "a name": ("begin", "yes", "a_name", "maker:samsung"),
    "another name": ("begin", "yes", "a_name", "another_name", "none_of_these"),
    "cannot tell": ("begin", "yes", "cannot_tell"),
    "larger letters": ("begin", "larger", "yes", "cannot_tell"),
    "who is this": ("who_is_this", "they_say_fine", "yes", "apple"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_few_taps_to_the_first_step(language: str, way: str) -> None:
    talk = Talk(language=language, centre="elm-street" if language == "en" else "changfeng").start()
    choices = list(WAYS[way])
    if language == "zh":
        choices = ["maker:huawei" if c == "maker:samsung" else c for c in choices]
    for choice in choices:
        talk.tap(choice)
    assert talk.session.place and talk.session.place.lesson == "there-and-back"
    assert len(choices) <= 6


def test_hello_says_all_that_it_must_in_order() -> None:
    words = Talk().start().words
    parts = (
        "I am Handrail",
        "Elm Street Library",
        "020 7946 0123",
        "computer program",
        "break",
        "never ask for money",
        "I note",
        "begin?",
    )
    places = [words.index(p) for p in parts]
    assert places == sorted(places)


def test_something_succeeds_within_three_taps() -> None:
    talk = Talk().start().tap("begin")
    assert "it worked" in talk.words


def test_a_wish_in_the_first_message_is_served_first() -> None:
    talk = Talk().say("how do I send a photo to my grandson")
    assert talk.session.wanted == "send-photo"
    assert "apple" in talk.words
    talk.tap("apple")
    assert talk.session.place and talk.session.place.lesson == "there-and-back"
    talk.tap("next", "next", "next", "answer:0", "this_phone")
    assert (talk.session.place and talk.session.place.lesson == "send-photo") or talk.session.asked.startswith(
        "advice:send-photo"
    )


def test_no_is_one_tap_and_not_asked_again() -> None:
    talk = met()
    talk.tap("lesson:" + next(b.choice.partition(":")[2] for b in talk.buttons if b.choice.startswith("lesson:")))
    for _ in range(40):
        asked = talk.session.asked.partition(":")[0]
        if asked == "remember":
            break
        talk.tap(
            {"confidence": "skip_this", "check": "answer:0", "name": "skip_this", "three": "one_is_fine"}.get(
                asked, "next"
            )
        )
    talk.tap("no_thanks")
    assert talk.session.consents["remember"] == "no"
    assert talk.session.asked == "choose"
