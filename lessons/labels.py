"""The bold labels of the format in each language, from `labels.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PARTS = ("ask", "if", "hint", "say", "undo")


@dataclass(frozen=True)
class Labels:
    """`by_language[language][part]` is the one spelling of a label; parts are ask, if, hint, say, undo."""

    by_language: Mapping[str, Mapping[str, str]]

    @classmethod
    def load(cls, path: Path) -> Labels:
        """Raises ValueError, naming the file, where it is no such table."""
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ValueError(f"{path}: {error}") from error
        for language, table in data.items():
            missing = [part for part in PARTS if not isinstance(table, dict) or not isinstance(table.get(part), str)]
            if missing:
                raise ValueError(f"{path}: [{language}] lacks the labels: {', '.join(missing)}")
        return cls(data)

    def of(self, language: str) -> Mapping[str, str]:
        """Part -> label. A language without labels of its own has the English ones."""
        return (
            self.by_language.get(language) or self.by_language.get(language.partition("-")[0]) or self.by_language["en"]
        )

    def languages(self) -> tuple[str, ...]:
        return tuple(self.by_language)
