"""Passwords: what stands after the word (or before "is my password"), unless it is talk about a password."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.safety.finding import Secret
from bot.safety.words import every, single_words

_TOKEN = re.compile(r"[\"'“‘«(]?(?P<secret>[^\s,;\"”’»，。；！？、)]{3,64})")
_LIKE_ONE = re.compile(
    r"(?=.*\d)(?=.*[^\W\d_]).{4,}|(?=.*\d)(?=.*[!@#$%^&*_+=-]).{4,}|(?=.*[a-z])(?=.*[!@#$%^&*_]).{5,}|.*[a-z][A-Z].*"
)
_MORE = re.compile(
    r"(?:\s+(?:then|and|with|capital|big|small|underscore|dash|dot|exclamation( mark)?|(?=\S*\d)\S+|NUM))+",
    re.IGNORECASE,
)
_SPELLED = re.compile(r"(?:capital|big|small|upper ?case|大写|小写)\b", re.IGNORECASE)
_END_OF_PART = re.compile(
    r"[.!?](?=\s|$)|[,;。，；！？\n]|\s(?:is that|but|do|does|can|what|why|it|and it|and he|and she|for)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\s*(?:$|[.,;!?。，\n)]|(?:and|but|for|on|is|can|do|does|with|then|thanks|please|right|ok|all|I|y|et|и)\b)"
)


_USED_AS = re.compile(r"(?P<secret>[A-Za-z0-9_@!#$%^&*.-]{5,64})(?=(?:做|当|作为|是我的?|就是我的?).{0,4}密码)")


def passwords(text: str) -> Iterator[Secret]:
    """Every password of a text made plain before."""
    for named in every("secrets", "password").finditer(text):
        yield from _after(text, named.end())
    for match in _USED_AS.finditer(text):
        yield Secret("password", match.start("secret"), match.end("secret"))
    for match in re.finditer(r"(?P<secret>[^\s,;:\"'“]{4,64})[\"'”]?\s+", text):
        if _LIKE_ONE.match(match["secret"]) and every("secrets", "is_password").match(text, match.end()):
            yield Secret("password", match.start("secret"), match.end("secret"))


def _after(text: str, start: int) -> Iterator[Secret]:
    joined = every("secrets", "password_is").match(text, start)
    at = joined.end() if joined else start
    gap = re.compile(r"[\s:：=]*").match(text, at)
    token = _TOKEN.match(text, gap.end() if gap else at)
    if token is None:
        return
    secret = token["secret"].rstrip(".!?:") if not _LIKE_ONE.match(token["secret"]) else token["secret"].rstrip(".?:")
    begin = token.start("secret")
    if _SPELLED.match(text, begin):
        return (yield Secret("password", begin, _end_of_part(text, begin)))
    if (
        not secret
        or secret.lower() in single_words("secrets", "talk")
        or (gap and not joined and gap.group() == "" and not re.match(r"\w", secret))
    ):
        return
    if _LIKE_ONE.match(secret) or (joined and _plain_word(text, secret, token.start("secret"))):
        end = begin + len(secret)
        more = _MORE.match(text, end)
        kind = (
            "code" if re.fullmatch(r"\d{3,8}", secret) else "password"
        )  # a PIN is called a password in many languages
        yield Secret(kind, begin, more.end() if more and re.search(r"\d", more.group()) else end)


def _plain_word(text: str, secret: str, begin: int) -> bool:
    """ "my password is sunshine": a word where the sentence ends after it, in the learner's own letters."""
    if not re.fullmatch(r"[^\W_]{3,}|[\w.\-@!#$%&*+]{3,}", secret) or re.search(r"[\u3400-\u9fff]", secret):
        return False
    return bool(_GOES_ON.match(text, begin + len(secret)))


def _end_of_part(text: str, begin: int) -> int:
    stop = _END_OF_PART.search(text, begin + 1)
    return min(stop.start() if stop else len(text), begin + 64)
