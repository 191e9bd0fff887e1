"""Text made comparable: same length, so that places found in it are places in the text as it was given."""

from __future__ import annotations

import unicodedata

_ALIKE = {
    "’": "'",
    "‘": "'",
    "`": "'",
    "´": "'",
    "“": '"',
    "”": '"',
    "ё": "е",
    "Ё": "Е",
    "ى": "ي",
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ة": "ه",
}

_WIDE_MARKS = frozenset("－．／＠＋＃＊＿（）")


def plain(text: str) -> str:
    """The same length, with digits and letters of every width and script's own digits as the plain ones."""
    return text if text.isascii() else "".join(_one(c) for c in text)


def heard(text: str) -> str:
    """For word lists: small letters, plain apostrophes, one space; ё as е, the Arabic alifs and final ha as one."""
    return " ".join(plain(text).lower().split())


def _one(char: str) -> str:
    if char.isdigit():
        return str(unicodedata.digit(char, 0))
    if char in _ALIKE:
        return _ALIKE[char]
    if char.isspace():
        return char if char == "\n" else " "
    folded = unicodedata.normalize("NFKC", char)
    # Punctuation stays: a Chinese comma ends a part of a sentence, a Latin one also stands in numbers.
    return folded if len(folded) == 1 and (folded.isalnum() or char in _WIDE_MARKS) else char
