"""One look at one message. Words live in `words/<language>.toml`, so that a volunteer can add to them."""

from __future__ import annotations

import re

from bot.safety import families
from bot.safety.finding import Finding
from bot.safety.links import worrying_link
from bot.safety.plain import heard
from bot.safety.secrets import cut, find_secrets
from bot.safety.words import any_of, languages_of, signs_of, signs_together, together

LONGEST = 3000  # characters looked through for tricks and danger; secrets are cut out of all
_FREE_MAIL = re.compile(r"[\w.+-]+@(?:gmail|hotmail|outlook|yahoo|aol|mail|icloud|proton|163|qq|yandex|gmx)\.\w+", re.I)
_MOBILE = re.compile(r"\+?(?:44 ?7\d{3}|07\d{3}|63 ?9|62 ?8|91 ?[6-9]|234|233|92 ?3|90\d)[ -]?\d{3}[ -]?\d{3,4}")
_CLAIMED = frozenset({"bank", "parcel", "copied_police", "official", "threat"})


def look(text: str, language: str = "") -> Finding:
    """What is to be seen in the text before anything is stored. Never raises; any text in any language.

    `language` is only a hint: every word list in the text's letters is tried, since a learner may paste what a
    stranger wrote.
    """
    secrets = find_secrets(text)
    clean = cut(text, secrets)
    said = heard(clean[:LONGEST])
    written = languages_of(said)
    strong, beside = _signs(said, written)
    if worrying_link(clean[:LONGEST]):
        strong = ("link", *strong)
    if _CLAIMED & {*strong, *beside} and (_FREE_MAIL.search(said) or _MOBILE.search(said)):
        beside = (*beside, "sender")
    return Finding(
        text=clean,
        secrets=secrets,
        warn=bool(strong) or len(beside) >= 2,
        signs=tuple(dict.fromkeys((*strong, *beside))),
        tricked=_told("tricked", said, written),
        given=_given(said, written),
        whom=_first("whom", said, written),
        danger="despair" if _told("despair", said, written) else "body" if _told("body", said, written) else "",
    )


def _signs(said: str, written: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The signs that are enough alone, and those that count beside another."""
    strong: dict[str, None] = {}
    beside: dict[str, None] = {}
    for language in written:
        quiet = any_of(language, "signs", "quiet")
        left = families.left(language, "signs", quiet.sub(" ", said) if quiet else said)
        for found, kind in ((strong, "alone"), (beside, "beside")):
            found.update((sign, None) for sign, pattern in signs_of(language, kind) if pattern.search(left))
        strong.update((sign, None) for sign, rows in signs_together(language) if _any_row(rows, left))
        strong.update((sign, None) for sign in families.signs(language, left))
    return tuple(strong), tuple(sign for sign in beside if sign not in strong)


def _told(what: str, said: str, written: tuple[str, ...]) -> bool:
    """Whether this has been told, once what takes it back, or only sounds like it, was left out."""
    for language in written:
        none = any_of(language, "trouble", f"{what}_not")
        left = families.left(language, what, none.sub(" ", said) if none else said)
        pattern = any_of(language, "trouble", what)
        if (pattern and pattern.search(left)) or _any_row(together(language, "trouble", f"{what}_together"), left):
            return True
        if families.told(what, language, left):
            return True
    return False


def _given(said: str, written: tuple[str, ...]) -> str:
    what = _first("given", said, written, ("phone", "account", "money", "card", "code"))
    by_bank = any((p := any_of(language, "given", "bank")) and p.search(said) for language in written)
    return "bank_code" if what == "code" and by_bank else what


def _first(group: str, said: str, written: tuple[str, ...], names: tuple[str, ...] = ("police", "fire")) -> str:
    """The first of these names whose words stand in the message."""
    for name in names:
        if any((p := any_of(language, group, name)) and p.search(said) for language in written):
            return name
    return ""


def _any_row(rows: tuple[tuple[re.Pattern[str], ...], ...], said: str) -> bool:
    return any(all(pattern.search(said) for pattern in row) for row in rows)
