"""One-time codes, PINs, the three digits on the back, and numbers of bank accounts: what stands beside them tells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.safety.finding import Secret
from bot.safety.numbers import Run
from bot.safety.words import every

BEFORE, AFTER = 44, 44  # how far away the word may stand, in characters
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)|[。！？\n]")
_DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d{2}[-./ ]\d{1,2}[-./ ]\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d{2}|\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s?(?:am|pm)"
    r"|\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}h\d{2})(?!\d)",
    re.IGNORECASE,
)
_MONEY = re.compile(r"(?:[£$€¥₽₹]|gbp|usd|eur|rs\.?)\s*$", re.IGNORECASE)
_AFTER_EXPIRY = re.compile(
    r"(?<=[\d#])[^\w#]{1,4}(?:\w{3,10}\W{1,3}){0,2}\d{2} ?[/-] ?(?:20)?\d{2}\W{1,4}(?:\w{3,8}\W{1,3}){0,2}(?P<code>\d{3,4})(?!\d)"
)
_GLUED = re.compile(r"[A-Za-z\u0400-\u04ff&]$")
_ALONE = re.compile(r"\W*(?:g-)?(?P<n>[\d .\-]+)\W*", re.IGNORECASE)


def codes(text: str, found: tuple[Run, ...]) -> Iterator[Secret]:
    """Codes and PINs of a text made plain before."""
    taken = 0
    for place, run in enumerate(found):
        for part in _parts(run):
            if part.start >= taken and (what := _a_code(text, part)):
                taken = _to_the_end(text, part, found[place + 1 :]) if what == "code" else part.end
                yield Secret("code", part.start, taken)
            elif part.start >= taken and (first := _just_before(text, part)) is not None:
                taken = _to_the_end(text, part, found[place + 1 :])
                yield Secret("code", first, taken)
    for match in _AFTER_EXPIRY.finditer(text):
        yield Secret("code", match.start("code"), match.end("code"))


def _parts(run: Run) -> Iterator[Run]:
    """The run as one where its parts are small ("44, 82, 01"), else taken apart at commas."""
    parts = list(run.at_hard_gaps())
    if len(parts) > 1 and len(run.digits) <= 8 and all(len(p.digits) <= 3 for p in parts):
        yield run
    else:
        yield from parts


def _a_code(text: str, part: Run) -> str:
    size = len(part.digits)
    before, _after = text[: part.start], text[part.end :]
    if not 3 <= size <= 9 or (part.spoken and size < 4 and not part.number.isdigit()):
        return ""
    if size == 6 and (re.search(r"\bg-$", before, re.IGNORECASE) or _alone(text, part)):
        return "code"
    if _innocent(text, part):
        return ""
    near = _beside(text, part, "code", size == 6)
    if size == 3:
        return "code" if _beside(text, part, "cvv", False) else ""
    if near or _beside(text, part, "cvv", False):
        return "code"
    if size == 6 and not part.spoken and _beside(text, part, "texted", True):
        return "code"
    return ""


def _alone(text: str, part: Run) -> bool:
    """Six digits and nothing else, but for "it's", "here:"."""
    left = text[: part.start] + text[part.end :]
    return not part.spoken and not every("secrets", "filler").sub("", left).strip(" \t\n.,!?。，！？:：'\"()")


def _beside(text: str, part: Run, words: str, over_sentences: bool) -> bool:
    """Whether such a word stands near, in the same sentence. Words such as "postcode" are none."""
    not_code = every("secrets", "not_code")
    before = not_code.sub(lambda m: "#" * len(m.group()), text[max(0, part.start - BEFORE - 20) : part.start])[-BEFORE:]
    after = not_code.sub(lambda m: "#" * len(m.group()), text[part.end : part.end + AFTER + 20])[:AFTER]
    if not over_sentences:
        before = re.split(_SENTENCE_END, before)[-1] if not _SENTENCE_END.search(before[-2:]) else before
        after = re.split(_SENTENCE_END, after)[0]
    pattern = every("secrets", words)
    return bool(pattern.search(before) or pattern.search(after))


def _innocent(text: str, part: Run) -> bool:
    """A date, a time, a price, a year, a telephone number, a count of things, a phone's model."""
    before, after = text[: part.start], text[part.end :]
    if any(m.start() <= part.start < m.end() for m in _DATE.finditer(text)) or _MONEY.search(before):
        return True
    if before.endswith("+") or (
        _GLUED.search(before) and not part.spoken and re.search(r"[a-z]-?$", before[-2:]) is not None
    ):
        return _glued_word(before)
    if every("secrets", "unit").match(after) or every("secrets", "thing").search(before):
        return True
    groups = part.groups
    return (
        len(part.digits) >= 7
        and not part.spoken
        and len(groups) == 1
        and not every("secrets", "code").search(before[-24:])
    )


def _glued_word(before: str) -> bool:
    """ "SM-G991", "iOS17": part of a name, unless the name is the word itself ("code448201", "G-")."""
    word = re.search(r"[^\s:=]*$", before)
    return not (word and every("secrets", "code").search(word.group()))


def _to_the_end(text: str, part: Run, following: tuple[Run, ...]) -> int:
    """ "first 44 then 82 then 01": the rest of a code given in pieces."""
    end, size = part.end, len(part.digits)
    for run in following:
        between = text[end : run.start]
        if len(run.digits) > 4 or size + len(run.digits) > 8 or not every("secrets", "then").fullmatch(between):
            break
        end, size = run.end, size + len(run.digits)
    return end


def _just_before(text: str, part: Run) -> int | None:
    """Pieces too small to be a code each, after the word: where the first of them begins."""
    match = re.search(
        r"(\d[\d ]{0,3})(?:\W{1,3}[^\W\d_]{1,10}){1,3}\W{1,3}(?:(\d[\d ]{0,3})(?:\W{1,3}[^\W\d_]{1,10}){1,3}\W{1,3})?$",
        text[: part.start][-70:],
    )
    if match is None or len(part.digits) > 4:
        return None
    pieces = re.sub(r"\D", "", match.group()) + part.number
    between = re.findall(r"[^\d]+", match.group())
    if not 4 <= len(pieces) <= 8 or not all(every("secrets", "then").fullmatch(b) for b in between if b.strip()):
        return None
    start = part.start - len(match.group())
    first = part.digits[0]
    whole = Run((type(first)(first.value, start, first.end, ""), *part.digits), False)
    return start if _beside(text, whole, "code", True) else None


# Accounts


_SORT_CODE = re.compile(r"(?<![\d-])\d{2}[- ]\d{2}[- ]\d{2}(?![\d-])")
_BESIDE_SORT_CODE = re.compile(r"[\s,;/|]{1,4}(?:\D{0,24}?\s)?\d{4} ?\d{4}(?!\d)")


def accounts(text: str, found: tuple[Run, ...]) -> Iterator[Secret]:
    """Account numbers and sort codes of a text made plain before."""
    sort_codes = [m for m in _SORT_CODE.finditer(text) if _is_sort_code(text, m)]
    for match in sort_codes:
        beside = _BESIDE_SORT_CODE.match(text, match.end())
        yield Secret("account", match.start(), beside.end() if beside else match.end())
    for run in found:
        for part in run.at_hard_gaps():
            if not 6 <= len(part.digits) <= 26 or (part.start and text[part.start - 1] == "+"):
                continue
            after_sort_code = any(0 < part.start - m.end() <= 24 for m in sort_codes) and len(part.digits) >= 7
            if after_sort_code or (_beside(text, part, "account", False) and not _innocent_account(text, part)):
                yield Secret("account", part.start, part.end)


def _is_sort_code(text: str, match: re.Match[str]) -> bool:
    named = every("secrets", "sort_code").search(text[max(0, match.start() - 30) : match.start()])
    return bool(named or _BESIDE_SORT_CODE.match(text, match.end()))


def _innocent_account(text: str, part: Run) -> bool:
    before, after = text[: part.start], text[part.end :]
    if any(m.start() <= part.start < m.end() for m in _DATE.finditer(text)) or _MONEY.search(before):
        return True
    return bool(every("secrets", "unit").match(after) or every("secrets", "telephone").search(before[-24:]))
