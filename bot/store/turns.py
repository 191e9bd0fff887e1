"""Keeping one turn: the session, what happened, what is planned, what goes out and the mark on the message,
all in the transaction of whoever calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.messages import Event, Known, Plan, Progress, Session, Turn

from . import calls, classes, doings, family, glance, inbox, keeping, other_screens, outbox, people
from .codec import moment, session_from_json, stamp, to_json
from .progress import apply_to_all, rebuild
from .records import Parcel
from .rows import EVENT_COLUMNS, PROGRESS_COLUMNS, event_row, plan_of, progress_of, progress_row

MOST_WAITING_EVENTS = 500
SIGNED_IN = timedelta(days=7)  # so long a browser that is not used counts as signed in, as bot.people has it
_EVENT_SQL = f"insert into events ({', '.join(EVENT_COLUMNS)}) values ({', '.join('?' * len(EVENT_COLUMNS))})"
_PROGRESS_SQL = (
    f"insert or replace into progress ({', '.join(PROGRESS_COLUMNS)}) values ({', '.join('?' * len(PROGRESS_COLUMNS))})"
)


def save(
    db: Database, turns: Sequence[Turn], *, chat: str, mark: int | None, at: datetime, by_itself: bool = False
) -> Saved:
    """The turns of one message (two where the phone changes hands), in order. Empty where the message had its answer
    already: a message is answered once. `by_itself`: nobody was here."""
    if mark is not None and not inbox.answer(db, mark, at):
        return Saved()
    parcels: list[Parcel] = []
    forgot = called = False
    for place, turn in enumerate(turns):
        if place and not people.is_known(db, turn.session.learner):
            people.add_learner(db, turn.session.learner, chat, at)
        # Somebody whom another process forgot in the meantime gets the answer, and stays forgotten.
        learner, number = turn.session.learner, turn.session.turn
        if people.is_known(db, learner):
            if turn.erase:
                keeping.erase(db, learner, at)
                forgot = True
            else:
                followed, refused = _remember(db, turn, chat, None if by_itself else at)
                forgot = forgot or refused or followed.private
                called = called or followed.opened
                if turn.family:
                    family.change(db, learner, turn.family, at)
                    forgot = forgot or turn.family.kind == "end"
        parcels += outbox.put(db, turn.replies, learner=learner, chat=chat, turn=number, first=len(parcels), at=at)
    return Saved(parcels, forgot, called)


@dataclass(frozen=True)
class Saved:
    """`forgot`: something was deleted that must leave no byte. `called`: a call for a person was opened."""

    parcels: list[Parcel] = field(default_factory=list)
    forgot: bool = False
    called: bool = False


def _remember(db: Database, turn: Turn, chat: str, seen_at: datetime | None) -> tuple[calls.Followed, bool]:
    """What became of calls, and whether leave to remember was refused or taken back."""
    session, before = turn.session, load(db, turn.session.learner)
    turn = replace(turn, events=tuple(replace(event, learner=session.learner) for event in turn.events))
    may_remember = session.consents.get("remember", "")
    waiting = session.waiting_events
    happened = (*waiting, *(event for event in turn.events if event not in waiting))
    refused = may_remember == "no" and (before is None or before.consents.get("remember") != "no")
    if may_remember == "yes":
        _record(db, session, happened)
        if session.last_at is not None:
            other_screens.name_maker(db, before, session, session.last_at)
    elif refused:
        keeping.forget_record(db, session.learner)
    followed = calls.follow(db, turn, before)
    _keep_session(db, replace(session, waiting_events=_still_waiting(session, happened)), seen_at)
    glance.refresh(db, session.learner)
    if seen_at is not None:
        classes.follow(db, session.learner, chat, turn.events, seen_at)
    for plan in turn.plans:
        _plan(db, session.learner, plan)
    people.sit_down(db, chat, turn.hand_to if turn.hand_to not in ("", "new") else session.learner)
    return followed, refused


def _still_waiting(session: Session, happened: Sequence[Event]) -> tuple[Event, ...]:
    """What waits for an answer that is not given yet: whether to remember, or whether volunteers may see a call."""
    if not session.consents.get("remember"):
        return tuple(happened[-MOST_WAITING_EVENTS:])
    if session.consents["remember"] == "no" and not session.consents.get("volunteers"):
        return tuple(event for event in happened if event.name in calls.TELLING)[-MOST_WAITING_EVENTS:]
    return ()


def _keep_session(db: Database, session: Session, seen_at: datetime | None) -> None:
    db.execute("insert or replace into sessions values (?, ?, ?)", (session.learner, session.schema, to_json(session)))
    consents = session.consents
    db.execute(
        "update learners set seen_at = coalesce(?, seen_at), centre = ?, remember = ?, volunteers = ? where id = ?",
        (
            seen_at and stamp(seen_at),
            session.centre,
            consents.get("remember", ""),
            consents.get("volunteers", ""),
            session.learner,
        ),
    )


def _record(db: Database, session: Session, events: Sequence[Event]) -> None:
    """Events, progress and the day's counts, for a learner who gave leave."""
    if not events:
        return
    known = {(p.learner, p.lesson): p for p in stored_progress(db, session.learner)}
    changed: set[tuple[str, str]] = set()
    for event in events:
        db.execute(_EVENT_SQL, event_row(event))
        before = known.get((event.learner, event.lesson))
        changed |= apply_to_all(known, event)
        if event.lesson:
            glance.count_people(db, before, known[event.learner, event.lesson], event.at, session.centre)
        db.execute(
            "insert into counts values (?, ?, ?, ?, ?, ?, 1) "
            "on conflict (day, centre, name, lesson, step, system) do update set many = many + 1",
            (stamp(event.at)[:10], session.centre, event.name, event.lesson, event.step, event.system),
        )
        if event.name == "looks_different":
            other_screens.note(db, event)
        if event.name == "wish_not_found" and event.detail.get("wanted"):
            glance.count(db, event.at, event.detail["wanted"], "", "wished")
    for key in changed:
        db.execute(_PROGRESS_SQL, progress_row(known[key]))
    doings.follow(db, session, events)


def _plan(db: Database, learner: str, plan: Plan) -> None:
    """A recall or reminder takes the place of the one before; of questions there may be several."""
    if plan.drop or plan.kind != "question":
        db.execute("delete from plans where learner = ? and kind = ? and lesson = ?", (learner, plan.kind, plan.lesson))
    if not plan.drop:
        db.execute(
            "insert into plans (learner, kind, lesson, due, detail) values (?, ?, ?, ?, ?)",
            (learner, plan.kind, plan.lesson, stamp(plan.due), to_json(dict(plan.detail))),
        )


def helped(db: Database, learner: str, at: datetime) -> bool:
    """Notes that a person helped, in the record (where there is leave), the calls and the place."""
    session = load(db, learner)
    if session is None:
        return people.is_known(db, learner)
    event = Event("person_helped", at, learner, channel=session.channel, language=session.language)
    calls.close(db, event)
    # The conversation asks for a person once, until this fact is gone.
    _happened_beside(db, session, event, over="person")
    return True


def helped_here(db: Database, learner: str, at: datetime) -> None:
    """Somebody in the same room has helped: not stuck any more. Calls to the centre stay open."""
    session = load(db, learner)
    if session is None:
        return
    place = session.place
    event = Event(
        "hand_lowered", at, learner, lesson=place.lesson if place else "", version=place.version if place else "",
        step=place.step if place else "", system=session.system, maker=session.maker, language=session.language,
        channel=session.channel, detail={"by": "volunteer"},
    )  # fmt: skip
    _happened_beside(db, session, event, over="stuck")


def _happened_beside(db: Database, session: Session, event: Event, *, over: str) -> None:
    """Something that no message of the learner caused, by the leave they gave; `over`: the note that is so no more."""
    if session.consents.get("remember") == "yes":
        _record(db, session, (event,))
    elif not session.consents.get("remember"):
        session = replace(session, waiting_events=(*session.waiting_events, event))
    notes = {key: value for key, value in session.notes.items() if key != over}
    text = to_json(replace(session, notes=notes))
    db.execute("update sessions set session = ? where learner = ?", (text, session.learner))
    glance.refresh(db, session.learner)


def load(db: Database, learner: str) -> Session | None:
    row = db.execute("select session from sessions where learner = ?", (learner,)).fetchone()
    return session_from_json(row["session"]) if row else None


def stored_progress(db: Database, learner: str) -> tuple[Progress, ...]:
    rows = db.execute("select * from progress where learner = ? order by first_seen, lesson", (learner,))
    return tuple(progress_of(row) for row in rows)


def helpers(db: Database, learner: str, at: datetime) -> int:
    """How many volunteers hear of this learner: in the messenger, or on the page where they are signed in."""
    row = db.execute(
        "select count(*) as many from volunteers v where v.revoked_at is null and v.role != 'writer' "
        "and (v.role = 'coordinator' or v.centre = (select centre from learners where id = ?)) "
        "and (exists (select 1 from volunteer_chats c where c.volunteer = v.id) or exists (select 1 from "
        "volunteer_sessions s where s.volunteer = v.id and s.ended_at is null and s.expires_at > ? and s.seen_at > ?))",
        (learner, stamp(at), stamp(at - SIGNED_IN)),
    ).fetchone()
    return int(row["many"])


def known(db: Database, learner: str, chat: str, at: datetime) -> Known:
    """Until leave to remember is given or refused, progress is what the waiting events say."""
    progress = stored_progress(db, learner)
    if not progress:
        session = load(db, learner)
        if session is not None and not session.consents.get("remember"):
            progress = tuple(rebuild(session.waiting_events).values())
    plans = db.execute("select * from plans where learner = ? order by due, id", (learner,))
    shown = db.execute("select shown_at from chats where id = ?", (chat,)).fetchone()
    return Known(
        progress=progress,
        plans=tuple(plan_of(row) for row in plans),
        people=tuple(p for p in people.learners_of(db, chat) if p.learner != learner),
        shown_at=moment(shown["shown_at"]) if shown else None,
        helpers=helpers(db, learner, at),
        helper=calls.helper_of(db, learner),
        in_class=classes.in_class(db, learner, chat, at),
        family=family.of(db, learner, at),
    )
