"""The nearest known word to a misspelt one, said as half a sentence."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process, utils


def nearest(word: str, known: Iterable[str], *, at_least: float = 60) -> str:
    """The known word most like `word`, or "" where none is like it at all."""
    found = process.extractOne(
        word, list(known), scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=at_least
    )
    return str(found[0]) if found else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """' Did you mean "x"?', or ' Possible are: a, b, c.' where nothing is near; "" where nothing is known."""
    choices = sorted(set(known))
    near = nearest(word, choices)
    if near:
        return f' Did you mean "{near}"?'
    return f" Possible are: {', '.join(choices[:12])}." if choices else ""
