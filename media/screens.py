"""The drawn screens, by name: what is on them, and what each thing is called on a phone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from lessons.model import MAKERS, PhoneName
from media.screen_file import ElementFile, Layers, ScreenError, ScreenFile, read_screen
from media.screen_values import nearest
from media.screen_words import KINDS

__all__ = ["Item", "ScreenError", "ScreenLibrary", "View", "load_screens"]

SHIPPED = Path(__file__).parent / "screens"
LIKELY_FIRST = ("samsung", "huawei", "honor", "xiaomi", "oppo", "vivo", "google", "apple")
# Whose phone is drawn where only "Android" is known. No Chinese phone shows stock Android.
MOST_LIKELY = {"zh": "honor"}
SYSTEM_MAKER = {"iphone": "apple", "harmony": "huawei"}


@dataclass(frozen=True)
class Item:
    """One element as one phone shows it. `at` holds every other value of the file, nearest layer first."""

    id: str
    part: str
    name: str
    at: Mapping[str, Any]

    def text(self, key: str) -> str:
        """The words or the name under this key, or the empty string."""
        value = self.at.get(key)
        return "" if value is None else str(value)


@dataclass(frozen=True)
class View:
    """One screen as one phone shows it: ready to be laid out."""

    screen: str
    kind: str
    title: str
    language: str
    system: str
    maker: str
    state: str
    at: Mapping[str, Any]
    items: tuple[Item, ...]
    target: str = ""

    def of(self, *parts: str) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.part in parts)


def _layer(layers: Layers, key: str, system: str, maker: str, state: str = "") -> Any:
    """The nearest value: of the state, the maker, the system, then the shared one."""
    for layer in (layers.states.get(state, {}), layers.phones.get(maker, {}), layers.phones.get(system, {})):
        if key in layer:
            return layer[key]
    return layers.shared.get(key)


def _words(layers: Layers, key: str, system: str, maker: str, language: str, state: str = "") -> str:
    """The nearest words in this language (`en-GB` before `en`, "*" is every language), or the empty string."""
    near = (layers.states.get(state, {}), layers.phones.get(maker, {}), layers.phones.get(system, {}), layers.shared)
    for layer in near:
        words = layer.get(key, {})
        for wanted in (language, language.split("-")[0], "*"):
            if wanted in words:
                return str(words[wanted])
    return ""


# Parts of a page that are read, not tapped.
NOT_TAPPED = ("note", "day", "section", "heading", "hint", "bubble", "field", "in-field")


def _whole_maker(system: str, maker: str) -> str:
    return maker or SYSTEM_MAKER.get(system, "")


class ScreenLibrary:
    """Every screen of a folder. Implements `lessons.model.Screens`; `view` is what the drawing asks."""

    def __init__(self, screens: Iterable[ScreenFile]) -> None:
        self.screens: Mapping[str, ScreenFile] = {s.id: s for s in screens}

    def has(self, screen: str, element: str = "", state: str = "") -> bool:
        """Whether such a screen, and its element and state where given, exists on any system."""
        found = self.screens.get(screen)
        if found is None or (element and element not in found.by_id):
            return False
        return not state or state in found.states

    def ids(self) -> Mapping[str, tuple[str, ...]]:
        """Screen id -> its element ids, for suggestions."""
        return {s.id: tuple(s.by_id) for s in self.screens.values()}

    def states(self, screen: str) -> tuple[str, ...]:
        """The names that `{state=...}` may take; the first is drawn where none is asked for."""
        return self.screens[screen].states

    def languages(self, screen: str) -> tuple[str, ...]:
        """The languages a screen can be drawn in: those of its title, or else of its elements."""
        found = self.screens[screen]
        tables = [layer.get("names", {}) for e in found.elements for layer in _every_layer(e.layers)]
        tables += [layer.get("names", {}) for layer in _every_layer(found.layers)]
        if found.kind == "gesture":
            return self.languages(found.layers.shared["over"])
        return tuple(sorted({key for table in tables for key in table} - {"*"})) or ("en",)

    def name(self, screen: str, element: str, *, system: str, maker: str, language: str) -> PhoneName | None:
        """The element's name on such a phone whose own language is `language`; None if there is none.
        An empty element asks for the screen's own title."""
        found = self.screens.get(screen)
        if found is None or (element and element not in found.by_id):
            return None
        maker = _whole_maker(system, maker)
        if not element:
            return _phone_name(found.layers, system, maker, language)
        return _phone_name(self._same(found, element, system, maker).layers, system, maker, language)

    def things(self, screen: str, state: str, *, system: str, maker: str, language: str) -> tuple[str, ...]:
        """The names of what one could tap on such a page, in its order."""
        if screen not in self.screens:
            return ()
        seen = self.view(screen, "", state, system, maker, language).items
        return tuple(dict.fromkeys(item.name for item in seen if item.name and item.part not in NOT_TAPPED))

    def _same(self, screen: ScreenFile, element: str, system: str, maker: str) -> ElementFile:
        """The element that stands for this one on such a phone (`id-is`)."""
        for _ in range(4):
            other = _layer(screen.by_id[element].layers, "id-is", system, maker)
            if not other:
                break
            element = other
        return screen.by_id[element]

    def view(self, screen: str, element: str, state: str, system: str, maker: str, language: str) -> View:
        """What a phone shows of a screen, with `target` the element meant. Raises ScreenError in words."""
        found = self.screens.get(screen)
        if found is None:
            raise ScreenError(f'there is no screen "{screen}"{nearest(screen, self.screens)}')
        if element and element not in found.by_id:
            raise ScreenError(f'{found.path}: there is no element "{element}"{nearest(element, found.by_id)}')
        system = system or MAKERS.get(maker, "android")
        language = self._language(found, language or "en")
        maker = _whole_maker(system, maker) or MOST_LIKELY.get(language.split("-")[0], "samsung")
        state = state if state in found.states else found.states[0] if found.states else ""
        target = self._same(found, element, system, maker).id if element else ""
        if found.kind == "gesture":
            below = self.view(found.layers.shared["over"], "", "", system, maker, language)
            rest = tuple(i for i in below.items if i.id not in found.by_id)
            items = (*rest, *self._items(found, system, maker, language, state))
            return View(below.screen, below.kind, below.title, language, system, maker, state, below.at, items, target)
        keys = {k for layer in _every_layer(found.layers) for k in layer}
        at = {k: self._value(found.layers, k, system, maker, language, state) for k in sorted(keys)}
        items = self._items(found, system, maker, language, state)
        return View(screen, found.kind, str(at.get("names") or ""), language, system, maker, state, at, items, target)

    def _language(self, found: ScreenFile, language: str) -> str:
        known = self.languages(found.id)
        return language if language in known or language.split("-")[0] in known else "en" if "en" in known else known[0]

    def _value(self, layers: Layers, key: str, system: str, maker: str, language: str, state: str) -> Any:
        value = _layer(layers, key, system, maker, state)
        if isinstance(value, Mapping) and key != "likely":
            return _words(layers, key, system, maker, language, state)
        if isinstance(value, Mapping):
            return value.get(language, ())
        return value

    def _items(self, found: ScreenFile, system: str, maker: str, language: str, state: str) -> tuple[Item, ...]:
        """The elements that such a phone shows, in its order."""
        drawn = [e for e in found.elements if _shown(e, system, maker, state)]
        order = _layer(found.layers, "order", system, maker, state)
        gaps: set[str] = set()
        if order:
            by_id = {e.id: e for e in drawn}
            gaps = {name for before, name in pairwise(order) if before == "-"}
            drawn = [by_id[name] for name in order if name in by_id]
        items = (self._item(found, e, system, maker, language, state, e.id in gaps) for e in drawn)
        return tuple(item for item in items if item is not None)

    def _item(
        self, found: ScreenFile, e: ElementFile, system: str, maker: str, language: str, state: str, gap: bool
    ) -> Item | None:
        keys = {k for layer in _every_layer(e.layers) for k in layer}
        if _layer(e.layers, "id-is", system, maker):
            return None
        at = {k: self._value(e.layers, k, system, maker, language, state) for k in sorted(keys)}
        name = str(at.pop("names", "") or "")
        near = (e.layers.shared, e.layers.phones.get(system, {}), e.layers.phones.get(maker, {}))
        if not name and any("names" in layer for layer in near):
            return None  # it has a name, but not on phones in this language: it is not there
        if gap:
            at["gap"] = True
        return Item(e.id, str(at.get("part") or KINDS[found.kind][0]), name, at)


def _every_layer(layers: Layers) -> tuple[Mapping[str, Any], ...]:
    return (layers.shared, *layers.phones.values(), *layers.states.values())


def _shown(e: ElementFile, system: str, maker: str, state: str) -> bool:
    if e.only and system not in e.only and maker not in e.only:
        return False
    if e.states and state not in e.states:
        return False
    return not _layer(e.layers, "hidden", system, maker, state)


def _phone_name(layers: Layers, system: str, maker: str, language: str) -> PhoneName | None:
    """Sure where the file says so, or where nobody of the system differs; else the likely names."""
    listed = _layer(layers, "likely", system, maker) or {}
    likely = tuple(listed.get(language) or listed.get(language.split("-")[0]) or ())
    text = _words(layers, "names", system, maker, language)
    if likely:
        return PhoneName(text or likely[0], False, likely)
    if not text:
        return None
    own = _words(Layers({}, {maker: layers.phones.get(maker, {})}, {}), "names", "", maker, language)
    if own or maker in ("google", "apple", "huawei"):
        return PhoneName(text)
    makers = [m for m in LIKELY_FIRST if MAKERS[m] == system]
    said = {m for m in makers if "names" in layers.phones.get(m, {})}
    if not said:
        return PhoneName(text)
    names = dict.fromkeys(n for m in makers if (n := _words(layers, "names", system, m, language)))
    return PhoneName(text) if len(names) == 1 else PhoneName(next(iter(names)), False, tuple(names))


def load_screens(folder: Path = SHIPPED) -> ScreenLibrary:
    """Every `*.toml` of the folder. Raises ScreenError with file and line at the first that cannot be used."""
    shown = folder.name if folder != SHIPPED else "media/screens"
    library = ScreenLibrary(read_screen(path, f"{shown}/{path.name}") for path in sorted(folder.glob("*.toml")))
    for screen in library.screens.values():
        over = screen.layers.shared.get("over", "")
        if over and over not in library.screens:
            raise ScreenError(f'{screen.path}:1: over = "{over}": no such screen{nearest(over, library.screens)}')
    return library
