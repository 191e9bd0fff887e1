"""A plain Recognizer: expressions in `keywords/<language>.toml`, then the lesson finder. Needs no training."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from nlu.entities import find_entities
from nlu.finder import Finder
from nlu.intent import INTENTS, Entity, Understanding
from nlu.reasons import reason_of

_TERM = re.compile(
    r"what(?:'s| is| are| on earth is| the heck is| does)\s+(?:a |an |the |this )?(?P<a>[\w -]{2,30}?)(?: mean| exactly|\?|$)|(?:explain|meaning of)\s+(?:the )?(?P<b>[\w -]{2,30})"
    r"|(?:什么|啥)(?:是|叫)(?P<c>[\w-]{1,12}?)(?:呀|啊|呢|[?？]|$)|(?P<d>[\w-]{1,12}?)(?:是|叫)(?:什么|啥)",
    re.I,
)


class KeywordRecognizer:
    """Understands the commonest ways to say each intent, in the languages that have a file."""

    def __init__(self, finder: Finder | None = None) -> None:
        self._finder = finder or Finder([])

    def parse(self, text: str, language: str) -> Understanding:
        """What the text means; out_of_scope with a low confidence where nothing fits."""
        heard = re.sub(r"\s+", " ", text.lower().replace("’", "'")).strip()
        lessons = self._finder.find(text, language)
        matches = [i for i, patterns in _expressions(language) if any(p.search(heard) for p in patterns)]
        intent, confidence = self._decide(heard, matches, lessons)
        ranking = [(intent, confidence), *((m, 0.5) for m in matches if m != intent)]
        return Understanding(
            intent=intent,
            confidence=confidence,
            ranking=tuple(ranking[:5]),
            entities=(*find_entities(text, language, ()), *_asked_term(text, intent)),
            lessons=lessons,
            text=text,
            reason=reason_of(intent, text),
        )

    @staticmethod
    def _decide(heard: str, matches: list[str], lessons: tuple[tuple[str, float], ...]) -> tuple[str, float]:
        score = lessons[0][1] if lessons else 0.0
        first = matches[0] if matches else ""
        # A question that is nearly a lesson's own phrase is a wish for it, unless danger or harm speaks.
        if score >= 0.82 and first not in ("emergency", "tricked", "delete_me"):
            return "find_lesson", score
        if first:
            return first, 0.9
        if score >= 0.55:
            return "find_lesson", score
        wants = re.search(
            r"\b(how (do|can|to)|teach me|show me how|learn|want to)\b|怎么|怎样|如何|教我|想学|哪能", heard
        )
        return ("find_lesson", 0.5) if wants else ("out_of_scope", 0.4)


def _asked_term(text: str, intent: str) -> tuple[Entity, ...]:
    """The word whose meaning is asked, whether or not the glossary has it."""
    match = _TERM.search(text) if intent == "explain_term" else None
    group = match.lastgroup if match else None
    if match is None or group is None:
        return ()
    return (Entity("term", match[group].strip().lower(), match.start(group), match.end(group)),)


@cache
def _expressions(language: str) -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    file = files("nlu") / "keywords" / f"{language}.toml"
    if not file.is_file():
        return _expressions("en") if language != "en" else ()
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    unknown = set(table) - set(INTENTS)
    if unknown:
        raise ValueError(f"nlu/keywords/{language}.toml: no such intent: {', '.join(sorted(unknown))}")
    return tuple((intent, tuple(re.compile(e) for e in expressions)) for intent, expressions in table.items())
