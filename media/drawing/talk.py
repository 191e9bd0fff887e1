"""A conversation: bubbles, the line to write in, the round button; also text messages."""

from __future__ import annotations

from media.drawing.board import WITH_KEYBOARD, Board
from media.drawing.keys import keyboard, keys_top, kind_of
from media.drawing.letters import Set, cap, wrap
from media.drawing.marks import Box, Fill, Line, Mark, Outline, Spot, around, colour, shifted
from media.drawing.spread import rooms
from media.drawing.swipes import covered
from media.screens import Item, View

SIZE = 78


def chat(view: View) -> Board:
    keys = kind_of(view)
    typing = keys != "none"
    board = Board(view, tall=WITH_KEYBOARD if typing else 1440)
    look = board.look
    end = keys_top(board, keys) if typing else board.screen.y1 - board.foot
    board.add(Fill(Box(36, 38, 1044, board.screen.y1), look.chat))
    talking = view.target in [i.id for i in view.of("bubble", "day")]
    sheets = [] if talking else list(view.of("sheet"))
    bottom = end - (sheet_tall(sheets) if sheets else 0)
    has_line = view.of("field", "round", "in-field", "before")
    line_top = bottom - 196 if has_line else bottom - 20
    free = covered(view, board.screen.y1)
    bubbles(board, 324, min(line_top - 14, free.y0 if free and free.y0 > 560 else 10_000))
    header(board)
    board.add(Fill(Box(36, line_top - 10, 1044, board.screen.y1), look.chat))
    if has_line:
        write_line(board, line_top)
    if sheets:
        sheet(board, sheets, bottom)
    if typing:
        keyboard(board, end, keys)
    board.home_line()
    return board


def header(board: Board) -> None:
    look, view = board.look, board.view
    board.add(Fill(Box(36, 38, 1044, 306), look.card), Fill(Box(36, 306, 1044, 309), look.rule))
    board.status_bar()
    left = 104
    for item in view.of("back"):
        board.back_arrow(item, 92, 220, look.text)
        left = 236 if item.id == board.target else 186
    if view.at.get("avatar"):
        board.avatar(Box(left, 158, left + 124, 282), str(view.at["avatar"]))
        left += 152
    right = 1000
    for item in reversed(view.of("top")):
        board.icon(around(right - 44, 220, 96, 96), item.text("icon") or "more_vert", look.text, alone=True)
        board.spot(item, around(right - 44, 220, 136, 136), 68)
        right -= 128
    what = board.set(view.title or " ", 84, right - left - 20, weight="medium", lines=2)
    second = str(view.at.get("second") or "")
    if second and len(what.lines) == 1:
        under = board.set(second, 65, right - left - 20, lines=1)
        board.write(what, left, 154, look.text)
        board.write(under, left, 236, look.second)
    else:
        board.write(what, left, 220 - what.tall // 2, look.text)


def bubbles(board: Board, top: int, bottom: int) -> None:
    """The last words stand at the bottom where there are many; what does not fit above is left out."""
    made = [one(board, item) for item in board.view.of("bubble", "day")]
    items = board.view.of("bubble", "day")
    at = next((n for n, i in enumerate(items) if i.id == board.target), len(items) - 1)
    first = 0
    while first < at and top + 26 + sum(t + 24 for _, _, t in made[first : at + 1]) > bottom:
        first += 1
    y = top + 22
    for marks, spot, tall in made[first:]:
        if y + tall > bottom:
            break
        board.add(*(shifted(mark, 0, y) for mark in marks))
        for name, where in spot.items():
            board.scene.spots[name] = Spot(where.box.moved(0, y), where.radius)
        y += tall + 24


def one(board: Board, item: Item) -> tuple[list[Mark], dict[str, Spot], int]:
    """One bubble as if its top were 0."""
    spare = Board(board.view)
    look = spare.look
    if item.part == "day":
        what = spare.set(item.name, 65, 800, lines=1)
        spare.write(what, 36, 12, look.second, across=1008, middle=True, element=item.id)
        spare.spot(item, Box(300, -8, 780, what.tall + 40), 36)
        return spare.scene.marks, spare.scene.spots, what.tall + 30
    mine = item.text("from") == "me"
    if item.text("picture"):
        shape = Box(1010 - 640, 0, 1010, 430) if mine else Box(70, 0, 710, 430)
        spare.add(Fill(shape.grown(0), look.bubble if mine else look.card, 52))
        spare.picture(shape.grown(-14), item.text("picture"), 40)
        spare.spot(item, shape.grown(10), 60)
        return spare.scene.marks, spare.scene.spots, 430
    is_target = item.id == board.target
    what = wrapped(spare, item.name, 776, is_target)
    wide = round(what.wide) + 84
    tall = what.tall + 84
    x0 = 1010 - wide if mine else 70
    shape = Box(x0, 0, x0 + wide, tall)
    spare.add(Fill(shape, look.bubble if mine else look.card, 54))
    corner = Box(shape.x1 - 60, tall - 60, shape.x1, tall) if mine else Box(x0, tall - 60, x0 + 60, tall)
    spare.add(Fill(corner, look.bubble if mine else look.card, 12))
    paint = look.link if item.at.get("link") else look.text
    last = spare.write(what, x0 + 42, 42, paint, across=round(what.wide), element=item.id, label=is_target)
    if item.at.get("link"):
        for n in range(len(what.lines)):
            y = last - n * what.pitch + 12
            spare.add(Line(((x0 + 42, y), (x0 + 42 + round(what.wide), y)), paint, 4))
    spare.spot(item, shape.grown(8), 62)
    return spare.scene.marks, spare.scene.spots, tall


def wrapped(board: Board, text: str, room: int, target: bool) -> Set:
    face = board.look.face(86 if target else SIZE)
    return Set(wrap(text, face, room), face)


def write_line(board: Board, top: int) -> None:
    look, view = board.look, board.view
    rounds = list(view.of("round"))
    middle = top + 90
    right = 1010
    for item in reversed(rounds):
        right = round_button(board, item, right, middle)
    left = 70
    for item in view.of("before"):
        board.icon(around(left + 46, middle, 96, 96), item.text("icon") or "mic", look.text, alone=True)
        board.spot(item, around(left + 46, middle, 132, 132), 66)
        left += 126
    shape = Box(left, middle - 85, right, middle + 85)
    board.add(Outline(shape, colour("#7C8798"), look.card, 85, 3))
    inner = shape.x1 - 20
    for item in reversed(view.of("in-field")):
        x = inner - 66
        board.icon(around(x, middle, 96, 96), item.text("icon") or "attach_file", look.text, alone=True)
        board.spot(item, around(x, middle, 150, 150), 75)
        inner -= 132
    for item in view.of("field"):
        is_target = item.id == board.target
        written = item.text("value")
        what = board.set(written or item.name or " ", 80, inner - shape.x0 - 70, target=is_target, lines=1)
        board.write(what, shape.x0 + 54, middle - cap(what.face.size) // 2, look.text if written else look.second,
                    element=item.id, label=is_target)  # fmt: skip
        board.spot(item, shape.grown(6), 91)


def round_button(board: Board, item: Item, right: int, middle: int) -> int:
    """The round button beside the line; one with a word is as long as its word. Returns where the line may end."""
    look = board.look
    if not item.name:
        box = around(right - 82, middle, 164, 164)
        board.add(Fill(box, look.accent, 82))
        board.icon(around(*box.middle, 92, 92), item.text("icon") or "send", look.on_accent, alone=True)
        board.spot(item, box.grown(14), 96)
        return right - 184
    is_target = item.id == board.target
    what = board.set(item.name, 86 if is_target else 76, 420, weight="medium", target=is_target, lines=1)
    wide = round(what.wide) + 92
    box = Box(right - wide, middle - 72, right, middle + 72)
    green = item.text("tint") == "green"
    board.add(Fill(box, colour("#084824") if green else look.accent, 40))
    board.write(what, box.x0, middle - what.tall // 2, colour("#FFFFFF") if green else look.on_accent, across=wide,
                middle=True, element=item.id, label=is_target)  # fmt: skip
    board.spot(item, box.grown(16), 58)
    return box.x0 - 24


SHEET_ROW = 286


def sheet_tall(items: list[Item]) -> int:
    return 24 + SHEET_ROW * ((len(items) + 2) // 3)


def sheet(board: Board, items: list[Item], top: int) -> None:
    """The small pictures of an opened menu, three in a row."""
    look = board.look
    board.add(Fill(Box(36, top, 1044, board.screen.y1), look.card))
    for n in range(0, len(items), 3):
        row, y = items[n : n + 3], top + 44 + SHEET_ROW * (n // 3)
        middles = {item.id: 204 + 336 * column for column, item in enumerate(row)}
        moved: dict[str, tuple[int, int]] = {}
        if board.target in middles:
            item = next(i for i in row if i.id == board.target)
            one_of_sheet(board, item, middles[item.id], y, 420)
            moved = rooms(list(middles), board.target, board.scene.spots[board.target].box.grown(36), 336, middles)
        for item in row:
            x, room = moved.get(item.id, (middles[item.id], 336))
            fits = len(board.set(item.name, 68, room - 16).lines) == 1
            if item.id != board.target and fits:
                one_of_sheet(board, item, x, y, room - 16)


def one_of_sheet(board: Board, item: Item, x: int, y: int, room: int) -> None:
    look = board.look
    is_target = item.id == board.target
    what = board.set(item.name, 86 if is_target else 68, room, target=is_target, lines=2,
                     weight="medium" if is_target else "regular")  # fmt: skip
    wide = 176 if not item.name else max(220, round(what.wide) + 64)
    x = min(max(x, 54 + wide // 2), 1026 - wide // 2) if is_target else x
    solid, _, _ = look.tint(item.text("tint"), item.text("icon"), sum(map(ord, item.id)))
    board.add(Fill(around(x, y + 60, 120, 120), solid, 60))
    board.icon(around(x, y + 60, 76, 76), item.text("icon") or "circle", colour("#FFFFFF"))
    if not item.name:
        board.spot(item, around(x, y + 60, wide, wide), wide // 2)
        return
    last = board.write(
        what, x - room // 2, y + 144, look.text, across=room, middle=True, element=item.id, label=is_target
    )
    board.spot(item, Box(x - wide // 2, y - 32, x + wide // 2, last + 42), 64)
