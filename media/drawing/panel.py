"""A box over a page: questions, permissions, passwords; on an iPhone a password is a sheet of its own."""

from __future__ import annotations

from media.drawing.board import WITH_KEYBOARD, Board
from media.drawing.entries import entry, line_to_type
from media.drawing.keys import keyboard, keys_top, kind_of
from media.drawing.letters import Set
from media.drawing.marks import Box, Fill, around, colour
from media.screens import Item, View

BEHIND = colour("#D9DFE9")
BEHIND_DARK = colour("#080B11")


def panel(view: View) -> Board:
    keys = kind_of(view, "letters" if view.kind == "password" else "none")
    typed = keys != "none"
    board = Board(view, tall=WITH_KEYBOARD if typed else 1440)
    look = board.look
    end = keys_top(board, keys) if typed else board.screen.y1
    if view.kind == "password" and look.iphone:
        board.add(Fill(Box(36, 38, 1044, board.screen.y1), look.page))
        sheet(board)
    else:
        back = BEHIND_DARK if look.dark else BEHIND
        board.scene.background = back
        if not view.at.get("over"):
            board.add(Fill(Box(36, 38, 1044, board.screen.y1), back))
        if view.kind == "menu":
            menu(board)
        else:
            box(board, end)
    board.status_bar()
    if typed:
        keyboard(board, end, keys)
    board.home_line()
    return board


def sheet(board: Board) -> None:
    """Cancel and Join in the top line, the title between them, one line to type in below."""
    look, view = board.look, board.view
    buttons = list(view.of("button"))
    board.add(Fill(Box(36, 164, 1044, board.screen.y1), look.page, 40))
    y = 200
    text = str(view.at.get("text") or "")
    if text:
        what = board.set(text, 65, 920)
        y = board.write(what, 36, y, look.second, across=1008, middle=True) + 44
    quiet = [board.set(i.name, 76, 330, lines=1).wide for i in buttons[:2]]
    for n, item in enumerate(buttons[:2]):
        is_target = item.id == board.target
        room = 330 if not is_target or len(quiet) < 2 else 840 - quiet[1 - n]
        what = board.set(item.name, 90 if is_target else 76, room, weight="medium" if n or is_target else "regular",
                         target=is_target, lines=1)  # fmt: skip
        wide = round(what.wide)
        x = 92 if n == 0 else 988 - wide
        board.write(what, x, y + 40, look.link, element=item.id, label=is_target)
        board.spot(item, Box(x - 34, y + 4 - what.rise, x + wide + 34, y + 40 + what.tall + 48 + what.fall), 56)
    y += 196 + (what.rise + 2 * what.fall if buttons else 0)
    title = board.set(view.title, 92, 940, weight="bold")
    y = board.write(title, 36, y, look.text, across=1008, middle=True) + 56
    for item in view.of("field"):
        y = entry(board, item, Box(76, y, 1004, y + 178)) + 30
    notes(board, y, Box(76, 0, 1004, 0))


def box(board: Board, bottom: int) -> None:
    """Title, paragraph, lines, buttons: as tall as it needs, in the middle of what is free."""
    look, view = board.look, board.view
    free_top, room = 146, bottom - 24 - 146
    ways = [(t, False) for t in range(0, 22, 3)] + [(t, True) for t in range(0, 22, 3)]
    way = next((w for w in ways if contents(Board(view), 0, *w) <= room), ways[-1])
    tall = contents(Board(view), 0, *way)
    top = max(free_top, free_top + (room - tall) // 2)
    board.add(Fill(Box(60, top, 1020, top + tall), look.card, 60, shadow=True))
    contents(board, top, *way)


def menu(board: Board) -> None:
    """The short list that falls from the sign at the top right."""
    look, view = board.look, board.view
    rows = list(view.of("row"))
    ringed = board.target in [i.id for i in rows]
    sets = [board.set(i.name, 88 if i.id == board.target else 80, 740, target=i.id == board.target) for i in rows]
    wide = min(
        900,
        max(
            520, 110 + max((round(s.wide) for s in sets), default=0) + (110 if any(i.text("icon") for i in rows) else 0)
        ),
    )
    wide = min(900, wide + (40 if ringed else 0))
    spare = Board(view)
    y = 40
    for item in rows:
        y = choice(spare, item, y, 0, wide)
    shape = Box(1016 - wide, 170, 1016, 170 + y + 14)
    board.add(Fill(shape, look.card, 44, shadow=True))
    y = shape.y0 + 40
    for item in rows:
        y = choice(board, item, y, shape.x0, wide)


def contents(board: Board, top: int, tight: int, inside: bool) -> int:
    """Everything in the box; `tight` is taken from the room between two things, `inside` puts a field's name into
    its empty line. Returns how tall it is."""
    look, view = board.look, board.view
    y = top + 52 - tight
    if view.title:
        what = board.set(view.title, 92, 850, weight="medium")
        y = board.write(what, 106, y, look.text, across=850) + 48 - tight
    text = str(view.at.get("text") or "")
    if text:
        what = board.set(text, 72, 860)
        y = board.write(what, 106, y, look.second, across=860) + 52 - tight
    for item in view.of("field"):
        is_target = item.id == board.target
        y += 56 if is_target else 0
        label_top = y
        named = inside and not item.at.get("dots")
        if item.name and not item.text("value") and not named:
            what = board.set(item.name, 86 if is_target else 66, 700, target=is_target,
                             weight="medium" if is_target else "regular")  # fmt: skip
            y = board.write(what, 106, y, look.second, element=item.id, label=is_target) + 30
        y = line_to_type(board, item, Box(106, y, 974, y + 142), label_top, named) + (56 if is_target else 44 - tight)
    y = notes(board, y, Box(106, 0, 974, 0))
    for item in view.of("row"):
        y = choice(board, item, y)
    return buttons(board, y + 6 - tight // 2) + 44 - tight - top


def notes(board: Board, y: int, room: Box) -> int:
    for item in board.view.of("note"):
        what = board.set(item.name, 68, room.wide)
        y = board.write(what, room.x0, y, board.look.second, across=room.wide, element=item.id) + 44
    return y


def choice(board: Board, item: Item, y: int, start: int = 62, wide: int = 956) -> int:
    """A line to choose or to tick."""
    look = board.look
    is_target = item.id == board.target
    left, right = start + 44, start + wide - 44
    if item.at.get("tick"):
        board.tick(left + 96, y + 62, item.text("tick") == "on")
        left += 124
    elif item.text("icon"):
        board.icon(around(left + 46, y + 62, 88, 88), item.text("icon"), look.text)
        left += 124
    what = board.set(item.name, 88 if is_target else 78, right - left, target=is_target,
                     weight="medium" if is_target else "regular")  # fmt: skip
    tall = max(124, what.tall + 62)
    board.write(
        what, left, y + (tall - what.tall) // 2, look.text, across=right - left, element=item.id, label=is_target
    )
    board.spot(item, Box(start + 22, y - 14, start + wide - 22, y + tall + 14), 52)
    return y + tall + 26


def buttons(board: Board, y: int) -> int:
    """Side by side where the words are short, else one below the other; one is coloured."""
    items = list(board.view.of("button"))
    if not items:
        return y
    main = next((i for i in items if i.at.get("main")), items[-1])
    for size, pad in ((84, 110), (74, 84), (65, 64)):
        sets = [board.set(i.name, size, 760, weight="medium", target=i.id == board.target, lines=2) for i in items]
        room = [round(s.wide) + pad for s in sets]
        if len(items) < 2 or (sum(room) + 60 * (len(items) - 1) <= 868 and all(len(s.lines) == 1 for s in sets)):
            break
    else:
        sets = [board.set(i.name, 84, 760, weight="medium", target=i.id == board.target, lines=2) for i in items]
    if len(items) == 1 or sum(room) + 60 * (len(items) - 1) > 868 or any(len(s.lines) > 1 for s in sets):
        for item, what in zip(items, sets, strict=True):
            shape = Box(106, y + 14, 974, y + 14 + max(150, what.tall + 84))
            push(board, item, what, shape, item is main)
            y = shape.y1 + 40
        return y - 14
    right = 974
    shapes: list[Box] = []
    for wide in reversed(room):
        shapes.insert(0, Box(right - wide, y + 16, right, y + 16 + 152))
        right -= wide + 60
    if len(items) == 2:
        shapes[0] = Box(106, y + 16, 106 + room[0], y + 168)
    for item, what, shape in zip(items, sets, shapes, strict=True):
        push(board, item, what, shape, item is main)
    return y + 16 + 152 + 12


def push(board: Board, item: Item, what: Set, shape: Box, main: bool) -> None:
    look = board.look
    if main:
        board.add(Fill(shape, look.accent, min(76, shape.tall // 2)))
    board.write(what, shape.x0, shape.middle[1] - what.tall // 2, look.on_accent if main else look.link,
                across=shape.wide, middle=True, element=item.id, label=True)  # fmt: skip
    board.spot(item, shape.grown(26), min(104, shape.tall // 2 + 26))
