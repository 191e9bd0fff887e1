"""Calls for a person: open from the moment a learner asks (or is in trouble) until a person has helped or they
say never mind. Written for those alone who let volunteers see it, whether or not their progress is remembered."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from bot.messages import Event, Session, Turn

from .codec import stamp
from .rows import event_of

REASONS = {"danger_told": "danger", "tricked_told": "tricked", "worry_told": "worry", "person_asked": "person"}
_CLOSES = {"person_withdrawn": ("person",), "person_helped": tuple(REASONS.values())}
TELLING = frozenset({*REASONS, *_CLOSES})


def follow(db: Database, turn: Turn, before: Session | None) -> None:
    """Opens and closes calls as the turn's events say. Leave given only now also opens what was asked before."""
    session = turn.session
    if session.consents.get("volunteers") != "yes":
        if before is not None and before.consents.get("volunteers") == "yes":
            db.execute("delete from calls where learner = ?", (session.learner,))
        return
    events: Iterable[Event] = turn.events
    if before is None or before.consents.get("volunteers") != "yes":
        events = (*_earlier(db, session), *(e for e in turn.events if e not in session.waiting_events))
    for event in events:
        _follow_one(db, event)


def close(db: Database, event: Event) -> None:
    """Closes the calls that this event (person_helped, person_withdrawn) answers."""
    _follow_one(db, event)


def _follow_one(db: Database, event: Event) -> None:
    if event.name in _CLOSES:
        reasons = _CLOSES[event.name]
        db.execute(
            f"update calls set closed_at = ? where learner = ? and closed_at is null "
            f"and reason in ({', '.join('?' * len(reasons))})",
            (stamp(event.at), event.learner, *reasons),
        )
    elif event.name in REASONS:
        reason = REASONS[event.name]
        open_already = db.execute(
            "select 1 from calls where learner = ? and reason = ? and closed_at is null", (event.learner, reason)
        ).fetchone()
        if not open_already:
            db.execute(
                "insert into calls (learner, reason, lesson, step, since) values (?, ?, ?, ?, ?)",
                (event.learner, reason, event.lesson, event.step, stamp(event.at)),
            )


def _earlier(db: Database, session: Session) -> tuple[Event, ...]:
    wanted = tuple(TELLING)
    rows = db.execute(
        f"select * from events where learner = ? and name in ({', '.join('?' * len(wanted))}) order by id",
        (session.learner, *wanted),
    )
    stored = tuple(event_of(row) for row in rows)
    return (*(e for e in session.waiting_events if e not in stored), *stored)
