"""The choices of a question: `- [x] choice: answer`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from lessons.markdown import Block
from lessons.pieces import Piece
from lessons.source import ChoiceAt, Spot
from lessons.words import split_at_colon, to_said

Found = Callable[[Spot, str, str], None]
_BOX = re.compile(r"\[( |x|X|\s*)\]\s*")


def read_choices(block: Block, language: str, found: Found) -> list[ChoiceAt]:
    choices = (_choice(item, language, found) for item in block.items)
    return [choice for choice in choices if choice is not None]


def _choice(item: Block, language: str, found: Found) -> ChoiceAt | None:
    for extra in item.items:
        found(extra.spot, "list-line", "A choice is one paragraph: no list and no paragraph inside it.")
    pieces: Sequence[Piece] = [p for p in item.pieces if p.kind != "comment"]
    box = _BOX.match(pieces[0].text) if pieces and pieces[0].kind == "text" else None
    if box is None:
        found(item.spot, "choice", "A choice begins with [x] (right) or [ ] (not right): - [x] choice: answer")
        return None
    rest = [replace(pieces[0], text=pieces[0].text[box.end() :], spot=pieces[0].spot.after(box.end())), *pieces[1:]]
    said, goto = to_said(rest, language, item.spot, found)
    if goto:
        found(goto.spot, "goto-place", "A choice leads nowhere: after its answer the lesson goes on.")
    halves = split_at_colon(said)
    if halves is None or not halves[0] or not halves[1]:
        found(
            said.spot,
            "choice",
            "Write the choice, a colon, and the answer: - [x] I leave it: Yes. Nobody honest asks for that.",
        )
        return None
    return ChoiceAt(halves[0], halves[1], box.group(1).lower() == "x", item.spot)
