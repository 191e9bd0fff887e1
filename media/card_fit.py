"""How steps share the pages of a card: two a page, pictures as tall as fits, never smaller than what they must show. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

BETWEEN = 6.0  # millimetres between two steps


@dataclass(frozen=True)
class Block:
    """One step, in millimetres: its words, what helps when lost, and the least height of its picture."""

    number: int
    words: float
    lost: float = 0.0
    least: float = 0.0
    with_lost: bool = True

    @property
    def text(self) -> float:
        return self.words + (self.lost if self.with_lost else 0.0)

    @property
    def smallest(self) -> float:
        return max(self.text, self.least)


@dataclass(frozen=True)
class Page:
    """`placed`: (block, where it begins, how tall its picture is). `rest`: where the page is free again."""

    placed: tuple[tuple[Block, float, float], ...]
    rest: float


def pages_of(blocks: Sequence[Block], top: float, bottom: float, *, picture: float, alone: float) -> list[Page]:
    """Pages in order. `picture`: the greatest height of one of two pictures, `alone`: of one that has a page for itself.
    What helps when lost is left out of a page only where two steps fit no other way."""
    pages: list[Page] = []
    waiting = list(blocks)
    while waiting:
        pair = _pair(waiting[:2], bottom - top) if len(waiting) > 1 else None
        chosen = pair or waiting[:1]
        pages.append(_placed(chosen, top, bottom, picture if pair else alone))
        waiting = waiting[len(chosen) :]
    return pages


def _pair(two: Sequence[Block], room: float) -> list[Block] | None:
    """The two as they fit on one page; None where they do not."""
    first, second = two
    longer_first = first.text >= second.text
    for drop in ((), (0,) if longer_first else (1,), (1,) if longer_first else (0,), (0, 1)):
        tried = [replace(one, with_lost=n not in drop) for n, one in enumerate((first, second))]
        if sum(one.smallest for one in tried) + BETWEEN <= room:
            return tried
    return None


def _placed(blocks: Sequence[Block], top: float, bottom: float, picture: float) -> Page:
    """The pictures as tall as the room allows, at most square; where one gives way the taller gives first."""
    heights = [max(picture, one.smallest) for one in blocks]
    over = sum(heights) + BETWEEN * (len(blocks) - 1) - (bottom - top)
    for n in sorted(range(len(blocks)), key=lambda n: blocks[n].smallest - heights[n]):
        give = min(max(0.0, over), heights[n] - blocks[n].smallest)
        heights[n] -= give
        over -= give
    placed, y = [], top
    for one, tall in zip(blocks, heights, strict=True):
        placed.append((one, y, max(one.least, min(picture, tall))))
        y += tall + BETWEEN
    return Page(tuple(placed), y)
