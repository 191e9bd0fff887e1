"""Database rows of progress and events, to values and back. Every field of Progress is a column, for reports."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from bot.messages import Event, Plan, Progress

from .codec import moment, stamp, to_json

PROGRESS_COLUMNS = tuple(f.name for f in dataclasses.fields(Progress))
EVENT_COLUMNS = tuple(f.name for f in dataclasses.fields(Event))
_TIMES = frozenset({"stuck_since", "recall_due", "first_seen", "last_seen", "completed", "last_message"})


def progress_row(p: Progress) -> tuple[Any, ...]:
    return tuple(_cell(getattr(p, name)) for name in PROGRESS_COLUMNS)


def progress_of(row: Mapping[str, Any]) -> Progress:
    fields: dict[str, Any] = {name: row[name] for name in PROGRESS_COLUMNS}
    for name in _TIMES:
        fields[name] = moment(fields[name])
    fields["steps_done"] = tuple(json.loads(fields["steps_done"]))
    fields["misses"] = json.loads(fields["misses"])
    fields["marks"] = json.loads(fields["marks"])
    fields["person_open"] = bool(fields["person_open"])
    return Progress(**fields)


def event_row(event: Event) -> tuple[Any, ...]:
    return tuple(_cell(getattr(event, name)) for name in EVENT_COLUMNS)


def event_of(row: Mapping[str, Any]) -> Event:
    fields: dict[str, Any] = {name: row[name] for name in EVENT_COLUMNS}
    at = moment(fields.pop("at"))
    assert at is not None
    return Event(at=at, detail=json.loads(fields.pop("detail")), **fields)


def plan_of(row: Mapping[str, Any]) -> Plan:
    due = moment(row["due"])
    assert due is not None
    return Plan(kind=row["kind"], due=due, lesson=row["lesson"], detail=json.loads(row["detail"]))


def _cell(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return stamp(value)
    if isinstance(value, (tuple, Mapping)):
        return to_json(dict(value) if isinstance(value, Mapping) else value)
    return int(value) if isinstance(value, bool) else value
