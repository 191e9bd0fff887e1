"""What a volunteer does with a class, and who sits down in it. The truth is in the store (bot.store.classes)."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.messages import Reply, Session
from bot.people import Volunteer
from bot.store import Parcel, Waiting
from bot.store import classes as tables
from bot.store.classes import Class, Sitter
from bot.store.turns import helped_here

LINK = re.compile(r"k-([a-z0-9]{4,12})(-t)?")  # the code on the wall; -t: for a tablet that several share
NAME_LONGEST = 30


class Says(Protocol):
    """bot.phrases.Phrases."""

    def say(self, key: str, language: str, number: int = 0, /, **values: str) -> str: ...


class Keeps(Protocol):
    """bot.store.Store."""

    async def read(self, look: Callable[[Any], Any]) -> Any: ...
    async def write(self, work: Callable[[Any], Any]) -> Any: ...
    async def load(self, learner: str) -> Session | None: ...
    async def learner_of(self, chat: str) -> str: ...
    async def say(
        self, chat: str, replies: Sequence[Reply], *, learner: str, turn: int = 0, mark: int | None = None, at: datetime
    ) -> list[Parcel]: ...


class Answers(Protocol):
    async def handle(self, waiting: Waiting, *, at: datetime) -> list[Parcel]: ...


class Classes:
    """`hand_out` gets what goes to a learner who is not the one that wrote."""

    def __init__(self, store: Keeps, phrases: Says, hand_out: Callable[[list[Parcel]], Awaitable[None]]) -> None:
        self._store, self._phrases, self._hand_out = store, phrases, hand_out

    def desk(self, then: Answers) -> Desk:
        """Stands before whoever answers learners: who comes by the code on the wall sits down first."""
        return Desk(self, then)

    # A volunteer's doings

    async def start(self, volunteer: Volunteer, lesson: str, language: str, expected: int, *, at: datetime) -> str:
        """A new class of the volunteer's centre; its id."""
        expected = max(1, min(expected, tables.MOST_SEATS))
        return str(
            await self._store.write(
                lambda db: tables.start(
                    db, centre=volunteer.centre, volunteer=volunteer.id, lesson=lesson, language=language,
                    expected=expected, at=at,
                )
            )
        )  # fmt: skip

    async def all(self, volunteer: Volunteer, *, at: datetime) -> list[Class]:
        """Those that this volunteer may see, the newest first."""
        await self._store.write(lambda db: tables.end_overdue(db, at))
        found: list[Class] = await self._store.read(lambda db: tables.of_centre(db, volunteer.own_centre))
        return found

    async def one(self, id: str, volunteer: Volunteer) -> Class | None:
        found: Class | None = await self._store.read(lambda db: tables.one(db, id))
        return found if found and volunteer.sees(found.centre) else None

    async def sitters(self, id: str) -> list[Sitter]:
        found: list[Sitter] = await self._store.read(lambda db: tables.sitters(db, id))
        return found

    async def show(self, id: str, step: str) -> None:
        """Puts this step on the wall."""
        await self._store.write(lambda db: tables.show_step(db, id, step))

    async def paper(self, id: str, name: str, *, at: datetime) -> int:
        """A seat for somebody with the card alone. 0: the room is full."""
        return int(await self._store.write(lambda db: tables.sit(db, id, "", "paper", at, name=_named(name))))

    async def call(self, id: str, number: int, name: str) -> None:
        await self._store.write(lambda db: tables.call(db, id, number, _named(name)))

    async def take_away(self, id: str, number: int) -> None:
        await self._store.write(lambda db: tables.leave(db, id, number))

    async def end(self, id: str, *, at: datetime) -> None:
        await self._store.write(lambda db: tables.end(db, id, at))

    # Hands

    async def going(self, id: str, number: int, volunteer: Volunteer, *, at: datetime) -> bool:
        """This volunteer is on the way; the learner is told. False: nobody waits there, or another one goes already."""
        if not await self._store.write(lambda db: tables.going(db, id, number, volunteer.id)):
            return False
        await self._tell(id, number, "class.coming", volunteer, at)
        return True

    async def not_going(self, id: str, number: int, volunteer: Volunteer, *, at: datetime) -> bool:
        """Called away: the hand stays up, and the learner is told."""
        if not await self._store.write(lambda db: tables.not_going(db, id, number, volunteer.id)):
            return False
        await self._tell(id, number, "class.later", volunteer, at)
        return True

    async def helped(self, id: str, number: int, *, at: datetime) -> None:
        """Somebody was there: the hand goes down, and the learner is no longer stuck."""

        def work(db: Any) -> None:
            if learner := tables.hand_down(db, id, number):
                helped_here(db, learner, at)

        await self._store.write(work)

    async def _tell(self, id: str, number: int, key: str, volunteer: Volunteer, at: datetime) -> None:
        """In the learner's own chat, beside the lesson; at a screen that several share nobody is called by name."""
        sitter = next((s for s in await self.sitters(id) if s.seat.number == number), None)
        if sitter is None or not sitter.chat:
            return
        session = await self._store.load(sitter.seat.learner)
        words = self._phrases.say(key, sitter.language or "en", 0, volunteer=volunteer.name)
        reply = Reply(words, aside=True)
        turn = session.turn if session else 0
        await self._hand_out(await self._store.say(sitter.chat, [reply], learner=sitter.seat.learner, turn=turn, at=at))

    # Sitting down

    async def sit_down(self, start: str, chat: str, at: datetime) -> None:
        """Whoever is at this chat gets a seat in the running class of this code; a second time the same one."""
        link = LINK.fullmatch(start)
        if link is None:
            return
        code, tablet = link.groups()
        if await self._store.read(lambda db: tables.by_code(db, code, at)) is None:
            return
        learner = await self._store.learner_of(chat)

        def work(db: Any) -> None:
            if held := tables.by_code(db, code, at):
                tables.sit(db, held.id, learner, "tablet" if tablet else "phone", at)

        await self._store.write(work)


class Desk:
    """`handle` is the tutor's own."""

    def __init__(self, classes: Classes, then: Answers) -> None:
        self._classes, self._then = classes, then

    async def handle(self, waiting: Waiting, *, at: datetime) -> list[Parcel]:
        if waiting.message.start.startswith("k-"):
            await self._classes.sit_down(waiting.message.start, waiting.chat, at)
        return await self._then.handle(waiting, at=at)


def _named(name: str) -> str:
    return " ".join(name.split())[:NAME_LONGEST]
