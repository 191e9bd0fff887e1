"""Pages that scroll: settings, apps, lists of people, web pages. Blocks one below the other, under a top bar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from media.drawing.board import Board
from media.drawing.letters import Set, cap, width
from media.drawing.marks import Box, Fill, Line, Mark, Outline, Spot, Words, around, colour, shifted
from media.screens import Item, View

ROWS = ("row",)
BAR_PARTS = ("top", "back", "tab", "floating", "swipe", "nav", "address")


@dataclass
class Block:
    """A piece of the page, laid out as if its top were 0."""

    item: Item
    tall: int
    marks: list[Mark]
    spots: dict[str, Spot]
    carded: bool
    gap: int
    reach: int = 0  # how far the first line's middle is below its top


def flow(view: View) -> Board:
    """Lay such a page out; what is ringed is scrolled into view."""
    blocks_of = Pager(view)
    return blocks_of.lay_out()


class Pager:
    def __init__(self, view: View) -> None:
        self.view = view
        probe = Board(view)
        self.look = probe.look
        self.makers: dict[str, Callable[[Board, Item, Box], int]] = {
            "row": row, "search": search, "section": section, "heading": heading, "note": note, "button": button,
            "field": field, "slider": slider, "sample": sample, "picture": picture,
        }  # fmt: skip

    def lay_out(self) -> Board:
        items = [i for i in self.view.items if i.part not in BAR_PARTS]
        if self.view.kind != "browser" and not self.look.search_above and self.view.target not in _ids(items, "search"):
            items = [i for i in items if i.part != "search"]
        blocks = [self.block(item, n) for n, item in enumerate(items)]
        tabs = bool(self.view.of("tab"))
        head = Board(self.view)
        top = top_bar(head)
        room = 1440 - 38 - head.foot - top - (190 if tabs else 0)
        total = sum(b.tall + b.gap for b in blocks)
        whole = tabs or total <= room or bool(self.view.of("nav", "swipe"))
        board = Board(self.view, whole=whole)
        page = Board(self.view, whole=whole)
        bottom = board.screen.y1 - (180 + board.foot if tabs else board.foot) if whole else 1440
        start, blocks = self.scrolled(blocks, top, bottom)
        self.place(board, blocks, top, bottom, cut=total > room)
        if whole:  # what runs under the bars is covered by them
            board.add(Fill(Box(36, bottom, 1044, board.screen.y1), board.look.page))
            board.scene.cut_at = bottom
        page.turn = 0
        top_bar(board)
        self.thumb(board, total, room, top, start)
        floating(board, bottom)
        if tabs:
            tab_bar(board)
        if whole:
            board.home_line()
        return board

    def block(self, item: Item, n: int) -> Block:
        board = Board(self.view)
        board.turn = n
        look = self.look
        carded = item.part in ROWS or item.part in ("slider", "sample")
        box = Box(look.margin + 36, 0, 1044 - look.margin, 0)
        tall = self.makers[item.part](board, item, box)
        gap = 0 if carded else 14
        if item.at.get("gap"):
            gap = 36
        return Block(item, tall, board.scene.marks, board.scene.spots, carded, gap)

    def scrolled(self, blocks: list[Block], top: int, bottom: int) -> tuple[int, list[Block]]:
        """Drop blocks from the top until the ringed one stands well inside."""
        at = next((n for n, b in enumerate(blocks) if b.item.id == self.view.target), 0)
        first = 0
        while first < at:
            y = top + sum(b.tall + b.gap for b in blocks[first : at + 1])
            if y <= bottom - 60:
                break
            first += 1
        return first, blocks[first:]

    def place(self, board: Board, blocks: list[Block], top: int, bottom: int, *, cut: bool) -> None:
        look = board.look
        tops, each = self.tops(blocks, top), 0
        if cut:
            under_title, each = self.stretch(blocks, tops, bottom)
            tops = self.tops(blocks, top + under_title, each)
        for block in blocks:
            block.tall += each if block.item.part in ROWS else 0
            if each and block.item.part in ROWS:
                block.marks = [shifted(mark, 0, each // 2) for mark in block.marks]
                block.spots = {
                    k: Spot(Box(s.box.x0, 0, s.box.x1, block.tall), s.radius) for k, s in block.spots.items()
                }
        self.cards(board, blocks, tops)
        for n, block in enumerate(blocks):
            if tops[n] >= bottom:
                break
            board.add(*(shifted(mark, 0, tops[n]) for mark in block.marks))
            for name, spot in block.spots.items():
                board.scene.spots[name] = Spot(spot.box.moved(0, tops[n]), spot.radius)
            joined = n + 1 < len(blocks) and blocks[n + 1].carded and block.carded and not blocks[n + 1].gap
            if look.grouped and look.rules and joined and tops[n] + block.tall < bottom:
                left = look.margin + 36 + (190 if block.item.text("icon") or block.item.text("avatar") else 44)
                here = tops[n] + block.tall
                board.add(Fill(Box(left, here - 2, 1044 - look.margin - 40, here + 1), look.rule))

    def tops(self, blocks: list[Block], top: int, each: int = 0) -> list[int]:
        """Where each block begins; `each` is added to every row."""
        y, found = top, []
        for n, block in enumerate(blocks):
            if n:
                y += block.gap if block.gap or blocks[n - 1].carded == block.carded else 20
                if not self.look.grouped and block.carded and blocks[n - 1].carded:
                    y += 9
            found.append(y)
            y += block.tall + (each if block.item.part in ROWS else 0)
        return found

    def stretch(self, blocks: list[Block], tops: list[int], bottom: int) -> tuple[int, int]:
        """(under the title, in each row): room to add so that the last line is cut through its letters."""
        best = (10_000, 0, 0)
        for n, block in enumerate(blocks):
            first = next((m for m in block.marks if isinstance(m, Words)), None)
            if first is None or block.item.id == self.view.target:
                continue
            short = bottom - (tops[n] + first.y - round(cap(first.face.size) * 0.32))
            rows = sum(b.item.part in ROWS for b in blocks[:n]) or 1
            under = min(max(short, -16), 40)
            each = round((short - under) / (rows + 0.5))
            if -14 <= each <= 34 and abs(each) < best[0]:
                best = (abs(each), under, each)
        return best[1], best[2]

    def cards(self, board: Board, blocks: list[Block], tops: list[int]) -> None:
        """White cards behind rows: one for a group, or one for each."""
        look = board.look
        start = 0
        for n, block in enumerate(blocks):
            last = n + 1 == len(blocks) or not blocks[n + 1].carded or bool(blocks[n + 1].gap) or not look.grouped
            if not block.carded:
                start = n + 1
            elif last:
                box = Box(look.margin + 36, tops[start], 1044 - look.margin, tops[n] + block.tall)
                if box.y0 < board.scene.tall:
                    board.add(Fill(box, look.card, look.card_radius))
                start = n + 1

    def thumb(self, board: Board, total: int, room: int, top: int, start: int) -> None:
        if total <= room:
            return
        long = max(200, min(430, room * room // max(1, total)))
        y = top + 70 + min(start * 90, 420)
        board.add(
            Fill(Box(1028, y, 1037, y + long), colour("#3B4456") if not board.look.dark else colour("#D5DAE3"), 5)
        )


def _ids(items: list[Item], part: str) -> list[str]:
    return [i.id for i in items if i.part == part]


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
        left = 196
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
        box = Box(70, 158, 1010, 290)
        board.add(Fill(box, look.field, 66))
        board.icon(around(132, 224, 62, 62), "lock", look.text)
        what = board.set(item.text("value") or item.name, 76, 740, target=item.id == board.target, lines=1)
        board.write(what, 186, 224 - what.tall // 2, look.text, element=item.id, label=item.id == board.target)
        board.spot(item, box, 66)
    board.add(Fill(Box(36, 308, 1044, 311), look.rule))
    return 352


def row(board: Board, item: Item, box: Box) -> int:
    """Icon, name, second line, value, switch: one line of a list."""
    look = board.look
    is_target = item.id == board.target
    left = box.x0 + 38
    leading = item.text("icon") or item.text("avatar")
    plain_icon = (
        board.view.screen
        and item.text("icon").startswith(("wifi", "network_wifi", "signal"))
        and not item.at.get("tint")
    )
    if leading:
        left += look.icon + 30
    right = box.x1 - 38
    end, draw_ends = ends(board, item, right)
    room = end - left - (18 if end < right else 0)
    weight = "medium" if is_target else "regular"
    name = board.set(item.name, look.target if is_target else look.label, room, weight=weight, target=is_target)
    value = item.text("value")
    second = item.text("second")
    value_set = board.set(value, look.small, 420, lines=1) if value else None
    if value_set:
        beside = board.set(item.name, look.target if is_target else look.label, room - value_set.wide - 34, weight=weight,
                           target=is_target)  # fmt: skip
        if len(beside.lines) == 1 and beside.face.size >= name.face.size - 8:
            name = beside
        else:
            second, value_set = (second or value), None
    second_set = board.set(second, look.small, room) if second else None
    text_tall = name.tall + (second_set.tall + 30 if second_set else 0)
    tall = max(look.row_two if second_set else look.row, text_tall + 92)
    y = (tall - text_tall) // 2 - (3 if second_set else 0)
    middle = tall // 2
    if leading and plain_icon:
        board.icon(around(box.x0 + 38 + look.icon // 2, middle, 96, 96), item.text("icon"), look.text)
    elif item.text("avatar"):
        tints = ("purple", "teal", "brown", "blue", "green", "pink")
        board.avatar(around(box.x0 + 38 + look.icon // 2, middle, look.icon + 10, look.icon + 10), item.text("avatar"),
                     item.text("tint") or tints[board.turn % len(tints)])  # fmt: skip
    elif leading:
        board.tile(around(box.x0 + 38 + look.icon // 2, middle, look.icon, look.icon), item)
    baseline = board.write(name, left, y, look.text, across=room, element=item.id, label=is_target)
    if second_set:
        board.write(second_set, left, baseline + 30, look.second, across=room, element=item.id)
    if value_set:
        at = middle - cap(value_set.face.size) // 2
        board.write(
            value_set, round(end - value_set.wide) - (16 if end < right else 0), at, look.second, element=item.id
        )
    draw_ends(middle)
    board.spot(item, Box(box.x0, 0, box.x1, tall), max(look.card_radius, 56))
    return tall


def ends(board: Board, item: Item, right: int) -> tuple[int, Callable[[int], None]]:
    """What stands at the end of a row: where it begins, and how to draw it once the row's middle is known."""
    look = board.look
    jobs: list[Callable[[int], object]] = []
    end = right

    def later(job: Callable[[int], object]) -> None:
        jobs.append(job)

    if item.at.get("switch"):
        on, at = item.text("switch") == "on", end
        later(lambda y: board.switch(at, y, on))
        end -= 150
    elif item.at.get("tick"):
        ticked, place = item.text("tick") == "on", end
        later(lambda y: board.tick(place, y, ticked))
        end -= 92
    elif look.arrows and item.at.get("arrow") is not False and not item.text("avatar"):
        here = end
        later(lambda y: board.chevron(here, y))
        end -= 34
    badge = item.text("badge")
    if badge:
        spot = end
        later(lambda y: count(board, spot, y, badge))
        end -= 96
    for name in reversed(tuple(item.at.get("ends", ()))):
        x, sign = end - 34, name
        later(lambda y, x=x, sign=sign: board.icon(around(x, y, 72, 72), sign, look.second))  # type: ignore[misc]
        end -= 82

    def draw_all(y: int) -> None:
        for job in jobs:
            job(y)

    return end, draw_all


def count(board: Board, right: int, y: int, text: str) -> None:
    box = around(right - 44, y, 88, 88)
    board.add(Fill(box, board.look.accent, 44))
    what = Set((text,), board.look.face(65, "medium"))
    board.write(what, box.x0, y - cap(65) // 2, board.look.on_accent, across=88, middle=True)


def search(board: Board, item: Item, box: Box) -> int:
    look = board.look
    is_target = item.id == board.target
    what = board.set(item.name or " ", 74, box.wide - 210, target=is_target, lines=1)
    shape = Box(box.x0, 0, box.x1, 122)
    board.add(Fill(shape, look.field, 36 if look.iphone else 61))
    board.icon(around(box.x0 + 78, 61, 78, 78), "search", look.text)
    board.write(what, box.x0 + 142, 61 - what.tall // 2, look.text, element=item.id, label=is_target)
    board.spot(item, shape, 61)
    return 122 + 16


def section(board: Board, item: Item, box: Box) -> int:
    what = board.set(item.name, 68, box.wide - 60, weight="medium", target=item.id == board.target)
    board.write(what, box.x0 + 34, 30, board.look.second, across=box.wide - 60, element=item.id)
    tall = what.tall + 62
    board.spot(item, Box(box.x0, 0, box.x1, tall + 12), 40)
    return tall


def heading(board: Board, item: Item, box: Box) -> int:
    what = board.set(item.name, 92, box.wide - 24, weight="bold")
    board.write(what, box.x0 + 12, 14, board.look.text, across=box.wide - 24, element=item.id, label=True)
    board.spot(item, Box(box.x0 - 10, -16, box.x1 + 10, what.tall + 56), 40)
    return what.tall + 46


def note(board: Board, item: Item, box: Box) -> int:
    is_target = item.id == board.target
    what = board.set(item.name, 86 if is_target else 72, box.wide - 40, target=is_target)
    wrapped = Set(what.lines, what.face)
    board.write(wrapped, box.x0 + 20, 16, board.look.second, across=box.wide - 40, element=item.id, label=is_target)
    board.spot(item, Box(box.x0 - 10, -18, box.x1 + 10, what.tall + 56), 40)
    return what.tall + 44


def button(board: Board, item: Item, box: Box) -> int:
    look = board.look
    main = bool(item.at.get("main"))
    icon = item.text("icon")
    what = board.set(
        item.name, 88, box.wide - 120 - (110 if icon else 0), weight="medium", target=item.id == board.target
    )
    tall = what.tall + 92
    shape = Box(box.x0 + 8, 14, box.x1 - 8, 14 + tall)
    paint = look.on_accent if main else look.accent
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
    if typed and item.name:
        what = board.set(item.name, 66, box.wide - 40)
        y = board.write(what, box.x0 + 16, y, look.second, element=item.id) + 26
    shape = Box(box.x0 + 4, y, box.x1 - 4, y + 146)
    board.add(Outline(shape, look.accent if is_target else look.second, look.card, 28, 6 if is_target else 4))
    inside = board.set(typed or item.name or " ", 78, shape.wide - 72, target=is_target, lines=1)
    board.write(inside, shape.x0 + 36, shape.middle[1] - inside.tall // 2, look.text if typed else look.second,
                element=item.id, label=is_target)  # fmt: skip
    board.spot(item, shape.grown(18), 46)
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
    top = bottom - 190
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
        board.write(what, left, top + 120, look.text, element=item.id, label=is_target)
        wide = max(round(what.wide) + 70, 190)
        board.spot(item, Box(max(46, x - wide // 2), top + 4, min(1034, x + wide // 2), bottom - 4), 48)
