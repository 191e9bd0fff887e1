"""The webhook: only with the secret, 200 only once it is on the disk, repeated until then."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from bot.channels.telegram import telegram_webhook
from bot.store import StoreError
from tests.fakes.bot_api import BotApi

from .conftest import House, build

SECRET = "a-secret-of-the-library"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


@pytest.fixture
async def hooked(api: BotApi, tmp_path: Path) -> AsyncIterator[House]:
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{bound.getsockname()[1]}/telegram"
    house = build(api, tmp_path, webhook_url=url, webhook_secret=SECRET)
    app = Starlette(routes=[Route("/telegram", telegram_webhook(house.channel, house.reception), methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]
    serving = asyncio.create_task(server.serve(sockets=[bound]))
    await house.listen()
    await api.until(lambda: house.channel.state == "webhook" and server.started)
    yield house
    server.should_exit = True
    await serving
    await house.close()


async def test_updates_come_by_webhook_and_are_answered(hooked: House, api: BotApi) -> None:
    assert api.world.webhook["secret"] == SECRET
    await api.say(7, "hello")
    await api.wait_for(7, 1)
    await api.tap(7, "Done")
    await api.wait_for(7, 2)
    assert api.texts(7) == ["1: hello", "2: tapped next"] and set(api.webhook_answers) == {200}


async def test_without_the_secret_nothing_is_taken(hooked: House, api: BotApi) -> None:
    update = {
        "update_id": 5,
        "message": {"message_id": 1, "chat": {"id": 7, "type": "private"}, "text": "x", "date": 1},
    }
    async with aiohttp.ClientSession() as session:
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}, {"X-Telegram-Bot-Api-Secret-Token": "ü"}):
            async with session.post(hooked.channel.webhook_url, json=update, headers=headers) as answer:
                assert answer.status == 403
        async with session.get(hooked.channel.webhook_url, headers=HEADERS) as answer:
            assert answer.status == 405
    await hooked.quiet()
    assert hooked.tutor.heard == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"no json", 400),
        (b"[" * 100_000, 400),
        (b'"text"', 200),
        (b"{}", 200),
        (b"\xff\xfe", 400),
        (b"x" * 1_100_000, 413),
    ],
)
async def test_odd_bodies_are_refused_and_harm_nobody(hooked: House, api: BotApi, body: bytes, status: int) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(hooked.channel.webhook_url, data=body, headers=HEADERS) as answer,
    ):
        assert answer.status == status
    await api.say(7, "hello")
    await api.wait_for(7, 1)


async def test_it_answers_200_only_once_it_is_noted(hooked: House, api: BotApi) -> None:
    take_in, failures = hooked.store.take_in, 2

    async def full(batch: object, **more: object) -> object:
        nonlocal failures
        if failures:
            failures -= 1
            raise StoreError("The disk is full.")
        return await take_in(batch, **more)  # type: ignore[arg-type]

    hooked.store.take_in = full  # type: ignore[method-assign,assignment]
    await api.say(7, "hello")
    await api.wait_for(7, 1)
    await hooked.quiet()
    assert api.webhook_answers == [503, 503, 200] and api.texts(7) == ["1: hello"]


async def test_without_a_secret_of_ones_own_there_is_one_all_the_same(api: BotApi, tmp_path: Path) -> None:
    house = build(api, tmp_path)
    assert len(house.channel.webhook_secret) == 64 and api.token not in house.channel.webhook_secret
    await house.close()
