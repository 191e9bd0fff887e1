"""The guard on its labelled messages: how much is found, how often wrongly, and the time of one message.

python -m bench.safety            figures of each set
python -m bench.safety --shown    and what was missed or wrongly taken
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.commands.safety import SURE, Sentences
from bot.safety import Finding, look
from tests.safety.sets import Figures, rows, secrets_of, told_of

OTHERS = ("code", "password", "id", "account", "iban")
WITH_SENTENCES = {"tricked": "tricked", "danger": "emergency"}


def with_sentences(what: str) -> tuple[Figures, int] | None:
    """The held-apart trouble by words or by learned sentences, in the languages that were learned; how many rows."""
    sentences, learned = Sentences(), set()

    def seen(text: str, language: str) -> Finding:
        finding = look(text, language)
        sure = sentences.chances(finding.text, language)
        if sure:
            learned.add(language)
        meaning = WITH_SENTENCES[what]
        told = getattr(finding, what) or sure.get(meaning, 0.0) >= SURE[meaning]
        return Finding(tricked=bool(told), danger="body" if told else "")

    figures = told_of("trouble_apart", what, seen)
    return (figures, len(rows("trouble_apart"))) if learned else None


def line(name: str, figures: Figures, *kinds: str) -> str:
    there = sum(figures.there[k] for k in kinds or figures.there)
    return (
        f"{name:34} found {figures.recall(*kinds):7.1%} of {there:4}   "
        f"false alarms {figures.false_alarms:6.1%} of {figures.innocent:4}"
    )


def main() -> None:
    shown = "--shown" in sys.argv
    for apart in ("", "_apart", "-held"):
        secrets = secrets_of(f"secrets{apart}", look)
        print(line(f"cards{apart}", secrets, "card"))
        print(line(f"other secrets{apart}", secrets, *OTHERS))
        told = {
            f"tricks{apart}": told_of(f"scams{apart}", "warn", look),
            f"tricked{apart}": told_of(f"trouble{apart}", "tricked", look),
            f"danger{apart}": told_of(f"trouble{apart}", "danger", look),
        }
        for name, figures in told.items():
            print(line(name, figures))
        # Who reads what the held set misses can no longer measure with it.
        for figures in (secrets, *told.values()) if shown and apart != "-held" else ():
            print(*(f"  missed  {x}" for x in figures.missed), *(f"  wrongly {x}" for x in figures.alarms), sep="\n")
    for what in WITH_SENTENCES:
        if found := with_sentences(what):
            print(line(f"{what}_apart, with the sentences", found[0]))
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
