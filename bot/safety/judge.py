"""A small learned judge beside the word lists: how much a message sounds like a trick, like having been tricked, like danger.

It reads the message's sentence vector, which the encoder of the understanding makes and which is handed in: nothing of
ours is imported, nothing is fetched. Its numbers stand in `judge.npz` beside this file (`python -m bench.judge` makes
them). What no list has word for word is found by it; what a list found against all likeness is let go.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files
from typing import Any

import numpy as np

from bot.safety.finding import Finding
from bot.safety.look import look

log = logging.getLogger("handrail.safety")

Encode = Callable[[Sequence[str]], np.ndarray]  # texts -> (texts, 512), rows of length 1
HEADS = ("warn", "tricked", "danger", "despair")
LONGEST = 1000  # characters: a vector says little of a longer text
SHORTEST = 4  # bytes: "ok" and "3" are no story
SCALE = 20**0.5  # the vector's numbers are small; the network was made with these

# (enough by itself, below this a word list alone does not count): log-odds, measured on tests/safety/*_odd.jsonl.
SURE = {"warn": (0.8, -1.5), "tricked": (0.0, -2.0), "danger": (-0.5, -4.0)}
# Signs that prove themselves by their form, whatever the rest sounds like.
BY_FORM = frozenset({"link"})


@dataclass(frozen=True)
class Judge:
    """`encode` makes sentence vectors; one that makes none (no package for it) leaves the word lists alone."""

    encode: Encode

    def look(self, text: str, language: str = "") -> Finding:
        """As bot.safety.look, with what the likeness to labelled messages adds and takes away. Never raises."""
        finding = look(text, language)
        said = finding.text[:LONGEST].strip()
        if len(said.encode()) < SHORTEST:
            return finding
        try:
            odds = self._odds(said)
        except Exception as error:  # the guard stands on the word lists where the encoder fails
            log.warning("The learned judge could not read a message: %s", type(error).__name__)
            return finding
        return _weighed(finding, odds) if odds else finding

    def _odds(self, said: str) -> dict[str, float]:
        vector = self.encode([said])
        if vector.shape[1] == 0 or self._layers is None:
            return {}
        first, first_bias, second, second_bias = self._layers
        # (networks, hidden) from each small network, then their mean.
        hidden = np.maximum(np.einsum("d,ndh->nh", vector[0] * SCALE, first) + first_bias, 0)
        scores = (np.einsum("nh,nho->no", hidden, second) + second_bias).mean(axis=0)
        return dict(zip(HEADS, map(float, scores), strict=True))

    @cached_property
    def _layers(self) -> tuple[Any, ...] | None:
        file = files("bot.safety") / "judge.npz"
        if not file.is_file():
            return None
        with file.open("rb") as opened, np.load(opened) as kept:
            return tuple(kept[name].astype(np.float32) for name in ("first", "first_bias", "second", "second_bias"))


def _weighed(finding: Finding, odds: dict[str, float]) -> Finding:
    def holds(name: str, by_words: bool) -> bool:
        enough, unlike = SURE[name]
        return odds[name] > enough or (by_words and odds[name] > unlike)

    warn = holds("warn", finding.warn) or bool(BY_FORM & {*finding.signs})
    danger = finding.danger or ("despair" if odds["despair"] > 0 else "body")
    return replace(
        finding,
        warn=warn,
        signs=finding.signs or ("alike",) * warn,
        tricked=holds("tricked", finding.tricked),
        danger=danger if holds("danger", bool(finding.danger)) else "",
    )
