"""The held-apart sets: well formed, covering every intent, without near twins inside and with none in the training data."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz import fuzz, process, utils

from nlu.examples import read_examples
from nlu.intent import INTENTS

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SETS = sorted(HERE.glob("*.jsonl"))
KEYS = {"text", "intent", "also_ok", "lesson"}
WRITTEN = {p.parent.name for p in (ROOT / "lessons").glob("*/??.md")} - {"glossary"}
# The languages that learners have today are measured closely, the others until a set is large enough to tell anything.
FLOORS = {"en": {"rows": 520, "intent": 10, "find_lesson": 90, "out_of_scope": 70, "lesson": 10}}
FLOORS["zh"] = FLOORS["en"]
SMALL = {"rows": 120, "intent": 2, "find_lesson": 14, "out_of_scope": 12, "lesson": 2}
# Below four different words a ratio over words says nothing: "yes" would be the twin of every sentence with a yes in it.
FEWEST_WORDS = 4


def rows_of(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def words(text: str) -> str:
    """Lower case, no punctuation, a space between words; Chinese characters stand singly."""
    return " ".join(re.sub(r"([\u3400-\u9fff])", r" \1 ", utils.default_process(text)).split())


def same(a: str, b: str) -> bool:
    return " ".join(a.lower().split()) == " ".join(b.lower().split())


def twins(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Index pairs that are equal, or nearly so: a token-set ratio of 90 or more."""
    spaced_left, spaced_right = [words(t) for t in left], [words(t) for t in right]
    near = process.cdist(spaced_left, spaced_right, scorer=fuzz.token_set_ratio, score_cutoff=90)
    only_signs = np.array([not t for t in spaced_left])[:, None]
    for i, j in np.argwhere((near >= 90) | only_signs):
        if same(left[i], right[j]) or (near[i, j] >= 90 and _comparable(spaced_left[i], spaced_right[j])):
            yield int(i), int(j)


def _comparable(one: str, other: str) -> bool:
    """The few words of a short sentence stand somewhere in many a long story, and mean nothing there."""
    fewer, more = sorted((len(set(one.split())), len(set(other.split()))))
    return fewer >= FEWEST_WORDS and fewer * 2 >= more


@pytest.mark.parametrize("path", SETS, ids=lambda p: p.stem)
def test_every_row_is_well_formed(path: Path) -> None:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        row, place = json.loads(line), f"{path.name}:{number}"
        assert set(row) == KEYS, f"{place}: a row has exactly {sorted(KEYS)}"
        assert row["text"] == row["text"].strip() != "", f"{place}: empty, or blanks at an end"
        assert row["intent"] in INTENTS, f"{place}: no intent is called {row['intent']!r}"
        unknown = set(row["also_ok"]) - set(INTENTS) | ({row["intent"]} & set(row["also_ok"]))
        assert not unknown, f"{place}: also_ok holds {sorted(unknown)}"
        assert len(row["also_ok"]) <= 3, f"{place}: what may be nearly anything measures nothing"
        if row["lesson"] is not None:
            assert row["intent"] == "find_lesson", f"{place}: only find_lesson has a lesson"
            assert row["lesson"] in WRITTEN, f"{place}: no lesson {row['lesson']!r} is written yet; say null"


@pytest.mark.parametrize("path", SETS, ids=lambda p: p.stem)
def test_there_is_enough_of_everything(path: Path) -> None:
    rows, floor = rows_of(path), FLOORS.get(path.stem, SMALL)
    intents = Counter(row["intent"] for row in rows)
    lessons = Counter(row["lesson"] for row in rows if row["lesson"])
    assert len(rows) >= floor["rows"]
    assert [i for i in INTENTS if intents[i] < floor.get(i, floor["intent"])] == []
    assert len(lessons) >= 7
    assert [lesson for lesson, count in lessons.items() if count < floor["lesson"]] == []


@pytest.mark.parametrize("path", SETS, ids=lambda p: p.stem)
def test_no_two_rows_say_the_same(path: Path) -> None:
    texts = [row["text"] for row in rows_of(path)]
    found = [
        f"{path.name}:{i + 1} and :{j + 1}: {texts[i]!r} and {texts[j]!r}" for i, j in twins(texts, texts) if i < j
    ]
    assert found == []


@pytest.mark.parametrize("path", SETS, ids=lambda p: p.stem)
def test_no_row_stands_in_the_training_data(path: Path) -> None:
    """The message shows the training sentence and only the place of the row: who trains must not read the row."""
    texts = [row["text"] for row in rows_of(path)]
    examples, _ = read_examples(path.stem)
    found = [
        f"{Path(examples[j].path).relative_to(ROOT)}:{examples[j].line}: {examples[j].text!r} is nearly the held-apart "
        f"{path.name}:{i + 1}; write another sentence there"
        for i, j in twins(texts, [e.text for e in examples])
    ]
    assert found == [], "\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("how do I send a photo", "How do I send a photo?", True),
        ("send a photo to Anna please", "please, a photo to Anna, send", True),
        ("怎么把照片发给孙子", "怎么把照片发给我孙子", True),
        ("你好", "你好", True),
        ("😀", "😀", True),
        ("😀", "👍", False),
        ("yes", "yes I can see the list", False),
        ("the letters are too small", "she speaks far too fast for me", False),
        ("怎么连上无线网", "电视机没有信号了", False),
    ],
)
def test_twins_are_recognised(one: str, other: str, expected: bool) -> None:
    assert bool(list(twins([one], [other]))) is expected
