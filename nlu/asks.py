"""What people say to ask for each lesson of the curriculum, written or only planned: `asks/<language>.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from nlu.examples import Fault
from nlu.twins import near_twins, spaced

ASKS = Path(__file__).parent / "asks"
ENOUGH = {"en": 14, "zh": 14}  # asks for a lesson; in the other languages ENOUGH_ELSEWHERE
ENOUGH_ELSEWHERE = 8
# Below this likeness of all their words a pair is a contrast worth having, not a twin: one more word makes "answer a call"
# into "answer a video call", which is another lesson.
ALIKE = 85
_TABLE = re.compile(r"^\s*\[\s*([^\]]+?)\s*\]")


@dataclass(frozen=True)
class Ask:
    """One line of a file, and where it stands."""

    text: str
    lesson: str
    path: str
    line: int


def ask_languages(folder: Path = ASKS) -> tuple[str, ...]:
    return tuple(sorted(p.stem for p in folder.glob("*.toml")))


def read_asks(language: str, folder: Path = ASKS) -> tuple[dict[str, tuple[str, ...]], list[Fault]]:
    """Lesson id -> its asks, and what could not be read. A table with a fault is left out and never hides the others."""
    path = folder / f"{language}.toml"
    if not path.is_file():
        return {}, []
    try:
        text = path.read_text(encoding="utf-8")
        tables = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        place = re.search(r"at line (\d+)", str(error))
        return {}, [Fault(str(path), int(place.group(1)) if place else 1, f"not readable as TOML: {error}")]
    found: dict[str, tuple[str, ...]] = {}
    faults: list[Fault] = []
    for lesson, table in tables.items():
        asks = table.get("asks") if isinstance(table, dict) and list(table) == ["asks"] else None
        if not isinstance(asks, list) or not _only_texts(asks):
            message = f'{lesson}: write the table [{lesson}] and in it only asks = ["...", "..."]'
            faults.append(Fault(str(path), _line_of(text, lesson), message))
        else:
            found[lesson] = tuple(asks)
    return found, faults


def check_asks(language: str, lessons: Collection[str], folder: Path = ASKS) -> list[Fault]:
    """Unknown and missing lessons, too few asks, one ask under two lessons, near twins (token-set ratio 90 or more).

    `lessons` are the ids of the curriculum."""
    asks, faults = read_asks(language, folder)
    path = folder / f"{language}.toml"
    if not path.is_file():
        return [Fault(str(path), 1, "there is no such file; write a table [lesson-id] with asks for each lesson")]
    text = path.read_text(encoding="utf-8", errors="replace")
    for lesson in asks:
        if lesson not in lessons:
            near = process.extractOne(lesson, sorted(lessons), scorer=fuzz.ratio)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            faults.append(Fault(str(path), _line_of(text, lesson), f"no lesson is called {lesson!r}{hint}"))
    enough = ENOUGH.get(language, ENOUGH_ELSEWHERE)
    unreadable = {f.message.partition(":")[0] for f in faults}
    for lesson in lessons if asks else ():
        have = len(asks.get(lesson, ()))
        if have < enough and lesson not in unreadable:
            message = f"{lesson} has {have} asks; write {enough - have} more"
            faults.append(Fault(str(path), _line_of(text, lesson), message))
    faults += _repeated(list(_placed(asks, path, text)))
    return sorted(faults, key=lambda f: (f.path, f.line))


def _only_texts(asks: list[object]) -> bool:
    return bool(asks) and all(isinstance(a, str) and a.strip() for a in asks)


def _repeated(asks: list[Ask]) -> Iterator[Fault]:
    seen: dict[str, Ask] = {}
    for ask in asks:
        key = spaced(ask.text)
        if twin := seen.get(key):
            where = "twice" if twin.lesson == ask.lesson else f"under {twin.lesson} too"
            yield Fault(ask.path, ask.line, f"{ask.text!r} stands {where} ({twin.path}:{twin.line}); keep one")
        seen.setdefault(key, ask)
    yield from _near_twins(seen)


def _near_twins(by_words: Mapping[str, Ask]) -> Iterator[Fault]:
    """Of each pair the later one."""
    words = list(by_words)
    for i, j, score in near_twins(words):
        if fuzz.token_sort_ratio(words[i], words[j]) < ALIKE:
            continue
        ask, twin = by_words[words[j]], by_words[words[i]]
        what = f"nearly {twin.text!r} of {twin.lesson} ({twin.path}:{twin.line}, {score:.0f})"
        yield Fault(ask.path, ask.line, f"{ask.text!r} is {what}; say it differently")


def _placed(asks: Mapping[str, tuple[str, ...]], path: Path, text: str) -> Iterator[Ask]:
    """Each ask with its line. TOML readers keep no places, so each is looked for below its table's head, in order."""
    for lesson, its in asks.items():
        at = sum(len(line) + 1 for line in text.split("\n")[: _line_of(text, lesson)])
        for ask in its:
            quoted = (text.find(form, at) for form in (f'"{_escaped(ask)}"', f"'{ask}'", ask))
            here = next((place for place in quoted if place >= 0), at)
            yield Ask(ask, lesson, str(path), text.count("\n", 0, here) + 1)
            at = here + 1


def _escaped(ask: str) -> str:
    return ask.replace("\\", "\\\\").replace('"', '\\"')


def _line_of(text: str, lesson: str) -> int:
    """The line of the table's head, from 1; 1 where there is none."""
    heads = ((number, _TABLE.match(line)) for number, line in enumerate(text.split("\n"), 1))
    return next((number for number, head in heads if head and head.group(1).strip("\"'") == lesson), 1)
