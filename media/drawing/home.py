"""The start screen: small pictures with their names, three in a row, and the row at the bottom."""

from __future__ import annotations

from media.drawing.board import Board
from media.drawing.marks import Art, Box, Fill, around, colour
from media.screens import Item, View

ICON, TARGET_ICON = 206, 222
COLUMN = 328
NAME = 70


def home(view: View) -> Board:
    board = Board(view)
    dark = board.look.dark
    board.add(Art(Box(36, 38, 1044, board.screen.y1), "evening" if dark else "wallpaper"))
    board.status_bar()
    y = 172
    for item in view.of("search"):
        box = Box(90, y, 990, y + 118)
        board.add(Fill(box, board.look.card, 59))
        board.icon(around(150, y + 59, 74, 74), "search", board.look.text)
        what = board.set(item.name or " ", 74, 700, target=item.id == board.target, lines=1)
        board.write(what, 210, y + 59 - what.tall // 2, board.look.text, element=item.id, label=item.id == board.target)
        board.spot(item, box.grown(10), 69)
        y += 160
    apps, dock = list(view.of("app")), list(view.of("dock"))
    rows = [apps[n : n + 3] for n in range(0, len(apps), 3)]
    foot = board.screen.y1 - board.foot
    dock_tall = 300 if dock else 0
    room = foot - dock_tall - y
    most = max(1, room // 320)
    at = next((n for n, r in enumerate(rows) if any(i.id == view.target for i in r)), 0)
    rows = rows[max(0, at - most + 1) :][:most]
    pitch = min(392, room // max(1, len(rows)))
    for n, row in enumerate(rows):
        for column, item in enumerate(row):
            app(board, item, 212 + COLUMN * column, y + pitch * n)
    for column, item in enumerate(dock[:3]):
        app(board, item, 212 + COLUMN * column, foot - dock_tall)
    board.home_line()
    return board


def app(board: Board, item: Item, x: int, y: int) -> None:
    """One small picture, its middle at x, its top at y."""
    is_target = item.id == board.target
    size = TARGET_ICON if is_target else ICON
    box = Box(x - size // 2, y + (ICON - size) // 2, x - size // 2 + size, y + (ICON - size) // 2 + size)
    radius = round(size * (0.24 if board.look.iphone else 0.3))
    board.tile(box, item, radius)
    room = 332 if is_target else COLUMN - 14
    what = board.set(item.name, 86 if is_target else NAME, room, weight="medium", target=is_target)
    top = y + ICON + (26 if is_target else 30)
    paint = colour("#FFFFFF") if board.look.dark else board.look.text
    left = x - room // 2
    shift = max(0, 50 - left) - max(0, left + room - 1030) if is_target else 0
    last = board.write(what, left + shift, top, paint, across=room, middle=True, element=item.id, label=is_target)
    wide = max(size + 120, round(what.wide) + 68)
    lower = last + round(what.face.size * 0.26)
    middle = x + shift
    ring_box = Box(middle - wide // 2, box.y0 - 42, middle + wide // 2, lower + 34)
    if ring_box.x0 < 54:
        ring_box = ring_box.moved(54 - ring_box.x0, 0)
    if ring_box.x1 > 1026:
        ring_box = ring_box.moved(1026 - ring_box.x1, 0)
    board.spot(item, ring_box, 92)
