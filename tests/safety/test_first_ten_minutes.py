"""Whom to ring at each place, in order; what comes on the days after; what is said where nobody is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.centres import TEMPLATES, read
from bot.conversation.whom_to_ring import calls
from bot.messages import Centre, Plan
from tests.talk import met


@pytest.mark.parametrize(
    "country, order",
    [
        ("GB", ["159"]),
        ("CN", ["110", "96110", ""]),
        ("IN", ["1930", ""]),
        ("US", ["", "1-833-372-8311"]),
        ("ES", ["", "017"]),
        ("FR", ["", "0 805 805 817"]),
        ("RU", [""]),
        ("EG", [""]),
    ],
)
def test_the_calls_of_a_place_in_their_order(country: str, order: list[str]) -> None:
    assert [number for _, number in calls(read(TEMPLATES / f"{country}.toml"))] == order


def test_no_reminder_that_day_one_question_the_next_and_one_warning_on_the_second() -> None:
    talk = met("en", "android", "samsung", consents={"reminders": "yes", "remember": "yes"}, name="Vera")
    talk.plans.append(Plan("reminder", talk.at + timedelta(hours=2)))
    talk.mean("tricked", "I read him the code from the bank")
    assert [p.kind for p in talk.plans] == ["question", "question"]
    days = [(p.due.date() - talk.at.date()).days for p in talk.plans]
    assert days == [1, 2]
    sleep, second = talk.plans
    talk.at = sleep.due
    assert "How did you sleep?" in talk.due(sleep).words
    talk.tap("better")
    talk.at = second.due
    assert "second one" in talk.due(second).words
    talk.tap("it_has_happened")
    assert talk.session.asked == "given_or_paid"
    assert not [p for p in talk.plans if p.due > talk.at and p.kind == "reminder"]


def test_who_wants_no_messages_gets_none() -> None:
    talk = met("en", "android", "samsung", consents={"reminders": "no"})
    talk.mean("tricked", "I read him the code")
    assert not talk.plans


def test_the_next_day_begins_as_any_other() -> None:
    talk = met("en", "android", "samsung", consents={"reminders": "no"}, name="Vera")
    talk.mean("tricked", "I sent him money, the man from the bank").tap(
        "hung_up", "have_rung", "no_reference", "somebody_here", "good_night"
    )
    assert talk.session.asked == "tricked_rest"
    assert "today" in talk.mean("find_lesson", "a photo").words
    talk.wait(days=1).mean("greet", "hello")
    assert not talk.session.asked.startswith("tricked")


@pytest.mark.parametrize("language, says", [("en", "Turn the card over"), ("zh", "把卡翻过来")])
def test_where_the_number_is_on_the_card_it_is_said_where(language: str, says: str) -> None:
    talk = met(language, "android", "huawei", consents={"reminders": "no"})
    talk.mean("tricked", "I sent him money").tap("hung_up")
    while says not in talk.words and talk.session.asked.startswith("tricked_ring"):
        talk.tap("have_rung")
    assert (says in talk.words) == (language == "zh")  # Britain's 159 reaches the bank without the card


class _OnePlace:
    def __init__(self, centre: Centre) -> None:
        self._centre = centre

    def get(self, centre_id: str) -> Centre:
        return self._centre


def test_despair_where_the_place_has_no_crisis_line_has_the_emergency_number_in_figures() -> None:
    for template in TEMPLATES.glob("*.toml"):
        centre = read(template)
        assert centre.crisis or centre.emergency
    talk = met("en")
    talk.conversation = replace(talk.conversation, centres=_OnePlace(read(TEMPLATES / "RU.toml")))
    assert "**112**" in talk.mean("emergency", "I don't want to live any more").words
    assert talk.tap("alone").words.count("**112**") == 1
