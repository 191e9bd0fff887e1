"""A whole small house with a person behind the bot: the real tutor, reception, hand-over, chat page, report and (with a
Bot API server) Telegram, over a data folder that a restart finds again."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

import bot
from bot.centres import Centres
from bot.channels.report import ReportHouse, report_routes
from bot.channels.telegram import TelegramChannel
from bot.channels.web import make_app
from bot.channels.web_doors import Bounds
from bot.commands.report import lesson_facts
from bot.delivery import Backoff, Delivery, Pace
from bot.messages import Session, Turn
from bot.people import People
from bot.people.files import Files
from bot.people.front_desk import FrontDesk
from bot.people.handover import Handover
from bot.phrases import Phrases
from bot.places import Places
from bot.reception import Reception
from bot.safety import look
from bot.store import Address, Parcel, Store
from bot.tutor import Tutor
from media import passed_on
from media.measure import measure
from tests.fakes.bot_api import BotApi
from tests.fakes.studio import FolderStudio
from tests.talk import the_catalogue, the_conversation, the_recognizer

TEMPLATES = Path(bot.__file__).parent / "centre_templates"
MONDAY = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
SUNDAY_EVENING = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
BOT = "4242"
BOUNDS = Bounds(news_seconds=1.0)
SORRY = {"en": "Sorry.", "zh": "抱歉。"}


def elm_street(folder: Path) -> None:
    """A centre that opens from nine to five on weekdays."""
    (folder / "centres").mkdir(exist_ok=True)
    gb = (TEMPLATES / "GB.toml").read_text().replace('"Our library"', '"Elm Street Library"')
    (folder / "centres" / "elm.toml").write_text(gb.replace('telephone = ""', 'telephone = "020 7946 0123"'))


class House:
    """`at` is the time there; it moves on with `later`, and never by itself."""

    def __init__(self, folder: Path, api: BotApi | None = None, *, at: datetime = MONDAY) -> None:
        elm_street(folder)
        self.folder, self.api, self.at = folder, api, at
        self._listening: asyncio.Task[None] | None = None
        self._build()

    def clock(self) -> datetime:
        return self.at

    def later(self, **gap: float) -> None:
        self.at += timedelta(**gap)

    def _build(self) -> None:
        centres = Centres.load(self.folder / "centres")
        conversation = replace(the_conversation(), centres=centres)
        self.store = Store.open(self.folder, clock=self.clock)
        self.people, self.files = People(self.store), Files(self.store, passed_on)
        tutor = Tutor(conversation, the_recognizer(), self.store, look)
        places = Places(centres, Phrases.load(), the_catalogue())
        self.handover = Handover(
            tutor, self.people, self.store, conversation, Phrases.load(), places, self._hand_out, look, self.files
        )
        self.desk = FrontDesk(self.people, self.handover, self.store, [self.handover.errand])
        self.reception = Reception(
            self.desk, self.store, self._hand_out, look=look, sorry=SORRY, clock=self.clock, pause=0.05,
            take_out=self.handover.take_out,
        )  # fmt: skip
        studio = FolderStudio(self.folder / "media")
        self.channel = self.delivery = None
        if self.api:
            self.channel = TelegramChannel(
                self.api.token, self.api.url, studio, self.store, fetch=self.files.fetch, clock=self.clock, pause=0.05
            )
            self.files.download = self.channel.download
            quick, free = Backoff(0.02, 0.2), Pace(chat_rate=0, rate=0)
            self.delivery = Delivery(self.store, self.channel, self.clock, pace=free, backoff=quick)
        facts = lesson_facts(the_catalogue())
        report = ReportHouse(
            self.store.path, self.people, self.store, centres, lambda: facts, clock=self.clock,
            hand_over=self.handover.page, data=self.folder,
        )  # fmt: skip
        self.app: Starlette = make_app(
            self.reception, self.store, conversation, studio, measure=measure, clock=self.clock, bounds=BOUNDS,
            fetch=self.files.fetch, keep_upload=self.handover.keep_upload, extra_routes=report_routes(report),
        )  # fmt: skip

    async def _hand_out(self, parcels: list[Parcel]) -> None:
        if self.delivery:
            self.delivery.hand([p for p in parcels if p.address.channel == "telegram"])
        for parcel in parcels:
            if parcel.address.channel == "web":
                self.app.state.chats.wake(parcel.chat)

    # Running

    async def listen(self) -> None:
        assert self.channel and self.delivery
        await self.channel.open()
        await self.delivery.start()
        await self.reception.resume()
        self._listening = asyncio.create_task(self.channel.run(self.reception))

    async def quiet(self) -> None:
        """Until all that came in is answered and sent."""
        assert self.api and self.delivery
        await self.api.until(lambda: not self.api.world.updates.waiting, 20)  # type: ignore[union-attr]
        for _ in range(3):
            await self.reception.idle()
            await self.delivery.idle()

    async def close(self) -> None:
        if self._listening:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        await self.reception.close()
        if self.delivery and self.channel:
            await self.delivery.close()
            await self.channel.close()
        await self.store.close()

    async def restart(self, meanwhile: Any = None) -> None:
        """Nothing is carried over but the folder. `meanwhile` happens while nothing runs."""
        await self.close()
        if meanwhile is not None:
            await meanwhile
        self._build()
        await self.listen()

    # People

    async def link(self, name: str, role: str = "volunteer") -> str:
        """The token of a new volunteer's one-time link."""
        _, token = await self.people.add(name, centre="elm", role=role, at=self.at)
        return token

    async def learner_in_a_lesson(self, address: Address, *, name: str = "Joan", leave: str = "yes") -> str:
        """Somebody who is about to choose a lesson; `leave`: for volunteers to see it."""
        chat = await self.store.chat_of(address)
        learner = await self.store.learner_of(chat)
        session = Session(
            learner, name=name, centre="elm", system="android", maker="samsung", reads_on="this_phone",
            channel=address.channel, consents={"remember": "yes", **({"volunteers": leave} if leave else {})},
            asked="choose", notes={"met": "1", "finished": "there-and-back"}, last_at=self.at, voice="off",
        )  # fmt: skip
        await self.store.save(Turn(session), chat=chat, at=self.at)
        return learner
