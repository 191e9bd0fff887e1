"""When a learner means. It is Monday, 23 November 2026, ten in the morning."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.times import when

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/London"))

CASES = [
    ("en", "tomorrow at ten", "24 10:00"),
    ("en", "tomorrow afternoon", "24 15:00"),
    ("en", "thursday morning", "26 10:00"),
    ("en", "at half past three", "23 15:30"),
    ("en", "at 4 pm", "23 16:00"),
    ("en", "9 am", "24 09:00"),
    ("en", "in two hours", "23 12:00"),
    ("en", "tonight", "23 18:00"),
    ("zh", "明天上午十点", "24 10:00"),
    ("zh", "下午三点半", "23 15:30"),
    ("zh", "星期四", "26 10:00"),
    ("zh", "礼拜四早上", "26 10:00"),
    ("zh", "明天下午两点", "24 14:00"),
    ("zh", "后天", "25 10:00"),
    ("es", "mañana a las diez", "24 10:00"),
    ("es", "el jueves por la tarde", "26 15:00"),
    ("fr", "demain matin", "24 10:00"),
    ("ru", "завтра утром", "24 10:00"),
    ("en", "in half an hour", "23 10:30"),
    ("en", "tomorow at ten", "24 10:00"),
    ("en", "this evening", "23 18:00"),
    ("en", "at the weekend", "28 10:00"),
    ("en", "next week", "30 10:00"),
    ("en", "an hour later", "23 11:00"),
    ("zh", "半小时后", "23 10:30"),
    ("zh", "三天以后", "26 10:00"),
    ("zh", "明朝上午十点", "24 10:00"),
    ("zh", "聽日", "24 10:00"),
    ("zh", "下个礼拜", "30 10:00"),
    ("es", "en una hora", "23 11:00"),
    ("es", "dentro de dos días", "25 10:00"),
    ("es", "en media hora", "23 10:30"),
    ("es", "la semana que viene", "30 10:00"),
    ("fr", "dans une demi-heure", "23 10:30"),
    ("fr", "dans deux jours", "25 10:00"),
    ("ru", "через два дня", "25 10:00"),
    ("ru", "через час", "23 11:00"),
    ("ru", "в четверг", "26 10:00"),
    ("ar", "بعد ساعة", "23 11:00"),
    ("ar", "بعد يومين", "25 10:00"),
    ("ar", "بكره", "24 10:00"),
]


@pytest.mark.parametrize(("language", "words", "meant"), CASES)
def test_a_time_in_words(language: str, words: str, meant: str) -> None:
    found = when(words, language, NOW)
    assert found is not None
    assert found[0].strftime("%d %H:%M") == meant


@pytest.mark.parametrize("words", ["", "the cat", "ok", "三只猫"])
def test_no_time(words: str) -> None:
    assert when(words, "zh" if words and ord(words[0]) > 255 else "en", NOW) is None


@given(st.text(max_size=40), st.sampled_from(["en", "zh", "es", "fr", "ru", "ar"]))
def test_any_text_is_answered(words: str, language: str) -> None:
    found = when(words, language, NOW)
    assert found is None or found[0].tzinfo is not None
