"""A line of a list: icon, name, second line, value, switch."""

from __future__ import annotations

from collections.abc import Callable

from media.drawing.board import Board
from media.drawing.letters import Set, cap, width, wrap
from media.drawing.marks import Box, Fill, around
from media.screens import Item


def row(board: Board, item: Item, box: Box) -> int:
    """Icon, name, second line, value, switch: one line of a list. Returns how tall it is."""
    look = board.look
    thumb = 190 if item.text("picture") else 0
    left = box.x0 + 38 + (thumb + 34 if thumb else look.icon + 30 if item.text("icon") or item.text("avatar") else 0)
    end, draw_ends = ends(board, item, box.x1 - 38)
    room = end - left - (18 if end < box.x1 - 38 else 0)
    name, second, value = row_words(board, item, room)
    text_tall = name.tall + (second.tall + 30 if second else 0)
    tall = max(look.row_two if second else look.row, text_tall + 92, thumb + 56 if thumb else 0)
    middle = tall // 2
    if thumb:
        board.picture(around(box.x0 + 38 + thumb // 2, middle, thumb, thumb), item.text("picture"), 30)
    if item.at.get("unread"):
        board.add(Fill(around(box.x0 + 19, middle, 24, 24), look.accent, 12))
    if not thumb:
        lead(board, item, box.x0 + 38 + look.icon // 2, middle)
    y = (tall - text_tall) // 2 - (3 if second else 0)
    is_target = item.id == board.target
    baseline = board.write(name, left, y, look.text, across=room, element=item.id, label=is_target)
    if second:
        below = room - 110 if item.text("badge") and item.text("avatar") else room
        baseline = board.write(second, left, baseline + 30, look.second, across=below, element=item.id)
    if value:
        top = y + (name.tall - value.tall) if item.text("avatar") else middle - value.tall // 2
        board.write(value, round(left + room - value.wide), top, look.second, element=item.id)
    if item.text("badge") and item.text("avatar"):
        count(board, box.x1 - 38, baseline - 24 if second else middle, item.text("badge"))
    draw_ends(middle)
    board.spot(item, Box(box.x0, 0, box.x1, tall), max(look.card_radius, 56))
    return tall


def row_words(board: Board, item: Item, room: int) -> tuple[Set, Set | None, Set | None]:
    """(name, second line, value at the end). A value that has no room beside the name goes below it."""
    look = board.look
    is_target = item.id == board.target
    size, weight = (
        (look.target, "medium") if is_target else (look.label, "medium" if item.at.get("unread") else "regular")
    )
    value = board.set(item.text("value"), look.small, 420, lines=1) if item.text("value") else None
    beside = room - (value.wide + 34 if value else 0)
    name = board.set(item.name, size, beside, weight=weight, target=is_target)
    second = item.text("second")
    if value and len(name.lines) > 1 and not item.text("avatar"):
        name = board.set(item.name, size, room, weight=weight, target=is_target)
        second, value = f"{item.text('value')}  {second}".strip(), None
    if not second:
        return name, None, value
    taken = 0 if not value or item.text("avatar") else value.wide + 34
    taken += 110 if item.text("badge") and item.text("avatar") else 0
    if item.text("avatar"):  # the last message runs on, as on the phone: one line, ended by dots
        return name, Set((shortened(second, board, room - taken),), look.face(look.small)), value
    return name, board.set(second, look.small, room - taken), value


def shortened(text: str, board: Board, room: float) -> str:
    """As much of a message as one line holds; whole words, then three dots."""
    face = board.look.face(board.look.small)
    if width(text, face) <= room:
        return text
    first = wrap(text, face, room - width("…", face) - 4)[0]
    return first.rstrip(" ,.，。、") + "…"


def lead(board: Board, item: Item, x: int, y: int) -> None:
    """What stands before the name: a round letter, a bare sign for a network's strength, or an icon on its tile."""
    look = board.look
    bare = item.text("icon").startswith(("wifi", "network_wifi", "signal")) and not item.at.get("tint")
    if item.text("avatar"):
        tints = ("purple", "teal", "brown", "blue", "green", "pink")
        tint = item.text("tint") or tints[ord(item.text("avatar")[0]) % len(tints)]
        board.avatar(around(x, y, look.icon + 10, look.icon + 10), item.text("avatar"), tint)
    elif bare:
        board.icon(around(x, y, 96, 96), item.text("icon"), look.text)
    elif item.text("icon"):
        board.tile(around(x, y, look.icon, look.icon), item)


def ends(board: Board, item: Item, right: int) -> tuple[int, Callable[[int], None]]:
    """What stands at the end of a row: where it begins, and how to draw it once the row's middle is known."""
    look = board.look
    jobs: list[Callable[[int], object]] = []
    end = right

    def later(job: Callable[[int], object]) -> None:
        jobs.append(job)

    if item.at.get("switch"):
        on, at = item.text("switch") == "on", end
        later(lambda y: board.switch(at, y, on))
        end -= 150
    elif item.at.get("tick"):
        ticked, place = item.text("tick") == "on", end
        later(lambda y: board.tick(place, y, ticked))
        end -= 92
    elif look.arrows and item.at.get("arrow") is not False and not item.text("avatar"):
        here = end
        later(lambda y: board.chevron(here, y))
        end -= 34
    badge = item.text("badge")
    if badge and not item.text("avatar"):
        spot = end
        later(lambda y: count(board, spot, y, badge))
        end -= 96
    for name in reversed(tuple(item.at.get("ends", ()))):
        x, sign = end - 34, name
        later(lambda y, x=x, sign=sign: board.icon(around(x, y, 72, 72), sign, look.second))  # type: ignore[misc]
        end -= 82

    def draw_all(y: int) -> None:
        for job in jobs:
            job(y)

    return end, draw_all


def count(board: Board, right: int, y: int, text: str) -> None:
    box = around(right - 44, y, 88, 88)
    board.add(Fill(box, board.look.accent, 44))
    what = Set((text,), board.look.face(65, "medium"))
    board.write(what, box.x0, y - cap(65) // 2, board.look.on_accent, across=88, middle=True)
