"""One lesson built with the natural voice, as an operator builds it, and written down again by a recogniser."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.media.voice_packages import NotHere, fetched

ROOT = Path(__file__).parent.parent.parent
LESSON = "connect-wifi"
MOST = 10.0  # per cent of all words that a small recogniser may get wrong


def _python(words: list[str], env: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=env, capture_output=True, text=True, timeout=1800, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _clips(data: Path) -> set[Path]:
    found = set((data / "media" / "clips").rglob("*.ogg"))
    assert len(found) > 50
    return found


@pytest.mark.voice
def test_a_lesson_built_with_the_natural_voice_is_understood(tmp_path: Path) -> None:
    try:
        packages, speakers = fetched()
    except NotHere as why:
        pytest.skip(str(why))
    env = {
        **os.environ,
        "PYTHONPATH": str(packages),
        "HANDRAIL_DATA": str(tmp_path),
        "HANDRAIL_VOICE": "neural",
        "COLUMNS": "200",
    }
    handrail = ["-c", "import sys; from bot.cli import main; sys.exit(main())", "media"]
    told = _python([*handrail, "voices", "--take", str(speakers)], env)
    assert re.search(r"en +kokoro +bf_emma +speaks", told), told

    built = _python([*handrail, "build", "--language", "en", "--lesson", LESSON], env)
    assert "1 spoken by neural." in built, built

    clips = _clips(tmp_path)
    heard = _python(["-m", "bench.voice_words", LESSON, "neural"], env)
    print(heard)
    found = re.search(r"(\d+) words, \d+ errors, ([\d.]+)% word errors", heard)
    assert found, heard
    assert int(found[1]) > 300 and float(found[2]) < MOST, heard
    assert _clips(tmp_path) == clips, "what was built is not spoken again"
