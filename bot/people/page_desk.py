"""What the report's page asks: a learner's card as one volunteer may see it, and everything that can be done with it there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from . import cards, talk
from .cards import Card
from .doors import Keeps
from .files import Files, Passed
from .holding import OUTCOMES, UNDO, Done, Holding
from .people import People
from .talk import Said
from .telling import KIND_WORDS, Telling
from .volunteer import Volunteer

PAGE = "page"


@dataclass(frozen=True)
class Sheet:
    """A card as the page shows it. `state`: open (nobody has it), yours, theirs (somebody else's), not_you, gone."""

    state: str
    card: Card | None = None
    who: str = ""
    lines: tuple[str, ...] = ()
    taker: str = ""
    talk: tuple[Said, ...] = ()
    kind_words: tuple[tuple[str, str], ...] = ()  # (kind1, its words)
    number: str = ""
    may_undo: bool = False
    asks_whether_there: bool = False


class PageDesk:
    """Every method wants a volunteer who may see the learner: the page has asked. Done.key is a phrase under `desk`."""

    def __init__(self, people: People, store: Keeps, telling: Telling, holding: Holding, files: Files) -> None:
        self._people, self._store, self._telling, self._holding, self._files = people, store, telling, holding, files

    async def sheet(self, learner: str, volunteer: Volunteer, at: datetime, language: str = "en") -> Sheet:
        """`language`: of the page."""
        card = await self._card(learner, volunteer)
        if card is None:
            return Sheet("gone")
        who = self._telling.who(card, language)
        if card.taken_by and card.taken_by != volunteer.id:
            return Sheet("theirs", card, who, taker=await self._telling.name(card.taken_by))
        if await self._store.read(lambda db: cards.is_unwanted(db, learner, volunteer.id)):
            return Sheet("not_you", card, who)
        lines = self._telling.lines(card, language, whole=True)
        if not card.taken_by:
            names = {"name": volunteer.name}
            words = tuple((key, self._telling.say(f"with_you.{key}", card.language, **names)) for key in KIND_WORDS)
            return Sheet("open", card, who, lines, kind_words=words)
        said, number = await self._store.read(lambda db: (talk.of_card(db, card.id), talk.number_of(db, card.id)))
        return Sheet(
            "yours", card, who, lines, volunteer.name, tuple(said), number=number,
            may_undo=card.taken_at is not None and at - card.taken_at <= UNDO,
            asks_whether_there=card.asked_at is not None and not cards.not_asked_since(card),
        )  # fmt: skip

    async def act(self, learner: str, volunteer: Volunteer, what: str, at: datetime) -> Done:
        """`what`: write, visit, kind1 to kind3, undo, back, here, or an outcome."""
        card = await self._card(learner, volunteer)
        if card is None:
            return Done("gone")
        holding = self._holding
        if what == "write":
            return await holding.write(card, volunteer, at, PAGE)
        if what == "visit" and card.taken_by != volunteer.id:
            return await holding.visit(card, volunteer, at, PAGE)
        if what in KIND_WORDS:
            return await holding.leave_kind_word(card, volunteer, what, at)
        if what in OUTCOMES:
            return await holding.close(card, volunteer, what, at)
        doing = {"undo": holding.undo, "back": holding.back, "here": holding.here}.get(what)
        return await doing(card, volunteer, at) if doing else Done("gone")

    async def say(self, learner: str, volunteer: Volunteer, text: str, at: datetime) -> Done | None:
        """None: it is on its way."""
        card = await self._card(learner, volunteer)
        if card is None or not text.strip():
            return Done("gone") if card is None else None
        return await self._holding.pass_on(card, volunteer, at, PAGE, text=text.strip())

    async def send(
        self, learner: str, volunteer: Volunteer, kind: str, type: str, data: bytes, at: datetime
    ) -> Done | None:
        """A voice or a picture: to whoever is written with, else a voice as a kind word."""
        card = await self._card(learner, volunteer)
        if card is None or (not card.taken_by and kind != "voice"):
            return Done("gone")
        if card.taken_by not in ("", volunteer.id):
            return Done("gone")
        file = await self._files.keep(card, kind, type, data, at)
        if not file:
            return Done("cannot_keep")
        if card.taken_by:
            return await self._holding.pass_on(card, volunteer, at, PAGE, file=file)
        return await self._holding.leave_kind_word(card, volunteer, "", at, file)

    async def file(self, learner: str, volunteer: Volunteer, said: int) -> Passed | None:
        """A voice or picture of the talk, for whoever holds the card."""
        card = await self._card(learner, volunteer)
        if card is None or card.taken_by != volunteer.id:
            return None
        found = await self._store.read(lambda db: talk.one(db, card.id, said))
        return await self._files.fetch(found.file, "mp3") if found and found.file else None

    async def fitting(self, volunteer: Volunteer, minutes: int) -> frozenset[str]:
        """The learners for whom so many minutes are enough."""
        found = await self._store.read(lambda db: cards.open_in(db, volunteer.own_centre, volunteer.id))
        return frozenset(card.learner for card in found if card.fits(minutes))

    async def _card(self, learner: str, volunteer: Volunteer) -> Card | None:
        card: Card | None = await self._store.read(lambda db: cards.mine_or_newest(db, learner, volunteer.id))
        return card if card and volunteer.sees(card.centre) else None
