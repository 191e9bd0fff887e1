"""What goes out: in order, once, emptied when it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.messages import Reply

from . import people
from .codec import REPLY_SCHEMA, from_json, moment, stamp, to_json
from .records import Address, Parcel


def put(
    db: Database, replies: Sequence[Reply], *, learner: str, chat: str, turn: int, first: int, at: datetime
) -> list[Parcel]:
    """`first` is the place of the first reply within its turn."""
    address = people.address_of(db, chat) if replies else None
    parcels = []
    for place, reply in enumerate(replies, start=first):
        row = db.execute(
            "insert into outbox (chat, learner, turn, place, schema, reply, made_at) values (?, ?, ?, ?, ?, ?, ?)",
            (chat, learner, turn, place, REPLY_SCHEMA, to_json(reply), stamp(at)),
        )
        assert address is not None
        parcels.append(Parcel(int(row.lastrowid or 0), chat, address, turn, place, reply, 0, learner, at))
    return parcels


def waiting(db: Database, channel: str) -> list[Parcel]:
    """All that waits for this channel, in order, also what is put off."""
    rows = db.execute(
        "select o.*, a.channel, a.bot, a.messenger_id from outbox o join addresses a on a.chat = o.chat "
        "where o.done_at is null and o.state = 'waiting' and a.channel = ? order by o.id",
        (channel,),
    )
    return [
        Parcel(
            id=row["id"],
            chat=row["chat"],
            address=Address(row["channel"], row["bot"], row["messenger_id"]),
            turn=row["turn"],
            place=row["place"],
            reply=from_json(Reply, row["reply"]),
            tries=row["tries"],
            learner=row["learner"],
            made_at=moment(row["made_at"]),
            not_before=moment(row["not_before"]),
        )
        for row in rows
    ]


def mark_sending(db: Database, parcel: int) -> None:
    db.execute("update outbox set state = 'sending', tries = tries + 1 where id = ? and done_at is null", (parcel,))


def put_off(db: Database, parcel: int, not_before: datetime) -> None:
    db.execute(
        "update outbox set state = 'waiting', not_before = ? where id = ? and done_at is null",
        (stamp(not_before), parcel),
    )


def finish(db: Database, parcel: int, state: str, at: datetime, why: str = "") -> bool:
    """Empties what was sent or given up. True: with it went a chat that waited for its goodbye alone."""
    db.execute(
        "update outbox set state = ?, reply = '', why = ?, done_at = ? where id = ?", (state, why, stamp(at), parcel)
    )
    row = db.execute("select chat from outbox where id = ?", (parcel,)).fetchone()
    return bool(row) and close_if_empty(db, [row["chat"]]) > 0


def back_to_waiting(db: Database) -> None:
    """At start: what was being sent when the process died is sent again."""
    db.execute("update outbox set state = 'waiting' where state = 'sending'")


def close_if_empty(db: Database, chats: Iterable[str]) -> int:
    """Forgets chats whose last person was forgotten, once nothing waits in either direction. How many."""
    closed = 0
    for chat in chats:
        waits = db.execute(
            "select 1 from chats where id = :c and closing = 0 union all select 1 from learners where chat = :c "
            "union all select 1 from volunteer_chats where chat = :c "
            "union all select 1 from families where chat = :c "
            "union all select 1 from outbox where chat = :c and done_at is null "
            "union all select 1 from inbox where chat = :c and answered_at is null limit 1",
            {"c": chat},
        ).fetchone()
        if waits is None:
            for statement in (
                "delete from outbox where chat = ?",
                "update inbox set chat = null where chat = ?",
                "delete from web_chats where chat = ?",
                "delete from addresses where chat = ?",
                "delete from chats where id = ?",
            ):
                db.execute(statement, (chat,))
            closed += 1
    return closed
