"""A reply's words as Telegram wants them: HTML, in portions that it takes, and what a button sends back. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote

from bot.messages import Button, Tap

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_DATA = 64

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
# After a full stop of any script with what closes behind it, or after a line's end.
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+|[。！？][\"'”’」』）]*\s*|\n+")


@dataclass(frozen=True)
class TapButton:
    """`address`: instead of sending `data` back it opens this."""

    label: str
    data: str
    address: str = ""


def units(text: str) -> int:
    """Telegram counts text in UTF-16 code units."""
    return len(text.encode("utf-16-le", "replace")) // 2


def plain(words: str) -> str:
    """Without the marks round what stands on the learner's screen."""
    return _BOLD.sub(r"\1", words)


def as_html(words: str) -> str:
    return _BOLD.sub(r"<b>\1</b>", html.escape(words, quote=False))


def sentences(words: str) -> list[str]:
    """Cut at sentence ends, never inside `**name**`. Joined they are the words again."""
    bold = [match.span() for match in _BOLD.finditer(words)]
    cuts = [
        end.end() for end in _SENTENCE_END.finditer(words) if not any(start < end.end() < stop for start, stop in bold)
    ]
    edges = [0, *cuts, len(words)]
    return [words[a:b] for a, b in pairwise(edges) if words[a:b]]


def in_portions(words: str, last_fits: int = LONGEST_TEXT) -> list[str]:
    """Portions of at most 4096, the last of them of at most `last_fits`. One portion where all of it fits."""
    if _length(words) <= last_fits:
        return [words]
    pieces = [part for sentence in sentences(words) for part in _hard_cut(sentence, min(last_fits, LONGEST_TEXT))]
    last: list[str] = []
    while pieces and _length("".join([pieces[-1], *last])) <= last_fits:
        last.insert(0, pieces.pop())
    portions: list[str] = []
    for piece in pieces:
        if portions and _length(portions[-1] + piece) <= LONGEST_TEXT:
            portions[-1] += piece
        else:
            portions.append(piece)
    return [portion.strip() for portion in [*portions, "".join(last)] if portion.strip()]


def _length(words: str) -> int:
    return units(plain(words).strip())


def _hard_cut(sentence: str, longest: int) -> list[str]:
    """A sentence that is too long even by itself: at a space or comma, else wherever it is full."""
    parts: list[str] = []
    while _length(sentence) > longest:
        room = longest // 2 if units(sentence[:longest]) > longest else longest
        cut = max(sentence.rfind(mark, 0, room) + 1 for mark in " ,，、；;")
        if cut <= 0 or sentence[:cut].count("**") % 2:
            cut = room
        parts.append(sentence[:cut])
        sentence = sentence[cut:]
    return [*parts, sentence]


def data_of(turn: int, choice: str) -> str:
    """What a button sends back: `1:<turn>:<choice>`; "" where that is longer than Telegram allows."""
    data = f"1:{turn}:{choice}"
    return data if len(data.encode()) <= LONGEST_DATA else ""


def tap_of(data: str) -> Tap:
    """The tap that was meant. What nobody can read any more counts as a tap on an older turn."""
    version, _, rest = data.partition(":")
    turn, _, choice = rest.partition(":")
    if version != "1" or not re.fullmatch(r"[0-9]{1,9}", turn):
        return Tap(-1, "")
    return Tap(int(turn), choice)


def _passed_on(address: str) -> str:
    """Telegram's own page that asks to whom."""
    return f"https://t.me/share/url?url={quote(address, safe='')}" if address else ""


def tap_buttons(turn: int, buttons: Sequence[Button], share: str = "") -> tuple[TapButton, ...]:
    """`share`: an address that the button "share" lets the learner send to one of their chats."""
    made = (
        TapButton(button.label, data_of(turn, button.choice), _passed_on(share) if button.choice == "share" else "")
        for button in buttons
    )
    return tuple(button for button in made if button.data and button.label.strip())
