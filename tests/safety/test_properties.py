"""What holds for any text: a card is found with any gaps, what was cut out is gone, nothing raises."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn

from bot.safety import look
from bot.safety.cards import is_card
from bot.safety.plain import heard, plain
from bot.safety.secrets import cut, find_secrets

ISSUED = {
    "4": (13, 16, 19), "51": (16,), "55": (16,), "2221": (16,), "2720": (16,), "6011": (16,), "62": (16, 19), "3528": (16,), "34": (15,),
    "37": (15,), "305": (14,), "36": (14,), "5018": (16,), "81": (16,),
}  # fmt: skip
GAPS = ("", " ", "-", ".", "  ", " - ", "–", "\u00a0", "\u3000", "_", "·", "/")


@st.composite
def cards(draw: st.DrawFn) -> str:
    begins = draw(st.sampled_from(sorted(ISSUED)))
    size = draw(st.sampled_from(ISSUED[begins]))
    rest = draw(st.text("0123456789", min_size=size - len(begins) - 1, max_size=size - len(begins) - 1))
    number = begins + rest
    return number + luhn.calc_check_digit(number)


@st.composite
def spaced(draw: st.DrawFn) -> tuple[str, str]:
    """A card number, and the same with gaps at any places, in one of three scripts' digits."""
    number = draw(cards())
    zero = draw(st.sampled_from("0٠０"))
    digits = [chr(ord(zero) + int(d)) for d in number]
    if draw(st.booleans()):
        gap = draw(st.sampled_from(GAPS))
        size = draw(st.integers(1, 6))
        return number, "".join(
            d + (gap if (i + 1) % size == 0 and i + 1 < len(digits) else "") for i, d in enumerate(digits)
        )
    return number, "".join(d + draw(st.sampled_from(GAPS)) for d in digits[:-1]) + digits[-1]


@given(
    spaced(),
    st.sampled_from(["", "my card ", "卡号 ", "it is ", "الرقم ", "ok: "]),
    st.sampled_from(["", " thanks", "，对吗", " exp"]),
)
@settings(max_examples=400, deadline=None)
def test_every_card_is_found_whatever_its_gaps(card: tuple[str, str], before: str, after: str) -> None:
    number, written = card
    if len(set(number)) == 1:
        return
    text = before + written + after
    assert is_card(number)
    left = cut(text, find_secrets(text))
    digits = "".join(str(unicodedata.digit(c)) for c in left if c.isdigit())
    assert len(digits) < 4, (text, left)


@st.composite
def any_cards(draw: st.DrawFn) -> str:
    """13 to 19 digits with a right check digit, however they begin."""
    size = draw(st.integers(13, 19))
    rest = draw(st.text("0123456789", min_size=size - 1, max_size=size - 1))
    return rest + luhn.calc_check_digit(rest)


@given(any_cards(), st.sampled_from(GAPS), st.integers(1, 6), st.sampled_from(["", "😀👨‍👩‍👧 ", "٣ شاي "]))
@settings(max_examples=400, deadline=None)
def test_every_number_called_a_card_with_a_right_check_digit_is_cut(
    number: str, gap: str, size: int, before: str
) -> None:
    if len(set(number)) == 1:
        return
    written = gap.join(number[at : at + size] for at in range(0, len(number), size))
    text = f"{before}my card {written}"
    found = [s for s in find_secrets(text) if s.kind == "card"]
    assert [text[s.start : s.end] for s in found] == [written], text


@given(st.text(max_size=300))
@settings(max_examples=400, deadline=None)
def test_any_text_is_looked_through(text: str) -> None:
    finding = look(text)
    assert len(plain(text)) == len(text)
    assert all(0 <= s.start < s.end <= len(text) for s in finding.secrets)
    assert all(a.end <= b.start for a, b in zip(finding.secrets, finding.secrets[1:], strict=False))
    assert finding.text == cut(text, finding.secrets)
    assert heard(heard(text)) == heard(text)


@given(st.lists(st.sampled_from(["my", "pin", "is", "4821", "password", "Rover1952", "4111 1111 1111 1111", "code", "448 201", "then",
                                 "密码", "是", "GB82 WEST 1234 5698 7654 32", "at", "10:30", ",", ".", "\n", "one", "two"]), max_size=12))  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_what_was_cut_out_is_gone(words: list[str]) -> None:
    text = " ".join(words)
    finding = look(text)
    for secret in finding.secrets:
        was = text[secret.start : secret.end]
        if len(was) >= 9 and text.count(was) == 1:
            assert was not in finding.text
    assert "4111 1111 1111 1111" not in finding.text
    assert "GB82 WEST 1234 5698 7654 32" not in finding.text
