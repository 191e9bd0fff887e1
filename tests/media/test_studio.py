"""The studio: never blocks, never raises, makes nothing twice, and closes cleanly."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from PIL import Image

from lessons.model import Picture
from media import sound
from media.cache import Cache
from media.studio import Studio
from media.voice import Voices
from media.voice_engine import EngineDown
from media.voice_espeak import EspeakEngine

WHEEL = Picture(screen="home", element="settings", system="android", alt="The grey wheel is ringed.")
Make = Callable[..., Studio]


@pytest.fixture
async def make(tmp_path: Path) -> AsyncIterator[Make]:
    made: list[Studio] = []

    def maker(**given: object) -> Studio:
        made.append(
            Studio(
                tmp_path / "cache",
                str(tmp_path),
                tmp_path,
                "espeak",
                draw="tests.media.drawing_stand_in:draw",
                **given,  # type: ignore[arg-type]
            )
        )
        return made[-1]

    yield maker
    for studio in made:
        await studio.close()


def drawn(tmp_path: Path) -> list[str]:
    return (tmp_path / "drawn").read_text().splitlines() if (tmp_path / "drawn").exists() else []


async def test_a_black_screen_is_a_picture_of_its_own(make: Make) -> None:
    studio = make()
    assert studio.picture_path(WHEEL) != studio.picture_path(WHEEL.on("", "", "", dark=True))


async def test_a_picture_is_drawn_once_and_then_found(make: Make, tmp_path: Path) -> None:
    studio = make()
    first = await studio.picture(WHEEL)
    assert first and Image.open(first).size == (80, 60)
    assert await studio.picture(WHEEL) == first
    assert await make().picture(WHEEL) == first, "another studio on the same folder"
    cropped = await studio.picture(WHEEL, crop=True)
    assert cropped and Image.open(cropped).size == (40, 60)
    assert len(drawn(tmp_path)) == 2


async def test_ten_who_ask_at_once_wait_for_one_drawing(make: Make, tmp_path: Path) -> None:
    studio = make()
    paths = await asyncio.gather(*(studio.picture(WHEEL) for _ in range(10)))
    assert len(set(paths)) == 1 and paths[0]
    assert len(drawn(tmp_path)) == 1


async def test_one_who_stops_waiting_spoils_it_for_nobody(make: Make, tmp_path: Path) -> None:
    studio = make()
    gone, stays = asyncio.create_task(studio.picture(WHEEL)), asyncio.create_task(studio.picture(WHEEL))
    await asyncio.sleep(0)
    gone.cancel()
    assert await stays
    assert len(drawn(tmp_path)) == 1


async def test_an_own_picture_that_changed_is_drawn_anew(make: Make, tmp_path: Path) -> None:
    studio, own = make(), Picture(own="lamp.png", ring=(0, 0, 50, 50))
    Image.new("RGB", (4, 4), "red").save(tmp_path / "lamp.png")
    red = await studio.picture(own)
    Image.new("RGB", (4, 4), "blue").save(tmp_path / "lamp.png")
    blue = await studio.picture(own)
    assert red and blue and red != blue
    assert Image.open(blue).getpixel((0, 0)) == (0, 0, 255)


@pytest.mark.parametrize("state", ["broken", "dies", pytest.param("hangs", marks=pytest.mark.media)])
async def test_a_picture_that_fails_is_none_and_one_line_in_the_log(
    state: str, make: Make, caplog: pytest.LogCaptureFixture
) -> None:
    studio = make(patience=6.0 if state == "hangs" else 30.0)
    with caplog.at_level(logging.WARNING):
        assert await studio.picture(Picture(screen="home", element="x", state=state)) is None
    assert len(caplog.records) == 1 and "home#x" in caplog.text
    assert await studio.picture(WHEEL), "the next one is drawn all the same"


async def test_a_worker_that_was_killed_is_replaced(make: Make) -> None:
    assert await make().picture(Picture(screen="home", state="dies-once"))


async def test_it_may_be_warmed_up_and_a_renderer_that_does_not_load_raises_nothing(
    make: Make, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    studio = make()
    await studio.warm()
    assert studio._pool and await studio.picture(WHEEL)
    broken = Studio(tmp_path / "cache", str(tmp_path), None, "espeak", draw="tests.media.no_such_module:draw")  # type: ignore[arg-type]
    await broken.warm()
    assert await broken.picture(Picture(screen="other")) is None
    await broken.close()
    assert "other#" in caplog.text


async def test_a_voice_is_spoken_once_and_then_found(make: Make) -> None:
    studio = make()
    voices = await asyncio.gather(*(studio.voice("Tap it once.\nGood.", "en", pace="doing") for _ in range(5)))
    assert len({v.path for v in voices if v}) == 1 and voices[0]
    assert voices[0].seconds == pytest.approx(sound.length(voices[0].path))
    before = voices[0].path.stat().st_mtime_ns
    again = await make().voice("Tap it once.\nGood.", "en", pace="doing")
    assert again == voices[0] and again.path.stat().st_mtime_ns == before
    page = await studio.voice("Tap it once.\nGood.", "en", pace="doing", format="mp3")
    assert page and page.path.suffix == ".mp3"


async def test_what_cannot_be_spoken_is_none(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    studio = make()
    with caplog.at_level(logging.WARNING):
        assert await studio.voice("", "en") is None
        assert await studio.voice("🎉", "en") is None
        assert not caplog.records, "nothing to say is nothing wrong"
        assert await studio.voice("Guten Tag", "xx") is None
        assert len(caplog.records) == 1 and "'xx'" in caplog.text


async def test_gtts_is_never_asked_while_the_bot_runs(make: Make, tmp_path: Path) -> None:
    class Service:
        name, about, live, splits = "gtts", "", False, "sentences"

        def can(self, language: str) -> bool:
            return True

        def missing(self) -> str:
            return ""

        def speak(self, text: str, language: str) -> sound.Samples:
            raise AssertionError("a learner's words must not leave the machine")

        def close(self) -> None: ...

    studio = make(voices=Voices(Cache(tmp_path / "cache"), [Service(), EspeakEngine()]))
    assert await studio.voice("Good morning, Mei.", "en")


class Missing(EspeakEngine):
    def missing(self) -> str:
        return "eSpeak NG is not installed: run `make install`."


async def test_without_any_engine_it_says_what_to_do(
    make: Make, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    studio = make(voices=Voices(Cache(tmp_path / "cache"), [Missing()]))
    assert await studio.voice("Good morning.", "en") is None
    assert "make install" in caplog.text


async def test_the_loop_goes_on_meanwhile(make: Make) -> None:
    studio, turns = make(), 0

    async def other_work() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0.005)
            turns += 1

    other = asyncio.create_task(other_work())
    work: list[Awaitable[object]] = [studio.picture(WHEEL), studio.voice("Look for the grey wheel. " * 4, "en")]
    await asyncio.gather(*work)
    other.cancel()
    assert turns > 5


async def test_closed_it_makes_nothing_more_and_leaves_no_process(make: Make) -> None:
    studio = make()
    await studio.picture(WHEEL)
    await studio.voice("Good.", "en")
    pool = studio._pool
    assert pool
    workers = list(pool._processes.values())
    espeak = studio.voices.engines[0]
    assert isinstance(espeak, EspeakEngine)
    running = espeak.worker
    await studio.close()
    await studio.close()
    assert not any(worker.is_alive() for worker in workers)
    assert running and running.poll() is not None
    assert await studio.picture(Picture(screen="new")) is None
    assert await studio.voice("New.", "en") is None


# --- eSpeak's process -----------------------------------------------------------------------------------


def test_espeak_is_started_again_when_it_was_killed() -> None:
    engine = EspeakEngine()
    assert len(engine.speak("One.", "en"))
    assert engine.worker
    engine.worker.kill()
    assert len(engine.speak("Two.", "en"))
    engine.close()


def test_an_espeak_that_hangs_is_ended(tmp_path: Path) -> None:
    import sys

    script = tmp_path / "hangs.py"
    script.write_text("import sys, time\nprint('{\"ready\": 22050}', flush=True)\ntime.sleep(60)\n")
    engine = EspeakEngine(command=[sys.executable, str(script)], timeout=0.3)
    with pytest.raises(Exception, match="twice"):
        engine.speak("One.", "en")
    assert engine.worker is None
    engine.close()


def test_an_espeak_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    import sys

    script = tmp_path / "missing.py"
    script.write_text('print(\'{"error": "its data files are missing"}\', flush=True)\n')
    engine = EspeakEngine(command=[sys.executable, str(script)])
    with pytest.raises(EngineDown, match="data files"):
        engine.speak("One.", "en")
    assert not engine.can("en") and "data files" in engine.missing()
    engine.close()
