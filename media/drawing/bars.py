"""What stays while a page scrolls: the title with its icons, the address, the tabs, the round button."""

from __future__ import annotations

from media.drawing.board import Board
from media.drawing.letters import cap, width
from media.drawing.marks import Box, Fill, around


def top_bar(board: Board) -> int:
    """Status bar, back arrow, title, icons. Returns where the page begins."""
    look, view = board.look, board.view
    board.add(Fill(Box(36, 38, 1044, 150), look.page))
    board.status_bar()
    if view.kind == "browser":
        return address(board)
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
    if look.iphone and backs and width(view.title, what.face) < 560 and len(what.lines) == 1:
        board.write(what, 36, 218 - cap(what.face.size) // 2, look.text, across=1008, middle=True)
    else:
        board.write(what, left, 218 - what.tall // 2, look.text, across=right - left - 20)
    under = 218 + what.tall // 2 + 78
    second = str(view.at.get("second") or "")
    if second:
        line = board.set(second, look.small, right - left, lines=2)
        under = board.write(line, left, under - 46, look.second) + 44
    return max(under, 298 if not look.search_above else 290)


def address(board: Board) -> int:
    look = board.look
    for item in board.view.of("address"):
        box = Box(70, 162, 1010, 294)
        board.add(Fill(box, look.field, 66))
        board.icon(around(132, 228, 62, 62), "lock", look.text)
        what = board.set(item.text("value") or item.name, 76, 740, target=item.id == board.target, lines=1)
        board.write(what, 186, 223 - what.tall // 2, look.text, element=item.id, label=item.id == board.target)
        board.spot(item, box.grown(4), 70)
    board.add(Fill(Box(36, 322, 1044, 325), look.rule))
    return 366


def floating(board: Board, bottom: int) -> None:
    look = board.look
    for item in board.view.of("floating"):
        box = around(1044 - 134, min(bottom, 1402) - 140, 168, 168)
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
    for n, item in enumerate(items):
        x = board.screen.x0 + step * n + step // 2
        on = bool(item.at.get("main"))
        is_target = item.id == board.target
        if on:
            board.add(Fill(around(x, top + 62, 150, 88), look.field, 44))
        board.icon(around(x, top + 62, 80, 80), item.text("icon") or "circle", look.text, filled=on)
        what = board.set(item.name, 86 if is_target else 65, step * (1.6 if is_target else 1) - 20, target=is_target,
                         weight="medium" if on or is_target else "regular", lines=1)  # fmt: skip
        left = min(max(x - round(what.wide) // 2, 60), 1020 - round(what.wide))
        board.write(what, left, top + 116, look.text, element=item.id, label=is_target)
        wide = max(round(what.wide) + 76, 190)
        x0 = min(max(left + round(what.wide) // 2 - wide // 2, 54), 1026 - wide)
        board.spot(item, Box(x0, top - 2, x0 + wide, bottom + 14), 48)
