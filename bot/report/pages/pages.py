"""Each method makes one whole page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.report import COLUMNS, Line, Report, words
from bot.report.files import as_cells

TEMPLATES = Path(__file__).parent / "templates"
ICONS = {"danger": "call", "tricked": "call", "worry": "low", "person": "hand", "stuck": "stuck"}
LEGEND = (
    ("call", "Needs a call today"), ("not-started", "Not started"),
    ("hand", "Asked for a person"), ("going-on", "Going on"),
    ("stuck", "Stuck (missed 3 times)"), ("finished", "Finished"),
    ("low", "Sounded low"), ("resting", "Resting 14 days"),
)  # fmt: skip
STATUS = {
    "needs_help": ("hand", "Needs a person"), "not_started": ("not-started", "Not started"),
    "going_on": ("going-on", "Going on"), "finished": ("finished", "Finished"), "resting": ("resting", "Resting"),
}  # fmt: skip


class Viewer(Protocol):
    """Who looks: a bot.people.Volunteer."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def sees_people(self) -> bool: ...
    @property
    def sees_all_centres(self) -> bool: ...


class Pages:
    """`fresh(name)` is the address of a file under static; `signs` the drawings that all pages share;
    `place_of(centre)` what a centre is called."""

    def __init__(self, fresh: Callable[[str], str], signs: str, place_of: Callable[[str], str]) -> None:
        self._jinja = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            lstrip_blocks=True,
        )  # fmt: skip
        self._jinja.filters.update(day=words.day, clock=_clock, sentence=_sentence, date=_date)
        self._jinja.globals.update(
            fresh=fresh,
            signs=Markup(signs),
            place_of=place_of,
            words=words,
            icons=ICONS,
            legend=LEGEND,
            statuses=STATUS,
        )

    def page(
        self, template: str, *, viewer: Viewer | None, at: datetime, tab: str = "", place: str = "", csrf: str = "",
        said: str = "", **values: object,
    ) -> str:  # fmt: skip
        """The HTML of a template. `said`: what has just been done, in words."""
        shared: Mapping[str, object] = {
            "viewer": viewer, "tabs": _tabs(viewer), "tab": tab, "place": place, "at": at, "csrf": csrf, "said": said,
            "trusted_all": bool(viewer and viewer.sees_all_centres),
        }  # fmt: skip
        return self._jinja.get_template(template).render(**shared, **values)

    def alone(self, heading: str, *lines: str, at: datetime, action: str = "", button: str = "") -> str:
        """A few words and at most one button, for whoever is not signed in."""
        return self.page(
            "alone.html", viewer=None, at=at, heading=heading, lines=lines, action=action, button=button
        )  # fmt: skip


def as_page(found: Report, rows: Iterable[Line], *, at: datetime, place: str) -> Iterator[str]:
    """One file for a browser and for paper: the first screen in words, and all rows. Piece by piece."""
    pages = Pages(str, "", str)
    page = pages.page("file.html", viewer=None, at=at, place=place, columns=COLUMNS, found=found)
    before, after = page.split("<!-- rows -->")
    yield before
    for line in rows:
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in as_cells(line.row)) + "</tr>\n"
    yield after


def _tabs(viewer: Viewer | None) -> list[tuple[str, str, str]]:
    lessons = ("/report/lessons", "Lessons", "bars")
    if viewer is None or not viewer.sees_people:
        return [lessons]
    return [
        ("/report", "Today", "hand"), ("/report/learners", "Learners", "page"), lessons,
        ("/report/centres", "Centres", "house"),
    ]  # fmt: skip


def _clock(at: datetime) -> str:
    return f"{at.hour}:{at:%M}"


def _date(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
