"""The start screen: small pictures with their names, three in a row, and the row at the bottom."""

from __future__ import annotations

from media.drawing.board import Board
from media.drawing.marks import Art, Box, Fill, around, colour
from media.drawing.spread import rooms
from media.drawing.swipes import covered
from media.screens import Item, View

ICON, TARGET_ICON = 206, 222
LOW_ICON = 172  # over a name of two lines, so that the ring keeps clear of the row below
COLUMN = 328
NAME = 70


def home(view: View) -> Board:
    board = Board(view)
    dark = board.look.dark
    board.add(Art(Box(36, 38, 1044, board.screen.y1), "evening" if dark else "wallpaper"))
    board.status_bar()
    y = 192
    for item in view.of("search"):
        box = Box(90, y, 990, y + 118)
        board.add(Fill(box, board.look.card, 59))
        board.icon(around(150, y + 59, 74, 74), "search", board.look.text)
        what = board.set(item.name or " ", 74, 700, target=item.id == board.target, lines=1)
        board.write(what, 210, y + 59 - what.tall // 2, board.look.text, element=item.id, label=item.id == board.target)
        board.spot(item, box.grown(10), 69)
        y += 160
    apps, dock = list(view.of("app")), list(view.of("dock"))
    across = 2 if view.at.get("large") else 3
    rows = [apps[n : n + across] for n in range(0, len(apps), across)]
    foot = board.screen.y1 - board.foot
    dock_tall = 340 if dock else 0
    room = foot - dock_tall - y
    most = max(1, room // 320)
    at = next((n for n, r in enumerate(rows) if any(i.id == view.target for i in r)), 0)
    rows = rows[max(0, at - most + 1) :][:most]
    pitch = min(380, room // max(1, len(rows)))
    lines = [(row, y + pitch * n) for n, row in enumerate(rows)]
    lines += [(dock[:3], foot - dock_tall)] if dock else []
    keep_free = covered(view, board.screen.y1)
    for row, top in lines:
        one_row(board, row, top, keep_free)
    board.home_line()
    return board


def one_row(board: Board, row: list[Item], y: int, keep_free: Box | None) -> None:
    """Three apps; where the ringed one is wide the others make room, or are left out."""
    across = 2 if board.view.at.get("large") else 3
    middles = {item.id: (212 + COLUMN * n if across == 3 else 294 + 492 * n) for n, item in enumerate(row)}
    for item in row:
        if item.id == board.target:
            app(board, item, middles[item.id], y)
    spot = board.scene.spots.get(board.target) if board.target in middles else None
    moved = rooms(list(middles), board.target, spot.box.grown(26), COLUMN, middles) if spot else {}
    for item in row:
        cell = Box(middles[item.id] - 150, y, middles[item.id] + 150, y + ICON + 90)
        if item.id == board.target or (keep_free and keep_free.meets(cell)):
            continue
        x, room = moved.get(item.id, (middles[item.id], COLUMN))
        if room < ICON + 8 or len(board.set(item.name, NAME, min(COLUMN - 6, room) - 8, weight="medium").lines) > 1:
            continue
        app(board, item, x, y, room=min(COLUMN - 6, room) - 8)


def app(board: Board, item: Item, x: int, y: int, room: int = COLUMN - 14) -> None:
    """One small picture, its middle at x, its top at y."""
    is_target = item.id == board.target
    room = 420 if is_target else room
    what = board.set(item.name, 86 if is_target else NAME, room, weight="medium", target=is_target)
    size = ICON if not is_target else TARGET_ICON if len(what.lines) == 1 else LOW_ICON
    above = y + (ICON - (TARGET_ICON if is_target else ICON)) // 2
    box = Box(x - size // 2, above, x - size // 2 + size, above + size)
    radius = round(size * (0.24 if board.look.iphone else 0.3))
    top = box.y1 + (18 if is_target else 30)
    paint = colour("#FFFFFF") if board.look.dark else board.look.text
    wide = max(size + 120, round(what.wide) + 68)
    middle = min(max(x, 54 + wide // 2), 1026 - wide // 2) if is_target else x
    box = box.moved(middle - x, 0)
    board.tile(box, item, radius)
    last = board.write(what, middle - room // 2, top, paint, across=room, middle=True, element=item.id, label=is_target)
    lower = last + round(what.face.size * 0.26)
    board.spot(item, Box(middle - wide // 2, box.y0 - 30, middle + wide // 2, lower + 34), 92)
