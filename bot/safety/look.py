"""One look at one message. Words live in `words/<language>.toml`, so that a volunteer can add to them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from bot.safety.finding import Finding
from bot.safety.links import worrying_link
from bot.safety.secrets import cut, find_secrets

# Signs that weigh enough alone; any other two together make a warning.
STRONG = frozenset({"code_asked", "remote_app", "link", "new_number", "copied_police", "money_back"})


def look(text: str, language: str = "") -> Finding:
    """What is to be seen in the text before anything is stored. Never raises; any text in any language.

    `language` is only a hint: every word list is tried, since a learner may paste what a stranger wrote.
    """
    secrets = find_secrets(text)
    clean = cut(text, secrets)
    heard = _folded(clean)
    signs = tuple(sign for sign in _patterns("signs") if any(p.search(heard) for p in _patterns("signs")[sign]))
    if worrying_link(clean):
        signs += ("link",)
    tricked = _matches("tricked", heard)
    danger = next((kind for kind in ("despair", "body") if _matches(kind, heard)), "")
    return Finding(
        text=clean,
        secrets=secrets,
        warn=bool(STRONG & set(signs)) or len(signs) >= 2,
        signs=signs,
        tricked=tricked,
        danger=danger,
    )


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text.lower().replace("’", "'").replace("`", "'"))


def _matches(group: str, heard: str) -> bool:
    return any(p.search(heard) for p in _patterns(group)[""]) and not any(
        p.search(heard) for p in _patterns(f"not-{group}").get("", ())
    )


@cache
def _patterns(group: str) -> dict[str, tuple[re.Pattern[str], ...]]:
    """The expressions of a group over all languages: sign -> patterns; for a group without signs, "" -> patterns."""
    found: dict[str, list[re.Pattern[str]]] = {}
    for file in sorted((files(__package__) / "words").iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".toml"):
            continue
        entries = tomllib.loads(file.read_text(encoding="utf-8")).get(group, {})
        for sign, expressions in (entries if isinstance(entries, dict) else {"": entries}).items():
            found.setdefault(sign, []).extend(re.compile(e, re.IGNORECASE) for e in expressions)
    found.setdefault("", []) if group != "signs" else None
    return {sign: tuple(patterns) for sign, patterns in found.items()}
