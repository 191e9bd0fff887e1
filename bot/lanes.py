"""One task a chat: what the reception, which answers, and the delivery, which sends, have in common."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping


async def all_done(tasks: Mapping[str, asyncio.Task[None]]) -> None:
    """Returns once no chat has a task left; tasks that begin meanwhile are waited for as well."""
    while tasks:
        await asyncio.wait(list(tasks.values()))


async def wind_up(tasks: Mapping[str, asyncio.Task[None]], busy: Collection[str], grace: float) -> None:
    """Chats that only wait are stopped at once; those in `busy` finish what is under way, within `grace` seconds."""
    running = list(tasks.values())
    for chat, task in list(tasks.items()):
        if chat not in busy:
            task.cancel()
    if running:
        _, late = await asyncio.wait(running, timeout=grace)
        for task in late:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
