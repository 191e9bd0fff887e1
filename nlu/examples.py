"""Example sentences in Rasa's own NLU format, one file or more a language: the one source of both engines."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from rapidfuzz import fuzz, process

from nlu.intent import INTENTS, Entity
from nlu.twins import frames_too_often, near_twins, spaced

DATA = Path(__file__).parent / "data"
_ANNOTATION = re.compile(r"\[(?P<value>[^\]\[]+)\](?:\((?P<name>[\w-]+)(?::(?P<synonym>[^)]*))?\)|\{(?P<json>[^}]*)\})")


@dataclass(frozen=True)
class Example:
    """One sentence, its marks taken out, with where it stands (`path`, `line`)."""

    text: str
    intent: str
    language: str
    entities: tuple[Entity, ...] = ()
    path: str = ""
    line: int = 0


@dataclass(frozen=True)
class Fault:
    """Something wrong in the example files, with the place and what to do."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


def languages(folder: Path = DATA) -> tuple[str, ...]:
    return (
        tuple(sorted(p.name for p in folder.iterdir() if p.is_dir() and any(p.glob("*.yml"))))
        if folder.is_dir()
        else ()
    )


def read_examples(language: str, folder: Path = DATA) -> tuple[list[Example], list[Fault]]:
    """All examples of a language in file order, and what could not be read; a faulty file never hides the others."""
    examples: list[Example] = []
    faults: list[Fault] = []
    for path in sorted((folder / language).glob("*.yml")):
        try:
            tree = yaml.compose(path.read_text(encoding="utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            mark = getattr(error, "problem_mark", None)
            faults.append(
                Fault(str(path), mark.line + 1 if mark else 1, f"not readable as YAML: {str(error).splitlines()[0]}")
            )
            continue
        for found in _blocks(tree, path, language):
            (faults if isinstance(found, Fault) else examples).append(found)  # type: ignore[arg-type]
    return examples, faults


def _blocks(tree: yaml.Node | None, path: Path, language: str) -> Iterator[Example | Fault]:
    top = {k.value: v for k, v in tree.value} if isinstance(tree, yaml.MappingNode) else {}
    if not isinstance(top.get("nlu"), yaml.SequenceNode):
        yield Fault(str(path), 1, "there is no list `nlu:` at the top; see docs/nlu.md for the shape of a file")
        return
    for block in top["nlu"].value:
        parts = {k.value: v for k, v in block.value} if isinstance(block, yaml.MappingNode) else {}
        if "intent" not in parts or "examples" not in parts:
            if "synonym" not in parts and "lookup" not in parts and "regex" not in parts:
                yield Fault(str(path), block.start_mark.line + 1, "each entry needs `intent:` and `examples: |`")
            continue
        intent, line = parts["intent"].value, parts["intent"].start_mark.line + 1
        if intent not in INTENTS:
            near = process.extractOne(intent, INTENTS, scorer=fuzz.ratio)
            yield Fault(str(path), line, f"no intent is called {intent!r}; did you mean {near[0]!r}?")
            continue
        first = parts["examples"].start_mark.line + 2
        for offset, row in enumerate(parts["examples"].value.splitlines()):
            if row.strip().startswith("- "):
                text, entities = _marks_out(row.strip()[2:].strip())
                yield Example(text, intent, language, entities, str(path), first + offset)
            elif row.strip():
                yield Fault(str(path), first + offset, "begin each example with '- '")


def _marks_out(row: str) -> tuple[str, tuple[Entity, ...]]:
    """`what is [bluetooth](term)` -> the plain sentence and its entities."""
    text, entities, last = "", [], 0
    for match in _ANNOTATION.finditer(row):
        text += row[last : match.start()]
        start = len(text)
        text += match["value"]
        given = yaml.safe_load("{" + match["json"] + "}") if match["json"] else {}
        name = match["name"] or str(given.get("entity", ""))
        value = match["synonym"] or str(given.get("value", match["value"]))
        entities.append(Entity(name, value, start, len(text)))
        last = match.end()
    return text + row[last:], tuple(entities)


def wishes_beside(examples: Sequence[Example], lines: Sequence[str], language: str) -> list[Example]:
    """What lessons are asked by, as examples of find_lesson; without those that mean something else already."""
    taken = {" ".join(e.text.lower().split()) for e in examples}
    fresh = {key: line for line in lines if (key := " ".join(line.lower().split())) not in taken}
    return [Example(line, "find_lesson", language) for line in fresh.values()]


def fingerprint(examples: list[Example]) -> str:
    """Changes when any sentence, intent or entity does."""
    digest = hashlib.sha256()
    for e in examples:
        digest.update(f"{e.language}\t{e.intent}\t{e.text}\t{e.entities}\n".encode())
    return digest.hexdigest()[:20]


def check_examples(language: str, folder: Path = DATA, *, at_least: int | None = None) -> list[Fault]:
    """Duplicates, one text under two intents, near-twins (token-set ratio 90 or more), one frame more than twice,
    unknown intents, too few."""
    examples, faults = read_examples(language, folder)
    enough = at_least if at_least is not None else (60 if language in ("en", "zh") else 25)
    seen: dict[str, Example] = {}
    for e in examples:
        key = " ".join(e.text.lower().split())
        if twin := seen.get(key):
            what = (
                "stands twice"
                if twin.intent == e.intent
                else f"stands under {twin.intent} too ({twin.path}:{twin.line})"
            )
            faults.append(Fault(e.path, e.line, f"{e.text!r} {what}; keep one"))
        seen.setdefault(key, e)
    faults += _near_twins(list(seen.values()))
    faults += _worn_frames(examples)
    for intent in INTENTS:
        have = [e for e in examples if e.intent == intent]
        need = 200 if intent == "out_of_scope" and language in ("en", "zh") and at_least is None else enough
        if len(have) < need:
            place = have[0] if have else Example("", intent, language, path=str(folder / language), line=1)
            faults.append(
                Fault(place.path, place.line, f"{intent} has {len(have)} examples; write {need - len(have)} more")
            )
    return sorted(faults, key=lambda f: (f.path, f.line))


def _near_twins(examples: list[Example]) -> Iterator[Fault]:
    """Pairs that say the same in nearly the same words teach nothing."""
    for i, j, score in near_twins([spaced(e.text) for e in examples]):
        e, twin = examples[j], examples[i]
        what = f"{e.text!r} is nearly {twin.text!r} ({twin.path}:{twin.line}, {score:.0f})"
        yield Fault(e.path, e.line, f"{what}; say it differently")


def _worn_frames(examples: list[Example]) -> Iterator[Fault]:
    """Within one intent; a contrast between two intents may well stand in one frame."""
    for intent in dict.fromkeys(e.intent for e in examples):
        its = [e for e in examples if e.intent == intent]
        for i, before in frames_too_often([spaced(e.text) for e in its]):
            others = " and ".join(repr(its[k].text) for k in before[:2])
            message = f"{its[i].text!r} has the frame of {others}; change the whole sentence, not a word of it"
            yield Fault(its[i].path, its[i].line, message)
