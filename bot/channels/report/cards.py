"""A learner's card on the page: a kind word, writing to each other, a visit; and giving it back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.channels.web_guard import Refused

from .door import Visit, as_page
from .house import HandOver

if TYPE_CHECKING:
    from .routes import Screens

LONGEST_WORDS = 16_000  # bytes of a form: a thousand Chinese characters
LARGEST_FILE = 10 * 1024 * 1024
MINUTES = (5, 10, 20)
KINDS = {"image": "picture", "audio": "voice", "video": "voice"}
SAID = (
    "sent", "kind_sent", "on_the_list", "too_late_to_undo", "closed", "go_on", "gone", "taken", "not_you", "visit_told",
    "with_them", "cannot_keep", "stopped_secret", "stopped_link", "stopped_money", "stopped_long",
)  # fmt: skip


class Cards:
    """One method an address. Whoever looks must be allowed to see the learner."""

    def __init__(self, screens: Screens) -> None:
        self._screens, self._house, self._door = screens, screens.house, screens.door

    async def show(self, request: Request) -> Response:
        visit, learner = await self._screens.looks_at(request)
        said = request.query_params.get("said", "")
        return await self._page(visit, learner, said if said in SAID else "")

    async def act(self, request: Request) -> Response:
        visit, fields = await self._door.form(request, needs="people", longest=LONGEST_WORDS)
        learner = await self._may_see(visit)
        if "words" in fields and fields.get("do", "") == "say":
            done = await self._desk().say(learner, visit.volunteer, fields["words"], visit.at)
            if done is not None:  # what was written stays, to be worded anew
                return await self._page(visit, learner, done.key, written=fields["words"])
            return self._back(learner, "")
        done = await self._desk().act(learner, visit.volunteer, fields.get("do", ""), visit.at)
        return self._back(learner, done.key)

    async def send(self, request: Request) -> Response:
        """A voice or a picture, as the body. Answers 204, or says in words why not."""
        visit, data = await self._door.upload(request, needs="people", longest=LARGEST_FILE)
        learner = await self._may_see(visit)
        type = request.headers.get("content-type", "")
        kind = KINDS.get(type.split("/")[0].strip().lower(), "")
        if not kind or not data:
            raise Refused(415, visit.words("together.said.cannot_keep"))
        done = await self._desk().send(learner, visit.volunteer, kind, type, data, visit.at)
        if done is not None and done.key != "kind_sent":
            return Response(visit.words(f"together.said.{done.key}"), 409, media_type="text/plain")
        return Response(status_code=204)

    async def talk(self, request: Request) -> Response:
        """What was said so far, alone: the page asks for it every few seconds."""
        visit = await self._door.visit(request, needs="people")
        learner = await self._may_see(visit)
        sheet = await self._desk().sheet(learner, visit.volunteer, visit.at, visit.language)
        return as_page(self._screens.part(visit, "talk.html", sheet=sheet, learner=learner))

    async def file(self, request: Request) -> Response:
        visit = await self._door.visit(request, needs="people")
        learner = await self._may_see(visit)
        number = request.path_params["said"]
        found = await self._desk().file(learner, visit.volunteer, int(number)) if number.isdecimal() else None
        if found is None:
            return self._door.not_here(request)
        return Response(found.data, media_type=found.type, headers={"cache-control": "private, max-age=600"})

    async def take(self, request: Request) -> Response:
        """The button on Today: opens the card."""
        _, learner = await self._screens.about_somebody(request)
        return self._back(learner, "")

    # Within

    def _desk(self) -> HandOver:
        if self._house.hand_over is None:
            raise Refused(404, "Nobody can be taken here.")
        return self._house.hand_over

    async def _may_see(self, visit: Visit) -> str:
        learner = str(visit.request.path_params["learner"])
        centre = await asyncio.to_thread(self._screens.centre_of, learner)
        if centre is None or not visit.volunteer.sees(centre):
            raise Refused(404, visit.words("no.learner"))
        return learner

    async def _page(self, visit: Visit, learner: str, said: str, written: str = "") -> Response:
        sheet = await self._desk().sheet(learner, visit.volunteer, visit.at, visit.language)
        t, values = visit.words, {"name": sheet.taker, "who": sheet.who}
        told = t(f"together.said.{said}", **values) if said in SAID else ""
        if sheet.number:
            await self._house.people.note(visit.volunteer.id, "number_shown", learner=learner, at=visit.at)
        return self._screens.show(
            visit, "together.html", tab="/report", said=told, sheet=sheet, learner=learner, written=written
        )

    def _back(self, learner: str, said: str) -> Response:
        asked = f"?said={quote(said)}" if said in SAID else ""
        return RedirectResponse(f"/report/with/{learner}{asked}", 303)
