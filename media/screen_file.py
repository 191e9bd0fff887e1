"""One screen file, read and checked: a TOML table becomes a `ScreenFile`, or an error with its line.

What may stand in a file is listed in media/screen_words.py and nowhere else; docs/screens.md explains each entry.
"""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from media.screen_words import (
    ELEMENT_KEYS,
    EVERYWHERE,
    FIXED_ELEMENT_KEYS,
    FIXED_SCREEN_KEYS,
    FLAG,
    ICON,
    ICONS,
    IDS,
    KEY,
    KINDS,
    LIST,
    NUMBER,
    PHONES,
    SCREEN_KEYS,
    SIGN_KEYS,
    TEXT,
    WORDS,
)

ICON_NAMES = Path(__file__).parent / "icons" / "names.json"
# Trade marks that an icon set may contain: drawn neutrally instead, with the name in words beside them.
NOT_OURS = {"bluetooth": "headphones", "android": "phone_android", "adb": "build", "ios": "smartphone"}

_ID = re.compile(r"[a-z][a-z0-9-]*")


class ScreenError(Exception):
    """A screen file cannot be used. The words are `path:line: what is wrong and what to do`."""


@dataclass(frozen=True)
class Layers:
    """Values as written: shared ones, and those of a system, a maker or a state, which take their place."""

    shared: Mapping[str, Any]
    phones: Mapping[str, Mapping[str, Any]]
    states: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class ElementFile:
    id: str
    layers: Layers
    only: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True)
class ScreenFile:
    id: str
    kind: str
    layers: Layers
    states: tuple[str, ...] = ()
    elements: tuple[ElementFile, ...] = ()
    path: str = ""
    by_id: Mapping[str, ElementFile] = field(default_factory=dict)


@lru_cache(maxsize=1)
def icon_codes() -> Mapping[str, str]:
    """Icon name -> the one character that draws it in the icon font."""
    codes: dict[str, str] = json.loads(ICON_NAMES.read_text(encoding="utf-8"))
    return {name: chr(int(code, 16)) for name, code in codes.items()}


def nearest(word: str, known: Iterable[str]) -> str:
    """ "; did you mean ...?" where a known word is near, else the empty string."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.55)
    return f'; did you mean "{found[0]}"?' if found else ""


class Reader:
    """Reads one file. Keeps its lines so that every error can say where."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.lines = text.splitlines()
        self.starts = [n for n, line in enumerate(self.lines) if line.strip() == "[[elements]]"]
        try:
            self.data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"line (\d+)", str(error))
            raise ScreenError(f"{path}:{found[1] if found else 1}: not readable as TOML: {error}") from None

    def line(self, element: int | None, key: str = "") -> int:
        """The line (from 1) of a key inside the element's block, or at the top of the file."""
        first = 0 if element is None else self.starts[element] if element < len(self.starts) else 0
        after = 0 if element is None else element + 1
        last = self.starts[after] if after < len(self.starts) else len(self.lines)
        for n in range(first, last):
            if key and re.search(rf"(^|[\s{{\[.,]){re.escape(key)}(\s*=|[\].])", self.lines[n]):
                return n + 1
        return first + 1

    def fail(self, element: int | None, key: str, words: str) -> ScreenError:
        return ScreenError(f"{self.path}:{self.line(element, key)}: {words}")

    def screen(self, screen_id: str) -> ScreenFile:
        data = self.data
        if not _ID.fullmatch(screen_id):
            raise self.fail(None, "", f'the file name "{screen_id}" is not an id: small letters, digits, hyphens')
        kind = str(data.get("kind"))
        if kind not in KINDS:
            raise self.fail(None, "kind", f'kind = "{kind}" is not known{nearest(kind, KINDS)} ({", ".join(KINDS)})')
        states = self.ids(None, "states", data.get("states", []))
        layers = self.layers(None, data, SCREEN_KEYS, FIXED_SCREEN_KEYS, states)
        elements = tuple(self.element(n, raw, kind, states) for n, raw in enumerate(data.get("elements", [])))
        by_id = {e.id: e for e in elements}
        self.check_links(elements, by_id, layers)
        if kind == "gesture" and "over" not in layers.shared:
            raise self.fail(None, "kind", 'a gesture needs over = "home": the screen that the finger moves on')
        return ScreenFile(screen_id, kind, layers, states, elements, self.path, by_id)

    def element(self, n: int, raw: Mapping[str, Any], kind: str, states: tuple[str, ...]) -> ElementFile:
        element_id = raw.get("id")
        if not isinstance(element_id, str) or not _ID.fullmatch(element_id):
            raise self.fail(n, "id", 'an element needs an id such as id = "wi-fi": small letters, digits, hyphens')
        only = self.ids(n, "only", raw.get("only", []))
        for phone in only:
            if phone not in PHONES:
                raise self.fail(n, "only", f'"{phone}" is no system or maker{nearest(phone, PHONES)}')
        shown_in = self.ids(n, "states", raw.get("states", []))
        for state in shown_in:
            if state not in states:
                raise self.fail(
                    n, "states", f'no such state "{state}"{nearest(state, states)}; list it in states = [...]'
                )
        layers = self.layers(n, raw, ELEMENT_KEYS, FIXED_ELEMENT_KEYS, states)
        parts = (*KINDS[kind], *EVERYWHERE)
        for layer in (layers.shared, *layers.phones.values(), *layers.states.values()):
            part = layer.get("part", parts[0])
            if part not in parts:
                words = f'part = "{part}" is not known in a {kind}{nearest(part, parts)} ({", ".join(parts)})'
                raise self.fail(n, "part", words)
        return ElementFile(element_id, layers, only, shown_in, self.line(n, "id"))

    def layers(
        self,
        n: int | None,
        raw: Mapping[str, Any],
        keys: Mapping[str, str | tuple[str, ...]],
        fixed: tuple[str, ...],
        states: tuple[str, ...],
    ) -> Layers:
        shared, phones = {}, {}
        for key, value in raw.items():
            if key in fixed:
                continue
            if key in PHONES:
                phones[key] = self.values(n, key, value, keys)
            elif key in keys:
                shared[key] = self.value(n, key, value, keys[key])
            else:
                raise self.fail(n, key, f'"{key}" is not known here{nearest(key, (*keys, *fixed, *PHONES))}')
        by_state = {}
        for state, values in raw.get("state", {}).items():
            if state not in states:
                raise self.fail(n, state, f'no such state "{state}"{nearest(state, states)}; list it in states = [...]')
            by_state[state] = self.values(n, state, values, keys)
        return Layers(shared, phones, by_state)

    def values(self, n: int | None, name: str, raw: Any, keys: Mapping[str, str | tuple[str, ...]]) -> dict[str, Any]:
        if not isinstance(raw, dict):
            raise self.fail(n, name, f'"{name}" is a table of its own: [{"elements." if n is not None else ""}{name}]')
        for key in raw:
            if key not in keys:
                raise self.fail(n, key, f'"{key}" is not known under {name}{nearest(key, keys)}')
        return {key: self.value(n, key, value, keys[key]) for key, value in raw.items()}

    def value(self, n: int | None, key: str, value: Any, shape: str | tuple[str, ...]) -> Any:
        if isinstance(shape, tuple):
            if value not in shape:
                raise self.fail(
                    n, key, f'{key} = "{value}" is not known{nearest(str(value), shape)} ({", ".join(shape)})'
                )
        elif shape == WORDS:
            return self.words(n, key, value)
        elif shape == LIST:
            if not isinstance(value, dict) or not all(isinstance(v, list) for v in value.values()):
                raise self.fail(n, key, f'{key} lists words by language: {key} = {{ en = ["One", "Other"] }}')
            return {language: tuple(str(word) for word in some) for language, some in value.items()}
        elif shape == FLAG and not isinstance(value, bool):
            raise self.fail(n, key, f"{key} is true or false, without quotation marks")
        elif shape == NUMBER and (not isinstance(value, int | float) or isinstance(value, bool)):
            raise self.fail(n, key, f"{key} is a number, without quotation marks")
        elif shape == TEXT and not isinstance(value, str):
            raise self.fail(n, key, f'{key} is words in quotation marks: {key} = "..."')
        elif shape == KEY and value not in SIGN_KEYS and not (isinstance(value, str) and 0 < len(value) < 4):
            words = f"key is one letter or digit of the keyboard, or one of {', '.join(SIGN_KEYS)}"
            raise self.fail(n, key, words + nearest(str(value), SIGN_KEYS))
        elif shape == ICON:
            self.icon(n, key, value)
        elif shape == ICONS:
            for icon in self.ids(n, key, value):
                self.icon(n, key, icon)
            return tuple(value)
        elif shape == IDS:
            return self.ids(n, key, value)
        return value

    def words(self, n: int | None, key: str, value: Any) -> Mapping[str, str]:
        """Words by language; one string stands for every language ("*")."""
        if isinstance(value, str):
            return {"*": value}
        if not isinstance(value, dict) or not all(isinstance(v, str) and v.strip() for v in value.values()):
            raise self.fail(n, key, f'{key} has words by language: {key} = {{ en = "Settings", zh = "设置" }}')
        for language in value:
            if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]{2,4})?", language):
                raise self.fail(n, key, f'"{language}" under {key} is no language: en, zh, es, ...')
        return value

    def icon(self, n: int | None, key: str, name: Any) -> None:
        for mark, instead in NOT_OURS.items():
            if name != "ios_share" and (name == mark or str(name).startswith(mark + "_")):
                raise self.fail(n, key, f'icon "{name}" is a trade mark and is not drawn; take "{instead}"')
        if name not in icon_codes():
            raise self.fail(n, key, f'no icon "{name}"{nearest(str(name), icon_codes())} (media/icons/names.json)')

    def ids(self, n: int | None, key: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self.fail(n, key, f'{key} is a list of names: {key} = ["one", "two"]')
        return tuple(value)

    def check_links(self, elements: tuple[ElementFile, ...], by_id: Mapping[str, ElementFile], top: Layers) -> None:
        for n, element in enumerate(elements):
            if element.id in (e.id for e in elements[:n]):
                raise self.fail(n, "id", f'the id "{element.id}" stands twice in this file')
            for layer in (element.layers.shared, *element.layers.phones.values()):
                target = layer.get("id-is")
                if target is not None and (target not in by_id or target == element.id):
                    raise self.fail(n, "id-is", f'id-is = "{target}": no such other element{nearest(target, by_id)}')
        for layer in (top.shared, *top.phones.values(), *top.states.values()):
            for name in layer.get("order", ()):
                if name != "-" and name not in by_id:
                    raise self.fail(None, "order", f'order names "{name}", which is no element{nearest(name, by_id)}')


def read_screen(path: Path, shown_as: str) -> ScreenFile:
    """Read one `<id>.toml`. Raises ScreenError with file and line."""
    return Reader(shown_as, path.read_text(encoding="utf-8")).screen(path.stem)
