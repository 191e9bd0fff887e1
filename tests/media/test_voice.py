"""Real speech from eSpeak, measured: pace, pauses, loudness, peaks, silence, size."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from media import sound
from media.cache import Cache
from media.pace import PAUSES, estimated_seconds, pauses, words_a_minute
from media.phrasing import phrases, words_in
from media.reading import load
from media.voice import Voices
from media.voice_espeak import VOICES, EspeakEngine

ENGLISH = (
    "Look for the grey wheel called **Settings**. Tap it once, and wait a moment.\n"
    "A long list will open. Then come back to me.\n"
    "Do you see a long list?"
)
CHINESE = (
    "找到灰色的齿轮，下面写着**设置**，点一下，等一等。\n一长串字就出来了，看好了再回到我这里来。\n看到一长串字了吗？"
)
OTHERS = {
    "yue": "搵灰色嘅齒輪，撳一下。",
    "es": "Busque la rueda gris que se llama **Ajustes**. Tóquela una vez.",
    "fr": "Cherchez la roue grise qui s'appelle **Réglages**. Touchez-la une fois.",
    "ar": "ابحث عن العجلة الرمادية، ثم المسها مرة واحدة.",
    "ru": "Найдите серое колёсико **Настройки**. Нажмите один раз.",
}


@pytest.fixture(scope="module")
def voices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Voices]:
    made = Voices(Cache(tmp_path_factory.mktemp("cache")), [EspeakEngine()])
    yield made
    made.close()


def speech(voices: Voices, text: str, language: str, pace: str = "telling", rate: str = "usual") -> sound.Samples:
    voice = voices.say(text, language, rate=rate, pace=pace, form="ogg")
    assert voice
    samples = sound.decode(voice.path)
    assert abs(voice.seconds - sound.seconds(samples)) < 0.1
    return samples


@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["en", "zh"])
@pytest.mark.parametrize(
    ("pace", "latin", "chinese"), [("telling", (138, 152), (180, 195)), ("doing", (124, 131), (160, 170))]
)
def test_the_pace_is_the_one_asked_for(
    voices: Voices, text: str, pace: str, latin: tuple[int, int], chinese: tuple[int, int]
) -> None:
    language, (low, high) = ("en", latin) if text == ENGLISH else ("zh", chinese)
    spoken = sound.trim(speech(voices, text, language, pace))
    assert low <= words_in(text) / sound.seconds(spoken) * 60 <= high


@pytest.mark.media
@pytest.mark.parametrize(("language", "text"), [("en", ENGLISH), ("zh", CHINESE)])
@pytest.mark.parametrize("pace", ["telling", "doing"])
def test_slower_and_faster_move_the_pauses_and_not_the_speech(
    voices: Voices, language: str, text: str, pace: str
) -> None:
    spoken = {rate: sound.trim(speech(voices, text, language, pace, rate)) for rate in ("slower", "usual", "faster")}
    lengths = [len(spoken[rate]) for rate in ("slower", "usual", "faster")]
    assert lengths[0] > lengths[1] * 1.05 > lengths[1] > lengths[2]
    voiced = [int(sound.loud_frames(samples).sum()) for samples in spoken.values()]
    assert max(voiced) < min(voiced) * 1.05


def test_the_longest_pause_is_before_the_name_of_a_button(voices: Voices) -> None:
    spoken = sound.trim(speech(voices, "Look for the wheel called **Settings**, and tap it.", "en", "doing"))
    silences = [(b - a) / sound.RATE for a, b in sound.inner_silences(spoken, 0.25)]
    assert len(silences) == 2
    assert PAUSES["name"][0] <= silences[0] <= PAUSES["name"][2] + 0.2
    assert PAUSES["clause"][0] <= silences[1] <= PAUSES["clause"][2] + 0.2


@pytest.mark.parametrize(("language", "text"), [("en", ENGLISH), ("zh", CHINESE), *OTHERS.items()])
def test_loudness_peaks_and_silence(voices: Voices, language: str, text: str) -> None:
    samples = speech(voices, text, language)
    assert abs(sound.loudness(samples) - sound.LOUDNESS) < 1
    assert float(np.abs(samples).max()) < 10 ** (-1 / 20)
    loud = np.flatnonzero(sound.loud_frames(samples))
    assert loud[0] * 0.01 < 0.3
    assert sound.seconds(samples) - loud[-1] * 0.01 < 0.7


def fundamental(samples: sound.Samples) -> float:
    """The median pitch in Hz, by autocorrelation of the louder half of the speech."""
    n, found = round(0.04 * sound.RATE), []
    frames = [samples[i : i + n] - samples[i : i + n].mean() for i in range(0, len(samples) - n, n)]
    loud = np.median([np.square(f).mean() for f in frames])
    low, high = sound.RATE // 450, sound.RATE // 60
    for frame in frames:
        echo = np.correlate(frame, frame, "full")[n - 1 :]
        peak = low + int(echo[low:high].argmax())
        if np.square(frame).mean() > loud and echo[peak] > 0.5 * echo[0]:
            found.append(sound.RATE / peak)
    return float(np.median(found))


@pytest.mark.parametrize("language", VOICES)
def test_the_voice_is_low_enough_for_old_ears(voices: Voices, language: str) -> None:
    samples = speech(voices, {"en": ENGLISH, "zh": CHINESE, **OTHERS}[language], language)
    assert 90 < fundamental(samples) < 220


def test_the_size_is_what_a_slow_line_carries(voices: Voices) -> None:
    voice = voices.say(ENGLISH, "en", rate="usual", pace="telling", form="ogg")
    page = voices.say(ENGLISH, "en", rate="usual", pace="telling", form="mp3")
    assert voice and page
    assert 1000 < voice.path.stat().st_size / voice.seconds < 3000
    assert page.path.stat().st_size / page.seconds < 4500
    assert voice.path.read_bytes()[:4] == b"OggS" and b"OpusHead" in voice.path.read_bytes()[:100]
    assert page.path.suffix == ".mp3" and abs(page.seconds - voice.seconds) < 0.3


@pytest.mark.parametrize("text", ["", "   \n ", "👍", "...", "**", "\n\n—\n"])
def test_nothing_to_say_is_no_voice_and_no_error(voices: Voices, text: str) -> None:
    assert voices.say(text, "en", rate="usual", pace="telling", form="ogg") is None


ODD = [
    "A",
    "1",
    "日",
    "x" * 400,
    "<speak>&amp;</speak>",
    "tab\tand \x00 nul",
    "**unclosed",
    "****",
    "a\u200fb",
    "?!?!a",
    "،",
    "ﷺ",
]


@pytest.mark.parametrize("text", ODD)
def test_odd_text_does_no_harm(voices: Voices, text: str) -> None:
    voices.say(text, "en", rate="usual", pace="telling", form="ogg")
    assert voices.say("Still here.", "en", rate="usual", pace="telling", form="ogg")


# --- the pure parts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "clauses"),
    [
        ("Tap it once.", [("", "Tap it once.")]),
        ("Tap it, then wait.", [("", "Tap it,"), ("clause", "then wait.")]),
        ("Tap **Settings** once. Good.", [("", "Tap,"), ("name", "Settings once."), ("sentence", "Good.")]),
        ("**Settings**.", [("", "Settings.")]),
        ("Tap **Sound, vibration: more**.", [("", "Tap,"), ("name", "Sound, vibration: more.")]),
        ("It costs 3.50 or 1,000.", [("", "It costs 3.50 or 1,000.")]),
        ("点一下**设置**，好了。", [("", "点一下，"), ("name", "设置，"), ("clause", "好了。")]),
        ("...", []),
    ],
)
def test_a_line_is_cut_where_a_person_draws_breath(line: str, clauses: list[tuple[str, str]]) -> None:
    assert [(p.before, p.text) for p in phrases(line)] == clauses
    whole = phrases(line, "sentences")
    assert "".join(p.text for p in whole).replace(" ", "") == "".join(text for _, text in clauses).replace(" ", "")
    assert sum(1 + len(p.inside) for p in whole) == len(clauses)


SPOKEN = st.text(st.sampled_from("ab Z9.,;:!?*-—…()“”'设置，。！？：；、\n"), max_size=60)


@given(SPOKEN)
def test_cutting_loses_and_adds_no_letter(line: str) -> None:
    letters = [c for c in line if c.isalnum()]
    for splits in ("clauses", "sentences"):
        found = phrases(line, splits)
        assert [c for p in found for c in p.text if c.isalnum()] == letters
        assert all(any(c.isalnum() for c in p.text) for p in found)
        assert not found or found[0].before == ""
        assert all(0 < place < 1 for p in found for place, _ in p.inside)


@given(st.text(max_size=60))
def test_reading_takes_any_text(line: str) -> None:
    for language in ("en", "zh", "ru"):
        said = load(language).say(line, "espeak")
        assert all(c == "\n" or c.isprintable() or c.isspace() for c in said)


def test_pauses_fit_the_pace_and_keep_their_bounds() -> None:
    gaps = pauses(["name", "sentence", "clause"], speech=4.0, words=15, language="en", pace="doing", rate="usual")
    assert 4.0 + sum(gaps) == pytest.approx(15 / words_a_minute("en", "doing", "usual") * 60, abs=0.05)
    assert gaps[0] > gaps[1] > gaps[2]
    hurried = pauses(["name", "clause"], speech=60, words=5, language="en", pace="telling", rate="usual")
    assert hurried == pytest.approx([PAUSES["name"][0], PAUSES["clause"][0]])
    endless = pauses(["name", "clause"], speech=1, words=500, language="en", pace="telling", rate="slower")
    assert endless == pytest.approx([PAUSES["name"][2], PAUSES["clause"][2]])
    assert pauses([], 1, 1, "en", "telling", "usual") == []


@pytest.mark.parametrize(("language", "text"), [("en", ENGLISH), ("zh", CHINESE)])
def test_the_estimate_is_near_the_truth(voices: Voices, language: str, text: str) -> None:
    assert estimated_seconds(text) == pytest.approx(sound.seconds(speech(voices, text, language)), rel=0.15)


def test_loudness_is_that_of_the_standard() -> None:
    """BS.1770: a sine of 997 Hz at full scale in one channel is -3.01 LUFS; -20 dB is -20 dB; silence has none."""
    sine = np.sin(2 * np.pi * 997 * np.arange(5 * sound.RATE) / sound.RATE).astype(np.float32)
    assert sound.loudness(sine) == pytest.approx(-3.01, abs=0.1)
    assert sound.loudness(sine / 10) == pytest.approx(-23.01, abs=0.1)
    assert sound.loudness(np.concatenate([sine, sound.silence(5)])) == pytest.approx(-3.01, abs=0.3), "gated"
    assert sound.loudness(sound.silence(2)) == -math.inf


@pytest.mark.parametrize("reach", [1, 2, 7, 120])
def test_the_lowest_near_is_the_lowest_near(reach: int) -> None:
    values = np.random.default_rng(3).random(500)
    plain = [values[max(0, i - reach) : i + reach + 1].min() for i in range(500)]
    assert np.array_equal(sound._lowest_near(values, reach), plain)


def test_a_peak_is_held_down_without_clipping() -> None:
    noise = np.random.default_rng(7).normal(0, 0.05, sound.RATE).astype(np.float32)
    noise[12_000] = 3.0
    held = sound.hold_peaks(noise)
    assert float(np.abs(held).max()) <= sound.PEAK + 1e-6
    assert np.array_equal(held[:10_000], noise[:10_000]), "far from the peak nothing changes"


def test_a_damaged_clip_is_made_again(voices: Voices) -> None:
    path = voices.make("This one is damaged.", "en", voices.engines[0])
    path.write_bytes(b"OggS nothing more")
    with pytest.raises(Exception, match="no sound"):
        voices.say("This one is damaged.", "en", rate="usual", pace="telling", form="ogg")
    assert voices.say("This one is damaged.", "en", rate="usual", pace="telling", form="ogg")


def test_everything_stands_in_the_cache_folder(voices: Voices) -> None:
    voices.say("Where is it?", "en", rate="usual", pace="telling", form="ogg")
    assert {p.name for p in Path(voices.cache.folder).iterdir()} <= {"clips", "messages", "locks", "sets"}
