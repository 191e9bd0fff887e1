"""Chinese for Kokoro-82M: from characters by way of pinyin to the signs that the model was trained with.

Words are parted first (rjieba), because one character has several sounds (pypinyin), and a pause of the voice falls
between words, never within one. The model makes two third tones beside each other right by itself.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable

NEEDED = ("pypinyin", "pinyin_to_ipa", "rjieba")
DIGITS = "零一二三四五六七八九"
TONES = (("˧˩˧", "↓"), ("˧˥", "↗"), ("˥˩", "↘"), ("˥", "→"))
# The vowel of 是 and of 四; a mark under a vowel that the model has no sign for.
VOWELS = (("ɻ\u0329", "ɨ"), ("ɹ\u0329", "ɨ"), ("\u032f", ""))
STOPS = str.maketrans({"、": ",", "，": ",", "。": ".", "．": ".", "！": "!", "：": ":", "；": ";", "？": "?",
                       "“": " ", "”": " ", "《": " ", "》": " ", "（": ",", "）": ",", "*": ""})  # fmt: skip
_PARTS = re.compile(r"[\u3400-\u9fff]+|[A-Za-z][A-Za-z'’ -]*|[,.;:!?…—]+|[^\u3400-\u9fffA-Za-z,.;:!?…—]+")


def missing() -> str:
    """What to install so that Chinese is spoken; "" when nothing is missing."""
    lacking = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    return "pip install 'handrail[neural]'" if lacking else ""


def signs(text: str, latin: Callable[[str], str]) -> str:
    """A Chinese text as the model's signs; `latin` gives them for a stretch in Latin letters, such as WLAN."""
    spoken = ""
    for part in _PARTS.findall(in_characters(text).translate(STOPS)):
        if "\u3400" <= part[0] <= "\u9fff":
            spoken += " " + _characters(part)
        elif part[0].isascii() and part[0].isalpha():
            spoken += " " + latin(part.strip())
        elif part[0] in ",.;:!?…—":
            spoken += part[0]
    return re.sub(r"\s+", " ", spoken).strip()


def in_characters(text: str) -> str:
    """Figures written out: 12 as 十二, a year and what begins with 0 digit by digit, 12.50 as 十二点五零."""
    text = re.sub(r"(\d+(?:\.\d+)?) ?%", r"百分之\1", text)
    text = re.sub(r"\d{4}(?=年)", lambda found: _one_by_one(found[0]), text)
    text = re.sub(r"(\d+)\.(\d+)", lambda found: f"{_number(found[1])}点{_one_by_one(found[2])}", text)
    return re.sub(r"\d+", lambda found: _number(found[0]), text)


def _one_by_one(digits: str) -> str:
    return "".join(DIGITS[int(digit)] for digit in digits)


def _number(digits: str, after: bool = False) -> str:
    """`after`: something larger was said before it, so that 10 is 一十."""
    if (digits[0] == "0" and len(digits) > 1) or len(digits) > 8:
        return _one_by_one(digits)
    number = int(digits)
    if number >= 10_000:
        rest = number % 10_000
        low = "" if not rest else ("零" if rest < 1000 else "") + _number(str(rest), True)
        return f"{_number(str(number // 10_000))}万{low}"
    said, gap = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if not digit:
            gap = bool(said)
            continue
        said += (
            ("零" if gap else "")
            + ("" if size == 10 and digit == 1 and not said and not after else DIGITS[digit])
            + name
        )
        gap = False
    return said or DIGITS[0]


def _characters(run: str) -> str:
    import rjieba
    from pypinyin import Style, lazy_pinyin

    return " ".join(
        "".join(_syllable(one) for one in lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True))
        for word in rjieba.cut(run)
    )


def _syllable(pinyin: str) -> str:
    """ "shi4" as the model's signs; "" for what is no pinyin, such as a character that nobody knows."""
    from pinyin_to_ipa import pinyin_to_ipa

    try:
        ipa = "".join(pinyin_to_ipa(pinyin)[0])
    except ValueError:
        return ""
    for old, new in (*TONES, *VOWELS):
        ipa = ipa.replace(old, new)
    return ipa
