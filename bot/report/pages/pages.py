"""Each method makes one whole page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from bot.report import COLUMNS, Line, Report
from bot.report.files import as_cells
from bot.report.words import ReportWords, parts, words_in

TEMPLATES = Path(__file__).parent / "templates"
ICONS = {"danger": "call", "tricked": "call", "worry": "low", "person": "hand", "stuck": "stuck"}
LEGEND = ("call", "not-started", "hand", "going-on", "stuck", "finished", "low", "resting")
STATUS = {
    "needs_help": "hand", "not_started": "not-started", "going_on": "going-on", "finished": "finished", "resting": "resting",
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
    `place_of(centre)` what a centre is called. In a template `t("act.print")` gives the words of the page's language."""

    def __init__(self, fresh: Callable[[str], str], signs: str, place_of: Callable[[str], str]) -> None:
        self._jinja = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            lstrip_blocks=True,
        )  # fmt: skip
        self._jinja.filters.update(day=_day, clock=_clock, date=_date, sentence=_sentence, bold=_bold)
        self._jinja.globals.update(fresh=fresh, signs=Markup(signs), place_of=place_of, icons=ICONS)

    def page(
        self, template: str, *, viewer: Viewer | None, at: datetime, tab: str = "", place: str = "", csrf: str = "",
        said: str = "", language: str = "en", **values: object,
    ) -> str:  # fmt: skip
        """The HTML of a template. `said`: what has just been done, in words."""
        t = words_in(language)
        shared: Mapping[str, object] = {
            "viewer": viewer, "tabs": _tabs(viewer, t), "tab": tab, "place": place, "at": at, "csrf": csrf, "said": said,
            "trusted_all": bool(viewer and viewer.sees_all_centres), "t": t, "words": t,
            "statuses": {id: (icon, t(f"status.{id}")) for id, icon in STATUS.items()},
            "legend": [(icon, t(f"legend.{icon.replace('-', '_')}")) for icon in LEGEND],
        }  # fmt: skip
        return self._jinja.get_template(template).render(**shared, **values)

    def alone(
        self, heading: str, *lines: str, at: datetime, action: str = "", button: str = "", language: str = "en"
    ) -> str:
        """A few words and at most one button, for whoever is not signed in."""
        return self.page(
            "alone.html", viewer=None, at=at, heading=heading, lines=lines, action=action, button=button, language=language
        )  # fmt: skip


def as_page(found: Report, rows: Iterable[Line], *, at: datetime, place: str, language: str = "en") -> Iterator[str]:
    """One file for a browser and for paper: the first screen in words, and all rows. Piece by piece."""
    pages = Pages(str, "", str)
    page = pages.page("file.html", viewer=None, at=at, place=place, columns=COLUMNS, found=found, language=language)
    before, after = page.split("<!-- rows -->")
    yield before
    for line in rows:
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in as_cells(line.row)) + "</tr>\n"
    yield after


def _tabs(viewer: Viewer | None, t: ReportWords) -> list[tuple[str, str, str]]:
    lessons = ("/report/lessons", t("page.lessons"), "bars")
    if viewer is None or not viewer.sees_people:
        return [lessons]
    return [
        ("/report", t("page.today"), "hand"), ("/report/class", t("page.class"), "class"),
        ("/report/learners", t("page.learners"), "page"), lessons,
        ("/report/centres", t("page.centres"), "house"),
    ]  # fmt: skip


# Filters


@pass_context
def _day(context: Context, at: datetime) -> str:
    return str(context["t"].day(at))


@pass_context
def _clock(context: Context, at: datetime) -> str:
    return str(context["t"].clock(at))


@pass_context
def _date(context: Context, at: datetime) -> str:
    return str(context["t"].date(at))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _bold(text: str) -> Markup:
    """`**So**` stands out; everything else is escaped."""
    return Markup("").join(
        Markup("<strong>{}</strong>").format(part) if strong else part for part, strong in parts(text)
    )
