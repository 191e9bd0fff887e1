"""The bot in hard times, over real HTTP: killed, stopped, refused, slowed down. What was lost, came twice, out of order or late.

python -m bench.hard_times [--chats 1000] [--only killed]

A conversation is a message and its answer of two messages. The bot is a process of its own against the fake Bot API server
in this one. docs/delivery.md says what each line aims at and what was measured.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import socket
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.bot_api import BotApi
from tests.fakes.bot_api_state import Fault, Limits

SAY = ("--free", "--say", "two")
WAIT = 900.0
SLOW, OTHERS, ASKED = 5.0, 20, 15  # seconds a send takes in the slow chat; other chats; questions of each


@dataclass(frozen=True)
class Seen:
    what: str
    lost: int
    twice: int
    disordered: int
    more: str = ""


@asynccontextmanager
async def running(api: BotApi, data: Path, *more: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """The small bot as a process; killed at the end where it still runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.telegram.small_bot", "--api", api.url, "--data", str(data), *more,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert process.stdout and await asyncio.wait_for(process.stdout.readline(), WAIT) == b"ready\n"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def speak(api: BotApi, chats: int) -> None:
    for chat in range(1, chats + 1):
        api.put(chat, text="word")


def complete(api: BotApi, chats: int) -> bool:
    return not api.world.updates.waiting and all("1: word (and more)" in api.texts(c) for c in range(1, chats + 1))


def seen(what: str, api: BotApi, chats: int, more: str = "") -> Seen:
    wanted = ["1: word", "1: word (and more)"]
    lost = twice = disordered = 0
    for chat in range(1, chats + 1):
        came = api.texts(chat)
        lost += sum(word not in came for word in wanted)
        twice += sum(count - 1 for count in Counter(came).values())
        disordered += [w for w in wanted if w in came] != list(dict.fromkeys(came))
    return Seen(what, lost, twice, disordered, more)


async def finished(api: BotApi, chats: int) -> None:
    await api.until(lambda: complete(api, chats), WAIT)
    await asyncio.sleep(0.5)  # for what might still come twice


async def killed(api: BotApi, folder: Path, chats: int) -> Seen:
    speak(api, chats)
    for part in (3, 1.5):
        async with running(api, folder, *SAY) as process:
            await api.until(lambda: len(api.world.sent) > chats * 2 / part, WAIT)  # noqa: B023
            process.kill()
            await process.wait()
    async with running(api, folder, *SAY):
        await finished(api, chats)
    return seen("kill -9 twice", api, chats)


async def stopped(api: BotApi, folder: Path, chats: int) -> Seen:
    return await _stopped("SIGTERM, polling", api, folder, chats, SAY)


async def stopped_webhook(api: BotApi, folder: Path, chats: int) -> Seen:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    return await _stopped("SIGTERM, webhook", api, folder, chats, (*SAY, "--webhook", port))


async def _stopped(what: str, api: BotApi, folder: Path, chats: int, say: Sequence[str]) -> Seen:
    async with running(api, folder, *say) as process:
        speak(api, chats)
        await api.until(lambda: len(api.world.sent) > chats, WAIT)
        process.send_signal(signal.SIGTERM)
        code = await asyncio.wait_for(process.wait(), 60)
    async with running(api, folder, *say):
        await finished(api, chats)
    return seen(what, api, chats, f"exit {code}")


async def faults(api: BotApi, folder: Path, chats: int) -> Seen:
    api.world.shares = {"500": 0.05, "429": 0.05, "before": 0.05, "after": 0.05}
    speak(api, chats)
    async with running(api, folder, *SAY):
        await finished(api, chats)
    return seen("5 % each of 500, 429, cut before, cut after", api, chats, "twice: cut after it was carried out")


async def limits(api: BotApi, folder: Path, chats: int) -> Seen:
    api.world.limits = Limits()
    speak(api, 100)
    began = time.monotonic()
    async with running(api, folder, "--say", "two"):
        await finished(api, 100)
    more = f"{api.world.limits.refused} refused by the server, {time.monotonic() - began:.0f} s"
    return seen("100 learners at once, Telegram's limits", api, 100, more)


async def slow(api: BotApi, folder: Path, chats: int) -> Seen:
    """Others ask one by one, a while without the slow chat and a while with it, whose every send takes SLOW seconds."""
    async with running(api, folder, *SAY):
        await _ask(api, 999, 1)
        without = await _asked_by_all(api, first=1)
        api.world.faults.append(Fault("slow", chat=500, times=999, seconds=SLOW))
        for _ in range(4):
            api.put(500, text="word")
        beside = await _asked_by_all(api, first=101)
    p99 = [1000 * sorted(times)[int(len(times) * 0.99)] for times in (without, beside)]
    more = f"p99 of the others {p99[0]:.0f} ms without it, {p99[1]:.0f} ms beside it: {p99[1] - p99[0]:+.0f} ms"
    return Seen(f"a chat whose sends take {SLOW:.0f} s", 0, 0, 0, more)


async def _asked_by_all(api: BotApi, first: int) -> list[float]:
    async def one(chat: int) -> list[float]:
        await asyncio.sleep(0.02 * (chat % OTHERS))
        return [await _ask(api, chat, number) for number in range(1, ASKED + 1)]

    return [seconds for times in await asyncio.gather(*(one(first + n) for n in range(OTHERS))) for seconds in times]


async def _ask(api: BotApi, chat: int, number: int) -> float:
    """Seconds until both messages of the answer are there; then a pause, as people make one."""
    began = time.monotonic()
    api.put(chat, text="word")
    await api.until(lambda: len(api.messages(chat)) >= 2 * number, WAIT)
    took = api.messages(chat)[2 * number - 1].at - began
    await asyncio.sleep(0.2)
    return took


TIMES: dict[str, Callable[[BotApi, Path, int], Awaitable[Seen]]] = {
    "killed": killed,
    "stopped": stopped,
    "stopped_webhook": stopped_webhook,
    "faults": faults,
    "limits": limits,
    "slow": slow,
}


async def main(chats: int, only: str) -> int:
    worst = 0
    for name, time_ in TIMES.items():
        if only not in ("", name):
            continue
        async with BotApi() as api:
            with tempfile.TemporaryDirectory() as folder:
                one = await time_(api, Path(folder), chats)
        print(
            f"{one.what:46} lost {one.lost}  twice {one.twice}  out of order {one.disordered}  {one.more}", flush=True
        )
        worst = max(worst, one.lost, one.disordered)
    return int(worst > 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chats", type=int, default=1000)
    parser.add_argument("--only", default="", choices=["", *TIMES])
    given = parser.parse_args()
    raise SystemExit(asyncio.run(main(given.chats, given.only)))
