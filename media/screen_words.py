"""What may stand in a screen file: kinds, their parts, and the keys of a screen and of an element.

docs/screens.md explains each entry; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping

from lessons.model import MAKERS, SYSTEMS

FLOW = ("row", "search", "top", "back", "section", "heading", "note", "button", "field", "slider", "sample", "picture",
        "tab", "floating", "line", "hero", "action", "product", "amount", "code", "video", "control", "progress",
        "alarm", "wheel", "month", "date", "chip", "suggestion", "key")  # fmt: skip
EVERYWHERE = ("swipe", "nav")
# Kind -> the parts an element of it may be; the first is what it is when the file does not say.
KINDS: Mapping[str, tuple[str, ...]] = {
    "list": FLOW,
    "app": FLOW,
    "chats": FLOW,
    "browser": ("note", "address", *(p for p in FLOW if p != "note")),
    "map": ("row", "place", "route", *(p for p in FLOW if p != "row")),
    "home": ("app", "dock", "search"),
    "dialog": ("button", "row", "field", "eye", "note", "suggestion", "key"),
    "password": ("button", "row", "field", "eye", "note", "suggestion", "key"),
    "menu": ("row",),
    "chat": ("bubble", "day", "field", "in-field", "before", "round", "top", "back", "sheet", "suggestion", "key"),
    "camera": ("mode", "shutter", "thumbnail", "flip", "top", "frame", "link", "slider"),
    "photos": ("photo", "section", "top", "back", "tab", "floating"),
    "photo": ("action", "top", "back"),
    "dialler": ("call", "delete", "tab", "key"),
    "call": ("round",),
    "lock": ("notification", "hint", "corner", "fingerprint"),
    "pin": ("dots", "key", "delete", "ok", "fingerprint", "hint", "back"),
    "shade": ("tile", "notification", "button", "top", "slider"),
    "power": ("round", "slide", "hint"),
    "volume": ("level", "round"),
    "device": ("side",),
    "recents": ("card", "button"),
    "gesture": ("swipe",),
}
MOVES = ("up", "up-hold", "down", "down-right", "left", "right", "scroll-up", "scroll-down", "scroll-left",
         "scroll-right", "pinch-out", "pinch-in")  # fmt: skip
TINTS = ("blue", "green", "teal", "orange", "red", "pink", "purple", "grey", "brown", "dark", "white", "yellow")
PICTURES = ("hills", "sea", "flowers", "house", "cake", "cat", "map", "person", "garden", "poster", "code", "kettle",
            "shoes", "book", "lamp", "bread", "street", "medicine", "newspaper")  # fmt: skip
KEYBOARDS = ("none", "letters", "digits")
SIDES = ("left", "right")
PLACES = ("power", "volume-up", "volume-down", "port", "camera", "screen", "flash")
# Keys of the keyboard that are no letter and no digit.
SIGN_KEYS = ("shift", "delete", "enter", "space", "symbols", "mic", "emoji", "globe", "hide")

WORDS, TEXT, FLAG, ICON, ICONS, IDS, LIST = "words", "text", "flag", "icon", "icons", "ids", "list"
NUMBER, KEY = "number", "key"
ELEMENT_KEYS: Mapping[str, str | tuple[str, ...]] = {
    "part": TEXT,
    "icon": ICON,
    "tint": TINTS,
    "names": WORDS,
    "likely": LIST,
    "second": WORDS,
    "value": WORDS,
    "switch": ("on", "off"),
    "tick": ("on", "off"),
    "ends": ICONS,
    "arrow": FLAG,
    "gap": FLAG,
    "main": FLAG,
    "avatar": WORDS,
    "badge": TEXT,
    "from": ("me", "them"),
    "link": FLAG,
    "picture": PICTURES,
    "position": NUMBER,
    "move": MOVES,
    "dots": NUMBER,
    "hidden": FLAG,
    "id-is": TEXT,
    "key": KEY,
    "unread": FLAG,
    "side": SIDES,
    "place": PLACES,
    "height": NUMBER,
}
FIXED_ELEMENT_KEYS = ("id", "only", "states", "state")
SCREEN_KEYS: Mapping[str, str | tuple[str, ...]] = {
    "names": WORDS,
    "second": WORDS,
    "value": WORDS,
    "text": WORDS,
    "order": IDS,
    "keyboard": KEYBOARDS,
    "dark": FLAG,
    "wifi-on": FLAG,
    "picture": PICTURES,
    "avatar": WORDS,
    "over": TEXT,
    "large": FLAG,
    "cable": FLAG,
}
FIXED_SCREEN_KEYS = ("kind", "states", "state", "elements")
PHONES = (*SYSTEMS, *MAKERS)
