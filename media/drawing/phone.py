"""Telephoning: the keys, a call; and the lock screen."""

from __future__ import annotations

from media.drawing.bars import tab_bar
from media.drawing.board import Board
from media.drawing.letters import Set, cap
from media.drawing.marks import Art, Box, Fill, around, colour
from media.drawing.outside import finger, hint
from media.drawing.shade import notice
from media.screens import View

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
        if not item.name:
            board.spot(item, around(x, 1080, 276, 276), 138)
            continue
        is_target = item.id == board.target
        word = board.set(item.name, 86 if is_target else 72, 1000 // len(items) - 40, target=is_target, lines=2,
                         weight="medium" if is_target else "regular")  # fmt: skip
        board.write(word, x - 200, 1216, look.text, across=400, middle=True, element=item.id, label=is_target)
        wide = max(290, round(word.wide) + 80)
        board.spot(item, Box(x - wide // 2, 932, x + wide // 2, 1216 + word.tall + 54), 92)
    board.home_line(look.text)
    return board


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
