"""Finds what must never be kept: card numbers, codes, passwords, national ids, accounts. In doubt with a
context word beside it, a number counts; without one, only what proves itself by its check digits does.

Telephone numbers, times, dates, prices, phone models and "3000 photos" are left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from stdnum import iban, luhn
from stdnum.cn import ric
from stdnum.es import dni, nie
from stdnum.in_ import aadhaar, pan

from bot.safety.finding import Secret

_GAP = r"[ \t.\-–—·_/\u00a0\u3000]"
_DIGITS = re.compile(rf"\d(?:{_GAP}{{0,2}}\d)*")

# Words beside a number that make it a secret. The window is what people leave between the two.
_CODE_WORDS = (
    r"code|codes|pin|otp|passcode|one[- ]time|verification|验证码|校验码|动态码|短信码|驗證碼|密码|口令|"
    r"c[oó]digo|clave|mot de passe|code secret|код|пароль|пин|رمز|كود|الرمز"
)
_ACCOUNT_WORDS = (
    r"account|acct|sort code|iban|routing|cuenta|compte|сч[её]т|счета|حساب|账号|帐号|账户|卡号|銀行帳號|银行卡"
)
_NOT_A_CODE = re.compile(
    r"(post(?:al)?|zip|area|country|dial(?:ling)?|qr|dress|bar)[ -]?codes?|邮编|邮政编码|区号|条形码|error code", re.I
)
_CODE_NEAR = re.compile(rf"(?:{_CODE_WORDS})", re.I)
_ACCOUNT_NEAR = re.compile(rf"(?:{_ACCOUNT_WORDS})", re.I)
_PASSWORD = re.compile(
    r"(?:\b(?:my |the |wifi |wi-fi |bank |its? )?(?:pass ?word|passcode|passphrase|log ?in)\b(?: for [\w ]{1,20}?)?\s*(?:is|was|:|=|would be)\s*"
    r"|(?:密码|口令|密碼)\s*(?:是|为|:|：|=)\s*"
    r"|(?:contrase[ñn]a|clave)(?: es|:)\s*|mot de passe (?:est|c'est)?\s*:?\s*|пароль\s*(?:это|:|-|—)?\s*|كلمة (?:السر|المرور)\s*(?:هي|:)?\s*)"
    r"[\"'“‘«]?(?P<secret>[^\s,;\"'”’»，。；]{3,64})",
    re.I,
)
_PASSWORD_TALK = {
    "wrong", "not", "the", "too", "gone", "lost", "asked", "correct", "incorrect", "right", "what", "needed", "on", "in", "it",
    "forgotten", "for", "что", "что-то", "什么", "多少", "错的", "对的", "不对", "错误", "啥", "a", "my", "somewhere", "written", "très",
}  # fmt: skip
_CN_ID = re.compile(r"(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])")
_SSN = re.compile(r"(?<!\d)(?!000|666|9\d\d)\d{3}[- ](?!00)\d{2}[- ](?!0000)\d{4}(?!\d)")
_NINO = re.compile(
    r"(?<![A-Za-z])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![A-Za-z])",
    re.I,
)
_ES_ID = re.compile(r"(?<![\dA-Za-z])[XYZ\d][ -]?\d{7}[ -]?[A-Za-z](?![\dA-Za-z])")
_IN_PAN = re.compile(r"(?<![\dA-Za-z])[A-Z]{5}\d{4}[A-Z](?![\dA-Za-z])", re.I)
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}", re.I)
_SORT_CODE = re.compile(r"(?<!\d)\d{2}-\d{2}-\d{2}(?!\d)")
_NUMBER_WORDS = ["zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_SPOKEN = re.compile(
    rf"\b(?:(?:{'|'.join(_NUMBER_WORDS)}|double|triple)[ ,-]+){{3,}}(?:{'|'.join(_NUMBER_WORDS)})\b", re.I
)
_SPOKEN_ZH = re.compile(r"[零〇一幺二两三四五六七八九]{4,8}")
_DATE = re.compile(r"(?:19|20)\d{2}[-./ ]\d{1,2}[-./ ]\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d{2}")


def find_secrets(text: str) -> tuple[Secret, ...]:
    """Every secret in `text`, in order, without overlaps; indexes count characters of `text` as it was given."""
    plain = _plain(text)
    found: list[Secret] = []
    for kind, start, end in _candidates(plain):
        if not any(start < s.end and s.start < end for s in found):
            found.append(Secret(kind, start, end))
    return tuple(sorted(found, key=lambda s: s.start))


def cut(text: str, secrets: tuple[Secret, ...], put: str = "…") -> str:
    """The text with each secret replaced by `put`."""
    for secret in reversed(secrets):
        text = text[: secret.start] + put + text[secret.end :]
    return text


def _plain(text: str) -> str:
    """The same length, with full-width and other scripts' digits and letters as the plain ones."""

    def one(char: str) -> str:
        if char.isdigit():
            return str(unicodedata.digit(char, 0))
        folded = unicodedata.normalize("NFKC", char)
        return folded if len(folded) == 1 else char

    return "".join(one(c) for c in text)


def _candidates(text: str) -> Iterator[tuple[str, int, int]]:
    """(kind, start, end), the surest first: what comes later never takes what is taken."""
    yield from _proven("iban", _IBAN, text, iban.is_valid)
    yield from _proven("id", _CN_ID, text, ric.is_valid)
    yield from _cards(text)
    yield from _proven("id", _ES_ID, text, lambda s: bool(dni.is_valid(s) or nie.is_valid(s)))
    yield from _proven("id", _NINO, text, lambda s: True)
    yield from _proven("id", _IN_PAN, text, pan.is_valid)
    for match in _PASSWORD.finditer(text):
        if match["secret"].strip(".!?").lower() not in _PASSWORD_TALK:
            yield "password", match.start("secret"), match.end("secret")
    yield from _proven("id", _SSN, text, lambda s: True)
    yield from _numbers_by_context(text)


def _proven(
    kind: str, pattern: re.Pattern[str], text: str, valid: Callable[[str], bool]
) -> Iterator[tuple[str, int, int]]:
    for match in pattern.finditer(text):
        whole = match.group()
        # A greedy run of letters may have swallowed the next word: give back its end until it proves itself.
        while len(whole) >= 9:
            if valid(re.sub(r"[ \-]", "", whole)):
                yield kind, match.start(), match.start() + len(whole)
                break
            if kind != "iban":
                break
            whole = whole[:-1]


def _cards(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _DIGITS.finditer(text):
        digits = [(i, c) for i, c in enumerate(match.group(), match.start()) if c.isdigit()]
        for size in (16, 15, 19, 18, 17, 14, 13):
            for first in range(len(digits) - size + 1):
                window = digits[first : first + size]
                number = "".join(c for _, c in window)
                if number[0] in "23456" and len(set(number)) > 1 and luhn.is_valid(number):
                    yield "card", window[0][0], window[-1][0] + 1
        number = "".join(c for _, c in digits)
        if len(number) == 12 and number[0] not in "01" and aadhaar.is_valid(number) and not _telephone(text, match):
            yield "id", match.start(), match.end()


def _telephone(text: str, match: re.Match[str]) -> bool:
    return text[max(0, match.start() - 2) : match.start()].strip().endswith("+")


def _numbers_by_context(text: str) -> Iterator[tuple[str, int, int]]:
    bare = text.strip(" \t\n.!?。！？")
    dates = [m.span() for m in _DATE.finditer(text)]
    for match in _DIGITS.finditer(text):
        size = sum(c.isdigit() for c in match.group())
        if any(s <= match.start() < e for s, e in dates):
            continue
        around = (
            _NOT_A_CODE.sub(" ", text[max(0, match.start() - 60) : match.start()]),
            text[match.end() : match.end() + 28],
        )
        near_code = any(_CODE_NEAR.search(_NOT_A_CODE.sub(" ", part)) for part in around)
        near_account = any(_ACCOUNT_NEAR.search(part) for part in around)
        if near_account and (7 <= size <= 24 or (size == 6 and _SORT_CODE.search(match.group()))):
            yield "account", match.start(), match.end()
        elif (near_code and 4 <= size <= 8 and not _innocent(text, match)) or (size == 6 and bare == match.group()):
            yield "code", match.start(), match.end()
    for pattern in (_SPOKEN, _SPOKEN_ZH):
        for match in pattern.finditer(text):
            around_all = _NOT_A_CODE.sub(" ", text[max(0, match.start() - 40) : match.end() + 30])
            if _CODE_NEAR.search(around_all):
                yield "code", match.start(), match.end()


_UNIT_AFTER = re.compile(
    r"\s*(?:photos?|pictures?|messages?|pounds?|euros?|dollars?|years?|minutes?|hours?|o'?clock|am\b|pm\b|张|条|块|元|年|点|岁|个|分钟|%|°)",
    re.I,
)
_BEFORE = re.compile(r"(?:[£$€¥]|galaxy|iphone|pixel|android|model|room|bus|型号|路公交|年)\s*$", re.I)


def _innocent(text: str, match: re.Match[str]) -> bool:
    """A price, a year, a count of things, a phone's model: beside the word "code" these are still no code."""
    if re.fullmatch(r"(?:19|20)\d{2}", match.group()) and re.search(
        r"\b(?:in|since|from|year)\s*$", text[: match.start()], re.I
    ):
        return True
    return bool(_UNIT_AFTER.match(text[match.end() :]) or _BEFORE.search(text[: match.start()]))
