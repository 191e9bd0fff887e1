"""The program is killed and started again in the middle: nothing is lost, and next to nothing comes twice."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.fakes.bot_api import BotApi
from tests.fakes.bot_api_state import Limits

CHATS, ROUNDS = 40, 4


@asynccontextmanager
async def running(api: BotApi, data: Path, *more: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """The small bot as a process; killed at the end where it still runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.telegram.small_bot", "--api", api.url, "--data", str(data), *more,
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        assert process.stdout and await asyncio.wait_for(process.stdout.readline(), 30) == b"ready\n"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def speak(api: BotApi) -> None:
    for number in range(ROUNDS):
        for chat in range(1, CHATS + 1):
            api.put(chat, text=f"word {number}")


def everything_came(api: BotApi) -> bool:
    return (
        all(f"{ROUNDS}: word {ROUNDS - 1} (and more)" in api.texts(chat) for chat in range(1, CHATS + 1))
        and not api.world.updates.waiting
    )


def check(api: BotApi, repeats: int) -> int:
    """All answers came, in order, and at most `repeats` twice; how many did."""
    wanted = [f"{n + 1}: word {n}{more}" for n in range(ROUNDS) for more in ("", " (and more)")]
    twice = 0
    for chat in range(1, CHATS + 1):
        came = api.texts(chat)
        assert list(dict.fromkeys(came)) == wanted, f"lost or out of order in chat {chat}: {came}"
        twice += sum(count - 1 for count in Counter(came).values())
    assert twice <= repeats, f"{twice} came twice"
    return twice


async def test_killed_twice_in_the_middle_nothing_is_lost(api: BotApi, tmp_path: Path) -> None:
    speak(api)
    total = CHATS * ROUNDS * 2
    for part in (3, 2):
        async with running(api, tmp_path, "--free", "--say", "two") as process:
            await api.until(lambda: len(api.world.sent) > total // part, 30)  # noqa: B023
            process.kill()
            await process.wait()
    async with running(api, tmp_path, "--free", "--say", "two"):
        await api.until(lambda: everything_came(api), 30)
        await asyncio.sleep(0.2)
    check(api, repeats=16)


@pytest.mark.parametrize("part", [5, 2])
async def test_sigterm_in_the_middle_nothing_is_lost_and_nothing_comes_twice(
    api: BotApi, tmp_path: Path, part: int
) -> None:
    speak(api)
    async with running(api, tmp_path, "--free", "--say", "two") as process:
        await api.until(lambda: len(api.world.sent) > CHATS * ROUNDS * 2 // part, 30)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 15) == 0
    async with running(api, tmp_path, "--free", "--say", "two"):
        await api.until(lambda: everything_came(api), 30)
        await asyncio.sleep(0.2)
    check(api, repeats=0)


@pytest.mark.parametrize("way", ["sigterm", "kill"])
async def test_stopped_in_the_middle_of_a_webhook_nothing_is_lost(api: BotApi, tmp_path: Path, way: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    more = ("--free", "--say", "two", "--webhook", port)
    async with running(api, tmp_path, *more) as process:
        speak(api)
        await api.until(lambda: len(api.world.sent) > CHATS * ROUNDS // 2, 30)
        process.send_signal(signal.SIGTERM if way == "sigterm" else signal.SIGKILL)
        code = await asyncio.wait_for(process.wait(), 15)
        assert way == "kill" or code == 0
    async with running(api, tmp_path, *more):
        await api.until(lambda: everything_came(api), 60)
        await asyncio.sleep(0.2)
    check(api, repeats=0 if way == "sigterm" else 8)


async def test_five_per_cent_of_each_fault_lose_nothing(api: BotApi, tmp_path: Path) -> None:
    api.world.shares = {"500": 0.05, "429": 0.05, "before": 0.05, "after": 0.05}
    speak(api)
    async with running(api, tmp_path, "--free", "--say", "two"):
        await api.until(lambda: everything_came(api), 60)
        await asyncio.sleep(0.3)
    check(api, repeats=CHATS * ROUNDS * 2 // 8)


async def test_under_telegrams_limits_nothing_is_lost_and_nearly_nothing_refused(api: BotApi, tmp_path: Path) -> None:
    api.world.limits = Limits()
    for chat in range(1, 101):
        api.put(chat, text="word 0")
    async with running(api, tmp_path):
        await api.until(lambda: len(api.world.sent) == 100, 30)
    assert api.world.limits.refused <= 2
    assert all(api.texts(chat) == ["1: word 0"] for chat in range(1, 101))
