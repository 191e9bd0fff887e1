"""Typing errors as fingers make them, for training: letters left out, doubled, swapped, or the key beside."""

from __future__ import annotations

import random
import re

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {
    c: "".join(row[max(0, i - 1) : i] + row[i + 1 : i + 2]) for row in _ROWS for i, c in enumerate(row)
}  # the neighbours on a keyboard
_CJK = re.compile(r"[\u3400-\u9fff]")


def with_slips(text: str, random_: random.Random, share: float = 0.25) -> str:
    """The text with about `share` of its words of three letters and more mistyped; Chinese loses a character."""
    if _CJK.search(text):
        if len(text) < 5:
            return text
        at = random_.randrange(len(text))
        return text[:at] + text[at + 1 :]
    return " ".join(_slip(w, random_) if len(w) >= 3 and random_.random() < share else w for w in text.split(" "))


def _slip(word: str, random_: random.Random) -> str:
    at = random_.randrange(len(word))
    letter = word[at]
    other = random_.choice(_BESIDE.get(letter.lower(), "") or "abcdefghijklmnopqrstuvwxyz")
    kind = random_.randrange(5)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + letter + word[at:]
    if kind == 2:
        return word[:at] + other + word[at + 1 :]
    if kind == 3:
        return word[:at] + other + word[at:]
    return word[:at] + word[at + 1 : at + 2] + letter + word[at + 2 :]
