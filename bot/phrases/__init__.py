"""Everything the tutor itself says, in files that a volunteer can reword: `bot/phrases/<language>.toml`.

A phrase is one text or a list of wordings of the same thing. Which wording is said goes by a given number (the
turn), never by chance, so that a conversation played twice is the same twice.
"""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SHIPPED = Path(__file__).parent


class PhraseError(Exception):
    """A phrase file cannot be used; the message names file and place and says what to do."""


def placeholders(text: str) -> set[str]:
    """The names in braces. Raises ValueError where a brace is left open."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _flat(table: Mapping[str, object], path: Path, before: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, value in table.items():
        name = f"{before}{key}"
        if isinstance(value, Mapping):
            yield from _flat(value, path, f"{name}.")
        elif isinstance(value, str):
            yield name, (value,)
        elif isinstance(value, list) and value and all(isinstance(v, str) for v in value):
            yield name, tuple(value)
        else:
            raise PhraseError(f"{path}: {name}: write one text in quotation marks, or a list of texts.")


# ", Rose" before a comma or an end; "Rose, " at the start; "Hello Rose," after a word.
_CALLED = re.compile(r"[,，]\s*\{name\}(?=[,，.。!！?？])|^\{name\}[,，]\s*| \{name\}(?=,)")


def _without_name(wording: str) -> str:
    return _CALLED.sub("", wording)


@dataclass(frozen=True)
class Phrases:
    """All phrases: language -> key -> wordings."""

    texts: Mapping[str, Mapping[str, tuple[str, ...]]]

    @classmethod
    def load(cls, folder: Path = SHIPPED) -> Phrases:
        """Reads every `<language>.toml` of the folder. Raises PhraseError with the file in words."""
        texts: dict[str, Mapping[str, tuple[str, ...]]] = {}
        for path in sorted(folder.glob("*.toml")):
            try:
                texts[path.stem] = dict(_flat(tomllib.loads(path.read_text(encoding="utf-8")), path))
            except tomllib.TOMLDecodeError as error:
                raise PhraseError(f"{path}: {error}. Compare this line with the ones around it.") from error
        if not texts:
            raise PhraseError(f"{folder}: no phrases here. It should hold files such as en.toml.")
        return cls(texts)

    def languages(self) -> tuple[str, ...]:
        return tuple(self.texts)

    def has(self, key: str, language: str) -> bool:
        return key in self.texts.get(language, {})

    def say(self, key: str, language: str, number: int = 0, /, **values: str) -> str:
        """The wording for this number. A language without the phrase says it in English.
        Raises KeyError where no language has it."""
        wordings = self.texts.get(language, {}).get(key) or self.texts["en"][key]
        return wordings[number % len(wordings)].format_map(values)

    def nameless(self, key: str, language: str, number: int = 0, /, **values: str) -> str | None:
        """The same wording without the name that it calls the learner by, as a voice made ahead says it; None where
        the name is more than that ("I call you Rose")."""
        wordings = self.texts.get(language, {}).get(key) or self.texts["en"][key]
        text = _without_name(wordings[number % len(wordings)])
        return None if "{name}" in text else text.format_map(values)

    def fixed(self, language: str) -> tuple[str, ...]:
        """Every wording without a placeholder, the name left out where it only addresses the learner, so that its
        voice can be made ahead."""
        wordings = (w for ws in self.texts.get(language, {}).values() for w in ws)
        return tuple(text for text in map(_without_name, wordings) if not placeholders(text))
