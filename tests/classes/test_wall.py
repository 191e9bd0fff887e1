"""What stands on the wall: two phones, one step, and nobody's name."""

from __future__ import annotations

import pytest

from bot.classes.wall import END, JOIN, moved, phones_for, steps_of, wall_of
from bot.classes.words import FOLDER
from bot.phrases import Phrases, placeholders
from bot.store.classes import Sitter
from bot.store.seat import Seat
from tests.talk import every_lesson, the_conversation

LESSONS = [(x.id, language) for language in ("en", "zh") for x in every_lesson().lessons(language)]


def lesson(id: str, language: str = "en"):  # type: ignore[no-untyped-def]
    found = every_lesson().lesson(id, language)
    assert found
    return found


def had(*makers: str) -> list[Sitter]:
    return [Sitter(Seat(number), maker=maker) for number, maker in enumerate(makers, 1)]


@pytest.mark.parametrize(
    ("makers", "language", "shown"),
    [
        ((), "en", ["samsung", "apple"]),
        ((), "zh", ["huawei", "xiaomi"]),
        (("", "", "xiaomi"), "en", ["xiaomi", "samsung"]),
        (("apple", "honor", "honor"), "zh", ["honor", "apple"]),
        (("google", "huawei", "huawei", "google", "samsung"), "en", ["google", "huawei"]),
        (("no-such-maker",), "en", ["samsung", "apple"]),
    ],
)
def test_the_two_phones_that_most_have(makers: tuple[str, ...], language: str, shown: list[str]) -> None:
    phones = phones_for(lesson("connect-wifi", language), had(*makers), the_conversation().phrases)
    assert [phone.maker for phone in phones] == shown


@pytest.mark.parametrize(("id", "language"), LESSONS)
def test_every_lesson_can_be_shown(id: str, language: str) -> None:
    """Each step has words for at least one phone, and forward then back is the way one came."""
    of, conversation = lesson(id, language), the_conversation()
    phones = phones_for(of, [], conversation.phrases)
    way, step = [JOIN], JOIN
    while step != END:
        step = moved(of, phones, step, "next")
        way.append(step)
        wall = wall_of(of, step, phones, conversation.screens, conversation.phrases)
        if step != END:
            assert any(column.words for column in wall.columns), step
            assert wall.number == len(way) - 1 and wall.of == len(steps_of(of, phones))
            assert all(column.picture is None or column.picture.alt for column in wall.columns)
    back = [step]
    while step != JOIN:
        step = moved(of, phones, step, "back")
        back.append(step)
    assert back[::-1] == way
    assert moved(of, phones, END, "next") == END and moved(of, phones, JOIN, "back") == JOIN
    assert moved(of, phones, "a-step-that-was-taken-out", "next") == way[1]


def test_where_the_phones_differ_each_has_its_own_words() -> None:
    of, conversation = lesson("connect-wifi"), the_conversation()
    phones = phones_for(of, [], conversation.phrases)
    alike = wall_of(of, "open-settings", phones, conversation.screens, conversation.phrases)
    differ = wall_of(of, "open-network", phones, conversation.screens, conversation.phrases)
    alone = wall_of(of, "open-list", phones, conversation.screens, conversation.phrases)
    assert alike.alike and not differ.alike
    assert ["Connections" in column.words for column in differ.columns] == [True, False]
    assert differ.short and not alike.short
    assert [bool(column.words) for column in alone.columns] == [True, False], "an iPhone has nothing to do here"


def test_the_words_of_a_class_are_the_same_keys_in_every_language() -> None:
    texts = Phrases.load(FOLDER).texts
    holes = {
        language: {key: sorted(set().union(*map(placeholders, wordings))) for key, wordings in own.items()}
        for language, own in texts.items()
    }
    assert set(holes) >= {"en", "zh"}
    for language, own in holes.items():
        assert own == holes["en"], language
