"""Calls for a person: open from the moment a learner asks (or is in trouble) until a person has helped or they
say never mind. Written for those alone who let volunteers see it, whether or not their progress is remembered; but
that somebody was tricked or is in danger goes at once, without a name, to those who were not asked yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from bot.messages import Event, Session, Turn

from .codec import stamp
from .progress import CLEARS_STUCK
from .rows import event_of

REASONS = {
    "danger_told": "danger", "tricked_told": "tricked", "worry_told": "worry", "person_asked": "person", "stuck": "stuck",
}  # fmt: skip
_CLOSES = {
    "person_withdrawn": ("person", "stuck"),
    "person_helped": tuple(REASONS.values()),
    **dict.fromkeys(CLEARS_STUCK, ("stuck",)),
}
TELLING = frozenset({*REASONS, *_CLOSES})
AT_ONCE = frozenset({"danger_told", "tricked_told"})  # no time to ask for leave first; a no that was said stays a no


@dataclass(frozen=True)
class Followed:
    """`opened`: a new call. `private`: words, files or a number that stood with a call went with it."""

    opened: bool = False
    private: bool = False


def follow(db: Database, turn: Turn, before: Session | None) -> Followed:
    """Opens and closes calls as the turn's events say. Leave given only now also opens what was asked before."""
    session = turn.session
    leave, left_before = session.consents.get("volunteers", ""), before.consents.get("volunteers", "") if before else ""
    if leave == "no":
        private = left_before != "no" and holds_private(db, session.learner)
        if left_before != "no":
            db.execute("delete from calls where learner = ?", (session.learner,))
        return Followed(private=private)
    events: Iterable[Event] = turn.events
    if leave == "yes" and left_before != "yes":
        events = (*_earlier(db, session), *(e for e in turn.events if e not in session.waiting_events))
    wanted = TELLING if leave == "yes" else AT_ONCE | set(_CLOSES)
    telling = [event for event in events if event.name in wanted]
    if not telling:
        return Followed()
    newest, private = _newest(db), holds_private(db, session.learner)
    for event in telling:
        _follow_one(db, event)
    return Followed(_newest(db) > newest, private and not holds_private(db, session.learner))


def holds_private(db: Database, learner: str) -> bool:
    """Whether anything that a learner and a volunteer said, or a number, stands with a call of this learner."""
    tables = ("talk", "talk_files", "numbers")
    return any(db.execute(f"select 1 from {name} where learner = ?", (learner,)).fetchone() for name in tables)


def helper_of(db: Database, learner: str) -> str:
    """The name of the volunteer who comes to this learner, or rings; "" nobody."""
    row = db.execute(
        "select v.name from calls c join volunteers v on v.id = c.taken_by "
        "where c.learner = ? and c.closed_at is null and c.taken_by != '' and c.way = 'visit' order by c.id limit 1",
        (learner,),
    ).fetchone()
    return str(row["name"]) if row else ""


def _newest(db: Database) -> int:
    return int(db.execute("select coalesce(max(id), 0) from calls").fetchone()[0])


def close(db: Database, event: Event) -> None:
    """Closes the calls that this event (person_helped, person_withdrawn) answers."""
    _follow_one(db, event)


def _follow_one(db: Database, event: Event) -> None:
    if event.name in _CLOSES:
        reasons = _CLOSES[event.name]
        db.execute(
            f"update calls set closed_at = ? where learner = ? and closed_at is null "
            f"and reason in ({', '.join('?' * len(reasons))})"
            # Who is on the way to somebody stuck hears from them that it is done.
            + (" and taken_by = ''" if event.name in CLEARS_STUCK else ""),
            (stamp(event.at), event.learner, *reasons),
        )
    elif event.name in REASONS:
        reason = REASONS[event.name]
        if reason == "stuck" and event.detail.get("where") == "class":
            return  # in a class the hand is up already
        if reason == "person":  # whoever was stuck and now asks is still one card
            db.execute(
                "update calls set reason = 'person' where learner = ? and reason = 'stuck' and closed_at is null",
                (event.learner,),
            )
        open_already = db.execute(
            "select 1 from calls where learner = ? and closed_at is null and (reason = ? or ? = 'stuck')",
            (event.learner, reason, reason),
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
