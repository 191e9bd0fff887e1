"""Where a finger moves for each gesture."""

from __future__ import annotations

from media.drawing.board import Board
from media.drawing.marks import Swipe


def add_swipes(board: Board) -> None:
    """Note the way of every `swipe` element. It is painted only where it is the target."""
    screen, bottom = board.screen, board.screen.y1
    x, y = 540, min(bottom, 1402) // 2
    ways = {
        "up": Swipe((x, bottom - 48), (x, bottom - 620)),
        "up-hold": Swipe((x, bottom - 48), (x, bottom - 560), True),
        "down": Swipe((x, screen.y0 + 60), (x, screen.y0 + 640)),
        "right": Swipe((screen.x0 + 40, y), (screen.x0 + 600, y)),
        "left": Swipe((screen.x1 - 40, y), (screen.x1 - 600, y)),
        "scroll-up": Swipe((x, y + 330), (x, y - 270)),
        "scroll-down": Swipe((x, y - 330), (x, y + 270)),
    }
    for item in board.view.of("swipe"):
        board.scene.swipes[item.id] = ways[item.text("move") or "up"]
