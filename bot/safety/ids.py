"""National identity numbers: those that prove themselves by their check digits, and those that are called so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from stdnum.be import nn
from stdnum.br import cpf
from stdnum.es import dni, nie
from stdnum.fr import nir
from stdnum.in_ import aadhaar, pan
from stdnum.iso7064 import mod_11_2
from stdnum.it import codicefiscale
from stdnum.kr import rrn
from stdnum.za import idnr

from bot.safety.finding import Secret
from bot.safety.words import every

Valid = Callable[[str], bool]
_NO_LETTER = r"(?<![A-Za-z0-9])"
_END = r"(?![A-Za-z0-9])"
_SEP = r"[ .\-–/\u00a0]{0,2}"


def _spaced(*groups: str) -> str:
    return _NO_LETTER + _SEP.join(groups) + _END


def _snils(number: str) -> bool:
    total = sum(int(d) * (9 - i) for i, d in enumerate(number[:9])) % 101 % 100
    return total == int(number[9:])


def _taiwan(number: str) -> bool:
    first = "ABCDEFGHJKLMNPQRSTUVXYWZIO".index(number[0].upper()) + 10
    digits = [first // 10, first % 10, *map(int, number[1:])]
    return sum(d * w for d, w in zip(digits, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1), strict=True)) % 10 == 0


def _singapore(number: str) -> bool:
    total = sum(int(d) * w for d, w in zip(number[1:8], (2, 7, 6, 5, 4, 3, 2), strict=True))
    letter = number[0].upper()
    total += {"T": 4, "G": 4, "M": 3}.get(letter, 0)
    table = {"S": "JZIHGFEDCBA", "T": "JZIHGFEDCBA", "F": "XWUTRQPNMLK", "G": "XWUTRQPNMLK", "M": "KLJNPQRTUWX"}
    at = total % 11 if letter != "M" else 10 - total % 11
    return table[letter][at] == number[8].upper()


def _egypt(number: str) -> bool:
    return (
        1 <= int(number[3:5]) <= 12
        and 1 <= int(number[5:7]) <= 31
        and (1 <= int(number[7:9]) <= 35 or number[7:9] == "88")
    )


def _china(number: str) -> bool:
    return bool(mod_11_2.is_valid(number.upper())) and 1 <= int(number[10:12]) <= 12 and 1 <= int(number[12:14]) <= 31


def _always(number: str) -> bool:
    return True


# (how it is written, whether its check digits are right)
PROVEN: tuple[tuple[re.Pattern[str], Valid], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), valid)
    for pattern, valid in (
        (_spaced(r"\d(?:[ \-]?\d){5}", r"(?:18|19|20)\d{6}", r"\d{3}[ ]?[\dX]"), _china),
        (_NO_LETTER + r"(?:\d[ \-]?){17}[\dX]" + _END, _china),
        (_spaced(r"\d{1,2}", r"\d{3}", r"\d{3}", r"[A-Z]"), dni.is_valid),
        (_spaced(r"[XYZ]", r"\d{7}", r"[A-Z]"), nie.is_valid),
        (
            _spaced(
                r"(?:(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]|QQ)",
                r"\d{2}",
                r"\d{2}",
                r"\d{2}",
                r"[A-D]",
            ),
            _always,
        ),
        (_NO_LETTER + r"[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]" + _END, pan.is_valid),
        (_NO_LETTER + r"\d{4}[ \-]\d{4}[ \-]\d{4}(?![\d A-Za-z\-]*\d{4})", aadhaar.is_valid),
        (_NO_LETTER + r"(?!000|666|9\d\d)\d{3}([ \-])(?!00)\d{2}\1(?!0000)\d{4}" + _END, _always),
        (
            _spaced(r"[12]", r"\d{2}", r"(?:0[1-9]|1[0-2]|[2-9]\d)", r"(?:\d{2}|2[AB])", r"\d{3}", r"\d{3}", r"\d{2}"),
            nir.is_valid,
        ),
        (_spaced(r"[A-Z]{6}", r"\d{2}[A-EHLMPRST]\d{2}", r"[A-Z]\d{3}[A-Z]"), codicefiscale.is_valid),
        (_NO_LETTER + r"\d{3}-\d{3}-\d{3}[ \-]\d{2}" + _END, _snils),
        (_NO_LETTER + r"[A-Z][12]\d{8}" + _END, _taiwan),
        (_NO_LETTER + r"[STFGM]\d{7}[A-Z]" + _END, _singapore),
        (_NO_LETTER + r"\d{3}\.\d{3}\.\d{3}-\d{2}" + _END, cpf.is_valid),
        (_NO_LETTER + r"[23]\d{13}" + _END, _egypt),
        (_NO_LETTER + r"784-?\d{4}-?\d{7}-?\d" + _END, _always),
        (_NO_LETTER + r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}" + _END, nn.is_valid),
        (_NO_LETTER + r"\d{6}-[1-8]\d{6}" + _END, rrn.is_valid),
        (_NO_LETTER + r"\d{13}" + _END, lambda s: bool(idnr.is_valid(s)) and s[:2] > "25"),
    )
)
_CALLED = re.compile(r"(?=[A-Za-z0-9 .\-]*\d)[A-Za-z]{0,6}\d(?:[ .\-]?[A-Za-z0-9]){3,21}(?<=[A-Za-z0-9])")
_TELEPHONE = re.compile(r"(?:\+|\b(?:call|ring|phone|tel|telephone)\b.{0,14})$", re.IGNORECASE)
_UNIT = re.compile(r"\s*(?:years?|times|o'?clock|minutes?|年|岁|次|块|元)", re.IGNORECASE)


def ids(text: str) -> Iterator[Secret]:
    """Every identity number of a text made plain before."""
    for pattern, valid in PROVEN:
        for match in pattern.finditer(text):
            if valid(re.sub(r"[ .\-–/\u00a0]", "", match.group())):
                yield Secret("id", match.start(), match.end())
    for named in every("secrets", "id").finditer(text):
        yield from _after(text, named.end())


def _long_enough(number: str) -> bool:
    return sum(c.isdigit() for c in number) >= 3 and sum(c.isalnum() for c in number) >= 4


def _after(text: str, start: int) -> Iterator[Secret]:
    """The number that follows its name, within a few words."""
    match = _CALLED.search(text, start, start + 64)
    if match is None or match.start() - start > 40 or not _long_enough(match.group()):
        return
    between = text[start : match.start()]
    if re.search(r"[.!?。！？\n]\s", between) or _TELEPHONE.search(between) or _UNIT.match(text[match.end() :]):
        return
    if re.fullmatch(r"(?:19|20)\d\d", match.group()) or re.search(r"\b(?:in|on|at|by|for)\s*$", between):
        return
    end = match.end()
    # Words that follow the number are no part of it: give back what holds no digit.
    while (tail := re.search(r"[ .\-]([A-Za-z]{2,})$", text[match.start() : end])) is not None:
        end = match.start() + tail.start()
    yield Secret("id", match.start(), end)
