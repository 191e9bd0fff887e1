"""Markdown as blocks and pieces that know their place. Only CommonMark is read here; what a lesson may contain
is decided in `lessons.parser`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from lessons.source import Spot


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph. `kind` is text, break, link, image, bold, comment or odd (then `text` names it).

    For a link `inside` and `length` are the place and the written length of its words."""

    kind: str
    text: str
    spot: Spot
    target: str = ""
    inside: Spot | None = None
    length: int = 0
    literal: bool = True  # False: an escaped character or an entity, which is never a forgotten mark


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
ODD_PIECES = {
    "em_open": "italics",
    "code_inline": "code",
    "html_inline": "HTML",
    "hardbreak": "a forced line break",
    "s_open": "crossed-out words",
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
        pieces = _Pieces(inline.content, starts).read(inline.children or [])
        return Block(kind, spot, tuple(pieces), inline.content, level)


def _only_comments(html: str) -> bool:
    rest = html.strip()
    while rest.startswith("<!--"):
        _, closed, rest = rest.partition("-->")
        if not closed:
            return False
        rest = rest.strip()
    return not rest


class _Pieces:
    """Finds each inline token again in the words it came from, from left to right."""

    def __init__(self, content: str, starts: list[Spot]) -> None:
        self.content = content
        self.starts = starts
        self.cursor = 0

    def read(self, tokens: list[Token]) -> list[Piece]:
        pieces: list[Piece] = []
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "link_open":
                end = next((i for i in range(at, len(tokens)) if tokens[i].type == "link_close"), len(tokens) - 1)
                pieces.extend(self._link(token, tokens[at + 1 : end]))
                at = end
            elif token.type == "strong_open":
                end = next((i for i in range(at, len(tokens)) if tokens[i].type == "strong_close"), len(tokens) - 1)
                start = self._go_to("**")
                words = "".join(t.content for t in tokens[at + 1 : end])
                self.cursor = start + len("**")
                for inner in tokens[at + 1 : end]:
                    self._go_past(inner.markup if inner.type == "text_special" else inner.content)
                self._go_past("**")
                pieces.append(Piece("bold", words, self._spot(start)))
                at = end
            else:
                piece = self._simple(token)
                if piece is not None:
                    pieces.append(piece)
            at += 1
        return pieces

    def _simple(self, token: Token) -> Piece | None:
        if token.type == "text":
            if not token.content:
                return None
            start = self._go_to(token.content)
            self._go_past(token.content)
            return Piece("text", token.content, self._spot(start))
        if token.type == "text_special":
            start = self._go_to(token.markup)
            self._go_past(token.markup)
            return Piece("text", token.content, self._spot(start), literal=False)
        if token.type == "softbreak":
            start = self._go_to("\n")
            self._go_past("\n")
            return Piece("break", "\n", self._spot(start))
        if token.type == "image":
            start = self._go_to("![")
            self._go_past("](")
            self._go_past(")")
            words = token.content
            return Piece("image", words, self._spot(start), str(token.attrs.get("src", "")), self._spot(start + 2))
        if token.type == "html_inline" and token.content.startswith("<!--"):
            start = self._go_to(token.content)
            self._go_past(token.content)
            return Piece("comment", token.content, self._spot(start))
        if token.type in ODD_PIECES:
            start = self._go_to(token.markup or token.content or "\n")
            return Piece("odd", ODD_PIECES[token.type], self._spot(start))
        return None

    def _link(self, opening: Token, inner: list[Token]) -> list[Piece]:
        if opening.info == "auto":
            start = self._go_to("<")
            self._go_past(">")
            return [Piece("link", "".join(t.content for t in inner), self._spot(start), str(opening.attrs["href"]))]
        start = self._go_to("[")
        self._go_past("[")
        first = self.cursor
        odd = [t for t in inner if t.type not in ("text", "text_special", "softbreak")]
        words = "".join(" " if t.type == "softbreak" else t.content for t in inner)
        for token in inner:
            if token.type in ("text", "text_special"):
                self._go_past(token.markup if token.type == "text_special" else token.content)
        last = self._go_to("](") if not odd else self.content.find("](", self.cursor)
        self._go_past("](")
        self._go_past(")")
        link = Piece(
            "link",
            words,
            self._spot(start),
            str(opening.attrs.get("href", "")),
            self._spot(first),
            max(last - first, 0),
        )
        pieces = [link]
        if odd:
            what = ODD_PIECES.get(odd[0].type, "something other than words")
            pieces.append(Piece("odd", f"{what} inside a link", self._spot(first)))
        if opening.attrs.get("title"):
            pieces.append(Piece("odd", "a title on a link", self._spot(start)))
        return pieces

    def _go_to(self, text: str) -> int:
        found = self.content.find(text, self.cursor) if text else -1
        return found if found >= 0 else self.cursor

    def _go_past(self, text: str) -> None:
        found = self.content.find(text, self.cursor) if text else -1
        if found >= 0:
            self.cursor = found + len(text)

    def _spot(self, offset: int) -> Spot:
        line = self.content.count("\n", 0, offset)
        begin = self.content.rfind("\n", 0, offset) + 1
        return self.starts[min(line, len(self.starts) - 1)].after(offset - begin)
