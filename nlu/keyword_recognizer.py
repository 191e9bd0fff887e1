"""A plain Recognizer: expressions in `keywords/<language>.toml`, then the lesson finder. Needs no training."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from nlu.finder import Finder
from nlu.intent import INTENTS, Entity, Understanding

_LANGUAGES = {
    "en": r"english|英[文语]", "zh": r"chinese|mandarin|中文|汉语|普通话|putonghua", "es": r"spanish|español|西班牙",
    "fr": r"french|français|法[文语]", "ar": r"arabic|عربي|阿拉伯", "ru": r"russian|русск|俄[文语]", "de": r"german|deutsch|德[文语]",
}  # fmt: skip
_DEVICES = {
    "iphone": r"i ?phone|apple|苹果", "samsung": r"samsung|galaxy|三星", "huawei": r"huawei|harmony|华为|鸿蒙", "honor": r"honor|荣耀",
    "xiaomi": r"xiaomi|redmi|小米|红米", "oppo": r"oppo", "vivo": r"vivo", "google": r"pixel|google|motorola|nokia", "android": r"android|安卓",
}  # fmt: skip
_REASONS = {
    "stuck": {
        "asks_password": r"\b(asks?|wants?|needs?)\b.*\b(password|pin|code)\b|(要|叫我|让我).*(密码|口令)",
        "looks_different": r"\b(different|not the same|looks other)\b|不一样|不同|不是这样",
        "nothing_happens": r"nothing|doesn't (work|open|do)|does not|won't|没反应|不动|不灵|打不开|点不",
        "not_there": r"",
    },
    "pause": {
        "day": r"today|tired|enough|stop|rest|break|later|tomorrow|今天|累|困|歇|休息|下次|改天|明天|以后|不(弄|学)",
        "moment": r"",
    },
}
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
            entities=_entities(text, intent),
            lessons=lessons,
            text=text,
            reason=next((r for r, e in _REASONS.get(intent, {}).items() if re.search(e, heard)), ""),
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


def _entities(text: str, intent: str) -> tuple[Entity, ...]:
    found = []
    for name, table in (("language", _LANGUAGES), ("device", _DEVICES)):
        if intent == f"change_{name}":
            hits = ((value, re.search(e, text, re.I)) for value, e in table.items())
            found += [Entity(name, value, m.start(), m.end()) for value, m in hits if m][:1]
    if intent == "explain_term" and (match := _TERM.search(text)):
        group = match.lastgroup or "a"
        found.append(Entity("term", match[group].strip().lower(), match.start(group), match.end(group)))
    return tuple(found)


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
