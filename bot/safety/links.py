"""Whether a link in a message is one to be wary of, by its form alone: nothing is ever fetched.

Whose a name is, is read by the public suffix list (bundled with its package; no network): of
`hsbc.co.uk.check.top` the owner is `check.top`, whatever stands before it.
"""

from __future__ import annotations

import itertools
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList
from rapidfuzz.distance import DamerauLevenshtein

_NAME = r"(?:[A-Za-z0-9\u00c0-\u024f\u0370-\u04ff](?:[A-Za-z0-9\u00c0-\u024f\u0370-\u04ff_-]{0,61})\.)+[A-Za-z\u0430-\u044f]{2,24}"
_LINK = re.compile(
    rf"(?:https?|hxxps?)://[^\s<>\"'，。；）)]+|(?<![@\w.-])(?:{_NAME}|\d{{1,3}}(?:\.\d{{1,3}}){{3}}(?=[/:]))(?::\d+)?(?:/[^\s<>\"'，。；）)]*)?",
    re.IGNORECASE,
)
_LIKE = str.maketrans("01345$|абвеорсухікνοαρτι", "oleassiabbeopcyxiknoapti"[: len("01345$|абвеорсухікνοαρτι")])


def worrying_link(text: str) -> bool:
    """True where a link is shortened, an address of numbers, a look-alike, or a long name that pretends to be another."""
    if "." not in text and "://" not in text:
        return False
    return any(_worrying(match.group().rstrip(".,;:!?")) for match in _LINK.finditer(text))


def _worrying(link: str) -> bool:
    written = "://" in link
    try:
        parts = urlsplit(link if written else f"http://{link}")
        host = (parts.hostname or "").lower().removeprefix("www.")
    except ValueError:
        return True
    if not host or "@" in parts.netloc or _is_number(host):
        return bool(host) or written
    if any(host == known or host.endswith(f".{known}") for known in _list("known")):
        return False
    owner = _owner(host)
    if owner is None:
        return written  # "http://something" without an owner is nobody's page
    certain = written or len(parts.path) > 1 or link.lower().startswith("www.")
    named = _names(host, owner)
    if named is not None:
        return not named
    if any(label.startswith("xn--") or _mixed(label) for label in host.split(".")):
        return True
    ending = owner.partition(".")[2]
    baited = bool(set(re.split(r"[.-]", host)[:-1]) & _list("bait"))
    before = host.removesuffix(owner).strip(".")
    return (
        (host in _list("shorteners") and certain)
        or (ending in _list("endings") and (certain or baited or "-" in host))
        or (baited and "-" in host)
        or len(before.split(".")) >= 3
        or bool(re.search(r"(?:^|\.)(?:com|co|gov|org|net)[.-]", f"{before}."))
        or re.match(r"(?:com|gov|org)-", owner) is not None
    )


def _names(host: str, owner: str) -> bool | None:
    """Whether the link belongs to the brand whose name it carries; None where it carries none."""
    parts = [p for p in re.split(r"[.-]", host) if p]
    plain = {_skeleton(p) for p in (*parts, *("".join(pair) for pair in itertools.pairwise(parts)))}
    for brand, domains in _brands().items():
        if owner in domains or host in domains or any(owner.endswith(f".{d}") for d in domains):
            return True
        if brand in plain or any(len(brand) >= 5 and _like(p, brand) for p in plain):
            return False
    return None


def _like(part: str, brand: str) -> bool:
    """One slip away ("paypai"), or the name with a word glued to it ("lloydsonline")."""
    if abs(len(part) - len(brand)) <= 1 and part[:2] == brand[:2]:
        return DamerauLevenshtein.distance(part, brand, score_cutoff=1) <= 1
    rest = part.replace(brand, "", 1) if brand in part else ""
    return rest in _list("bait") or rest in {"uk", "us", "online", "mobile"}


def _skeleton(part: str) -> str:
    """The name as the eye takes it: 1 for l, rn for m, the Cyrillic а for the Latin one."""
    if part.startswith("xn--"):
        try:
            part = part.encode("ascii").decode("idna")
        except UnicodeError:
            return part
    bare = "".join(c for c in unicodedata.normalize("NFKD", part) if not unicodedata.combining(c))
    return bare.translate(_LIKE).replace("rn", "m").replace("vv", "w")


def _mixed(label: str) -> bool:
    """Letters of two alphabets in one name, such as a Cyrillic а among Latin letters."""
    scripts = {unicodedata.name(c, "").split(" ")[0] for c in label if c.isalpha()}
    return len(scripts & {"LATIN", "CYRILLIC", "GREEK"}) > 1


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return host.isdigit() or host.startswith("0x")
    return True


def _owner(host: str) -> str | None:
    """The part of the name that somebody registered; None where the ending is none."""
    suffixes = _suffixes()
    try:
        ascii_host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return host
    return suffixes.privatesuffix(ascii_host, accept_unknown=False)


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads((files("bot.safety.words") / "brands.toml").read_text(encoding="utf-8"))


@cache
def _brands() -> Mapping[str, frozenset[str]]:
    return {_skeleton(brand): frozenset(domains) for brand, domains in _file()["brands"].items()}


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(_file()["links"][name])
