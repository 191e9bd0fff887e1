"""The chat page: its addresses, and what each does. Rooms behind it: web_chat, web_shelf, web_guard, web_pages."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.channels.web_chat import Chats, message_from_page
from bot.channels.web_doors import Bounds, Clock, Keeps, Makes, Measure, Presents, Receives, now_utc
from bot.channels.web_guard import MARK, Refused, StrictHeaders, Tally, body_of, check_same_site, json_of, neighbourhood
from bot.channels.web_pages import STATIC, Pages
from bot.channels.web_shelf import Shelf
from bot.channels.web_words import PICTURE_WORDS, Labels, tags
from bot.messages import Message, Tap

log = logging.getLogger(__name__)

COOKIE = "handrail"
A_YEAR = 365 * 24 * 3600
UPLOADS = {"image": "picture", "audio": "voice", "video": "voice"}  # some recorders call a voice "video/webm"
Answer = Callable[[Request], Awaitable[Response]]


def make_app(
    reception: Receives,
    store: Keeps,
    conversation: Presents,
    studio: Makes,
    *,
    measure: Measure,
    public_url: str = "",
    shared: bool = False,
    cover_after: int = 300,
    bounds: Bounds | None = None,
    clock: Clock = now_utc,
    extra_routes: Sequence[BaseRoute] = (),
) -> Starlette:
    """The page and its API. `app.state.chats.wake(chat)` tells a waiting page of news; `.stop()` lets all go.

    `shared`: every page is a shared computer's. `cover_after`: seconds untouched before such a page covers itself.
    """
    page = _Page(reception, store, conversation, studio, measure, public_url, shared, cover_after, bounds, clock)
    routes: list[BaseRoute] = [
        Route("/", page.show),
        Route("/c/{centre}", page.show),
        Route("/l/{lesson}", page.show),
        Route("/poster", page.poster),
        Route("/healthz", page.healthy),
        Route("/favicon.ico", page.favicon),
        Route("/api/now", page.api(page.now)),
        Route("/api/news", page.api(page.news)),
        Route("/api/open", page.api(page.open), methods=["POST"]),
        Route("/api/say", page.api(page.say), methods=["POST"]),
        Route("/api/tap", page.api(page.tap), methods=["POST"]),
        Route("/api/upload", page.api(page.upload), methods=["POST"]),
        Route("/api/card", page.api(page.card), methods=["POST"]),
        Route("/api/finish", page.api(page.finish), methods=["POST"]),
        Route("/picture/{name}/{part}.png", page.picture),
        Route("/voice/{name}.mp3", page.voice),
        Mount("/static", StaticFiles(directory=STATIC)),
        *extra_routes,
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(StrictHeaders, secure=public_url.startswith("https:"))],
        exception_handlers={HTTPException: page.not_here, Refused: page.refused},
    )
    app.state.chats = page.chats
    return app


class _Page:
    def __init__(
        self,
        reception: Receives,
        store: Keeps,
        conversation: Presents,
        studio: Makes,
        measure: Measure,
        public_url: str,
        shared: bool,
        cover_after: int,
        bounds: Bounds | None,
        clock: Clock,
    ) -> None:
        self._bounds = bounds or Bounds()
        self._clock, self._measure, self._public_url, self._shared = clock, measure, public_url, shared
        self._store = store
        self._labels = Labels.load()
        self._pages = Pages(self._labels, public_url, cover_after)
        self._shelf = Shelf(studio)
        self.chats = Chats(reception, store, conversation, self._shelf, clock, self._bounds)
        self._requests = Tally(self._bounds.requests_a_minute, 60)
        self._messages = Tally(self._bounds.messages_a_minute, 60)
        self._new = Tally(self._bounds.new_chats_an_hour, 3600)
        self._cards = Tally(self._bounds.card_tries, 600)
        self._all_cards = Tally(self._bounds.card_tries_by_all, 600)

    # Pages

    async def show(self, request: Request) -> Response:
        start = ""
        for letter, kind in (("c", "centre"), ("l", "lesson")):
            if kind in request.path_params:
                start = f"{letter}-{_id(request.path_params[kind])}"
        shared = self._shared or "shared" in request.query_params
        return self._pages.chat(await self._language(request), start=start, shared=shared)

    async def poster(self, request: Request) -> Response:
        centre = request.query_params.get("centre", "")
        address = self._public_url or str(request.base_url).rstrip("/")
        return self._pages.poster(await self._language(request), f"{address}/c/{_id(centre)}" if centre else address)

    async def not_here(self, request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": "There is no such address."}, status)
        return self._pages.not_here(await self._language(request), status)

    async def refused(self, request: Request, refused: Exception) -> Response:
        assert isinstance(refused, Refused)
        words = self._labels(request.headers.get(MARK, "en")[:10])[refused.label]
        return JSONResponse({"error": refused.why, "say": words}, refused.status)

    async def healthy(self, request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def favicon(self, request: Request) -> Response:
        return RedirectResponse("/static/favicon.svg", 301)

    async def _language(self, request: Request) -> str:
        """What the learner chose, else what the address or the browser says."""
        asked = request.query_params.get("lang", "")
        if asked in self._labels.languages:
            return asked
        chat = await self.chats.chat_of(request.cookies.get(COOKIE, ""))
        session = await self._store.load(await self._store.learner_of(chat)) if chat else None
        if session and session.language in self._labels.languages:
            return session.language
        return self._labels.best(request.headers.get("accept-language", ""))

    # Pictures and voices

    async def picture(self, request: Request) -> Response:
        self._count(request)
        part = request.path_params["part"]
        if part not in ("part", "whole"):
            raise HTTPException(404)
        path = await self._shelf.picture(request.path_params["name"], crop=part == "part")
        if path is None:
            raise HTTPException(404)
        return FileResponse(
            path, media_type="image/png", headers={"cache-control": "public, max-age=2592000, immutable"}
        )

    async def voice(self, request: Request) -> Response:
        self._count(request)
        path = await self._shelf.voice(request.path_params["name"])
        if path is None:
            raise HTTPException(404)
        return FileResponse(path, media_type="audio/mpeg", headers={"cache-control": "private, max-age=86400"})

    # The API

    def api(self, answer: Answer) -> Answer:
        """Every call of the page's script: bounded, from our own page only, refused in words."""

        async def guarded(request: Request) -> Response:
            try:
                self._count(request)
                check_same_site(request, self._public_url)
                return await answer(request)
            except Refused as refused:
                return await self.refused(request, refused)
            except ClientDisconnect:
                return Response(status_code=499)
            except Exception:
                log.exception("The chat page could not answer %s", request.url.path)
                words = self._labels(request.headers.get(MARK, "en")[:10])["trouble"]
                return JSONResponse({"error": "Something went wrong here.", "say": words}, 503)

        return guarded

    async def open(self, request: Request) -> Response:
        table = await json_of(request, self._bounds.json_bytes)
        start = str(table.get("start", ""))
        if start and not re.fullmatch(r"[cl]-[a-z0-9-]{1,64}", start):
            raise Refused(400, "start is c-<centre> or l-<lesson>.")
        token = request.cookies.get(COOKIE, "")
        chat = await self.chats.chat_of(token)
        card: list[str] = []
        if chat is None:
            if not self._new.allows(neighbourhood(request), time.monotonic()):
                raise Refused(429, "Too many new chats from this address in one hour.", "full")
            token, chat, card = await self.chats.begin(with_card=table.get("shared") is True)
        languages = [str(table.get("language", ""))[:10], *tags(request.headers.get("accept-language", ""))]
        message = self._message(table, chat, "text", start=start, first=True, locale=next(filter(None, languages), ""))
        answer = JSONResponse(await self.chats.opened(chat, message) | {"card": card})
        self._give_cookie(answer, request, token, for_a_year=not (self._shared or table.get("shared")))
        return answer

    async def say(self, request: Request) -> Response:
        chat = await self._chat(request)
        table = await json_of(request, self._bounds.json_bytes)
        text = table.get("text")
        if not isinstance(text, str) or not text.strip():
            raise Refused(400, "text is missing.")
        if len(text) > self._bounds.words:
            raise Refused(413, f"At most {self._bounds.words} characters.", "too_long")
        return await self._hear(chat, table, self._message(table, chat, "text", text=text))

    async def tap(self, request: Request) -> Response:
        chat = await self._chat(request)
        table = await json_of(request, self._bounds.json_bytes)
        turn, choice = table.get("turn"), table.get("choice")
        if not isinstance(turn, int) or isinstance(turn, bool) or not isinstance(choice, str) or len(choice) > 60:
            raise Refused(400, "turn is a number and choice a name.")
        return await self._hear(chat, table, self._message(table, chat, "tap", tap=Tap(turn, choice)))

    async def upload(self, request: Request) -> Response:
        """A photograph or a voice message. It is looked at here and now, and never written anywhere."""
        chat = await self._chat(request)
        kind = UPLOADS.get(request.headers.get("content-type", "").split("/")[0].strip().lower())
        if kind is None:
            raise Refused(415, "Send a picture or a sound.", "not_understood")
        data = await body_of(request, self._bounds.upload_bytes)
        if not data:
            raise Refused(400, "The body is empty.", "not_understood")
        if kind == "picture":
            await self._check_picture(data)
        table = {"id": request.query_params.get("id"), "after": _number(request.query_params.get("after", ""))}
        return await self._hear(chat, table, self._message(table, chat, kind))

    async def now(self, request: Request) -> Response:
        chat = await self.chats.chat_of(request.cookies.get(COOKIE, ""))
        return JSONResponse(await self.chats.now(chat) if chat else {"unknown": True})

    async def news(self, request: Request) -> Response:
        chat = await self.chats.chat_of(request.cookies.get(COOKIE, ""))
        after = _number(request.query_params.get("after", ""))
        return JSONResponse(await self.chats.news(chat, after=after) if chat else {"unknown": True})

    async def card(self, request: Request) -> Response:
        """Three picture words lead back to a place, on a shared computer."""
        words = (await json_of(request, self._bounds.json_bytes)).get("words")
        if not isinstance(words, list) or len(words) != 3 or not all(word in PICTURE_WORDS for word in words):
            raise Refused(400, "words are three of the picture words.")
        now = time.monotonic()
        if not (self._cards.allows(neighbourhood(request), now) and self._all_cards.allows("all", now)):
            raise Refused(429, "Too many tries.", "card_wait")
        token = await self.chats.come_back(words)
        if token is None:
            raise Refused(404, "No place has these words.", "card_wrong")
        answer = JSONResponse({"ok": True})
        self._give_cookie(answer, request, token, for_a_year=False)
        return answer

    async def finish(self, request: Request) -> Response:
        answer = JSONResponse({"ok": True})
        answer.delete_cookie(COOKIE)
        return answer

    # Within

    async def _hear(self, chat: str, table: dict[str, Any], message: Message) -> Response:
        after = table.get("after")
        return JSONResponse(await self.chats.hear(chat, message, after=after if isinstance(after, int) else 0))

    def _message(self, table: dict[str, Any], chat: str, kind: str, **more: Any) -> Message:
        id = table.get("id")
        if not isinstance(id, str) or not re.fullmatch(r"[A-Za-z0-9-]{8,64}", id):
            raise Refused(400, "id is 8 to 64 letters, digits and hyphens.")
        return message_from_page(id, chat, self._clock(), kind, **more)

    async def _chat(self, request: Request) -> str:
        chat = await self.chats.chat_of(request.cookies.get(COOKIE, ""))
        if chat is None:
            raise Refused(401, "No chat belongs to this browser. Open one first.", "new_page")
        if not self._messages.allows(chat, time.monotonic()):
            raise Refused(429, "Too many messages in a minute.", "too_fast")
        return chat

    async def _check_picture(self, data: bytes) -> None:
        size = await asyncio.to_thread(self._measure, data)
        if size is None:
            raise Refused(415, "This is no picture that can be opened.", "photo_wrong")
        if size[0] * size[1] > self._bounds.pixels:
            raise Refused(413, f"At most {self._bounds.pixels} pixels.", "photo_big")

    def _count(self, request: Request) -> None:
        if not self._requests.allows(neighbourhood(request), time.monotonic()):
            raise Refused(429, "Too many requests in a minute.", "too_fast")

    def _give_cookie(self, answer: Response, request: Request, token: str, *, for_a_year: bool) -> None:
        answer.set_cookie(
            COOKIE, token, max_age=A_YEAR if for_a_year else None, httponly=True, samesite="strict",
            secure=request.url.scheme == "https" or self._public_url.startswith("https:"),
        )  # fmt: skip


def _id(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]{1,64}", text):
        raise HTTPException(404)
    return text


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 16 else 0
