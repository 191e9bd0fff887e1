"""What a class says to its volunteer and on the wall: `bot/phrases/classes/<language>.toml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.phrases import SHIPPED, Phrases

FOLDER = SHIPPED / "classes"


@cache
def _phrases(folder: Path = FOLDER) -> Phrases:
    return Phrases.load(folder)


class ClassWords:
    """`words("hands.none")`; a language without a file says it in English."""

    def __init__(self, language: str) -> None:
        self.language = language if language in _phrases().languages() else "en"

    def __call__(self, key: str, **values: object) -> str:
        return _phrases().say(key, self.language, 0, **{name: str(value) for name, value in values.items()})

    def many(self, key: str, number: int, **values: object) -> str:
        """`<key>.one` for one, `<key>.many` for more, with {number}."""
        return self(f"{key}.{'one' if number == 1 else 'many'}", number=number, **values)
