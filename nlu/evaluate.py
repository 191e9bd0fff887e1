"""The same sentences through either engine: how often it is right, how sure it is, how long it takes."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nlu.intent import Recognizer, Understanding

OUTSIDE = "out_of_scope"


class EvaluationError(Exception):
    """The file cannot be used; the message names the line and what to do."""


@dataclass(frozen=True)
class Row:
    """One sentence with what is right: `also_ok` are other intents that would do; `lesson` the one asked for."""

    text: str
    intent: str
    also_ok: tuple[str, ...] = ()
    lesson: str = ""


@dataclass
class Report:
    """Shares are 0 to 1; None where no row of that kind was there. Times in milliseconds, memory in MB."""

    rows: int = 0
    accuracy: float = 0.0
    per_intent: dict[str, tuple[int, int]] = field(default_factory=dict)  # intent -> (right, of)
    confusion: dict[tuple[str, str], int] = field(default_factory=dict)  # (right, heard) -> times, wrong ones only
    rejected: float | None = None  # of the out-of-scope rows
    falsely_rejected: float | None = None  # of the rest
    lesson_first: float | None = None
    lesson_among_three: float | None = None
    p50: float = 0.0
    p99: float = 0.0
    memory: float = 0.0
    misses: list[tuple[Row, Understanding]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "accuracy": round(self.accuracy, 4),
            "out_of_scope_rejected": _rounded(self.rejected),
            "falsely_rejected": _rounded(self.falsely_rejected),
            "lesson_first": _rounded(self.lesson_first),
            "lesson_among_three": _rounded(self.lesson_among_three),
            "p50_ms": round(self.p50, 2),
            "p99_ms": round(self.p99, 2),
            "memory_mb": round(self.memory, 1),
            "per_intent": {name: {"right": right, "of": of} for name, (right, of) in sorted(self.per_intent.items())},
            "confusion": [
                {"is": a, "heard": b, "times": n} for (a, b), n in sorted(self.confusion.items(), key=lambda p: -p[1])
            ],
        }


def read_rows(path: Path) -> list[Row]:
    """JSON lines {"text", "intent", "also_ok": [...], "lesson": id or null}. Raises EvaluationError with the line."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            rows.append(
                Row(
                    str(value["text"]),
                    str(value["intent"]),
                    tuple(value.get("also_ok") or ()),
                    value.get("lesson") or "",
                )
            )
        except (json.JSONDecodeError, KeyError, TypeError, AttributeError):
            raise EvaluationError(
                f'{path}:{number}: write an object such as {{"text": "hello", "intent": "greet", "also_ok": [], "lesson": null}}'
            ) from None
    if not rows:
        raise EvaluationError(f"{path}: there is no row in it")
    return rows


def evaluate(
    rows: Sequence[Row], recognizer: Recognizer, language: str, tick: Callable[[], None] = lambda: None
) -> Report:
    """Ask for every row. The first sentence warms up and is asked twice, so that loading is not counted."""
    recognizer.parse(rows[0].text, language)
    times, heard = [], []
    for row in rows:
        begun = time.perf_counter()
        heard.append(recognizer.parse(row.text, language))
        times.append((time.perf_counter() - begun) * 1000)
        tick()
    return _measured(rows, heard, sorted(times))


def _measured(rows: Sequence[Row], heard: Sequence[Understanding], times: list[float]) -> Report:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    confusion: defaultdict[tuple[str, str], int] = defaultdict(int)
    misses = []
    for row, u in zip(rows, heard, strict=True):
        total[row.intent] += 1
        if u.intent == row.intent or u.intent in row.also_ok:
            right[row.intent] += 1
        else:
            confusion[row.intent, u.intent] += 1
            misses.append((row, u))
    pairs = list(zip(rows, heard, strict=True))
    outside = [u.intent == OUTSIDE for row, u in pairs if row.intent == OUTSIDE]
    inside = [u.intent == OUTSIDE for row, u in pairs if row.intent != OUTSIDE and OUTSIDE not in row.also_ok]
    asked = [(row.lesson, [lesson for lesson, _ in u.lessons[:3]]) for row, u in pairs if row.lesson]
    return Report(
        rows=len(rows),
        accuracy=sum(right.values()) / len(rows),
        per_intent={name: (right[name], of) for name, of in total.items()},
        confusion=dict(confusion),
        rejected=_share(outside),
        falsely_rejected=_share(inside),
        lesson_first=_share([found[:1] == [lesson] for lesson, found in asked]),
        lesson_among_three=_share([lesson in found for lesson, found in asked]),
        p50=times[len(times) // 2],
        p99=times[min(len(times) - 1, int(len(times) * 0.99))],
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1048576 if sys.platform == "darwin" else 1024),
        misses=misses,
    )


def _share(values: Sequence[bool]) -> float | None:
    return sum(values) / len(values) if values else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
