"""Markdown as blocks and pieces that know their place. Only CommonMark is read here; what a lesson may contain
is decided in `lessons.parser`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from lessons.pieces import Piece, PieceReader
from lessons.source import Spot


@dataclass(frozen=True)
class Block:
    """`kind` is heading, paragraph, list, comment or odd (then `odd` names it). A list's items are Blocks of
    kind item; what an item holds besides its one paragraph stands in its own `items`."""

    kind: str
    spot: Spot
    pieces: tuple[Piece, ...] = ()
    raw: str = ""
    level: int = 0
    items: tuple[Block, ...] = ()
    odd: str = ""


ODD_BLOCKS = {
    "ordered_list_open": "a numbered list",
    "fence": "a block of code",
    "code_block": "a block of code (four spaces at the start of a line)",
    "blockquote_open": "a quotation",
    "hr": "a line across the page",
    "table_open": "a table",
    "html_block": "HTML",
}

_MD = MarkdownIt("commonmark", {"html": True}).enable("table").disable("text_join")


def read_blocks(text: str, first_line: int) -> tuple[list[Block], list[tuple[Spot, str]]]:
    """The blocks of `text`, whose first line is line `first_line` of its file, and what was seen that Markdown
    itself hides (link definitions), as (place, name)."""
    env: dict[str, object] = {}
    tokens = _MD.parse(text, env)
    reader = _Reader(text.split("\n"), first_line)
    references = env.get("references")
    hidden = []
    if isinstance(references, dict):
        for reference in references.values():
            line = (reference.get("map") or [0])[0]
            hidden.append((Spot(first_line + line, 1), "a link definition"))
    return reader.blocks(tokens), hidden


class _Reader:
    def __init__(self, lines: list[str], first_line: int) -> None:
        self.lines = lines
        self.first_line = first_line

    def blocks(self, tokens: list[Token]) -> list[Block]:
        found: list[Block] = []
        at = 0
        while at < len(tokens):
            token = tokens[at]
            end = self._end_of(tokens, at)
            block = self._block(token, tokens[at : end + 1])
            if block is not None:
                found.append(block)
            at = end + 1
        return found

    @staticmethod
    def _end_of(tokens: list[Token], at: int) -> int:
        if tokens[at].nesting != 1:
            return at
        depth = 0
        for index in range(at, len(tokens)):
            depth += tokens[index].nesting
            if depth == 0:
                return index
        return len(tokens) - 1

    def _block(self, token: Token, tokens: list[Token]) -> Block | None:
        spot = self._spot_of(token)
        if token.type == "heading_open":
            if token.markup in ("=", "-"):
                return Block("odd", spot, odd="a heading by underlining")
            return self._leaf("heading", spot, tokens[1], level=int(token.tag[1:]))
        if token.type == "paragraph_open":
            return self._leaf("paragraph", spot, tokens[1])
        if token.type == "bullet_list_open":
            return Block("list", spot, items=tuple(self._items(tokens[1:-1])))
        if token.type == "html_block" and _only_comments(token.content):
            return Block("comment", spot, raw=token.content)
        if token.type in ODD_BLOCKS:
            return Block("odd", spot, odd=ODD_BLOCKS[token.type])
        return None

    def _items(self, tokens: list[Token]) -> list[Block]:
        items: list[Block] = []
        at = 0
        while at < len(tokens):
            end = self._end_of(tokens, at)
            spot = self._spot_of(tokens[at])
            inner = [b for b in self.blocks(tokens[at + 1 : end]) if b.kind != "comment"]
            if inner and inner[0].kind == "paragraph":
                items.append(replace(inner[0], kind="item", spot=spot, items=tuple(inner[1:])))
            else:
                items.append(Block("item", spot, items=tuple(inner)))
            at = end + 1
        return items

    def _spot_of(self, token: Token) -> Spot:
        line = token.map[0] if token.map else 0
        source = self.lines[line] if line < len(self.lines) else ""
        return Spot(self.first_line + line, len(source) - len(source.lstrip()) + 1)

    def _leaf(self, kind: str, spot: Spot, inline: Token, level: int = 0) -> Block:
        line = inline.map[0] if inline.map else 0
        starts = []
        for offset, content in enumerate(inline.content.split("\n")):
            source = self.lines[line + offset] if line + offset < len(self.lines) else ""
            starts.append(Spot(self.first_line + line + offset, max(source.find(content), 0) + 1))
        pieces = PieceReader(inline.content, starts).read(inline.children or [])
        return Block(kind, spot, tuple(pieces), inline.content, level)


def _only_comments(html: str) -> bool:
    rest = html.strip()
    while rest.startswith("<!--"):
        _, closed, rest = rest.partition("-->")
        if not closed:
            return False
        rest = rest.strip()
    return not rest
