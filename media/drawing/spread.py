"""Small pictures in a row of three: the ringed one takes the room its name needs, its neighbours share the rest."""

from __future__ import annotations

from media.drawing.marks import Box

LEFT, RIGHT = 44, 1036


def rooms(ids: list[str], target: str, ring: Box, column: int, middles: dict[str, int]) -> dict[str, tuple[int, int]]:
    """id -> (middle, room) of every neighbour; the ring's box is what the ringed one takes, its band included."""
    found: dict[str, tuple[int, int]] = {}
    at = ids.index(target)
    for side, low, high in ((ids[:at], LEFT, ring.x0), (ids[at + 1 :], ring.x1, RIGHT)):
        if not side:
            continue
        share = (high - low) // len(side)
        stay = all(low + column // 2 <= middles[one] <= high - column // 2 for one in side)
        for n, one in enumerate(side):
            found[one] = (middles[one], column) if stay else (low + share * n + share // 2, share)
    return found
