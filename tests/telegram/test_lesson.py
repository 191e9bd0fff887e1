"""`handrail run` itself, as a process: a lesson by taps, one by typed words, and a kill in the middle."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.bot_api import BotApi
from tests.fakes.bot_api_state import Sent

pytestmark = pytest.mark.telegram
LONGEST_LESSON = 60
A_MOMENT = 1.2  # a tap sooner than a second after a new message was meant for the one before
A_WORD = 2.0  # and "done" said twice within three seconds is said once


@asynccontextmanager
async def handrail(api: BotApi, data: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    settings = {
        "TELEGRAM_BOT_TOKEN": api.token,
        "TELEGRAM_API_URL": api.url,
        "HANDRAIL_DATA": str(data),
        "HANDRAIL_PORT": "0",
        "HANDRAIL_VOICE": "espeak",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", "run", env={**os.environ, **settings}, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        await api.until(lambda: api.poller is not None or process.returncode is not None, 60)
        assert process.returncode is None, "handrail run ended by itself"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


class Learner:
    """Reads the newest message with buttons and does what it says."""

    def __init__(self, api: BotApi, data: Path, chat: int) -> None:
        self.api, self.data, self.chat = api, data, chat
        self.read = 0

    def shown(self) -> list[Sent]:
        return [m for m in self.api.messages(self.chat) if m.labels]

    async def next_message(self) -> Sent:
        """The message with buttons that is new since the last call."""
        await self.api.until(lambda: len(self.shown()) > self.read, 60)
        await asyncio.sleep(A_MOMENT)
        self.read = len(self.shown())
        return self.shown()[-1]

    async def tap_first(self) -> None:
        message = self.shown()[-1]
        await self.api.tap(self.chat, message.labels[0], message=message)

    def ask(self, sql: str) -> list[tuple[str, ...]]:
        with sqlite3.connect(f"file:{self.data / 'handrail.db'}?mode=ro", uri=True) as db:
            whose = "select l.id from learners l join addresses a on a.chat = l.chat where a.messenger_id = ?"
            return db.execute(f"{sql} where learner in ({whose})", (str(self.chat),)).fetchall()

    def session(self) -> dict[str, Any]:
        return dict(json.loads(self.ask("select session from sessions")[0][0]))

    def finished(self, lesson: str) -> bool:
        """Whether the event stands in the record, or waits with the place until leave is given."""
        waiting = [(event["name"], event["lesson"]) for event in self.session()["waiting_events"]]
        return ("lesson_finished", lesson) in [*self.ask("select name, lesson from events"), *waiting]


async def test_a_lesson_by_taps_with_kills_and_one_by_typed_words(api: BotApi, tmp_path: Path) -> None:
    await by_taps(Learner(api, tmp_path, 7))
    await by_words(Learner(api, tmp_path, 8))
    for chat in (7, 8):
        kinds = [message.kind for message in api.messages(chat)]
        assert "photo" in kinds and set(kinds) <= {"text", "photo", "voice"}
        assert not any("**" in message.text for message in api.messages(chat))
    # What was late for the first learner was made all the same, so the second hears it.
    assert "voice" in [message.kind for message in api.messages(8)]
    with sqlite3.connect(tmp_path / "handrail.db") as db:
        assert db.execute("select count(*) from outbox where done_at is null").fetchone() == (0,)
        assert db.execute("select count(*) from inbox where answered_at is null").fetchone() == (0,)


async def by_taps(betty: Learner) -> None:
    """Killed right after every third tap: the tap is answered all the same, once, and the lesson goes on."""
    api = betty.api
    await api.say(betty.chat, "/start")
    kills = taps = 0
    while not (taps and betty.finished("there-and-back")):
        api.poller = None
        async with handrail(api, betty.data) as process:
            await betty.next_message()
            for _ in range(3):
                turn = betty.session()["turn"]
                await betty.tap_first()
                taps += 1
                if taps % 3 == 0 and kills < 3:
                    await api.until(lambda: not api.world.updates.waiting, 30)
                    process.kill()
                    await process.wait()
                    kills += 1
                    break
                await betty.next_message()
                assert betty.session()["turn"] == turn + 1
                if betty.finished("there-and-back"):
                    break
        assert taps < LONGEST_LESSON, f"still not at the end: {api.texts(betty.chat)[-3:]}"
    assert kills >= 2


async def by_words(joan: Learner) -> None:
    """Every button said in words; at the end SIGTERM leaves nothing half sent."""
    joan.api.poller = None
    async with handrail(joan.api, joan.data) as process:
        await joan.api.say(joan.chat, "hello")
        for _ in range(LONGEST_LESSON):
            message = await joan.next_message()
            if joan.finished("there-and-back"):
                break
            await asyncio.sleep(A_WORD)
            await joan.api.say(joan.chat, message.labels[0].lower())
        assert joan.finished("there-and-back"), joan.api.texts(joan.chat)[-3:]
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 20) == 0
