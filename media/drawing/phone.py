"""Telephoning, and the screens outside every app: lock screen, what comes down from the top, the open apps."""

from __future__ import annotations

from media.drawing.bars import tab_bar
from media.drawing.board import Board
from media.drawing.letters import Set, cap
from media.drawing.marks import Art, Box, Fill, Outline, around, colour
from media.drawing.outside import finger, hint
from media.screens import Item, View

GREEN, ON_GREEN = colour("#5BE58A"), colour("#001406")
RED, ON_RED = colour("#8C1120"), colour("#FFFFFF")


def dialler(view: View) -> Board:
    board = Board(view)
    look = board.look
    board.status_bar()
    number = str(view.at.get("value") or "")
    if number:
        what = board.set(number, 122, 900, lines=1)
        board.write(what, 36, 196, look.text, across=1008, middle=True)
    tabs = bool(view.of("tab"))
    bottom = board.screen.y1 - board.foot - (190 if tabs else 0)
    pitch = min(172, (bottom - 330 - 260) // 4)
    keys = {i.text("key"): i for i in view.of("key")}
    with board.as_it_is():
        for n, key in enumerate("123456789*0#"):
            x, y = 80 + 314 * (n % 3), 332 + pitch * (n // 3)
            box = Box(x, y, x + 292, y + pitch - 18)
            board.add(Fill(box, look.key if look.dark else look.card, (pitch - 18) // 2))
            what = Set((key,), look.face(108))
            item = keys.get(key)
            board.write(what, x, box.middle[1] - cap(108) // 2, look.text, across=292, middle=True,
                        element=item.id if item else "", label=bool(item and item.id == board.target))  # fmt: skip
            if item:
                board.spot(item, box.grown(4), (pitch - 10) // 2)
    y = 332 + pitch * 4 + 40
    for item in view.of("call"):
        what = board.set(item.name or " ", 98, 300, weight="medium", target=item.id == board.target, lines=1)
        wide = round(what.wide) + 250
        box = Box(540 - wide // 2, y, 540 + wide // 2, y + 184)
        board.add(Fill(box, GREEN, 92))
        board.icon(around(box.x0 + 132, box.middle[1], 124, 124), item.text("icon") or "call", ON_GREEN)
        board.write(what, box.x0 + 216, box.middle[1] - what.tall // 2, ON_GREEN, element=item.id, label=True)
        board.spot(item, box.grown(32), 124)
    for item in view.of("delete"):
        board.icon(around(922, y + 92, 108, 108), "backspace", look.text, filled=False, alone=True)
        board.spot(item, around(922, y + 92, 150, 150), 75)
    if tabs:
        tab_bar(board)
    board.home_line()
    return board


def call(view: View) -> Board:
    board = Board(view, dark=True)
    look = board.look
    board.add(Art(Box(36, 38, 1044, board.screen.y1), "evening"))
    board.status_bar(look.text)
    y = 220
    if view.at.get("avatar"):
        board.avatar(around(540, y + 120, 240, 240), str(view.at["avatar"]))
        y += 310
    what = board.set(view.title or " ", 112, 900, weight="medium")
    y = board.write(what, 36, y, look.text, across=1008, middle=True) + 44
    second = str(view.at.get("second") or "")
    if second:
        board.write(board.set(second, 76, 900), 36, y, look.second, across=1008, middle=True)
    items = view.of("round")
    for n, item in enumerate(items):
        x = 540 if len(items) == 1 else 36 + round(1008 * (2 * n + 1) / (2 * len(items)))
        bad = item.text("tint") == "red"
        paint, ink = (
            (RED, ON_RED) if bad else (GREEN, ON_GREEN) if item.text("tint") == "green" else (look.key, look.text)
        )
        board.add(Fill(around(x, 1080, 212, 212), paint, 106))
        board.icon(around(x, 1080, 124, 124), item.text("icon") or "call", ink)
        is_target = item.id == board.target
        word = board.set(item.name or " ", 86 if is_target else 72, 1000 // len(items) - 40, target=is_target, lines=2,
                         weight="medium" if is_target else "regular")  # fmt: skip
        board.write(word, x - 200, 1216, look.text, across=400, middle=True, element=item.id, label=is_target)
        wide = max(290, round(word.wide) + 80)
        board.spot(item, Box(x - wide // 2, 932, x + wide // 2, 1216 + word.tall + 54), 92)
    board.home_line(look.text)
    return board


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


def lock(view: View) -> Board:
    board = Board(view)
    look = board.look
    board.add(Art(Box(36, 38, 1044, board.screen.y1), "evening" if look.dark else "wallpaper"))
    board.status_bar()
    what = board.set(str(view.at.get("value") or "10:15"), 236, 900, lines=1)
    date = board.set(str(view.at.get("second") or ""), 74, 900) if view.at.get("second") else None
    last = board.write(what, 36, 216, look.text, across=1008, middle=True)
    if date:
        last = board.write(date, 36, last + 42, look.text, across=1008, middle=True)
    y = last + 80
    for item in view.of("notification"):
        y = notice(board, item, y) + 26
    y = board.screen.y1 - board.foot
    for item in view.of("hint"):
        hint(board, item, y, 620)
    for item in view.of("fingerprint"):
        tops = [board.scene.spots[i.id].box.y0 for i in view.of("hint")]
        finger(board, item, min(tops) - 116 if tops else y - 150)
    for n, item in enumerate(view.of("corner")):
        x = 156 if n == 0 else 924
        board.add(Fill(around(x, y - 80, 140, 140), colour("#14171C"), 70))
        board.icon(around(x, y - 80, 84, 84), item.text("icon") or "photo_camera", colour("#FFFFFF"), alone=True)
        board.spot(item, around(x, y - 80, 172, 172), 86)
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
