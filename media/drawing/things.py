"""Pieces of app pages: a thing for sale, a sum of money, a square code, a film, a contact's round buttons.

Each is laid out as if its top were 0 and returns how tall it is, like the pieces in blocks.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from media.drawing.board import Board
from media.drawing.marks import Art, Box, Fill, Line, Outline, around, colour
from media.drawing.spread import rooms
from media.screens import Item

BLACK, WHITE = colour("#0C0F14"), colour("#FFFFFF")
GREY = colour("#8A919C")


def line(board: Board, item: Item, box: Box) -> int:
    """One line of a letter's head or of a form: what belongs here in front, then what is written, a rule below."""
    look = board.look
    is_target = item.id == board.target
    written = item.text("value")
    name = board.set(item.name or " ", look.target if is_target else 78, box.wide - 70, target=is_target,
                     weight="medium" if is_target else "regular", lines=2)  # fmt: skip
    end = box.x1 - 20
    if item.text("icon"):
        board.icon(around(box.x1 - 66, 94, 84, 84), item.text("icon"), look.text)
        end -= 110
    beside = end - box.x0 - 24 - round(name.wide) - 40
    fits = written and len(name.lines) == 1 and board.set(written, 76, beside, lines=1).wide <= beside
    y = board.write(name, box.x0 + 24, 94 - name.tall // 2, look.second, element=item.id, label=is_target)
    if fits:
        what = board.set(written, 76, beside, lines=1)
        board.write(what, box.x0 + 24 + round(name.wide) + 40, 94 - what.tall // 2, look.text, element=item.id)
    elif written:
        what = board.set(written, 76, end - box.x0 - 24)
        y = board.write(what, box.x0 + 24, y + 36, look.text, across=end - box.x0 - 24, element=item.id)
    tall = max(188, y + 66)
    board.add(Fill(Box(box.x0 + 10, tall - 3, box.x1 - 10, tall), look.rule))
    board.spot(item, Box(box.x0 - 8, 6, box.x1 + 8, tall - 6), 52)
    return tall


def hero(board: Board, item: Item, box: Box) -> int:
    """What the page is about: a large icon, letter or picture, its name, a line below."""
    look = board.look
    is_target = item.id == board.target
    size = 230
    at = Box(box.x0 + 16, 16, box.x0 + 16 + size, 16 + size)
    left = at.x1 + 38
    if item.text("picture"):
        board.picture(at, item.text("picture"), 44)
    elif item.text("avatar"):
        board.avatar(at, item.text("avatar"), item.text("tint") or "purple")
    elif item.text("icon"):
        board.tile(at, item, 56)
    else:
        left = box.x0 + 16
    room = box.x1 - left - 20
    name = board.set(item.name or " ", 96, room, weight="bold", target=is_target)
    second = board.set(item.text("second"), look.small, room) if item.text("second") else None
    text_tall = name.tall + (second.tall + 34 if second else 0)
    top = max(24, 16 + (size - text_tall) // 2)
    last = board.write(name, left, top, look.text, across=room, element=item.id, label=True)
    if second:
        last = board.write(second, left, last + 34, look.second, across=room, element=item.id)
    tall = max(size + 32, last + 40)
    board.spot(item, Box(box.x0 - 14, -8, box.x1 + 14, tall + 4), 60)
    return tall + 14


def actions(board: Board, items: Sequence[Item], box: Box) -> int:
    """Round buttons side by side, each with its word below: call, message, video."""
    step = box.wide // len(items)
    middles = {item.id: box.x0 + step * n + step // 2 for n, item in enumerate(items)}
    moved: dict[str, tuple[int, int]] = {}
    if board.target in middles:
        item = next(i for i in items if i.id == board.target)
        action(board, item, middles[item.id], 460)
        ring = board.scene.spots[item.id].box.grown(30)
        moved = rooms(list(middles), item.id, ring, step, middles)
    for item in items:
        if item.id == board.target:
            continue
        x, room = moved.get(item.id, (middles[item.id], step))
        if room >= 130:
            action(board, item, x, room - 16)
    return 316


def action(board: Board, item: Item, x: int, room: int) -> None:
    look = board.look
    is_target = item.id == board.target
    size = 86 if is_target else 68
    what = board.set(item.name, size, room, target=is_target, lines=1, weight="medium" if is_target else "regular")
    fits = item.name and (is_target or what.lines == (item.name,))
    wide = max(220, round(what.wide) + 76 if fits else 0)
    x = min(max(x, 54 + wide // 2), 1026 - wide // 2) if is_target else x
    main = bool(item.at.get("main"))
    board.add(Fill(around(x, 96, 148, 148), look.accent if main else look.field, 74))
    board.icon(around(x, 96, 88, 88), item.text("icon") or "circle", look.on_accent if main else look.text,
               alone=not fits)  # fmt: skip
    if fits:
        board.write(what, x - room // 2, 200, look.text, across=room, middle=True, element=item.id, label=is_target)
    board.spot(item, Box(x - wide // 2, -4, x + wide // 2, 200 + what.tall + 44 if fits else 192), 64)


def products(board: Board, items: Sequence[Item], box: Box) -> int:
    """Two things beside each other, each with its picture, name and price."""
    look = board.look
    wide = (box.wide - 28) // 2
    tall = 0
    texts = []
    for item in items:
        is_target = item.id == board.target
        name = board.set(item.name, 86 if is_target else 70, wide - 64, target=is_target, lines=2,
                         weight="medium" if is_target else "regular")  # fmt: skip
        price = board.set(item.text("value"), 78, wide - 64, weight="bold", lines=1) if item.text("value") else None
        texts.append((name, price))
        tall = max(tall, 330 + 40 + name.tall + (price.tall + 34 if price else 0) + 48)
    for n, (item, (name, price)) in enumerate(zip(items, texts, strict=True)):
        x = box.x0 + n * (wide + 28)
        shape = Box(x, 10, x + wide, 10 + tall)
        board.add(Fill(shape, look.card, 44))
        board.picture(Box(x + 16, 26, x + wide - 16, 10 + 330), item.text("picture") or "kettle", 32)
        last = board.write(name, x + 32, 10 + 330 + 40, look.text, across=wide - 64, element=item.id,
                           label=item.id == board.target)  # fmt: skip
        if price:
            board.write(price, x + 32, last + 34, look.text, across=wide - 64, element=item.id)
        board.spot(item, shape.grown(2), 52)
    return tall + 34


def amount(board: Board, item: Item, box: Box) -> int:
    """A sum of money in large figures, in the middle; who gets it above, in smaller letters."""
    look = board.look
    y = 24
    if item.name:
        what = board.set(item.name, 76, box.wide - 60, target=item.id == board.target)
        y = board.write(what, box.x0 + 30, y, look.second, across=box.wide - 60, middle=True, element=item.id) + 56
    figures = board.set(item.text("value") or "0.00", 156, box.wide - 60, weight="bold", lines=1)
    last = board.write(figures, box.x0 + 30, y, look.text, across=box.wide - 60, middle=True, element=item.id,
                       label=True)  # fmt: skip
    board.spot(item, Box(box.x0 - 8, -14, box.x1 + 8, last + 76), 56)
    return last + 90


def code(board: Board, item: Item, box: Box) -> int:
    """A square code on white, nobody's: it leads nowhere. Its name stands below."""
    look = board.look
    size = 560
    card = around(540, size // 2 + 60, size + 110, size + 110)
    board.add(Fill(card.grown(5), look.rule, 55), Fill(card, WHITE, 50))
    board.add(Art(around(540, size // 2 + 60, size, size), "code"))
    last = card.y1
    if item.name:
        what = board.set(item.name, 76, box.wide - 60, target=item.id == board.target)
        last = board.write(what, box.x0 + 30, card.y1 + 50, look.text, across=box.wide - 60, middle=True,
                           element=item.id, label=item.id == board.target)  # fmt: skip
    wide = max(card.wide + 60, 0)
    if item.name:
        wide = max(wide, round(what.wide) + 90)
    board.spot(item, Box(540 - wide // 2, card.y0 - 26, 540 + wide // 2, last + (48 if item.name else 28)), 64)
    return last + 44


def video(board: Board, item: Item, box: Box) -> int:
    """A film with its play sign, how far it has run, and the small signs (`control`) along its foot."""
    look = board.look
    shape = Box(36, 8, 1044, 8 + 567)
    board.picture(shape, item.text("picture") or "flowers", 0)
    middle = around(*shape.middle, 190, 190)
    board.add(Fill(middle, BLACK, 95))
    board.icon(around(*shape.middle, 130, 130), item.text("icon") or "play_arrow", WHITE, alone=True)
    controls = board.view.of("control")
    foot = shape.y1 - 62
    at = shape.x0 + round(shape.wide * min(1.0, max(0.0, float(item.at.get("position", 0.25)))))
    board.add(Line(((shape.x0 + 8, shape.y1 - 8), (shape.x1 - 8, shape.y1 - 8)), GREY, 12),
              Line(((shape.x0 + 8, shape.y1 - 8), (at, shape.y1 - 8)), look.accent if look.dark else colour("#B3261E"), 12))  # fmt: skip
    x = shape.x1 - 90
    for one in reversed(controls):
        board.add(Fill(around(x, foot - 20, 118, 118), BLACK, 59))
        board.icon(around(x, foot - 20, 80, 80), one.text("icon") or "fullscreen", WHITE, alone=True)
        board.spot(one, around(x, foot - 20, 142, 142), 71)
        x -= 166
    board.spot(item, middle.grown(24), 119)
    return shape.y1 + 26


def progress(board: Board, item: Item, box: Box) -> int:
    """How far something has got: its name, a bar, and a word such as "40 %"."""
    look = board.look
    is_target = item.id == board.target
    value = board.set(item.text("value"), look.small, 420, lines=1) if item.text("value") else None
    y = 42
    if item.name:
        what = board.set(item.name, look.target if is_target else look.label, box.wide - 90, target=is_target)
        y = board.write(what, box.x0 + 44, y, look.text, across=box.wide - 90, element=item.id, label=is_target) + 52
    left, right = box.x0 + 60, box.x1 - 60
    at = round(left + (right - left) * min(1.0, max(0.0, float(item.at.get("position", 0.4)))))
    board.add(Line(((left, y), (right, y)), look.field, 26), Line(((left, y), (at, y)), look.accent, 26))
    y += 26
    if value:
        y = board.write(value, box.x0 + 44, y + 34, look.second, across=box.wide - 90, element=item.id)
    board.spot(item, Box(box.x0, 0, box.x1, y + 48), max(look.card_radius, 56))
    return y + 48


def chips(board: Board, items: Sequence[Item], box: Box) -> int:
    """Short words in round frames, side by side; the ringed one is always there, the last others may not fit."""
    look = board.look
    shown = list(items)

    def set_(item: Item) -> tuple[int, bool]:
        ringed = item.id == board.target
        what = board.set(item.name, 86 if ringed else 68, 700, weight="medium", target=ringed, lines=1)
        return round(what.wide) + 84 + (82 if item.text("icon") else 0) + (60 if ringed else 0), ringed

    while len(shown) > 1 and sum(set_(i)[0] + 22 for i in shown) - 22 > box.wide:
        shown.remove(next(i for i in reversed(shown) if i.id != board.target))
    x = box.x0
    extra = board.set(shown[0].name, 86, 700, lines=1)
    tall = 124 + extra.rise + extra.fall
    for item in shown:
        wide, ringed = set_(item)
        pad = 30 if ringed else 0
        shape = Box(x + pad, 30, x + wide - pad, 30 + tall)
        on = bool(item.at.get("main"))
        board.add(Outline(shape, look.accent if on else look.second, look.accent if on else look.card, 40, 4))
        ink = look.on_accent if on else look.text
        left = shape.x0 + 42
        if item.text("icon"):
            board.icon(around(left + 30, 30 + tall // 2, 68, 68), item.text("icon"), ink)
            left += 82
        what = board.set(item.name, 86 if ringed else 68, 700, weight="medium", target=ringed, lines=1)
        board.write(what, left, 30 + tall // 2 - what.tall // 2, ink, element=item.id, label=ringed)
        board.spot(item, shape.grown(14), 54)
        x += wide + 22
    return tall + 54
