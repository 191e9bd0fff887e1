"""A class as a learner meets it: coming in by the code on the wall, several at one tablet, a hand in the room."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from bot.messages import InClass, Known
from nlu.intent import INTENTS
from tests.conversation.test_properties import something_to_tap
from tests.talk import Talk, met

WIFI = "connect-wifi"
HERE = InClass("class-1", WIFI, "Rosa", 4, centre="elm-street")


@dataclass
class InRoom(Talk):
    here: InClass | None = HERE

    def known(self) -> Known:
        up = bool(self.names) and "hand_raised" in self.names and self.names[-1] not in ("hand_lowered",)
        here = replace(self.here, hand_up=up) if self.here else None
        return replace(super().known(), in_class=here)


def in_room(language: str = "en", **here: object) -> InRoom:
    return InRoom(language=language, centre="home", here=replace(HERE, **here))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_one_tap_and_the_lesson_of_the_class_is_wanted(language: str) -> None:
    talk = in_room(language).start("k-abc234")
    assert "Rosa" in talk.words and "4" in talk.words
    assert talk.session.asked == "phone", "the one question that the lesson needs first"
    assert talk.session.wanted == WIFI and talk.session.centre == "elm-street"
    talk.tap("apple")
    assert talk.session.place and talk.session.place.lesson in (WIFI, "there-and-back")


def test_the_code_of_a_class_that_is_over_is_an_ordinary_hello() -> None:
    talk = in_room()
    talk.here = None
    talk.start("k-abc234")
    assert "over" in talk.words and talk.session.asked == "begin"


def test_the_code_once_more_changes_nothing() -> None:
    talk = in_room(tablet=True).start("k-abc234").tap("skip_this").tap("apple").tap("skip_this")
    talk.tap("next")
    before = talk.session.place
    assert before and before.lesson == WIFI
    talk.start("k-abc234")
    assert talk.session.place == before


def test_at_a_tablet_each_has_a_name_and_a_place_and_help_hands_it_on() -> None:
    talk = in_room(tablet=True).start("k-abc234")
    assert talk.session.asked == "name" and talk.session.reads_on == "another_device"
    talk.say("Ann").tap("a_name").tap("maker:samsung").tap("skip_this")
    assert talk.session.place and talk.session.place.lesson == WIFI, "no way out of the chat is needed on a tablet"
    talk.tap("next").tap("help").tap("who_is_here").tap("somebody_new")
    assert "Rosa" in talk.words, "the second one hears whose class it is"
    talk.say("Ben").tap("skip_this")
    assert talk.session.name == "Ben" and talk.session.place and talk.session.place.step == "open-settings"


def test_a_person_in_the_room_comes_before_the_centre() -> None:
    talk = in_room().start("k-abc234").tap("apple").mean("human_help")
    assert talk.session.asked == "raise_hand" and "person_asked" not in talk.names
    talk.tap("raise_hand")
    assert talk.names[-2:] == ["stuck", "hand_raised"] and talk.session.asked == "hand_up"
    talk.tap("go_on")
    assert talk.session.asked == "step", "nobody waits"
    talk.mean("human_help")
    assert talk.session.asked == "hand_up" and talk.names.count("hand_raised") == 1
    talk.tap("i_have_it")
    assert "hand_lowered" in talk.names and "unstuck" in talk.names


def test_somebody_else_than_the_one_in_the_room_can_be_asked_for() -> None:
    talk = in_room().start("k-abc234").tap("apple").mean("human_help").tap("person_elsewhere")
    assert "person_asked" in talk.names and talk.session.asked in ("person", "volunteers")


def test_words_for_a_person_twice_raise_the_hand() -> None:
    talk = in_room().start("k-abc234").tap("apple").mean("human_help").mean("human_help")
    assert "hand_raised" in talk.names


def test_a_class_that_ended_meanwhile_leads_to_the_centre() -> None:
    talk = in_room().start("k-abc234").tap("apple").mean("human_help")
    talk.here = None
    talk.tap("raise_hand")
    assert "hand_raised" not in talk.names and "person_asked" in talk.names


def test_without_a_class_nothing_is_different() -> None:
    talk = met("en", "android", "samsung").mean("human_help")
    assert "person_asked" in talk.names and talk.session.asked in ("person", "volunteers")


def test_in_trouble_the_room_is_not_asked_for_but_the_centre() -> None:
    talk = in_room().start("k-abc234").tap("apple").mean("tricked")
    talk.mean("human_help")
    assert "person_asked" in talk.names and talk.session.asked != "raise_hand"


def test_who_missed_the_end_finds_the_lesson_waiting_at_the_same_step() -> None:
    talk = in_room(tablet=True).start("k-abc234").tap("skip_this").tap("apple").tap("skip_this").tap("next").tap("next")
    place = talk.session.place
    assert place and place.step
    talk.here = None
    talk.wait(hours=20).start()
    assert talk.session.place == place
    assert "Wi-Fi" in talk.words


@pytest.mark.parametrize("intent", INTENTS)
@pytest.mark.parametrize("asked", ["raise_hand", "hand_up"])
def test_every_intent_is_answered_while_a_hand_is_talked_about(intent: str, asked: str) -> None:
    talk = in_room().start("k-abc234").tap("apple").mean("human_help")
    if asked == "hand_up":
        talk.tap("raise_hand")
    assert talk.session.asked == asked
    talk.mean(intent, "some words")
    assert talk.words
    something_to_tap(talk, ("mean", intent))
