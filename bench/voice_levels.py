"""How every lesson sounds: `python bench/voice_levels.py [LANGUAGE] [ENGINE] [LESSON]`: pace, loudness, peaks, silence.

Spoken anew into a folder that is thrown away, unless the engine is neural: then HANDRAIL_DATA's clips are used.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.commands.media import everything
from bot.house import House
from bot.settings import load_settings
from media.cache import Cache
from media.studio import voice_folder
from media.voice import Voices, engines_for
from tests.media.speech_measures import Measured, measure
from tests.media.test_voice_lessons import messages_of


def spread(values: list[float]) -> str:
    ordered = sorted(values)
    return f"{ordered[0]:.1f} to {ordered[-1]:.1f}, half of them {statistics.median(ordered):.1f} and more"


def main(language: str = "en", engine_name: str = "espeak", lesson: str = "") -> int:
    settings = load_settings()
    found: list[Measured] = []
    with tempfile.TemporaryDirectory() as temporary:
        engine = engines_for([engine_name], voice_folder(settings.data / "media"))[0]
        if not engine.can(language):
            print(f"Not measured: {engine.missing() or f'{engine_name} does not speak {language}'}")
            return 0
        folder = settings.data / "media" if engine_name == "neural" else Path(temporary)
        voices = Voices(Cache(folder), [engine])
        bad = 0
        for one in everything(House(settings), language, lesson or None):
            if engine_name == "neural":
                voices.make_set(one.lesson, language, one.lines)
            for text in messages_of(one):
                measured = measure(voices, text, language)
                found.append(measured)
                if measured.wrong():
                    bad += 1
                    print(f"{one.lesson}: {', '.join(measured.wrong())}: {text!r}")
        engine.close()
    print(
        f"{language}, {engine_name}: {len(found)} messages, {sum(m.seconds for m in found) / 3600:.1f} hours, {bad} odd"
    )
    print(f"  a minute      {spread([m.rate for m in found])} {'characters' if language == 'zh' else 'words'}")
    print(f"  loudness      {spread([m.loudness for m in found])} LUFS")
    print(f"  highest peak  {max(m.peak for m in found):.2f} of full scale")
    print(
        f"  silence       before {max(m.before for m in found):.2f} s, after {max(m.after for m in found):.2f} s at most"
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
