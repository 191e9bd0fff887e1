"""The report's files: the same rows as on the screen. Names only where they are asked for; who saves what is noted."""

from __future__ import annotations

import asyncio
import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse

from bot.channels.web_guard import Refused
from bot.phrases.words import Words
from bot.report import (
    Line,
    Report,
    as_csv,
    as_doings_csv,
    as_json,
    as_statements,
    doings,
    figures,
    lines,
    report,
    story,
)
from bot.report.badge import Achieved, bake, did_of, signed, signing_key
from bot.report.pages import as_page
from bot.report.paper import as_pdf
from bot.report.table_file import write_xlsx

from .door import Visit

if TYPE_CHECKING:
    from .routes import Screens

# File -> the words that say what it is.
LIST = (
    ("report.xlsx", "xlsx"), ("report.csv", "csv"), ("report.pdf", "pdf"), ("report.html", "html"), ("report.json", "json"),
    ("xapi.json", "xapi"), ("doings.csv", "doings"),
)  # fmt: skip
TYPES = {
    "report.csv": "text/csv; charset=utf-8", "doings.csv": "text/csv; charset=utf-8", "report.json": "application/json", "report.html": "text/html; charset=utf-8",
    "report.pdf": "application/pdf", "xapi.json": "application/json",
    "report.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
A_PIECE = 200  # rows that go out together


class Files:
    def __init__(self, screens: Screens) -> None:
        self._screens, self._house, self._door = screens, screens.house, screens.door

    async def list(self, request: Request) -> Response:
        visit = await self._door.visit(request, needs="people")
        named = [name for name, *_ in LIST if name != "xapi.json"]
        return self._screens.show(visit, "files.html", tab="/report/files", files=LIST, named=named)

    async def file(self, request: Request) -> Response:
        visit = await self._door.visit(request, needs="people")
        name = request.path_params["name"]
        if name not in TYPES:
            return self._door.not_here(request)
        names = request.query_params.get("names") == "yes" and name != "xapi.json"
        detail = f"{name}{' with names' if names else ''}"
        await self._house.people.note(visit.volunteer.id, "exported", detail=detail, at=visit.at)
        if name == "report.xlsx":
            return await self._xlsx(visit, names)
        if name == "report.pdf":
            return _attached(await asyncio.to_thread(self._pdf, visit, names), name)
        make: dict[str, Callable[[], Iterable[str]]] = {
            "report.csv": lambda: as_csv(line.row for line in self._lines(visit, names)),
            "report.json": lambda: as_json(line.row for line in self._lines(visit, names)),
            "report.html": lambda: as_page(
                self._report(visit, names),
                self._lines(visit, names),
                at=visit.at,
                place=self._place(visit),
                language=visit.language,
            ),
            "doings.csv": lambda: as_doings_csv(
                doings(self._house.database, centre=visit.volunteer.own_centre), names=names
            ),
            "xapi.json": lambda: as_statements(self._lines(visit, False), home=self._house.public_url),
        }
        return StreamingResponse(_together(make[name]()), media_type=TYPES[name], headers=_named(name))

    def _lines(self, visit: Visit, names: bool) -> Iterator[Line]:
        house = self._house
        return lines(house.database, house.lessons(), names=names, at=visit.at, centre=visit.volunteer.own_centre)

    async def _xlsx(self, visit: Visit, names: bool) -> Response:
        folder = tempfile.TemporaryDirectory()
        path = Path(folder.name) / "report.xlsx"
        rows = (line.row for line in self._lines(visit, names))
        await asyncio.to_thread(write_xlsx, rows, path, made=visit.at, language=visit.language)
        return FileResponse(
            path, media_type=TYPES["report.xlsx"], filename="report.xlsx", background=BackgroundTask(folder.cleanup)
        )

    def _report(self, visit: Visit, names: bool) -> Report:
        house = self._house
        return report(
            house.database, house.lessons(), names=names, at=visit.at, centre=visit.volunteer.own_centre,
            language=visit.language,
        )  # fmt: skip

    def _pdf(self, visit: Visit, names: bool) -> bytes:
        return as_pdf(self._report(visit, names), self._place(visit), language=visit.language)

    def _place(self, visit: Visit) -> str:
        who = visit.volunteer
        return visit.words("who.all_centres") if who.sees_all_centres else self._house.place(who.centre)

    async def lessons(self, request: Request) -> Response:
        """Where lessons get difficult, as numbers: what may be shown on the screen, and no more."""
        visit = await self._door.visit(request)
        await self._house.people.note(visit.volunteer.id, "exported", detail="lessons.csv", at=visit.at)
        return _attached((await asyncio.to_thread(self._figures, visit)).encode("utf-8-sig"), "lessons.csv")

    def _figures(self, visit: Visit) -> str:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(("lesson", "step", "title", "reached", "missed", "looks_different", "help", "stopped"))
        database, known = self._house.database, self._house.lessons()
        for line in figures(database, known, "", at=visit.at, language=visit.language).lessons:
            heat = figures(database, known, line.lesson, at=visit.at, language=visit.language).heat
            for step in heat.steps if heat else ():
                cells = ("few" if cell.many is None else cell.many for cell in step.cells)
                writer.writerow((line.lesson, step.step, step.title, step.reached or "few", *cells))
        return out.getvalue()

    # For a learner who wants one

    async def badge(self, request: Request) -> Response:
        visit, learner = await self._screens.looks_at(request)
        png, *_ = await asyncio.to_thread(self._badge, visit, learner, request.path_params["lesson"])
        await self._house.people.note(visit.volunteer.id, "exported", learner=learner, detail="badge", at=visit.at)
        return _attached(png, "badge.png", "image/png")

    async def certificate(self, request: Request) -> Response:
        visit, learner = await self._screens.looks_at(request)
        png, what, key, t = await asyncio.to_thread(self._badge, visit, learner, request.path_params["lesson"])
        if self._house.certificate is None:
            raise Refused(404, visit.words("no.certificate"))
        day = what.at.astimezone(visit.at.tzinfo)
        words = {
            "name": what.name, "title": what.title, "goal": what.goal, "centre": what.issuer, "key": key,
            "day": t.date(day), "made": what.at, "this_is": t("certificate.this_is"),
            "has_learned": t("certificate.has_learned"), "checked": t("certificate.checked"),
        }  # fmt: skip
        pdf = await asyncio.to_thread(self._house.certificate, words, png)
        detail = "certificate"
        await self._house.people.note(visit.volunteer.id, "exported", learner=learner, detail=detail, at=visit.at)
        return _attached(pdf, "certificate.pdf", "application/pdf")

    def _badge(self, visit: Visit, learner: str, lesson: str) -> tuple[bytes, Achieved, str, Words]:
        """(the picture, what it says, the key, the words of the learner's language). Raises Refused for a lesson that is not
        finished, or somebody who did not agree to be named."""
        house = self._house
        found = story(house.database, house.lessons(), learner, names=True, at=visit.at)
        row = next((one for one in found.lessons if one.lesson == lesson), None) if found else None
        if found is None or row is None or row.completed_utc is None or not found.by_name:
            raise Refused(404, visit.words("no.badge_for"))
        if house.badge_picture is None or house.data is None:
            raise Refused(404, visit.words("no.badge"))
        facts, t = house.lessons().get(lesson), Words(found.line.language)
        what = Achieved(
            lesson, row.title, (facts.goal(found.line.language) if facts else "") or row.title, found.line.who,
            house.place(found.line.centre), row.completed_utc, tuple(c for c in row.competences.split(";") if c), learner,
            t("certificate.narrative", lesson=row.title),
        )  # fmt: skip
        key = signing_key(house.data)
        picture = house.badge_picture(row.title, what.issuer)
        return bake(picture, signed(what, key)), what, did_of(key.public_key()), t


def _together(parts: Iterable[str]) -> Iterator[bytes]:
    """Some rows at a time: one at a time costs more than the rows themselves."""
    each = iter(parts)
    while piece := "".join(islice(each, A_PIECE)):
        yield piece.encode("utf-8", "replace")


def _named(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}


def _attached(body: bytes, name: str, kind: str = "") -> Response:
    return Response(body, media_type=kind or TYPES.get(name, "text/csv; charset=utf-8"), headers=_named(name))
