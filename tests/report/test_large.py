"""The report on a hundredth of a large programme, as `python -m bench.report` makes it: it ends well and says its figures."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_hundredth_of_a_large_programme(tmp_path: Path) -> None:
    told = tmp_path / "figures.json"
    done = subprocess.run(
        [sys.executable, "-m", "bench.report", "--hundredth", "--json", str(told)], cwd=ROOT, capture_output=True, text=True
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(told.read_text(encoding="utf-8"))
    assert figures["learners"] == 1000 and figures["events"] > 150_000
    assert {"first screen, one centre", "one learner", "CSV, memory in MB"} <= figures.keys()
