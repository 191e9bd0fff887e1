"""What is kept as JSON comes back the same, and what is older is lifted."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages import SESSION_SCHEMA, Event, Message, Plan, Reply, Session
from bot.store import StoreError
from bot.store.codec import from_json, moment, session_from_json, stamp, to_json

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
times = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
st.register_type_strategy(datetime, times)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
# Half characters are made whole on the way in (see test_store), so they do not come back as they were.
st.register_type_strategy(str, st.text(st.characters(exclude_categories=["Cs"]), max_size=12))


@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("kind", [Session, Reply, Message, Event, Plan])
@given(data=st.data())
def test_comes_back_the_same(kind: type, data: st.DataObject) -> None:
    value = data.draw(st.from_type(kind))
    assert from_json(kind, to_json(value)) == value


def test_comes_back_the_same_session() -> None:
    session = Session("ada", consents={"remember": "yes"}, last_tap=(3, "next", AT), notes={"new": "1"})
    assert session_from_json(to_json(session)) == session


@given(times)
def test_times_sort_as_text(at: datetime) -> None:
    assert moment(stamp(at)) == at
    assert (stamp(at) < stamp(AT)) == (at < AT)


def test_an_older_session_is_lifted_step_by_step() -> None:
    old = {"schema": 1, "learner": "ada", "nick": "Ada"}
    lifts = {
        1: lambda fields: {**fields, "name": fields["nick"]},
        2: lambda fields: {**fields, "language": "zh"},
    }
    lifted = session_from_json(json.dumps(old), lifts, to=3)
    assert (lifted.schema, lifted.name, lifted.language) == (3, "Ada", "zh")


def test_a_newer_session_is_refused_in_words() -> None:
    with pytest.raises(StoreError, match="newer Handrail"):
        session_from_json(json.dumps({"schema": SESSION_SCHEMA + 1, "learner": "ada"}))


def test_a_field_that_is_no_more_is_passed_over_and_a_new_one_has_its_default() -> None:
    assert from_json(Reply, '{"words": "hello", "colour": "red"}') == Reply("hello")


def test_a_damaged_row_is_named() -> None:
    with pytest.raises(StoreError, match=r"Reply cannot be read \(words\)"):
        from_json(Reply, "{}")
