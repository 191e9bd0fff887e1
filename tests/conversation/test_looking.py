"""Look, don't touch yet: a lesson about money or identity is walked on its pictures before the real phone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.looking import two_things
from bot.conversation.words import Namer
from bot.phrases import Phrases
from tests.talk import Talk, every_lesson, met, the_conversation

PHONES = {"en": ("android", "samsung"), "zh": ("harmony", "huawei")}


def risky(language: str) -> Talk:
    """Somebody who asks for a lesson that touches their identity, as `connect-wifi` does not."""
    talk = met(language, *PHONES[language])
    whole = the_conversation().catalogue
    lesson = replace(whole.lesson("connect-wifi", language), risk="id")  # type: ignore[type-var]
    catalogue = replace(whole, taught={**whole.taught, ("connect-wifi", language): lesson})  # type: ignore[attr-defined, type-var]
    talk.conversation = replace(the_conversation(), catalogue=catalogue)
    return talk.mean("find_lesson", lessons=(("connect-wifi", 1.0),)).tap("i_know_it", "skip_this")


def look_at_all(talk: Talk) -> list[str]:
    """Walk on until the phone is offered; what was asked on the way."""
    asked = []
    for _ in range(20):
        if talk.session.asked == "look_done":
            break
        asked.append(talk.session.asked)
        choices = [b.choice for b in talk.buttons]
        talk.tap("look_right" if "look_right" in choices else "look_on")
    return asked


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_is_looked_at_then_the_phone_is_offered(language: str) -> None:
    talk = risky(language)
    steps = talk.conversation.catalogue.lesson("connect-wifi", language).steps_for(*PHONES[language])  # type: ignore[union-attr]
    assert look_at_all(talk) == [f"look:{n}" for n in range(len(steps))]
    assert "step_shown" not in talk.names, "nothing was to be done yet"
    talk.tap("on_my_phone")
    assert talk.session.asked == "step"
    assert talk.session.place and talk.session.place.step == steps[0].id


def test_two_things_of_one_page_and_no_ring_to_give_it_away() -> None:
    talk = risky("en")
    choices = {b.choice: b.label for b in talk.buttons}
    assert choices["look_right"] == "Settings"
    assert choices["look_other"] != "Settings"
    assert talk.replies[-1].picture and talk.replies[-1].picture.element == ""


def test_the_other_thing_is_no_mistake_the_ring_shows_it() -> None:
    talk = risky("en").tap("look_other")
    assert talk.replies[-1].picture and talk.replies[-1].picture.element == "settings"
    assert [b.choice for b in talk.buttons] == ["look_on", "help"]
    assert not {"not_found", "stuck"} & set(talk.names)
    assert talk.tap("look_on").session.asked == "look:1"


@pytest.mark.parametrize("way", [("help", "went_wrong", "does_not_work"), ("help", "went_wrong", "i_am_lost")])
def test_help_while_looking_comes_back_to_the_same_page(way: tuple[str, ...]) -> None:
    talk = risky("en").tap("look_right").tap(*way)
    assert talk.session.asked == "look:1"
    assert not {"not_found", "stuck"} & set(talk.names)


@pytest.mark.parametrize("intent", ["stuck", "show_picture", "simpler"])
def test_who_cannot_tell_is_shown(intent: str) -> None:
    assert risky("en").mean(intent).replies[-1].picture.element == "settings"  # type: ignore[union-attr]


def test_the_answer_in_words_is_a_choice() -> None:
    assert risky("en").say("Settings").session.asked == "look:1"


def test_whoever_leaves_while_looking_looks_again_and_touches_nothing() -> None:
    talk = risky("en").tap("look_right").mean("pause", reason="day")
    talk.wait(days=1)
    talk.mean("resume")
    for _ in range(3):
        if talk.session.asked.startswith("look:"):
            break
        talk.tap(talk.buttons[0].choice)
    assert talk.session.asked == "look:0"


def test_once_looked_at_the_lesson_begins_at_once() -> None:
    talk = risky("en")
    look_at_all(talk)
    talk.tap("on_my_phone").mean("restart_lesson").tap("skip_this")
    assert talk.session.asked == "step"


def test_pages_of_two_things_are_asked_about_in_the_shipped_lessons() -> None:
    """On the phones of each language at least a third of the pages of a risky lesson have two things to choose from."""
    phrases, screens = Phrases.load(), the_conversation().screens
    for language, (system, maker) in PHONES.items():
        namer = Namer(screens, phrases, system, maker, language, language)
        for lesson in every_lesson().lessons(language):
            steps = lesson.steps_for(system, maker)
            if lesson.risk == "none" or not steps or not steps[0].picture or steps[0].picture.screen != "home":
                continue
            asked = [s.id for s in steps if two_things(namer, s)]
            assert len(asked) * 3 >= len(steps), (language, lesson.id, asked)
