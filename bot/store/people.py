"""Who is where: chats and their addresses, and the people who share a chat. Each function takes the database."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlite_utils import Database

from bot.messages import Person

from .codec import stamp
from .errors import StoreError
from .records import Address


def new_id() -> str:
    """An opaque id that says nothing of who it is."""
    return secrets.token_hex(10)


def find_chat(db: Database, address: Address) -> str | None:
    row = db.execute(
        "select chat from addresses where channel = ? and bot = ? and messenger_id = ?",
        (address.channel, address.bot, address.where),
    ).fetchone()
    return row["chat"] if row else None


def chat_of(db: Database, address: Address, at: datetime) -> str:
    """The chat at this address, made if it is new."""
    chat = find_chat(db, address)
    if chat is None:
        chat = new_id()
        add_chat(db, chat, address, at)
    return chat


def add_chat(db: Database, chat: str, address: Address, at: datetime) -> None:
    db.execute("insert into chats (id, made_at) values (?, ?)", (chat, stamp(at)))
    db.execute("insert into addresses values (?, ?, ?, ?)", (chat, address.channel, address.bot, address.where))


def address_of(db: Database, chat: str) -> Address:
    """Raises StoreError where the chat is gone (its last person was forgotten)."""
    row = db.execute("select channel, bot, messenger_id from addresses where chat = ?", (chat,)).fetchone()
    if row is None:
        raise StoreError("This chat was forgotten, so nothing can be sent to it.")
    return Address(*row)


def learner_at(db: Database, chat: str) -> str | None:
    row = db.execute(
        "select l.id from chats c join learners l on l.id = c.learner where c.id = ? and c.closing = 0", (chat,)
    ).fetchone()
    return row["id"] if row else None


def learner_of(db: Database, chat: str, at: datetime) -> str:
    """Who is at this chat now; somebody new where nobody is. Raises StoreError for a chat that is gone."""
    learner = learner_at(db, chat)
    if learner is None:
        if db.execute("select 1 from chats where id = ?", (chat,)).fetchone() is None:
            raise StoreError("This chat was forgotten. A new message opens a new one.")
        others = learners_of(db, chat)
        learner = others[0].learner if others else add_learner(db, new_id(), chat, at)
        sit_down(db, chat, learner)
    return learner


def add_learner(db: Database, learner: str, chat: str, at: datetime) -> str:
    db.execute(
        "insert into learners (id, chat, made_at, seen_at) values (?, ?, ?, ?)", (learner, chat, stamp(at), stamp(at))
    )
    return learner


def is_known(db: Database, learner: str) -> bool:
    return db.execute("select 1 from learners where id = ?", (learner,)).fetchone() is not None


def sit_down(db: Database, chat: str, learner: str) -> None:
    """This learner is at the chat from now on."""
    db.execute("update chats set learner = ?, closing = 0 where id = ?", (learner, chat))


def learners_of(db: Database, chat: str) -> tuple[Person, ...]:
    """Everybody of this chat, in the order in which they came; a name is "" until it is told."""
    rows = db.execute(
        "select l.id, coalesce(json_extract(s.session, '$.name'), '') as name from learners l "
        "left join sessions s on s.learner = l.id where l.chat = ? order by l.made_at, l.rowid",
        (chat,),
    )
    return tuple(Person(row["id"], row["name"]) for row in rows)
