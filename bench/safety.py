"""The guard on its labelled messages: how much is found, how often wrongly, and the time of one message.

python -m bench.safety            figures of each set
python -m bench.safety --shown    and what was missed or wrongly taken
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.safety import look
from bot.safety.judge import Judge
from nlu.encoder import UniversalEncoder
from tests.safety.sets import Figures, rows, secrets_of, told_of

WHAT = {"warn": "scams", "tricked": "trouble", "danger": "trouble"}  # what is asked -> the sets that are asked
OTHERS = ("code", "password", "id", "account", "iban")


def line(name: str, figures: Figures, *kinds: str) -> str:
    there = sum(figures.there[k] for k in kinds or figures.there)
    return (
        f"{name:34} found {figures.recall(*kinds):7.1%} of {there:4}   "
        f"false alarms {figures.false_alarms:6.1%} of {figures.innocent:4}"
    )


def tell(figures: Figures, apart: str, shown: bool) -> None:
    """What was missed and wrongly taken. Who reads what a held set misses can no longer measure with it."""
    if shown and "held" not in apart:
        print(*(f"  missed  {x}" for x in figures.missed), *(f"  wrongly {x}" for x in figures.alarms), sep="\n")


def main() -> None:
    shown = "--shown" in sys.argv
    for apart in ("", "_apart", "-held"):
        secrets = secrets_of(f"secrets{apart}", look)
        print(line(f"cards{apart}", secrets, "card"))
        print(line(f"other secrets{apart}", secrets, *OTHERS))
        tell(secrets, apart, shown)
    guards = {"words alone": look, "with the judge": Judge(UniversalEncoder().encode).look}
    for apart in ("", "_apart", "-held", "_odd", "_odd-held"):
        for name, guard in guards.items():
            for what, of in WHAT.items():
                figures = told_of(f"{of}{apart}", what, guard)
                print(line(f"{what}{apart}, {name}", figures))
                tell(figures, apart, shown and guard is not look)
    everything = [
        (r["text"], r["language"]) for n in ("secrets", "scams", "trouble") for a in ("", "_apart") for r in rows(n + a)
    ]
    times = []
    for text, language in everything:
        begun = time.process_time()
        look(text, language)
        times.append((time.process_time() - begun) * 1000)
    times.sort()
    print(f"one message: {times[len(times) // 2]:.2f} ms, 99 of 100 under {times[len(times) * 99 // 100]:.2f} ms")


if __name__ == "__main__":
    main()
