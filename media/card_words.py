"""The words of a card, and where their lines may end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from lessons.model import Picture
from media.drawing.letters import CHINESE, NO_START


@dataclass(frozen=True)
class CardStep:
    """`words`: paragraphs with `**name**`; `look_for`: what to tick when it is there; `lost`: what helps when it is not."""

    words: tuple[str, ...]
    look_for: str = ""
    lost: str = ""
    undo: str = ""
    picture: Picture | None = None


@dataclass(frozen=True)
class Card:
    """All words of one card. `labels` has the keys of bot/phrases/card; `helper` and `telephone` may be empty."""

    title: str
    language: str
    labels: Mapping[str, str]
    steps: tuple[CardStep, ...]
    phone: str = ""
    end: tuple[str, ...] = ()
    helper: str = ""
    telephone: str = ""
    made: datetime = datetime(2026, 1, 1)  # stands in the file's properties, so that the same card is the same bytes


def all_words(card: Card) -> Iterator[str]:
    yield from (card.title, card.phone, card.helper, card.telephone, *card.end)
    for step in card.steps:
        yield from (*step.words, step.look_for, step.lost, step.undo)


def breakable(text: str) -> str:
    """With what fpdf would take for a mark of its own made harmless; `**` stays."""
    return re.sub(r"(__|--|~~|\\)", lambda found: "\\" + "\\".join(found[1]), text)


def chinese_lines(text: str, wide: float, width: Callable[[str, bool], float]) -> str:
    """The text with line ends put in: between any two characters, but never before a comma, a full stop and the like."""
    lines, line, used, bold = [], "", 0.0, False
    for unit in _units(text):
        if unit == "**":
            bold = not bold
            line += unit
            continue
        first, stars, mark = unit.partition("**")  # the last of a bold name stays with the full stop after it
        needs = width(first, bold) + (width(mark, not bold) if mark else 0)
        if used + needs > wide and line.strip("*"):
            lines.append(line + "**" if bold else line)
            line, used = "**" if bold else "", 0.0
        line += unit
        used += needs
        bold = bold != bool(stars)
    return "\n".join([*lines, line])


def _units(text: str) -> list[str]:
    """What may not be parted: a character with the mark after it, an opening mark with what follows, a Latin word, `**`."""
    after = "".join(re.escape(c) for c in sorted(NO_START | set("；：”’")))
    before = "“‘（《「『"
    return re.findall(rf"\*\*|[{before}]*(?:[A-Za-z0-9&'’./-]+|[^*])(?:(?:\*\*)?[{after}]+)?", text)


def is_chinese(char: str) -> bool:
    return any(low <= ord(char) <= high for low, high in CHINESE)
