"""How written things are read aloud: `media/reading/<language>.toml`, which writers edit without Python.

Wi-Fi, QR, %, telephone numbers, times, money and emoji, as a person would say them. Each list carries its own
examples, and `check` tells file and line of whatever is wrong with it.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "reading"
ENGINES = ("gtts", "neural", "espeak")
KEYS = ("digits", "one-by-one", "words", "signs", "patterns", "examples", *ENGINES)

# A telephone number: groups of digits with single spaces or hyphens between, perhaps with a + before.
NUMBER = re.compile(r"(?<![\w.,:£$€¥])\+?\d+(?:[ \u00a0-]\d+)*(?![\w:%]|[.,]\d)", re.ASCII)
CHINESE = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]+")
BRACKETS = re.compile(r"\s*[(（]([^()（）]*)[)）]")


class ReadingError(Exception):
    """A list cannot be used. The message has a line for each problem: `path:line: what to do`."""


@dataclass(frozen=True)
class Reading:
    """One language's list, ready to use. `version` changes when anything in the file changes."""

    language: str
    version: str = ""
    digits: tuple[str, ...] = ()
    one_by_one: frozenset[str] = frozenset()
    signs: Mapping[str, str] = field(default_factory=dict)
    patterns: tuple[tuple[re.Pattern[str], str], ...] = ()
    words: Mapping[str, tuple[tuple[re.Pattern[str], str], ...]] = field(
        default_factory=dict
    )  # engine ("": all) -> ...

    def say(self, line: str, engine: str = "") -> str:
        """The line as it is to be spoken. `**` round the names of things on a screen is kept."""
        text = unicodedata.normalize("NFC", line)
        for pattern, said in self.patterns:
            text = pattern.sub(said, text)
        text = NUMBER.sub(self._number, text)
        for pattern, said in (*self.words.get(engine, ()), *self.words.get("", ())):
            text = pattern.sub(lambda _, said=said: said, text)  # type: ignore[misc]
        for sign, said in self.signs.items():
            text = text.replace(sign, said)
        text = "".join(c for c in text if c == "\n" or not _unspoken(c))
        text = BRACKETS.sub(lambda found: f", {found[1]}," if found[1].strip() else "", text)
        if self.language not in ("zh", "yue"):
            text = CHINESE.sub("", text).replace("****", "")  # a Chinese button's name; the picture shows it
        text = re.sub(r"[^\S\n]+", " ", text)
        text = re.sub(r"\s+([,.;:!?])", r"\1", text)
        text = re.sub(r",+(?=[.,;:!?。，！？；：])|,(?=,)", "", text)  # what brackets left behind
        return text.strip(" ,")

    def _number(self, found: re.Match[str]) -> str:
        """Telephone numbers digit by digit, a group at a time; how many of something is left to the engine."""
        groups = re.split(r"[ \u00a0-]", found[0].lstrip("+"))
        plain = "".join(groups)
        spelled = (
            found[0].startswith("+")
            or found[0] in self.one_by_one
            or (len(plain) > 1 and plain.startswith("0"))
            or len(plain) >= (5 if len(groups) == 1 else 7)
        )
        if not spelled or not self.digits:
            return found[0]
        space = "" if self.language in ("zh", "yue") else " "
        said = ", ".join(space.join(self.digits[int(d)] for d in group) for group in groups)
        return f"{self.signs.get('+', '')} {said}".strip() if found[0].startswith("+") else said


def _unspoken(character: str) -> bool:
    """Emoji, arrows, boxes and control characters: what a person passes over when reading aloud."""
    category = unicodedata.category(character)
    return (
        category in ("So", "Cc", "Cf", "Cn", "Co", "Cs")
        or "\ufe00" <= character <= "\ufe0f"
        or (category == "Sk" and ord(character) > 0xFFFF)
    )


def load(language: str, folder: Path = FOLDER) -> Reading:
    """The list of a language; an empty one where there is no file. Raises ReadingError."""
    path = folder / f"{language}.toml"
    if not path.exists():
        return Reading(language)
    reading, problems = _read(path)
    if problems:
        raise ReadingError("\n".join(problems))
    return reading


def load_all(folder: Path = FOLDER) -> dict[str, Reading]:
    return {path.stem: load(path.stem, folder) for path in sorted(folder.glob("*.toml"))}


def check(path: Path) -> list[str]:
    """Everything that is wrong with one list, each as `path:line: what to do`; [] when it is in order."""
    return _read(path)[1]


def _read(path: Path) -> tuple[Reading, list[str]]:
    empty = Reading(path.stem)
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except UnicodeDecodeError:
        return empty, [f"{path}:1: save this file as UTF-8"]
    except tomllib.TOMLDecodeError as problem:
        line = re.search(r"line (\d+)", str(problem))
        return empty, [f"{path}:{line[1] if line else text.count(chr(10)) + 1}: {problem}"]
    maker = _Maker(path, text, data)
    return maker.reading(), maker.problems


class _Maker:
    def __init__(self, path: Path, text: str, data: dict[str, Any]) -> None:
        self.path, self.lines, self.data = path, text.splitlines(), data
        self.version = hashlib.sha256(text.encode()).hexdigest()[:12]
        self.problems: list[str] = []

    def wrong(self, near: str, what: str) -> None:
        line = next((i for i, words in enumerate(self.lines, 1) if near and near in words), 1)
        self.problems.append(f"{self.path}:{line}: {what}")

    def reading(self) -> Reading:
        for key in self.data:
            if key not in KEYS:
                self.wrong(key, f"there is no part called {key!r} here; the parts are {', '.join(KEYS)}")
        reading = Reading(
            language=self.path.stem,
            version=self.version,
            digits=self.digits(),
            one_by_one=frozenset(self.texts("one-by-one")),
            signs=self.pairs(self.data.get("signs", {}), "signs"),
            patterns=self.patterns(),
            words={"": self.words(self.data.get("words", {}), "words")}
            | {e: self.words(self.data[e], e) for e in ENGINES if e in self.data},
        )
        if not self.problems:
            self.examples(reading)
        return reading

    def texts(self, key: str) -> list[str]:
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            self.wrong(key, f'{key} is a list of texts, like ["999", "112"]')
            return []
        return value

    def digits(self) -> tuple[str, ...]:
        digits = self.texts("digits")
        if digits and len(digits) != 10:
            self.wrong("digits", f"digits needs ten words, for 0 to 9; these are {len(digits)}")
            return ()
        return tuple(digits)

    def pairs(self, table: Any, name: str) -> dict[str, str]:
        if not isinstance(table, dict):
            self.wrong(name, f'[{name}] is a table of lines like "as written" = "as said"')
            return {}
        for written, said in table.items():
            if not isinstance(said, str):
                self.wrong(written, f'write {written!r} = "as said", in quotation marks')
            elif not written.strip():
                self.wrong('""', "there is nothing before the =")
        return {w: s for w, s in table.items() if isinstance(s, str) and w.strip()}

    def words(self, table: Any, name: str) -> tuple[tuple[re.Pattern[str], str], ...]:
        """Longest first. A word all in small letters is found in capitals too."""
        pairs = sorted(self.pairs(table, name).items(), key=lambda pair: -len(pair[0]))
        return tuple(
            (
                re.compile(
                    (r"(?<![A-Za-z0-9])" if written[0].isascii() else "")
                    + re.escape(written)
                    + (r"(?![A-Za-z0-9])" if written[-1].isascii() else ""),
                    re.IGNORECASE if written == written.lower() else 0,
                ),
                said,
            )
            for written, said in pairs
        )

    def tables(self, name: str, keys: tuple[str, str]) -> list[dict[str, str]]:
        value = self.data.get(name, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self.wrong(name, f"write [[{name}]] in double brackets")
            return []
        lines = [i for i, words in enumerate(self.lines, 1) if words.strip() == f"[[{name}]]"]
        for table, line in zip(value, lines, strict=False):
            if not all(isinstance(table.get(key), str) for key in keys):
                self.problems.append(f"{self.path}:{line}: [[{name}]] needs {keys[0]} and {keys[1]}, both texts")
        return [table for table in value if all(isinstance(table.get(key), str) for key in keys)]

    def patterns(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        made = []
        for table in self.tables("patterns", ("find", "say")):
            try:
                pattern = re.compile(table["find"])
                pattern.sub(table["say"], "")
                re.compile(f"(?:{table['find']})|").sub(
                    table["say"], "x"
                )  # a group that is not there shows only when used
                made.append((pattern, table["say"]))
            except (re.error, IndexError) as problem:
                self.wrong(table["find"], f"this pattern does not work: {problem}")
        return tuple(made)

    def examples(self, reading: Reading) -> None:
        for table in self.tables("examples", ("text", "said")):
            said = reading.say(table["text"], table.get("engine", ""))
            if said != table["said"]:
                self.wrong(table["text"], f"{table['text']!r} is read as {said!r}, not {table['said']!r}")
