"""The one door to volunteers. Of links and sessions only fingerprints are kept. Every time is given, none is asked for."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeVar

from bot.store.codec import fingerprint

from . import tables
from .volunteer import ROLES, Volunteer

T = TypeVar("T")
LINK_LIFE = timedelta(days=3)  # of a one-time link that nobody has opened
SESSION_LIFE = timedelta(days=30)
IDLE = timedelta(days=7)  # a session that was not used for so long is over
SEEN_EVERY = timedelta(minutes=5)
DUTY_LONGEST = timedelta(hours=16)


class PeopleError(Exception):
    """What was asked for cannot be done; the message says what can."""


class Keeps(Protocol):
    """bot.store.Store, as far as volunteers need it."""

    async def write(self, work: Callable[[Any], T]) -> T: ...
    async def read(self, look: Callable[[Any], T]) -> T: ...


@dataclass(frozen=True)
class SignedIn:
    """A browser that is signed in. `csrf` stands in every form of its pages."""

    volunteer: Volunteer
    csrf: str


@dataclass(frozen=True)
class SignIn:
    """One browser or chat in the list of those that are signed in. `id` is short enough to be typed."""

    id: str
    kind: str  # browser, chat
    device: str
    since: datetime
    seen: datetime | None


@dataclass(frozen=True)
class Looked:
    at: datetime
    volunteer: str  # the name
    what: str
    learner: str
    detail: str


class People:
    """`People(store)`: all of it is read and written through the store's own thread."""

    def __init__(self, store: Keeps) -> None:
        self._store = store

    # Who there is

    async def add(self, name: str, *, centre: str, role: str = "volunteer", at: datetime) -> tuple[Volunteer, str]:
        """A new volunteer and the token of a one-time link. Raises PeopleError for a bad name or role."""
        name = " ".join(name.split())
        if not 1 <= len(name) <= 60:
            raise PeopleError("A name has 1 to 60 letters.")
        if role not in ROLES:
            raise PeopleError(f"{role!r} is no role. There are: {', '.join(ROLES)}.")
        volunteer = Volunteer(secrets.token_hex(6), name, role, centre)
        await self._store.write(lambda db: tables.add(db, volunteer, at))
        return volunteer, await self.link(volunteer.id, at=at)

    async def link(self, volunteer: str, *, at: datetime) -> str:
        """The token of a new one-time link; an older one that nobody opened is void from now on."""
        token = secrets.token_urlsafe(24)
        await self._store.write(lambda db: tables.add_link(db, fingerprint(token), volunteer, at, at + LINK_LIFE))
        return token

    async def all(self) -> tuple[Volunteer, ...]:
        """Everybody, also who has left, by centre and name."""
        return await self._store.read(tables.everybody)

    async def get(self, volunteer: str) -> Volunteer | None:
        return await self._store.read(lambda db: tables.one(db, volunteer))

    async def of_centre(self, centre: str) -> tuple[Volunteer, ...]:
        """Who may be given a card of this centre: its volunteers, and the coordinators."""
        return tuple(v for v in await self.all() if v.sees(centre))

    async def on_duty(self, centre: str, *, at: datetime) -> tuple[Volunteer, ...]:
        """Those of `of_centre` who said that they are there now."""
        return tuple(v for v in await self.of_centre(centre) if v.on_duty(at))

    async def set_duty(self, volunteer: str, until: datetime | None, *, at: datetime) -> None:
        """On duty until then, at most DUTY_LONGEST from `at`; None: not any more."""
        if until is not None:
            until = min(until, at + DUTY_LONGEST)
        await self._store.write(lambda db: tables.set_duty(db, volunteer, until))

    async def set_morning(self, volunteer: str, clock: str) -> None:
        """When the morning message comes, "08:30" in the centre's time; "" for none. Raises PeopleError."""
        if clock and not _is_clock(clock):
            raise PeopleError("Write the hour as 08:30, or leave it empty for no morning message.")
        await self._store.write(lambda db: tables.set_morning(db, volunteer, clock))

    async def set_language(self, volunteer: str, language: str, *, unless_chosen: bool = False) -> None:
        """What this volunteer reads, on pages and in the messenger; `unless_chosen`: only a first guess."""
        await self._store.write(lambda db: tables.set_language(db, volunteer, language, unless_chosen))

    async def morning_told(self, volunteer: str, day: str) -> bool:
        """Notes that the morning message of this day went out. False: it had gone out before."""
        return await self._store.write(lambda db: tables.morning_told(db, volunteer, day))

    async def revoke(self, volunteer: str, *, at: datetime) -> None:
        """Somebody leaves: every browser and chat is signed out at once, open links are void."""
        await self._store.write(lambda db: tables.revoke(db, volunteer, at))

    # Signing in

    async def of_link(self, token: str, *, at: datetime) -> Volunteer | None:
        """Whose link this is, without using it up: a messenger's preview must not spend it."""
        return await self._store.read(lambda db: tables.of_link(db, fingerprint(token), at))

    async def sign_in_browser(self, token: str, *, device: str, at: datetime) -> tuple[Volunteer, str] | None:
        """Spends the link. The second is the cookie's value. None: no such link, spent, or too old."""
        session = secrets.token_urlsafe(32)

        def work(db: Any) -> Volunteer | None:
            volunteer = tables.spend_link(db, fingerprint(token), at)
            if volunteer is not None:
                tables.add_session(db, fingerprint(session), volunteer.id, device[:60], at, at + SESSION_LIFE)
                tables.note(db, at, volunteer.id, "signed_in", "", "browser")
            return volunteer

        volunteer = await self._store.write(work)
        return None if volunteer is None else (volunteer, session)

    async def sign_in_chat(self, token: str, chat: str, *, at: datetime) -> Volunteer | None:
        """Spends the link: this chat is the volunteer's from now on."""

        def work(db: Any) -> Volunteer | None:
            volunteer = tables.spend_link(db, fingerprint(token), at)
            if volunteer is not None:
                tables.add_chat(db, chat, volunteer.id, at)
                tables.note(db, at, volunteer.id, "signed_in", "", "chat")
            return volunteer

        return await self._store.write(work)

    async def signed_in(self, session: str, *, at: datetime) -> SignedIn | None:
        """Whose browser this is. None: never, ended, too old, or not used for IDLE."""
        if not session:
            return None
        key = fingerprint(session)
        found = await self._store.read(lambda db: tables.session(db, key, at, at - IDLE))
        if found is None:
            return None
        volunteer, seen = found
        if at - seen > SEEN_EVERY:
            await self._store.write(lambda db: tables.session_seen(db, key, at))
        return SignedIn(volunteer, csrf_of(session))

    async def in_chat(self, chat: str) -> Volunteer | None:
        """The volunteer whose chat this is."""
        return await self._store.read(lambda db: tables.of_chat(db, chat))

    async def chats_of(self, volunteer: str) -> tuple[str, ...]:
        """The chats in which this volunteer is signed in, newest first."""
        return await self._store.read(lambda db: tables.chats_of(db, volunteer))

    async def sign_out(self, session: str, *, at: datetime) -> None:
        await self._store.write(lambda db: tables.end_session(db, fingerprint(session), at))

    async def sign_out_chat(self, chat: str) -> None:
        await self._store.write(lambda db: tables.end_chat(db, chat))

    async def sign_ins(self, volunteer: str, *, at: datetime) -> tuple[SignIn, ...]:
        rows = await self._store.read(lambda db: tables.sign_ins(db, volunteer, at, at - IDLE))
        return tuple(SignIn(key[:8], kind, device, since, seen) for key, kind, device, since, seen in rows)

    async def end_sign_in(self, volunteer: str, id: str, *, at: datetime) -> bool:
        """Ends one of `sign_ins` by its id. False: there is none."""
        rows = await self._store.read(lambda db: tables.sign_ins(db, volunteer, at, at - IDLE))
        for key, kind, *_ in rows:
            if key[:8] == id:
                end = tables.end_session if kind == "browser" else lambda db, key, _: tables.end_chat(db, key)
                await self._store.write(lambda db, end=end, key=key: end(db, key, at))  # type: ignore[misc]
                return True
        return False

    # Who looked at what

    async def note(self, volunteer: str, what: str, *, learner: str = "", detail: str = "", at: datetime) -> None:
        """`what` is a word of ours: looked, exported, said_well_done, took ..."""
        await self._store.write(lambda db: tables.note(db, at, volunteer, what, learner, detail[:120]))

    async def looked(self, *, learner: str = "", most: int = 200) -> tuple[Looked, ...]:
        """The newest notes first, of one learner or of all."""
        rows = await self._store.read(lambda db: tables.looked(db, learner, most))
        return tuple(Looked(*row) for row in rows)


def csrf_of(session: str) -> str:
    return hmac.new(session.encode("utf-8", "replace"), b"csrf", hashlib.sha256).hexdigest()


def _is_clock(text: str) -> bool:
    try:
        return len(text) == 5 and bool(datetime.strptime(text, "%H:%M").replace(tzinfo=UTC))
    except ValueError:
        return False
