"""The wall view: one step at a time in letters for five metres, and the cards for paper. Nothing of a person is here."""

from __future__ import annotations

import asyncio
import re

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from bot.channels.web_guard import Refused
from bot.classes import ClassWords
from bot.classes.wall import END, JOIN, Wall, moved, wall_of
from bot.report.pages import Pages
from bot.store.classes import Class
from lessons.model import MAKERS, Lesson

from .class_house import ClassHouse
from .classroom import TAB, Classroom
from .door import as_page


class WallPages:
    def __init__(self, classroom: Classroom, house: ClassHouse, pages: Pages) -> None:
        self._room, self._house, self._pages = classroom, house, pages

    async def wall(self, request: Request) -> Response:
        visit, held = await self._room.looks_at(request)
        lesson = self._lesson(held, visit.language)
        shown, following = await self._shown(held, lesson)
        words = ClassWords(held.language)
        html = self._pages.page(
            "wall.html", viewer=None, at=visit.at, csrf=visit.csrf, c=words, held=held, wall=shown, title=lesson.title,
            doors=self._room.doors(request, held) if shown.step == JOIN else (), language=held.language,
            pictures=self._pictures(held, shown), coming=self._pictures(held, following).values(), joins=JOIN, ends=END,
            room=f"{TAB}/{held.id}", over=held.ended_at is not None,
        )  # fmt: skip
        return as_page(html)

    async def now(self, request: Request) -> Response:
        """What stands on the wall, for a wall whose volunteer taps on a phone."""
        _, held = await self._room.looks_at(request)
        return JSONResponse(
            {"step": held.step, "over": held.ended_at is not None}, headers={"cache-control": "no-store"}
        )

    async def picture(self, request: Request) -> Response:
        """/picture/<maker>/<step>.png: the part of the screen that matters, with its ring."""
        visit, held = await self._room.looks_at(request)
        lesson = self._lesson(held, visit.language)
        maker, step = request.path_params["maker"], request.path_params["step"]
        phones = [p for p in self._house.phones(lesson, await self._house.classes.sitters(held.id)) if p.maker == maker]
        shown = wall_of(lesson, step, phones, self._house.screens, self._house.phrases) if phones else None
        picture = shown.columns[0].picture if shown and shown.columns else None
        path = await self._house.picture(picture) if picture else None
        if path is None:
            raise Refused(404, ClassWords(visit.language)("room.no_news"))
        return FileResponse(path, media_type="image/png", headers={"cache-control": "private, max-age=86400"})

    async def card(self, request: Request) -> Response:
        visit, held = await self._room.looks_at(request)
        lesson = self._lesson(held, visit.language)
        maker = request.query_params.get("phone", "")
        if MAKERS.get(maker) not in lesson.systems:
            maker = ""
        pdf = await asyncio.to_thread(self._house.card, lesson, maker, held.centre)
        name = re.sub(r"[^a-z0-9-]", "", f"{lesson.id}-{maker or 'card'}")
        headers = {"content-disposition": f'inline; filename="{name}.pdf"', "cache-control": "no-store"}
        return Response(pdf, media_type="application/pdf", headers=headers)

    # Within

    def _lesson(self, held: Class, language: str) -> Lesson:
        lesson = self._house.lesson(held)
        if lesson is None:
            raise Refused(404, ClassWords(language)("list.none_past"))
        return lesson

    async def _shown(self, held: Class, lesson: Lesson) -> tuple[Wall, Wall]:
        """What is shown, and what comes next, so that its pictures can be fetched ahead."""
        phones = self._house.phones(lesson, await self._house.classes.sitters(held.id))
        one, two = (
            wall_of(lesson, step, phones, self._house.screens, self._house.phrases)
            for step in (held.step, moved(lesson, phones, held.step, "next"))
        )
        return one, two

    def _pictures(self, held: Class, shown: Wall) -> dict[str, str]:
        """Maker -> the address of its picture."""
        return {
            column.phone.maker: f"{TAB}/{held.id}/picture/{column.phone.maker}/{shown.step}.png"
            for column in shown.columns
            if column.picture
        }
