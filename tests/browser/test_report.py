"""The volunteers' report in a real browser: axe-core, keyboard alone, 320 px, without a script, on one sheet of paper."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from bot.centres import Centres
from bot.channels.report import ReportHouse, report_routes
from bot.channels.web import make_app
from bot.commands.report import SHIPPED, lesson_facts, lesson_paths
from bot.people import People
from bot.store import Store
from lessons.catalogue import Catalogue
from media.measure import measure
from tests.report import demo
from tests.web.standins import ScriptedTutor, SmallStudio

T = TypeVar("T")
pytestmark = pytest.mark.browser
CENTRE = """name = "Elm Street Library"
country = "GB"
timezone = "Europe/London"
emergency = "999"
[sources]
emergency = "test"
"""
PAGES = {
    "today": "/report", "learners": "/report/learners", "learner": "/report/learners/{mei}", "doings": "/report/learners/{vera}", "lessons": "/report/lessons",
    "lesson": "/report/lessons/connect-wifi", "centres": "/report/centres", "files": "/report/files", "you": "/report/you", "first": "/report/first",
}  # fmt: skip


def run(work: Coroutine[Any, Any, T]) -> T:
    """Playwright has a loop of its own in this thread."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


class Reported:
    """A server of the report in a thread of its own, and one-time links for it."""

    def __init__(self, folder: Path, *, empty: bool = False) -> None:
        (folder / "centres").mkdir()
        (folder / "centres" / "elm-street.toml").write_text(CENTRE)
        catalogue = Catalogue.load(SHIPPED)
        steps = {lesson.id: [step.id for step in lesson.steps] for lesson in catalogue.lessons("en")}
        self.ids = {} if empty else run(demo.write(folder, *demo.programme(steps)))
        self.store = Store.open(folder, clock=lambda: demo.NOW)
        self.people = People(self.store)
        facts = lesson_facts(catalogue)
        house = ReportHouse(
            self.store.path, self.people, self.store, Centres.load(folder / "centres"), lambda: facts,
            paths=lesson_paths(catalogue), clock=lambda: demo.NOW, **demo.extras(self.store, folder),
        )  # fmt: skip
        tutor = ScriptedTutor(self.store)
        app = make_app(
            tutor, self.store, tutor, SmallStudio(folder), measure=measure, extra_routes=report_routes(house)
        )
        bound = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{bound.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=2))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [bound]}, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)

    def link(self, role: str) -> str:
        _, token = run(self.people.add("Rosa", centre="elm-street", role=role, at=demo.NOW))
        return f"/report/in/{token}"

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Reported]]:
    running: dict[bool, Reported] = {}

    def served(empty: bool = False) -> Reported:
        if empty not in running:
            running[empty] = Reported(tmp_path_factory.mktemp("reported"), empty=empty)
        return running[empty]

    yield served
    for one in running.values():
        one.close()


@pytest.fixture
def signed_in(browser: Browser, reported: Callable[..., Reported]) -> Iterator[Callable[..., Page]]:
    """signed_in(path, role=..., width=..., script=...) signs in by a link and opens the page."""
    contexts, troubles = [], []

    def opened(
        path: str,
        *,
        role: str = "coordinator",
        width: int = 1280,
        height: int = 900,
        script: bool = True,
        empty: bool = False,
        locale: str = "en-GB",
    ) -> Page:
        site = reported(empty)
        context = browser.new_context(
            viewport={"width": width, "height": height},
            base_url=site.address,
            java_script_enabled=script,
            locale=locale,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
        page.on("console", lambda told: troubles.append(told.text) if told.type == "error" else None)
        page.on("request", lambda r: None if r.url.startswith(site.address) else troubles.append(f"outside: {r.url}"))
        page.goto(site.link(role))
        page.locator("main button").click()
        page.wait_for_url(re.compile(r"/report(/lessons)?$"))
        page.goto(path.format(mei=site.ids.get("Mei T.", ""), vera=site.ids.get("Vera M.", "")))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


def axe_clean(page: Page) -> None:
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = Axe().run(page, options=options)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_clean_and_fits(
    signed_in: Callable[..., Page], name: str, width: int, pictures: Path | None
) -> None:
    page = signed_in(PAGES[name], width=width)
    if pictures:
        page.screenshot(path=pictures / f"report-{name}-{width}.png", full_page=True)
    axe_clean(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "nothing to scroll sideways"
    small = page.evaluate(
        """least => Array.from(document.querySelectorAll('main .button, main select, main input:not([type=hidden]):not([type=checkbox]), .tabs a'))
        .filter(e => e.offsetParent && e.getBoundingClientRect().height < least).map(e => e.textContent.trim())""",
        44 if width >= 900 else 55,
    )
    assert small == [], "targets of 44, on a phone 56"
    faint = page.evaluate(
        "Array.from(document.querySelectorAll('main *')).map(e => parseFloat(getComputedStyle(e).fontSize)).filter(s => s < 15)"
    )
    assert faint == [], "no letters under 15"


def test_every_page_in_chinese_is_clean_and_fits(signed_in: Callable[..., Page], pictures: Path | None) -> None:
    page = signed_in("/report", width=320, locale="zh-CN")
    learners = page.evaluate("Array.from(document.querySelectorAll('a.name')).map(a => a.getAttribute('href'))")
    for path in [*(path for path in PAGES.values() if "{" not in path), learners[0]]:
        page.goto(path)
        assert page.evaluate("document.documentElement.lang") == "zh"
        axe_clean(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, f"{path}: nothing to scroll sideways"
        if pictures:
            page.screenshot(path=pictures / f"report-zh{path.replace('/', '-')}.png", full_page=True)


@pytest.mark.parametrize("role", ["volunteer", "coordinator"])
def test_the_first_screen_fits_on_one_sheet(signed_in: Callable[..., Page], role: str) -> None:
    page = signed_in("/report", role=role)
    page.emulate_media(media="print")
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
    text = page.locator("main").inner_text()
    assert "Who goes:" in text and "Needs a call today" in text and "shred it" in text
    assert "tricked" not in text.lower() and "bank" not in text.lower(), "never on paper"
    assert page.locator("header.top").is_hidden()


def test_with_the_keyboard_alone(signed_in: Callable[..., Page]) -> None:
    page = signed_in("/report")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the page itself"
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        told = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
            return [(e.tagName == "BODY" ? "" : e.getAttribute("aria-label") || e.textContent).trim().replace(/\\s+/g, ' '), parseFloat(s.outlineWidth), s.outlineStyle]; }"""
        )
        if told[0]:
            assert told[1] >= 4 and told[2] == "solid", f"{told[0]}: the focus is not seen"
            seen.append(told[0])
        if told[0] == "I have helped: Harold P.":
            break
    assert seen[:6] == ["Handrail", "Today", "Class", "Learners", "Lessons", "Centres"]
    assert seen.index("Ada L.") < seen.index("I have helped: Ada L.") < seen.index("Mei T.")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("said=helped"))
    assert "Thank you for helping" in page.get_by_role("status").inner_text()


def test_without_a_script_all_is_there(signed_in: Callable[..., Page]) -> None:
    page = signed_in("/report", script=False, width=390)
    assert page.get_by_text("Resting for 14 days or more").is_visible()
    assert page.get_by_text("They get no reminders").is_visible(), "folded parts stand open"
    page.get_by_role("link", name="Mei T.").first.click()
    assert page.get_by_role("heading", name="Mei T.").is_visible()
    page.get_by_role("link", name="Learners").click()
    page.get_by_label("Name or number").fill("vera")
    page.get_by_role("button", name="Show").click()
    assert page.get_by_role("heading", name="1 person").is_visible()


def test_the_buttons_of_the_first_screen(signed_in: Callable[..., Page]) -> None:
    page = signed_in("/report", role="volunteer")
    page.get_by_role("button", name="Say well done to Vera M.").click()
    assert "They will be glad" in page.get_by_role("status").inner_text()
    page.get_by_role("link", name="Save as a file").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save CSV").click()
    assert Path(download.value.path()).read_text("utf-8-sig").startswith("centre,learner,lesson")


def test_nothing_to_do_says_what_would_be_kind(signed_in: Callable[..., Page], pictures: Path | None) -> None:
    page = signed_in("/report", empty=True)
    assert "Nobody needs a person today" in page.inner_text("h1")
    axe_clean(page)
    if pictures:
        page.screenshot(path=pictures / "report-empty.png", full_page=True)


def test_a_writer_sees_lessons_alone(signed_in: Callable[..., Page]) -> None:
    page = signed_in("/report", role="writer")
    assert page.url.endswith("/report/lessons")
    assert page.locator(".tabs a").all_inner_texts() == ["Lessons"]
    assert not any(name in page.content() for name in ("Mei", "Vera", "Ada L."))
    axe_clean(page)
