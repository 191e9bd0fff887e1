"""Whether a link in a message is one to be wary of, by its form alone: nothing is ever fetched."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'，。；）)]+|\b(?:[\w-]+\.)+[a-z]{2,24}/[^\s<>\"'，。；）)]*", re.I)
_SHORTENERS = frozenset(
    [
        "bit.ly",
        "tinyurl.com",
        "t.co",
        "goo.gl",
        "is.gd",
        "cutt.ly",
        "rb.gy",
        "ow.ly",
        "shorturl.at",
        "tiny.cc",
        "rebrand.ly",
        "t.ly",
        "dwz.cn",
        "suo.im",
        "url.cn",
    ]
)
_BAIT = re.compile(
    r"(?:secure|verify|verif|login|signin|account|update|parcel|deliver|redeliver|post|royalmail|hmrc|usps|bank|refund|prize|gift|wallet|"
    r"confirm|support|customs|fee|tax|gov)",
    re.I,
)


def worrying_link(text: str) -> bool:
    """True where a link is shortened, an address of numbers, a look-alike, or a long name that pretends to be another."""
    return any(_worrying(match.group()) for match in _LINK.finditer(text))


def _worrying(link: str) -> bool:
    try:
        parts = urlsplit(link if "://" in link else f"http://{link}")
        host = (parts.hostname or "").lower()
    except ValueError:
        return True
    if not host or "@" in parts.netloc:
        return True
    labels = host.split(".")
    return (
        host.removeprefix("www.") in _SHORTENERS
        or all(label.isdigit() for label in labels)
        or any(label.startswith("xn--") or _mixed_scripts(label) for label in labels)
        or len(labels) >= 5
        or (bool(_BAIT.search(host)) and "-" in host)
        or bool(re.search(r"(?:^|\.)(?:com|co|gov|org|net)[.-]", ".".join(labels[:-2]) + "."))
        or labels[-1] in {"top", "xyz", "icu", "click", "cfd", "sbs", "buzz", "vip", "loan", "win"}
    )


def _mixed_scripts(label: str) -> bool:
    """Letters of two alphabets in one name, such as a Cyrillic а among Latin letters."""
    scripts = {unicodedata.name(c, "").split(" ")[0] for c in label if c.isalpha()}
    return len(scripts & {"LATIN", "CYRILLIC", "GREEK"}) > 1
