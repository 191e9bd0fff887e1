"""Who may come in: one-time links, a strict cookie, forms that only our own pages can send, and slowness for guessers."""

from __future__ import annotations

import hmac
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.channels.web_guard import Refused, Tally, body_of, neighbourhood
from bot.people import SESSION_LIFE, People, SignedIn, Volunteer
from bot.phrases.words import Words, best_language
from bot.report.pages import Pages

COOKIE = "handrail_report"
PATH = "/report"
LONGEST_FORM = 4000
WRONG_LINKS = (10, 600.0)  # from one address in ten minutes
WRONG_LINKS_BY_ALL = (200, 600.0)
REQUESTS = (240, 60.0)  # from one address in a minute


class NotSignedIn(Exception):
    """Nothing of the report is shown."""


@dataclass(frozen=True)
class Visit:
    """A request of somebody who is signed in."""

    request: Request
    volunteer: Volunteer
    csrf: str
    at: datetime
    language: str = "en"

    @property
    def words(self) -> Words:
        return Words(self.language)


def asked_language(request: Request) -> str:
    """What the browser asks for, of the languages that volunteers can read."""
    return best_language(request.headers.get("accept-language", ""))


def words_for(request: Request) -> Words:
    return Words(asked_language(request))


class Door:
    """`visit(request)` for what is only looked at, `form(request)` for what changes something."""

    def __init__(self, people: People, pages: Pages, public_url: str, now_at: Callable[[str], datetime]) -> None:
        self._people, self._pages, self._public_url, self._now_at = people, pages, public_url, now_at
        self._wrong = Tally(*WRONG_LINKS)
        self._wrong_by_all = Tally(*WRONG_LINKS_BY_ALL, keys=2)
        self._requests = Tally(*REQUESTS)

    async def visit(self, request: Request, *, needs: str = "any") -> Visit:
        """`needs`: any, people (no writers), coordinator. Raises NotSignedIn, Refused."""
        if not self._requests.allows(neighbourhood(request), time.monotonic()):
            raise Refused(429, words_for(request)("no.too_many"))
        found = await self._signed_in(request)
        if found is None:
            raise NotSignedIn
        who = found.volunteer
        language = who.language or asked_language(request)
        if (needs == "people" and not who.sees_people) or (needs == "coordinator" and not who.sees_all_centres):
            raise Refused(403, Words(language)("no.role"))
        return Visit(request, who, found.csrf, self._now_at(who.centre), language)

    async def form(
        self, request: Request, *, needs: str = "any", longest: int = LONGEST_FORM
    ) -> tuple[Visit, dict[str, str]]:
        """The fields of a form that one of our own pages sent, `longest` bytes at most. Raises NotSignedIn, Refused."""
        self._same_site(request)
        visit = await self.visit(request, needs=needs)
        body = (await body_of(request, longest)).decode("utf-8", "replace")
        fields = dict(parse_qsl(body, keep_blank_values=True, max_num_fields=40))
        self._our_own(visit, fields.get("csrf", ""))
        return visit, fields

    async def upload(self, request: Request, *, needs: str, longest: int) -> tuple[Visit, bytes]:
        """A file that the script of one of our own pages sent, as it is. Raises NotSignedIn, Refused."""
        self._same_site(request)
        visit = await self.visit(request, needs=needs)
        self._our_own(visit, request.headers.get("x-handrail-csrf", ""))
        return visit, await body_of(request, longest)

    def _our_own(self, visit: Visit, csrf: str) -> None:
        if not hmac.compare_digest(csrf.encode("utf-8", "replace"), visit.csrf.encode()):
            raise Refused(403, visit.words("no.old_form"))

    # Signing in and out

    async def link(self, request: Request) -> Response:
        """What a link opens: a page with a button. Looking does not spend it, so that a preview does no harm."""
        volunteer = await self._of_link(request)
        at = self._now_at(volunteer.centre if volunteer else "home")
        if volunteer is None:
            return self._spent(request, at)
        words = Words(volunteer.language) if volunteer.language else words_for(request)
        html = self._pages.alone(
            words("door.hello", name=volunteer.name), words("door.signs_in"), words("door.you_will_see"), at=at,
            action=request.url.path, button=words("door.sign_in"), language=words.language,
        )  # fmt: skip
        return as_page(html)

    async def sign_in(self, request: Request) -> Response:
        self._same_site(request)
        await self._of_link(request)
        token = request.path_params["token"]
        device = device_of(request.headers.get("user-agent", ""))
        signed = await self._people.sign_in_browser(token, device=device, at=self._now_at("home"))
        if signed is None:
            return self._spent(request, self._now_at("home"))
        await self._people.set_language(signed[0].id, asked_language(request), unless_chosen=True)
        answer = RedirectResponse("/report" if signed[0].sees_people else "/report/lessons", 303)
        answer.set_cookie(
            COOKIE, signed[1], max_age=int(SESSION_LIFE.total_seconds()), path=PATH, httponly=True, samesite="strict",
            secure=self._public_url.startswith("https:") or request.url.scheme == "https",
        )  # fmt: skip
        return answer

    async def sign_out(self, request: Request) -> Response:
        visit, _ = await self.form(request)
        await self._people.sign_out(request.cookies.get(COOKIE, ""), at=visit.at)
        answer = as_page(self._alone(visit.words, "door.signed_out", "door.goodbye", at=visit.at))
        answer.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="strict")
        return answer

    def not_signed_in(self, request: Request) -> Response:
        page = self._alone(words_for(request), "door.for_volunteers", "door.open_link", "door.no_link")
        return as_page(page, 401)

    def refused(self, request: Request, refused: Refused) -> Response:
        words = words_for(request)
        page = self._pages.alone(words("door.refused"), refused.why, at=self._now_at("home"), language=words.language)
        return as_page(page, refused.status)

    def not_here(self, request: Request) -> Response:
        return as_page(self._alone(words_for(request), "door.no_page", "door.forgotten"), 404)

    def _spent(self, request: Request, at: datetime) -> Response:
        page = self._alone(words_for(request), "door.spent", "door.spent_why", "door.spent_new", at=at)
        return as_page(page, 410)

    def _alone(self, words: Words, heading: str, *lines: str, at: datetime | None = None) -> str:
        return self._pages.alone(
            words(heading), *map(words, lines), at=at or self._now_at("home"), language=words.language
        )

    async def _signed_in(self, request: Request) -> SignedIn | None:
        cookie = request.cookies.get(COOKIE, "")
        if not re.fullmatch(r"[A-Za-z0-9_-]{20,100}", cookie):
            return None
        return await self._people.signed_in(cookie, at=self._now_at("home"))

    async def _of_link(self, request: Request) -> Volunteer | None:
        """Raises Refused for an address from which too many wrong links came: then even a right one waits."""
        who, now = neighbourhood(request), time.monotonic()
        if self._wrong.full(who, now) or self._wrong_by_all.full("all", now):
            raise Refused(429, words_for(request)("no.wrong_links"))
        volunteer = await self._people.of_link(request.path_params["token"][:100], at=self._now_at("home"))
        if volunteer is None:
            self._wrong.allows(who, now)
            self._wrong_by_all.allows("all", now)
        return volunteer

    def _same_site(self, request: Request) -> None:
        own = {(request.headers.get("host") or "").lower(), urlsplit(self._public_url).netloc.lower()} - {""}
        origin = request.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.lower() not in own:
            raise Refused(403, words_for(request)("no.other_site"))
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise Refused(403, words_for(request)("no.other_site"))


def device_of(agent: str) -> str:
    """ "Firefox, Android": enough to know one's own again; "" where neither is known."""
    browsers = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
    systems = (
        ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    )  # fmt: skip
    browser = next((name for mark, name in browsers if mark in agent), "")
    system = next((name for mark, name in systems if mark in agent), "")
    return ", ".join(part for part in (browser, system) if part)


def as_page(html: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(html, status, headers={"cache-control": "no-store"})
