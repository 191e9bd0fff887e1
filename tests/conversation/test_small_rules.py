"""Taps, days, recalls, and lessons that were changed under a learner."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation import Conversation
from bot.conversation.waking import next_allowed
from bot.messages import Button, Place, Plan, Session, Tap
from bot.phrases import Phrases
from bot.safety.finding import Finding
from media.screens import load_screens
from nlu.intent import Understanding
from tests.talk import CHANGFENG, ELM, Places, Talk, met, the_catalogue, the_conversation

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DONE = Session("x", turn=7, asked="step", choices=(Button("next", "Done"), Button("help", "Help")))


@pytest.mark.parametrize(
    "turn, choice, last, ago, shown, weight",
    [
        (7, "next", None, 0, 20, "fresh"),
        (7, "next", None, 0, None, "fresh"),
        (7, "next", None, 0, 0.3, "too_soon"),
        (6, "next", (6, "next"), 0.3, 0.2, "again"),
        (6, "next", (6, "next"), 59, 50, "again"),
        (6, "next", (6, "next"), 61, 50, "old"),
        (6, "help", (6, "next"), 0.4, 0.3, "too_soon"),
        (6, "help", (6, "next"), 5, 5, "old"),
        (3, "next", None, 0, 20, "old"),
        (9, "next", None, 0, 20, "old"),
        (7, "no_such_choice", None, 0, 20, "old"),
    ],
)
def test_a_tap_is_weighed(
    turn: int, choice: str, last: tuple[int, str] | None, ago: float, shown: float | None, weight: str
) -> None:
    session = DONE if last is None else replace(DONE, last_tap=(*last, AT - timedelta(seconds=ago)))
    shown_at = None if shown is None else AT - timedelta(seconds=shown)
    assert the_conversation().weigh(Tap(turn, choice), session, at=AT, shown_at=shown_at) == weight


@pytest.mark.parametrize(
    "said, choice",
    [
        ("Done", "next"),
        ("done!", "next"),
        ("the second one", "help"),
        ("2", "help"),
        ("第一个", "next"),
        ("help me send it", ""),
        ("", ""),
        ("9", ""),
    ],
)
def test_words_that_are_a_button(said: str, choice: str) -> None:
    found = the_conversation().choice_in(said, DONE)
    assert (found.choice if found else "") == choice


@pytest.mark.parametrize(
    "centre, moment, welcome",
    [
        (ELM, "2026-11-26T10:00+00:00", "2026-11-26T10:00+00:00"),
        (ELM, "2026-11-26T06:00+00:00", "2026-11-26T09:00+00:00"),
        (ELM, "2026-11-26T21:30+00:00", "2026-11-27T09:00+00:00"),
        (CHANGFENG, "2026-11-26T12:30+08:00", "2026-11-26T14:00+08:00"),
        (CHANGFENG, "2026-11-26T11:59+08:00", "2026-11-26T11:59+08:00"),
    ],
)
def test_messages_only_when_they_are_welcome(centre, moment: str, welcome: str) -> None:  # type: ignore[no-untyped-def]
    assert next_allowed(datetime.fromisoformat(moment), centre) == datetime.fromisoformat(welcome)


@pytest.mark.parametrize(
    "level, right, days", [(0, True, 3), (1, True, 7), (2, True, 21), (2, False, 3), (0, False, 1), (3, True, None)]
)
def test_recalls_grow_further_apart_and_a_miss_goes_back_one(level: int, right: bool, days: int | None) -> None:
    talk = met()
    talk.plans.append(Plan("recall", talk.at, "connect-wifi", {"level": str(level)}))
    talk.wait(hours=2).mean("greet")
    assert talk.session.asked == "recall:connect-wifi"
    lesson = the_catalogue().lesson("connect-wifi", "en")
    assert lesson
    choices = lesson.recall[level % len(lesson.recall)].choices
    talk.tap("recalled:" + str(next(n for n, c in enumerate(choices) if c.right == right)))
    due = [p.due for p in talk.plans if p.kind == "recall"]
    assert due == ([] if days is None else [talk.at + timedelta(days=days)])
    talk.mean("greet")
    assert not talk.session.asked.startswith("recall"), "one a visit"


class Changed:
    """The catalogue, but one lesson has lost a step since."""

    def __init__(self, lost: str) -> None:
        self._real, self._lost = the_catalogue(), lost

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)

    def lesson(self, lesson_id: str, language: str):  # type: ignore[no-untyped-def]
        found = self._real.lesson(lesson_id, language)
        if found and lesson_id == "connect-wifi":
            return replace(found, version="newer", steps=tuple(s for s in found.steps if s.id != self._lost))
        return found


@pytest.mark.parametrize("lost, goes_on_at, said", [("open-list", "open-network", True), ("join", "open-list", False)])
def test_a_lesson_changed_under_the_learner(lost: str, goes_on_at: str, said: bool) -> None:
    talk = met("en", "android", "samsung").mean("find_lesson", lessons=(("connect-wifi", 1.0),))
    for _ in range(3):
        talk.tap({"advice": "i_know_it", "confidence": "skip_this"}.get(talk.session.asked.partition(":")[0], "next"))
    while talk.session.place and talk.session.place.step != "open-list":
        talk.tap("next")
    talk.conversation = Conversation(Changed(lost), Phrases.load(), load_screens(), Places())  # type: ignore[arg-type]
    talk.mean("repeat")
    assert talk.session.place and talk.session.place.step == goes_on_at
    assert ("made better" in talk.words) == said
    assert talk.session.place.version == "newer"


class Taken(Changed):
    """The catalogue, but one lesson takes the chat itself away."""

    def lesson(self, lesson_id: str, language: str):  # type: ignore[no-untyped-def]
        found = self._real.lesson(lesson_id, language)
        return replace(found, leaves_chat=True) if found and lesson_id == "connect-wifi" else found


def test_a_lesson_that_takes_the_chat_away_says_so_first_and_gives_all_steps() -> None:
    talk = met("en", "android", "samsung", letters="")
    talk.conversation = Conversation(Taken(""), Phrases.load(), load_screens(), Places())  # type: ignore[arg-type]
    talk.mean("find_lesson", lessons=(("connect-wifi", 1.0),)).tap("i_know_it", "skip_this")
    assert "out of this chat" in talk.words
    steps = the_catalogue().lesson("connect-wifi", "en").steps_for("android", "samsung")  # type: ignore[union-attr]
    assert f"{len(steps)}. " in talk.words
    talk.tap("next")
    assert talk.names.count("step_done") == len(steps)
    assert "lesson_finished" in talk.names


def test_a_lesson_for_another_phone_is_not_begun() -> None:
    talk = met("en", "android", "samsung")
    real = the_catalogue()

    class OnlyIphone(Changed):
        def lesson(self, lesson_id: str, language: str):  # type: ignore[no-untyped-def]
            found = real.lesson(lesson_id, language)
            return replace(found, systems=("iphone",)) if found and lesson_id == "bigger-text" else found

    talk.conversation = Conversation(OnlyIphone(""), Phrases.load(), load_screens(), Places())  # type: ignore[arg-type]
    talk.mean("find_lesson", lessons=(("bigger-text", 1.0),))
    assert "another kind of phone" in talk.words
    assert talk.session.place is None


def test_the_voice_is_on_from_the_first_step_until_switched_off() -> None:
    talk = Talk().start()
    assert not talk.replies[0].spoken
    talk.tap("begin", "yes", "apple")
    assert talk.replies[0].spoken
    assert "You can tap:" in talk.replies[0].spoken, "the chat's own buttons are read at the first steps"
    talk.tap("next", "next")
    assert "You can tap:" not in (talk.replies[0].spoken or "")
    talk.tap("repeat")
    assert "You can tap:" in (talk.replies[0].spoken or "")
    talk.mean("voice_off")
    assert not talk.replies[0].spoken
    assert Talk(channel="web").start().replies[0].spoken, "a page has a button to listen with"


def test_the_button_of_the_phone_is_said_once_more_alone() -> None:
    talk = (
        met("en", "android", "samsung")
        .mean("find_lesson", lessons=(("connect-wifi", 1.0),))
        .tap("i_know_it", "skip_this")
    )
    lines = (talk.replies[0].spoken or "").split("\n")
    assert lines.count("**Settings**") == 1
    assert any("Settings" in line for line in lines if line != "**Settings**")


def test_the_phones_own_language_is_taken_from_the_first_message() -> None:
    talk = Talk(language="zh", centre="changfeng")
    talk._advance(Understanding("greet"), Finding(), talk._message("text", first=True, locale="en-GB"))
    assert talk.session.phone_language == "en"


def test_a_lesson_that_is_gone_is_said_so_and_something_can_be_tapped() -> None:
    talk = met("en", "android", "samsung")
    place = Place("no-such-lesson", "en", "old", "open-settings")
    talk._keep(replace(talk.session, place=place, asked="step"))
    talk.say("done")
    assert "no longer here" in talk.words
    assert talk.buttons


def test_of_three_steps_some_may_be_done() -> None:
    talk = (
        met("en", "android", "samsung")
        .mean("find_lesson", lessons=(("connect-wifi", 1.0),))
        .tap("i_know_it", "skip_this")
    )
    talk._keep(replace(talk.session, notes={**talk.session.notes, "three": "yes"}))
    talk.tap("repeat")
    assert "3. " in talk.words
    talk.tap("stuck")
    assert talk.labels[:2] == ["Settings", "Connections"], "the pages on the way, and how far they are"
    talk.tap("see:at2")
    assert [e.step for e in talk.events if e.name == "step_done"] == ["open-settings", "open-network"]
    assert talk.session.place and talk.session.place.step == "open-list"


def test_ok_ok_done_is_one_done() -> None:
    talk = met("en", "android", "samsung").mean("find_lesson", lessons=(("home-screen", 1.0),)).tap("skip_this")
    talk.seconds = 2
    talk.mean("next", "ok")
    step = talk.session.place.step  # type: ignore[union-attr]
    talk.mean("next", "ok done")
    assert talk.session.place and talk.session.place.step == step
    assert talk.names.count("step_done") == 1


def test_i_wait_leaves_the_old_buttons_alive() -> None:
    talk = met("en", "android", "samsung").mean("find_lesson", lessons=(("home-screen", 1.0),)).tap("skip_this")
    turn, choices = talk.session.turn, talk.buttons
    talk.mean("pause", "hang on", reason="moment")
    assert talk.replies[0].aside and not talk.replies[0].buttons
    assert (talk.session.turn, talk.buttons) == (turn, choices)
    assert "paused" not in talk.names
    assert talk.tap_turn(Tap(turn, "next")) == "fresh"


def test_forgetting_takes_two_taps_in_two_places() -> None:
    talk = met(name="Mei")
    talk.mean("my_data")
    rows = [b.choice for b in talk.buttons]
    talk.tap("delete_me")
    assert rows.index("delete_me") != [b.choice for b in talk.buttons].index("yes_delete")
    talk.tap("yes_delete")
    assert not talk.session.name and not talk.session.asked


def test_the_fourth_help_row_and_the_buttons_of_a_step_never_move() -> None:
    talk = met("en", "android", "samsung").mean("find_lesson", lessons=(("home-screen", 1.0),)).tap("skip_this")
    assert [b.choice for b in talk.buttons] == ["next", "stuck", "repeat", "help"]
    talk.tap("help")
    assert [b.choice for b in talk.buttons] == ["went_wrong", "enough", "person", "more"]
