"""The pages of a class over HTTP: who may see them, and what a form may do."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from bot.centres import Centres
from bot.channels.report import ClassHouse, ReportHouse, report_routes
from bot.channels.web import make_app
from bot.classes import Classes
from bot.people import People
from bot.store import Parcel, Store
from lessons.model import Lesson, Picture
from media.measure import measure
from tests.talk import every_lesson, the_conversation
from tests.web.standins import ScriptedTutor, SmallStudio

ORIGIN = "http://page.test"
FORM = {"lesson": "en:connect-wifi", "people": "8"}


async def _nothing(parcels: list[Parcel]) -> None:
    assert not parcels


async def _no_picture(picture: Picture) -> Path | None:
    return None


class Site:
    def __init__(self, folder: Path) -> None:
        self.store = Store.open(folder)
        self.people = People(self.store)
        conversation, tutor = the_conversation(), ScriptedTutor(self.store)
        self.classes = Classes(self.store, conversation.phrases, _nothing)
        house = ClassHouse(
            self.classes, every_lesson(), conversation.screens, conversation.phrases, _no_picture, self._card,
            only_here=True,
        )  # fmt: skip
        report = ReportHouse(
            self.store.path, self.people, self.store, Centres.load(folder / "centres"), lambda: {}, classes=house
        )
        self.app = make_app(
            tutor, self.store, tutor, SmallStudio(folder), measure=measure, extra_routes=report_routes(report)
        )

    def _card(self, lesson: Lesson, maker: str, centre: str) -> bytes:
        return f"%PDF {lesson.id} {maker} {centre}".encode()

    async def sign_in(self, role: str = "volunteer", centre: str = "elm-street") -> httpx.AsyncClient:
        _, token = await self.people.add("Rosa", centre=centre, role=role, at=datetime.now(UTC))
        browser = self.browser()
        assert (await browser.post(f"/report/in/{token}")).status_code == 303
        return browser

    def browser(self) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, client=("198.51.100.7", 1234))
        return httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"Origin": ORIGIN})


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    made = Site(tmp_path)
    yield made
    await made.store.close()


async def send(browser: httpx.AsyncClient, path: str, **fields: str) -> httpx.Response:
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', (await browser.get("/report/you")).text)
    assert found
    return await browser.post(path, data={"csrf": found[1], **fields})


async def begin(browser: httpx.AsyncClient) -> str:
    answer = await send(browser, "/report/class", **FORM)
    assert answer.status_code == 303
    return answer.headers["location"]


async def test_nobody_else_sees_a_class(site: Site) -> None:
    room = await begin(await site.sign_in())
    stranger, writer = site.browser(), await site.sign_in("writer")
    elsewhere, coordinator = await site.sign_in(centre="oak-road"), await site.sign_in("coordinator", "oak-road")
    for page in ("", "/hands", "/wall", "/now", "/card.pdf", "/picture/samsung/open-settings.png"):
        assert (await stranger.get(room + page)).status_code == 401, page
        assert (await writer.get(room + page)).status_code == 403, page
        assert (await elsewhere.get(room + page)).status_code == 404, page
    assert (await coordinator.get(room)).status_code == 200
    assert room not in (await elsewhere.get("/report/class")).text


@pytest.mark.parametrize("form", ["hand", "seat", "wall", "end"])
async def test_only_a_page_of_ours_changes_something(site: Site, form: str) -> None:
    rosa = await site.sign_in()
    room = await begin(rosa)
    assert (await rosa.post(f"{room}/{form}", data={"do": "paper", "to": "next"})).status_code == 403
    elsewhere = await site.sign_in(centre="oak-road")
    assert (await send(elsewhere, f"{room}/{form}", do="paper", to="next")).status_code == 404
    held = await site.classes.one(room.rsplit("/", 1)[1], (await site.people.all())[0])
    assert held and held.step == "" and held.ended_at is None and await site.classes.sitters(held.id) == []


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"lesson": "en:no-such-lesson", "people": "8"}, 400), ({"lesson": "connect-wifi", "people": "8"}, 400),
        ({"people": "8"}, 400), ({"lesson": "en:connect-wifi", "people": "many"}, 303),
        ({"lesson": "en:connect-wifi", "people": "9999999"}, 303), ({"lesson": "zh:connect-wifi"}, 303),
    ],
)  # fmt: skip
async def test_a_form_that_is_odd(site: Site, fields: dict[str, str], status: int) -> None:
    assert (await send(await site.sign_in(), "/report/class", **fields)).status_code == status


async def test_odd_numbers_and_names_break_nothing(site: Site) -> None:
    rosa = await site.sign_in()
    room = await begin(rosa)
    await send(rosa, f"{room}/seat", do="paper", name="<b>by</b> the  window " + "x" * 100)
    for seat in ("", "-1", "9999", "٣", "1e3"):
        for do in ("going", "helped", "not_going", "nonsense"):
            assert (await send(rosa, f"{room}/hand", seat=seat, do=do)).status_code == 303
    page = (await rosa.get(room)).text
    assert "&lt;b&gt;by&lt;/b&gt; the window" in page and "<b>by" not in page and "x" * 31 not in page


async def test_a_full_room_says_so(site: Site) -> None:
    rosa = await site.sign_in()
    room = await begin(rosa)
    for _ in range(40):
        assert (await send(rosa, f"{room}/seat", do="paper")).status_code == 303
    answer = await send(rosa, f"{room}/seat", do="paper")
    assert answer.status_code == 409 and "full" in answer.text


async def test_what_is_over_stays_over(site: Site) -> None:
    rosa = await site.sign_in()
    room = await begin(rosa)
    await send(rosa, f"{room}/end")
    assert "How it went" in (await rosa.get(room)).text
    assert (await rosa.get(f"{room}/hands")).status_code == 410
    assert (await send(rosa, f"{room}/seat", do="paper")).status_code == 410
    assert (await rosa.get(f"{room}/wall")).status_code == 200
    assert (await rosa.get(f"{room}/now")).json() == {"step": "", "over": True}


async def test_the_card_is_for_a_phone_that_the_lesson_knows(site: Site) -> None:
    rosa = await site.sign_in()
    room = await begin(rosa)
    for phone, maker in (("apple", "apple"), ("nokia", ""), ("../../etc", "")):
        answer = await rosa.get(f"{room}/card.pdf?phone={phone}")
        assert answer.content == f"%PDF connect-wifi {maker} elm-street".encode()
        assert answer.headers["content-type"] == "application/pdf"


async def test_where_no_phone_can_reach_the_page_it_says_so(site: Site) -> None:
    rosa = await site.sign_in()
    assert "handrail run --lan" in (await rosa.get(await begin(rosa))).text


async def test_a_picture_that_cannot_be_drawn_leaves_the_words(site: Site) -> None:
    rosa = await site.sign_in()
    room = await begin(rosa)
    for address in ("samsung/open-settings", "samsung/no-such-step", "no-such-maker/open-settings"):
        assert (await rosa.get(f"{room}/picture/{address}.png")).status_code == 404
    await send(rosa, f"{room}/wall", to="next")
    assert "grey wheel" in (await rosa.get(f"{room}/wall")).text
