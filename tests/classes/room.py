"""People of a class over real HTTP: a phone in Telegram, a tablet on the chat page, and a volunteer's browser."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from bot.house import House
from bot.messages import Session
from bot.service import Service, open_socket
from bot.settings import Settings
from bot.store import Address
from tests.fakes.bot_api import BotApi

A_MOMENT = 1.15  # a tap sooner than a second after a new message was meant for the one before
STEPS_AT_MOST = 60
CENTRE = 'name = "Elm Street Library"\ncountry = "GB"\ntimezone = "Europe/London"\nemergency = "999"\n[sources]\nemergency = "test"\n'


class Running:
    """The whole Handrail, serving the page over HTTP and asking a Bot API server for updates."""

    def __init__(self, service: Service, address: str, api: BotApi) -> None:
        self.service, self.address, self.api = service, address, api

    async def volunteer(self, name: str, role: str = "volunteer") -> Volunteer:
        _, token = await self.service.people.add(name, centre="elm-street", role=role, at=datetime.now(UTC))
        browser = httpx.AsyncClient(base_url=self.address, headers={"Origin": self.address}, timeout=60)
        answer = await browser.post(f"/report/in/{token}")
        assert answer.status_code == 303, answer.text
        return Volunteer(browser)

    async def session(self, address: Address) -> Session:
        store = self.service.store
        found = await store.load(await store.learner_of(await store.chat_of(address)))
        assert found
        return found


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[Running]:
    (folder / "centres").mkdir(parents=True)
    (folder / "centres" / "elm-street.toml").write_text(CENTRE)
    async with BotApi() as api:
        settings = Settings(  # type: ignore[call-arg]
            data=folder, port=0, voice="espeak", telegram_bot_token=api.token, telegram_api_url=api.url
        )
        bound = open_socket("127.0.0.1", 0)
        async with Service(House(settings), bound).opened() as service:
            server = uvicorn.Server(uvicorn.Config(service.app, log_config=None, timeout_graceful_shutdown=2))
            assert service.delivery and service.telegram
            await service.delivery.start()
            tasks = [
                asyncio.create_task(server.serve(sockets=[bound])),
                asyncio.create_task(service.telegram.run(service.reception)),
            ]
            try:
                yield Running(service, f"http://127.0.0.1:{bound.getsockname()[1]}", api)
            finally:
                service.app.state.chats.stop()
                server.should_exit = True
                tasks[1].cancel()
                await asyncio.gather(*tasks, return_exceptions=True)


class Volunteer:
    """A signed-in browser: pages are read as they are shown, forms are sent as the page has them."""

    def __init__(self, browser: httpx.AsyncClient) -> None:
        self.browser = browser

    async def page(self, path: str) -> str:
        answer = await self.browser.get(path, follow_redirects=True)
        assert answer.status_code == 200, (path, answer.status_code, answer.text)
        return answer.text

    async def send(self, path: str, **fields: object) -> httpx.Response:
        found = re.search(r'name="csrf" value="([0-9a-f]{64})"', await self.page("/report/you"))
        assert found
        return await self.browser.post(path, data={"csrf": found[1], **{k: str(v) for k, v in fields.items()}})

    async def hands(self, room: str) -> list[tuple[int, str]]:
        """(number, what the line says), as the page lists them."""
        html = await self.page(f"{room}/hands")
        part = html[html.index('id="hands"') : html.index('id="here"')]
        lines = re.findall(r"<li>(.*?)</li>", part, re.S)
        said = [" ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in lines]
        return [(int(line.split()[0]), line) for line in said]


class Learner:
    """Takes one thing after another, as the newest message offers it. `maker` is what stands on the back of the phone."""

    maker = "Samsung"

    async def choices(self) -> Sequence[str]:
        raise NotImplementedError

    async def tap(self, label: str) -> None:
        raise NotImplementedError

    async def session(self) -> Session:
        raise NotImplementedError

    async def say(self, words: str) -> None:
        raise NotImplementedError

    async def goes_to(self, lesson: str, step: str, name: str = "") -> None:
        """On and on, until they stand at this step."""
        for _ in range(STEPS_AT_MOST):
            session = await self.session()
            place = session.place
            if session.asked == "step" and place and (place.lesson, place.step) == (lesson, step):
                return
            if session.asked == "name" and name:
                await self.say(name)
            else:
                await self.tap(self._next(await self.choices()))
        raise AssertionError(f"never at {step}: {(await self.session()).place}")

    def _next(self, labels: Sequence[str]) -> str:
        wanted = ("An apple" if self.maker == "iPhone" else "A name", self.maker, "Skip this")
        return next((label for label in wanted if label in labels), labels[0])


class Phone(Learner):
    """An own phone, in Telegram."""

    def __init__(self, house: Running, chat: int, maker: str) -> None:
        self.house, self.api, self.chat, self.maker, self.read = house, house.api, chat, maker, 0

    async def join(self, code: str) -> None:
        await self.api.say(self.chat, f"/start k-{code}")
        await self._new()

    async def choices(self) -> Sequence[str]:
        return self._shown()[-1].labels

    async def tap(self, label: str) -> None:
        await self.api.tap(self.chat, label, message=self._shown()[-1])
        await self._new()

    async def say(self, words: str) -> None:
        await self.api.say(self.chat, words)
        await self._new()

    async def session(self) -> Session:
        bot = self.api.token.split(":")[0]
        return await self.house.session(Address("telegram", bot, str(self.chat)))

    def texts(self) -> str:
        return "\n".join(self.api.texts(self.chat))

    def _shown(self) -> list[Any]:
        return [m for m in self.api.messages(self.chat) if m.labels]

    async def _new(self) -> None:
        await self.api.until(lambda: len(self._shown()) > self.read, 60)
        await asyncio.sleep(A_MOMENT)
        self.read = len(self._shown())


class Tablet(Learner):
    """The centre's tablet, on the chat page; whoever has it taps."""

    def __init__(self, house: Running) -> None:
        self.house = house
        self.browser = httpx.AsyncClient(base_url=house.address, timeout=60)
        self.newest: dict[str, Any] = {}
        self.words: list[str] = []
        self.number = self.after = 0

    async def join(self, code: str) -> None:
        page = await self.browser.get(f"/k/{code}-t")
        start = re.search(r'data-start="([^"]*)"', page.text)
        assert page.status_code == 200 and start
        await self._post("/api/open", {"language": "en", "start": start[1]})

    async def choices(self) -> Sequence[str]:
        return [button["label"] for button in self.newest["buttons"]]

    async def tap(self, label: str) -> None:
        choice = next(b["choice"] for b in self.newest["buttons"] if b["label"] == label)
        await self._post("/api/tap", {"turn": self.newest["turn"], "choice": choice})

    async def say(self, words: str) -> None:
        await self._post("/api/say", {"text": words})

    async def session(self) -> Session:
        chat = await self.house.service.store.web_chat(self.browser.cookies["handrail"])
        assert chat
        return await self.house.session(Address("web", "", chat))

    async def news(self) -> None:
        answer = await self.browser.get(f"/api/news?after={self.after}", headers={"X-Handrail": "en"})
        self._saw(answer.raise_for_status().json())

    async def _post(self, path: str, table: dict[str, Any]) -> None:
        self.number += 1
        body = {"id": f"message-{self.number:04}", "after": self.after, **table}
        answer = await self.browser.post(path, json=body, headers={"X-Handrail": "en"})
        self._saw(answer.raise_for_status().json())
        await asyncio.sleep(A_MOMENT)

    def _saw(self, answer: dict[str, Any]) -> None:
        for reply in answer.get("replies", []):
            self.after = max(self.after, reply["id"] or 0)
            self.words.append(reply["words"])
            if reply["buttons"]:
                self.newest = reply
