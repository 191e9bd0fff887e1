"""The report in the messenger: asked for by a volunteer, or in the morning; and kind words on their way to a learner."""

from __future__ import annotations

import asyncio
import logging
import tomllib
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.centres import Centres
from bot.messages import Button, Reply
from bot.people import People, Volunteer
from bot.people.first_minutes import ReadsFirst, first_minutes
from bot.phrases.words import Words, languages
from bot.planner import is_waking, next_allowed
from bot.report import Lessons, Report, centre_of, report
from bot.report.chat import Said, in_chat, in_the_morning
from bot.store import Parcel, Store, StoreError, Waiting

log = logging.getLogger(__name__)
LOOK_EVERY = 60.0
LATE = timedelta(hours=2)  # a morning message is no use at noon
ONE_A_WEEK = timedelta(days=7)
PHRASES = Path(__file__).parent / "phrases" / "well_done"


class ReportDesk:
    """`errand` is for the FrontDesk; `run` sends the morning messages; `well_done` is the page's button."""

    def __init__(
        self, store: Store, people: People, centres: Centres, lessons: Callable[[], Lessons], *, public_url: str = "",
        on_parcels: Callable[[list[Parcel]], Awaitable[None]], first: ReadsFirst | None = None,
    ) -> None:  # fmt: skip
        self._store, self._people, self._centres, self._lessons = store, people, centres, lessons
        self._public_url, self._on_parcels, self._first = public_url, on_parcels, first
        self._address = f"{public_url}/report" if public_url else ""

    async def errand(self, waiting: Waiting, volunteer: Volunteer | None, at: datetime) -> Sequence[Reply] | None:
        """The report for a volunteer who asks; None for everything else."""
        message = waiting.message
        choice = message.tap.choice if message.tap is not None else ""
        if volunteer is not None and self._first is not None:
            first = first_minutes(choice, self._first, volunteer.language, self._address)
            if first is not None:
                return [first]
        asked = message.text.strip().lower().rstrip(".!。！") in asks_for_report() or choice == "desk-report"
        if volunteer is None or not (asked or choice.startswith("desk-helped-")):
            return None
        if not volunteer.sees_people:
            return [Reply(Words(volunteer.language)("chat.writer"), spoken="")]
        if choice.startswith("desk-helped-"):
            return await self._helped(volunteer, choice.removeprefix("desk-helped-"), at)
        await self._people.note(volunteer.id, "looked", detail="today, in the messenger", at=at)
        return [_reply(await asyncio.to_thread(self._today, volunteer, at))]

    async def _helped(self, volunteer: Volunteer, learner: str, at: datetime) -> list[Reply]:
        words = Words(volunteer.language)
        centre = await asyncio.to_thread(centre_of, self._store.path, learner)
        if centre is None or not volunteer.sees(centre):
            return [Reply(words("chat.gone"), spoken="")]
        await self._store.helped(learner)
        await self._people.note(volunteer.id, "helped", learner=learner, at=at)
        said = await asyncio.to_thread(self._today, volunteer, at)
        return [_reply(Said(f"{words('said.helped')}\n\n{said.words}", said.buttons))]

    def _today(self, volunteer: Volunteer, at: datetime) -> Said:
        here = at.astimezone(self._zone(volunteer))
        found = self._report(volunteer, here)
        trusted, language = volunteer.sees_all_centres, volunteer.language
        return in_chat(found, volunteer.id, trusted=trusted, address=self._public_url, language=language)

    def _report(self, volunteer: Volunteer, at: datetime) -> Report:
        path, lessons, centre = self._store.path, self._lessons(), volunteer.own_centre
        return report(
            path, lessons, names=True, at=at, centre=centre, centres=False, language=volunteer.language or "en"
        )

    def _zone(self, volunteer: Volunteer) -> ZoneInfo:
        return ZoneInfo(self._centres.get(volunteer.centre).timezone)

    # In the morning

    async def run(
        self, clock: Callable[[], datetime], pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        """Until cancelled."""
        while True:
            try:
                await self.morning(clock())
            except StoreError as error:
                log.error("the morning messages could not be written: %s", error)
            await pause(LOOK_EVERY)

    async def morning(self, at: datetime) -> int:
        """Tells those whose hour has come; each once a day, and nobody where nothing is to do. How many were told."""
        told = 0
        for volunteer in await self._people.all():
            if volunteer.morning and volunteer.sees_people and self._is_time(volunteer, at):
                told += await self._tell(volunteer, at)
        return told

    def _is_time(self, volunteer: Volunteer, at: datetime) -> bool:
        here = at.astimezone(self._zone(volunteer))
        hour, minute = map(int, volunteer.morning.split(":"))
        due = here.replace(hour=hour, minute=minute, second=0, microsecond=0)
        return timedelta(0) <= here - due < LATE

    async def _tell(self, volunteer: Volunteer, at: datetime) -> bool:
        here = at.astimezone(self._zone(volunteer))
        chats = await self._people.chats_of(volunteer.id)
        if not chats or not await self._people.morning_told(volunteer.id, here.date().isoformat()):
            return False
        found = await asyncio.to_thread(self._report, volunteer, here)
        trusted, language = volunteer.sees_all_centres, volunteer.language
        said = in_the_morning(found, volunteer.id, trusted=trusted, language=language)
        if said is None:
            return False
        order = f"volunteer-{volunteer.id}"
        await self._on_parcels(await self._store.say(chats[0], [_reply(said)], learner=order, at=at))
        return True

    # Well done

    async def well_done(self, learner: str, volunteer: Volunteer, at: datetime) -> bool:
        """Kind words to somebody who lets volunteers see them, one a week at most, in waking hours. False: not said."""
        session = await self._store.load(learner)
        if session is None or session.consents.get("volunteers") != "yes" or session.consents.get("reminders") == "no":
            return False
        chat = await self._store.read(lambda db: _chat_of(db, learner))
        if not chat or not await self._store.write(lambda db: _note_well_done(db, learner, volunteer.id, at)):
            return False
        centre = self._centres.get(session.centre)
        where = centre.name if centre.id == session.centre and centre.name else ""
        words = _words(session.language, volunteer.name, where)
        reply = Reply(words, aside=True)
        parcels = await self._store.say(chat, [reply], learner=learner, turn=session.turn, at=at)
        if is_waking(at, centre):
            await self._on_parcels(parcels)
        else:
            for parcel in parcels:
                await self._store.put_off(parcel.id, next_allowed(at, centre))
            await self._on_parcels(
                [p for p in await self._store.parcels(session.channel) if p.id in {x.id for x in parcels}]
            )
        return True


@cache
def asks_for_report() -> frozenset[str]:
    """What a volunteer writes to be told it, in any language."""
    return frozenset(words for language in languages() for words in Words(language).all("ask.report"))


def _reply(said: Said) -> Reply:
    return Reply(said.words, spoken="", buttons=tuple(Button(choice, label) for choice, label in said.buttons))


def _words(language: str, name: str, where: str) -> str:
    path = PHRASES / f"{language}.toml"
    phrases = tomllib.loads((path if path.exists() else PHRASES / "en.toml").read_text(encoding="utf-8"))
    return str(phrases["from_there" if where else "from"]).format(name=name, where=where)


def _chat_of(db: object, learner: str) -> str:
    row = db.execute("select chat from learners where id = ?", (learner,)).fetchone()  # type: ignore[attr-defined]
    return str(row["chat"]) if row else ""


def _note_well_done(db: object, learner: str, volunteer: str, at: datetime) -> bool:
    from bot.store.codec import stamp

    db.execute("delete from well_done where learner = ? and at <= ?", (learner, stamp(at - ONE_A_WEEK)))  # type: ignore[attr-defined]
    done = db.execute(  # type: ignore[attr-defined]
        "insert into well_done (learner, at, volunteer) values (?, ?, ?) on conflict do nothing",
        (learner, stamp(at), volunteer),
    )
    return bool(done.rowcount)
