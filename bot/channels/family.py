"""The page of a learner's own person: `/f/<token>` opens the invitation, `/family` shows where the learner is."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, Protocol
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.channels.web_guard import Refused, Tally, body_of, check_origin, neighbourhood
from bot.channels.web_pages import STATIC, TEMPLATES, fresh

COOKIE = "handrail_family"
LASTS = 90 * 24 * 3600
LONGEST_FORM = 4000
TRIES, TRIES_SECONDS = 20, 600  # links opened from one address


class Families(Protocol):
    """bot.people.family.Families, as far as the page needs it."""

    def say(self, key: str, language: str, /, **values: str) -> str: ...
    def language(self, wanted: str) -> str: ...
    async def join(self, token: str, at: datetime, *, chat: str | None = None, browser: str = "") -> bool: ...
    async def shown_to(self, at: datetime, *, chat: str = "", browser: str = "") -> tuple[Any, ...]: ...
    async def where(self, shown: Any, language: str, at: datetime) -> Any: ...
    async def name(self, shown: Any, language: str) -> str: ...
    async def leave(self, shown: Any) -> None: ...
    async def send(self, shown: Any, text: str, at: datetime, *, ready: str = "") -> str: ...


def family_routes(
    families: Families, *, kind: tuple[str, ...], longest: int, public_url: str, clock: Callable[[], datetime]
) -> list[BaseRoute]:
    """`kind`: the keys of the ready sentences; `longest`: characters of a kind word."""
    page = _FamilyPage(families, kind, longest, public_url, clock)
    return [
        Route("/f/{token}", page.invited),
        Route("/f/{token}", page.opened, methods=["POST"]),
        Route("/family", page.look),
        Route("/family", page.act, methods=["POST"]),
    ]


class _FamilyPage:
    def __init__(
        self,
        families: Families,
        kind: tuple[str, ...],
        longest: int,
        public_url: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._families, self._public_url, self._clock = families, public_url, clock
        self._tries = Tally(TRIES, TRIES_SECONDS)
        self._templates = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
        self._templates.globals.update(
            fresh=fresh, signs=Markup((STATIC / "signs.svg").read_text(encoding="utf-8")), kind=kind, longest=longest
        )

    async def invited(self, request: Request) -> Response:
        """A look at a link opens nothing yet: messengers fetch links to draw a preview of them."""
        token = request.path_params["token"]
        return self._page(request, token=token if re.fullmatch(r"[\w-]{10,64}", token) else "")

    async def opened(self, request: Request) -> Response:
        check_origin(request, self._public_url)
        if not self._tries.allows(neighbourhood(request), time.monotonic()):
            raise Refused(429, "Too many links from this address.", "too_fast")
        browser = request.cookies.get(COOKIE) or secrets.token_urlsafe(32)
        if not await self._families.join(request.path_params["token"], self._clock(), browser=browser):
            return self._page(request, told=self._say(request)("spent"), status=404)
        answer = RedirectResponse("/family", 303)
        answer.set_cookie(
            COOKIE, browser, max_age=LASTS, httponly=True, samesite="strict",
            secure=request.url.scheme == "https" or self._public_url.startswith("https:"),
        )  # fmt: skip
        return answer

    async def look(self, request: Request) -> Response:
        return await self._where(request)

    async def act(self, request: Request) -> Response:
        """A kind word, or no more."""
        check_origin(request, self._public_url)
        form = dict(parse_qsl((await body_of(request, LONGEST_FORM)).decode("utf-8", "replace")))
        shown = await self._shown(request)
        who = form.get("who", "")
        if not who.isdecimal() or int(who) >= len(shown):
            return await self._where(request)
        one, language, at = shown[int(who)], self._language(request), self._clock()
        name = await self._families.name(one, language)
        if "leave" in form:
            await self._families.leave(one)
            return await self._where(request, told=self._say(request)("left", name=name))
        told = await self._families.send(one, form.get("words", ""), at, ready=form.get("ready", ""))
        return await self._where(request, told=self._say(request)(told, name=name))

    # Within

    async def _shown(self, request: Request) -> tuple[Any, ...]:
        browser = request.cookies.get(COOKIE, "")
        return await self._families.shown_to(self._clock(), browser=browser) if browser else ()

    async def _where(self, request: Request, told: str = "") -> Response:
        language = self._language(request)
        people = [await self._families.where(one, language, self._clock()) for one in await self._shown(request)]
        return self._page(request, people=people, told=told or ("" if people else self._say(request)("nothing")))

    def _language(self, request: Request) -> str:
        return self._families.language(request.headers.get("accept-language", ""))

    def _say(self, request: Request) -> Callable[..., str]:
        language = self._language(request)
        return partial(_say, self._families, language)

    def _page(
        self, request: Request, *, people: Any = (), told: str = "", token: str = "", status: int = 200
    ) -> Response:
        html = self._templates.get_template("family.html").render(
            language=self._language(request), say=self._say(request), people=people, told=told, token=token
        )
        return HTMLResponse(html, status, headers={"vary": "Accept-Language, Cookie", "cache-control": "no-store"})


def _say(families: Families, language: str, key: str, **values: str) -> str:
    return families.say(key, language, **values)
