"""The real store, reception, delivery and Telegram channel round a tutor that echoes, as a process of its own: for
tests that kill it and for measuring. SIGTERM ends it in good order.

python -m tests.telegram.small_bot --api URL --data FOLDER [--free] [--step]
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from bot.channels.telegram import TelegramChannel, webhook_route
from bot.delivery import Backoff, Delivery, Pace
from bot.messages import Button, Message, Reply, Session
from bot.reception import Reception
from bot.safety import look
from bot.store import Parcel, Store
from lessons.model import Picture
from tests.fakes.bot_api import TOKEN
from tests.fakes.small_tutor import SORRY, SmallTutor, echo
from tests.fakes.studio import FolderStudio


def now() -> datetime:
    return datetime.now(UTC)


def a_step(message: Message, session: Session) -> tuple[Reply, ...]:
    """A voice, then a picture with the words: two messages."""
    words = f"{session.turn}: {message.text}"
    buttons = (Button("next", "Done"), Button("stuck", "I can't find it"), Button("help", "Help"))
    return (Reply(words, spoken="Look for the grey wheel.", picture=Picture("home"), buttons=buttons, step=(1, 6)),)


def two_replies(message: Message, session: Session) -> tuple[Reply, ...]:
    (reply,) = echo(message, session)
    return (replace(reply, buttons=()), replace(reply, words=f"{reply.words} (and more)"))


SAYINGS: dict[str, Callable[[Message, Session], tuple[Reply, ...]]] = {
    "echo": echo,
    "two": two_replies,
    "step": a_step,
}


def page(channel: TelegramChannel, reception: Reception, port: int) -> uvicorn.Server:
    """The web server that a webhook needs, as bot.service runs it."""
    app = Starlette(routes=[webhook_route("/telegram", channel, reception)])
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, timeout_graceful_shutdown=5))
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]
    return server


async def serve(api: str, data: Path, *, free: bool, saying: str, webhook: int = 0) -> None:
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    store = Store.open(data)
    url = f"http://127.0.0.1:{webhook}/telegram" if webhook else ""
    channel = TelegramChannel(TOKEN, api, FolderStudio(data / "media"), store, webhook_url=url, pause=0.05)
    pace = Pace(chat_rate=0, rate=0) if free else Pace()
    delivery = Delivery(store, channel, now, pace=pace, backoff=Backoff(0.1, 2))

    async def hand_on(parcels: list[Parcel]) -> None:
        delivery.hand(parcels)

    reception = Reception(SmallTutor(store, SAYINGS[saying]), store, hand_on, look=look, sorry=SORRY)
    await channel.open()
    await delivery.start()
    await reception.resume()
    server = page(channel, reception, webhook)
    serving = asyncio.create_task(server.serve()) if webhook else None
    listening = asyncio.create_task(channel.run(reception))
    print("ready", flush=True)
    await stop.wait()
    listening.cancel()
    server.should_exit = True
    await asyncio.gather(listening, *([serving] if serving else []), return_exceptions=True)
    await reception.close()
    await delivery.close()
    await channel.close()
    await store.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--api", required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--free", action="store_true", help="without Telegram's limits")
    parser.add_argument("--say", choices=list(SAYINGS), default="echo")
    parser.add_argument("--webhook", type=int, default=0, help="the port to be called on, instead of asking")
    given = parser.parse_args()
    asyncio.run(serve(given.api, given.data, free=given.free, saying=given.say, webhook=given.webhook))
