"""The keyboard: letters or digits, any key ringed, a line of suggested words, the microphone where the phone has it."""

from __future__ import annotations

from collections.abc import Mapping

from media.drawing.board import Board
from media.drawing.letters import Set, cap
from media.drawing.marks import Box, Fill, around, colour
from media.drawing.mirror import from_the_right
from media.screens import Item, View

ROW, GAP, TALL = 127, 9, 113
LEFT, RIGHT = 46, 1034
STRIP = 172  # the line over the keys
BELOW = 112  # what an iPhone has under them
RING_ROOM = 58  # what the ring takes beside a ringed key, both sides together
LETTERS: Mapping[str, tuple[str, ...]] = {
    "de": ("qwertzuiop", "asdfghjkl", "^yxcvbnm<"),
    "fr": ("azertyuiop", "qsdfghjklm", "^wxcvbn<"),
    "ru": ("йцукенгшщзх", "фывапролджэ", "^ячсмитьбю<"),
    "el": ("ςερτυθιοπ", "ασδφγηξκλ", "^ζχψωβνμ<"),
    "ar": ("ضصثقفغعهخح", "شسيبلاتنمك", "^ئءرىةوز<"),
}
LATIN = ("qwertyuiop", "asdfghjkl", "^zxcvbnm<")
DIGITS = ("123", "456", "789", "<0>")
SIGNS = {
    "shift": "shift", "delete": "backspace", "enter": "keyboard_return", "mic": "mic", "emoji": "mood",
    "globe": "language", "hide": "keyboard_hide",
}  # fmt: skip
ARABIC_KEYS = frozenset("".join(LETTERS["ar"])) - set("^<")
SHORT = {"^": "shift", "<": "delete", ">": "enter"}
ON_THE_STRIP = ("mic", "emoji", "hide")


def kind_of(view: View, usual: str = "none") -> str:
    """ "letters", "digits" or "none"."""
    return str(view.at.get("keyboard") or usual)


def keys_top(board: Board, kind: str) -> int:
    """Where the keyboard, with what stands over and under its keys, begins."""
    top = board.screen.y1 - board.foot - 4 * ROW - 20
    below = bool(below_items(board))
    return top - (BELOW if below else 0) - strip_tall(board)


def strip_tall(board: Board) -> int:
    if not strip_items(board):
        return 0
    return STRIP + (36 if from_the_right(board.view.language) else 0)


def strip_items(board: Board) -> list[Item]:
    signs = [] if board.look.iphone else [i for i in board.view.of("key") if i.text("key") in ON_THE_STRIP]
    return [*board.view.of("suggestion"), *signs]


def below_items(board: Board) -> list[Item]:
    if not board.look.iphone:
        return []
    return [i for i in board.view.of("key") if i.text("key") in ("mic", "emoji", "globe")]


def keyboard(board: Board, top: int, kind: str) -> None:
    """All of it, from `top` down to the foot of the phone."""
    board.add(Fill(Box(36, top, 1044, board.screen.y1), board.look.key_back))
    board.scene.keys_at = top
    with board.as_it_is():
        if strip_items(board):
            strip(board, top)
            top += strip_tall(board)
        by_key = {i.text("key").lower(): i for i in board.view.of("key")}
        rows = DIGITS if kind == "digits" else rows_of(board.view.language, by_key)
        y = top + 20
        for row in rows:
            one_row(board, row, y, by_key, kind == "digits")
            y += ROW
        if kind != "digits":
            last_row(board, y, by_key)
            y += ROW
        for n, item in enumerate(below_items(board)):
            x = 940 if item.text("key") == "mic" else 140 + 140 * n
            alone(board, item, x, y + 46)


def rows_of(language: str, by_key: Mapping[str, Item]) -> tuple[str, ...]:
    """The letters of the language; the Latin ones where a key is asked for that it has not."""
    rows = LETTERS.get(language.split("-")[0], LATIN)
    asked = [k for k in by_key if len(k) == 1 and k.isalpha()]
    return rows if all(any(k in row for row in rows) for k in asked) else LATIN


def one_row(board: Board, row: str, y: int, by_key: Mapping[str, Item], digits: bool) -> None:
    names = [SHORT.get(k, k) for k in row]
    most = 318 if digits else 90
    at = next((n for n, k in enumerate(names) if k in by_key and by_key[k].id == board.target), None)
    fixed = {n: 132 for n, k in enumerate(row) if k in "^<" and not digits}
    if at is not None and not digits and at not in fixed:
        fixed[at] = 112
    free = RIGHT - LEFT - GAP * (len(names) - 1) - sum(fixed.values()) - (RING_ROOM if at is not None else 0)
    wide = min(most, free // max(1, len(names) - len(fixed)))
    total = sum(fixed.get(n, wide) for n in range(len(names))) + GAP * (len(names) - 1)
    x = 540 - (total + (RING_ROOM if at is not None else 0)) // 2
    for n, name in enumerate(names):
        x += RING_ROOM // 2 if n == at else 0
        box = Box(x, y, x + fixed.get(n, wide), y + TALL)
        key(board, box, name, by_key.get(name))
        x = box.x1 + GAP + (RING_ROOM // 2 if n == at else 0)


def last_row(board: Board, y: int, by_key: Mapping[str, Item]) -> None:
    """Signs, space, and the key at the right that may carry a word: Go, Send, 发送."""
    enter = by_key.get("enter")
    word = enter.name if enter else ""
    wide = 231
    if enter and word:
        wide = max(231, round(set_of(board, enter, word).wide) + 56)
    at = board.target
    ringed = {k for k in ("symbols", "space", "enter") if k in by_key and by_key[k].id == at}
    x0, x1 = 58 + (14 if "symbols" in ringed else 0), 1022 - (14 if "enter" in ringed else 0)
    pull = RING_ROOM // 2
    left = 200
    key(board, Box(x0, y, x0 + left, y + TALL), "symbols", by_key.get("symbols"))
    key(board, Box(x1 - wide, y, x1, y + TALL), "enter", enter)
    start = x0 + left + GAP + (pull if "symbols" in ringed or "space" in ringed else 0)
    end = x1 - wide - GAP - (pull if "enter" in ringed or "space" in ringed else 0)
    key(board, Box(start, y, end, y + TALL), "space", by_key.get("space"))


def set_of(board: Board, item: Item, word: str) -> Set:
    is_target = item.id == board.target
    return board.set(word, 86 if is_target else 68, 360, weight="medium", target=is_target, lines=1)


def key(board: Board, box: Box, name: str, item: Item | None) -> None:
    """One key: a letter, a sign, a word; where it is an element it can be ringed."""
    look = board.look
    grey = colour("#D6DCE8") if not look.dark else colour("#323B48")
    is_target = item is not None and item.id == board.target
    word = item.name if item and name in ("enter", "space") else ""
    special = name in SIGNS or name == "symbols"
    coloured = name == "enter" and bool(word)
    board.add(Fill(box, look.accent if coloured else grey if special else look.key, 20))
    ink = look.on_accent if coloured else look.text
    element = item.id if item else ""
    if name in SIGNS and not word:
        sign = (item.text("icon") if item else "") or SIGNS[name]
        board.icon(around(*box.middle, 76, 76), sign, ink, filled=False, alone=True)
    elif name == "symbols" or word or name != "space":
        text = word or ("?123" if name == "symbols" else name)
        size = 65 if name == "symbols" or name in ARABIC_KEYS else 74
        face = (
            board.look_face(86 if is_target else size, "regular")
            if text.isascii()
            else look.face(86 if is_target else size)
        )
        what = set_of(board, item, word) if item and word else Set((text,), face)
        board.write(what, box.x0, key_top(what, box), ink, across=box.wide, middle=True, element=element,
                    label=is_target)  # fmt: skip
    if item:
        board.spot(item, Box(box.x0 - 14, box.y0 - 8, box.x1 + 14, box.y1 + 8), 34)


def key_top(what: Set, box: Box) -> int:
    """Where the capitals begin: letters hang a little high, so that g and y stay inside."""
    return box.middle[1] - cap(what.face.size) // 2 - (4 if what.face.size < 86 else 8)


def strip(board: Board, top: int) -> None:
    """Suggested words side by side, then the small signs."""
    look = board.look
    y = top + strip_tall(board) // 2 + 4
    signs = [] if look.iphone else [i for i in board.view.of("key") if i.text("key") in ON_THE_STRIP]
    right = 1010
    for item in reversed(signs):
        alone(board, item, right - 58, y)
        right -= 150
    words = list(board.view.of("suggestion"))
    if not words:
        return
    sets = {i.id: board.set(i.name, 86 if i.id == board.target else 74, 460, target=i.id == board.target, lines=1)
            for i in words}  # fmt: skip
    pads = {i.id: 84 if i.id == board.target else 30 for i in words}
    while len(words) > 1 and sum(sets[i.id].wide + 2 * pads[i.id] for i in words) > right - 50:
        words.remove(next(i for i in reversed(words) if i.id != board.target))
    room = (right - 50 - sum(sets[i.id].wide + 2 * pads[i.id] for i in words)) / len(words)
    x = 50.0
    for n, item in enumerate(words):
        what, wide = sets[item.id], sets[item.id].wide + 2 * pads[item.id] + room
        if n and board.target not in (item.id, words[n - 1].id):
            board.add(Fill(Box(round(x) - 2, y - 34, round(x) + 2, y + 34), look.second))
        board.write(what, round(x), y - what.tall // 2, look.text, across=round(wide), middle=True, element=item.id,
                    label=item.id == board.target)  # fmt: skip
        middle, half = round(x + wide / 2), round(what.wide / 2) + 46
        board.spot(item, Box(middle - half, y - what.tall // 2 - 34, middle + half, y + what.tall // 2 + 45), 60)
        x += wide


def alone(board: Board, item: Item, x: int, y: int) -> None:
    """A sign without a key: microphone, smile, globe."""
    sign = item.text("icon") or SIGNS.get(item.text("key"), "mic")
    board.icon(around(x, y, 84, 84), sign, board.look.text, filled=False, alone=True)
    board.spot(item, around(x, y, 122, 112), 56)
