"""What a learner's own person may see and say: where they are in their lessons, and a kind word. Nothing else.

The same for messenger and page. That it was ended is not told: it then looks as if there were nothing to see.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.conversation.waking import is_waking, zone
from bot.messages import Progress, Reply, Session
from bot.phrases.words import best_language
from bot.store import Parcel, Store, family
from bot.store import people as seats
from bot.store.turns import stored_progress

from .said import why_not

PRIVATE_PATHS = ("safe", "health")
LONGEST = 300  # characters of a kind word
KIND = ("kind_1", "kind_2", "kind_3")
MOST_TITLES = 6


class Speaks(Protocol):
    """bot.phrases.Phrases."""

    def languages(self) -> tuple[str, ...]: ...
    def say(self, key: str, language: str, number: int = 0, /, **values: str) -> str: ...


@dataclass(frozen=True)
class Seen:
    """What a helper sees of one learner: what they are called, and some short lines."""

    name: str
    lines: tuple[str, ...]


class Families:
    """`words`: phrases of the helper's side; `tutor_words`: those of the learner's. `catalogue`, `centres`: as in House."""

    def __init__(
        self,
        store: Store,
        catalogue: Any,
        centres: Any,
        words: Speaks,
        tutor_words: Speaks,
        look: Callable[[str, str], Any],
        hand_out: Callable[[list[Parcel]], Awaitable[None]],
    ) -> None:
        self._store, self._catalogue, self._centres = store, catalogue, centres
        self.words, self._tutor_words, self._look, self._hand_out = words, tutor_words, look, hand_out

    def say(self, key: str, language: str, /, **values: str) -> str:
        """One of the helper's phrases, with a capital first whatever name it begins with."""
        said = self.words.say(key, language, **values)
        return said[:1].upper() + said[1:]

    def language(self, wanted: str) -> str:
        return best_language(wanted, self.words.languages())

    async def join(self, token: str, at: datetime, *, chat: str | None = None, browser: str = "") -> bool:
        """Opens a link, once. False: it opens nothing (any more)."""
        joined = await self._store.write(lambda db: family.join(db, token, at, chat=chat, browser=browser))
        return joined is not None

    async def shown_to(self, at: datetime, *, chat: str = "", browser: str = "") -> tuple[family.Shown, ...]:
        return await self._store.read(lambda db: family.shown_to(db, at, chat=chat, browser=browser))

    async def where(self, shown: family.Shown, language: str, at: datetime) -> Seen:
        session = await self._store.load(shown.learner)
        name = self._name(session, language)
        if session is None or not shown.shows:
            return Seen(name, (self.say("nothing", language),))
        progress = await self._store.read(lambda db: stored_progress(db, shown.learner))
        until = shown.until.astimezone(zone(self._centres.get(session.centre)))
        lines = (
            self._at(session, shown, name, language),
            self._can(shown, progress, name, language),
            self._last(session, language, at),
            self.say("until", language, day=self._day(until, language)),
        )
        return Seen(name, tuple(line for line in lines if line))

    async def name(self, shown: family.Shown, language: str) -> str:
        return self._name(await self._store.load(shown.learner), language)

    async def write_next(self, shown: family.Shown, at: datetime) -> None:
        """What the helper writes next in the messenger is a kind word."""
        await self._store.write(lambda db: family.writing(db, shown.learner, at))

    async def leave(self, shown: family.Shown) -> None:
        await self._store.write(lambda db: family.end(db, shown.learner))

    async def send(self, shown: family.Shown, text: str, at: datetime, *, ready: str = "") -> str:
        """Passes a kind word on; `ready`: one of KIND, said in the learner's language. The key of what to tell the helper."""
        session = await self._store.load(shown.learner)
        if session is None or not shown.shows or session.held_by:
            return "not_here"
        words = self.say(ready, self.language(session.language)) if ready in KIND else text.strip()
        if ready not in KIND and (why := self._why_not(words, session.language)):
            return f"stopped_{why}"
        if not is_waking(at, self._centres.get(session.centre)):
            return "night"
        chat = await self._store.read(lambda db: _chat_at(db, shown.learner))
        if not chat:
            return "not_here"
        if not await self._store.write(lambda db: family.may_send(db, shown.learner, at)):
            return "enough"
        who = self._tutor_words.say(f"family.who.{shown.who}", session.language)
        said = self._tutor_words.say("family.word", session.language, who=who[:1].upper() + who[1:], words=words)
        parcels = await self._store.say(
            chat, [Reply(said, spoken="", aside=True)], learner=shown.learner, turn=session.turn, at=at
        )
        await self._hand_out(parcels)
        return "sent"

    def _why_not(self, words: str, language: str) -> str:
        """A helper's account may be in a thief's hands: secrets, links, money and the signs of a trick stay out."""
        if not words or len(words) > LONGEST:
            return "long"
        if why := why_not(words, self._look, language):
            return why
        return "scam" if self._look(words, language).warn else ""

    # What is said

    def _name(self, session: Session | None, language: str) -> str:
        return (session.name if session else "") or self.words.say("somebody", language)

    def _day(self, until: datetime, language: str) -> str:
        month = self._tutor_words.say(f"month.{until.month}", language)
        return self._tutor_words.say("family.day", language, day=str(until.day), month=month)

    def _at(self, session: Session, shown: family.Shown, name: str, language: str) -> str:
        place = session.place
        if shown.lesson and (place is None or place.lesson != shown.lesson):
            return self.say("one_not_now", language, name=name, title=self._title(shown.lesson, language))
        if place is None or place.step == "end":
            return self.say("between", language, name=name)
        lesson = self._catalogue.lesson(place.lesson, place.language)
        if lesson is None or self.is_private(place.lesson):
            return self.say("at_a_lesson", language, name=name)
        ids = [step.id for step in lesson.steps_for(session.system, session.maker)]
        at = ids.index(place.step) + 1 if place.step in ids else 1
        title = self._title(place.lesson, language)
        return self.say("at_step", language, name=name, title=title, step=str(at), steps=str(len(ids)))

    def _can(self, shown: family.Shown, progress: tuple[Progress, ...], name: str, language: str) -> str:
        done = [
            self._title(p.lesson, language)
            for p in progress
            if p.status == "finished" and not self.is_private(p.lesson) and shown.lesson in ("", p.lesson)
        ][-MOST_TITLES:]
        return self.say("can", language, name=name, titles="; ".join(done)) if done else ""

    def _last(self, session: Session, language: str, at: datetime) -> str:
        if session.last_at is None:
            return ""
        here = zone(self._centres.get(session.centre))
        days = (at.astimezone(here).date() - session.last_at.astimezone(here).date()) // timedelta(days=1)
        when = "today" if days <= 0 else "yesterday" if days == 1 else "this_week" if days < 7 else "earlier"
        return self.say(f"last_{when}", language)

    def is_private(self, lesson: str) -> bool:
        """Money, identity, health and tricks are shown to nobody of the family."""
        plan = self._catalogue.planned.get(lesson)
        return plan is None or plan.risk in ("pay", "id") or plan.path in PRIVATE_PATHS

    def _title(self, lesson: str, language: str) -> str:
        found = self._catalogue.lesson(lesson, language)
        title: str = found.title if found else self._catalogue.planned[lesson].title(language)
        return title


def _chat_at(db: Any, learner: str) -> str:
    """The chat that this learner is at now; "" where somebody else is."""
    row = db.execute("select chat from learners where id = ?", (learner,)).fetchone()
    return row["chat"] if row and seats.learner_at(db, row["chat"]) == learner else ""
