"""What volunteers read, in their own language: `bot/phrases/volunteers/<language>.toml`. Pages, the messenger, the
terminal and the files take their words here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path

from . import Phrases, placeholders

FOLDER = Path(__file__).parent / "volunteers"
SOURCE = "en"
PLURALS = ("none", "one", "many")


@cache
def volunteers_phrases() -> Phrases:
    """Every language's words. Raises PhraseError with the file in words."""
    return Phrases.load(FOLDER)


def languages() -> tuple[str, ...]:
    """The languages that volunteers can choose from."""
    return volunteers_phrases().languages()


class Words:
    """`words("act.print")`, `words("say.with", name="Rosa")`: a language without the key says it in English.
    Raises KeyError where no language has it."""

    def __init__(self, language: str, phrases: Phrases | None = None) -> None:
        self._phrases = phrases or volunteers_phrases()
        self.language = language if language in self._phrases.texts else SOURCE

    def __call__(self, key: str, **values: object) -> str:
        return self._phrases.say(key, self.language, **{name: str(value) for name, value in values.items()})

    def or_other(self, key: str, other: str, **values: object) -> str:
        """`other` where there are no words for the key."""
        return self(key, **values) if self._phrases.has(key, SOURCE) else other

    def many(self, key: str, count: int, **values: object) -> str:
        """The words for so many: `<key>.none`, `.one`, `.many`."""
        return self(f"{key}.{PLURALS[min(count, 2)]}", n=count, count=self.counted(count), **values)

    def counted(self, count: int) -> str:
        """A small number in words, as it begins a sentence."""
        words = self.all("number.words")
        return words[count] if count < len(words) else self("number.more", n=count)

    def all(self, key: str) -> tuple[str, ...]:
        """Every wording of a list."""
        texts = self._phrases.texts
        return texts[self.language].get(key) or texts[SOURCE][key]

    # Times, in the time zone that they are given in

    def clock(self, at: datetime) -> str:
        return f"{at.hour}:{at:%M}"

    def day(self, at: datetime) -> str:
        """Thursday 12 November."""
        return self("date.day", weekday=self.weekday(at), day=at.day, month=self.month(at))

    def date(self, at: datetime) -> str:
        """12 November 2026."""
        return self("date.long", day=at.day, month=self.month(at), year=at.year)

    def weekday(self, at: datetime) -> str:
        return self.all("date.weekdays")[at.weekday()]

    def month(self, at: datetime) -> str:
        return self.all("date.months")[at.month - 1]

    def since(self, then: datetime, now: datetime) -> str:
        """In the time zone of `now`: of today the hour, of this week the day, else the date."""
        there = then.astimezone(now.tzinfo)
        days = (now.date() - there.date()).days
        if days < 2:
            return self("date.since_today" if days <= 0 else "date.since_yesterday", clock=f"{there:%H:%M}")
        if days < 7:
            return self("date.since_weekday", weekday=self.weekday(there))
        return self("date.since_date", day=there.day, month=self.month(there))

    def times(self, many: int) -> str:
        """once, twice, three times, 4 times."""
        key = {1: "say.once", 2: "say.twice", 3: "say.three_times"}.get(many, "say.times")
        return self(key, n=many)

    def language_name(self, code: str) -> str:
        return self.or_other(f"language.{code}", code)


def best_language(accept_language: str, among: Iterable[str] | None = None) -> str:
    """The first language of an Accept-Language line (or of a LANG such as zh_CN.UTF-8) that volunteers can read, else
    English."""
    there = set(among or languages())
    weighed = []
    for place, part in enumerate(accept_language[:200].lower().split(",")):
        tag, _, quality = part.strip().partition(";q=")
        code = re.split(r"[-_.]", tag)[0]
        weight = float(quality) if re.fullmatch(r"[01](\.\d{1,3})?", quality) else 1.0
        if code in there and weight > 0:
            weighed.append((-weight, place, code))
    return min(weighed)[2] if weighed else SOURCE


def misfits(phrases: Phrases | None = None) -> list[str]:
    """What a translator has to mend: keys and {placeholders} that are not those of English, as "zh: key: ..."."""
    texts = (phrases or volunteers_phrases()).texts
    found = []
    for language, own in texts.items():
        for key in sorted(texts[SOURCE].keys() ^ own.keys()):
            found.append(f"{language}: {key}: stands in one of {SOURCE}.toml and {language}.toml only")
        for key in sorted(texts[SOURCE].keys() & own.keys()):
            mine, theirs = _holes(own[key]), _holes(texts[SOURCE][key])
            if mine != theirs:
                found.append(f"{language}: {key}: needs {', '.join(sorted(theirs)) or 'no word'} in braces")
    return found


def _holes(wordings: tuple[str, ...]) -> set[str]:
    """A number may be written as {n} or as {count}."""
    return {"n" if name == "count" else name for wording in wordings for name in placeholders(wording)}
