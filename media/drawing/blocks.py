"""What a page is put together from: headings, buttons, lines to type in. Each is laid out as if its top were 0."""

from __future__ import annotations

from media.drawing.board import Board
from media.drawing.letters import Set
from media.drawing.marks import Box, Fill, Line, Outline, around, colour
from media.screens import Item


def search(board: Board, item: Item, box: Box) -> int:
    look = board.look
    is_target = item.id == board.target
    what = board.set(item.name or " ", 74, box.wide - 210, target=is_target, lines=1)
    tall = 122 + what.rise + what.fall
    shape = Box(box.x0, 0, box.x1, tall)
    board.add(Fill(shape, look.field, 36 if look.iphone else 61))
    board.icon(around(box.x0 + 78, tall // 2, 78, 78), "search", look.text)
    board.write(what, box.x0 + 142, tall // 2 - 4 - what.tall // 2, look.text, element=item.id, label=is_target)
    board.spot(item, shape.grown(10), 71)
    return tall + 16


def section(board: Board, item: Item, box: Box) -> int:
    more = 26 if item.id == board.target else 0
    what = board.set(item.name, 68, box.wide - 60, weight="medium", target=bool(more))
    last = board.write(what, box.x0 + 34, 30 + more, board.look.second, across=box.wide - 60, element=item.id)
    board.spot(item, Box(box.x0, 0, box.x1, last + 52), 40)
    return last + 32 + 2 * more


def heading(board: Board, item: Item, box: Box) -> int:
    what = board.set(item.name, 92, box.wide - 40, weight="bold", target=item.id == board.target)
    board.write(what, box.x0 + 20, 14, board.look.text, across=box.wide - 40, element=item.id, label=True)
    board.spot(item, Box(box.x0 - 20, -28, box.x1 + 20, what.tall + 64), 40)
    return what.tall + 46


def note(board: Board, item: Item, box: Box) -> int:
    is_target = item.id == board.target
    more = 30 if is_target else 0
    what = board.set(item.name, 86 if is_target else 72, box.wide - 56, target=is_target)
    last = board.write(what, box.x0 + 28, 16 + more, board.look.second, across=box.wide - 56, element=item.id,
                       label=is_target)  # fmt: skip
    board.spot(item, Box(box.x0 - 6, more - 24, box.x1 + 6, last + 54), 40)
    return last + 28 + 2 * more


def button(board: Board, item: Item, box: Box) -> int:
    look = board.look
    main = bool(item.at.get("main"))
    icon = item.text("icon")
    what = board.set(
        item.name, 88, box.wide - 120 - (110 if icon else 0), weight="medium", target=item.id == board.target
    )
    tall = what.tall + 92
    shape = Box(box.x0 + 8, 14, box.x1 - 8, 14 + tall)
    paint = look.on_accent if main else look.link
    if main:
        board.add(Fill(shape, look.accent, min(78, tall // 2)))
    else:
        board.add(Outline(shape, look.accent, look.card, min(78, tall // 2), 5))
    wide = round(what.wide) + (104 if icon else 0)
    x = shape.middle[0] - wide // 2
    if icon:
        board.icon(around(x + 40, shape.middle[1], 84, 84), icon, paint)
        x += 104
    board.write(what, x, shape.middle[1] - what.tall // 2, paint, across=wide - (104 if icon else 0), middle=True,
                element=item.id, label=True)  # fmt: skip
    board.spot(item, shape.grown(22), min(100, tall // 2 + 22))
    return tall + 42


def field(board: Board, item: Item, box: Box) -> int:
    look = board.look
    is_target = item.id == board.target
    typed = item.text("value")
    y = 10
    named = typed and item.name
    if named:
        y += 40 if is_target else 0
        what = board.set(item.name, 86 if is_target else 66, box.wide - 60, target=is_target)
        y = board.write(what, box.x0 + 24, y, look.second, element=item.id, label=is_target) + 30
    shape = Box(box.x0 + 4, y, box.x1 - 4, y + 146)
    board.add(Outline(shape, look.accent if is_target else look.second, look.card, 28, 6 if is_target else 4))
    inside = board.set(typed or item.name or " ", 78, shape.wide - 72, target=is_target, lines=1)
    board.write(inside, shape.x0 + 36, shape.middle[1] - inside.tall // 2, look.text if typed else look.second,
                element=item.id, label=is_target)  # fmt: skip
    top = 6 if named else shape.y0 - 18
    board.spot(item, Box(shape.x0 - 18, top, shape.x1 + 18, shape.y1 + 18), 46)
    return shape.y1 + 26


def slider(board: Board, item: Item, box: Box) -> int:
    look = board.look
    y = 40
    if item.name:
        is_target = item.id == board.target
        what = board.set(item.name, look.target if is_target else look.label, box.wide - 90, target=is_target,
                         weight="medium" if is_target else "regular")  # fmt: skip
        y = board.write(what, box.x0 + 44, y, look.text, across=box.wide - 90, element=item.id, label=is_target) + 36
    middle = y + 58
    left, right = box.x0 + 130, box.x1 - 150
    if item.text("icon"):
        board.icon(around(box.x0 + 74, middle, 66, 66), item.text("icon"), look.text)
        board.icon(around(right + 78, middle, 96, 96), item.text("icon"), look.text)
    else:
        small, large = Set(("A",), look.face(66)), Set(("A",), look.face(110))
        board.write(small, box.x0 + 46, middle - small.tall // 2, look.text)
        board.write(large, right + 44, middle - large.tall // 2, look.text)
    knob = round(left + (right - left) * min(1.0, max(0.0, float(item.at.get("position", 0.5)))))
    board.add(
        Line(((left, middle), (right, middle)), GREY, 14), Line(((left, middle), (knob, middle)), look.accent, 14)
    )
    board.add(Fill(around(knob, middle, 84, 84), look.accent, 42))
    tall = middle + 96
    board.spot(item, Box(box.x0, 0, box.x1, tall), max(look.card_radius, 56))
    return tall


GREY = colour("#8A919C")


def sample(board: Board, item: Item, box: Box) -> int:
    what = board.set(item.name, 84, box.wide - 110, target=item.id == board.target)
    board.write(what, box.x0 + 55, 60, board.look.text, across=box.wide - 110, element=item.id)
    tall = what.tall + 124
    board.spot(item, Box(box.x0, 0, box.x1, tall), max(board.look.card_radius, 56))
    return tall


def picture(board: Board, item: Item, box: Box) -> int:
    shape = Box(box.x0, 8, box.x1, 8 + 480)
    board.picture(shape, item.text("picture") or "hills", 36)
    board.spot(item, shape.grown(6), 42)
    return 512
