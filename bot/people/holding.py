"""What a volunteer does with a card, in the messenger or on the page: opens it, leaves a kind word, writes, visits,
gives it back, closes it. Each says with which phrase the volunteer is answered, and what can be tapped next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.messages import Event, Reply
from bot.store.codec import stamp

from . import cards, talk
from .cards import Card
from .doors import Keeps
from .numbers import Numbers
from .people import People
from .said import why_not
from .telling import WAYS, Telling
from .volunteer import Volunteer

UNDO = timedelta(minutes=1)
OUTCOMES = ("solved", "visit", "lesson", "other")


@dataclass(frozen=True)
class Done:
    """`key`: a phrase under `desk`. `card`: as it is now; None where there is nothing more to tap."""

    key: str
    choices: tuple[str, ...] = ()
    card: Card | None = None
    values: Mapping[str, str] = field(default_factory=dict)


class Holding:
    """`look` is bot.safety.look. `door`: chat, page."""

    def __init__(
        self, people: People, store: Keeps, telling: Telling, numbers: Numbers, look: Callable[[str, str], Any]
    ) -> None:
        self._people, self._store, self._telling, self._numbers, self._look = people, store, telling, numbers, look

    async def open(self, card: Card, volunteer: Volunteer, at: datetime) -> Done:
        """The card in full, to somebody who may take it."""
        if refused := await self._refused(card, volunteer):
            return refused
        await self._people.note(volunteer.id, "card_opened", learner=card.learner, at=at)
        return Done("opened", WAYS, card)

    async def kind(self, card: Card, volunteer: Volunteer, at: datetime) -> Done:
        """Two minutes: a voice message that comes now, or one of three sentences."""
        if refused := await self._refused(card, volunteer):
            return refused
        await self._store.write(lambda db: talk.about_to_speak(db, volunteer.id, card.id, at))
        return Done("which_word", ("kind1", "kind2", "kind3"), card, {"name": volunteer.name})

    async def leave_kind_word(self, card: Card, volunteer: Volunteer, word: str, at: datetime, file: str = "") -> Done:
        """`word`: kind1 to kind3, or "" for the voice in `file`. The card stays on the list."""
        if refused := await self._refused(card, volunteer):
            return refused
        if file:
            words = self._telling.say("with_you.kind_voice", card.language, name=volunteer.name)
            await self._telling.pass_to_learner(Reply(words, spoken="", aside=True, file=file), card, at)
        else:
            await self._telling.to_learner(card, [f"with_you.{word}"], at, volunteer.name)
        await self._store.write(lambda db: talk.has_spoken(db, volunteer.id))
        await self._note(card, "kind_at", at)
        await self._people.note(volunteer.id, "kind_word", learner=card.learner, at=at)
        return Done("kind_sent")

    async def write(self, card: Card, volunteer: Volunteer, at: datetime, door: str) -> Done:
        """Ten minutes: from now on both write to each other through the bot."""
        taken = await self._take(card, volunteer, "write", at, door)
        if isinstance(taken, Done):
            return taken
        await self._telling.to_learner(taken, ["with_you.arrived", "with_you.erased"], at, volunteer.name, held=True)
        await self._numbers.tell(taken, volunteer, at)
        return Done("with_them", ("solved", "visit", "lesson", "undo"), taken, self._about(taken))

    async def visit(self, card: Card, volunteer: Volunteer, at: datetime, door: str) -> Done:
        """Twenty minutes: somebody comes or rings, and says two words that only the two know."""
        if card.taken_by == volunteer.id and card.way == "write":
            return await self.close(card, volunteer, "visit", at)
        taken = await self._take(card, volunteer, "visit", at, door)
        if isinstance(taken, Done):
            return taken
        keys = ["with_you.visit", "with_you.never"]
        await self._telling.to_learner(taken, keys, at, volunteer.name, word=taken.word)
        await self._numbers.tell(taken, volunteer, at)
        return Done("visit_told", ("solved", "other", "back"), taken, self._about(taken))

    async def undo(self, card: Card, volunteer: Volunteer, at: datetime) -> Done:
        """Pressed by mistake: for a minute."""
        if card.taken_by != volunteer.id:
            return Done("gone")
        if card.taken_at is None or at - card.taken_at > UNDO:
            return Done("too_late_to_undo", ("solved", "back"), card)
        await self.put_back(card, "with_you.by_mistake", at)
        return Done("on_the_list")

    async def back(self, card: Card, volunteer: Volunteer, at: datetime) -> Done:
        if card.taken_by != volunteer.id:
            return Done("gone")
        await self.put_back(card, "with_you.had_to_go", at)
        return Done("on_the_list")

    async def here(self, card: Card, volunteer: Volunteer, at: datetime) -> Done:
        """Still there, after quiet minutes."""
        if card.taken_by != volunteer.id:
            return Done("gone")
        await self._note(card, "moved_at", at)
        return Done("go_on", ("solved", "visit", "back"), card)

    async def close(self, card: Card, volunteer: Volunteer, outcome: str, at: datetime) -> Done:
        """One tap afterwards: solved, needs a visit, the lesson is wrong, other. The tutor goes on where they were."""
        await self._numbers.take_away(card, at)
        if not await self._store.write(lambda db: cards.close(db, card.id, volunteer.id, outcome, stamp(at))):
            return Done("gone")
        await self._people.note(volunteer.id, "card_closed", learner=card.learner, detail=outcome, at=at)
        helped = Event("person_helped", at, card.learner, lesson=card.lesson, step=card.step)
        await self._telling.goes_on(card, ["with_you.gone"], at, volunteer.name, event=helped)
        await self._store.scrub()
        return Done("closed")

    async def put_back(self, card: Card, why: str, at: datetime) -> None:
        """Onto the list again, and the learner is told why."""
        name = await self._telling.name(card.taken_by)
        await self._numbers.take_away(card, at)
        if await self._store.write(lambda db: cards.give_back(db, card.id, card.taken_by)):
            await self._telling.goes_on(card, [why], at, name)
            await self._store.scrub()

    async def pass_on(
        self, card: Card, volunteer: Volunteer, at: datetime, door: str, *, text: str = "", file: str = ""
    ) -> Done | None:
        """What the volunteer writes or speaks, to the learner; not with codes, links or bank words in it. `file`: a
        handle, see files.py. None: it is on its way."""
        if card.taken_by != volunteer.id or card.way != "write":
            return Done("gone")
        if text and (why := why_not(text, self._look, card.language)):
            return Done(f"stopped_{why}")
        called = f"**{volunteer.name}:**"
        said = (
            Reply(f"{called} {text}", spoken=f"{volunteer.name}: {text}")
            if text
            else Reply(called, spoken="", file=file)
        )
        await self._telling.pass_to_learner(
            replace(said, buttons=(self._telling.not_them(card),), aside=True), card, at
        )
        kind = file.split("/")[1] if file else "words"

        def keep(db: Any) -> None:
            talk.add(db, card.id, card.learner, "volunteer", kind, text, file, at)
            cards.through(db, card.id, door)

        await self._store.write(keep)
        return None

    # Within

    async def _take(self, card: Card, volunteer: Volunteer, way: str, at: datetime, door: str) -> Card | Done:
        if refused := await self._refused(card, volunteer):
            return refused
        word = self._telling.agreed_word(card.language) if way == "visit" or card.number else ""
        if not await self._store.write(lambda db: cards.take(db, card.id, volunteer.id, way, word, door, stamp(at))):
            return await self._too_late(card)
        detail = "" if way == "write" else way
        await self._people.note(volunteer.id, "card_taken", learner=card.learner, detail=detail, at=at)
        taken: Card | None = await self._store.read(lambda db: cards.one(db, card.id))
        return taken or Done("gone")

    async def _refused(self, card: Card, volunteer: Volunteer) -> Done | None:
        if card.taken_by and card.taken_by != volunteer.id:
            return Done("taken", values={"name": await self._telling.name(card.taken_by)})
        if await self._store.read(lambda db: cards.is_unwanted(db, card.learner, volunteer.id)):
            return Done("not_you")
        return None

    async def _too_late(self, card: Card) -> Done:
        now = await self._store.read(lambda db: cards.one(db, card.id))
        return Done("taken", values={"name": await self._telling.name(now.taken_by)}) if now else Done("gone")

    async def _note(self, card: Card, what: str, at: datetime) -> None:
        await self._store.write(lambda db: cards.note(db, card.id, what, stamp(at)))

    def _about(self, card: Card) -> dict[str, str]:
        return {"who": self._telling.who(card, self._telling.places.language(card.centre)), "word": card.word}
