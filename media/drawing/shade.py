"""What comes down from the top edge: tiles, the bar for brightness, notifications."""

from __future__ import annotations

from media.drawing.board import Board
from media.drawing.marks import Box, Fill, Outline, around
from media.screens import Item, View


def shade(view: View) -> Board:
    """What comes down from the top edge: tiles, then notifications."""
    board = Board(view)
    look = board.look
    board.status_bar()
    y = 176
    right = 1000
    for item in reversed(view.of("top")):
        board.icon(
            around(right - 44, 216, 96, 96), item.text("icon") or "settings", look.text, filled=False, alone=True
        )
        board.spot(item, around(right - 44, 216, 136, 136), 68)
        right -= 136
    if view.of("top"):
        date = board.set(str(view.at.get("second") or ""), 72, right - 100, lines=1)
        board.write(date, 92, 216 - date.tall // 2, look.text)
        y = 318
    for item in view.of("slider"):
        brightness(board, item, y)
        y += 190
    y = tiles(board, y)
    for item in view.of("notification"):
        y = notice(board, item, y) + 22
    for item in view.of("button"):
        is_target = item.id == board.target
        what = board.set(item.name, 80, 800, weight="medium", target=is_target)
        box = around(540, y + 100, round(what.wide) + 130, what.tall + 88)
        board.add(Outline(box, look.accent, look.card, box.tall // 2, 5))
        board.write(
            what, 36, box.middle[1] - what.tall // 2, look.link, across=1008, middle=True, element=item.id, label=True
        )
        board.spot(item, box.grown(22), box.tall // 2 + 22)
    board.home_line()
    return board


def tiles(board: Board, y: int) -> int:
    """Two beside each other; a ringed one whose words are long has a line of its own. Returns where they end."""
    column = 0
    made = board.view.of("tile")
    for item in made:
        what = board.set(item.name, 86, 300, target=True, weight="medium")
        wide = item.id == board.target and len(what.lines) > 1
        if wide and column:
            y, column = y + 204, 0
        tile(board, item, Box(74 + 476 * column, y, 1006 if wide else 530 + 476 * column, y + 184))
        column = 0 if wide else 1 - column
        y += 0 if column else 204
    return y + (204 if column else 0) + (30 if made else 0)


def tile(board: Board, item: Item, box: Box) -> None:
    look = board.look
    is_target = item.id == board.target
    on = item.text("switch") == "on"
    board.add(Fill(box, look.accent if on else look.card, 62))
    paint = look.on_accent if on else look.text
    board.icon(around(box.x0 + 78, box.middle[1], 92, 92), item.text("icon") or "circle", paint)
    what = board.set(item.name, 86 if is_target else 74, box.wide - 156, target=is_target, lines=1 if is_target else 2,
                     weight="medium" if is_target else "regular")  # fmt: skip
    top = box.middle[1] - what.tall // 2
    board.write(what, box.x0 + 140, top, paint, across=box.wide - 156, element=item.id, label=is_target)
    board.spot(item, box, 66)


def brightness(board: Board, item: Item, y: int) -> None:
    """A thick bar with a sun: the more of it is filled, the brighter."""
    look = board.look
    box = Box(74, y, 1006, y + 158)
    board.add(Fill(box, look.field, 79))
    at = round(box.x0 + 158 + (box.wide - 158) * min(1.0, max(0.0, float(item.at.get("position", 0.5)))))
    board.add(Fill(Box(box.x0, box.y0, at, box.y1), look.accent, 79))
    board.icon(
        around(box.x0 + 92, box.middle[1], 92, 92), item.text("icon") or "brightness_6", look.on_accent, alone=True
    )
    board.spot(item, box.grown(4), 82)


def notice(board: Board, item: Item, y: int) -> int:
    """A notification: icon, who, what. Returns where it ends."""
    look = board.look
    is_target = item.id == board.target
    name = board.set(item.name, 86 if is_target else 78, 700, weight="medium", target=is_target)
    second = board.set(item.text("second"), 70, 720, lines=3) if item.text("second") else None
    tall = name.tall + (second.tall + 32 if second else 0) + 90
    box = Box(74, y, 1006, y + max(tall, 190))
    board.add(Fill(box, look.card, 52))
    board.tile(around(box.x0 + 100, y + 96, 112, 112), item)
    last = board.write(name, box.x0 + 186, y + 44, look.text, element=item.id, label=is_target)
    if second:
        board.write(second, box.x0 + 186, last + 32, look.second, element=item.id)
    board.spot(item, box, 60)
    return box.y1
