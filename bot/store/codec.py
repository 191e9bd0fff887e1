"""Frozen dataclasses to JSON text and back, by their type hints. What a newer program added gets its default,
what it no longer knows is passed over; a session or reply with an older schema is lifted first."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Hashable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from bot.messages import SESSION_SCHEMA, Session

from .errors import StoreError

T = TypeVar("T")
REPLY_SCHEMA = 1

# schema -> what makes the next schema of it. Never edited, only added to.
Lift = Callable[[dict[str, Any]], dict[str, Any]]
SESSION_LIFTS: Mapping[int, Lift] = {}


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def to_json(value: Any) -> str:
    """JSON text of a dataclass, mapping or tuple. Half characters (lone surrogates) become question marks."""
    kind = cast(Hashable, type(value))
    adapter = _adapter(kind)
    try:
        # `fallback`: pydantic does not know MappingProxyType, which is a dict that nobody may change.
        return adapter.dump_json(value, fallback=dict, warnings=False).decode()
    except (UnicodeEncodeError, PydanticSerializationError):
        return json.dumps(_whole(adapter.dump_python(value, fallback=dict, warnings=False)), default=_plain)


def from_json(kind: type[T], text: str) -> T:
    """Raises StoreError where the text is not of that kind."""
    try:
        value: T = _adapter(cast(Hashable, kind)).validate_json(text)
        return value
    except ValidationError as error:
        where = ", ".join(".".join(str(part) for part in e["loc"]) for e in error.errors())
        raise StoreError(f"A stored {kind.__name__} cannot be read ({where}). The database may be damaged.") from error


def session_from_json(text: str, lifts: Mapping[int, Lift] = SESSION_LIFTS, to: int = SESSION_SCHEMA) -> Session:
    """A stored session, lifted schema by schema to this program's own."""
    if f'"schema":{to},' in text:
        return from_json(Session, text)
    fields = json.loads(text)
    schema = int(fields.get("schema", 1))
    if schema > to:
        raise StoreError("A learner's place was written by a newer Handrail. Start that newer Handrail again.")
    while schema < to:
        fields = lifts[schema](fields)
        schema += 1
    return from_json(Session, json.dumps({**fields, "schema": to}))


def stamp(at: datetime) -> str:
    """A UTC time as text that sorts by time: 2026-11-21T09:10:00.000000Z."""
    if at.tzinfo is None:
        raise ValueError("times are aware: datetime.now(UTC)")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def fingerprint(text: str) -> str:
    """What is kept of a secret or an id that must not be kept itself."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {_whole(k): _whole(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_whole(v) for v in value]
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in JSON")
