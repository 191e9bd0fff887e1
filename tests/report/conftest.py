"""The report over HTTP: real requests, a real store, volunteers of every role."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.centres import Centres
from bot.channels.report import ReportHouse, report_routes
from bot.channels.web import make_app
from bot.people import People
from bot.reporting import first_lesson
from bot.store import Store
from media.measure import measure
from tests.web.standins import ScriptedTutor, SmallStudio

from .programme import LESSONS, NOW, Person, write

ORIGIN = "http://page.test"


class Site:
    """A running report on a small programme. `at` may be moved on."""

    def __init__(self, folder: Path, ids: dict[str, str], **options: Any) -> None:
        self.at: datetime = NOW
        self.ids = ids
        self.store = Store.open(folder, clock=lambda: self.at)
        self.people = People(self.store)
        house = ReportHouse(
            self.store.path, self.people, self.store, Centres.load(folder / "centres"), lambda: LESSONS,
            paths={"talk": ("Talking", ("send-photo",))}, clock=lambda: self.at, data=folder, first=first_lesson, **options,
        )  # fmt: skip
        tutor = ScriptedTutor(self.store)
        self.app = make_app(
            tutor, self.store, tutor, SmallStudio(folder), measure=measure, extra_routes=report_routes(house)
        )

    def browser(self, address: str = "198.51.100.7") -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, client=(address, 1234))
        return httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"Origin": ORIGIN})

    async def sign_in(
        self, role: str = "volunteer", centre: str = "elm-street", name: str = "Rosa"
    ) -> httpx.AsyncClient:
        _, token = await self.people.add(name, centre=centre, role=role, at=self.at)
        browser = self.browser()
        answer = await browser.post(f"/report/in/{token}")
        assert answer.status_code == 303, answer.text
        return browser


async def csrf_of(browser: httpx.AsyncClient, path: str = "/report") -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', (await browser.get(path)).text)
    assert found
    return found[1]


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Callable[..., Any]]:
    """await site(*people, **options) gives a Site."""
    sites: list[Site] = []

    async def made(*people: Person, **options: Any) -> Site:
        sites.append(Site(tmp_path, await write(tmp_path, *people), **options))
        return sites[-1]

    yield made
    for one in sites:
        await one.store.close()


def later(**gap: float) -> timedelta:
    return timedelta(**gap)
