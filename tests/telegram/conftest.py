"""A whole small house for each test: a fake Bot API server over real HTTP, a real store, the real channel."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.telegram import TelegramChannel
from bot.delivery import Backoff, Delivery, Pace
from bot.reception import Reception
from bot.safety import look
from bot.store import Parcel, Store
from tests.fakes.bot_api import BotApi
from tests.fakes.small_tutor import SORRY, Saying, SmallTutor, echo
from tests.fakes.studio import FolderStudio

WORDS = {
    "en": {
        "telegram_description": "I show you your phone, one small step at a time.",
        "telegram_about": "Lessons for your phone",
        "telegram_group": "I teach in a chat of our own: {bot}",
        "telegram_menu_help": "Help",
        "telegram_menu_again": "Again, please",
    },
    "zh": {
        "telegram_description": "我一小步一小步教您用手机。",
        "telegram_about": "手机小课",
        "telegram_group": "请单独跟我聊：{bot}",
        "telegram_menu_help": "帮帮我",
        "telegram_menu_again": "再说一遍",
    },
}
QUICK = Backoff(0.02, 0.2)


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class House:
    api: BotApi
    folder: Path
    studio: FolderStudio
    store: Store
    channel: TelegramChannel
    tutor: SmallTutor
    delivery: Delivery
    reception: Reception
    hand_on: Callable[[list[Parcel]], Awaitable[None]]
    running: list[asyncio.Task[None]] = field(default_factory=list)

    async def listen(self) -> None:
        await self.channel.open()
        await self.delivery.start()
        await self.reception.resume()
        self.running.append(asyncio.create_task(self.channel.run(self.reception)))

    async def quiet(self) -> None:
        """Until all that came in is answered and sent."""
        await self.reception.idle()
        await self.delivery.idle()

    async def close(self) -> None:
        for task in self.running:
            task.cancel()
        await asyncio.gather(*self.running, return_exceptions=True)
        await self.reception.close()
        await self.delivery.close()
        await self.channel.close()
        await self.store.close()

    async def all_parcels(self) -> list[Parcel]:
        return await self.store.parcels("telegram")


def build(
    api: BotApi,
    folder: Path,
    *,
    saying: Saying = echo,
    pace: Pace | None = None,
    token: str = "",
    clock: Callable[[], datetime] = now,
    **channel: str,
) -> House:
    store = Store.open(folder)
    studio = FolderStudio(folder / "media")
    telegram = TelegramChannel(
        token or api.token, api.url, studio, store, words=WORDS, pause=0.05, clock=clock, **channel
    )
    delivery = Delivery(store, telegram, clock, pace=pace or Pace(chat_rate=0, rate=0), backoff=QUICK)
    tutor = SmallTutor(store, saying)

    async def hand_on(parcels: list[Parcel]) -> None:
        delivery.hand(parcels)

    reception = Reception(tutor, store, hand_on, look=look, sorry=SORRY, clock=clock, pause=0.05)
    return House(api, folder, studio, store, telegram, tutor, delivery, reception, hand_on)


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


@pytest.fixture
async def house(api: BotApi, tmp_path: Path) -> AsyncIterator[House]:
    made = build(api, tmp_path)
    await made.listen()
    yield made
    await made.close()
