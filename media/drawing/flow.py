"""Pages that scroll: settings, apps, lists of people, web pages. Blocks one below the other, under a top bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from media.drawing import blocks as made
from media.drawing import things, times
from media.drawing.bars import address_below, floating, tab_bar, top_bar
from media.drawing.board import WITH_KEYBOARD, Board
from media.drawing.keys import keyboard, keys_top, kind_of
from media.drawing.letters import cap
from media.drawing.marks import Box, Fill, Mark, Spot, Words, colour, shifted
from media.drawing.rows import row
from media.screens import Item, View

ROWS = ("row",)
CARDED = (*ROWS, "slider", "sample", "progress", "alarm", "wheel", "month")
BAR_PARTS = ("top", "back", "tab", "floating", "swipe", "nav", "address", "control", "date", "key", "suggestion",
             "place", "route")  # fmt: skip
RING_ROOM = ("heading", "button", "field", "search", "picture", "hero", "action", "product", "amount", "code", "line",
             "chip")  # fmt: skip
ONE: Mapping[str, Callable[[Board, Item, Box], int]] = {
    "row": row, "search": made.search, "section": made.section, "heading": made.heading, "note": made.note,
    "button": made.button, "field": made.field, "slider": made.slider, "sample": made.sample, "picture": made.picture,
    "line": things.line, "hero": things.hero, "amount": things.amount, "code": things.code, "video": things.video,
    "progress": things.progress, "alarm": times.alarm, "wheel": times.wheel, "month": times.month,
}  # fmt: skip
SIDE_BY_SIDE: Mapping[str, tuple[int, Callable[[Board, Sequence[Item], Box], int]]] = {
    "action": (4, things.actions), "product": (2, things.products), "chip": (9, things.chips),
}  # fmt: skip


@dataclass
class Block:
    """A piece of the page, laid out as if its top were 0."""

    item: Item
    tall: int
    marks: list[Mark]
    spots: dict[str, Spot]
    carded: bool
    gap: int
    ids: tuple[str, ...] = ()

    def holds(self, element: str) -> bool:
        return element in self.ids or element in self.spots


def pieces_of(items: Sequence[Item]) -> list[tuple[Item, ...]]:
    """Items that stand side by side together, every other alone."""
    found: list[tuple[Item, ...]] = []
    for item in items:
        most = SIDE_BY_SIDE[item.part][0] if item.part in SIDE_BY_SIDE else 1
        if found and found[-1][0].part == item.part and len(found[-1]) < most and not item.at.get("gap"):
            found[-1] = (*found[-1], item)
        else:
            found.append((item,))
    return found


def block(view: View, items: tuple[Item, ...], box: Box | None = None) -> Block:
    """One piece of a page, as wide as `box` or as the page's own margin leaves."""
    board = Board(view)
    look = board.look
    part = items[0].part
    box = box or Box(look.margin + 36, 0, 1044 - look.margin, 0)
    tall = SIDE_BY_SIDE[part][1](board, items, box) if part in SIDE_BY_SIDE else ONE[part](board, items[0], box)
    gap = 0 if part in CARDED else 14
    if items[0].at.get("gap"):
        gap = 36
    ids = tuple(i.id for i in items)
    if part in RING_ROOM and view.target in ids:
        gap, tall = gap + 34, tall + 30  # room for the ring
    return Block(items[0], tall, board.scene.marks, board.scene.spots, part in CARDED, gap, ids)


def flow(view: View) -> Board:
    """Lay such a page out; what is ringed is scrolled into view."""
    blocks_of = Pager(view)
    return blocks_of.lay_out()


class Pager:
    def __init__(self, view: View) -> None:
        self.view = view
        probe = Board(view)
        self.look = probe.look
        self.keys = kind_of(view)

    def lay_out(self) -> Board:
        items = [i for i in self.view.items if i.part not in BAR_PARTS]
        if self.view.kind != "browser" and not self.look.search_above and self.view.target not in _ids(items, "search"):
            items = [i for i in items if i.part != "search"]
        blocks = [block(self.view, some) for some in pieces_of(items)]
        tabs = bool(self.view.of("tab"))
        head = Board(self.view)
        top = top_bar(head)
        below = self.view.kind == "browser" and self.look.iphone and bool(self.view.of("address"))
        typed = self.keys != "none"
        room = 1440 - 38 - head.foot - top - (200 if tabs or below else 0)
        total = sum(b.tall + b.gap for b in blocks)
        tabs = tabs and not typed
        whole = tabs or below or typed or total <= room or bool(self.view.of("nav", "swipe"))
        board = Board(self.view, whole=whole, tall=WITH_KEYBOARD if typed else 1440)
        bottom = board.screen.y1 - (190 + board.foot if tabs or below else board.foot) if whole else 1440
        end = keys_top(board, self.keys) if typed else board.screen.y1
        if typed:
            bottom = end - (190 if below else 10)
            room = bottom - top
        start, blocks = self.scrolled(blocks, top, bottom)
        if tabs or below or typed:  # no half line over the tabs: a ring there would cross it
            ends = zip(self.tops(blocks, top), blocks, strict=True)
            fit = sum(y + block.tall <= bottom - 16 for y, block in ends)
            blocks = blocks[: fit + self.half_a_picture(blocks, fit, top, bottom)]
        self.place(board, blocks, top, bottom, cut=total > room and not (tabs or below or typed))
        if whole:  # what runs under the bars is covered by them
            board.add(Fill(Box(36, bottom, 1044, board.screen.y1), board.look.page))
            board.scene.cut_at = bottom
        top_bar(board)
        self.thumb(board, total, room, top, start)
        floating(board, bottom)
        if below:
            address_below(board, end if typed else board.screen.y1 - board.foot + 10)
        if tabs:
            tab_bar(board)
        if typed:
            keyboard(board, end, self.keys)
        if whole:
            board.home_line()
        return board

    def half_a_picture(self, blocks: list[Block], fit: int, top: int, bottom: int) -> bool:
        """Whether a picture may look out from under the bar: not beside a ring."""
        if not 0 < fit < len(blocks) or blocks[fit].item.part not in ("product", "picture", "video"):
            return False
        near = any(b.holds(self.view.target) for b in blocks[fit - 1 :])
        near = near or self.view.target in [i.id for i in self.view.of("tab", "address")]
        return not near and bottom - self.tops(blocks, top)[fit] > 220

    def scrolled(self, blocks: list[Block], top: int, bottom: int) -> tuple[int, list[Block]]:
        """Drop blocks from the top until the ringed one stands well inside."""
        at = next((n for n, b in enumerate(blocks) if b.holds(self.view.target)), 0)
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
            if first is None or block.holds(self.view.target):
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
            Fill(Box(1032, y, 1041, y + long), colour("#3B4456") if not board.look.dark else colour("#D5DAE3"), 5)
        )


def _ids(items: list[Item], part: str) -> list[str]:
    return [i.id for i in items if i.part == part]
