"""Progress is what the events make of it, however they come in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.messages import EVENTS, Event, Progress, Session, Turn
from bot.store import RECALL_DAYS, Address, Store, apply, rebuild

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
DETAILS = [{}, {"when": "before", "value": "2"}, {"when": "after", "value": "3"}, {"right": "yes"}, {"right": "no"}]

events = st.builds(
    Event,
    name=st.sampled_from(EVENTS),
    at=st.integers(0, 5000).map(lambda s: AT + timedelta(seconds=s)),
    learner=st.just("ada"),
    lesson=st.sampled_from(["", "send-photo", "bigger-text"]),
    version=st.sampled_from(["", "v1"]),
    step=st.sampled_from(["", "open", "attach", "end"]),
    detail=st.sampled_from(DETAILS),
)


def happened(*names: str, step: str = "open", gap: int = 10, lesson: str = "send-photo") -> Progress:
    known = rebuild(
        Event(name, AT + timedelta(seconds=gap * number), "ada", lesson, "v1", step)
        for number, name in enumerate(names)
    )
    return known["ada", lesson]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns=st.lists(st.lists(events, max_size=6), max_size=8))
async def test_what_is_stored_is_what_the_events_rebuild(
    turns: list[list[Event]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = Store.open(tmp_path_factory.mktemp("data"))
    chat = await store.chat_of(Address("console", "", "x"))
    learner = await store.learner_of(chat)
    session = Session(learner, consents={"remember": "yes"})
    for number, turn in enumerate(turns):
        await store.save(Turn(replace(session, turn=number), events=tuple(turn)), chat=chat, at=AT)
    stored = {(p.learner, p.lesson): p for p in (await store.known(learner, chat, at=AT)).progress}
    assert stored == rebuild(replace(event, learner=learner) for turn in turns for event in turn)
    await store.close()


@given(st.lists(events, max_size=30))
def test_one_by_one_is_the_same_as_all_at_once(happened: list[Event]) -> None:
    for (learner, lesson), known in rebuild(happened).items():
        one, begun = Progress(learner, lesson), False
        for event in happened:
            begun = begun or event.lesson == lesson
            one = apply(one, event) if begun else one
        assert one == known


@given(st.lists(events, max_size=30))
def test_what_must_always_hold(happened: list[Event]) -> None:
    for p in rebuild(happened).values():
        assert len(set(p.steps_done)) == len(p.steps_done)
        assert bool(p.stuck_step) == bool(p.stuck_since)
        assert p.first_seen is not None and p.last_seen is not None and p.first_seen <= p.last_seen
        assert 0 <= p.active_seconds <= 300 * len(happened)
        assert (p.status == "finished") == (p.completed is not None)
        assert 0 <= p.recall_level <= len(RECALL_DAYS)


@pytest.mark.parametrize("ends", ["step_done", "step_skipped", "lesson_started", "lesson_finished", "unstuck"])
def test_being_stuck_ends_with(ends: str) -> None:
    assert happened("lesson_started", "stuck").stuck_step == "open"
    assert happened("lesson_started", "stuck", ends).stuck_step == ""


@pytest.mark.parametrize("stays", ["repeated", "help_opened", "went_back", "paused", "step_shown", "hint_given"])
def test_being_stuck_goes_on_through(stays: str) -> None:
    assert happened("stuck", stays).stuck_step == "open"


@pytest.mark.parametrize("name", ["repeated", "help_opened", "went_back", "paused", "lesson_left", "not_found"])
def test_none_of_these_alone_is_being_stuck(name: str) -> None:
    assert happened("lesson_started", name, name, name).stuck_step == ""


def test_a_new_lesson_ends_being_stuck_in_the_old_one_and_an_older_row_stays() -> None:
    known = rebuild(
        (
            Event("lesson_started", AT, "ada", "a", "v", "one"),
            Event("stuck", AT, "ada", "a", "v", "one"),
            Event("lesson_started", AT, "ken", "b", "v", "one"),
        )
    )
    assert known["ada", "a"].stuck_step == "one", "somebody else's new lesson is none of hers"
    known = rebuild((Event("stuck", AT, "ada", "a", "v", "one"), Event("lesson_started", AT, "ada", "b", "v", "one")))
    assert known["ada", "a"].stuck_step == ""


def test_a_person_came_for_all_lessons() -> None:
    asked = Event("person_asked", AT, "ada", "a", "v", "one")
    open_now = rebuild((asked,))["ada", "a"]
    assert (open_now.person_open, open_now.persons_asked, open_now.stuck_step) == (True, 1, "one")
    for name in ("person_withdrawn", "person_helped"):
        closed = rebuild((asked, Event(name, AT, "ada")))["ada", "a"]
        assert (closed.person_open, closed.persons_asked, closed.stuck_step) == (False, 1, "")


def test_silences_count_up_to_five_minutes() -> None:
    assert happened("lesson_started", "step_done", gap=40).active_seconds == 40
    assert happened("lesson_started", "step_done", gap=4000).active_seconds == 300
    assert happened("lesson_started", "person_helped", gap=40).active_seconds == 0, "that was not the learner"


def test_misses_hints_confidence_and_recalls() -> None:
    p = happened("lesson_started", "not_found", "looks_different", "hint_given", "step_done")
    assert (dict(p.misses), p.hints, p.steps_done) == ({"open": 2}, 1, ("open",))
    told = [
        Event("lesson_finished", AT, "ada", "a"),
        Event("confidence_told", AT, "ada", "a", detail={"when": "before", "value": "1"}),
        Event("confidence_told", AT, "ada", "a", detail={"when": "after", "value": "3"}),
        Event("recall_answered", AT + timedelta(days=1), "ada", "a", detail={"right": "yes"}),
    ]
    p = rebuild(told)["ada", "a"]
    assert (p.confidence_before, p.confidence_after, p.recall_level) == (1, 3, 1)
    assert p.recall_due == AT + timedelta(days=1 + 3)
    p = rebuild((*told, Event("recall_answered", AT, "ada", "a", detail={"right": "no"})))["ada", "a"]
    assert (p.recall_level, p.recall_due) == (0, AT + timedelta(days=1))
