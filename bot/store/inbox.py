"""What came in, until it is answered. A message's text is emptied in the transaction that keeps its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from bot.messages import Message

from . import people
from .codec import from_json, stamp, to_json
from .records import Incoming, Waiting


def take_in(db: Database, batch: Sequence[Incoming], at: datetime) -> list[Waiting]:
    """Notes what is new, in order; what was seen before is left out."""
    taken = []
    for incoming in batch:
        address = incoming.address
        chat = people.chat_of(db, address, at)
        message = replace(incoming.message, chat=chat)
        row = db.execute(
            "insert into inbox (bot, update_id, chat, body, taken_at) values (?, ?, ?, ?, ?) on conflict do nothing",
            (_bot(incoming), incoming.update_id, chat, to_json(message), stamp(at)),
        )
        if row.rowcount:
            taken.append(Waiting(int(row.lastrowid or 0), chat, message))
    return taken


def unanswered(db: Database) -> list[Waiting]:
    rows = db.execute("select id, chat, body from inbox where answered_at is null and chat is not null order by id")
    return [Waiting(row["id"], row["chat"], from_json(Message, row["body"])) for row in rows]


def answer(db: Database, mark: int, at: datetime) -> bool:
    """Empties the message. False: it has been answered already."""
    done = db.execute(
        "update inbox set body = '', answered_at = ? where id = ? and answered_at is null", (stamp(at), mark)
    )
    if done.rowcount:
        return True
    return db.execute("select 1 from inbox where id = ?", (mark,)).fetchone() is None


def _bot(incoming: Incoming) -> str:
    """Update ids are unique for a bot; a channel without bots counts as one."""
    return incoming.address.bot or incoming.address.channel
