"""A real Chromium and a real server; the tutor behind the page is a scripted one."""

from __future__ import annotations

import json
import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from bot.channels.web import make_app
from bot.channels.web_doors import Bounds
from bot.store import Store
from media.measure import measure
from tests.web.standins import ScriptedTutor, SmallStudio

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
BOUNDS = Bounds(new_chats_an_hour=10_000, messages_a_minute=10_000, requests_a_minute=100_000, news_seconds=1.0)


def installed_browser() -> str | None:
    """CHROMIUM if it is set, else any installed Chromium, Chrome or Edge; None: what playwright itself fetched."""
    found = os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or next((place for place in PLACES if Path(place).exists()), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = installed_browser() or playwright.chromium.executable_path
        if not Path(path).exists():
            pytest.fail("No Chromium, Chrome or Edge is installed. Install one, or set CHROMIUM to where it is.")
        flags = ["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
                 "--autoplay-policy=no-user-gesture-required"]  # fmt: skip
        opened = playwright.chromium.launch(executable_path=path, args=flags)
        yield opened
        opened.close()


class Served:
    """A server of one page in a thread of its own. `tutor.heard` is what arrived."""

    def __init__(self, folder: Path, **options: Any) -> None:
        self.store = Store.open(folder)
        self.tutor = ScriptedTutor(self.store)
        studio = SmallStudio(folder, broken=options.pop("broken_studio", False))
        options.setdefault("bounds", BOUNDS)
        self.app = make_app(self.tutor, self.store, self.tutor, studio, measure=measure, **options)
        bound = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{bound.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(self.app, log_level="error", timeout_graceful_shutdown=2))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [bound]}, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)

    def close(self) -> None:
        self.app.state.chats.stop()
        self._server.should_exit = True
        self._thread.join(10)


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Served]]:
    """serve(shared=..., ...) gives a running page; all end with the session."""
    running: dict[str, Served] = {}

    def served(**options: Any) -> Served:
        key = repr(sorted(options.items()))
        if key not in running:
            running[key] = Served(tmp_path_factory.mktemp("served"), **options)
        return running[key]

    yield served
    for one in running.values():
        one.close()


@pytest.fixture
def visit(
    browser: Browser, serve: Callable[..., Served], request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """visit(width, height, language, path=..., **options) opens the page in a new, empty browser profile.

    The test fails at its end if the page had an error in its script or fetched anything from elsewhere.
    """
    contexts, troubles = [], []

    def visited(
        width: int = 390, height: int = 844, language: str = "en-GB", path: str = "/", *, wait: bool = True,
        server: Served | None = None, **context_options: Any,
    ) -> Page:  # fmt: skip
        served = server or serve()
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale=language, base_url=served.address, **context_options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
        page.on(
            "request",
            lambda r: troubles.append(f"outside: {r.url}") if not r.url.startswith((served.address, "blob:")) else None,
        )
        page.goto(path)
        if wait:
            page.wait_for_selector("#choices .choice")
            page.wait_for_timeout(600)  # see answer()
        return page

    yield visited
    for context in contexts:
        context.close()
    assert troubles == []


def until(page: Page, expression: str, seconds: float = 10) -> None:
    """Wait for a JavaScript expression to be true; the page's own strictness forbids playwright's way of waiting."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"never true: {expression}"
        page.wait_for_timeout(50)


def answer(page: Page, label: str) -> None:
    """Tap an answer and wait until something new is there."""
    said = "document.getElementById('announcer').textContent"
    before = page.evaluate(said)
    page.wait_for_timeout(600)  # sooner after a new message a tap is meant for the old one, and dropped
    page.get_by_role("button", name=label, exact=True).click()
    until(page, f"{said} !== {json.dumps(before)}")


def to_step(page: Page, language: str = "en") -> None:
    """From hello to a step with a picture."""
    answer(page, {"en": "Yes, let's begin", "zh": "好，开始吧"}[language])
    answer(page, {"en": "Done", "zh": "好了"}[language])


def settled(page: Page) -> None:
    """The picture and the length of the voice have come."""
    until(
        page,
        "Array.from(document.querySelectorAll('#message img')).every(i => i.complete)"
        " && Array.from(document.querySelectorAll('#message .voice .long')).every(l => l.textContent)",
    )
    page.wait_for_timeout(300)


@pytest.fixture
def pictures() -> Path | None:
    """HANDRAIL_PICTURES=folder keeps a screenshot of every state, to be looked at."""
    folder = os.environ.get("HANDRAIL_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(folder) if folder else None
