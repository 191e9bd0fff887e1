"""How a Chinese message sounds."""

from __future__ import annotations

import numpy as np
import pytest

from nlu.features import chinese, hashed, normal, tokens
from nlu.sounds import syllables


def heard(text: str) -> str:
    return " ".join(syllables(tokens(normal(text))))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("布要", "不要"), ("卡助了", "卡住了"), ("xia yi bu", "下一步"), ("haole", "好了"), ("Hao Le!", "好了"), ("說慢點", "说慢点"),
        ("我不會", "wo bu hui"),
    ],
)  # fmt: skip
def test_what_is_typed_by_sound_sounds_like_what_is_meant(written: str, meant: str) -> None:
    assert heard(written) == heard(meant) != ""


def test_words_that_are_no_pinyin_are_silent() -> None:
    assert heard("bluetooth WiFi 😀 12") == ""


def test_the_commonest_reading_counts() -> None:
    assert heard("还没弄好了吗") == "hai mei nong hao le ma"


def test_homophones_lie_nearer_by_sound() -> None:
    def cosine(one: str, other: str, by_sound: bool) -> float:
        a, b = (
            dict(zip(r.index, r.value, strict=True)) for r in (hashed([t], by_sound=by_sound) for t in (one, other))
        )
        product = sum(v * b.get(k, 0.0) for k, v in a.items())
        return float(product / np.sqrt(sum(v * v for v in a.values()) * sum(v * v for v in b.values())))

    assert cosine("布要", "不要", True) > cosine("布要", "不要", False) + 0.2


def test_a_language_is_told_by_most_of_its_sentences() -> None:
    assert chinese(["你好", "再说一遍", "ok"]) and not chinese(["hello", "say that again", "你好"])
