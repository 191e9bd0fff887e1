"""Chats on the page: known by a token in the browser, or by three picture-words on a card. Only fingerprints of
both are kept."""

from __future__ import annotations

import re
from datetime import datetime

from sqlite_utils import Database

from . import people
from .codec import fingerprint, stamp
from .records import Address


def add(db: Database, token: str, picture_words: str, at: datetime) -> str:
    chat = people.new_id()
    people.add_chat(db, chat, Address("web", "", chat), at)
    _note(db, token, chat, _words(picture_words), at)
    return chat


def join(db: Database, token: str, chat: str, at: datetime) -> None:
    row = db.execute("select picture_words_hash from web_chats where chat = ?", (chat,)).fetchone()
    if row is not None:
        _note(db, token, chat, row["picture_words_hash"], at)


def by_token(db: Database, token: str) -> str | None:
    return _one(db, "select chat from web_chats where token_hash = ?", fingerprint(token))


def by_picture_words(db: Database, words: str) -> str | None:
    wanted = _words(words)
    return _one(db, "select chat from web_chats where picture_words_hash = ? limit 1", wanted) if wanted else None


def _note(db: Database, token: str, chat: str, words_hash: str, at: datetime) -> None:
    db.execute(
        "insert or replace into web_chats values (?, ?, ?, ?)", (fingerprint(token), chat, words_hash, stamp(at))
    )


def _one(db: Database, sql: str, value: str) -> str | None:
    row = db.execute(sql, (value,)).fetchone()
    return row["chat"] if row else None


def _words(words: str) -> str:
    plain = " ".join(re.findall(r"\w+", words.casefold()))
    return fingerprint(plain) if plain else ""
