"""`handrail safety check`: what is seen in a text before anything else is done with it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable

import click

from bot.commands.lines import texts_from
from bot.commands.settings import settings_or_stop
from bot.house import House
from bot.safety import Finding, look
from nlu.intent import Recognizer
from nlu.language import written_in

# How sure the sentences must be to count without the guard; measured by bench/safety.py.
SURE = {"tricked": 0.9, "emergency": 0.9}


Look = Callable[[str, str], Finding]


@click.group()
def safety() -> None:
    """What the guard at the door sees: secrets, tricks, danger."""


@safety.command()
@click.argument("text", required=False)
@click.option("--language", default="", help="The learner's language, as a hint.")
@click.option("--jsonl", is_flag=True, help='Read {"text": ...} lines, or bare lines, from standard input.')
@click.option("--words-alone", is_flag=True, help="Only the guard's word lists, without anything learned.")
def check(text: str | None, language: str, jsonl: bool, words_alone: bool) -> None:
    """Print what is found in TEXT (or in standard input) as JSON, one object a line.

    Tricks, tricked and danger are told by the word lists and by what was learned from labelled messages, as in a
    conversation; example sentences that were not learned yet (`handrail nlu train`) are left out, nothing waits for them.
    """
    lines: Iterable[str] = texts_from(sys.stdin, jsonl) if text is None else [text]
    sentences = None if words_alone else Sentences()
    guard = look if sentences is None else sentences.house.judge.look
    for line in lines:
        click.echo(json.dumps(as_json(line, language, sentences, guard), ensure_ascii=False))


class Sentences:
    """How sure the learned sentences are of each meaning; of nothing in a language that has not been learned yet."""

    def __init__(self, recognizer: Recognizer | None = None) -> None:
        self._recognizer = recognizer
        self._learned: dict[str, bool] = {}

    def chances(self, text: str, language: str) -> dict[str, float]:
        if self._recognizer is not None:
            return dict(self._recognizer.parse(text, language or "en").ranking)
        recognizer = self.house.embedded
        known = recognizer.languages()
        language = written_in(text, language or "en", known)
        if language not in self._learned:
            self._learned[language] = language in known and recognizer.learned(language)
        return dict(recognizer.parse(text, language).ranking) if self._learned[language] else {}

    @property
    def house(self) -> House:
        if not hasattr(self, "_made"):
            self._made = House(settings_or_stop())
        return self._made


def as_json(text: str, language: str = "", sentences: Sentences | None = None, look: Look = look) -> dict[str, object]:
    """The finding in the documented shape; the text itself is not repeated."""
    finding = look(text, language)
    sure = sentences.chances(finding.text, language) if sentences and finding.text.strip() else {}
    return {
        "secrets": [{"kind": s.kind, "start": s.start, "end": s.end} for s in finding.secrets],
        "scam": {"warn": finding.warn, "signs": list(finding.signs)},
        "tricked": finding.tricked or sure.get("tricked", 0.0) >= SURE["tricked"],
        "danger": bool(finding.danger) or sure.get("emergency", 0.0) >= SURE["emergency"],
    }
