"""Card numbers, by issuer and Luhn's check digit, with any gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import luhn

from bot.safety.finding import Secret
from bot.safety.numbers import Run
from bot.safety.words import every

# How the numbers of each length begin, as issuers give them out. Fifteen digits are also a telephone's own number (IMEI).
_ISSUED = {
    13: r"4|5[0678]|6[0-9]", 14: r"3[0689]|5[0678]|6[0-9]", 15: r"34|37|1800|2131|2014|2149|5[0678]|6[0-9]",
    16: r"[2-6]|8[12]|9[0-9]", 17: r"4|5[0678]|6", 18: r"4|5[0678]|6", 19: r"4|5[0678]|6|8[12]|9",
}  # fmt: skip
_TELEPHONES = (3, 3, 4)


def cards(text: str, found: tuple[Run, ...]) -> Iterator[Secret]:
    """Every card number among the runs of the text."""
    spoken_of = bool(every("secrets", "card").search(text))
    for run in found:
        yield from _by_check_digit(text, run, spoken_of)
        yield from _in_run(run, spoken_of)
    yield from _in_pieces(found)
    if spoken_of:
        yield from _mistyped(text, found)


def is_card(number: str) -> bool:
    """Whether an issuer could have given out this number (digits alone)."""
    issued = _ISSUED.get(len(number))
    return bool(issued and re.match(issued, number) and len(set(number)) > 1 and luhn.is_valid(number))


def _in_run(run: Run, spoken_of: bool) -> Iterator[Secret]:
    digits, first = run.digits, 0
    while first + 13 <= len(digits):
        step = 1
        if first == 0 or digits[first].before or spoken_of:
            for size in (16, 15, 19, 18, 17, 14, 13):
                end = first + size
                if end > len(digits) or not (end == len(digits) or digits[end].before or spoken_of):
                    continue
                window = run.part(first, end)
                if is_card(window.number) and _as_one(window):
                    yield Secret("card", window.start, window.end)
                    step = size
                    break
        first += step


def _by_check_digit(text: str, run: Run, spoken_of: bool) -> Iterator[Secret]:
    """A whole number of a card's length whose check digit is right, however it begins: shops and states give out cards too.

    Where no card is spoken of, what is called an order, a parcel, a telephone is left alone, and so are thirteen digits
    (goods, telephones).
    """
    if not (13 if spoken_of else 14) <= len(run.digits) <= 19 or not luhn.is_valid(run.number):
        return
    before = text[max(0, run.start - 40) : run.start]
    innocent = before.rstrip().endswith("+") or run.number.startswith("00") or every("secrets", "thing").search(before)
    if len(set(run.number)) > 1 and _as_one(run) and (spoken_of or not innocent):
        yield Secret("card", run.start, run.end)


def _as_one(window: Run) -> bool:
    """Whether its groups can be those of one number: two telephone numbers in a row are none."""
    groups = window.groups
    if len(groups) >= 5 and groups[:3] == _TELEPHONES and groups[3:5] == _TELEPHONES[:2]:
        return False
    parts = [len(part.digits) for part in window.at_hard_gaps()]
    return len(parts) == 1 or max(parts) <= 6 or len(set(parts[:-1])) == 1


def _in_pieces(found: tuple[Run, ...]) -> Iterator[Secret]:
    """ "4111 then 1111 then ...": groups of a card with a few words between them."""
    found = tuple(run for run in found if not (run.spoken and len(run.digits) == 1))  # "the next four", "the first one"
    for first in range(len(found)):
        number = ""
        for last in range(first, min(first + 5, len(found))):
            piece = found[last]
            if not 2 <= len(piece.digits) <= 12 or (last > first and piece.start - found[last - 1].end > 28):
                break
            number += piece.number
            if last > first and is_card(number) and len(number) in (15, 16) and _regular(found[first : last + 1]):
                yield Secret("card", found[first].start, piece.end)
                break


def _regular(pieces: tuple[Run, ...]) -> bool:
    return all(len(p.digits) % 4 == 0 for p in pieces) or [len(p.digits) for p in pieces] == [4, 6, 5]


def _mistyped(text: str, found: tuple[Run, ...]) -> Iterator[Secret]:
    """Called a card number and as long as one, with a digit wrong."""
    for run in found:
        for part in run.at_hard_gaps():
            if 14 <= len(part.digits) <= 19 and every("secrets", "card").search(
                text[max(0, part.start - 40) : part.start]
            ):
                yield Secret("card", part.start, part.end)
