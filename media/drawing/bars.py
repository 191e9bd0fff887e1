"""What stays while a page scrolls: the title with its icons, the address, the tabs, the round button."""

from __future__ import annotations

from media.drawing.board import Board
from media.drawing.letters import Set, cap, width
from media.drawing.marks import Box, Fill, around
from media.drawing.spread import rooms
from media.screens import Item


def top_bar(board: Board) -> int:
    """Status bar, back arrow, title, icons. Returns where the page begins."""
    look, view = board.look, board.view
    board.add(Fill(Box(36, 38, 1044, 150), look.page))
    board.status_bar()
    if view.kind == "browser":
        return 170 if look.iphone else address(board)
    backs, tops = view.of("back"), view.of("top")
    corner_search = [i for i in view.of("search") if not look.search_above and i.id != view.target]
    right = 1044 - look.margin - 24
    for item in (*tops, *corner_search):
        box = around(right - 46, 216, 100, 100)
        board.icon(box, item.text("icon") or "search", look.text, filled=False, alone=True)
        board.spot(item, around(right - 46, 216, 136, 136), 68)
        right -= 136
    left = 100 if not look.iphone else 84
    size = look.title
    if backs:
        board.back_arrow(backs[0], 92, 218, look.accent if look.iphone else look.text)
        left = 236 if backs[0].id == board.target else 196
        size = 96
    if not view.title:
        return 290 if backs or tops else 160
    what = board.set(view.title, size, right - left - 20, weight=look.title_weight, lines=2)
    top = max(218 - what.tall // 2, 164)  # two lines stand clear of the clock
    if look.iphone and backs and width(view.title, what.face) < 560 and len(what.lines) == 1:
        board.write(what, 36, 218 - cap(what.face.size) // 2, look.text, across=1008, middle=True)
    else:
        board.write(what, left, top, look.text, across=right - left - 20)
    under = top + 2 * (what.tall // 2) + 78
    second = str(view.at.get("second") or "")
    if second:
        line = board.set(second, look.small, right - left, lines=2)
        under = board.write(line, left, under - 46, look.second) + 44
    return max(under, 298 if not look.search_above else 290)


def address(board: Board) -> int:
    look = board.look
    for item in board.view.of("address"):
        right = 1010
        for icon in reversed(board.view.of("top")):
            board.icon(around(right - 40, 228, 92, 92), icon.text("icon") or "more_vert", look.text, filled=False,
                       alone=True)  # fmt: skip
            board.spot(icon, around(right - 40, 228, 132, 132), 66)
            right -= 124
        box = Box(70, 162, right, 294)
        what, _ = address_words(board, item, item.text("value") or item.name or " ", box)
        box = Box(70, 162, right, 162 + address_tall(what))
        line(board, item, box)
        board.add(Fill(Box(36, box.y1 + 28, 1044, box.y1 + 31), look.rule))
        return box.y1 + 72
    return 160


def line(board: Board, item: Item, box: Box) -> None:
    """The address, with its lock; what is typed, or the words that ask for it, with a magnifying glass."""
    look = board.look
    words = item.text("value") or item.name or " "
    what, left = address_words(board, item, words, box)
    box = Box(box.x0, box.y1 - address_tall(what), box.x1, box.y1)
    is_target = item.id == board.target
    board.add(Fill(box, look.field, 66))
    sign = item.text("icon") or ("lock" if item.text("value") and "." in item.text("value") else "search")
    if left > 60:
        board.icon(around(box.x0 + 66, box.middle[1], 66, 66), sign, look.text)
    y = box.middle[1] - 5 - what.tall // 2
    board.write(what, box.x0 + left, y, look.text, element=item.id, label=is_target)
    board.spot(item, box.grown(5), 70)


def address_tall(what: Set) -> int:
    return 140 + what.pitch * (len(what.lines) - 1)


def address_words(board: Board, item: Item, words: str, box: Box) -> tuple[Set, int]:
    """(the words, how far from the left). A long address loses its sign, then stands on two lines: never a hyphen
    of ours in it, for that would be another address."""
    is_target = item.id == board.target
    for left in (122, 46):
        what = board.set(words, 76, box.wide - left - 40, target=is_target, lines=1)
        if what.lines == (words,):
            return what, left
    room = box.wide - 46 - 40
    keep = max(n for n in range(1, len(words)) if width(words[:n], what.face) <= room)
    dots = [n + 1 for n, char in enumerate(words[:keep]) if char in "./-?=&"]
    at = dots[-1] if dots and dots[-1] > keep // 3 else keep
    return Set((words[:at], words[at:]), what.face), 46


def address_below(board: Board, bottom: int) -> None:
    """An iPhone has the address at the bottom, in reach of the thumb, with its signs beside it."""
    look, view = board.look, board.view
    board.add(Fill(Box(36, bottom - 190, 1044, board.screen.y1), look.page))
    left = 70
    for item in view.of("back"):
        board.add(Fill(around(left + 62, bottom - 96, 126, 126), look.field, 63))
        board.back_arrow(item, left + 40, bottom - 96, look.text)
        left += 146
    right = 1010
    for item in reversed(view.of("top")):
        board.add(Fill(around(right - 62, bottom - 96, 126, 126), look.field, 63))
        board.icon(around(right - 62, bottom - 96, 84, 84), item.text("icon") or "more_horiz", look.text, filled=False,
                   alone=True)  # fmt: skip
        board.spot(item, around(right - 62, bottom - 96, 138, 138), 69)
        right -= 146
    for item in view.of("address"):
        line(board, item, Box(left, bottom - 166, right, bottom - 26))


def floating(board: Board, bottom: int) -> None:
    look = board.look
    for item in board.view.of("floating"):
        box = around(1044 - 134, min(bottom, 1402) - 124, 168, 168)
        board.add(Fill(box, look.accent, 56, shadow=True))
        board.icon(around(*box.middle, 96, 96), item.text("icon") or "add", look.on_accent, alone=True)
        board.spot(item, box.grown(20), 76)


def tab_bar(board: Board) -> None:
    look = board.look
    items = board.view.of("tab")
    bottom = board.screen.y1 - board.foot + 10
    top = bottom - 200
    board.add(Fill(Box(36, top, 1044, board.screen.y1), look.card), Fill(Box(36, top, 1044, top + 3), look.rule))
    step = board.screen.wide // len(items)
    middles = {item.id: board.screen.x0 + step * n + step // 2 for n, item in enumerate(items)}
    moved: dict[str, tuple[int, int]] = {}
    for item in items:
        if item.id == board.target:
            tab(board, item, middles[item.id], top, max(460, step))
            moved = rooms(list(middles), item.id, board.scene.spots[item.id].box.grown(20), step, middles)
    for item in items:
        if item.id != board.target:
            x, room = moved.get(item.id, (middles[item.id], step))
            tab(board, item, x, top, room - 14)


def tab(board: Board, item: Item, x: int, top: int, room: int) -> None:
    """One tab, its middle at x. A word that has no room beside the ringed one is left out, its icon stays."""
    look = board.look
    on, is_target = bool(item.at.get("main")), item.id == board.target
    weight = "medium" if on or is_target else "regular"
    what = board.set(item.name, 86 if is_target else 65, room, target=is_target, weight=weight, lines=1)
    named = bool(item.name) and (is_target or what.lines == (item.name,))
    wide = max(round(what.wide) + 76 if named else 0, 190)
    x = min(max(x, 54 + wide // 2), 1026 - wide // 2) if is_target else x
    y = top + (62 if named else 92)
    if room < 100 and not is_target:
        return
    if on:
        board.add(Fill(around(x, y, 150 if named else 120, 88 if named else 120), look.field, 44))
    board.icon(around(x, y, 80 if named else 96, 80 if named else 96), item.text("icon") or "circle", look.text, filled=on,
               alone=not named)  # fmt: skip
    if named:
        board.write(what, x - round(what.wide) // 2, top + 116 - what.rise, look.text, element=item.id, label=is_target)
    low = max(214, 116 + what.tall - what.rise + 40)
    board.spot(item, Box(x - wide // 2, top - 2, x + wide // 2, top + low), 48)
