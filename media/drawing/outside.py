"""Outside every app: the PIN, the menu of the side button, loudness."""

from __future__ import annotations

from media.drawing.board import Board
from media.drawing.letters import Set, cap
from media.drawing.marks import Art, Box, Fill, Outline, around, colour
from media.screens import Item, View

WHITE, BLACK = colour("#FFFFFF"), colour("#0C0F14")
STEEL = colour("#373F4B")
RED, GREEN = colour("#8C1120"), colour("#0F6B34")


def ground(board: Board) -> None:
    board.add(Art(Box(36, 38, 1044, board.screen.y1), "evening" if board.look.dark else "wallpaper"))


def pin(view: View) -> Board:
    """A question for a number: dots for what is typed, never the number; twelve large keys."""
    board = Board(view)
    look = board.look
    ground(board)
    board.status_bar()
    for item in view.of("back"):
        board.back_arrow(item, 92, 218, look.text)
    y = 190
    if view.title:
        y = (
            board.write(board.set(view.title, 88, 800, weight="medium"), 36, y, look.text, across=1008, middle=True)
            + 44
        )
    text = str(view.at.get("text") or "")
    if text:
        y = board.write(board.set(text, 68, 860), 36, y, look.second, across=1008, middle=True) + 40
    for item in view.of("dots"):
        typed_dots(board, item, y + 62)
        y += 128
    hints = list(view.of("hint"))
    for item in hints:
        hint(board, item, board.screen.y1 - board.foot)
    end = min((board.scene.spots[i.id].box.y0 for i in hints), default=board.screen.y1 - board.foot)
    end -= 4 if view.target in [i.id for i in hints] else -14 if hints else 20
    sensor = list(view.of("fingerprint"))
    pad(board, max(y, 340), end - (190 if sensor else 0))
    for item in sensor:
        finger(board, item, end - 100)
    board.home_line()
    return board


def typed_dots(board: Board, item: Item, y: int) -> None:
    count, filled = 6 if board.look.iphone else 4, int(item.at.get("dots", 0))
    count = max(count, filled)
    for n in range(count):
        x = 540 + round((n - (count - 1) / 2) * 92)
        if n < filled:
            board.add(Fill(around(x, y, 40, 40), board.look.text, 20))
        else:
            board.add(Outline(around(x, y, 40, 40), board.look.text, board.look.card, 20, 6))
    board.spot(item, around(540, y, 92 * count + 80, 96), 48)


def pad(board: Board, top: int, bottom: int) -> None:
    """Twelve keys: 1 to 9, then delete, 0 and OK in the maker's places."""
    look, view = board.look, board.view
    keys = {i.text("key"): i for i in view.of("key")}
    pitch = min(212, (bottom - top) // 4)
    tall = pitch - 22
    with board.as_it_is():
        for n, sign in enumerate(["1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", ""]):
            if not sign:
                continue
            x, y = 222 + 318 * (n % 3), top + pitch * (n // 3) + pitch // 2
            wide = tall if look.iphone else 268
            item = keys.get(sign)
            board.add(Fill(around(x, y, wide, tall), look.card, tall // 2))
            what = Set((sign,), look.face(104))
            board.write(what, x - 100, y - cap(104) // 2, look.text, across=200, middle=True,
                        element=item.id if item else "", label=bool(item))  # fmt: skip
            if item:
                board.spot(item, around(x, y, wide + 14, tall + 14), tall // 2 + 7)
        y = top + pitch * 3 + pitch // 2
        for item, x in [(i, 858 if look.iphone else 222) for i in view.of("delete")] + [
            (i, 858) for i in view.of("ok")
        ]:
            end_key(board, item, x, y, tall)


def end_key(board: Board, item: Item, x: int, y: int, tall: int) -> None:
    look = board.look
    is_target = item.id == board.target
    if item.part == "ok" and item.name:
        what = board.set(item.name, 86, 260, weight="medium", target=is_target, lines=1)
        wide = round(what.wide) + 90
        board.add(Fill(around(x, y, wide, min(tall, 140)), look.accent, min(tall, 140) // 2))
        board.write(what, x - wide // 2, y - what.tall // 2, look.on_accent, across=wide, middle=True, element=item.id,
                    label=True)  # fmt: skip
        board.spot(item, around(x, y, wide + 32, min(tall, 140) + 32), min(tall, 140) // 2 + 16)
        return
    sign = item.text("icon") or ("check" if item.part == "ok" else "backspace")
    board.icon(around(x, y, 104, 104), sign, look.text, filled=False, alone=True)
    board.spot(item, around(x, y, 160, 150), 75)


def finger(board: Board, item: Item, y: int) -> None:
    """Where the finger rests, or the face is looked at."""
    look = board.look
    is_target = item.id == board.target
    board.add(Fill(around(540, y, 176, 176), look.card, 88))
    board.icon(around(540, y, 124, 124), item.text("icon") or "fingerprint", look.text, filled=False, alone=True)
    if not item.name:
        board.spot(item, around(540, y, 212, 212), 106)
        return
    what = board.set(item.name, 86 if is_target else 72, 860, target=is_target, lines=2)
    top = y - 88 - 40 - what.tall
    board.write(what, 110, top, look.text, across=860, middle=True, element=item.id, label=is_target)
    half = max(140, round(what.wide) // 2 + 60)
    board.spot(item, Box(540 - half, top - 42, 540 + half, y + 112), 80)


def hint(board: Board, item: Item, bottom: int, room: int = 760) -> None:
    is_target = item.id == board.target
    words = board.set(item.name, 86 if is_target else 74, room, weight="medium", target=is_target)
    top = bottom - 44 - words.tall
    board.write(words, 36, top, board.look.text, across=1008, middle=True, element=item.id, label=is_target)
    wide = round(words.wide) + 100
    board.spot(item, Box(540 - wide // 2, top - 40, 540 + wide // 2, top + words.tall + 44), 60)


def power(view: View) -> Board:
    """What a long press of the side button brings: round buttons with words; on an iPhone bars to slide."""
    board = Board(view, dark=True)
    ground(board)
    board.status_bar()
    slides, rounds = list(view.of("slide")), list(view.of("round"))
    y = 236
    if view.title:
        y = board.write(board.set(view.title, 92, 860, weight="medium"), 36, y, WHITE, across=1008, middle=True) + 80
    for item in slides:
        y = slide(board, item, y) + 56
    pitch = 330
    across = 1 if len(rounds) < 2 or board.look.iphone else 2
    rows = -(-len(rounds) // across)
    start = y if slides else max(y, 150 + (1180 - pitch * rows) // 2)
    for n, item in enumerate(rounds):
        left = 36 + 1008 * (n % across) // across
        last_alone = across == 2 and n == len(rounds) - 1 and n % 2 == 0
        x = 540 if last_alone or across == 1 else left + 252
        round_word(board, item, x, start + pitch * (n // across))
    for item in view.of("hint"):
        hint(board, item, board.screen.y1 - board.foot)
    board.home_line(WHITE)
    return board


def round_word(board: Board, item: Item, x: int, y: int) -> None:
    is_target = item.id == board.target
    paint = {"red": RED, "green": GREEN}.get(item.text("tint"), STEEL)
    board.add(Fill(around(x, y + 92, 184, 184), paint, 92))
    board.icon(around(x, y + 92, 112, 112), item.text("icon") or "power_settings_new", WHITE)
    what = board.set(item.name, 86 if is_target else 74, 440, target=is_target, lines=2, weight="medium")
    x = min(max(x, 70 + round(what.wide) // 2), 1010 - round(what.wide) // 2)
    last = board.write(what, x - 240, y + 218, WHITE, across=480, middle=True, element=item.id, label=is_target)
    wide = max(260, round(what.wide) + 76)
    left = min(max(x - wide // 2, 54), 1026 - wide)
    board.spot(item, Box(left, y - 34, left + wide, last + 54), 84)


def slide(board: Board, item: Item, y: int) -> int:
    """A bar with a round knob to push to the right, its words on it. Returns where it ends."""
    is_target = item.id == board.target
    what = board.set(item.name, 86 if is_target else 76, 620, target=is_target, lines=2, weight="medium")
    tall = max(190, what.tall + 90)
    shape = Box(100, y, 980, y + tall)
    board.add(Fill(shape, STEEL, tall // 2))
    red = item.text("tint") == "red"
    knob = tall - 28
    board.add(Fill(around(114 + knob // 2, y + tall // 2, knob, knob), WHITE, knob // 2))
    board.icon(around(114 + knob // 2, y + tall // 2, 104, 104), item.text("icon") or "power_settings_new",
               RED if red else BLACK)  # fmt: skip
    left = 114 + knob + 30
    board.write(what, left, y + (tall - what.tall) // 2, WHITE, across=940 - left, middle=True, element=item.id,
                label=is_target)  # fmt: skip
    board.spot(item, shape.grown(14), tall // 2 + 14)
    return shape.y1


def volume(view: View) -> Board:
    """A bar for loudness at the side, over another page."""
    board = Board(view)
    look = board.look
    board.scene.background = look.page
    levels, rounds = list(view.of("level")), list(view.of("round"))
    wide = 190
    x1 = 1000
    tall = 700 + 180 * len(rounds)
    y = 240
    x0 = x1 - (wide + 20) * max(1, len(levels)) - 20
    board.add(Fill(Box(x0, y, x1, y + tall), look.card, 84, shadow=True))
    for n, item in enumerate(levels):
        x = x1 - 20 - wide // 2 - (wide + 20) * n - 10
        bar = Box(x - 66, y + 60 + 180 * len(rounds), x + 66, y + tall - 60)
        at = round(bar.y1 - (bar.tall - 132) * min(1.0, max(0.0, float(item.at.get("position", 0.5)))) - 132)
        board.add(Fill(bar, look.field, 66), Fill(Box(bar.x0, at, bar.x1, bar.y1), look.accent, 66))
        board.icon(around(x, bar.y1 - 66, 84, 84), item.text("icon") or "volume_up", look.on_accent, alone=True)
        board.spot(item, bar.grown(16), 82)
    for n, item in enumerate(rounds):
        x, top = (x0 + x1) // 2, y + 40 + 180 * n
        board.add(Fill(around(x, top + 80, 140, 140), look.field, 70))
        board.icon(around(x, top + 80, 88, 88), item.text("icon") or "notifications", look.text, alone=True)
        board.spot(item, around(x, top + 80, 164, 164), 82)
    board.home_line()
    return board
