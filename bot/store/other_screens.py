"""Steps that were said to look different, by kind of phone: a card for the lesson's writers. No person stands in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.messages import Event, Session

from .codec import stamp

_KEY = "lesson = ? and step = ? and system = ? and maker = ? and version = ?"


def note(db: Database, event: Event) -> None:
    """One more on such a phone."""
    _add(db, (event.lesson, event.step, event.system, event.maker, event.version), event.at)


def name_maker(db: Database, before: Session | None, session: Session, at: datetime) -> None:
    """The maker is asked for after "it looks different": once told, the last note without one gets it."""
    place = session.place
    if before is None or before.maker or not session.maker or place is None or not before.asked.startswith("maker"):
        return
    unnamed = (place.lesson, place.step, before.system, "", place.version)
    done = db.execute(f"update other_screens set many = many - 1 where {_KEY} and many > 0", unnamed)
    if done.rowcount:
        db.execute(f"delete from other_screens where {_KEY} and many = 0 and looked_into = 0", unnamed)
        _add(db, (place.lesson, place.step, session.system, session.maker, place.version), at)


def looked_into(db: Database, lesson: str, step: str, by: str, at: datetime) -> bool:
    """What stands open of this step is looked into; what is said from now on is new. False: nothing stood open."""
    done = db.execute(
        "update other_screens set looked_into = looked_into + many, many = 0, looked_at = ?, looked_by = ? "
        "where lesson = ? and step = ? and many > 0",
        (stamp(at), by, lesson, step),
    )
    return bool(done.rowcount)


def _add(db: Database, key: tuple[str, ...], at: datetime) -> None:
    monday = stamp(at - timedelta(days=at.weekday()))[:10]
    db.execute(
        "insert into other_screens (lesson, step, system, maker, version, many, week) values (?, ?, ?, ?, ?, 1, ?) "
        "on conflict (lesson, step, system, maker, version) do update set many = many + 1, week = excluded.week",
        (*key, monday),
    )
