"""The lesson preview in a real browser: it follows the file, keeps its place, and is readable for everybody."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from bot.preview.desk import Desk
from bot.preview.page import make_app
from tests.browser.conftest import until
from tests.fakes.studio import FolderStudio
from tests.preview.conftest import Writer

pytestmark = pytest.mark.browser


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(tmp_path / "lessons")


@pytest.fixture
def page(browser: Browser, writer: Writer, tmp_path: Path) -> Iterator[Page]:
    app = make_app(Desk(writer.folder), lambda now: FolderStudio(tmp_path / "media"), every=0.05, wait=2)
    bound = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, base_url=f"http://127.0.0.1:{bound.getsockname()[1]}"
    )
    troubles: list[str] = []
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    opened.on("pageerror", lambda error: troubles.append(f"script: {error}"))
    opened.on("request", lambda r: None if r.url.startswith(("http://127.0.0.1", "data:")) else troubles.append(r.url))
    yield opened
    context.close()
    server.should_exit = True
    thread.join(5)
    assert troubles == []


def accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def keep(page: Page, name: str) -> None:
    folder = os.environ.get("HANDRAIL_PICTURES")
    if folder:
        page.screenshot(path=str(Path(folder) / f"preview-{name}.png"))


def test_the_page_follows_the_file_and_keeps_its_place(page: Page, writer: Writer) -> None:
    page.goto("/lesson/connect-wifi/en")
    page.locator("#choose-network").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#open-settings').kept = true")
    before = page.evaluate("window.scrollY")
    assert before > 0
    writer.spoil("Tap the name of yours.", "Simply tap your own.")
    until(page, "document.querySelector('#choose-network .lines').textContent.includes('Simply tap your own.')")
    assert page.locator("#choose-network .findings").inner_text().count("banned-word") == 1
    assert page.evaluate("window.scrollY") == before
    assert page.evaluate("document.querySelector('#open-settings').kept"), "what did not change is not touched"
    keep(page, "finding")
    accessible(page)
    writer.spoil("- **Ask**: Is it all typed?", "- **Aks**: Is it all typed?")
    page.locator("[role=alert]").wait_for()
    assert "cannot be read" in page.locator("[role=alert]").inner_text()
    assert page.locator("#type-password .lines").count() == 1
    page.evaluate("window.scrollTo(0, 0)")
    keep(page, "broken")
    accessible(page)


@pytest.mark.parametrize("address", ["/", "/lesson/connect-wifi/zh", "/lesson/nothing/en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_is_readable_for_everybody(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    keep(page, f"{address.strip('/').replace('/', '-') or 'index'}-{width}")


def test_another_phone_is_one_tap_away(page: Page) -> None:
    page.goto("/lesson/connect-wifi/en")
    page.get_by_role("link", name="iPhone", exact=True).click()
    assert page.get_by_role("link", name="iPhone", exact=True).get_attribute("aria-current") == "true"
    assert "Only on Android." in page.locator("#show-password").inner_text()
