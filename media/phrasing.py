"""A line of words, cut where a person would draw breath. Pure."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

# What stands between two phrases, the weakest first.
CLAUSE, SENTENCE, NAME, LINE = "clause", "sentence", "name", "line"

_CLOSING = "[\"'”’»」』）)]*"
_SENTENCE = re.compile(rf"(?:(?:\.\.\.|[.?!؟])+{_CLOSING}(?=\s|$)|[。？！…]+{_CLOSING})")
_CLAUSE = re.compile(rf"[,;:؛،]{_CLOSING}(?=\s)|\s[–—-](?=\s)|—|[，；：]{_CLOSING}")
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_CJK = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Phrase:
    """`text` is what an engine gets, without marks; `before` is what stands between it and the phrase before ("" for the
    first). `inside`: where within the text a pause belongs all the same, as (how far, 0 to 1; kind)."""

    text: str
    before: str
    inside: tuple[tuple[float, str], ...] = ()


def phrases(line: str, splits: str = "clauses") -> tuple[Phrase, ...]:
    """Cut at sentence ends; with splits="clauses" also at clauses and before the names in `**...**`.

    With splits="sentences" those places get a comma, so that the engine itself pauses, and are listed in `inside`.
    """
    found: list[Phrase] = []
    for number, sentence in enumerate(_cut(line, _SENTENCE)):
        parts = _clauses(sentence)
        if not parts:
            continue
        first = "" if not found else SENTENCE if number else parts[0][0]
        if splits == "clauses":
            found += [Phrase(text, kind if i else first) for i, (kind, text) in enumerate(parts)]
        else:
            found.append(_joined(parts, first))
    return tuple(found)


def words_in(text: str) -> int:
    """Words; each Chinese character counts as one, as does each run of Latin letters or digits among them."""
    text = text.replace("**", "")
    chinese = len(_CJK.findall(text))
    return chinese + len([w for w in _CJK.sub(" ", text).split() if any(c.isalnum() for c in w)])


def is_chinese(text: str) -> bool:
    """Whether the pace of this text is counted in characters."""
    return bool(_CJK.search(text))


def _cut(text: str, mark: re.Pattern[str]) -> list[str]:
    """The pieces of text, each with the mark that ends it."""
    ends = [0, *(found.end() for found in mark.finditer(text)), len(text)]
    return [piece for a, b in itertools.pairwise(ends) if _spoken(piece := text[a:b].strip())]


def _spoken(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _clauses(sentence: str) -> list[tuple[str, str]]:
    """(kind of the pause before, text) of each clause, cut again before names."""
    parts: list[tuple[str, str]] = []
    marked = _BOLD.sub(lambda found: "\x01" + found[1].translate(_NO_MARKS) + "\x02", sentence)
    for clause in _cut(marked, _CLAUSE):
        pieces = clause.split("\x01")
        for i, piece in enumerate(pieces):
            text = piece.translate(_MARKS_BACK).strip()
            if not _spoken(text):
                if text and parts:
                    parts[-1] = (parts[-1][0], parts[-1][1] + text)
                continue
            if i < len(pieces) - 1 and not text.endswith((",", "，", ":", "：")) and _spoken(pieces[i + 1]):
                text += "，" if _CJK.search(text) else ","  # not at its end yet: the voice stays up
            parts.append((NAME if i else CLAUSE, text))
    return parts


# Inside a name nothing is cut: its commas and colons are hidden while clauses are looked for.
_NO_MARKS = {ord(c): 0xE000 + i for i, c in enumerate(",;:—–-，；：؛،")}
_MARKS_BACK = {0xE000 + i: c for i, c in enumerate(",;:—–-，；：؛،")} | {1: None, 2: None}


def _joined(parts: list[tuple[str, str]], first: str) -> Phrase:
    """The clauses as one request, with the places where they meet."""
    text, places = "", []
    for kind, part in parts:
        if text:
            places.append((len(text), kind))
            text += "" if text[-1] in "，；：" else " "
        text += part
    return Phrase(text, first, tuple((place / len(text), kind) for place, kind in places))
