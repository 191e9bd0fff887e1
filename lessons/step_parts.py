"""The inside of a step or of one of its variants: instruction, picture, and the list with its bold labels."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from lessons.markdown import Block
from lessons.model import Picture, Plain
from lessons.nearest import did_you_mean, nearest
from lessons.pieces import Piece
from lessons.source import IfAt, PartsAt, PictureAt, Run, Said, Spot, joined
from lessons.words import ELEMENT, split_at_colon, to_said

Found = Callable[[Spot, str, str], None]

MOST = {"ask": 1, "if": 3, "hint": 3, "say": 1, "undo": 1}
_STATE = re.compile(r"\{state=([a-z][a-z0-9-]*)\}")
_RING = re.compile(r'\{ring="([^"{}]*)"\}')
_OWN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\.(png|jpg|jpeg)")
_COLON_INSIDE = re.compile(r"\*\*\s*([^*]+?)\s*[:：]\s*\*\*\s*")


class PartsReader:
    """Reads blocks into `parts`, reporting through `found` what does not belong there."""

    def __init__(self, parts: PartsAt, lesson_id: str, language: str, labels: Mapping[str, str], found: Found) -> None:
        self.parts = parts
        self.lesson_id = lesson_id
        self.language = language
        self.labels = labels
        self.found = found
        self.paragraphs: list[Said] = []
        self.had_list = False
        self.counts: dict[str, int] = {}

    def add(self, block: Block) -> None:
        if block.kind == "paragraph" and any(p.kind == "image" for p in block.pieces):
            self._picture(block)
        elif block.kind == "paragraph":
            self._paragraph(block)
        elif block.kind == "list":
            self._list(block)

    def close(self) -> None:
        """To be called once after the last block."""
        if self.paragraphs:
            self.parts.instruction = joined(self.paragraphs)

    def _paragraph(self, block: Block) -> None:
        said, goto = to_said(block.pieces, self.language, block.spot, self.found)
        if goto:
            self.found(goto.spot, "goto-place", f'Only "{self.labels["if"]}" leads to another step.')
        if self.parts.picture or self.had_list:
            self.found(block.spot, "part-order", "The instruction stands first in a step: words, picture, list.")
        if said:
            self.paragraphs.append(said)

    def _picture(self, block: Block) -> None:
        pieces = [p for p in block.pieces if p.kind != "comment"]
        image = next(p for p in pieces if p.kind == "image")
        tail = "".join(p.text for p in pieces[1:]) if pieces[0] is image else ""
        if (
            pieces[0] is not image
            or any(p.kind != "text" for p in pieces[1:])
            or not re.fullmatch(r"(\{.*\})?\s*", tail)
        ):
            self.found(
                image.spot,
                "picture-alone",
                "A picture stands in a paragraph of its own: put an empty line before and after it.",
            )
            to_said([p for p in pieces if p.kind != "image"], self.language, block.spot, self.found)
            tail = ""
        if self.had_list:
            self.found(block.spot, "part-order", "The picture stands before the list: words, picture, list.")
        if self.parts.picture:
            self.found(block.spot, "part-twice", "A step has one picture. Take one out, or make two steps.")
            return
        picture = self._what_picture(image, tail.strip())
        self.parts.picture = PictureAt(picture, image.spot)

    def _what_picture(self, image: Piece, braces: str) -> Picture:
        alt = " ".join(image.text.split())
        if not alt:
            self.found(image.spot, "picture-without-alt", "Say what the picture shows; it is also read aloud.")
        element = ELEMENT.fullmatch(image.target)
        state, ring = _STATE.fullmatch(braces), _RING.fullmatch(braces)
        if element:
            if braces and not state:
                self.found(
                    image.spot,
                    "picture-braces",
                    f"{braces} is not known after a screen. Write {{state=name}}, or nothing.",
                )
            return Picture(element.group(1), element.group(2), state=state.group(1) if state else "", alt=alt)
        if _OWN.fullmatch(image.target):
            if braces and not ring:
                self.found(
                    image.spot,
                    "picture-braces",
                    f'{braces} is not known after a picture of your own. Write {{ring="x,y,w,h"}}.',
                )
            where = self._ring(ring.group(1), image.spot) if ring else None
            return Picture(own=f"{self.lesson_id}/{image.target}", alt=alt, ring=where)
        self.found(
            image.spot,
            "picture-source",
            f"{image.target or 'Nothing'} is no picture. Write (screen#element), such as (home#settings), or (name.png) beside the lesson.",
        )
        return Picture(alt=alt)

    def _ring(self, numbers: str, spot: Spot) -> tuple[float, float, float, float] | None:
        parts = numbers.split(",")
        if len(parts) == 4 and all(re.fullmatch(r"\s*\d{1,3}(\.\d+)?\s*", part) for part in parts):
            x, y, width, height = (float(part) for part in parts)
            if width > 0 and height > 0 and x + width <= 100 and y + height <= 100:
                return x, y, width, height
        self.found(
            spot,
            "picture-ring",
            'A ring is four numbers in per cent, inside the picture: {ring="10,20,30,8"} is left, top, width, height.',
        )
        return None

    def _list(self, block: Block) -> None:
        if self.had_list:
            self.found(block.spot, "part-twice", "A step has one list. Put all its lines together.")
        self.had_list = True
        for item in block.items:
            self._item(item)

    def _item(self, item: Block) -> None:
        for extra in item.items:
            self.found(
                extra.spot, "list-line", "A line of the list is one paragraph: no list and no paragraph inside it."
            )
        pieces = [p for p in item.pieces if p.kind != "comment"]
        if not pieces:
            self.found(item.spot, "empty-part", "This line of the list is empty. Fill it in or take it out.")
            return
        part, rest, spot = self._label(pieces)
        if not part:
            to_said(rest, self.language, spot, self.found)
            return
        self.counts[part] = self.counts.get(part, 0) + 1
        if self.counts[part] > MOST[part]:
            most = {1: "once", 3: "three times"}[MOST[part]]
            self.found(spot, "part-count", f'"{self.labels[part]}" stands at most {most} in a step.')
        self._part(part, rest, spot)

    def _label(self, pieces: Sequence[Piece]) -> tuple[str, list[Piece], Spot]:
        """(part or "", the pieces after the label, the place of the label)."""
        first = pieces[0]
        by_label = {label: part for part, label in self.labels.items()}
        if first.kind == "bold":
            label, rest = first.text.strip(), list(pieces[1:])
            if label[-1:] in (":", "："):
                label = label[:-1].strip()
                self.found(first.spot, "label-colon", f"The colon stands outside the stars: **{label}**: ...")
                if label != self.labels["if"]:
                    rest.insert(0, Piece("text", ": ", first.spot))
        elif first.kind == "text" and (inside := _COLON_INSIDE.match(first.text)):
            label = inside.group(1)
            self.found(first.spot, "label-colon", f"The colon stands outside the stars: **{label}**：...")
            after = first.text[inside.end() :]
            lead = "" if label == self.labels["if"] else ":"
            rest = [replace(first, text=lead + after, spot=first.spot.after(inside.end() - len(lead))), *pieces[1:]]
        else:
            self._no_label(first)
            return "", list(pieces), first.spot
        if label in by_label:
            return by_label[label], rest, first.spot
        self.found(first.spot, "label-unknown", f'"{label}" is no label here.' + did_you_mean(label, by_label))
        near = nearest(label, by_label)
        return (by_label[near] if near else ""), rest, first.spot

    def _no_label(self, first: Piece) -> None:
        word = re.split(r"[:：]", first.text, maxsplit=1)[0].strip() if first.kind == "text" else ""
        near = nearest(word, self.labels.values(), at_least=75) if 0 < len(word) <= 20 else ""
        label = near or self.labels["hint"]
        self.found(
            first.spot,
            "label-missing",
            f"Each line of the list begins with a bold label, such as **{label}**: and then the words.",
        )

    def _part(self, part: str, rest: list[Piece], spot: Spot) -> None:
        said, goto = to_said(rest, self.language, spot, self.found)
        if part == "if":
            self._if(said, goto.step if goto else "", goto.words if goto else "", goto.spot if goto else spot, spot)
            return
        if goto:
            self.found(goto.spot, "goto-place", f'Only "{self.labels["if"]}" leads to another step.')
        first = said.runs[0].piece if said.runs else None
        if isinstance(first, Plain) and re.match(r"\s*[:：]", first.text):
            said = _without_colon(said)
        elif said:
            self.found(said.spot, "label-colon", f"A colon comes after the label: **{self.labels[part]}**: ...")
        if not said:
            self.found(spot, "empty-part", f'Write something after "{self.labels[part]}", or take the line out.')
        elif part == "hint":
            self.parts.hints.append(said)
        elif getattr(self.parts, part) is None:
            setattr(self.parts, part, said)

    def _if(self, said: Said, goto: str, goto_words: str, goto_spot: Spot, spot: Spot) -> None:
        halves = split_at_colon(said)
        if halves is None:
            self.found(said.spot, "if-colon", "Write what they see, a colon, and the way back.")
            return
        what, way_back = halves
        if not what:
            self.found(
                said.spot,
                "if-colon",
                f"What they see stands between the label and the colon: **{self.labels['if']}** no wheel: ...",
            )
        if not way_back and not goto:
            self.found(spot, "empty-part", "Say the way back after the colon.")
        self.parts.ifs.append(IfAt(what, way_back, spot, goto, goto_words, goto_spot))


def _without_colon(said: Said) -> Said:
    """The same without the colon at its start and the spaces around it."""
    first = said.runs[0]
    assert isinstance(first.piece, Plain)
    lead = re.match(r"\s*[:：]\s*", first.piece.text)
    assert lead is not None
    run = Run(Plain(first.piece.text[lead.end() :]), first.spot.after(lead.end()))
    return Said((run, *said.runs[1:]), run.spot)
