"""Words, portions and button data, as tables and by property."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.words import as_html, data_of, in_portions, plain, sentences, tap_buttons, tap_of, units
from bot.messages import Button, Tap
from tests.fakes.bot_api_rules import check_text


@pytest.mark.parametrize(
    ("words", "html"),
    [
        ("Tap **Settings** once.", "Tap <b>Settings</b> once."),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("**<b>** stays", "<b>&lt;b&gt;</b> stays"),
        ("two ** stars", "two ** stars"),
        ("打开“**设置**”，点一下。", "打开“<b>设置</b>”，点一下。"),
        ("**a** and **b**", "<b>a</b> and <b>b</b>"),
    ],
)
def test_words_become_html(words: str, html: str) -> None:
    assert as_html(words) == html


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("One. Two! Three? Four", ["One. ", "Two! ", "Three? ", "Four"]),
        ("一句。两句！三句？好", ["一句。", "两句！", "三句？", "好"]),
        ('He said "Go." Then he went.', ['He said "Go." ', "Then he went."]),
        ("他说“好。”走了。", ["他说“好。”", "走了。"]),
        ("Tap **Wait. Now.** once. Done.", ["Tap **Wait. Now.** once. ", "Done."]),
        ("A line\nanother", ["A line\n", "another"]),
        ("Version 3.5 is here.", ["Version 3.5 is here."]),
    ],
)
def test_sentences_end_where_they_end(words: str, parts: list[str]) -> None:
    assert sentences(words) == parts


def test_what_fits_stays_whole() -> None:
    assert in_portions("Short. Words.", 1024) == ["Short. Words."]


@pytest.mark.parametrize(
    "sentence", ["This is one sentence. ", "这是一句话。", "No end at all ", "😀", "x", "**a b** "]
)
@pytest.mark.parametrize("last", [1024, 4096])
@pytest.mark.parametrize("length", [1000, 1100, 4090, 4100, 9000])
def test_portions_fit_and_lose_nothing(sentence: str, last: int, length: int) -> None:
    words = (sentence * (length // len(sentence) + 1)).strip()
    portions = in_portions(words, last)
    assert "".join("".join(portions).split()) == "".join(words.split())
    assert all(units(plain(p)) <= 4096 for p in portions) and units(plain(portions[-1])) <= last
    for portion in portions:
        check_text(as_html(portion), "HTML")


@given(st.text(alphabet="ab. 。！**\n<&>😀", max_size=9000), st.sampled_from([200, 1024, 4096]))
def test_any_words_are_cut_into_portions_that_fit(words: str, last: int) -> None:
    for portion in in_portions(words, last)[:-1]:
        assert units(plain(portion)) <= 4096
    assert units(plain(in_portions(words, last)[-1]).strip()) <= last if words.strip() else True


@given(st.text(max_size=200))
def test_html_is_always_read(words: str) -> None:
    if plain(words).strip():
        check_text("x" + as_html(words), "HTML")


@pytest.mark.parametrize(
    ("data", "tap"),
    [
        ("1:12:next", Tap(12, "next")),
        ("1:12:go:send-photo", Tap(12, "go:send-photo")),
        ("2:12:next", Tap(-1, "")),
        ("1:x:next", Tap(-1, "")),
        ("1:99999999999:next", Tap(-1, "")),
        ("", Tap(-1, "")),
        ("help", Tap(-1, "")),
    ],
)
def test_what_a_button_sends_back_is_read(data: str, tap: Tap) -> None:
    assert tap_of(data) == tap


def test_a_button_never_carries_more_than_telegram_takes() -> None:
    assert data_of(7, "next") == "1:7:next" and tap_of(data_of(7, "a:b")) == Tap(7, "a:b")
    buttons = tap_buttons(
        123456, [Button("next", "Done"), Button("x" * 80, "Long"), Button("说" * 30, "长"), Button("a", " ")]
    )
    assert [b.label for b in buttons] == ["Done"]


def test_a_link_is_passed_on_by_telegrams_own_page_and_only_where_there_is_one() -> None:
    share = (Button("share", "Send the link"),)
    [button] = tap_buttons(3, share, "https://t.me/a_bot?start=f-x&y")
    assert button.address == "https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fa_bot%3Fstart%3Df-x%26y"
    assert tap_buttons(3, share)[0].address == ""
    assert tap_buttons(3, (Button("next", "Done"),), "https://t.me/x")[0].address == ""
