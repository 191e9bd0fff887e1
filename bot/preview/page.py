"""The preview as a local web page: the list of all lessons, and one lesson at a time. Only for this computer."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import re
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.channels.web_guard import StrictHeaders
from bot.channels.web_shelf import Shelf
from bot.channels.web_words import direction
from bot.messages import Reply, Session
from bot.preview import lesson_view
from bot.preview.desk import Desk, Now
from bot.preview.index_view import rows_of
from bot.preview.watch import Stamps, Watch
from lessons.diagnostic import Diagnostic
from lessons.model import Lesson
from media.studio import Studio

log = logging.getLogger(__name__)
HERE = Path(__file__).parent
WAIT = 20.0  # seconds that a page waits for news at most
READS_ON = {"this_phone": "this phone", "another_device": "another device"}
MakeStudio = Callable[[Now], Studio]


def make_app(desk: Desk, make_studio: MakeStudio, *, every: float = 0.4, wait: float = WAIT) -> Starlette:
    """`make_studio` is called again where the drawn screens have changed."""
    page = _Preview(desk, make_studio, every, wait)
    routes = [
        Route("/", page.index),
        Route("/news", page.news),
        Route("/lesson/{id}/{language}", page.lesson),
        Route("/picture/{name}.png", page.picture),
        Route("/voice/{name}.mp3", page.voice),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
    hosts = ["127.0.0.1", "localhost", "[::1]"]  # no page elsewhere may reach in by a name of its own
    return Starlette(
        routes=routes,
        lifespan=page.running,
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=hosts), Middleware(StrictHeaders)],
        exception_handlers={HTTPException: page.not_here},
    )


class _Preview:
    def __init__(self, desk: Desk, make_studio: MakeStudio, every: float, wait: float) -> None:
        self._desk, self._make_studio, self._wait = desk, make_studio, wait
        self._watch = Watch((desk.folder, desk.screens_folder), self._changed, every)
        self._studio = make_studio(desk.now)
        self._screens = desk.now.screens
        self._shelf = Shelf(self._studio)
        self._checking: asyncio.Task[None] | None = None
        self._closing = False
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            lstrip_blocks=True,
        )  # fmt: skip
        self._templates.globals.update(fresh=_fresh, dir=direction, in_bold=_in_bold)

    @contextlib.asynccontextmanager
    async def running(self, app: Starlette) -> AsyncIterator[None]:
        await asyncio.to_thread(self._watch.look)
        watching = asyncio.create_task(self._watch.run())
        try:
            yield
        finally:
            self._closing = True
            self._watch.tell()
            watching.cancel()
            await self._studio.close()

    def _changed(self, _: Stamps) -> None:
        try:
            self._desk.read()
        except Exception:  # one odd file must not end the preview; the page keeps what it had
            log.exception("the files could not be read")

    # --- pages ---------------------------------------------------------------------------------------

    async def index(self, request: Request) -> Response:
        """At once, with the findings as far as they are known; the rest follows."""
        rows = rows_of(self._desk)
        if not all(one.checked for row in rows for one in row.versions) and not self._checking:
            self._checking = asyncio.create_task(self._check_all())
        return self._page("index.html", language="en", rows=rows, mark=self._watch.mark)

    async def _check_all(self) -> None:
        try:
            await asyncio.to_thread(self._desk.check_all)
        finally:
            self._checking = None
            self._watch.tell()

    async def lesson(self, request: Request) -> Response:
        id, language = request.path_params["id"], request.path_params["language"]
        mark, now = self._watch.mark, self._desk.now
        source = now.source(id, language)
        if source is None:
            raise HTTPException(404, f"There is no lesson {id} in {language}.")
        await self._fresh_screens(now)
        found = await asyncio.to_thread(self._desk.findings, id)
        languages = self._desk.languages(id)
        found = tuple(lesson_view.findings_of(found, source, languages))
        lesson = now.good.get((id, language))
        whole = now.catalogue.lesson(id, language) is not None
        shared: dict[str, Any] = {
            "id": id, "language": language, "languages": languages, "path": source.path, "whole": whole, "mark": mark,
            "screens_wrong": now.screens_wrong, "wrong": sum(not d.note for d in found),
            "notes": sum(d.note for d in found), "at": datetime.now().strftime("%H:%M:%S"),
        }  # fmt: skip
        if lesson is None:
            parts = lesson_view.broken(source, found)
            return self._page("lesson.html", **shared, title=parts[0].title, parts=parts, phones=[], phone=None)
        view = partial(self._view, request, now, lesson, found)
        return self._page("lesson.html", **shared, title=lesson.title, **await asyncio.to_thread(view))

    def _view(self, request: Request, now: Now, lesson: Lesson, found: Sequence[Diagnostic]) -> dict[str, Any]:
        phones = lesson_view.phones_of(lesson, now)
        wanted = request.query_params.get("phone", "")
        usual = {"zh": "huawei"}.get(lesson.language, "samsung")
        phone = next((p for key in (wanted, usual) for p in phones if p.key == key), phones[0])
        spoken = request.query_params.get("phone_language", "")
        spoken = spoken if spoken in now.catalogue.languages() else lesson.language
        reads_on = request.query_params.get("reads_on", "")
        reads_on = reads_on if reads_on in READS_ON else "this_phone"
        parts = lesson_view.parts_of(now, lesson, phone, spoken, reads_on, found)
        return {
            "parts": parts, "phone": phone, "phone_language": spoken, "reads_on": reads_on,
            "phones": [(one.key, one.label) for one in phones], "readers": list(READS_ON.items()),
            "phone_languages": [(one, one) for one in now.catalogue.languages()],
            "pictures": {p.id: self._shelf.put_picture(p.picture) for p in parts if p.picture},
            "voices": {p.id: self._put_voice(p, lesson.language) for p in parts if p.spoken.strip()},
        }  # fmt: skip

    def _put_voice(self, part: lesson_view.Part, language: str) -> str:
        return self._shelf.put_voice(
            Reply(part.words, part.spoken, pace=part.pace), Session("writer", language=language)
        )

    async def news(self, request: Request) -> Response:
        """Waits until something is new."""
        mark = await self._watch.wait(request.query_params.get("have", ""), 0 if self._closing else self._wait)
        return JSONResponse({"mark": mark})

    async def picture(self, request: Request) -> Response:
        return self._file(await self._shelf.picture(request.path_params["name"], crop=False), "image/png")

    async def voice(self, request: Request) -> Response:
        return self._file(await self._shelf.voice(request.path_params["name"]), "audio/mpeg")

    async def not_here(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        why = error.detail if error.status_code == 404 and error.detail != "Not Found" else "There is no such page."
        return self._page("not_here.html", status=error.status_code, language="en", why=why, mark=self._watch.mark)

    # --- inside --------------------------------------------------------------------------------------

    async def _fresh_screens(self, now: Now) -> None:
        """A studio draws the screens that it was given: where they changed, a new one takes its place."""
        if now.screens is self._screens:
            return
        self._screens = now.screens
        old, self._studio = self._studio, self._make_studio(now)
        self._shelf = Shelf(self._studio)
        await old.close()

    @staticmethod
    def _file(path: Path | None, kind: str) -> Response:
        if path is None:
            raise HTTPException(404)
        return FileResponse(path, media_type=kind, headers={"cache-control": "no-cache"})

    def _page(self, template: str, status: int = 200, **values: object) -> Response:
        return HTMLResponse(self._templates.get_template(template).render(**values), status)


def _in_bold(words: str) -> Markup:
    """Paragraphs of a learner's words: `**name**` in bold, everything else as it stands."""
    paragraphs = [p for p in re.split(r"\n\s*\n|\n", words) if p.strip()]
    bold = [re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", str(escape(p))) for p in paragraphs]
    return Markup("".join(f"<p>{p}</p>" for p in bold))


def _fresh(name: str) -> str:
    mark = hashlib.blake2b((HERE / "static" / name).read_bytes(), digest_size=6).hexdigest()
    return f"/static/{name}?v={mark}"
