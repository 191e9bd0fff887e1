"""Carries replies from the outbox to a messenger, and what a messenger must be able to do for it."""

from .carrier import Backoff, Delivery
from .channel import Channel, GoneForGood, Piece, TryLater
from .pace import Pace

__all__ = ["Backoff", "Channel", "Delivery", "GoneForGood", "Pace", "Piece", "TryLater"]
