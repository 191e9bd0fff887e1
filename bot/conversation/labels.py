"""Buttons that fit: at most 20 Latin letters (24 in German and Russian), 8 Chinese characters."""

from __future__ import annotations

import re
import unicodedata

LONGEST = {"zh": 8, "ja": 8, "ko": 8, "de": 24, "ru": 24}


OWN_SPELLING = re.compile(r"[a-z][A-Z]|[a-z0-9-]+\.[a-z]")  # iCloud, cafe.example


def width(label: str) -> float:
    """Chinese characters count one, and Latin letters within a Chinese label count half."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in label)


def fits(label: str, language: str) -> bool:
    longest = LONGEST.get(language, 20)
    return (width(label) if language in ("zh", "ja", "ko") else len(label)) <= longest


def fit(label: str, language: str) -> str:
    """The label itself, or its first whole words that fit. Cutting is the last resort: the linters ask for less."""
    label = label.strip().rstrip(".。:：")
    if not OWN_SPELLING.match(label):
        label = label[:1].upper() + label[1:]
    while not fits(label, language) and len(label) > 1:
        shorter, _, _ = label.rpartition(" ")
        label = shorter.rstrip(" ,;") if shorter else label[:-1]
    return label
