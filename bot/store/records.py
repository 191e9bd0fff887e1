"""What the store takes in and hands out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.messages import Message, Plan, Reply


@dataclass(frozen=True)
class Address:
    """Where a chat is, in its messenger's own terms. `bot` is "" where a channel has only one (web, console).
    On the chat page `where` is the chat's own opaque id, never the token."""

    channel: str
    bot: str
    where: str


@dataclass(frozen=True)
class Incoming:
    """A message as it comes in. `update_id` is unique for its bot; for a page any id of the request will do."""

    update_id: str
    address: Address
    message: Message


@dataclass(frozen=True)
class Waiting:
    """A message that was taken in and has no answer yet. `mark` goes back to `save`. Of the message's people
    only `chat` is known here: who is at it now may change while it waits."""

    mark: int
    chat: str
    message: Message


@dataclass(frozen=True)
class Parcel:
    """A reply that waits to be sent. Parcels of a chat go out in the order of their ids."""

    id: int
    chat: str
    address: Address
    turn: int
    place: int
    reply: Reply
    tries: int = 0
    learner: str = ""
    made_at: datetime | None = None
    not_before: datetime | None = None


@dataclass(frozen=True)
class DuePlan:
    id: int
    learner: str
    chat: str
    plan: Plan
    centre: str = "home"
