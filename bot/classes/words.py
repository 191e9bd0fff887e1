"""What a class says to its volunteer and on the wall: `bot/phrases/classes/<language>.toml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.phrases import SHIPPED, Phrases
from bot.phrases.words import Words

FOLDER = SHIPPED / "classes"


@cache
def _phrases(folder: Path = FOLDER) -> Phrases:
    return Phrases.load(folder)


class ClassWords(Words):
    """`words("hands.none")`; a language without a file says it in English."""

    def __init__(self, language: str) -> None:
        super().__init__(language, _phrases())

    def many(self, key: str, count: int, **values: object) -> str:
        """`<key>.one` for one, `<key>.many` for more, with {number}."""
        return self(f"{key}.{'one' if count == 1 else 'many'}", number=count, **values)
