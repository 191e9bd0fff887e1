"""Clock and calendar: an alarm's row, the wheel that sets a time, a month of days."""

from __future__ import annotations

import calendar

from media.drawing.board import Board
from media.drawing.letters import Set, cap
from media.drawing.marks import Box, Fill, around
from media.drawing.mirror import from_the_right
from media.screens import Item

WEEK = {
    "en": "MTWTFSS", "de": "MDMDFSS", "fr": "LMMJVSD", "es": "LMXJVSD", "ru": "ПВСЧПСВ", "zh": "一二三四五六日",
    "ar": "نثرخجسح",
}  # fmt: skip


def alarm(board: Board, item: Item, box: Box) -> int:
    """The time in large figures, what it is for below, a switch at the end."""
    look = board.look
    is_target = item.id == board.target
    room = box.wide - 90 - (190 if item.text("switch") else 0)
    figures = board.set(item.text("value") or "07:00", 128, room, weight="medium" if is_target else "regular", lines=1)
    last = board.write(figures, box.x0 + 44, 52, look.text, element=item.id, label=is_target)
    if item.name:
        what = board.set(item.name, 86 if is_target else 72, room, target=is_target)
        last = board.write(what, box.x0 + 44, last + 38, look.second, across=room, element=item.id, label=is_target)
    tall = last + 54
    if item.text("switch"):
        board.switch(box.x1 - 38, tall // 2, item.text("switch") == "on")
    board.spot(item, Box(box.x0, 0, box.x1, tall), max(look.card_radius, 56))
    return tall


def wheel(board: Board, item: Item, box: Box) -> int:
    """Numbers to turn, `value = "07 : 30"`: the chosen ones between two lines, those before and after around them."""
    look = board.look
    chosen = [part.strip() for part in (item.text("value") or "07 : 30").split(":")]
    if from_the_right(board.view.language):
        chosen.reverse()  # the page is turned over, the time is not
    pitch = 168
    step = box.wide // max(1, len(chosen))
    for n, text in enumerate(chosen):
        x = box.x0 + step * n
        for move in (-1, 0, 1):
            shown = _beside(text, move)
            if not shown:
                continue
            what = Set((shown,), look.face(122 if not move else 82, "medium" if not move else "regular"))
            y = 60 + pitch * (move + 1) + (cap(122) - cap(what.face.size)) // 2
            board.write(what, x, y, look.text if not move else look.second, across=step, middle=True, element=item.id,
                        label=not move)  # fmt: skip
        if n + 1 < len(chosen):
            colon = Set((":",), look.face(122, "medium"))
            board.write(colon, x + step - 30, 60 + pitch - 8, look.text, across=60, middle=True, element=item.id)
    for y in (60 + pitch - 44, 60 + pitch + cap(122) + 44):
        board.add(Fill(Box(box.x0 + 60, y - 2, box.x1 - 60, y + 2), look.accent))
    tall = 60 + 2 * pitch + cap(122) + 60
    board.spot(item, Box(box.x0, 0, box.x1, tall), max(look.card_radius, 56))
    return tall


def _beside(text: str, move: int) -> str:
    if not move or not text.isdigit():
        return text if not move else ""
    return f"{(int(text) + move) % (24 if int(text) < 24 and len(text) < 2 else 60):0{len(text)}d}"


def month(board: Board, item: Item, box: Box) -> int:
    """A month of days, `value = "2026-11"`, weeks from Monday. `date` elements are days of it: a dot, or chosen."""
    look = board.look
    year, number = (int(part) for part in (item.text("value") or "2026-11").split("-")[:2])
    days = {i.text("value"): i for i in board.view.of("date")}
    step, pitch = box.wide // 7, 148
    letters = WEEK.get(board.view.language.split("-")[0], WEEK["en"])
    for n, letter in enumerate(letters):
        what = Set((letter,), look.face(65, "medium"))
        board.write(what, box.x0 + step * n, 40, look.second, across=step, middle=True)
    weeks = calendar.Calendar(firstweekday=0).monthdayscalendar(year, number)
    for row, week in enumerate(weeks):
        for column, day in enumerate(week):
            if day:
                middle = (box.x0 + step * column + step // 2, 190 + pitch * row)
                one_day(board, days.get(str(day)), str(day), *middle, step)
    tall = 190 + pitch * (len(weeks) - 1) + 108
    board.spot(item, Box(box.x0, 0, box.x1, tall), max(look.card_radius, 56))
    return tall


def one_day(board: Board, item: Item | None, text: str, x: int, y: int, step: int) -> None:
    look = board.look
    ringed = item is not None and item.id == board.target
    chosen = item is not None and bool(item.at.get("main"))
    what = Set((text,), board.look_face(86 if ringed else 70, "medium" if item else "regular"))
    if chosen:
        board.add(Fill(around(x, y, 116, 116), look.accent, 58))
    elif item and not ringed:
        board.add(Fill(around(x, y + 50, 18, 18), look.accent, 9))
    board.write(what, x - step // 2, y - cap(what.face.size) // 2, look.on_accent if chosen else look.text, across=step,
                middle=True, element=item.id if item else "", label=ringed)  # fmt: skip
    if item:
        board.spot(item, around(x, y, max(130, round(what.wide) + 44), 132), 62)
