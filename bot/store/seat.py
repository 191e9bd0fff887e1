"""A seat in a class: whose hand is up, and what was hard there. Pure; the store calls it in the turn's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.messages import Event

from .progress import CLEARS_STUCK, CLOSES_CALL, MISSES

KINDS = ("phone", "tablet", "paper")
LOST, PERSON = "lost", "person"  # why a hand is up: cannot find it; would like a person
_ASKS = frozenset({"hand_raised", "person_asked"})
_DOWN = CLEARS_STUCK | CLOSES_CALL
_GONE = frozenset({"lesson_left"})  # put aside in the middle: that is no cry for help, but a raised hand stays up
FEW = 5


@dataclass(frozen=True)
class Seat:
    """`number` counts from 1. `learner` is "" for a seat with the paper card only. `name`: what the volunteer calls it,
    "by the window". `why` is "" while the hand is down. `at_lesson`, `at_step`: where the learner is; `misses` and
    `hints` are of this step. `met`, `missed`: steps of the class's own lesson that were met, and not found at once."""

    number: int
    kind: str = "phone"
    learner: str = ""
    name: str = ""
    at_lesson: str = ""
    at_step: str = ""
    misses: int = 0
    hints: int = 0
    why: str = ""
    since: datetime | None = None
    going: str = ""  # the volunteer who is on the way
    met: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()


def after(seat: Seat, event: Event, lesson: str) -> Seat:
    """The seat after one event of its learner; `lesson` is what the class learns."""
    if event.step and (event.lesson, event.step) != (seat.at_lesson, seat.at_step):
        seat = replace(seat, at_lesson=event.lesson, at_step=event.step, misses=0, hints=0)
    seat = _counted(seat, event, lesson)
    name = event.name
    if name in _DOWN or (name in _GONE and seat.why == LOST):
        return replace(down(seat), misses=0, hints=0)
    if name == "hint_given":
        return replace(seat, hints=seat.hints + 1)
    if name in MISSES:
        return _up(replace(seat, misses=seat.misses + 1), seat.why or LOST, event.at)
    return _up(seat, PERSON, event.at) if name in _ASKS else seat


def down(seat: Seat) -> Seat:
    """Nobody needs to come."""
    return replace(seat, why="", since=None, going="")


def hands(seats: Iterable[Seat]) -> tuple[Seat, ...]:
    """The seats whose hand is up, whoever has waited longest first."""
    up = [(seat.since, seat.number, seat) for seat in seats if seat.why and seat.since]
    return tuple(seat for _, _, seat in sorted(up, key=lambda one: one[:2]))


def hard_steps(seats: Sequence[Seat]) -> dict[str, tuple[int, int]]:
    """Step id -> (people who met it, people who did not find it at once)."""
    steps = dict.fromkeys(step for seat in seats for step in seat.met)
    return {step: (sum(step in s.met for s in seats), sum(step in s.missed for s in seats)) for step in steps}


def _up(seat: Seat, why: str, at: datetime) -> Seat:
    """Since when stays the first time: whoever calls twice has waited from the first."""
    return replace(seat, why=why, since=seat.since or at)


def _counted(seat: Seat, event: Event, lesson: str) -> Seat:
    if event.lesson != lesson or event.step in ("", "end"):
        return seat
    if event.step not in seat.met:
        seat = replace(seat, met=(*seat.met, event.step))
    if event.name in MISSES and event.step not in seat.missed:
        seat = replace(seat, missed=(*seat.missed, event.step))
    return seat
