"""One screen file, read and checked: a TOML table becomes a `ScreenFile`, or an error with its line.

What may stand in a file is listed in media/screen_words.py and nowhere else; docs/screens.md explains each entry.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from media.screen_values import WrongValue, as_written, nearest
from media.screen_words import (
    ELEMENT_KEYS,
    EVERYWHERE,
    FIXED_ELEMENT_KEYS,
    FIXED_SCREEN_KEYS,
    IDS,
    KINDS,
    PHONES,
    SCREEN_KEYS,
)

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
        try:
            return as_written(key, value, shape)
        except WrongValue as wrong:
            raise self.fail(n, key, str(wrong)) from None

    def ids(self, n: int | None, key: str, value: Any) -> tuple[str, ...]:
        found: tuple[str, ...] = self.value(n, key, value, IDS)
        return found

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
