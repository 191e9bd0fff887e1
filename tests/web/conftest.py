"""The page over HTTP, with a scripted tutor and the real store."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from bot.channels.web import make_app
from bot.channels.web_doors import Bounds
from bot.store import Store
from media.measure import measure
from tests.web.standins import ScriptedTutor, SmallStudio

ORIGIN = "http://page.test"


class Visitor:
    """One browser: its cookies, its numbered messages, and the last reply that it has seen."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.after = 0
        self.number = 0

    async def post(self, path: str, table: dict[str, Any], **headers: str) -> httpx.Response:
        self.number += 1
        table = {"id": f"message-{self.number:04}", "after": self.after} | table
        return await self.client.post(path, json=table, headers={"X-Handrail": "en"} | headers)

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.client.get(path, headers={"X-Handrail": "en"} | headers)

    async def open(self, **more: Any) -> dict[str, Any]:
        answer = (await self.post("/api/open", {"language": "en"} | more)).raise_for_status().json()
        return self.saw(answer)

    async def say(self, text: str) -> dict[str, Any]:
        return self.saw((await self.post("/api/say", {"text": text})).raise_for_status().json())

    async def tap(self, turn: int, choice: str) -> dict[str, Any]:
        return self.saw((await self.post("/api/tap", {"turn": turn, "choice": choice})).raise_for_status().json())

    async def upload(self, data: bytes, kind: str) -> httpx.Response:
        self.number += 1
        headers = {"X-Handrail": "en", "Content-Type": kind}
        return await self.client.post(f"/api/upload?id=message-{self.number:04}", content=data, headers=headers)

    def saw(self, answer: dict[str, Any]) -> dict[str, Any]:
        self.after = max([self.after, *(reply["id"] or 0 for reply in answer.get("replies", []))])
        return answer


class House:
    """Everything that stands behind the page in a test."""

    def __init__(self, folder: Path, **options: Any) -> None:
        self.store = Store.open(folder)
        self.tutor = ScriptedTutor(self.store)
        studio = SmallStudio(folder, broken=options.pop("broken_studio", False))
        self.app = make_app(self.tutor, self.store, self.tutor, studio, measure=measure, **options)

    def visitor(self, address: str = "198.51.100.7") -> Visitor:
        transport = httpx.ASGITransport(self.app, client=(address, 1234))
        return Visitor(httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"Origin": ORIGIN}))


@pytest.fixture
async def build(tmp_path: Path) -> AsyncIterator[Callable[..., House]]:
    """build(bounds=..., shared=...) gives a House; all are closed at the end."""
    houses: list[House] = []

    def made(**options: Any) -> House:
        options.setdefault("bounds", Bounds(news_seconds=0.05))
        houses.append(House(tmp_path, **options))
        return houses[-1]

    yield made
    for house in houses:
        await house.store.close()


@pytest.fixture
def house(build: Callable[..., House]) -> House:
    return build()


@pytest.fixture
def visitor(house: House) -> Visitor:
    return house.visitor()


@pytest.fixture
def png() -> bytes:
    """A small photograph."""
    drawn = io.BytesIO()
    Image.effect_noise((64, 48), 40).save(drawn, "PNG")
    return drawn.getvalue()
