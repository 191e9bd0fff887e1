"""A class in a real browser: the wall at five metres, the room on a phone, by keyboard, without a script, axe-core."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from bot.centres import Centres
from bot.channels.report import ClassHouse, ReportHouse, report_routes
from bot.channels.web import make_app
from bot.classes import Classes
from bot.classes.wall import COMMON
from bot.commands.lesson_print import card_of
from bot.commands.report import SHIPPED, lesson_facts
from bot.messages import Event, Session, Turn
from bot.people import People
from bot.phrases import Phrases
from bot.store import Parcel, Store
from bot.store import classes as tables
from lessons.catalogue import Catalogue
from lessons.model import Lesson, Picture
from media.card import pdf_of
from media.measure import measure
from media.picture import draw
from media.screens import load_screens
from tests.browser.test_report import CENTRE, axe_clean, run
from tests.web.standins import ScriptedTutor, SmallStudio

pytestmark = pytest.mark.browser
WIFI = "connect-wifi"
NAMES = ("Ann Ashby", "Ben Boyd", "Cleo Crane", "Dora Dent", "Ed Eliot", "Flo Frost")
WALL = {"width": 1920, "height": 1080}
LETTERS = """least => Array.from(document.querySelectorAll('body *'))
  .filter(e => e.offsetParent && !e.closest('.unseen') && Array.from(e.childNodes).some(n => n.nodeType === 3 && n.textContent.trim()))
  .filter(e => parseFloat(getComputedStyle(e).fontSize) < least).map(e => e.textContent.trim())"""
IN_PICTURES = """() => Array.from(document.images).map(i => { const r = i.getBoundingClientRect();
  return Math.min(r.width / i.naturalWidth, r.height / i.naturalHeight) })"""
LABEL, LEAST = 86, 65  # pixels of letters in a picture that is 1080 wide: the ringed label, and the smallest


class Room:
    """A server with a volunteer, Rosa, and a class of six people and a card."""

    def __init__(self, folder: Path) -> None:
        (folder / "centres").mkdir()
        (folder / "centres" / "elm-street.toml").write_text(CENTRE)
        self.folder, self.store = folder, Store.open(folder)
        self.people = People(self.store)
        self.catalogue, self.screens, self.phrases = Catalogue.load(SHIPPED), load_screens(), Phrases.load()
        self.classes = Classes(self.store, self.phrases, self._hand_out)
        facts, tutor = lesson_facts(self.catalogue), ScriptedTutor(self.store)
        house = ClassHouse(
            self.classes, self.catalogue, self.screens, self.phrases, self._picture, self._card, lambda: "ElmBot"
        )
        report = ReportHouse(
            self.store.path, self.people, self.store, Centres.load(folder / "centres"), lambda: facts, classes=house
        )
        app = make_app(
            tutor, self.store, tutor, SmallStudio(folder), measure=measure, extra_routes=report_routes(report)
        )
        bound = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{bound.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=2))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [bound]}, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)

    async def _hand_out(self, parcels: list[Parcel]) -> None:
        pass

    async def _picture(self, picture: Picture) -> Path:
        path = self.folder / f"{picture.screen}-{picture.element}-{picture.state}-{picture.maker}.png"
        if not path.exists():
            draw(picture, self.screens, crop=True, own_folder=SHIPPED).save(path)
        return path

    def _card(self, lesson: Lesson, maker: str, centre: str) -> bytes:
        return pdf_of(card_of(lesson, self.screens, self.phrases, maker), self.screens, SHIPPED)

    def link(self) -> str:
        _, token = run(self.people.add("Rosa", centre="elm-street", role="volunteer", at=datetime.now(UTC)))
        return f"/report/in/{token}"

    def begin(self, language: str = "en") -> str:
        """A class in which 2 cannot find it, 3 would like a person, and 4 let volunteers see their name."""

        async def made() -> str:
            rosa = (await self.people.all())[0]
            id = await self.classes.start(rosa, WIFI, language, 10, at=datetime.now(UTC))
            for number, name in enumerate(NAMES):
                maker = COMMON.get(language, COMMON[""])[number % 2]
                await self.sit(id, name, maker, "tablet" if number < 2 else "phone")
            await self.does(id, 2, "not_found", "hint_given", "not_found")
            await self.does(id, 3, "hand_raised")
            await self.classes.paper(id, "by the window", at=datetime.now(UTC))
            return id

        return run(made())

    async def sit(self, id: str, name: str, maker: str, kind: str) -> None:
        chat = await self.store.new_web_chat(f"{id}{name}")
        learner = await self.store.learner_of(chat)
        leave = {"volunteers": "yes"} if name == "Dora Dent" else {}
        system = "iphone" if maker == "apple" else "android"
        session = Session(learner, name=name, maker=maker, system=system, consents=MappingProxyType(leave))
        await self.store.save(Turn(session), chat=chat, at=datetime.now(UTC))
        await self.store.write(lambda db: tables.sit(db, id, learner, kind, datetime.now(UTC)))

    async def does(self, id: str, number: int, *names: str) -> None:
        sitter = (await self.classes.sitters(id))[number - 1]
        session = await self.store.load(sitter.seat.learner)
        assert session
        now = datetime.now(UTC)
        events = tuple(Event(name, now, session.learner, lesson=WIFI, step="open-network") for name in names)
        await self.store.save(Turn(session, events=events), chat=sitter.chat, at=now)

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    made = Room(tmp_path_factory.mktemp("class"))
    yield made
    made.close()


@pytest.fixture
def signed_in(browser: Browser, room: Room) -> Iterator[Callable[..., Page]]:
    """signed_in(path, width, height, ...) opens the page for Rosa. Fails at its end for anything fetched from outside."""
    contexts, troubles = [], []

    def opened(
        path: str, width: int = 1280, height: int = 900, *, script: bool = True, language: str = "en-GB"
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, base_url=room.address, java_script_enabled=script,
            locale=language,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
        page.on("console", lambda told: troubles.append(told.text) if told.type == "error" else None)
        page.on("request", lambda r: None if r.url.startswith(room.address) else troubles.append(f"outside: {r.url}"))
        page.goto(room.link())
        page.locator("form button").click()
        page.wait_for_url(re.compile(r"/report$"))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


def until(page: Page, expression: str) -> None:
    """The page's own strictness forbids playwright's way of waiting."""
    end = time.monotonic() + 15
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"never true: {expression}"
        page.wait_for_timeout(50)


def drawn(page: Page) -> None:
    until(page, "Array.from(document.images).every(i => i.complete && i.naturalWidth)")


def step_of(page: Page) -> str:
    return str(page.evaluate("document.body.dataset.step"))


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_the_rooms_pages_are_clean_and_fit(
    signed_in: Callable[..., Page], room: Room, width: int, pictures: Path | None
) -> None:
    page = signed_in("/report/class", width)
    id = room.begin()
    for name, path in (("list", "/report/class"), ("room", f"/report/class/{id}")):
        page.goto(path)
        if pictures:
            page.screenshot(path=pictures / f"class-{name}-{width}.png", full_page=True)
        axe_clean(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, "nothing to scroll sideways"
        least = 44 if width >= 900 else 55
        small = page.evaluate(
            """least => Array.from(document.querySelectorAll('main .button, main select, main input[type=text], main summary'))
            .filter(e => e.offsetParent && e.getBoundingClientRect().height < least && !e.matches('.wide-only summary, details.card[open] > summary'))
            .map(e => e.textContent.trim())""",
            least,
        )
        assert small == []
        assert page.evaluate(LETTERS, 15) == []


def test_who_waits_longest_comes_first_and_one_tap_goes_there(signed_in: Callable[..., Page], room: Room) -> None:
    page = signed_in("/report/class", 390, 844)
    id = room.begin()
    page.goto(f"/report/class/{id}")
    hands = page.locator("#hands .needs > li")
    assert [hands.nth(n).locator(".disc").inner_text() for n in range(hands.count())] == ["2", "3"]
    first = hands.nth(0).inner_text()
    assert "Cannot find it" in first and "Step 2" in first and "2 times" in first and "1 hint" in first
    assert "Ann" not in page.content() and "Ben" not in page.content(), "a name only with leave"
    assert "Dora Dent" in page.locator("#here").inner_text()
    page.get_by_role("button", name=re.compile(r"I am going there ?: Number 2")).click()
    expect(hands.nth(0)).to_contain_text("You are on the way")
    page.get_by_role("button", name=re.compile("Done, all is well ?: Number 2")).click()
    expect(hands).to_have_count(1)
    run(room.does(id, 5, "not_found"))
    until(page, "document.querySelectorAll('#hands .needs > li').length === 2")
    assert page.title().startswith("(2) "), "seen from another tab"


def test_what_is_being_written_stays_while_news_come(signed_in: Callable[..., Page], room: Room) -> None:
    page = signed_in("/report/class")
    id = room.begin()
    page.goto(f"/report/class/{id}")
    page.locator("#here .seat summary").first.press("Enter")
    page.locator("#here .seat input[type=text]").first.fill("by the door")
    page.get_by_role("button", name=re.compile(r"I am going there ?: Number 3")).focus()
    run(room.does(id, 6, "not_found"))
    until(page, "document.querySelectorAll('#hands .needs > li').length === 3")
    assert page.locator("#here .seat input[type=text]").first.input_value() == "by the door"
    assert page.evaluate("document.activeElement.dataset.key") == "going-3"
    assert "3" in page.locator("[data-told]").inner_text(), "said aloud to whoever listens"
    page.locator("#here .seat").first.get_by_role("button", name="Save").click()
    expect(page.locator("#here .seat summary").first).to_contain_text("by the door")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_wall_is_read_from_five_metres(
    signed_in: Callable[..., Page], room: Room, language: str, pictures: Path | None
) -> None:
    page = signed_in("/report/class", **WALL)
    id = room.begin(language)
    page.goto(f"/report/class/{id}/wall")
    twentieth = WALL["height"] / 20
    order = []
    while True:
        drawn(page)
        order.append(step_of(page))
        if pictures:
            page.screenshot(path=pictures / f"wall-{language}-{len(order)}.png")
        axe_clean(page)
        assert page.evaluate(LETTERS, twentieth) == [], order[-1]
        for scale in page.evaluate(IN_PICTURES):
            assert scale * LABEL >= twentieth, f"the ringed label of {order[-1]}"
        assert page.evaluate("document.documentElement.scrollHeight") <= WALL["height"], order[-1]
        assert page.evaluate("document.documentElement.scrollWidth") <= WALL["width"], order[-1]
        shown = page.locator("body").inner_text()
        assert not any(part in shown for name in NAMES for part in name.split() if len(part) > 3), "no name, ever"
        assert "window" not in shown
        if order[-1] == "end":
            break
        before = step_of(page)
        page.keyboard.press("ArrowRight")
        until(page, f"document.body.dataset.step !== '{before}'")
    lesson = room.catalogue.lesson(WIFI, language)
    assert lesson and order == ["", *(step.id for step in lesson.steps), "end"]


def test_the_wall_by_keyboard_and_from_the_phone(signed_in: Callable[..., Page], room: Room) -> None:
    wall = signed_in("/report/class", **WALL)
    id = room.begin()
    wall.goto(f"/report/class/{id}/wall")
    for key, step in (("PageDown", "open-settings"), ("ArrowRight", "open-network"), ("ArrowLeft", "open-settings")):
        wall.keyboard.press(key)
        until(wall, f"document.body.dataset.step === '{step}'")
    wall.locator("#next").focus()
    wall.keyboard.press("Enter")
    until(wall, "document.body.dataset.step === 'open-network'")
    assert wall.evaluate("document.activeElement.id") == "next", "the next Enter goes on"
    phone = wall.context.new_page()
    phone.set_viewport_size({"width": 390, "height": 844})
    phone.goto(f"/report/class/{id}")
    phone.locator("#on-wall").get_by_role("button", name="Next").click()
    wall.bring_to_front()
    until(wall, "document.body.dataset.step === 'open-list'")


def test_two_phones_stand_side_by_side_in_their_own_words(signed_in: Callable[..., Page], room: Room) -> None:
    page = signed_in("/report/class", **WALL)
    id = room.begin()
    run(room.classes.show(id, "open-network"))
    page.goto(f"/report/class/{id}/wall")
    columns = page.locator(".phones section")
    assert [columns.nth(n).locator("h2").inner_text() for n in range(2)] == ["Samsung", "iPhone"]
    assert "Connections" in columns.nth(0).inner_text() and "Wi-Fi" in columns.nth(1).inner_text()
    lefts = [columns.nth(n).bounding_box() for n in range(2)]
    assert lefts[0] and lefts[1] and lefts[0]["y"] == lefts[1]["y"] and lefts[0]["x"] < lefts[1]["x"]


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1024, 768), (1280, 720)])
def test_the_wall_on_other_screens(signed_in: Callable[..., Page], room: Room, width: int, height: int) -> None:
    page = signed_in("/report/class", width, height)
    id = room.begin()
    run(room.classes.show(id, "open-network"))
    page.goto(f"/report/class/{id}/wall")
    drawn(page)
    axe_clean(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(LETTERS, 20 if width < 700 else min(height / 20, width * 0.034) - 0.5) == []


def test_all_of_it_works_without_a_script(signed_in: Callable[..., Page], room: Room) -> None:
    page = signed_in("/report/class", script=False)
    page.locator("select[name=lesson]").select_option(f"en:{WIFI}")
    page.locator("input[name=people]").fill("8")
    page.get_by_role("button", name="Start the class").click()
    expect(page.locator("#here")).to_contain_text("0 of 8 are here")
    page.locator("#here input[name=name]").fill("with a stick")
    page.get_by_role("button", name="Add a seat").click()
    expect(page.locator("#here")).to_contain_text("with a stick")
    page.goto(page.url.split("#")[0] + "/wall")
    page.get_by_role("button", name="Next").click()
    expect(page.locator("main")).to_contain_text("Settings")
    page.get_by_role("link", name="Room").click()
    page.locator(".ending summary").click()
    page.get_by_role("button", name="Yes, end it").click()
    expect(page.locator("h1")).to_contain_text("How it went")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_class_ends_in_two_taps(signed_in: Callable[..., Page], room: Room, width: int) -> None:
    page = signed_in("/report/class", width)
    page.goto(f"/report/class/{room.begin()}")
    assert not page.get_by_role("button", name="Yes, end it").is_visible(), "not by one tap that slipped"
    page.locator(".ending summary").click()
    page.get_by_role("button", name="Yes, end it").click()
    expect(page.locator("h1")).to_contain_text("How it went")
    axe_clean(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_chinese_volunteer_reads_chinese(signed_in: Callable[..., Page], room: Room) -> None:
    page = signed_in("/report/class", language="zh-CN")
    id = room.begin("zh")
    page.goto(f"/report/class/{id}")
    assert "谁举手了" in page.locator("#hands").inner_text() and "我过去" in page.content()
    axe_clean(page)


def test_the_card_comes_from_this_computer_alone(signed_in: Callable[..., Page], room: Room) -> None:
    page = signed_in("/report/class")
    id = room.begin()
    answer = page.request.get(f"{room.address}/report/class/{id}/card.pdf?phone=apple")
    assert answer.status == 200 and answer.body().startswith(b"%PDF")
