"""Sentences that teach the same once more: near twins, and one frame filled in again and again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from rapidfuzz import fuzz

TWIN = 90  # token-set ratio
# Below four different words a ratio over words says nothing: "fake news" would be the twin of every line about news,
# and 好了好了 of every sentence that holds these two characters.
FEWEST_WORDS = 4
FRAME_AT_MOST = 2
FIXED_WORDS = 4  # of a frame: "I gave him my ..."; in Chinese FIXED_SIGNS single characters
FIXED_SIGNS = 5
SLOT = 2  # words that may differ; in Chinese SLOT_SIGNS
SLOT_SIGNS = 3
_CJK = re.compile(r"[\u3400-\u9fff]")
_PIECES = re.compile(r"[\u3400-\u9fff]|(?:(?![\u3400-\u9fff])[^\W_])+(?:'(?:(?![\u3400-\u9fff])[^\W_])+)*")


def spaced(text: str) -> str:
    """Lower case, no punctuation but the apostrophe inside a word, a space between words; Chinese characters stand singly."""
    return " ".join(_PIECES.findall(text.lower().replace("’", "'")))


def near_twins(lines: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """(earlier, later, ratio) of texts that went through `spaced`; a short line whose words all stand in a long story
    is no twin."""
    words = [frozenset(line.split()) for line in lines]
    lengths = np.array([len(line.split()) for line in lines])
    different = np.array([len(w) for w in words])
    places: defaultdict[str, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        if different[i] < FEWEST_WORDS:
            continue
        if found := [np.array(places[w]) for w in words[i] if w in places]:
            # Only lines that share half their words can come near 90: a count first spares 99 comparisons of 100.
            shared = np.bincount(np.concatenate(found), minlength=i)
            fewer = np.minimum(different[:i], different[i])
            alike = np.minimum(lengths[:i], lengths[i]) * 2 >= np.maximum(lengths[:i], lengths[i])
            for j in np.flatnonzero((shared * 2 >= fewer) & (shared > 0) & alike).tolist():
                score = fuzz.token_set_ratio(lines[j], line, score_cutoff=TWIN)
                if score >= TWIN:
                    yield j, i, score
        for word in words[i]:
            places[word].append(i)


def frames_too_often(lines: Sequence[str]) -> Iterator[tuple[int, list[int]]]:
    """(line, the lines before it) from the third on that say the same but for a word or two at one place."""
    kept: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        before: list[int] = []
        for frame in set(_frames(line.split())):
            if len(kept[frame]) >= FRAME_AT_MOST and len(kept[frame]) > len(before):
                before = list(kept[frame])
            kept[frame].append(i)
        if before:
            yield i, before


def _frames(words: list[str]) -> Iterator[tuple[str, str]]:
    """What stands before and after each place where something else could stand."""
    chinese = sum(bool(_CJK.match(w)) for w in words) * 2 > len(words)
    slot, fixed = (SLOT_SIGNS, FIXED_SIGNS) if chinese else (SLOT, FIXED_WORDS)
    for size in range(1, slot + 1):
        for at in range(len(words) - size + 1):
            if len(words) - size >= fixed:
                yield " ".join(words[:at]), " ".join(words[at + size :])
