"""The open apps, each as a card."""

from __future__ import annotations

from media.drawing.board import Board
from media.drawing.marks import Art, Box, Fill, around
from media.screens import View


def recents(view: View) -> Board:
    """The open apps as cards; the first stands in the middle, the others look out at its sides."""
    board = Board(view)
    look = board.look
    board.add(Art(Box(36, 38, 1044, board.screen.y1), "evening" if look.dark else "wallpaper"))
    board.status_bar()
    cards = list(view.of("card"))
    buttons = list(view.of("button"))
    at = next((n for n, i in enumerate(cards) if i.id == view.target), 0)
    bottom = board.screen.y1 - board.foot - (190 if buttons else 40)
    box = Box(250, 330, 830, bottom)
    for step in (-1, 1):
        if 0 <= at + step < len(cards) or len(cards) > 2:
            page(board, box.moved(step * 640, 0))
    if cards:
        item = cards[at]
        is_target = item.id == view.target
        board.tile(around(320, 246, 116, 116), item)
        what = board.set(item.name, 86 if is_target else 80, 560, weight="medium", target=is_target, lines=1)
        board.write(what, 400, 246 - what.tall // 2, look.text, element=item.id, label=is_target)
        page(board, box)
        right = max(850, 400 + round(what.wide) + 40)
        board.spot(item, Box(226, 166, right, bottom + 24), 78)
    for item in buttons:
        is_target = item.id == view.target
        what = board.set(item.name, 80, 700, weight="medium", target=is_target, lines=1)
        shape = around(540, bottom + 106, round(what.wide) + 130, 136)
        board.add(Fill(shape, look.card, 68))
        board.write(
            what, 36, bottom + 106 - what.tall // 2, look.text, across=1008, middle=True, element=item.id, label=True
        )
        board.spot(item, shape.grown(20), 88)
    board.home_line()
    return board


def page(board: Board, box: Box) -> None:
    """A small page with grey lines: any app."""
    look = board.look
    box = box.within(Box(36, 0, 1044, 2000))
    board.add(Fill(box, look.card, 48, shadow=True))
    for n, share in enumerate((0.7, 0.5, 0.62, 0.4, 0.66)):
        y = box.y0 + 90 + n * 120
        long = round(box.wide * share)
        if y + 44 < box.y1 - 40 and long > 70:
            board.add(Fill(Box(box.x0 + 44, y, box.x0 + long, y + 44), look.field, 22))
