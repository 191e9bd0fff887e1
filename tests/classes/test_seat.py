"""The pure model of a seat: when a hand is up, whose comes first, what was hard."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import EVENTS, Event
from bot.store.seat import LOST, PERSON, Seat, after, hands, hard_steps

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LESSON = "connect-wifi"


def told(*names: str, lesson: str = LESSON, step: str = "open-list", seat: Seat | None = None) -> Seat:
    seat = seat or Seat(1, learner="a")
    for minute, name in enumerate(names):
        seat = after(seat, Event(name, AT + timedelta(minutes=minute), "a", lesson=lesson, step=step), LESSON)
    return seat


@pytest.mark.parametrize(
    ("happened", "why"),
    [
        (("not_found",), LOST),
        (("looks_different",), LOST),
        (("hand_raised",), PERSON),
        (("person_asked",), PERSON),
        (("not_found", "hand_raised"), PERSON),
        (("hand_raised", "not_found"), PERSON),
        (("repeated",), ""),
        (("help_opened",), ""),
        (("went_back",), ""),
        (("message_received",), ""),
        (("paused",), ""),
        (("stuck",), ""),
        (("not_found", "step_done"), ""),
        (("not_found", "step_skipped"), ""),
        (("not_found", "lesson_left"), ""),
        (("hand_raised", "lesson_left"), PERSON),
        (("hand_raised", "hand_lowered"), ""),
        (("hand_raised", "step_done"), ""),
        (("person_asked", "person_withdrawn"), ""),
        (("not_found", "lesson_started"), ""),
    ],
)
def test_when_a_hand_is_up(happened: tuple[str, ...], why: str) -> None:
    assert told(*happened).why == why


def test_whoever_has_waited_longest_comes_first_and_a_second_call_is_no_new_one() -> None:
    first = told("message_received", "not_found", "repeated", "not_found")
    second = told("hand_raised", seat=Seat(2))
    calm = told("step_done", seat=Seat(3))
    assert first.since == AT + timedelta(minutes=1) and first.misses == 2
    assert [seat.number for seat in hands([calm, first, second])] == [2, 1]


def test_what_was_tried_belongs_to_one_step() -> None:
    seat = told("not_found", "hint_given", "not_found")
    assert (seat.misses, seat.hints) == (2, 1)
    seat = told("step_shown", step="choose-network", seat=seat)
    assert (seat.misses, seat.hints, seat.at_step) == (0, 0, "choose-network")


def test_steps_that_many_missed_are_counted_in_people() -> None:
    seats = [told("not_found", "not_found", "step_done", seat=Seat(n)) for n in range(3)] + [told("step_done")]
    assert hard_steps(seats) == {"open-list": (4, 3)}
    assert hard_steps([told("not_found", lesson="there-and-back")]) == {}, "another lesson than that of the class"


@given(st.lists(st.sampled_from(EVENTS), max_size=40))
def test_a_hand_is_up_exactly_while_somebody_looked_for_help_and_did_not_get_on(happened: list[str]) -> None:
    """The same told backwards: from the last event that ends it on, was there one that begins it?"""
    ends = {"step_done", "step_skipped", "lesson_started", "lesson_finished", "unstuck", "hand_lowered", "person_withdrawn", "person_helped"}  # fmt: skip
    asks, misses = {"hand_raised", "person_asked"}, {"not_found", "looks_different"}
    tail = happened[max((i for i, name in enumerate(happened) if name in ends), default=-1) + 1 :]
    asked = any(name in asks for name in tail)
    left = max((i for i, name in enumerate(tail) if name == "lesson_left"), default=-1)
    lost = any(name in misses for name in tail[left + 1 :])
    seat = told(*happened)
    assert seat.why == (PERSON if asked else LOST if lost else "")
    assert bool(seat.since) == bool(seat.why)
