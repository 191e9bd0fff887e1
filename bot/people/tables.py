"""What the store does for volunteers. Each function takes the database and runs in its caller's transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.store.codec import moment, stamp

from .volunteer import Volunteer


def volunteer_of(row: Any) -> Volunteer:
    return Volunteer(
        row["id"], row["name"], row["role"], row["centre"], row["revoked_at"] is not None, moment(row["duty_until"]),
        row["morning"], row["language"],
    )  # fmt: skip


def add(db: Any, who: Volunteer, at: datetime) -> None:
    db.execute(
        "insert into volunteers (id, name, role, centre, made_at) values (?, ?, ?, ?, ?)",
        (who.id, who.name, who.role, who.centre, stamp(at)),
    )


def everybody(db: Any) -> tuple[Volunteer, ...]:
    rows = db.execute("select * from volunteers order by revoked_at is not null, centre, name, id")
    return tuple(volunteer_of(row) for row in rows)


def one(db: Any, volunteer: str) -> Volunteer | None:
    row = db.execute("select * from volunteers where id = ?", (volunteer,)).fetchone()
    return volunteer_of(row) if row else None


def set_duty(db: Any, volunteer: str, until: datetime | None) -> None:
    db.execute("update volunteers set duty_until = ? where id = ?", (stamp(until) if until else None, volunteer))


def set_morning(db: Any, volunteer: str, clock: str) -> None:
    db.execute("update volunteers set morning = ? where id = ?", (clock, volunteer))


def set_language(db: Any, volunteer: str, language: str, unless_chosen: bool) -> None:
    db.execute(
        "update volunteers set language = ? where id = ? and (language = '' or not ?)",
        (language, volunteer, unless_chosen),
    )


def morning_told(db: Any, volunteer: str, day: str) -> bool:
    told = db.execute("update volunteers set morning_sent = ? where id = ? and morning_sent < ?", (day, volunteer, day))
    return bool(told.rowcount)


def revoke(db: Any, volunteer: str, at: datetime) -> None:
    db.execute("update volunteers set revoked_at = ?, duty_until = null where id = ?", (stamp(at), volunteer))
    db.execute("delete from sign_in_links where volunteer = ?", (volunteer,))
    db.execute("delete from volunteer_chats where volunteer = ?", (volunteer,))
    db.execute(
        "update volunteer_sessions set ended_at = ? where volunteer = ? and ended_at is null", (stamp(at), volunteer)
    )
    note(db, at, volunteer, "left", "", "")


# Links


def add_link(db: Any, key: str, volunteer: str, at: datetime, until: datetime) -> None:
    db.execute("delete from sign_in_links where volunteer = ?", (volunteer,))
    db.execute(
        "insert into sign_in_links (token_hash, volunteer, made_at, expires_at) values (?, ?, ?, ?)",
        (key, volunteer, stamp(at), stamp(until)),
    )


def of_link(db: Any, key: str, at: datetime) -> Volunteer | None:
    row = db.execute(
        "select v.* from sign_in_links s join volunteers v on v.id = s.volunteer "
        "where s.token_hash = ? and s.used_at is null and s.expires_at > ? and v.revoked_at is null",
        (key, stamp(at)),
    ).fetchone()
    return volunteer_of(row) if row else None


def spend_link(db: Any, key: str, at: datetime) -> Volunteer | None:
    volunteer = of_link(db, key, at)
    if volunteer is not None:
        db.execute("update sign_in_links set used_at = ? where token_hash = ?", (stamp(at), key))
    return volunteer


# Browsers and chats


def add_session(db: Any, key: str, volunteer: str, device: str, at: datetime, until: datetime) -> None:
    db.execute(
        "insert into volunteer_sessions (token_hash, volunteer, device, made_at, seen_at, expires_at) "
        "values (?, ?, ?, ?, ?, ?)",
        (key, volunteer, device, stamp(at), stamp(at), stamp(until)),
    )


def session(db: Any, key: str, at: datetime, idle_since: datetime) -> tuple[Volunteer, datetime] | None:
    row = db.execute(
        "select v.*, s.seen_at from volunteer_sessions s join volunteers v on v.id = s.volunteer where s.token_hash = ? "
        "and s.ended_at is null and s.expires_at > ? and s.seen_at > ? and v.revoked_at is null",
        (key, stamp(at), stamp(idle_since)),
    ).fetchone()
    return (volunteer_of(row), datetime.fromisoformat(row["seen_at"])) if row else None


def session_seen(db: Any, key: str, at: datetime) -> None:
    db.execute("update volunteer_sessions set seen_at = ? where token_hash = ?", (stamp(at), key))


def end_session(db: Any, key: str, at: datetime) -> None:
    db.execute("update volunteer_sessions set ended_at = ? where token_hash = ? and ended_at is null", (stamp(at), key))


def add_chat(db: Any, chat: str, volunteer: str, at: datetime) -> None:
    db.execute("insert or replace into volunteer_chats values (?, ?, ?)", (chat, volunteer, stamp(at)))


def of_chat(db: Any, chat: str) -> Volunteer | None:
    row = db.execute(
        "select v.* from volunteer_chats c join volunteers v on v.id = c.volunteer "
        "where c.chat = ? and v.revoked_at is null",
        (chat,),
    ).fetchone()
    return volunteer_of(row) if row else None


def chats_of(db: Any, volunteer: str) -> tuple[str, ...]:
    rows = db.execute("select chat from volunteer_chats where volunteer = ? order by made_at desc", (volunteer,))
    return tuple(row["chat"] for row in rows)


def end_chat(db: Any, chat: str) -> None:
    db.execute("delete from volunteer_chats where chat = ?", (chat,))


def sign_ins(
    db: Any, volunteer: str, at: datetime, idle_since: datetime
) -> list[tuple[str, str, str, datetime, datetime | None]]:
    """(key, kind, device, since, last used), browsers first."""
    browsers = db.execute(
        "select token_hash, device, made_at, seen_at from volunteer_sessions where volunteer = ? and ended_at is null "
        "and expires_at > ? and seen_at > ? order by seen_at desc",
        (volunteer, stamp(at), stamp(idle_since)),
    )
    found: list[tuple[str, str, str, datetime, datetime | None]] = [
        (row[0], "browser", row[1], datetime.fromisoformat(row[2]), datetime.fromisoformat(row[3])) for row in browsers
    ]
    chats = db.execute(
        "select c.chat, a.channel, c.made_at from volunteer_chats c left join addresses a on a.chat = c.chat "
        "where c.volunteer = ? order by c.made_at desc",
        (volunteer,),
    )
    return [*found, *((row[0], "chat", row[1] or "", datetime.fromisoformat(row[2]), None) for row in chats)]


# Who looked at what


def note(db: Any, at: datetime, volunteer: str, what: str, learner: str, detail: str) -> None:
    db.execute(
        "insert into looked (at, volunteer, what, learner, detail) values (?, ?, ?, ?, ?)",
        (stamp(at), volunteer, what, learner, detail),
    )


def looked(db: Any, learner: str, most: int) -> list[tuple[datetime, str, str, str, str]]:
    rows = db.execute(
        "select k.at, coalesce(v.name, k.volunteer), k.what, k.learner, k.detail from looked k "
        "left join volunteers v on v.id = k.volunteer where ? in ('', k.learner) order by k.id desc limit ?",
        (learner, most),
    )
    return [(datetime.fromisoformat(row[0]), row[1], row[2], row[3], row[4]) for row in rows]
