"""Stuck, as it is defined: the third miss on one step without a done between, or asking for a person in any words, or
Help and then "this does not work". Not stuck: asking again, opening Help, going back, a silence, "hang on", stopping in
the middle. Done, skip or a new lesson ends it. Whatever a learner does, in a class or alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.messages import InClass, Known
from bot.store.progress import rebuild
from tests.talk import Talk, met

WIFI, LETTERS = "connect-wifi", "bigger-text"
AT_A_STEP = ("step", "where_are_you", "stubborn")
ROOM = InClass("class-1", WIFI, "Rosa", 4)
WAYS_BACK = (
    "go_on", "to_the_step", "no_thanks", "skip_this", "i_know_it", "one_at_a_time", "me",
)  # fmt: skip


@dataclass
class Walk(Talk):
    in_class: bool = False

    def known(self) -> Known:
        return replace(super().known(), in_class=ROOM if self.in_class else None)

    @property
    def stuck(self) -> bool:
        return any(progress.stuck_step for progress in rebuild(self.events).values())

    def to_the_step(self) -> bool:
        """Out of menus and questions in between, as a learner finds back. False where the lesson is over."""
        for _ in range(8):
            place, asked = self.session.place, self.session.asked.partition(":")[0]
            if asked in AT_A_STEP:
                return True
            way = next((c for c in WAYS_BACK if c in {b.choice for b in self.buttons}), "")
            if way:
                self.tap(way)
            elif place is None or place.step == "end":
                return False
            else:
                self.mean("resume")
        return False

    def lesson(self, id: str) -> None:
        self.mean("find_lesson", lessons=((id, 1.0),))
        assert self.to_the_step(), self.session.asked


def _help_does_not_help(walk: Walk) -> None:
    walk.tap("help").tap("went_wrong").tap("does_not_work")


def other(walk: Walk) -> str:
    place = walk.session.place
    return LETTERS if place and place.lesson == WIFI else WIFI


DOES: dict[str, Callable[[Walk], object]] = {
    "cannot find it": lambda w: w.mean("stuck"),
    "done": lambda w: w.mean("next"),
    "again": lambda w: w.mean("repeat"),
    "opens Help": lambda w: w.tap("help"),
    "Help does not help": _help_does_not_help,
    "a person": lambda w: w.mean("human_help"),
    "back": lambda w: w.mean("back"),
    "hang on": lambda w: w.mean("pause", reason="moment"),
    "silence": lambda w: w.wait(minutes=40),
    "skip": lambda w: w.mean("skip_step"),
    "stops for today": lambda w: w.mean("pause", reason="day"),
    "another lesson": lambda w: w.lesson(other(w)),
}


class Definition:
    """The definition alone, counted from what the learner did."""

    def __init__(self) -> None:
        self.stuck, self.misses = False, 0

    def saw(self, did: str) -> None:
        if did in ("done", "skip", "another lesson"):
            self.stuck, self.misses = False, 0
        elif did == "back":
            self.misses = 0  # another step; from there this one is reached by a done or a skip alone
        elif did == "cannot find it":
            self.misses += 1
            self.stuck = self.stuck or self.misses >= 3
        elif did in ("a person", "Help does not help"):
            self.stuck = True
            self.misses = max(self.misses, 2) if did == "Help does not help" else self.misses


often = st.sampled_from(("cannot find it", "cannot find it", "done", "again"))


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(often, st.sampled_from(sorted(DOES))), max_size=25), st.booleans())
def test_stuck_is_what_it_is_said_to_be(done: list[str], in_class: bool) -> None:
    alone = met("en", "android", "samsung")
    walk = Walk(
        centre=alone.centre, at=alone.at, stored=dict(alone.stored), learner=alone.learner, in_class=in_class,
        shown_at=alone.shown_at,
    )  # fmt: skip
    walk._keep(replace(walk.session, reads_on="another_device"))
    walk.lesson(WIFI)
    said = Definition()
    for number, did in enumerate(done):
        if did == "silence" and number and done[number - 1] == "silence":
            continue  # after an hour it is another visit
        nowhere_back = did == "back" and _is_first(walk)
        DOES[did](walk)
        if did == "silence":
            continue
        if not nowhere_back:
            said.saw(did)
        assert walk.stuck == said.stuck, (done[: number + 1], walk.names[-6:])
        if not walk.to_the_step():
            walk.lesson(WIFI)
            said.saw("another lesson")


def _is_first(walk: Walk) -> bool:
    place = walk.session.place
    lesson = walk.conversation.catalogue.lesson(place.lesson, "en") if place else None
    return bool(place and lesson and lesson.steps_for("android", "samsung")[0].id == place.step)


def test_the_definition_would_notice() -> None:
    said = Definition()
    for did in ("cannot find it", "cannot find it", "again", "back"):
        said.saw(did)
    assert not said.stuck
    for did in ("cannot find it",) * 3:
        said.saw(did)
    assert said.stuck
    said.saw("done")
    assert not said.stuck
