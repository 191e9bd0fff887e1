"""The volunteer's pages of a class: starting one, the room with its hands and seats, and how it went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.channels.web_guard import Refused
from bot.channels.web_lan import lan_url
from bot.channels.web_pages import square
from bot.classes import ClassWords
from bot.classes.afterwards import afterwards
from bot.classes.wall import moved
from bot.store.classes import Class, Sitter
from bot.store.seat import PERSON, hands

from .class_house import ClassHouse
from .door import Visit

if TYPE_CHECKING:
    from .routes import Screens

TAB = "/report/class"
LOCAL = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Hand:
    """One line of the list: `place` where they are, `tried` what was tried, in words."""

    sitter: Sitter
    why: str
    place: str
    tried: str


@dataclass(frozen=True)
class Door:
    """A way in: the address, and its square for a camera. `kind`: own_phone, in_telegram, on_tablet."""

    kind: str
    address: str
    square: object


class Classroom:
    def __init__(self, screens: Screens, house: ClassHouse) -> None:
        self._screens, self._door, self._house, self._report = screens, screens.door, house, screens.house
        self._classes = house.classes

    async def all(self, request: Request) -> Response:
        visit = await self._door.visit(request, needs="people")
        all_of_them = await self._classes.all(visit.volunteer, at=visit.at)
        mine = visit.language
        languages = sorted(self._house.catalogue.languages(), key=lambda language: (language != mine, language))
        return self._show(
            visit, "class_list.html", classes=all_of_them, titled=self._titled(visit), names=await self._names(),
            lessons=[(language, self._house.catalogue.lessons(language)) for language in languages],
            chosen=request.query_params.get("lesson", ""),
        )  # fmt: skip

    async def start(self, request: Request) -> Response:
        visit, fields = await self._door.form(request, needs="people")
        language, _, lesson = fields.get("lesson", "").partition(":")
        if self._house.catalogue.lesson(lesson, language) is None:
            raise Refused(400, ClassWords(visit.language)("list.lesson"))
        expected = fields.get("people", "")
        many = int(expected) if expected.isascii() and expected.isdecimal() and len(expected) < 4 else 10
        id = await self._classes.start(visit.volunteer, lesson, language, many, at=visit.at)
        await self._report.people.note(visit.volunteer.id, "class_started", detail=lesson, at=visit.at)
        return RedirectResponse(f"{TAB}/{id}", 303)

    async def room(self, request: Request) -> Response:
        visit, held = await self.looks_at(request)
        sitters = await self._classes.sitters(held.id)
        if not request.headers.get("referer", "").endswith(request.url.path):  # once, not after each tap on the page
            await self._report.people.note(visit.volunteer.id, "looked", detail="class", at=visit.at)
        lesson = self._house.lesson(held)
        if held.ended_at is not None:
            return self._show(
                visit, "class_after.html", held=held, title=self._titled(visit)(held),
                found=afterwards(held, sitters, self._house.lesson_in(held.lesson, visit.language, held.language)), names=await self._names(),
            )  # fmt: skip
        return self._show(
            visit, "class_room.html", held=held, title=self._titled(visit)(held), doors=self.doors(request, held),
            phones=self._house.phones(lesson, sitters) if lesson else (), on_wall=self._on_wall(visit, held),
            only_here=self._house.only_here, **self._news(visit, held, sitters),
        )  # fmt: skip

    async def hands(self, request: Request) -> Response:
        """Only what changes by itself: hands and seats, for the page that looks every few seconds."""
        visit, held = await self.looks_at(request)
        if held.ended_at is not None:
            raise Refused(410, ClassWords(visit.language)("room.no_news"))
        sitters = await self._classes.sitters(held.id)
        return self._show(visit, "class_news.html", held=held, **self._news(visit, held, sitters))

    # What changes something

    async def hand(self, request: Request) -> Response:
        visit, held, fields = await self._about(request)
        number, does = _number(fields), fields.get("do", "")
        if does == "going":
            await self._classes.going(held.id, number, visit.volunteer, at=visit.at)
        elif does == "not_going":
            await self._classes.not_going(held.id, number, visit.volunteer, at=visit.at)
        elif does == "helped":
            await self._classes.helped(held.id, number, at=visit.at)
        return self._back(held, "hands")

    async def seat(self, request: Request) -> Response:
        visit, held, fields = await self._about(request)
        does, name = fields.get("do", ""), fields.get("name", "")
        if does == "paper" and not await self._classes.paper(held.id, name, at=visit.at):
            raise Refused(409, ClassWords(visit.language)("room.full"))
        if does == "call":
            await self._classes.call(held.id, _number(fields), name)
        elif does == "take_away":
            await self._classes.take_away(held.id, _number(fields))
        return self._back(held, "here")

    async def show(self, request: Request) -> Response:
        """Next or back on the wall. From the wall itself the answer leads back there."""
        _, held, fields = await self._about(request)
        lesson = self._house.lesson(held)
        if lesson is not None:
            phones = self._house.phones(lesson, await self._classes.sitters(held.id))
            await self._classes.show(held.id, moved(lesson, phones, held.step, fields.get("to", "")))
        if fields.get("from") == "wall":
            return RedirectResponse(f"{TAB}/{held.id}/wall", 303)
        return self._back(held, "on-wall")

    async def end(self, request: Request) -> Response:
        visit, held, _ = await self._about(request)
        await self._classes.end(held.id, at=visit.at)
        return RedirectResponse(f"{TAB}/{held.id}", 303)

    # Within

    async def looks_at(self, request: Request) -> tuple[Visit, Class]:
        """The class of the address, if this volunteer may see it. Raises Refused."""
        visit = await self._door.visit(request, needs="people")
        return visit, await self._one(request, visit)

    async def _about(self, request: Request) -> tuple[Visit, Class, dict[str, str]]:
        """The running class that a form is about. Raises Refused."""
        visit, fields = await self._door.form(request, needs="people")
        held = await self._one(request, visit)
        if held.ended_at is not None:
            raise Refused(410, ClassWords(visit.language)("after.waits"))
        return visit, held, fields

    async def _one(self, request: Request, visit: Visit) -> Class:
        held = await self._classes.one(str(request.path_params["id"])[:40], visit.volunteer)
        if held is None:
            raise Refused(404, ClassWords(visit.language)("list.none_past"))
        return held

    def doors(self, request: Request, held: Class) -> list[Door]:
        """The ways in, the most likely first."""
        public = self._report.public_url
        base = public or str(request.base_url).rstrip("/")
        if request.url.hostname in LOCAL and not public and not self._house.only_here:
            base = lan_url(request.url.port or 80) or base  # no phone can open 127.0.0.1
        ways = [("own_phone", f"{base}/k/{held.code}"), ("on_tablet", f"{base}/k/{held.code}-t")]
        if name := self._house.telegram():
            ways.insert(1, ("in_telegram", f"https://t.me/{name}?start=k-{held.code}"))
        return [Door(kind, address, square(address)) for kind, address in ways]

    def _news(self, visit: Visit, held: Class, sitters: list[Sitter]) -> dict[str, Any]:
        up = {seat.number: place for place, seat in enumerate(hands(s.seat for s in sitters))}
        waiting = sorted((s for s in sitters if s.seat.number in up), key=lambda s: up[s.seat.number])
        return {"hands": [self._hand(visit, held, one) for one in waiting], "sitters": sitters}

    def _hand(self, visit: Visit, held: Class, sitter: Sitter) -> Hand:
        words, seat = ClassWords(visit.language), sitter.seat
        lesson = self._house.lesson_in(seat.at_lesson, visit.language, held.language)
        steps = lesson.steps_for(sitter.system or "android", sitter.maker) if lesson else ()
        number, title = next(((n, s.title) for n, s in enumerate(steps, 1) if s.id == seat.at_step), (0, ""))
        place = ""
        if number and lesson:
            key = "room.step" if seat.at_lesson == held.lesson else "room.other_step"
            place = words(key, number=number, step=title, lesson=lesson.title)
        tried = [words.many(f"room.{what}", many) for what in ("misses", "hints") if (many := getattr(seat, what))]
        return Hand(
            sitter,
            words("room.lost_person" if seat.why == PERSON else "room.lost"),
            place,
            words("room.comma").join(tried),
        )

    def _on_wall(self, visit: Visit, held: Class) -> str:
        words = ClassWords(visit.language)
        lesson = self._house.lesson_in(held.lesson, visit.language, held.language)
        title = next((s.title for s in lesson.steps if s.id == held.step), "") if lesson else ""
        return title or words("room.wall_end" if held.step == "end" else "room.wall_join")

    def _titled(self, visit: Visit) -> Callable[[Class], str]:
        return lambda held: self._house.title(held.lesson, visit.language, held.language)

    async def _names(self) -> dict[str, str]:
        return {volunteer.id: volunteer.name for volunteer in await self._report.people.all()}

    def _show(self, visit: Visit, template: str, **values: Any) -> Response:
        return self._screens.show(visit, template, tab=TAB, c=ClassWords(visit.language), **values)

    def _back(self, held: Class, part: str) -> Response:
        return RedirectResponse(f"{TAB}/{held.id}#{part}", 303)


def _number(fields: dict[str, str]) -> int:
    number = fields.get("seat", "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else 0
