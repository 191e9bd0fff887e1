"""Finds what must never be kept: card numbers, codes, passwords, national ids, accounts. In doubt with a
word for it beside it a number counts; without one, only what proves itself by its check digits does.

Telephone numbers, times, dates, prices, phone models and "3000 photos" are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from stdnum import iban

from bot.safety.cards import cards
from bot.safety.codes import accounts, codes
from bot.safety.finding import Secret
from bot.safety.ids import ids
from bot.safety.numbers import Run, runs
from bot.safety.passwords import passwords
from bot.safety.plain import plain

_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}[ -]?\d{2}(?:[ .-]{0,2}[A-Z0-9]){11,30}", re.IGNORECASE)


def find_secrets(text: str) -> tuple[Secret, ...]:
    """Every secret in `text`, in order, without overlaps; indexes count characters of `text` as it was given."""
    left = plain(text)
    numbers, found = runs(left), []
    for finder in _FINDERS:
        new: list[Secret] = []
        for secret in finder(left, numbers):
            if not any(secret.start < s.end and s.start < secret.end for s in new):
                new.append(secret)
        # What is taken ends every number beside it, and is seen by no finder after.
        if new:
            left = cut_same(left, new)
            numbers = runs(left)
        found += new
    return tuple(sorted(found, key=lambda s: s.start))


def cut_same(text: str, secrets: Sequence[Secret]) -> str:
    """The text with marks in place of each secret, as long as it was."""
    for secret in secrets:
        text = text[: secret.start] + "#" * (secret.end - secret.start) + text[secret.end :]
    return text


def cut(text: str, secrets: tuple[Secret, ...], put: str = "…") -> str:
    """The text with each secret replaced by `put`."""
    for secret in reversed(secrets):
        text = text[: secret.start] + put + text[secret.end :]
    return text


def _ibans(text: str) -> Iterator[Secret]:
    match = _IBAN.search(text)
    while match is not None:
        end = match.start() + 1
        # A greedy run of letters may have swallowed the next word: give back its end until it proves itself.
        for size in range(len(match.group()), 14, -1):
            if iban.is_valid(re.sub(r"[ .\-]", "", match.group()[:size])):
                end = match.start() + size
                yield Secret("iban", match.start(), end)
                break
        match = _IBAN.search(text, end)


# The surest first.
_FINDERS: tuple[Callable[[str, tuple[Run, ...]], Iterator[Secret]], ...] = (
    lambda text, _: _ibans(text),
    cards,
    lambda text, _: ids(text),
    lambda text, _: passwords(text),
    accounts,
    codes,
)
