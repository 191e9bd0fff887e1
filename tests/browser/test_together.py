"""A volunteer on the report's page and a learner on the chat page, in real browsers, with the real tutor between them."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from bot.messages import Event, Turn
from bot.store import Address
from tests.people.house import House

T = TypeVar("T")
pytestmark = pytest.mark.browser
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


class Served:
    """The house on a loop of its own. Its clock moves on by itself, from the house's Monday."""

    def __init__(self, folder: Path) -> None:
        self._loop = asyncio.new_event_loop()
        self._begun = time.monotonic()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.house = self.run(self._build(folder))
        bound = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{bound.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(self.house.app, log_level="error", timeout_graceful_shutdown=2))
        self._server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
        self._serving = asyncio.run_coroutine_threadsafe(self._server.serve([bound]), self._loop)
        while not self._server.started:
            time.sleep(0.01)

    async def _build(self, folder: Path) -> House:
        house, begun = Living(folder), self._begun
        house.begun = begun
        return house

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    def close(self) -> None:
        self.house.app.state.chats.stop()
        self._server.should_exit = True
        self._serving.result(20)
        self.run(self.house.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)


class Living(House):
    begun = time.monotonic()

    def clock(self) -> datetime:
        return self.at + timedelta(seconds=time.monotonic() - self.begun)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    one = Served(tmp_path)
    yield one
    one.close()


@pytest.fixture
def opened(browser: Browser, served: Served) -> Iterator[Callable[..., Page]]:
    """opened(path, width=...) in a browser profile of its own; errors in scripts fail the test."""
    contexts, troubles = [], []

    def visit(path: str, *, width: int = 1280, height: int = 900) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="en-GB", base_url=served.address,
            permissions=["microphone"],
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
        page.goto(path)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert troubles == []


def axe_clean(page: Page) -> None:
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()


def kept(page: Page, pictures: Path | None, name: str) -> None:
    if pictures:
        page.screenshot(path=pictures / f"together-{name}.png", full_page=True)


def learner_on_the_page(served: Served, opened: Callable[..., Page], width: int = 390) -> tuple[Page, str]:
    """Joan, in a lesson, who has asked for a person; and her id."""
    page = opened("/c/elm", width=width, height=844)
    page.wait_for_selector("#choices .choice")
    house = served.house
    chat = served.run(
        house.store.read(lambda db: db.execute("select chat from addresses where channel = 'web'").fetchone()[0])
    )
    learner = served.run(house.learner_in_a_lesson(Address("web", "", chat)))
    page.reload()
    until(page, lambda: bool(said(page)))
    say(page, "how do I get on the wifi")
    for label in ("I know it", "Skip this", "Help", "A person, please"):
        answer(page, label)
    return page, learner


def said(page: Page) -> str:
    return page.evaluate("document.getElementById('announcer').textContent")


def answer(page: Page, label: str) -> None:
    before = said(page)
    page.wait_for_timeout(1200)
    page.get_by_role("button", name=label, exact=True).click()
    changed(page, before)


def say(page: Page, words: str) -> None:
    before = said(page)
    page.locator("#words").fill(words)
    page.locator("#send").click()
    changed(page, before)


def changed(page: Page, before: str) -> None:
    until(page, lambda: said(page) != before)


def until(page: Page, true: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "never came"
        page.wait_for_timeout(100)


def volunteer(served: Served, opened: Callable[..., Page], name: str = "Rosa", **size: int) -> Page:
    page = opened(f"/report/in/{served.run(served.house.link(name))}", **size)
    page.get_by_role("button", name="Sign in on this device").click()
    page.wait_for_url(re.compile(r"/report$"))
    return page


def test_a_volunteer_writes_on_the_page_with_a_learner_on_the_page(
    served: Served, opened: Callable[..., Page], pictures: Path | None
) -> None:
    rosa = volunteer(served, opened)
    joan, learner = learner_on_the_page(served, opened)
    rosa.goto("/report?minutes=5")
    axe_clean(rosa)
    kept(rosa, pictures, "today")
    rosa.get_by_role("link", name="Take Joan").or_(rosa.locator(f'a[href="/report/with/{learner}"]')).first.click()
    axe_clean(rosa)
    kept(rosa, pictures, "card")
    rosa.get_by_role("button", name="Write here").click()
    rosa.wait_for_selector("#talk")
    axe_clean(rosa)
    until(joan, lambda: "Rosa from Elm Street Library is here now" in said(joan))
    rosa.keyboard.type("Good morning Joan, what do you see?")  # the field has the focus
    rosa.keyboard.press("Tab")
    rosa.keyboard.press("Enter")
    until(joan, lambda: "Good morning Joan, what do you see?" in said(joan))
    joan.locator("#words").fill("it says Connections")
    joan.locator("#send").click()
    until(rosa, lambda: "it says Connections" in rosa.inner_text("#talk"))
    # A picture and a voice from the learner
    joan.locator("#file").set_input_files(picture(served.house.folder))
    joan.get_by_role("button", name="Yes, send it").or_(joan.locator(".panel .choice.usual")).first.click()
    until(rosa, lambda: rosa.locator("#talk img").count() == 1)
    until(rosa, lambda: bool(rosa.evaluate("document.querySelector('#talk img').naturalWidth")))
    # A voice from the learner, as the browser records it
    joan.locator("#speak").click()
    joan.wait_for_timeout(1800)
    joan.locator(".choice.stop").click()
    until(rosa, lambda: rosa.locator("#talk audio").count() == 1)
    played = "fetch(document.querySelector('#talk audio').src).then(r => r.headers.get('content-type'))"
    assert rosa.evaluate(played) == "audio/mpeg"
    # A voice from the volunteer
    rosa.get_by_role("button", name="Speak", exact=True).click()
    rosa.wait_for_timeout(1500)
    rosa.get_by_role("button", name="Stop and send").click()
    until(joan, lambda: joan.locator("#message audio.passed").count() == 1)
    until(rosa, lambda: rosa.locator("#talk audio").count() == 2)
    long = "(async () => { const a = document.querySelector('#message audio.passed'); a.load(); await new Promise(r => a.onloadedmetadata = r); return a.duration; })()"
    assert joan.evaluate(long) > 0.5
    kept(rosa, pictures, "writing")
    kept(joan, pictures, "learner")
    axe_clean(rosa)
    # What must not pass
    rosa.locator("#words").fill("what is the name of your bank")
    rosa.get_by_role("button", name="Send", exact=True).click()
    expect(rosa.locator(".said")).to_contain_text("Not sent")
    assert "bank" in rosa.input_value("#words")
    assert "bank" not in joan.inner_text("#message")
    kept(rosa, pictures, "stopped")
    rosa.get_by_role("button", name="Solved").click()
    until(joan, lambda: "Rosa has gone now" in said(joan))
    expect(rosa.locator("h1")).to_contain_text("Settled")
    left = served.run(
        served.house.store.read(
            lambda db: [db.execute(f"select count(*) from {t}").fetchone()[0] for t in ("talk", "talk_files")]
        )
    )
    assert left == [0, 0]


def test_a_visit_with_a_number_on_a_phone(served: Served, opened: Callable[..., Page], pictures: Path | None) -> None:
    rosa = volunteer(served, opened, width=390, height=844)
    joan, learner = learner_on_the_page(served, opened)
    answer(joan, "They may ring me")
    say(joan, "07700 900 123")
    until(joan, lambda: "two words first" in said(joan) or "two words first" in joan.inner_text("#message"))
    kept(joan, pictures, "number-learner")
    rosa.goto(f"/report/with/{learner}")
    assert "07700" not in rosa.content(), "nobody took it yet"
    kept(rosa, pictures, "card-phone")
    rosa.get_by_role("button", name="I visit, or ring").click()
    expect(rosa.locator("main")).to_contain_text("07700 900 123")
    axe_clean(rosa)
    kept(rosa, pictures, "visit-phone")
    rosa.get_by_role("button", name="Solved").click()
    expect(rosa.locator("h1")).to_contain_text("Settled")
    assert "07700" not in rosa.content()


def test_writers_look_into_screens_on_a_phone(
    served: Served, opened: Callable[..., Page], pictures: Path | None
) -> None:
    house = served.house
    _, learner = learner_on_the_page(served, opened)
    event = Event(
        "looks_different", house.at, learner, "connect-wifi", "v1", "open-list", "android", "samsung", "en", "web"
    )

    async def said_so() -> None:
        session = await house.store.load(learner)
        assert session
        chat = await house.store.read(
            lambda db: db.execute("select chat from learners where id = ?", (learner,)).fetchone()[0]
        )
        await house.store.save(Turn(session, events=(event,)), chat=chat, at=house.at)

    served.run(said_so())
    wim = opened(f"/report/in/{served.run(house.link('Wim', 'writer'))}", width=390, height=844)
    wim.get_by_role("button", name="Sign in on this device").click()
    wim.wait_for_url(re.compile(r"/report/lessons$"))
    wim.goto("/report/screens")
    assert "Open the list of networks" in wim.inner_text("main") and "Joan" not in wim.content()
    axe_clean(wim)
    assert wim.evaluate("document.documentElement.scrollWidth") == 390
    kept(wim, pictures, "screens-phone")
    wim.get_by_role("button", name="Looked into").click()
    expect(wim.locator("main")).to_contain_text("Every screen was found as it is drawn")


def picture(folder: Path) -> Path:
    path = folder / "seen.png"
    Image.new("RGB", (600, 900), "#dde8e4").save(path)
    return path
