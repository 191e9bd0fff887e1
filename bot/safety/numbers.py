"""Numbers as people write them: with any gaps, in full width, or spoken out ("double four", 幺三, "cuatro")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.safety.words import number_words

# What stands between the parts of one number; and what might as well stand between two.
_SOFT = re.compile(r"[ \t.\-–—―‐‑‒·•_/\\|*~\u00a0\u3000\u200b-\u200f\u2060\ufe0f\u20e3\ufeff]{0,4}")
_TOKEN = re.compile(r"\d+|[\u3007\u3400-\u9fff]|[^\W\d_\u3007\u3400-\u9fff]+")
_TIMES = {"double": "2", "doble": "2", "treble": "3", "triple": "3"}
_HARD = re.compile(r"[\s.\-–—,;:，、。；：،٫…_/|*]{0,4}")


@dataclass(frozen=True)
class Digit:
    """One digit, where it stands, and what is before it: "" (glued to the last), "soft" or "hard"."""

    value: str
    start: int
    end: int
    before: str


@dataclass(frozen=True)
class Run:
    """Digits that may be one number."""

    digits: tuple[Digit, ...]
    spoken: bool

    @property
    def number(self) -> str:
        return "".join(d.value for d in self.digits)

    @property
    def start(self) -> int:
        return self.digits[0].start

    @property
    def end(self) -> int:
        return self.digits[-1].end

    @property
    def groups(self) -> tuple[int, ...]:
        """How many digits stand together: 4 4 4 4."""
        sizes: list[int] = []
        for digit in self.digits:
            if digit.before or not sizes:
                sizes.append(0)
            sizes[-1] += 1
        return tuple(sizes)

    def part(self, first: int, end: int) -> Run:
        return Run(self.digits[first:end], self.spoken)

    def at_hard_gaps(self) -> Iterator[Run]:
        """The same, taken apart wherever a comma or a new line stands."""
        cuts = [i for i, d in enumerate(self.digits) if d.before == "hard" and i]
        for first, end in zip([0, *cuts], [*cuts, len(self.digits)], strict=True):
            yield self.part(first, end)


def runs(text: str) -> tuple[Run, ...]:
    """Every run in a text made plain before (bot.safety.plain). Digits and words do not mix in one run."""
    found: list[Run] = []
    now: list[Digit] = []
    spoken, last = False, 0
    for start, end, digits, is_word in _units(text):
        before = _gap(text[last:start]) if now else ""
        if now and (before is None or spoken != is_word):
            found.append(Run(tuple(now), spoken))
            now = []
        for place, value in enumerate(digits):
            # Digits that are written stand each in a place of their own; those of a word share the word's.
            at = (start, end) if is_word else (start + place, start + place + 1)
            now.append(Digit(value, *at, (before or "") if place == 0 and now else ""))
        spoken, last = is_word, end
    return (*found, Run(tuple(now), spoken)) if now else tuple(found)


def _gap(between: str) -> str | None:
    if not between:
        return ""
    if _SOFT.fullmatch(between):
        return "soft"
    return "hard" if _HARD.fullmatch(between) else None


def _units(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """(start, end, its digits, whether a word) of each number and number word, in order."""
    values = number_words()
    waiting: tuple[int, int, str, str] | None = None  # "double", or a ten such as "forty", and what it is without more
    for match in _TOKEN.finditer(text):
        said, start, end = match.group(), match.start(), match.end()
        value = said if said.isdigit() else values.get(said.lower(), "")
        one = len(value) == 1 and not said.isdigit()
        if waiting is not None:
            begun, ended, kind, alone = waiting
            waiting = None
            if one and start - ended <= 3:
                yield begun, end, value * int(kind) if kind in "23" else kind[0] + value, True
                continue
            if alone:
                yield begun, ended, alone, True
        if said.lower() in _TIMES:
            waiting = (start, end, _TIMES[said.lower()], "")
        elif value and not said.isdigit() and value > "19" and value.endswith("0") and len(value) == 2:
            waiting = (start, end, value, value)
        elif value:
            yield start, end, value, not said.isdigit()
    if waiting is not None and waiting[3]:
        yield waiting[0], waiting[1], waiting[3], True
