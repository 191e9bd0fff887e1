"""The pieces of a paragraph, each with its place: markdown-it tells what they are, here they are found again in the source."""

from __future__ import annotations

from dataclasses import dataclass

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


ODD_PIECES = {
    "em_open": "italics",
    "code_inline": "code",
    "html_inline": "HTML",
    "hardbreak": "a forced line break",
    "s_open": "crossed-out words",
}


class PieceReader:
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
