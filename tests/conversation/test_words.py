"""Names as on the learner's own phone, and steps that are not too long with the way there and back."""

from __future__ import annotations

import pytest

from bot.conversation.labels import fit, fits
from bot.conversation.words import Namer, first_sentence, length
from bot.phrases import Phrases
from lessons.model import OnScreen, PhoneName, Plain
from tests.conversation.test_properties import walk_to_the_end
from tests.talk import met, the_catalogue


class TwoNames:
    """A screen library with one row: known on a Samsung, guessed elsewhere."""

    def has(self, screen: str, element: str = "", state: str = "") -> bool:
        return True

    def ids(self) -> dict[str, tuple[str, ...]]:
        return {"settings": ("network",)}

    def name(self, screen: str, element: str, *, system: str, maker: str, language: str) -> PhoneName | None:
        if element != "network":
            return None
        if language == "zh":
            return PhoneName("连接")
        return (
            PhoneName("Connections") if maker == "samsung" else PhoneName("Network", False, ("Connections", "Network"))
        )


WORDS = (Plain("Tap "), OnScreen("settings", "network", "Network & internet"), Plain("."))


def namer(maker: str = "samsung", phone: str = "en", language: str = "en") -> Namer:
    return Namer(TwoNames(), Phrases.load(), "android", maker, phone, language)


def test_a_thing_is_named_as_on_the_phone() -> None:
    assert namer().text(WORDS) == "Tap **Connections**."


def test_another_language_on_the_phone_stands_first() -> None:
    zh = (Plain("点"), OnScreen("settings", "network", "连接"), Plain("。"))
    assert namer(phone="en", language="zh").text(zh) == "点**Connections**（连接）。"
    assert namer(phone="zh", language="en").text(WORDS) == "Tap **连接** (Connections)."


def test_where_we_are_not_sure_the_likely_names_are_said() -> None:
    said = namer(maker="").text(WORDS)
    assert said == "Tap **Network**. It may also be called **Connections**."


def test_what_has_no_name_keeps_the_writers_word() -> None:
    assert namer().text((OnScreen("settings", "wheel", "the wheel"),)) == "**the wheel**"


@pytest.mark.parametrize(
    "label, language, fitted",
    [
        ("Done", "en", "Done"),
        ("find, open and leave an app", "en", "Find, open and leave"),
        ("把字放得大一点再大一点", "zh", "把字放得大一点再"),
    ],
)
def test_buttons_are_cut_at_words(label: str, language: str, fitted: str) -> None:
    assert fit(label, language) == fitted
    assert fits(fitted, language)


def test_the_first_sentence() -> None:
    assert first_sentence("A box. It has lights.") == "A box."
    assert first_sentence("小盒子。有灯。") == "小盒子。"
    assert first_sentence("At 1.45 pounds. More.") == "At 1.45 pounds."


PHONES = {
    "en": (("android", "samsung"), ("android", "google"), ("iphone", "apple")),
    "zh": (("harmony", "huawei"), ("android", "xiaomi"), ("iphone", "apple")),
}
MOST = {"en": 38, "zh": 68}  # 35 and 55, and the shortest way to say "come back"; likely names on top


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_step_is_short_with_the_way_there_and_back(language: str) -> None:
    for system, maker in PHONES[language]:
        for lesson in the_catalogue().lessons(language):
            talk = met(language, system, maker)
            talk.mean("find_lesson", lessons=((lesson.id, 1.0),))
            talk.said.clear()
            walk_to_the_end(talk, lesson.id)
            glossary = the_catalogue().terms(language).values()
            for reply in talk.said:
                lines = reply.words.replace("**", "").split("\n\n")
                lines = [w for w in lines if not any(w.startswith((f"{e.word}:", f"{e.word}：")) for e in glossary)]
                if reply.step and reply.step[0] > 1:
                    said = sum(length(line) for line in lines[1:])
                    assert said <= MOST[language], (lesson.id, system, maker, said, lines)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_lessons_of_drawings_are_looked_at_here(language: str) -> None:
    talk = met(language)
    talk.mean("find_lesson", lessons=(("spot-scam-message", 1.0),)).tap("skip_this", "next")
    assert not any(w in talk.words for w in ("come back", "Out", "回来", "出去", "出门"))
