"""The page of a learner's own person in a real browser: axe-core, keyboard alone, a narrow phone."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from bot.channels.web_pages import STATIC
from tests.web.test_family_page import Site

T = TypeVar("T")
pytestmark = pytest.mark.browser


def run(work: Coroutine[Any, Any, T]) -> T:
    """Playwright has a loop of its own in this thread."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Site, str]]:
    site = Site(tmp_path)
    site.app.routes.append(Mount("/static", StaticFiles(directory=STATIC)))
    bound = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(site.app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield site, f"http://127.0.0.1:{bound.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    run(site.store.close())


@pytest.mark.parametrize(("language", "width"), [("en-GB", 320), ("zh-CN", 390), ("en-GB", 1280)])
def test_from_the_link_to_a_kind_word_by_keyboard(
    served: tuple[Site, str], browser: Browser, language: str, width: int, pictures: Path | None
) -> None:
    site, address = served
    run(site.invite("a-token-of-ruth"))
    page = browser.new_context(viewport={"width": width, "height": 844}, locale=language, base_url=address).new_page()
    page.goto("/f/a-token-of-ruth")
    for state in ("invited", "family", "sent"):
        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, "wider than the screen"
        for box in page.locator(".choice, textarea").all():
            assert (box.bounding_box() or {})["height"] >= 60
        if pictures:
            page.screenshot(path=str(pictures / f"family-{state}-{width}.png"), full_page=True)
        if state != "sent":
            page.keyboard.press("Tab")
            with page.expect_navigation(wait_until="load"):
                page.keyboard.press("Enter")
    assert site.out and page.get_by_role("status").is_visible()
    page.context.close()
