"""After a class: numbers of fewer than five stay hidden, also those that two other numbers would give away."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.classes.afterwards import afterwards
from bot.store.classes import Class, Sitter
from bot.store.seat import Seat
from tests.talk import every_lesson

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def over(**hard: tuple[int, int]) -> Class:
    steps = {step.replace("_", "-"): counts for step, counts in hard.items()}
    return Class("c", "abc234", "elm-street", "v", "connect-wifi", "en", 10, "", AT, AT, steps)


@pytest.mark.parametrize(
    ("met", "missed", "shown"),
    [(10, 4, None), (10, 5, 5), (9, 5, "nearly all"), (12, 7, 7), (6, 6, 6), (10, 10, 10), (5, 5, 5), (6, 5, "nearly all")],
)  # fmt: skip
def test_what_is_shown_of_a_step(met: int, missed: int, shown: int | str | None) -> None:
    found = afterwards(over(open_list=(met, missed)), [], every_lesson().lesson("connect-wifi", "en"))
    if shown is None:
        assert found.repeat == ()
    else:
        (step,) = found.repeat
        assert step.met == met and step.missed == (None if shown == "nearly all" else shown)


def test_who_was_there_is_named_by_leave_alone() -> None:
    sitters = [Sitter(Seat(1), "Dora"), Sitter(Seat(2)), Sitter(Seat(3)), Sitter(Seat(4, kind="paper"))]
    found = afterwards(over(), sitters, None)
    assert (found.there, found.others, found.papers) == (("Dora",), 2, 1)
