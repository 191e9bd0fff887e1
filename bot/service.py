"""The running Handrail: chat page, Telegram and planner on one loop, opened and closed in order."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import signal
import socket
import tomllib
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

import uvicorn

from bot.channels.family import family_routes
from bot.channels.telegram import TelegramChannel, webhook_route
from bot.channels.web import make_app
from bot.classes import Classes
from bot.delivery import Delivery
from bot.house import LESSONS, House
from bot.measures import Measures, counts
from bot.messages import Invitation
from bot.people import People
from bot.people.family import KIND, LONGEST, Families
from bot.people.family_chat import FamilyChat
from bot.people.files import Files
from bot.people.front_desk import FrontDesk
from bot.people.handover import Handover
from bot.phrases import SHIPPED, Phrases
from bot.places import Places
from bot.planner import Planner
from bot.reception import Reception
from bot.reporting import Reporting, class_house
from bot.safety import look
from bot.store import Keep, Parcel, Store, StoreError
from media import passed_on
from media.measure import measure
from media.studio import Studio
from nlu.keyword_recognizer import KeywordRecognizer
from nlu.while_learning import WhileLearning

log = logging.getLogger(__name__)
WEBHOOK_PATH = "/telegram"
FAMILY_WORDS = SHIPPED / "family"


def now() -> datetime:
    return datetime.now(UTC)


class CannotServe(Exception):
    """The address is taken or not ours; the message says what to do."""


def open_socket(host: str, port: int) -> socket.socket:
    """A bound socket. Raises CannotServe in words."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except (OSError, OverflowError) as error:
        bound.close()
        raise CannotServe(
            f"Nothing can be served on {host}:{port} ({error}). Perhaps another program, or another Handrail, is there. "
            "Choose another port with HANDRAIL_PORT=8081."
        ) from None
    return bound


class Service:
    """`async with Service(...)` opens all parts; `serve()` returns after SIGINT or SIGTERM, with nothing half sent."""

    def __init__(self, house: House, bound: socket.socket, *, shared: bool = False) -> None:
        self.house, self._bound, self._shared = house, bound, shared
        self._tasks: set[asyncio.Task[None]] = set()
        self.telegram: TelegramChannel | None = None

    @contextlib.asynccontextmanager
    async def opened(self) -> AsyncIterator[Service]:
        """The parts, built and connected; closed again in the opposite order."""
        settings, house = self.house.settings, self.house
        async with contextlib.AsyncExitStack() as stack:
            self.store = Store.open(settings.data, keep=Keep(**settings.keep))
            stack.push_async_callback(self.store.close)
            self.studio = Studio(settings.data / "media", house.screens, LESSONS, settings.voices)
            stack.push_async_callback(self.studio.close)
            self.measures = Measures(self.store.path, lambda: self.studio.missing)
            recognizer = house.recognizer
            if recognizer is house.embedded:
                recognizer = WhileLearning(house.embedded, KeywordRecognizer(house.embedded.finder))
            self.tutor = house.tutor(self.store, recognizer, invite=self._invite)
            self.people = People(self.store)
            self.files = Files(self.store, passed_on)
            self.handover = Handover(
                self.tutor,
                self.people,
                self.store,
                house.conversation,
                house.phrases,
                Places(house.centres, house.phrases, house.catalogue),
                self._hand_out,
                look,
                self.files,
            )
            self.classes = Classes(self.store, house.phrases, self._hand_out)
            rooms = class_house(house, self.classes, self.studio, self._bot_name)
            self.reporting = Reporting(house, self.store, self.people, self._hand_out, now, self.handover.page, rooms)
            self.families = Families(
                self.store,
                house.catalogue,
                house.centres,
                Phrases.load(FAMILY_WORDS),
                house.phrases,
                look,
                self._hand_out,
            )
            self.desk = FrontDesk(
                self.people,
                self.classes.desk(self.handover),
                self.store,
                [self.reporting.errand, self.handover.errand, FamilyChat(self.families).errand],
            )
            self.reception = Reception(
                self.desk, self.store, self._hand_out, look=look, sorry=house.sorry, on_exchange=self.measures.exchange,
                take_out=self.handover.take_out,
            )  # fmt: skip
            stack.push_async_callback(self.reception.close)
            token = settings.telegram_bot_token.get_secret_value()
            self.delivery: Delivery | None = None
            routes = []
            if token:
                self.telegram = TelegramChannel(
                    token, settings.telegram_api_url, self.studio, self.store, words=telegram_words(),
                    webhook_url=settings.telegram_webhook_url,
                    webhook_secret=settings.telegram_webhook_secret.get_secret_value(), fetch=self.files.fetch,
                )  # fmt: skip
                self.files.download = self.telegram.download
                await self.telegram.open()
                stack.push_async_callback(self.telegram.close)
                self.delivery = Delivery(self.store, self.telegram, now)
                stack.push_async_callback(self.delivery.close)
                if settings.telegram_webhook_url:
                    routes.append(webhook_route(WEBHOOK_PATH, self.telegram, self.reception))
            self._measure()
            stack.callback(self.measures.close)
            self.app = make_app(
                self.reception, self.store, house.conversation, self.studio, measure=measure,
                public_url=settings.public_url, shared=self._shared, health=self.health,
                fetch=self.files.fetch, keep_upload=self.handover.keep_upload,
                extra_routes=[*routes, *self.reporting.routes(), *self._family_routes()],
            )  # fmt: skip
            yield self

    def _bot_name(self) -> str:
        return self.telegram.username if self.telegram else ""

    def _invite(self, channel: str) -> Invitation:
        """A fresh link for one person of a learner's own: into the same messenger, else to our page."""
        token = secrets.token_urlsafe(16)
        if channel == "telegram" and self.telegram and self.telegram.username:
            return Invitation(token, f"https://t.me/{self.telegram.username}?start=f-{token}")
        host, port = self._bound.getsockname()[:2]
        return Invitation(token, f"{self.house.settings.public_url.rstrip('/') or f'http://{host}:{port}'}/f/{token}")

    def _family_routes(self) -> list[Any]:
        public_url = self.house.settings.public_url
        return family_routes(self.families, kind=KIND, longest=LONGEST, public_url=public_url, clock=now)

    def _measure(self) -> None:
        where = self.house.settings.metrics
        try:
            self.measures.open(where)
        except (OSError, OverflowError) as error:
            raise CannotServe(
                f"The figures cannot be served at {where} ({error}). Choose another place with HANDRAIL_METRICS, "
                "or leave it empty."
            ) from None

    async def health(self) -> dict[str, object]:
        """What works, for whoever watches over this computer: words and figures, nothing of anybody."""
        waiting = await asyncio.to_thread(counts, self.store.path)
        try:
            await asyncio.wait_for(self.store.write(lambda db: None), 5)
            written = "ok"
        except (StoreError, TimeoutError) as error:
            written = str(error) or "busy"
        state = self.telegram.state if self.telegram else "not set"
        well = written == "ok" and state not in ("wrong_token", "unreachable", "another_copy")
        lessons = {x: len(self.house.catalogue.lessons(x)) for x in self.house.catalogue.languages()}
        return {"ok": well, "database": written, "telegram": state, "waiting": waiting,
                "missing": dict(self.studio.missing), "lessons": lessons}  # fmt: skip

    async def _hand_out(self, parcels: list[Parcel]) -> None:
        if self.delivery:
            self.delivery.hand(parcels)
        for parcel in parcels:
            if parcel.address.channel == "web":
                self.app.state.chats.wake(parcel.chat)

    async def serve(self) -> None:
        """Until a signal comes. First takes up what the last run left unanswered or unsent."""
        server = uvicorn.Server(
            uvicorn.Config(
                self.app,
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=5,
                limit_concurrency=500,
                timeout_keep_alive=30,
                proxy_headers=True,
            )
        )
        stop = asyncio.Event()
        for sign in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers on the loop
                asyncio.get_running_loop().add_signal_handler(sign, stop.set)
        self._begin(self._learn(), "learning")
        self._begin(self.studio.warm(), "studio")
        if self.delivery:
            await self.delivery.start()
        await self.reception.resume()
        planner = Planner(self.store, self.tutor, self.house.centres, now, on_parcels=self._told)
        self._begin(planner.run(), "planner")
        self._begin(self._look_after_cards(), "cards")
        self._begin(self.reporting.run(), "morning messages")
        if self.telegram:
            self._begin(self.telegram.run(self.reception), "telegram")
        serving = asyncio.create_task(_serve_quietly(server, self._bound))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        for task in self._tasks:
            task.cancel()
        self.app.state.chats.stop()
        server.should_exit = True
        await asyncio.gather(serving, *self._tasks, return_exceptions=True)
        stopping.cancel()

    async def _look_after_cards(self) -> None:
        """Volunteers who went quiet, cards that nobody took: looked at every half minute."""
        while True:
            await asyncio.sleep(30)
            try:
                await self.handover.look(now())
            except StoreError as error:
                log.error("Cards could not be looked at: %s", error)

    async def _told(self, parcels: object) -> None:
        await self._hand_out(list(parcels))  # type: ignore[call-overload]

    async def _learn(self) -> None:
        """Understanding is learned beside the answers: until then the plain recogniser answers."""
        for language in set(self.house.catalogue.languages()) & set(self.house.embedded.languages()):
            await asyncio.to_thread(self.house.embedded.prepare, language)

    def _begin(self, work: object, name: str) -> None:
        task: asyncio.Task[None] = asyncio.create_task(work, name=name)  # type: ignore[arg-type]
        self._tasks.add(task)
        task.add_done_callback(_say_if_it_broke)


def _say_if_it_broke(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        log.error("%s stopped: %s", task.get_name(), error, exc_info=error)


async def _serve_quietly(server: uvicorn.Server, bound: socket.socket) -> None:
    """uvicorn without its own signal handlers: they would end the loop before the outbox is at rest."""
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]
    await server.serve(sockets=[bound])


def telegram_words() -> Mapping[str, Mapping[str, str]]:
    """What Telegram shows round the chat, by language."""
    folder = files("bot.phrases") / "telegram"
    return {
        file.name.removesuffix(".toml"): tomllib.loads(file.read_text(encoding="utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    }
