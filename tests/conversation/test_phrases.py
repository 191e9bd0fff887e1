"""The phrase files, and the check that a volunteer has who rewords them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands.phrases import check_phrases
from bot.phrases import PhraseError, Phrases
from tests.talk import the_catalogue, the_conversation

EN = """
[step]
well = ["Good.", "Yes."]
[trip]
to_screen = "Go back to {screen}."
[button]
next = "Done"
"""
WRONG = {
    "phrase-missing": ('next = "好了"', ""),
    "phrase-unknown": ('next = "好了"', 'next = "好了"\nnexxt = "好了"'),
    "phrase-placeholders": ("回到{screen}。", "回到那一页。"),
    "phrase-braces": ("回到{screen}。", "回到{screen。"),
    "button-too-long": ('next = "好了"', 'next = "好了好了好了好了好了"'),
    "sentence-too-long": ('well = "好。"', 'well = "您从最下面往上一划看到一个个小图再点一下回来告诉我。"'),
    "word-not-ours": ('well = "好。"', 'well = "你好。"'),
    "two-questions": ('well = "好。"', 'well = "好吗？还是歇歇？"'),
    "stars": ('well = "好。"', 'well = "点**设置。"'),
}
ZH = '[step]\nwell = "好。"\n[trip]\nto_screen = "回到{screen}。"\n[button]\nnext = "好了"\n'


def test_the_shipped_phrases_are_well() -> None:
    assert [str(d) for d in check_phrases()] == []


@pytest.mark.parametrize("rule", WRONG)
def test_what_is_wrong_is_named_with_its_line(rule: str, tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text(EN, encoding="utf-8")
    right, wrong = WRONG[rule]
    (tmp_path / "zh.toml").write_text(ZH, encoding="utf-8")
    assert check_phrases(tmp_path) == []
    (tmp_path / "zh.toml").write_text(ZH.replace(right, wrong), encoding="utf-8")
    found = check_phrases(tmp_path)
    assert {d.rule for d in found} == {rule}
    assert found[0].path.endswith("zh.toml")


@pytest.mark.parametrize(
    "text, says", [("[step\nwell = 1", "en.toml"), ("[step]\nwell = 1", "step.well: write one text")]
)
def test_a_file_that_cannot_be_read_says_so(text: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text(text, encoding="utf-8")
    with pytest.raises(PhraseError, match=says):
        Phrases.load(tmp_path)


def test_wordings_are_said_in_turn() -> None:
    phrases = Phrases({"en": {"step.well": ("Good.", "Yes.")}})
    assert [phrases.say("step.well", "en", n) for n in range(3)] == ["Good.", "Yes.", "Good."]
    assert phrases.say("step.well", "xx", 1) == "Yes."


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_spoken_line_of_a_lesson_is_known_beforehand(language: str) -> None:
    """What a voice says in a walk through a lesson was foretold, so that its clip can be made ahead."""
    from tests.conversation.test_properties import walk_to_the_end
    from tests.talk import met

    conversation = the_conversation()
    system, maker = ("android", "samsung") if language == "en" else ("harmony", "huawei")
    own = set(conversation.own_lines(language))
    for lesson in the_catalogue().lessons(language):
        foretold = {*conversation.spoken_lines(lesson, system, maker), *own}
        talk = met(language, system, maker)
        talk.mean("find_lesson", lessons=((lesson.id, 1.0),))
        said: list[str] = []
        talk.said.clear()
        walk_to_the_end(talk, lesson.id)
        for reply in talk.said:
            said += (reply.spoken or "").split("\n")
        missing = [line for line in said if line and line not in foretold]
        assert not missing, missing


@pytest.mark.parametrize(
    ("wording", "spoken"),
    [
        ("Thank you, {name}.", "Thank you."),
        ("Hello {name}, this is Handrail.", "Hello, this is Handrail."),
        ("{name}，您来啦，真好。", "您来啦，真好。"),
        ("再会，{name}。白天晚上，我都在。", "再会。白天晚上，我都在。"),
        ("I call you {name}.", None),
    ],
)
def test_a_voice_leaves_out_the_name_that_only_calls(wording: str, spoken: str | None) -> None:
    """A name is never spoken ahead: with it the whole message would be spoken by another voice."""
    phrases = Phrases({"en": {"hello": (wording,)}})
    assert phrases.nameless("hello", "en", name="Rose") == spoken
    assert (spoken in phrases.fixed("en")) == (spoken is not None)


def test_the_voice_keeps_the_stars_for_the_pause_before_a_button() -> None:
    from tests.talk import met

    talk = (
        met("en", "android", "samsung")
        .mean("find_lesson", lessons=(("connect-wifi", 1.0),))
        .tap("i_know_it", "skip_this")
    )
    assert "**Settings**" in (talk.replies[0].spoken or "")


def test_every_lesson_has_a_name_that_fits_on_a_button() -> None:
    from bot.conversation.labels import fits
    from tests.talk import every_lesson

    phrases, catalogue = Phrases.load(), every_lesson()
    cut = [
        f"{language}: lesson_label.{lesson.id} ({lesson.title})"
        for language in catalogue.languages()
        for lesson in catalogue.lessons(language)
        if not fits(lesson.title, language) and not phrases.has(f"lesson_label.{lesson.id}", language)
    ]
    assert not cut, "their titles would be cut off on a button"
