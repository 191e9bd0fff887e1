"""Making ahead: whole sets by one voice, what is stale and nothing else, and going on after a stop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from lessons.model import Picture
from media.build import LessonMedia, build, estimate, kept_files, status
from media.cache import Cache
from media.studio import Studio
from media.voice import VoiceOrderError, Voices, engines_for, in_words, parse_order
from media.voice_espeak import EspeakEngine
from media.voice_gtts import GttsEngine
from tests.fakes.translate_server import TranslateServer, translate_server

WHEEL = Picture(screen="home", element="settings", system="android", alt="The wheel is ringed.")
WIFI = LessonMedia.of(
    "connect-wifi", "en", ["Tap **Wi-Fi** once.", "Do you see a list?", "👍", "Tap **Wi-Fi** once."], [WHEEL]
)
PHOTO = LessonMedia.of("send-photo", "zh", ["点一下**照片**。", "看到照片了吗？"])
Make = Callable[[], Studio]


@pytest.fixture
def google() -> Iterator[TranslateServer]:
    with translate_server() as server:
        yield server


@pytest.fixture
async def make(google: TranslateServer, tmp_path: Path) -> AsyncIterator[Make]:
    made: list[Studio] = []

    def maker() -> Studio:
        google_voice = GttsEngine(google.url, gap=0)
        voices = Voices(Cache(tmp_path / "media"), [google_voice, EspeakEngine()])
        made.append(
            Studio(
                tmp_path / "media", str(tmp_path), None, "gtts,espeak",  # type: ignore[arg-type]
                draw="tests.media.drawing_stand_in:draw", voices=voices,
            )
        )  # fmt: skip
        return made[-1]

    yield maker
    for studio in made:
        await studio.close()


def test_a_lesson_has_each_line_once_and_none_that_says_nothing() -> None:
    assert WIFI.lines == ("Tap **Wi-Fi** once.", "Do you see a list?")


async def test_everything_is_made_and_the_second_time_nothing(make: Make, google: TranslateServer) -> None:
    studio, told = make(), []
    ahead = estimate([WIFI, PHOTO], studio)
    assert (ahead.pictures, ahead.clips, ahead.requests) == (2, 4, 4)
    assert ahead.seconds > 2 and ahead.bytes > 10_000
    built = await build([WIFI, PHOTO], studio, lambda what, more: told.append((what, more)))
    assert set(built.engines.values()) == {"gtts"} and not built.lesser and not built.silent and not built.undrawn
    assert sum(more for what, more in told if what == "voices") == 4
    assert sum(more for what, more in told if what == "pictures") == 2
    assert len(google.asked) == 4
    assert all(one.complete and one.engine == "gtts" for one in status([WIFI, PHOTO], studio))
    again = estimate([WIFI, PHOTO], studio)
    assert (again.pictures, again.clips, again.requests) == (0, 0, 0)
    await build([WIFI, PHOTO], make())
    assert len(google.asked) == 4


async def test_what_was_built_is_what_the_running_bot_says(make: Make, google: TranslateServer) -> None:
    await build([WIFI], make())
    running = make()
    spoken = await running.voice("Tap **Wi-Fi** once.\nDo you see a list?", "en", pace="doing", rate="slower")
    espeak = running.voices.engines[1]
    assert spoken and isinstance(espeak, EspeakEngine) and espeak.worker is None, "eSpeak was not needed"
    mixed = await running.voice("Good morning, Mei.\nDo you see a list?", "en")
    assert mixed and espeak.worker is not None, "one message has one voice"
    assert len(google.asked) == 2


async def test_a_changed_line_is_stale_and_only_it_is_made(make: Make, google: TranslateServer) -> None:
    studio = make()
    await build([WIFI], studio)
    changed = LessonMedia.of("connect-wifi", "en", [WIFI.lines[0], "Do you see some names?"], WIFI.pictures)
    (now,) = status([changed], studio)
    assert now.stale == ("Do you see some names?",) and not now.complete
    assert estimate([changed], studio).clips == 1
    google.asked.clear()
    await build([changed], studio)
    assert [text for text, _ in google.asked] == ["Do you see some names?"]
    assert status([changed], studio)[0].complete


async def test_a_changed_list_of_readings_makes_its_language_stale(make: Make) -> None:
    studio = make()
    await build([WIFI, PHOTO], studio)
    from dataclasses import replace

    studio.voices.readings["en"] = replace(studio.voices.readings["en"], version="another")
    assert [len(one.stale) for one in status([WIFI, PHOTO], studio)] == [2, 0]


async def test_a_lesson_never_changes_its_voice_half_way(make: Make, google: TranslateServer) -> None:
    studio = make()
    google.behave("ok", always="429")
    built = await build([WIFI, PHOTO], studio)
    assert built.engines == {("connect-wifi", "en"): "espeak", ("send-photo", "zh"): "espeak"}
    assert len(built.lesser) == 2
    assert len(google.asked) == 3, "one good answer, one refusal and one more try, then no more"
    assert [one.lesser for one in status([WIFI, PHOTO], studio)] == [True, True]
    assert await studio.voice(WIFI.lines[0], "en"), "spoken by eSpeak, though Google's clip of this one line is there"
    assert studio.voices.spoken_ahead([WIFI.lines[0]], "en") == [studio.voices.path(WIFI.lines[0], "en", "espeak")]

    google.asked.clear()
    google.behave()
    later = make()
    assert estimate([WIFI], later).requests == 1, "what Google did before is not asked again"
    built = await build([WIFI, PHOTO], later)
    assert set(built.engines.values()) == {"gtts"} and not built.lesser
    assert WIFI.lines[0] not in [text for text, _ in google.asked]
    assert not any(one.lesser for one in status([WIFI, PHOTO], later))


async def test_without_a_network_espeak_speaks_the_whole_set(tmp_path: Path) -> None:
    dead = GttsEngine("http://127.0.0.1:9", gap=0)
    voices = Voices(Cache(tmp_path / "media"), [dead, EspeakEngine()])
    studio = Studio(tmp_path / "media", str(tmp_path), None, "espeak", voices=voices)  # type: ignore[arg-type]
    built = await build([LessonMedia.of("connect-wifi", "en", WIFI.lines), PHOTO], studio)
    assert set(built.engines.values()) == {"espeak"} and not built.silent
    await studio.close()


async def test_no_engine_at_all_is_told_and_pictures_are_drawn_all_the_same(make: Make) -> None:
    studio = make()
    welsh = LessonMedia.of("connect-wifi", "cy", ["Tapiwch unwaith."], [WHEEL])
    built = await build([welsh], studio)
    assert built.silent == [("connect-wifi", "cy")] and not built.undrawn
    assert estimate([welsh], studio).clips == 0


async def test_a_picture_that_cannot_be_drawn_stops_nothing(make: Make) -> None:
    broken = Picture(screen="home", element="x", state="broken")
    built = await build([LessonMedia.of("a", "en", WIFI.lines, [broken, WHEEL])], make())
    assert set(built.undrawn) == {broken} and built.engines


async def test_stopped_in_the_middle_it_goes_on_from_there(make: Make, google: TranslateServer) -> None:
    many = LessonMedia.of("long", "en", [f"This is line number {n}." for n in range(1, 9)])
    studio, halfway = make(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def told(what: str, more: int) -> None:
        if len(google.asked) >= 3:
            loop.call_soon_threadsafe(halfway.set)

    building = asyncio.create_task(build([many], studio, told))
    await halfway.wait()
    building.cancel()
    with pytest.raises(asyncio.CancelledError):
        await building
    asked = len(google.asked)
    assert 3 <= asked < 8
    assert status([many], studio)[0].engine == "", "half a set is no set"
    await build([many], make())
    assert len(google.asked) == 8, "no line was asked for twice"


async def test_pruning_spares_the_voices_of_lessons(make: Make) -> None:
    studio = make()
    await build([WIFI], studio)
    await studio.voice("Something else.", "en")
    studio.cache.prune(0, keep=kept_files(studio))
    left = status([WIFI], studio)[0]
    assert not left.stale and left.engine == "gtts" and left.undrawn == 2
    assert not list((studio.cache.folder / "messages").rglob("*.ogg"))


@pytest.mark.parametrize(
    ("order", "names"), [("gtts,neural,espeak", ["gtts", "neural", "espeak"]), (" ESPEAK ", ["espeak"])]
)
def test_the_order_of_engines(order: str, names: list[str]) -> None:
    assert [engine.name for engine in engines_for(order)] == names
    told = in_words(order)
    assert [line.split(":")[0] for line in told] == list(parse_order(order))


@pytest.mark.parametrize("order", ["gtts,piper", "", ","])
def test_an_unknown_engine_is_named(order: str) -> None:
    with pytest.raises(VoiceOrderError, match="HANDRAIL_VOICE"):
        parse_order(order)


def test_it_is_said_that_google_reads_the_text_and_that_neural_is_not_there() -> None:
    google, neural, espeak = in_words("gtts,neural,espeak")
    assert "unofficial Google service" in google and "not here" in neural and "without a network" in espeak
