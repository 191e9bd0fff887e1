"""The chat page: its addresses, and what each does. Behind it: web_api, web_chat, web_shelf, web_pages, web_guard."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.channels.web_api import COOKIE, Api
from bot.channels.web_chat import Chats
from bot.channels.web_doors import Bounds, Clock, Fetch, Keeps, KeepUpload, Makes, Measure, Presents, Receives, now_utc
from bot.channels.web_guard import Refused, StrictHeaders
from bot.channels.web_lan import lan_url
from bot.channels.web_pages import STATIC, Pages
from bot.channels.web_shelf import Shelf
from bot.channels.web_words import Labels

Health = Callable[[], Awaitable[Mapping[str, object]]]


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
    health: Health | None = None,
    fetch: Fetch | None = None,
    keep_upload: KeepUpload | None = None,
) -> Starlette:
    """The page and its API. `app.state.chats.wake(chat)` tells a waiting page of news; `.stop()` lets all go.

    `shared`: every page is a shared computer's. `cover_after`: seconds untouched before such a page covers itself.
    `fetch`: what lies behind the handle of a file that somebody else sent; `keep_upload`: keeps a file for whoever holds
    the chat, or says "" and keeps nothing. `health`: what /healthz says; its "ok" decides between 200 and 503.
    """
    page = _Page(
        reception,
        store,
        conversation,
        studio,
        measure,
        public_url,
        shared,
        cover_after,
        bounds or Bounds(),
        clock,
        health,
        fetch,
        keep_upload,
    )
    routes: list[BaseRoute] = [
        Route("/", page.show),
        Route("/c/{centre}", page.show),
        Route("/l/{lesson}", page.show),
        Route("/k/{class_}", page.show),
        Route("/poster", page.poster),
        Route("/healthz", page.healthy),
        Route("/favicon.ico", page.favicon),
        *page.api.routes(),
        Route("/picture/{name}/{part}.png", page.picture),
        Route("/voice/{name}.mp3", page.voice),
        Route("/passed/{name}", page.passed),
        Mount("/static", StaticFiles(directory=STATIC)),
        *extra_routes,
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(StrictHeaders, secure=public_url.startswith("https:"))],
        exception_handlers={HTTPException: page.not_here, Refused: page.api.refused},
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
        bounds: Bounds,
        clock: Clock,
        health: Health | None,
        fetch: Fetch | None,
        keep_upload: KeepUpload | None,
    ) -> None:
        self._health, self._fetch = health, fetch
        self._public_url, self._shared, self._store = public_url, shared, store
        self._labels = Labels.load()
        self._pages = Pages(self._labels, public_url, cover_after)
        self._shelf = Shelf(studio)
        self.chats = Chats(reception, store, conversation, self._shelf, clock, bounds)
        self.api = Api(
            self.chats, self._labels, bounds, measure=measure, public_url=public_url, shared=shared, clock=clock,
            keep_upload=keep_upload,
        )  # fmt: skip

    # Pages

    async def show(self, request: Request) -> Response:
        start = ""
        for letter, kind in (("c", "centre"), ("l", "lesson"), ("k", "class_")):
            if kind in request.path_params:
                start = f"{letter}-{_id(request.path_params[kind])}"
        shared = self._shared or "shared" in request.query_params
        return self._pages.chat(await self._language(request), start=start, shared=shared)

    async def poster(self, request: Request) -> Response:
        centre = request.query_params.get("centre", "")
        address = self._public_url or str(request.base_url).rstrip("/")
        if request.url.hostname in ("127.0.0.1", "localhost", "::1") and not self._public_url:
            address = lan_url(request.url.port or 80) or address  # nobody else's phone can open 127.0.0.1
        return self._pages.poster(await self._language(request), f"{address}/c/{_id(centre)}" if centre else address)

    async def not_here(self, request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": "There is no such address."}, status)
        return self._pages.not_here(await self._language(request), status)

    async def healthy(self, request: Request) -> Response:
        if self._health is None:
            return JSONResponse({"ok": True})
        found = await self._health()
        return JSONResponse(found, 200 if found.get("ok") else 503)

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
        self.api.count(request)
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
        self.api.count(request)
        path = await self._shelf.voice(request.path_params["name"])
        if path is None:
            raise HTTPException(404)
        return FileResponse(path, media_type="audio/mpeg", headers={"cache-control": "private, max-age=86400"})

    async def passed(self, request: Request) -> Response:
        """What somebody else sent to this learner, such as a volunteer's voice message."""
        self.api.count(request)
        handle = self._shelf.passed(request.path_params["name"])
        found = await self._fetch(handle, "mp3") if handle and self._fetch else None
        if found is None:
            raise HTTPException(404)
        return Response(found.data, media_type=found.type, headers={"cache-control": "private, no-store"})


def _id(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]{1,64}", text):
        raise HTTPException(404)
    return text
