"""A tutor with nothing to teach, for tests of what carries the messages: it answers each message with its own words
back, a number that counts up, and a button. `saying` lets a test answer otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.messages import Button, Message, Reply, Session, Turn
from bot.store import Parcel, Store, Waiting

Saying = Callable[[Message, Session], tuple[Reply, ...]]


def echo(message: Message, session: Session) -> tuple[Reply, ...]:
    said = f"tapped {message.tap.choice}" if message.tap else message.text or f"({message.kind})"
    return (Reply(f"{session.turn}: {said}", buttons=(Button("next", "Done"), Button("help", "Help"))),)


class SmallTutor:
    def __init__(self, store: Store, saying: Saying = echo) -> None:
        self._store = store
        self.saying = saying
        self.heard: list[Message] = []

    async def handle(self, waiting: Waiting, *, at: datetime) -> list[Parcel]:
        self.heard.append(waiting.message)
        learner = await self._store.learner_of(waiting.chat)
        session = await self._store.load(learner) or Session(learner, language="en")
        session = replace(session, turn=session.turn + 1, last_at=at)
        replies = self.saying(waiting.message, session)
        turn = Turn(replace(session, choices=replies[-1].buttons if replies else ()), replies)
        return await self._store.save(turn, chat=waiting.chat, mark=waiting.mark, at=at)


# What a reception says where an answer failed twice.
SORRY = {
    "en": "Something went wrong on my side, not on yours. Please try that once more.",
    "zh": "刚才是我这边出了点问题。",
}
