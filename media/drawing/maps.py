"""A map over the whole screen: the line to search in, places, a way, round buttons, and a card at the bottom."""

from __future__ import annotations

from media.drawing import flow
from media.drawing.bars import floating, tab_bar
from media.drawing.board import WITH_KEYBOARD, Board
from media.drawing.keys import keyboard, keys_top, kind_of
from media.drawing.marks import Art, Box, Fill, Line, Spot, around, colour, shifted
from media.screens import Item, View

PIN, WAY, WHITE = colour("#8C1120"), colour("#0A4FC4"), colour("#FFFFFF")
ON_THE_MAP = ("search", "chip", "place", "route", "floating", "tab", "back", "top", "swipe", "nav", "key", "suggestion")


def maps(view: View) -> Board:
    keys = kind_of(view)
    typed = keys != "none"
    board = Board(view, tall=WITH_KEYBOARD if typed else 1440)
    look = board.look
    tabs = bool(view.of("tab"))
    end = keys_top(board, keys) if typed else board.screen.y1
    with board.as_it_is():
        board.add(Art(Box(36, 38, 1044, board.screen.y1), "streets-dark" if look.dark else "streets"))
    board.add(Fill(Box(36, 38, 1044, 150), look.card))
    board.status_bar()
    top = top_of_map(board)
    bottom = end - (190 + board.foot if tabs else 0)
    card_top = card(board, top, bottom)
    with board.as_it_is():
        ways(board, top, card_top)
        for item in view.of("place"):
            place(board, item, top, card_top)
        for item in view.of("route"):
            around_all(board, item)
    floating(board, min(card_top, bottom) + 20)
    if tabs:
        tab_bar(board)
    if typed:
        keyboard(board, end, keys)
    board.home_line()
    return board


def top_of_map(board: Board) -> int:
    """The search line, an arrow back in front of it, and the short words below. Returns where the map is free."""
    look, view = board.look, board.view
    y = 170
    left = 64
    for item in view.of("back"):
        board.add(Fill(around(126, y + 66, 124, 124), look.card, 62, shadow=True))
        board.back_arrow(item, 102, y + 66, look.text)
        left = 220 if item.id == board.target else 206
    for item in view.of("search"):
        is_target = item.id == board.target
        words = item.text("value") or item.name or " "
        what = board.set(words, 76, 1016 - left - 200, target=is_target, lines=1)
        tall = 134 + what.rise + what.fall
        shape = Box(left, y, 1016, y + tall)
        board.add(Fill(shape, look.card, 67, shadow=True))
        board.icon(around(left + 74, y + tall // 2, 80, 80), "search", look.text)
        board.write(what, left + 136, y + tall // 2 - what.tall // 2, look.text, element=item.id, label=is_target)
        board.spot(item, shape.grown(8), 75)
    if view.of("back", "search"):
        y += 156 if not view.of("search") else tall + 22
    made = flow.pieces_of([i for i in view.items if i.part == "chip"])
    for items in made:
        block = flow.block(view, items, Box(64, 0, 1016, 0))
        board.add(*(shifted(mark, 0, y - 14) for mark in block.marks))
        for name, spot in block.spots.items():
            board.scene.spots[name] = Spot(spot.box.moved(0, y - 14), spot.radius)
        y += 150
    return y


def where(item: Item, top: int, bottom: int) -> tuple[int, int]:
    """Where on the picture a place is, its foot."""
    return (100 + round(880 * float(item.at.get("position", 0.5))),
            top + 90 + round((bottom - top - 200) * float(item.at.get("height", 0.5))))  # fmt: skip


def ways(board: Board, top: int, bottom: int) -> None:
    """A blue line from where one stands to the first place."""
    for item in board.view.of("route"):
        places = board.view.of("place")
        x, y = where(places[0], top, bottom) if places else (700, top + 120)
        start, low = (200 if x > 420 else 860, bottom - 70), (bottom + y) // 2
        bent = (
            start,
            (start[0] + 40, low),
            ((start[0] + x) // 2, low - 20),
            ((start[0] + x) // 2 + 20, y + 70),
            (x, y + 60),
        )
        board.add(Line(bent, WHITE, 34), Line(bent, WAY, 22))
        board.add(Fill(around(*bent[0], 64, 64), WHITE, 32), Fill(around(*bent[0], 46, 46), WAY, 23))
        left, right = min(p[0] for p in bent), max(p[0] for p in bent)
        board.spot(item, Box(left - 90, y - 20, right + 90, min(start[1] + 50, bottom - 20)), 60)


def around_all(board: Board, route: Item) -> None:
    """A ringed way takes in the places that stand at it, with their names."""
    box = board.scene.spots[route.id].box
    for item in board.view.of("place"):
        other = board.scene.spots[item.id].box
        if box.meets(other.grown(40)):
            box = Box(min(box.x0, other.x0), min(box.y0, other.y0), max(box.x1, other.x1), max(box.y1, other.y1))
    board.scene.spots[route.id] = Spot(box, 60)


def place(board: Board, item: Item, top: int, bottom: int) -> None:
    """A pin with its name beside it; `position` across and `height` down, 0 to 1."""
    look = board.look
    is_target = item.id == board.target
    what = board.set(item.name, 86 if is_target else 70, 520, weight="medium", target=is_target, lines=2)
    x, y = where(item, top, bottom)
    board.icon(around(x, y, 140, 140), item.text("icon") or "location_on", PIN if not look.dark else colour("#FFB4AB"))
    wide = round(what.wide) + 40
    edge = 820 if board.view.of("floating") else 1010
    left = x + 70 if x + 90 + wide < edge else x - 70 - wide
    tall = what.tall + 44
    if item.name:
        board.add(Fill(Box(left, y - tall // 2, left + wide, y + tall // 2), look.card, 24))
        board.write(what, left + 20, y - what.tall // 2, look.text, element=item.id, label=is_target)
        left, right = min(left, x - 70), max(left + wide, x + 70)
        half = max(84, tall // 2)
        board.spot(item, Box(left - 14, y - half - 14, right + 14, y + half + 14), 56)
    else:
        board.spot(item, around(x, y, 170, 170), 80)


def card(board: Board, top: int, bottom: int) -> int:
    """What stands on the card at the bottom, as tall as it needs. Returns where the card begins."""
    look, view = board.look, board.view
    items = [i for i in view.items if i.part not in ON_THE_MAP]
    if not items:
        return bottom
    foot = bottom if view.of("tab") or kind_of(view) != "none" else bottom - board.foot
    blocks = [flow.block(view, some, Box(76, 0, 1004, 0)) for some in flow.pieces_of(items)]
    while len(blocks) > 1 and sum(b.tall + b.gap for b in blocks) > foot - top - 150:
        last = next(n for n in range(len(blocks) - 1, -1, -1) if not blocks[n].holds(view.target))
        blocks.pop(last)
    tall = sum(b.tall + b.gap for b in blocks) + 74
    y = foot - tall
    board.add(Fill(Box(36, y, 1044, bottom + 100), look.card, 60, shadow=True),
              Fill(Box(470, y + 22, 610, y + 34), look.second, 6))  # fmt: skip
    at = y + 60
    for block in blocks:
        at += block.gap
        board.add(*(shifted(mark, 0, at) for mark in block.marks))
        for name, spot in block.spots.items():
            board.scene.spots[name] = Spot(spot.box.moved(0, at), spot.radius)
        at += block.tall
    return y
