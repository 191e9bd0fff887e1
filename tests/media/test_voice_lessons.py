"""What lessons really say, spoken and measured: messages from lessons all through the shelf, in both languages."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

import pytest

from bot.commands.media import everything
from bot.house import House
from bot.settings import load_settings
from media.build import LessonMedia
from media.cache import Cache
from media.voice import Voices
from media.voice_espeak import EspeakEngine
from tests.media.speech_measures import measure

EVERY_LESSON, EVERY_MESSAGE = 9, 6  # which part of them; bench/voice_levels.py measures all


@pytest.fixture(scope="module")
def voices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Voices]:
    made = Voices(Cache(tmp_path_factory.mktemp("cache")), [EspeakEngine()])
    yield made
    made.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return House(load_settings(data=tmp_path_factory.mktemp("data")))


def messages_of(one: LessonMedia) -> list[str]:
    """Three lines a message, as a step has."""
    return ["\n".join(one.lines[n : n + 3]) for n in range(0, len(one.lines), 3)]


@pytest.mark.media
@pytest.mark.parametrize(("language", "low", "high"), [("en", 125, 165), ("zh", 160, 220)])
def test_lessons_are_spoken_evenly(voices: Voices, house: House, language: str, low: int, high: int) -> None:
    texts = [t for one in everything(house, language, None)[::EVERY_LESSON] for t in messages_of(one)[::EVERY_MESSAGE]]
    assert len(texts) > 20
    found = {text: measure(voices, text, language) for text in texts}
    wrong = [f"{', '.join(one.wrong())}: {text}" for text, one in found.items() if one.wrong()]
    assert not wrong, "\n".join(wrong)
    assert low <= statistics.median(one.rate for one in found.values()) <= high
