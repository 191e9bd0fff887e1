"""Where a finger moves for each gesture: through empty screen where there is some."""

from __future__ import annotations

from dataclasses import replace

from media.drawing.board import Board
from media.drawing.marks import Box, Fill, Sign, Swipe, Words
from media.screens import View

HALF = 96  # of an arrow's head, with its edge
LANES = (540, 376, 704, 330, 750, 270, 810)
HEIGHTS = (720, 640, 800, 930, 560, 480, 400)
OFFSETS = (0, -110, 110, 200)  # of a scrolling finger, up and down, where words stand in its way
SHORTER = (1.0, 0.78, 0.62)


def way(move: str, bottom: int, x: int, y: int) -> Swipe:
    """The finger's way; x matters to upright moves, y to level ones."""
    ways = {
        "up": Swipe((x, bottom - 48), (x, bottom - 500)),
        "up-hold": Swipe((x, bottom - 48), (x, bottom - 560), True),
        "down": Swipe((x, 100), (x, 640)),
        "down-right": Swipe((900, 100), (900, 640)),
        "right": Swipe((80, y), (620, y)),
        "left": Swipe((1000, y), (460, y)),
        "scroll-right": Swipe((290, y), (830, y)),
        "scroll-left": Swipe((790, y), (250, y)),
        "scroll-up": Swipe((x, 1010), (x, 470)),
        "scroll-down": Swipe((x, 470), (x, 1010)),
    }
    if move.startswith("pinch"):  # two fingers, apart or together
        near, far = ((x - 70, y + 70), (x - 290, y + 330)), ((x + 70, y - 70), (x + 290, y - 330))
        pairs = (near, far) if move == "pinch-out" else (near[::-1], far[::-1])
        return Swipe(*pairs[0], other=Swipe(*pairs[1]))
    return ways[move]


def ways(move: str, bottom: int) -> list[Swipe]:
    """Every way that this move may take, the usual ones first; the further down the list, the shorter."""
    if move.startswith("pinch"):
        return [way(move, bottom, 540, 620)]
    usual = [way(move, bottom, x, y) for x, y in zip(LANES, HEIGHTS, strict=True)]
    if move in ("scroll-up", "scroll-down"):
        usual = [replace(s, start=_down(s.start, by), end=_down(s.end, by)) for by in OFFSETS for s in usual]
    if move in ("up", "scroll-up", "scroll-down"):
        usual = [
            replace(s, end=_nearer(s, share)) for share in (SHORTER if move == "up" else SHORTER[:2]) for s in usual
        ]
    return usual


def _down(point: tuple[int, int], by: int) -> tuple[int, int]:
    return point[0], point[1] + by


def _nearer(swipe: Swipe, share: float) -> tuple[int, int]:
    return swipe.end[0], swipe.start[1] + round((swipe.end[1] - swipe.start[1]) * share)


def box_of(swipe: Swipe) -> Box:
    """All that the arrow and the finger mark cover."""
    if swipe.other:
        a, b = box_of(Swipe(swipe.start, swipe.end)), box_of(swipe.other)
        return Box(min(a.x0, b.x0), min(a.y0, b.y0), max(a.x1, b.x1), max(a.y1, b.y1))
    (x0, y0), (x1, y1) = swipe.start, swipe.end
    if x0 == x1:
        return Box(x0 - HALF, min(y0 - HALF, y1), x0 + HALF, max(y0 + HALF, y1))
    if y0 == y1:
        return Box(min(x0 - HALF, x1), y0 - HALF, max(x0 + HALF, x1), y0 + HALF)
    return Box(min(x0, x1) - HALF, min(y0, y1) - HALF, max(x0, x1) + HALF, max(y0, y1) + HALF)


def covered(view: View, bottom: int) -> Box | None:
    """The room that a screen should leave empty for the swipe that is asked for."""
    for item in view.of("swipe"):
        if item.id == view.target:
            return box_of(way(item.text("move") or "up", bottom, LANES[0], 680))
    return None


def add_swipes(board: Board) -> None:
    """Note the way of every `swipe` element. It is painted only where it is the target."""
    taken = [m.box for m in board.scene.marks if isinstance(m, Words | Sign)]
    taken += [m.box for m in board.scene.marks if isinstance(m, Fill) and 40 <= m.box.wide <= 260 and m.box.tall > 40]
    for item in board.view.of("swipe"):
        move = item.text("move") or "up"
        tries = ways(move, board.screen.y1)
        if board.view.kind == "home":
            tries.insert(0, way(move, board.screen.y1, LANES[0], 680))
        board.scene.swipes[item.id] = min(tries, key=lambda t: sum(box_of(t).meets(b) for b in taken))
