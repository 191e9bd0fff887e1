"""The neural voice from this side of its pipe; the model itself is measured by bench/voice_words.py where it is installed."""

from __future__ import annotations

import importlib.util
import io
import sys
import tarfile
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from bot.commands.media import media
from media import kokoro, kokoro_zh
from media.build import LessonMedia, estimate
from media.cache import Cache
from media.kokoro import signs
from media.sound import Samples
from media.studio import Studio
from media.voice import Voices
from media.voice_engine import EngineDown, VoiceError
from media.voice_neural import NeuralEngine, lacks


class Natural:
    """An engine of several voices, one of them chosen."""

    name, about, live, splits = "neural", "a tone", False, "sentences"

    def __init__(self, voice: str) -> None:
        self.voice, self.said = voice, 0

    def can(self, language: str) -> bool:
        return True

    def missing(self) -> str:
        return ""

    def variant(self, language: str) -> str:
        return self.voice

    def speak(self, text: str, language: str) -> Samples:
        self.said += 1
        return np.sin(np.arange(24_000, dtype=np.float32) / 20) * np.float32(0.3)

    def close(self) -> None: ...


def put(folder: Path, *names: str) -> Path:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"\0" * 1024)
    return folder


def test_sounds_become_the_models_signs() -> None:
    """Sounds as eSpeak gives them, with ^ between the halves of one."""
    sounds = {"Tap": "tˈap", "go now": "ɡˌə^ʊ nˈa^ʊ", "judge": "d^ʒˈʌd^ʒ", "my chair": "ma^ɪ t^ʃˈe^ə"}
    assert signs("Tap, go now. judge!! my chair?", sounds.__getitem__) == "tˈap, ɡˌQ nˈW. ʤˈʌʤ! mI ʧˈɛː?"


def test_every_sign_that_is_made_is_one_that_the_model_knows() -> None:
    table = kokoro._table()
    assert len(table) == 114 and all(sign in table for _, new in kokoro.SIGNS for sign in new)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("12月24日 10点30分", "十二月二十四日 十点三十分"),
        ("2011年", "二零一一年"),
        ("一共12.50元", "一共十二点五零元"),
        ("40 %", "百分之四十"),
        ("0、10、105、1008、2300", "零、十、一百零五、一千零八、二千三百"),
        ("10010、200000、30500", "一万零一十、二十万、三万零五百"),
        ("007", "零零七"),
    ],
)
def test_figures_are_written_out_in_chinese(written: str, said: str) -> None:
    assert kokoro_zh.in_characters(written) == said


@pytest.mark.skipif(bool(kokoro_zh.missing()), reason="the packages for Chinese sounds are not installed")
def test_chinese_becomes_signs_that_the_model_knows() -> None:
    said = kokoro_zh.signs("点“WLAN”，女儿长大了。第3个，是四十二。", lambda words: "dˌʌ")
    assert "dˌʌ" in said and set(said) <= set(kokoro._table())
    assert said.count(",") == 2 and said.count(".") == 2


def test_a_piper_voice_goes_before_kokoro_and_a_lone_file_is_none(tmp_path: Path) -> None:
    put(tmp_path, "en/amy.onnx", "en/amy.onnx.json", "ru/lone.onnx", "kokoro/am_puck.bin", "kokoro/bf_emma.bin",
        "kokoro/zf_xiaoni.bin")  # fmt: skip
    found = NeuralEngine(tmp_path).found()
    assert [(one.engine, one.language, one.name) for one in found] == [
        ("piper", "en", "amy"), ("kokoro", "en", "bf_emma"), ("kokoro", "en", "am_puck"), ("kokoro", "zh", "zf_xiaoni"),
    ]  # fmt: skip


@pytest.mark.parametrize("folder", [None, "nothing"])
def test_without_a_voice_it_says_where_to_read_on(tmp_path: Path, folder: str | None) -> None:
    engine = NeuralEngine(tmp_path / folder if folder else None)
    assert not engine.can("en") and "handrail media voices" in engine.missing() and engine.variant("en") == ""
    with pytest.raises(EngineDown):
        engine.speak("Tap it once.", "en")


@pytest.mark.skipif(
    importlib.util.find_spec("piper") is None, reason="without piper-tts the engine is asked for nothing"
)
def test_a_file_that_is_no_voice_is_an_error_in_words(tmp_path: Path) -> None:
    put(tmp_path, "en/amy.onnx", "en/amy.onnx.json")
    with pytest.raises(VoiceError):
        NeuralEngine(tmp_path).speak("Tap it once.", "en")


def test_what_a_voice_needs_is_named(tmp_path: Path) -> None:
    put(tmp_path, "fr/x.onnx", "fr/x.onnx.json", "kokoro/bf_emma.bin")
    piper, bundled = NeuralEngine(tmp_path).found()
    assert lacks(piper) in ("", "pip install piper-tts (GPL-3; it runs in a process of its own)")
    assert lacks(bundled) in ("", "pip install 'handrail[neural]'")


def test_another_voice_means_the_whole_lesson_anew_and_the_old_one_speaks_until_then(tmp_path: Path) -> None:
    lines, cache = ["Tap it once.", "Do you see a list?"], Cache(tmp_path / "media")
    emma, george = Natural("emma"), Natural("george")
    before = Voices(cache, [emma])
    assert before.make_set("wifi", "en", lines)
    after = Voices(cache, [george])
    studio = Studio(tmp_path / "media", None, None, "espeak", voices=after)  # type: ignore[arg-type]
    wanted = [LessonMedia.of("wifi", "en", lines)]
    assert after.stale("wifi", "en", lines) == [], "the old voice is whole"
    assert estimate(wanted, studio).clips == 2 and estimate(wanted, studio).slow > 0, "and yet the new one is wanted"
    assert after.say("Tap it once.", "en", rate="usual", pace="telling", form="ogg") and george.said == 0
    made = after.make_set("wifi", "en", lines)
    assert made and made.variant == "george" and george.said == 2
    assert estimate(wanted, studio).clips == 0
    paths = {after.path("Tap it once.", "en", "neural", who) for who in ("emma", "george")}
    assert len(paths) == 2


def test_a_worker_that_cannot_start_is_told_in_words(tmp_path: Path) -> None:
    script = tmp_path / "worker.py"
    script.write_text("""print('{"error": "the model is damaged"}', flush=True)""")
    put(tmp_path, "en/amy.onnx", "en/amy.onnx.json")
    engine = NeuralEngine(tmp_path, command=[sys.executable, str(script)])
    with pytest.raises(EngineDown, match=r"the model is damaged|pip install"):
        engine.speak("Tap it once.", "en")


def test_the_speakers_are_taken_out_of_the_npm_package(tmp_path: Path) -> None:
    archive = tmp_path / "kokoro-js.tgz"
    with tarfile.open(archive, "w:gz") as made:
        for name, size in (("package/voices/bf_emma.bin", 2048), ("package/dist/kokoro.js", 10)):
            info = tarfile.TarInfo(name)
            info.size = size
            made.addfile(info, io.BytesIO(b"\0" * size))
    runner = CliRunner(env={"HANDRAIL_DATA": str(tmp_path / "data")})
    result = runner.invoke(media, ["voices", "--take", str(archive)])
    assert result.exit_code == 0, result.output
    assert "1 speakers are in" in result.output and "bf_emma" in result.output
    assert (tmp_path / "data" / "voices" / "kokoro" / "bf_emma.bin").stat().st_size == 2048
    wrong = runner.invoke(media, ["voices", "--take", __file__])
    assert wrong.exit_code == 1 and "cannot be read" in wrong.output


def test_voices_says_what_to_fetch(tmp_path: Path) -> None:
    result = CliRunner(env={"HANDRAIL_DATA": str(tmp_path)}).invoke(media, ["voices"])
    assert result.exit_code == 0
    for words in ("handrail[neural]", "npm pack kokoro-js", "pip install piper-tts", "MODEL_CARD", "none yet"):
        assert words in result.output
