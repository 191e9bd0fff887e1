"""The rows as xAPI 1.0.3 statements, for a learning record store. The actor is an account with an opaque name."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from .rows import Line

VERBS = {
    "initialized": "http://adlnet.gov/expapi/verbs/initialized",
    "progressed": "http://adlnet.gov/expapi/verbs/progressed",
    "completed": "http://adlnet.gov/expapi/verbs/completed",
}
LESSON = "http://adlnet.gov/expapi/activities/lesson"
PROGRESS = "https://w3id.org/xapi/cmi5/result/extensions/progress"
SPACE = uuid.UUID("6f4c2f4e-7a52-5d4f-9c55-3f3a3b1f3a10")  # of our statements' ids: the same thing has the same id
NOWHERE = "http://handrail.localhost"  # where no public address is set


def as_statements(lines: Iterable[Line], *, home: str = "") -> Iterator[str]:
    """A JSON list of statements, piece by piece. `home` is the public address of this Handrail."""
    before = "[\n"
    for line in lines:
        for statement in statements_of(line, home or NOWHERE):
            yield before + json.dumps(statement, ensure_ascii=False)
            before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def statements_of(line: Line, home: str) -> Iterator[dict[str, Any]]:
    """Begun; and how far, or that it was completed. Names never stand here."""
    row = line.row
    begun = _statement(line, home, "initialized", row.first_seen_utc)
    if begun:
        yield begun
    if row.completed_utc:
        result = {"completion": True, "duration": f"PT{row.active_seconds}S"}
        done = _statement(line, home, "completed", row.completed_utc, result)
    else:
        share: dict[str, Any] = {"completion": False, "duration": f"PT{row.active_seconds}S"}
        share["extensions"] = {PROGRESS: min(99, round(100 * row.progress))}
        done = _statement(line, home, "progressed", row.last_seen_utc, share)
    if done:
        yield done


def _statement(
    line: Line, home: str, verb: str, at: datetime | None, result: dict[str, Any] | None = None
) -> dict[str, Any] | None:
    if at is None:
        return None
    row = line.row
    statement: dict[str, Any] = {
        "id": str(uuid.uuid5(SPACE, f"{home} {line.learner} {row.lesson} {verb} {at.isoformat()}")),
        "actor": {"objectType": "Agent", "account": {"homePage": home, "name": line.learner}},
        "verb": {"id": VERBS[verb], "display": {"en": verb}},
        "object": {
            "objectType": "Activity",
            "id": f"{home}/l/{row.lesson}",
            "definition": {"type": LESSON, "name": {"und": row.title}},
        },
        "context": {"platform": "Handrail"},
        "timestamp": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z",
        "version": "1.0.3",
    }
    if result:
        statement["result"] = result
    return statement
