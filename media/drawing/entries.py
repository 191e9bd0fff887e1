"""Lines to type in: a field in a frame, an iPhone's row, and what is typed in them."""

from __future__ import annotations

from media.drawing.board import Board
from media.drawing.letters import cap
from media.drawing.marks import Box, Fill, Outline, around
from media.screens import Item


def line_to_type(board: Board, item: Item, shape: Box, label_top: int, named: bool) -> int:
    look = board.look
    is_target = item.id == board.target
    board.add(Outline(shape, look.accent, look.card, 28, 7 if is_target else 5))
    typed(board, item, shape.x0 + 36, shape.middle[1])
    if named and not item.text("value"):
        what = board.set(item.name, 86 if is_target else 76, 600, target=is_target, lines=1)
        top = shape.middle[1] - what.tall // 2
        board.write(what, shape.x0 + 60, top, look.second, element=item.id, label=is_target)
    for eye in board.view.of("eye"):
        x, name = shape.x1 - 84, eye.text("icon") or "visibility"
        board.icon(around(x, shape.middle[1], 88, 88), name, look.text, filled=False, alone=True)
        board.spot(eye, around(x, shape.middle[1], 136, 136), 68)
    board.spot(item, Box(shape.x0 - 24, shape.y0 - 18 if named else label_top - 36, shape.x1 + 24, shape.y1 + 18), 46)
    return shape.y1


def typed(board: Board, item: Item, x: int, middle: int, end: int = 860) -> None:
    """Dots for a password, or the words, and the cursor after them."""
    look = board.look
    dots = min(int(item.at.get("dots", 0)), max(0, (end - x - 20) // 56))
    words = item.text("value")
    if dots:
        for n in range(dots):
            board.add(Fill(around(x + 18 + n * 56, middle, 36, 36), look.text, 18))
        x += dots * 56 + 10
    elif words:
        what = board.set(words, 78, 700, lines=1)
        board.write(what, x, middle - cap(what.face.size) // 2, look.text, element=item.id)
        x += round(what.wide) + 14
    board.add(Fill(Box(x, middle - 44, x + 7, middle + 44), look.accent, 3))


def entry(board: Board, item: Item, shape: Box) -> int:
    """An iPhone's row to type in: its name on the left, the cursor after it."""
    look = board.look
    is_target = item.id == board.target
    board.add(Fill(shape, look.card, 56))
    what = board.set(item.name or " ", 86 if is_target else 78, 640, target=is_target, lines=1,
                     weight="medium" if is_target else "regular")  # fmt: skip
    board.write(what, shape.x0 + 44, shape.middle[1] - what.tall // 2, look.text, element=item.id, label=is_target)
    typed(
        board,
        item,
        shape.x0 + 44 + round(what.wide) + 44,
        shape.middle[1],
        shape.x1 - (150 if board.view.of("eye") else 50),
    )
    for eye in board.view.of("eye"):
        board.icon(around(shape.x1 - 84, shape.middle[1], 88, 88), "visibility", look.text, filled=False, alone=True)
        board.spot(eye, around(shape.x1 - 84, shape.middle[1], 136, 136), 68)
    board.spot(item, shape, 58)
    return shape.y1
