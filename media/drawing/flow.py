"""Pages that scroll: settings, apps, lists of people, web pages. Blocks one below the other, under a top bar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from media.drawing import blocks as made
from media.drawing.bars import floating, tab_bar, top_bar
from media.drawing.board import Board
from media.drawing.letters import cap
from media.drawing.marks import Box, Fill, Mark, Spot, Words, colour, shifted
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
            "row": made.row, "search": made.search, "section": made.section, "heading": made.heading, "note": made.note,
            "button": made.button, "field": made.field, "slider": made.slider, "sample": made.sample,
            "picture": made.picture,
        }  # fmt: skip

    def lay_out(self) -> Board:
        items = [i for i in self.view.items if i.part not in BAR_PARTS]
        if self.view.kind != "browser" and not self.look.search_above and self.view.target not in _ids(items, "search"):
            items = [i for i in items if i.part != "search"]
        blocks = [self.block(item) for item in items]
        tabs = bool(self.view.of("tab"))
        head = Board(self.view)
        top = top_bar(head)
        room = 1440 - 38 - head.foot - top - (200 if tabs else 0)
        total = sum(b.tall + b.gap for b in blocks)
        whole = tabs or total <= room or bool(self.view.of("nav", "swipe"))
        board = Board(self.view, whole=whole)
        bottom = board.screen.y1 - (190 + board.foot if tabs else board.foot) if whole else 1440
        start, blocks = self.scrolled(blocks, top, bottom)
        if tabs:  # no half line over the tabs: a ring there would cross it
            ends = zip(self.tops(blocks, top), blocks, strict=True)
            blocks = blocks[: sum(y + block.tall <= bottom - 16 for y, block in ends)]
        self.place(board, blocks, top, bottom, cut=total > room and not tabs)
        if whole:  # what runs under the bars is covered by them
            board.add(Fill(Box(36, bottom, 1044, board.screen.y1), board.look.page))
            board.scene.cut_at = bottom
        top_bar(board)
        self.thumb(board, total, room, top, start)
        floating(board, bottom)
        if tabs:
            tab_bar(board)
        if whole:
            board.home_line()
        return board

    def block(self, item: Item) -> Block:
        board = Board(self.view)
        look = self.look
        carded = item.part in ROWS or item.part in ("slider", "sample")
        box = Box(look.margin + 36, 0, 1044 - look.margin, 0)
        tall = self.makers[item.part](board, item, box)
        gap = 0 if carded else 14
        if item.at.get("gap"):
            gap = 36
        if item.id == self.view.target and item.part in ("heading", "button", "field", "search", "picture"):
            gap, tall = gap + 34, tall + 30  # room for the ring
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
            Fill(Box(1032, y, 1041, y + long), colour("#3B4456") if not board.look.dark else colour("#D5DAE3"), 5)
        )


def _ids(items: list[Item], part: str) -> list[str]:
    return [i.id for i in items if i.part == part]
