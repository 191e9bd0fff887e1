"""Camera and photographs."""

from __future__ import annotations

from media.drawing.bars import floating, tab_bar, top_bar
from media.drawing.board import Board
from media.drawing.letters import Set
from media.drawing.marks import Art, Box, Fill, Line, Outline, around, colour
from media.screens import Item, View

BLACK, WHITE, DARK_GLASS = colour("#0C0F14"), colour("#FFFFFF"), colour("#59636F")


def camera(view: View) -> Board:
    board = Board(view, dark=True)
    board.scene.background = BLACK
    board.status_bar(WHITE)
    tops = view.of("top")
    top = 146 + (110 if tops else 0)
    for n, item in enumerate(tops):
        x = 540 + round((n - (len(tops) - 1) / 2) * 240)
        board.icon(around(x, 196, 92, 92), item.text("icon") or "flash_off", WHITE, filled=False, alone=True)
        board.spot(item, around(x, 196, 140, 140), 70)
    modes = list(view.of("mode"))
    foot = board.screen.y1 - board.foot
    bottom = foot - 252 - (150 if modes else 0)
    low = [link_box(board, i, bottom)[1].y0 - 20 for i in view.of("link")] + [bottom - 190 for _ in view.of("slider")]
    seen = Box(36, top, 1044, min(low, default=bottom))
    if seen.y1 < bottom:  # words lie over the foot of the picture: what matters stands above them
        board.add(Fill(Box(36, top, 1044, bottom), colour("#D8C9AE") if view.at.get("picture") == "code" else BLACK))
    if view.at.get("picture") != "code":
        seen = Box(36, top, 1044, bottom)
    board.add(Art(seen, str(view.at.get("picture") or "hills")))
    row_of_modes(board, modes, bottom)
    y = foot - 128
    for item in view.of("shutter"):
        board.add(Outline(around(540, y, 208, 208), WHITE, BLACK, 104, 10), Fill(around(540, y, 168, 168), WHITE, 84))
        board.spot(item, around(540, y, 244, 244), 122)
    for item in view.of("thumbnail"):
        box = around(184 if at_left(item, view.maker != "google") else 896, y, 152, 152)
        board.add(Fill(box.grown(6), WHITE, 46), Art(box, item.text("picture") or "garden", 40))
        board.spot(item, box.grown(26), 64)
    for item in view.of("flip"):
        x = 184 if at_left(item, view.maker == "google") else 896
        board.add(Fill(around(x, y, 152, 152), colour("#2B313A"), 76))
        board.icon(around(x, y, 96, 96), item.text("icon") or "cameraswitch", WHITE, alone=True)
        board.spot(item, around(x, y, 190, 190), 95)
    for item in view.of("frame"):
        frame(board, item, seen)
    for item in view.of("link"):
        found_link(board, item, bottom)
    for item in view.of("slider"):
        zoom(board, item, bottom)
    board.home_line(WHITE)
    return board


def at_left(item: Item, usual: bool) -> bool:
    """Stock Android has the last photo at the right, the others at the left; `side` says otherwise."""
    return item.text("side") == "left" if item.text("side") else usual


def frame(board: Board, item: Item, seen: Box) -> None:
    """Four bright corners round what the camera looks for, such as a square code."""
    size = min(560, seen.tall - 110)
    box = around(*seen.middle, size, size)
    for x, y, right, down in ((box.x0, box.y0, 1, 1), (box.x1, box.y0, -1, 1), (box.x0, box.y1, 1, -1),
                              (box.x1, box.y1, -1, -1)):  # fmt: skip
        for paint, thick in ((BLACK, 26), (WHITE, 14)):
            board.add(Line(((x, y + 110 * down), (x, y), (x + 110 * right, y)), paint, thick))
    board.spot(item, box.grown(36), 44)


def link_box(board: Board, item: Item, bottom: int) -> tuple[Set, Box]:
    is_target = item.id == board.target
    what = board.set(item.name, 86 if is_target else 76, 720, weight="medium", target=is_target, lines=2)
    wide, tall = round(what.wide) + 110 + (100 if item.text("icon") else 0), what.tall + 84
    return what, Box(540 - wide // 2, bottom - 52 - tall, 540 + wide // 2, bottom - 52)


def found_link(board: Board, item: Item, bottom: int) -> None:
    """What the camera offers once it has read a code: an address to tap."""
    what, box = link_box(board, item, bottom)
    board.add(Fill(box, colour("#FFE58A"), 56))
    x = box.x0 + 55
    if item.text("icon"):
        board.icon(around(x + 40, box.middle[1], 84, 84), item.text("icon"), BLACK)
        x += 100
    board.write(what, x, box.middle[1] - what.tall // 2, BLACK, across=round(what.wide), middle=True, element=item.id,
                label=item.id == board.target)  # fmt: skip
    board.spot(item, box.grown(18), 70)


def zoom(board: Board, item: Item, bottom: int) -> None:
    """A slider over the picture: nearer, or brighter."""
    y = bottom - 92
    board.add(Fill(Box(90, y - 66, 990, y + 66), BLACK, 66))
    ends = (item.text("icon") or "zoom_out", item.text("icon") or "zoom_in")
    for x, name in zip((160, 920), ends, strict=True):
        board.icon(around(x, y, 84, 84), name, WHITE, alone=True)
    knob = round(240 + 600 * min(1.0, max(0.0, float(item.at.get("position", 0.5)))))
    board.add(Line(((240, y), (840, y)), colour("#8A919C"), 14), Line(((240, y), (knob, y)), WHITE, 14))
    board.add(Fill(around(knob, y, 84, 84), WHITE, 42))
    board.spot(item, Box(72, y - 84, 1008, y + 84), 84)


def lefts_from(middle: int, sets: list[Set]) -> dict[int, int]:
    """Where each word begins when this one stands in the middle."""
    lefts = {middle: 540 - round(sets[middle].wide) // 2}
    for n in range(middle + 1, len(sets)):
        lefts[n] = lefts[n - 1] + round(sets[n - 1].wide) + 76
    for n in range(middle - 1, -1, -1):
        lefts[n] = lefts[n + 1] - round(sets[n].wide) - 76
    return lefts


def row_of_modes(board: Board, modes: list[Item], top: int) -> None:
    """Words side by side, the chosen one in the middle and yellow."""
    at = next((n for n, i in enumerate(modes) if i.at.get("main")), 0)
    sets = [board.set(i.name, 86 if i.id == board.target else 70, 420, weight="medium" if n == at else "regular",
                      target=i.id == board.target, lines=1) for n, i in enumerate(modes)]  # fmt: skip
    if not modes:
        return
    lefts = lefts_from(at, sets)
    ringed = next((n for n, i in enumerate(modes) if i.id == board.target), at)
    if lefts[ringed] < 50 or lefts[ringed] + sets[ringed].wide > 1030:  # pushed along, so that it can be seen
        lefts = lefts_from(ringed, sets)
    for n, item in enumerate(modes):
        wide = round(sets[n].wide)
        if lefts[n] < 50 or lefts[n] + wide > 1030:
            continue
        y = top + 70 - sets[n].tall // 2
        board.write(sets[n], lefts[n], y, colour("#FFD84A") if n == at else WHITE, element=item.id,
                    label=item.id == board.target)  # fmt: skip
        board.spot(item, Box(lefts[n] - 36, top - 2, lefts[n] + wide + 36, top + 150), 58)


def photos(view: View) -> Board:
    board = Board(view)
    tabs = bool(view.of("tab"))
    bottom = board.screen.y1 - board.foot - (180 if tabs else 0)
    y = top_bar(board)
    column, size, gap = 0, 306, 11
    for item in view.of("photo", "section"):
        if item.part == "section":
            y += (size + gap if column else 0) + (24 if y < 330 else 46)
            column = 0
            is_target = item.id == board.target
            what = board.set(item.name, 86 if is_target else 74, 900, weight="medium", target=is_target)
            top, y = y, board.write(what, 84, y, board.look.text, across=900, element=item.id) + 62
            board.spot(item, Box(56, top - 36, 1024, y - 20), 44)
            continue
        box = Box(70 + column * (size + gap), y, 70 + column * (size + gap) + size, y + size)
        if box.y0 < bottom:
            board.add(Art(box, item.text("picture") or "hills", 14))
            on = item.text("tick") == "on"
            if item.at.get("tick"):
                board.add(
                    Outline(
                        Box(box.x0 + 20, y + 20, box.x0 + 112, y + 112),
                        WHITE,
                        board.look.accent if on else DARK_GLASS,
                        46,
                        7,
                    )
                )
                if on:
                    board.icon(Box(box.x0 + 32, y + 32, box.x0 + 100, y + 100), "check", board.look.on_accent)
            board.spot(item, box.grown(6), 40)
        column = (column + 1) % 3
        y += size + gap if column == 0 else 0
    board.add(Fill(Box(36, bottom, 1044, board.screen.y1), board.look.page))
    if tabs:
        tab_bar(board)
    floating(board, bottom)
    board.home_line()
    return board


def photo(view: View) -> Board:
    """One photograph, and what can be done with it at the bottom."""
    board = Board(view)
    look = board.look
    actions = list(view.of("action"))
    foot = board.screen.y1 - board.foot
    bottom = foot - (250 if actions else 20)
    top = 160
    if view.of("back", "top") or view.title:
        top_bar(board)
        top = 300
    else:
        board.status_bar()
    board.add(Art(Box(36, top, 1044, bottom), str(view.at.get("picture") or "garden")))
    step = 1008 // max(1, len(actions))
    for n, item in enumerate(actions):
        x = 36 + step * n + step // 2
        is_target = item.id == board.target
        board.icon(around(x, bottom + 78, 104, 104), item.text("icon") or "share", look.text)
        what = board.set(item.name, 86 if is_target else 68, step * (1.3 if is_target else 1) - 24, target=is_target, lines=1,
                         weight="medium" if is_target else "regular")  # fmt: skip
        left = min(max(x - round(what.wide) // 2, 84), 996 - round(what.wide))
        board.write(what, left, bottom + 146, look.text, element=item.id, label=is_target)
        wide = max(220, round(what.wide) + 76)
        x0 = min(max(x - wide // 2, 54), 1026 - wide)
        board.spot(item, Box(x0, bottom + 10, x0 + wide, bottom + 146 + what.tall + 50), 60)
    board.home_line()
    return board
