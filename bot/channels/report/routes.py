"""The report's addresses, and what each does."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.channels.web_guard import Refused
from bot.channels.web_pages import STATIC, fresh
from bot.people import PeopleError, Volunteer
from bot.phrases.words import Words, languages
from bot.report import (
    STATUSES,
    ReportError,
    Wanted,
    centre_of,
    centres_of,
    doings,
    figures,
    learners,
    missed_by_centre,
    report,
    story,
    waiting_long,
)
from bot.report.pages import Pages
from bot.report.screens import other_screens
from bot.report.story import one_need
from bot.report.words import words_in

from .cards import MINUTES, Cards
from .class_house import ClassHouse
from .classroom import Classroom
from .door import Door, NotSignedIn, Visit, as_page
from .files import Files
from .house import ReportHouse
from .wall import WallPages

Answer = Callable[[Request], Awaitable[Response]]


def report_routes(house: ReportHouse) -> list[BaseRoute]:
    """For `make_app(extra_routes=...)`. Nothing of it is shown to whoever is not signed in."""
    screens = Screens(house)
    door, files, cards = screens.door, Files(screens), Cards(screens)

    def at(path: str, answer: Answer, *methods: str) -> Route:
        return Route(path, screens.guarded(answer), methods=list(methods or ("GET",)))

    return [
        at("/report/in/{token}", door.link),
        at("/report/in/{token}", door.sign_in, "POST"),
        at("/report/out", door.sign_out, "POST"),
        at("/report", screens.today),
        at("/report/learners", screens.learners),
        at("/report/learners/{learner}", screens.learner),
        at("/report/learners/{learner}/{lesson}/badge.png", files.badge),
        at("/report/learners/{learner}/{lesson}/certificate.pdf", files.certificate),
        at("/report/lessons", screens.lessons),
        at("/report/lessons.csv", files.lessons),
        at("/report/lessons/{lesson}", screens.lessons),
        at("/report/centres", screens.centres),
        at("/report/files", files.list),
        at("/report/files/{name}", files.file),
        at("/report/you", screens.you),
        at("/report/first", screens.first),
        at("/report/you", screens.change_you, "POST"),
        at("/report/helped", screens.helped, "POST"),
        at("/report/take", cards.take, "POST"),
        at("/report/with/{learner}", cards.show),
        at("/report/with/{learner}", cards.act, "POST"),
        at("/report/with/{learner}/talk", cards.talk),
        at("/report/with/{learner}/send", cards.send, "POST"),
        at("/report/with/{learner}/file/{said}", cards.file),
        at("/report/screens", screens.other_screens),
        at("/report/screens", screens.looked_into, "POST"),
        at("/report/well-done", screens.well_done, "POST"),
        *(_class_routes(screens, house.classes, at) if house.classes else ()),
    ]


def _class_routes(screens: Screens, house: ClassHouse, at: Callable[..., Route]) -> list[Route]:
    room = Classroom(screens, house)
    wall = WallPages(room, house, screens.pages)
    return [
        at("/report/class", room.all),
        at("/report/class", room.start, "POST"),
        at("/report/class/{id}", room.room),
        at("/report/class/{id}/hands", room.hands),
        at("/report/class/{id}/hand", room.hand, "POST"),
        at("/report/class/{id}/seat", room.seat, "POST"),
        at("/report/class/{id}/wall", wall.wall),
        at("/report/class/{id}/wall", room.show, "POST"),
        at("/report/class/{id}/now", wall.now),
        at("/report/class/{id}/picture/{maker}/{step}.png", wall.picture),
        at("/report/class/{id}/card.pdf", wall.card),
        at("/report/class/{id}/end", room.end, "POST"),
    ]


class Screens:
    """One method a page."""

    def __init__(self, house: ReportHouse) -> None:
        self.house = house
        self.pages = Pages(fresh, (STATIC / "report_signs.svg").read_text(encoding="utf-8"), house.place)
        self.door = Door(house.people, self.pages, house.public_url, house.now_at)

    def guarded(self, answer: Answer) -> Answer:
        async def answered(request: Request) -> Response:
            try:
                return await answer(request)
            except NotSignedIn:
                return self.door.not_signed_in(request)
            except Refused as refused:
                return self.door.refused(request, refused)
            except ReportError as error:
                return self.door.refused(request, Refused(503, str(error)))

        return answered

    def show(self, visit: Visit, template: str, *, tab: str, said: str = "", **values: object) -> Response:
        """`said`: what has just been done, where the address does not say it."""
        who = visit.volunteer
        t = visit.words
        place = t("who.all_centres") if who.sees_all_centres else self.house.place(who.centre)
        asked = visit.request.query_params.get("said", "")
        said = said or (t(f"said.{asked.replace('-', '_')}") if asked in SAID else "")
        html = self.pages.page(
            template, viewer=who, at=visit.at, tab=tab, place=place, csrf=visit.csrf, said=said,
            language=visit.language, **values,
        )  # fmt: skip
        return as_page(html)

    def part(self, visit: Visit, template: str, **values: Any) -> str:
        """A piece of a page, alone."""
        return self.pages.page(template, viewer=visit.volunteer, at=visit.at, language=visit.language, **values)

    # Today

    async def today(self, request: Request) -> Response:
        visit = await self.door.visit(request)
        if not visit.volunteer.sees_people:
            return RedirectResponse("/report/lessons", 303)
        found = await asyncio.to_thread(
            report, self.house.database, self.house.lessons(), names=True, at=visit.at,
            centre=visit.volunteer.own_centre, centres=False, language=visit.language,
        )  # fmt: skip
        await self.house.people.note(visit.volunteer.id, "looked", detail="today", at=visit.at)
        asked, desk = request.query_params.get("minutes", ""), self.house.hand_over
        minutes = int(asked) if asked in map(str, MINUTES) else 0
        takeable = await self._takeable(visit.volunteer)
        if desk and minutes:
            fitting = await desk.fitting(visit.volunteer, minutes)
            found.needs = [n for n in found.needs if n.learner in fitting or (n.learner not in takeable
                           and not n.taker and words_in(visit.language).minutes(n.reason) <= minutes)]  # fmt: skip
        return self.show(
            visit, "today.html", tab="/report", found=found, takeable=takeable, minutes=minutes,
            choices=MINUTES if desk else (), can_say=self.house.well_done is not None,
        )  # fmt: skip

    async def helped(self, request: Request) -> Response:
        visit, learner = await self.about_somebody(request)
        await self.house.store.helped(learner)
        await self.house.people.note(visit.volunteer.id, "helped", learner=learner, at=visit.at)
        return RedirectResponse("/report?said=helped", 303)

    async def well_done(self, request: Request) -> Response:
        visit, learner = await self.about_somebody(request)
        say = self.house.well_done
        done = say is not None and await say(learner, visit.volunteer, visit.at)
        if done:
            await self.house.people.note(visit.volunteer.id, "said_well_done", learner=learner, at=visit.at)
        return RedirectResponse(f"/report?said={'well-done' if done else 'not-said'}", 303)

    async def _takeable(self, who: Volunteer) -> frozenset[str]:
        """The learners whose card this volunteer may take."""
        desk = self.house.hand_over
        return await desk.fitting(who, max(MINUTES)) if desk else frozenset()

    # Learners

    async def learners(self, request: Request) -> Response:
        visit = await self.door.visit(request, needs="people")
        asked, house, who = request.query_params, self.house, visit.volunteer
        path = asked.get("path", "") if asked.get("path", "") in house.paths else ""
        page = asked.get("page", "1")
        wanted = Wanted(
            centre=who.own_centre or asked.get("centre", "")[:64], words=asked.get("words", "")[:60],
            status=asked.get("status", "") if asked.get("status", "") in STATUSES else "",
            lessons=house.paths[path][1] if path else (), news=asked.get("news") == "yes",
            page=int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1,
        )  # fmt: skip
        found = await asyncio.to_thread(
            learners, house.database, house.lessons(), wanted, names=True, at=visit.at, language=visit.language
        )
        await house.people.note(who.id, "looked", detail="learners", at=visit.at)
        centres = await asyncio.to_thread(centres_of, house.database) if who.sees_all_centres else ()

        def address(page: int) -> str:
            kept = {key: value for key, value in asked.items() if value and key != "page"}
            return "/report/learners?" + urlencode({**kept, "page": page})

        return self.show(
            visit, "learners.html", tab="/report/learners", found=found, wanted=wanted, path=path, paths=house.paths,
            centres=centres, address=address,
        )  # fmt: skip

    async def learner(self, request: Request) -> Response:
        visit, learner = await self.looks_at(request)
        house, who = self.house, visit.volunteer
        need = await asyncio.to_thread(
            one_need, house.database, house.lessons(), learner, names=True, at=visit.at, language=visit.language
        )
        trusted = who.sees_all_centres or bool(need and need.taken_by == who.id)
        found = await asyncio.to_thread(
            story,
            house.database,
            house.lessons(),
            learner,
            names=True,
            at=visit.at,
            trusted=trusted,
            language=visit.language,
        )
        if found is None:
            return self.door.not_here(request)
        able = await asyncio.to_thread(lambda: list(doings(house.database, learner=learner)))
        looked = await house.people.looked(learner=learner, most=20) if who.sees_all_centres else ()
        return self.show(
            visit, "learner.html", tab="/report/learners", found=found, trusted=trusted, looked=looked, able=able,
            can_take=learner in await self._takeable(who), title_of=lambda lesson: self._title(lesson, visit.language),
        )  # fmt: skip

    def _title(self, lesson: str, language: str) -> str:
        facts = self.house.lessons().get(lesson)
        return facts.title(language) if facts else lesson

    async def looks_at(self, request: Request) -> tuple[Visit, str]:
        """The learner of the address, if this volunteer may see them; that they looked is noted. Raises Refused."""
        visit = await self.door.visit(request, needs="people")
        learner = request.path_params["learner"]
        centre = await asyncio.to_thread(self.centre_of, learner)
        if centre is None or not visit.volunteer.sees(centre):
            raise Refused(404, visit.words("no.learner"))
        await self.house.people.note(visit.volunteer.id, "looked", learner=learner, at=visit.at)
        return visit, learner

    # Lessons, centres

    async def lessons(self, request: Request) -> Response:
        visit = await self.door.visit(request)
        chosen = request.path_params.get("lesson", "")[:64]
        found = await asyncio.to_thread(
            figures,
            self.house.database,
            self.house.lessons(),
            chosen,
            at=visit.at,
            planned=self.house.planned,
            language=visit.language,
        )
        if chosen and found.heat is None:
            return self.door.not_here(request)
        may_write = visit.volunteer.role in WRITERS
        return self.show(visit, "lessons.html", tab="/report/lessons", found=found, may_write=may_write)

    async def other_screens(self, request: Request) -> Response:
        """For writers and coordinators: steps whose screen looked different to somebody."""
        visit = await self.door.visit(request)
        self._for_writers(visit)
        found = await asyncio.to_thread(
            other_screens, self.house.database, self.house.lessons(), language=visit.language
        )
        return self.show(visit, "screens.html", tab="/report/lessons", found=found)

    async def looked_into(self, request: Request) -> Response:
        visit, fields = await self.door.form(request)
        self._for_writers(visit)
        lesson, step = fields.get("lesson", "")[:64], fields.get("step", "")[:64]
        if await self.house.store.screen_looked_into(lesson, step, by=visit.volunteer.id, at=visit.at):
            detail = f"{lesson} {step}"
            await self.house.people.note(visit.volunteer.id, "looked_into", detail=detail, at=visit.at)
        return RedirectResponse("/report/screens?said=saved", 303)

    def _for_writers(self, visit: Visit) -> None:
        if visit.volunteer.role not in WRITERS:
            raise Refused(403, visit.words("no.role"))

    async def centres(self, request: Request) -> Response:
        visit = await self.door.visit(request, needs="people")
        house, at = self.house, visit.at
        found = await asyncio.to_thread(report, house.database, house.lessons(), at=at, language=visit.language)
        duty: dict[str, str] = {}
        waiting: dict[str, int] = {}
        if visit.volunteer.sees_all_centres:
            for line in found.centres:
                here = await house.people.on_duty(line.centre, at=at)
                duty[line.centre] = ", ".join(who.name for who in here)
            waiting = await asyncio.to_thread(waiting_long, house.database, at)
        missed = await asyncio.to_thread(
            missed_by_centre,
            house.database,
            house.lessons(),
            at,
            centre=visit.volunteer.own_centre,
            language=visit.language,
        )
        most = max((line.people or 0 for line in found.centres), default=0)
        return self.show(
            visit,
            "centres.html",
            tab="/report/centres",
            found=found.centres,
            duty=duty,
            waiting=waiting,
            most=most,
            missed=missed,
        )

    # One's own page

    async def you(self, request: Request) -> Response:
        visit = await self.door.visit(request)
        who, people = visit.volunteer, self.house.people
        until = who.duty_until if who.on_duty(visit.at) else None
        return self.show(
            visit, "you.html", tab="/report/you", duty_until=until and until.astimezone(visit.at.tzinfo),
            chats=await people.chats_of(who.id), sign_ins=await people.sign_ins(who.id, at=visit.at),
            notes=await people.looked(most=100) if who.sees_all_centres else (),
            languages=[(code, Words(code)("language.name")) for code in languages()],
        )  # fmt: skip

    async def first(self, request: Request) -> Response:
        """A new volunteer's first ten minutes."""
        visit = await self.door.visit(request, needs="people")
        if self.house.first is None:
            return self.door.not_here(request)
        return self.show(visit, "first.html", tab="/report/first", lesson=self.house.first(visit.language))

    async def change_you(self, request: Request) -> Response:
        visit, fields = await self.door.form(request)
        who, people = visit.volunteer.id, self.house.people
        if fields.get("duty", "") in ("0", "2", "4", "8"):
            hours = int(fields["duty"])
            await people.set_duty(who, visit.at + timedelta(hours=hours) if hours else None, at=visit.at)
        elif fields.get("end"):
            await people.end_sign_in(who, fields["end"], at=visit.at)
        elif "morning" in fields:
            try:
                await people.set_morning(who, "" if fields.get("no_morning") else fields["morning"])
            except PeopleError:
                raise Refused(400, visit.words("no.clock")) from None
        elif fields.get("language") in languages():
            await people.set_language(who, fields["language"])
        return RedirectResponse("/report/you?said=saved", 303)

    async def about_somebody(self, request: Request) -> tuple[Visit, str]:
        """The learner that a form names, if this volunteer may see them. Raises Refused."""
        visit, fields = await self.door.form(request, needs="people")
        learner = fields.get("learner", "")
        centre = await asyncio.to_thread(self.centre_of, learner)
        if centre is None or not visit.volunteer.sees(centre):
            raise Refused(404, visit.words("no.learner"))
        return visit, learner

    def centre_of(self, learner: str) -> str | None:
        return centre_of(self.house.database, learner) if re.fullmatch(r"[0-9a-f]{1,40}", learner) else None


WRITERS = ("writer", "coordinator")  # who may change lessons, or has it done
SAID = ("helped", "taken", "well-done", "not-said", "saved")
