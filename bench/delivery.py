"""How fast answers go out, and what they cost, beside python-telegram-bot's echo bot on the same fake server.

python -m bench.delivery [--chats 50] [--rounds 10] [--turns 3] [--json FILE]

Each turn runs both bots, one after the other, each as a process of its own against the server in this process.
`throughput`: all messages lie ready; messages sent a second from the first to the last. `answer`: each of ten
learners writes again once the last answer has come; milliseconds from writing to the answer's last message.
CPU is the bot's own, in milliseconds a message sent. Ours keeps every message, answer and mark on the disk.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.fakes.bot_api import BotApi

LEARNERS = 10
AIM = 0.8


@dataclass(frozen=True)
class Bot:
    name: str
    module: str
    more: tuple[str, ...]
    messages: int  # how many an answer has


BOTS = (
    Bot("peer: echo bot", "bench.echo_peer", (), 1),
    Bot("Handrail, a line", "tests.telegram.small_bot", ("--free", "--say", "echo"), 1),
    Bot("Handrail, a step (voice, picture)", "tests.telegram.small_bot", ("--free", "--say", "step"), 2),
)


@dataclass(frozen=True)
class Measured:
    bot: str
    per_second: float
    cpu_ms: float
    p50_ms: float
    p99_ms: float


def cpu_seconds(pid: int) -> float:
    """CPU time that a process has used, from /proc, else from ps (whole seconds)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except OSError:
        words = subprocess.run(["ps", "-o", "time=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
        parts = [float(part) for part in words.replace("-", ":").split(":")]
        return sum(part * 60**place for place, part in enumerate(reversed(parts)))


@asynccontextmanager
async def running(bot: Bot, api: BotApi, folder: str) -> AsyncIterator[int]:
    """The bot as a process, listening; its process id."""
    where = ["--token", api.token] if bot.module == "bench.echo_peer" else ["--data", folder]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", bot.module, "--api", api.url, *where, *bot.more, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        await asyncio.wait_for(process.stdout.readline(), 60)
        await api.until(lambda: api.poller is not None, 60)
        yield process.pid
    finally:
        process.terminate()
        await process.wait()


async def throughput(bot: Bot, chats: int, rounds: int) -> tuple[float, float]:
    """Messages a second, and milliseconds of CPU a message."""
    async with BotApi() as api:
        with tempfile.TemporaryDirectory() as folder:
            async with running(bot, api, folder) as pid:
                await one_answer(bot, api, 999_999)
                before, wanted = cpu_seconds(pid), len(api.world.sent) + chats * rounds * bot.messages
                began = time.monotonic()
                for number in range(rounds):
                    for chat in range(1, chats + 1):
                        api.put(chat, text=f"message {number}")
                await api.until(lambda: len(api.world.sent) >= wanted, 300)
                used, took = cpu_seconds(pid) - before, time.monotonic() - began
    return chats * rounds * bot.messages / took, 1000 * used / (chats * rounds * bot.messages)


async def one_answer(bot: Bot, api: BotApi, chat: int) -> float:
    """Seconds until the whole answer is there."""
    wanted = len(api.messages(chat)) + bot.messages
    began = time.monotonic()
    api.put(chat, text="message")
    while len(api.messages(chat)) < wanted:
        await asyncio.sleep(0.0005)
        if time.monotonic() - began > 60:
            raise TimeoutError(f"{bot.name} does not answer")
    return api.messages(chat)[wanted - 1].at - began


async def answers(bot: Bot, rounds: int) -> list[float]:
    async with BotApi() as api:
        with tempfile.TemporaryDirectory() as folder:
            async with running(bot, api, folder):
                await one_answer(bot, api, 999_999)

                async def learner(chat: int) -> list[float]:
                    return [await one_answer(bot, api, chat) for _ in range(rounds)]

                every = await asyncio.gather(*(learner(chat) for chat in range(1, LEARNERS + 1)))
    return [seconds for one in every for seconds in one]


async def measure(bot: Bot, chats: int, rounds: int) -> Measured:
    per_second, cpu = await throughput(bot, chats, rounds)
    times = sorted(await answers(bot, rounds))
    p99 = times[min(len(times) - 1, int(len(times) * 0.99))]
    return Measured(bot.name, per_second, cpu, 1000 * statistics.median(times), 1000 * p99)


def middle(measured: Sequence[Measured]) -> Measured:
    """The median of each figure over the turns."""
    figures = [asdict(m) for m in measured]
    return Measured(
        measured[0].bot,
        *(statistics.median(f[name] for f in figures) for name in ("per_second", "cpu_ms", "p50_ms", "p99_ms")),
    )


async def main(chats: int, rounds: int, turns: int, file: Path | None) -> None:
    seen: dict[str, list[Measured]] = {bot.name: [] for bot in BOTS}
    for _ in range(turns):
        for bot in BOTS:
            seen[bot.name].append(await measure(bot, chats, rounds))
    results = [middle(measured) for measured in seen.values()]
    peer = results[0]
    print(f"{'':36}{'messages/s':>12}{'ratio':>8}{'CPU ms/msg':>12}{'p50 ms':>9}{'p99 ms':>9}")
    for one in results:
        print(
            f"{one.bot:36}{one.per_second:12.0f}{one.per_second / peer.per_second:8.2f}{one.cpu_ms:12.2f}"
            f"{one.p50_ms:9.1f}{one.p99_ms:9.1f}"
        )
    ratio = results[-1].per_second / peer.per_second
    print(f"A step counts as two messages: {ratio:.2f} of the peer's throughput (aim: {AIM} or better).")
    if file:
        file.write_text(json.dumps([asdict(one) for one in results], indent=2), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chats", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    asyncio.run(main(given.chats, given.rounds, given.turns, given.json))
