"""The phone itself, seen from the front: its buttons, the socket, the cable."""

from __future__ import annotations

from media.drawing.board import Board
from media.drawing.marks import Art, Box, Fill, Line, Scene, around, colour
from media.screens import Item, View

WHITE, BLACK = colour("#FFFFFF"), colour("#0C0F14")
STEEL, STEEL_LIT = colour("#373F4B"), colour("#7C8798")
GLASS = Box(270, 130, 810, 1230)
CASE = 22


def device(view: View) -> Board:
    """The phone itself, smaller, seen from the front: its side buttons, the socket below, the cable."""
    board = Board(view)
    board.screen = GLASS
    board.scene = Scene(1440, GLASS, board.look.dark, BLACK, cut_at=GLASS.y1)
    off = not view.at.get("picture")
    if not off:
        shown = {"hills": "evening" if board.look.dark else "wallpaper"}
        board.add(Art(GLASS, shown.get(str(view.at["picture"]), str(view.at["picture"]))))
        clock = board.set(str(view.at.get("value") or "10:15"), 150, 460, lines=1)
        board.write(clock, GLASS.x0, 250, board.look.text, across=GLASS.wide, middle=True)
    elif view.at.get("text"):
        what = board.set(str(view.at["text"]), 80, 440)
        board.write(what, GLASS.x0 + 50, 660 - what.tall // 2, WHITE, across=440, middle=True)
    out = board.scene.outside
    if view.at.get("cable"):
        out.append(Line(((540, GLASS.y1 + 60), (540, 1440)), STEEL, 34))
        out.append(Fill(Box(486, GLASS.y1 + 22, 594, GLASS.y1 + 130), STEEL, 18))
    for item in view.of("side"):
        side(board, item)
    return board


def side(board: Board, item: Item) -> None:
    """One thing on the case, where it is on this maker's phones."""
    place = item.text("place") or "power"
    left = (item.text("side") or ("left" if board.look.iphone and place.startswith("volume") else "right")) == "left"
    x = GLASS.x0 - CASE if left else GLASS.x1 + CASE
    tops = {"volume-up": 340, "volume-down": 470, "power": 640}
    if board.look.iphone:
        tops = {"volume-up": 380, "volume-down": 510, "power": 420}
    out = board.scene.outside
    if place in tops:
        tall = 170 if place == "power" else 112
        box = around(x, tops[place] + tall // 2, 34, tall)
        out.append(Fill(box, STEEL_LIT, 12))
        board.spot(item, around(x + (8 if not left else -8), tops[place] + tall // 2, 116, tall + 72), 54)
    elif place == "port":
        out.append(Fill(Box(490, GLASS.y1 + 8, 590, GLASS.y1 + 20), STEEL_LIT, 6))
        board.spot(item, around(540, GLASS.y1 + 40, 230, 150), 60)
    elif place == "screen":
        board.spot(item, GLASS.grown(4), 90)
    else:
        board.add(Fill(around(540, GLASS.y0 + 50, 36, 36), STEEL_LIT, 18))
        board.spot(item, around(540, GLASS.y0 + 50, 130, 130), 65)
