"""The labels of the page itself, by language, and the language to begin with."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

LABELS = Path(__file__).resolve().parent.parent / "phrases" / "page"
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
PICTURE_WORDS = (
    "kettle", "tree", "fish", "key", "house", "moon", "sun", "star", "boat", "bell",
    "heart", "leaf", "umbrella", "clock", "apple", "book", "flower", "cup", "hat", "chair",
)  # fmt: skip


class LabelError(Exception):
    """A file of labels cannot be used; the message names it, and what to do."""


class Labels:
    """`labels("zh")["listen"]`; a language that is not there falls back to English."""

    def __init__(self, by_language: Mapping[str, Mapping[str, str]]) -> None:
        self._all = by_language

    @classmethod
    def load(cls, folder: Path = LABELS) -> Labels:
        """Read every `<language>.toml`. Raises LabelError where keys or {placeholders} differ from en.toml."""
        found = {path.stem: _read(path) for path in sorted(folder.glob("*.toml"))}
        for language, labels in found.items():
            for key in sorted(found["en"].keys() ^ labels.keys()):
                raise LabelError(f"{folder / language}.toml: {key!r} stands in one of en.toml and this file only.")
            for key, text in labels.items():
                if _holes(text) != _holes(found["en"][key]):
                    raise LabelError(f"{folder / language}.toml: {key!r} needs {_holes(found['en'][key])} in braces.")
        return cls(found)

    def __call__(self, language: str) -> Mapping[str, str]:
        return self._all.get(language) or self._all["en"]

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self._all)

    def all(self) -> Mapping[str, Mapping[str, str]]:
        return self._all

    def best(self, wanted: str) -> str:
        """The first language of an Accept-Language line that is there, else English."""
        return next((code for tag in tags(wanted) if (code := tag.split("-")[0]) in self._all), "en")


def tags(accept_language: str) -> list[str]:
    """Language tags of an Accept-Language line, best first, in small letters."""
    weighed = []
    for place, part in enumerate(accept_language[:200].lower().split(",")):
        tag, _, quality = part.strip().partition(";q=")
        if re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{1,8}){0,3}", tag):
            weight = float(quality) if re.fullmatch(r"[01](\.\d{1,3})?", quality) else 1.0
            weighed.append((-weight, place, tag))
    return [tag for _, _, tag in sorted(weighed)]


def direction(language: str) -> str:
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def _read(path: Path) -> Mapping[str, str]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LabelError(f"{path}: {error}. Mend that line.") from None
    odd = [key for key, value in table.items() if not isinstance(value, str) or not value.strip()]
    if odd:
        raise LabelError(f"{path}: {odd[0]!r} needs some words between quotation marks.")
    return {key: str(value) for key, value in table.items()}


def _holes(text: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", text))
