"""Finds what must never be kept: card numbers, codes, passwords, national ids, accounts. In doubt with a
word for it beside it a number counts; without one, only what proves itself by its check digits does.

Telephone numbers, times, dates, prices, phone models and "3000 photos" are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import iban

from bot.safety.cards import cards
from bot.safety.codes import accounts, codes
from bot.safety.finding import Secret
from bot.safety.ids import ids
from bot.safety.numbers import runs
from bot.safety.passwords import passwords
from bot.safety.plain import plain

_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}[ -]?\d{2}(?:[ .-]{0,2}[A-Z0-9]){11,30}", re.IGNORECASE)


def find_secrets(text: str) -> tuple[Secret, ...]:
    """Every secret in `text`, in order, without overlaps; indexes count characters of `text` as it was given."""
    found: list[Secret] = []
    for secret in _candidates(plain(text)):
        if not any(secret.start < s.end and s.start < secret.end for s in found):
            found.append(secret)
    return tuple(sorted(found, key=lambda s: s.start))


def cut(text: str, secrets: tuple[Secret, ...], put: str = "…") -> str:
    """The text with each secret replaced by `put`."""
    for secret in reversed(secrets):
        text = text[: secret.start] + put + text[secret.end :]
    return text


def _candidates(text: str) -> Iterator[Secret]:
    """The surest first: what comes later never takes what is taken."""
    found = runs(text)
    yield from _ibans(text)
    yield from cards(text, found)
    if any(c.isdigit() for c in text):
        yield from ids(text)
    yield from passwords(text)
    yield from accounts(text, found)
    yield from codes(text, found)


def _ibans(text: str) -> Iterator[Secret]:
    for match in _IBAN.finditer(text):
        whole = match.group()
        # A greedy run of letters may have swallowed the next word: give back its end until it proves itself.
        while len(whole) >= 15:
            if iban.is_valid(re.sub(r"[ .\-]", "", whole)):
                yield Secret("iban", match.start(), match.start() + len(whole))
                break
            whole = whole[:-1]
