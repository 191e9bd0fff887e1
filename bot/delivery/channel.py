"""What a messenger must be able to do so that `bot.delivery` can carry replies to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.store import Address, Parcel


class TryLater(Exception):
    """Not sent, or not known to be sent; worth another try after `seconds` (0: as soon as seems wise).
    `asked` is set where the messenger itself named the seconds."""

    def __init__(self, seconds: float = 0.0, why: str = "", *, asked: bool = False) -> None:
        super().__init__(why)
        self.seconds = seconds
        self.why = why
        self.asked = asked


class GoneForGood(Exception):
    """Will never arrive: the chat is gone, or the learner wants none of it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Piece:
    """One message of a messenger; a reply is one or two of them. `body` is the channel's own."""

    kind: str  # words, picture, voice, delete
    body: Any


class Channel(Protocol):
    """`name` is the channel's name in an Address."""

    name: str

    async def pack(self, parcel: Parcel) -> Sequence[Piece]:
        """The messages that a reply becomes, in order, with picture and voice made or left out."""

    async def send(self, address: Address, piece: Piece) -> None:
        """Raises TryLater or GoneForGood."""
