"""Answers at once after the first start: the plain recogniser until the trained one is ready."""

from __future__ import annotations

from nlu.embedded import EmbeddedRecognizer
from nlu.intent import Recognizer, Understanding


class WhileLearning:
    """A Recognizer of two: `good` once it is ready for the language, `plain` until then."""

    def __init__(self, good: EmbeddedRecognizer, plain: Recognizer) -> None:
        self._good = good
        self._plain = plain

    def parse(self, text: str, language: str) -> Understanding:
        return (self._good if self._good.ready(language) else self._plain).parse(text, language)
