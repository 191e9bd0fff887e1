"""Pieces of Markdown become the words of a lesson: plain words, things on the screen, words of the glossary."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lessons.model import OnScreen, Plain, Term
from lessons.nearest import did_you_mean
from lessons.pieces import Piece
from lessons.source import Run, Said, Spot

Found = Callable[[Spot, str, str], None]

ELEMENT = re.compile(r"([a-z][a-z0-9-]*)#([a-z][a-z0-9-]*)")
TERM = re.compile(r"\.\./glossary/([A-Za-z-]+)\.md#([a-z][a-z0-9-]*)")
STEP = re.compile(r"#([a-z][a-z0-9-]*)")
_MARKS = re.compile(r"\*+|`+|\]\(|(?<!\w)__?(?=\w)|(?<=\w)__?(?!\w)|~~")
_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")


@dataclass(frozen=True)
class Goto:
    step: str
    words: str
    spot: Spot


def to_said(pieces: Sequence[Piece], language: str, spot: Spot, found: Found) -> tuple[Said, Goto | None]:
    """The words, and the link to another step where one stands at the very end."""
    runs: list[Run] = []
    goto: Goto | None = None
    for index, piece in enumerate(pieces):
        if piece.kind == "break":
            runs.append(Run(Plain(_joint(pieces, index)), piece.spot))
        elif piece.kind == "text":
            if piece.literal:
                _leftover(piece, found)
            runs.append(Run(Plain(piece.text), piece.spot))
        elif piece.kind == "link":
            step = STEP.fullmatch(piece.target)
            if step:
                rest = "".join(p.text for p in pieces[index + 1 :] if p.kind != "comment").strip()
                if rest or goto:
                    found(
                        piece.spot,
                        "goto-not-last",
                        "A link to a step stands at the very end, with nothing after it, and once.",
                    )
                goto = Goto(step.group(1), piece.text.strip(), piece.spot)
            else:
                runs.append(_link(piece, language, found))
        elif piece.kind == "image":
            found(
                piece.spot,
                "picture-alone",
                "A picture stands in a paragraph of its own: put an empty line before and after it.",
            )
        elif piece.kind == "bold":
            found(
                piece.spot,
                "bold-only-labels",
                "Bold is kept for the labels of the list. A thing on the screen is a link: [Settings](home#settings).",
            )
            runs.append(Run(Plain(piece.text), piece.spot.after(2)))
        elif piece.kind == "odd":
            found(piece.spot, "not-allowed", f"A lesson has no place for {piece.text}. Say it in plain words.")
    return Said(tuple(runs), runs[0].spot if runs else spot), goto


def _joint(pieces: Sequence[Piece], index: int) -> str:
    """What a line break inside a paragraph means: a space, or nothing between two Chinese characters."""
    before = pieces[index - 1].text[-1:] if index else ""
    after = pieces[index + 1].text[:1] if index + 1 < len(pieces) else ""
    return "" if _CJK.match(before) and _CJK.match(after) else " "


def _leftover(piece: Piece, found: Found) -> None:
    for mark in _MARKS.finditer(piece.text):
        found(
            piece.spot.after(mark.start()),
            "marks-left-over",
            f"The mark {mark.group()} is left over. Take it out, or complete the pair. (To show a star, write \\*.)",
        )


def _link(piece: Piece, language: str, found: Found) -> Run:
    words = piece.text.strip()
    if not words:
        found(
            piece.spot,
            "link-without-words",
            "This link has no words. `handrail lessons fmt` fills in the name of a thing on the screen.",
        )
    element, term = ELEMENT.fullmatch(piece.target), TERM.fullmatch(piece.target)
    if element:
        return Run(OnScreen(element.group(1), element.group(2), words), piece.spot, piece.inside, piece.length)
    if term:
        if term.group(1) != language:
            found(
                piece.spot,
                "link-unknown",
                f"This lesson's words are explained in ../glossary/{language}.md#{term.group(2)}.",
            )
        return Run(Term(words, term.group(2)), piece.spot, piece.inside, piece.length)
    found(piece.spot, "link-unknown", _what_link(piece.target, language))
    return Run(Plain(words), piece.spot)


def _what_link(target: str, language: str) -> str:
    if re.match(r"[a-z]+:|//|www\.", target, re.IGNORECASE):
        return "A lesson has no links to the internet. Say in words where to go."
    shapes = {"screen#element": "home#settings", "glossary": f"../glossary/{language}.md#word", "step": "#step"}
    hint = did_you_mean(target, shapes.values()) if "glossary" in target else ""
    return (
        f"The link {target or '()'} leads nowhere. Write screen#element, ../glossary/{language}.md#word, or #step at the end."
        + hint
    )


def split_at_colon(said: Said) -> tuple[Said, Said] | None:
    """What stands before and after the first colon of the plain words; None where there is none."""
    for index, run in enumerate(said.runs):
        if not isinstance(run.piece, Plain):
            continue
        colon = re.search(r"[:：]", run.piece.text)
        if colon is None:
            continue
        head, tail = run.piece.text[: colon.start()], run.piece.text[colon.end() :]
        lead = len(tail) - len(tail.lstrip())
        spot = run.spot.after(colon.end() + lead)
        before = (*said.runs[:index], Run(Plain(head), run.spot))
        after = (Run(Plain(tail.lstrip()), spot), *said.runs[index + 1 :])
        return Said(before, said.spot), Said(after, spot)
    return None
