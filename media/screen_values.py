"""What may stand under a key of a screen file: each value is taken as it is written, or refused in words."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from media.screen_words import FLAG, ICON, ICONS, IDS, KEY, LIST, NUMBER, SIGN_KEYS, TEXT, WORDS

ICON_NAMES = Path(__file__).parent / "icons" / "names.json"
# Trade marks that an icon set may contain: drawn neutrally instead, with the name in words beside them.
NOT_OURS = {"bluetooth": "headphones", "android": "phone_android", "adb": "build", "ios": "smartphone"}


class WrongValue(ValueError):
    """A value cannot stand here. The words say what to do."""


@lru_cache(maxsize=1)
def icon_codes() -> Mapping[str, str]:
    """Icon name -> the one character that draws it in the icon font."""
    codes: dict[str, str] = json.loads(ICON_NAMES.read_text(encoding="utf-8"))
    return {name: chr(int(code, 16)) for name, code in codes.items()}


def nearest(word: str, known: Iterable[str]) -> str:
    """ "; did you mean ...?" where a known word is near, else the empty string."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.55)
    return f'; did you mean "{found[0]}"?' if found else ""


def as_written(key: str, value: Any, shape: str | tuple[str, ...]) -> Any:
    """The value, if it may stand under this key. Raises WrongValue, in words."""
    if isinstance(shape, tuple):
        if value not in shape:
            raise WrongValue(f'{key} = "{value}" is not known{nearest(str(value), shape)} ({", ".join(shape)})')
    elif shape == WORDS:
        return words(key, value)
    elif shape == LIST:
        if not isinstance(value, dict) or not all(isinstance(v, list) for v in value.values()):
            raise WrongValue(f'{key} lists words by language: {key} = {{ en = ["One", "Other"] }}')
        return {language: tuple(str(word) for word in some) for language, some in value.items()}
    elif shape == FLAG and not isinstance(value, bool):
        raise WrongValue(f"{key} is true or false, without quotation marks")
    elif shape == NUMBER and (not isinstance(value, int | float) or isinstance(value, bool)):
        raise WrongValue(f"{key} is a number, without quotation marks")
    elif shape == TEXT and not isinstance(value, str):
        raise WrongValue(f'{key} is words in quotation marks: {key} = "..."')
    elif shape == KEY and value not in SIGN_KEYS and not (isinstance(value, str) and 0 < len(value) < 4):
        said = f"key is one letter or digit of the keyboard, or one of {', '.join(SIGN_KEYS)}"
        raise WrongValue(said + nearest(str(value), SIGN_KEYS))
    elif shape == ICON:
        icon(key, value)
    elif shape == ICONS:
        for name in ids(key, value):
            icon(key, name)
        return tuple(value)
    elif shape == IDS:
        return ids(key, value)
    return value


def words(key: str, value: Any) -> Mapping[str, str]:
    """Words by language; one string stands for every language ("*")."""
    if isinstance(value, str):
        return {"*": value}
    if not isinstance(value, dict) or not all(isinstance(v, str) and v.strip() for v in value.values()):
        raise WrongValue(f'{key} has words by language: {key} = {{ en = "Settings", zh = "设置" }}')
    for language in value:
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]{2,4})?", language):
            raise WrongValue(f'"{language}" under {key} is no language: en, zh, es, ...')
    return value


def icon(key: str, name: Any) -> None:
    for mark, instead in NOT_OURS.items():
        if name != "ios_share" and (name == mark or str(name).startswith(mark + "_")):
            raise WrongValue(f'icon "{name}" is a trade mark and is not drawn; take "{instead}"')
    if name not in icon_codes():
        raise WrongValue(f'no icon "{name}"{nearest(str(name), icon_codes())} (media/icons/names.json)')


def ids(key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise WrongValue(f'{key} is a list of names: {key} = ["one", "two"]')
    return tuple(value)
