"""Centres: one TOML file each in the data folder, written by whoever runs it and checked with file and line.
Numbers go by place, never by language."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from zoneinfo import ZoneInfo

from bot.messages import Centre

TEMPLATES = Path(__file__).parent / "centre_templates"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = ("telephone", "emergency", "crisis", "after_trick", "advice", "police", "fire")
TEXTS = ("name", "country", "timezone", "say_after_trick", "after_trick_reaches")
REACHES = ("", "bank", "police", "helpline")
KEYS = (*TEXTS, *NUMBERS, "crisis_always", "waking", "quiet", "hours", "sources")
MUST = ("name", "country", "timezone", "emergency")
SOURCED = ("emergency", "crisis", "after_trick", "advice", "police", "fire")
HOME = Centre("home", "", "", "UTC")
T = TypeVar("T")


class CentreError(Exception):
    """A centre's file cannot be used. The message begins with file and line and says what to write."""


@dataclass(frozen=True)
class Centres:
    """Every centre of a data folder. `home` is there without a file; its country is then not known."""

    centres: Mapping[str, Centre] = field(default_factory=dict)
    home: Centre = HOME

    @classmethod
    def load(cls, folder: Path) -> Centres:
        """Reads `folder`/*.toml; a folder that is not there is an empty one. Raises CentreError."""
        found = {path.stem: read(path) for path in sorted(folder.glob("*.toml"))} if folder.is_dir() else {}
        return cls(found, found.get("home") or Centre("home", "", "", local_timezone()))

    def get(self, id: str) -> Centre:
        """The centre of that id, or `home`."""
        return self.centres.get(id) or self.home

    def ids(self) -> tuple[str, ...]:
        return tuple(self.centres)


def templates() -> tuple[str, ...]:
    """The countries that a new centre can begin from, such as GB."""
    return tuple(sorted(path.stem for path in TEMPLATES.glob("*.toml")))


def from_template(id: str, country: str) -> str:
    """The text of a new centre's file. Raises CentreError for a bad id or an unknown country."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", id):
        raise CentreError(f"{id}: A centre's id has small letters, digits and hyphens alone, such as elm-street.")
    if country.upper() not in templates():
        raise CentreError(f"{country}: There is no template of that name. There are: {', '.join(templates())}.")
    return (TEMPLATES / f"{country.upper()}.toml").read_text(encoding="utf-8")


def read(path: Path) -> Centre:
    """One centre. Raises CentreError."""
    try:
        text = path.read_text(encoding="utf-8")
        fields = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = at.groups() if at else (str(text.count("\n") + 1), "1")
        what = str(error).split(" (at ")[0]
        raise CentreError(f"{path}:{line}:{column}: This is no TOML: {what}.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise CentreError(f"{path}:1:1: This file cannot be read: {error}.") from error
    return _Reader(path, text, fields).centre()


@dataclass(frozen=True)
class _Reader:
    path: Path
    text: str
    fields: Mapping[str, Any]

    def centre(self) -> Centre:
        for key in self.fields:
            if key not in KEYS:
                self.wrong(key, f"{key!r} is no key of a centre. There are: {', '.join(KEYS)}.")
        for key in MUST:
            if not self.fields.get(key):
                self.wrong(key, f'Write {key} = "...": a centre needs it.')
        texts = {key: self.take(key, _text, "") for key in (*TEXTS, *NUMBERS)}
        self.check(texts)
        return Centre(
            id=self.path.stem,
            hours=self.hours(),
            waking=self.take("waking", _span, ("09:00", "20:00")),
            quiet=tuple(self.take("quiet", _spans, ())),
            sources=self.sources(),
            crisis_always=self.take("crisis_always", _yes_or_no, False),
            **texts,
        )

    def check(self, texts: Mapping[str, str]) -> None:
        if not re.fullmatch(r"[A-Z]{2}", texts["country"]):
            self.wrong("country", "Write the country's two capital letters, such as GB.")
        try:
            ZoneInfo(texts["timezone"])
        except (ValueError, OSError, KeyError):
            self.wrong("timezone", "Write a time zone such as Europe/London or Asia/Shanghai.")
        if texts["after_trick_reaches"] not in REACHES:
            self.wrong("after_trick_reaches", f"Write one of {', '.join(REACHES[1:])}: who answers that number.")
        for key in NUMBERS:
            if not re.fullmatch(r"(\+?[0-9][0-9 ()-]*)?", texts[key]):
                self.wrong(key, "Write a telephone number in digits and spaces, or leave it empty.")
        for key in SOURCED:
            if texts[key] and key not in self.fields.get("sources", {}):
                self.wrong(key, f'Say under [sources] who says so and when: {key} = "who, month and year".')

    def hours(self) -> tuple[tuple[int, str, str], ...]:
        days = self.fields.get("hours", {})
        if not isinstance(days, dict):
            self.wrong("hours", 'Write [hours] and below it monday = ["09:00", "17:00"].')
        for day in days:
            if day not in WEEKDAYS:
                self.wrong(day, f"{day!r} is no day. Write one of {', '.join(WEEKDAYS)}.")
        spans = ((number, self.take_from(days, day, _span)) for number, day in enumerate(WEEKDAYS) if day in days)
        return tuple((number, *span) for number, span in spans)

    def sources(self) -> Mapping[str, str]:
        sources = self.fields.get("sources", {})
        if not isinstance(sources, dict) or not all(isinstance(v, str) for v in sources.values()):
            self.wrong("sources", 'Write [sources] and below it a line for each number: emergency = "who, when".')
        return dict(sources)

    def take(self, key: str, kind: Callable[[Any], T], default: T) -> T:
        return self.take_from(self.fields, key, kind) if key in self.fields else default

    def take_from(self, fields: Mapping[str, Any], key: str, kind: Callable[[Any], T]) -> T:
        try:
            return kind(fields[key])
        except ValueError as error:
            self.wrong(key, str(error))

    def wrong(self, key: str, what: str) -> NoReturn:
        lines = self.text.splitlines()
        pattern = re.compile(rf"\s*\[?\s*[\"']?{re.escape(key)}[\"']?\s*[=\]]")
        line = next((number for number, line in enumerate(lines, 1) if pattern.match(line)), 1)
        raise CentreError(f"{self.path}:{line}:1: {key}: {what}")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("Write it between quotation marks; telephone numbers too.")
    return value.strip()


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("Write true or false, without quotation marks.")
    return value


def _span(value: Any) -> tuple[str, str]:
    match value:
        case [str(opens), str(closes)] if _is_time(opens) and _is_time(closes) and opens < closes:
            return (opens, closes)
    raise ValueError('Write two times of a day, the earlier first: ["09:00", "20:00"].')


def _spans(value: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, list):
        raise ValueError('Write a list of times: [["12:00", "14:00"]].')
    return tuple(_span(each) for each in value)


def _is_time(text: str) -> bool:
    try:
        return len(text) == 5 and bool(time.fromisoformat(text).isoformat())
    except ValueError:
        return False


def local_timezone() -> str:
    """The time zone of this machine by name; UTC where it is not told."""
    link = os.path.realpath("/etc/localtime")
    for name in (os.environ.get("TZ", ""), link.partition("zoneinfo/")[2]):
        try:
            if name:
                return ZoneInfo(name).key
        except (ValueError, OSError, KeyError):
            continue
    return "UTC"
