"""gTTS against a server of our own that answers, refuses, hangs and breaks off like the real one. No real waiting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from media import sound
from media.clip import record
from media.reading import load
from media.voice_engine import EngineDown, VoiceError
from media.voice_gtts import GttsEngine
from tests.fakes.translate_server import TranslateServer, speech, translate_server

STEP = "Look for the grey wheel called **Settings**. Tap it once, then wait a moment."


@dataclass
class Time:
    """A clock that goes on only when somebody sleeps."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def clock(self) -> float:
        return self.now


@pytest.fixture
def google() -> Iterator[TranslateServer]:
    speech("Tap it once.")  # made beforehand, so that a busy machine answers in time
    with translate_server() as server:
        yield server


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def engine(google: TranslateServer, time: Time) -> Iterator[GttsEngine]:
    made = GttsEngine(google.url, timeout=1.0, sleep=time.sleep, clock=time.clock)
    yield made
    made.close()


def test_a_sentence_is_one_request_and_keeps_its_full_stop(engine: GttsEngine, google: TranslateServer) -> None:
    record(STEP, "en", engine)
    assert google.asked == [
        ("Look for the grey wheel called, Settings.", "en"),
        ("Tap it once, then wait a moment.", "en"),
    ]


def test_a_long_chinese_line_is_cut_at_commas_only_where_it_must_be(
    engine: GttsEngine, google: TranslateServer
) -> None:
    line = "找到灰色的齿轮，下面写着设置，点一下，" * 6 + "就好了。"
    record(line, "zh", engine)
    assert "".join(text for text, _ in google.asked) == line
    assert [language for _, language in google.asked] == ["zh-CN", "zh-CN"]
    assert google.asked[0][0].endswith("，")


def test_the_pauses_that_google_makes_are_found_and_named(engine: GttsEngine) -> None:
    clip = record(STEP, "en", engine)
    assert [kind for kind, _ in clip.pieces] == ["", "name", "sentence", "clause"]
    assert abs(sound.loudness(sound.joined([s for _, s in clip.pieces], 0)) - sound.LOUDNESS) < 1


def test_about_one_request_a_second(engine: GttsEngine, time: Time) -> None:
    for word in ("One thing.", "Another thing.", "A third thing."):
        engine.speak(word, "en")
    assert time.now == pytest.approx(2.0)


@pytest.mark.parametrize(
    "trouble", ["429", "500", "403", "empty", "short", "noise", "redirect", "hang", "cut", "trickle"]
)
def test_one_trouble_is_tried_again_and_forgotten(
    trouble: str, engine: GttsEngine, google: TranslateServer, time: Time
) -> None:
    google.behave(trouble)
    assert sound.seconds(engine.speak("Tap it once.", "en")) > 0.3
    assert len(google.asked) == 2
    assert max(time.slept) >= 1, "it waits before it asks again"


@pytest.mark.parametrize("trouble", ["429", "403", "hang", "cut"])
def test_after_a_refusal_or_a_dead_line_it_asks_no_more(
    trouble: str, engine: GttsEngine, google: TranslateServer
) -> None:
    google.behave(always=trouble)
    with pytest.raises(EngineDown):
        engine.speak("Tap it once.", "en")
    with pytest.raises(EngineDown):
        engine.speak("Another sentence.", "en")
    assert len(google.asked) == 2, "one try and one more, then nothing"
    assert engine.missing()


@pytest.mark.parametrize("trouble", ["500", "empty", "short", "noise", "redirect"])
def test_a_text_that_it_cannot_say_is_told_and_the_second_one_ends_it(
    trouble: str, engine: GttsEngine, google: TranslateServer
) -> None:
    google.behave(always=trouble)
    with pytest.raises(VoiceError) as first:
        engine.speak("Tap it once.", "en")
    assert not isinstance(first.value, EngineDown)
    with pytest.raises(EngineDown):
        engine.speak("Another sentence.", "en")
    assert len(google.asked) == 4


def test_after_a_rest_it_is_tried_again(engine: GttsEngine, google: TranslateServer, time: Time) -> None:
    google.behave("429", "429")
    with pytest.raises(EngineDown):
        engine.speak("Tap it once.", "en")
    time.sleep(601)
    assert len(engine.speak("Tap it once.", "en"))


def test_no_network_at_all(time: Time) -> None:
    engine = GttsEngine("http://127.0.0.1:9", timeout=1.0, sleep=time.sleep, clock=time.clock)
    with pytest.raises(EngineDown, match="network"):
        engine.speak("Tap it once.", "en")
    assert time.now < 5


def test_certificates_are_checked(engine: GttsEngine) -> None:
    assert engine._session.merge_environment_settings("https://translate.google.com", {}, True, None, None)["verify"]


def test_nothing_to_say_asks_nobody(engine: GttsEngine, google: TranslateServer) -> None:
    assert record(load("en").say("👍 ..."), "en", engine).pieces == ()
    assert google.asked == []
