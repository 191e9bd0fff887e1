"""What a learner and a volunteer say to each other while the card is held, and the number that a learner shared.
Plain SQL on a database that is handed in. All of it goes with the card: triggers of the schema see to that."""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.store import Address
from bot.store.codec import moment, stamp

KEPT = timedelta(hours=24)  # at most, also while the card is held
SHARED = timedelta(days=7)  # so long a number waits for somebody who rings
MOST_FILES = 30  # of one card
SHOWN = "number-"  # how the names begin under which messages with a number are noted: number-<card>-<volunteer>
ASKED = "ring_me"  # what was asked last where a learner chose "They may ring me"
KIND = timedelta(minutes=10)  # so long a voice message counts as the kind word that was chosen


@dataclass(frozen=True)
class Said:
    """One thing that was said. `whose`: learner, volunteer. `kind`: words, voice, picture. `file`: where it is to be
    fetched, see files.py."""

    id: int
    at: datetime
    whose: str
    kind: str
    words: str
    file: str


def add(db: Any, card: int, learner: str, whose: str, kind: str, words: str, file: str, at: datetime) -> None:
    """Also a sign of life: the quiet minutes begin anew."""
    db.execute(
        "insert into talk (card, learner, at, whose, kind, words, file) select ?, ?, ?, ?, ?, ?, ? "
        "where exists (select 1 from calls where id = ? and taken_by != '' and closed_at is null)",
        (card, learner, stamp(at), whose, kind, words, file, card),
    )
    db.execute("update calls set moved_at = ? where id = ?", (stamp(at), card))


def of_card(db: Any, card: int) -> list[Said]:
    """In the order in which it was said."""
    rows = db.execute("select * from talk where card = ? order by id", (card,)).fetchall()
    return [Said(r["id"], moment(r["at"]) or datetime.min, r["whose"], r["kind"], r["words"], r["file"]) for r in rows]


def one(db: Any, card: int, said: int) -> Said | None:
    return next((each for each in of_card(db, card) if each.id == said), None)


def is_old(db: Any, at: datetime) -> bool:
    """Whether anything is older than a day, or a number waits for longer than it may."""
    return any(db.execute(f"select 1 from {table} where at < ?", (old,)).fetchone() for table, old in _ends(at))


def expire(db: Any, at: datetime) -> None:
    """Forgets it."""
    for table, old in _ends(at):
        db.execute(f"delete from {table} where at < ?", (old,))


def _ends(at: datetime) -> tuple[tuple[str, str], ...]:
    return ("talk", stamp(at - KEPT)), ("talk_files", stamp(at - KEPT)), ("numbers", stamp(at - SHARED))


# Files


def keep_file(db: Any, card: int, learner: str, kind: str, type: str, data: bytes, at: datetime) -> str:
    """The id under which it lies; "" where there are too many of this card, or it is not open any more."""
    many = db.execute("select count(*) from talk_files where card = ?", (card,)).fetchone()[0]
    if (
        many >= MOST_FILES
        or db.execute("select 1 from calls where id = ? and closed_at is null", (card,)).fetchone() is None
    ):
        return ""
    id = secrets.token_hex(16)
    db.execute("insert into talk_files values (?, ?, ?, ?, ?, ?, ?)", (id, card, learner, stamp(at), kind, type, data))
    return id


def file(db: Any, id: str) -> tuple[bytes, str] | None:
    """(the bytes, their type)."""
    row = db.execute("select data, type from talk_files where id = ?", (id,)).fetchone()
    return (bytes(row["data"]), row["type"]) if row else None


# A number, for this once


def number_in(text: str) -> str:
    """The telephone number in the words, in digits of any writing; "" where there is none."""
    plain = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in unicodedata.normalize("NFKC", text))
    found = re.search(r"\+?\d(?:[\s().\-/]{0,2}\d){4,14}", plain)
    return " ".join(found.group().split()) if found else ""


def asked_for_number(db: Any, address: Address) -> tuple[str, int] | None:
    """(the learner, the open card) where a number was asked for last; the card is 0 where there is none any more.
    None: it was not asked for."""
    row = db.execute(
        "select l.id as learner, (select c.id from calls c where c.learner = l.id and c.closed_at is null "
        "order by c.reason in ('danger', 'tricked') desc, c.id desc limit 1) as card "
        "from addresses a join chats ch on ch.id = a.chat join learners l on l.id = ch.learner "
        "join sessions s on s.learner = l.id where a.channel = ? and a.bot = ? and a.messenger_id = ? "
        "and json_extract(s.session, '$.asked') = ?",
        (address.channel, address.bot, address.where, ASKED),
    ).fetchone()
    return (row["learner"], int(row["card"] or 0)) if row else None


def keep_number(db: Any, card: int, learner: str, number: str, at: datetime) -> bool:
    """False: the card is settled already."""
    kept = db.execute(
        "insert or replace into numbers select id, learner, ?, ? from calls where id = ? and learner = ? and closed_at is null",
        (number, stamp(at), card, learner),
    )
    return bool(kept.rowcount)


def number_of(db: Any, card: int) -> str:
    row = db.execute("select number from numbers where card = ?", (card,)).fetchone()
    return str(row["number"]) if row else ""


def shown_too_long(db: Any) -> list[str]:
    """Under which names messages with numbers are noted whose card has none any more."""
    rows = db.execute("select key from sent_files where key like ? and file_id != ''", (f"{SHOWN}%",)).fetchall()
    cards = {str(row["card"]) for row in db.execute("select card from numbers").fetchall()}
    return [row["key"] for row in rows if row["key"].removeprefix(SHOWN).partition("-")[0] not in cards]


# A kind word that is about to be spoken


def about_to_speak(db: Any, volunteer: str, card: int, at: datetime) -> None:
    db.execute("insert or replace into kind_words values (?, ?, ?)", (volunteer, card, stamp(at)))


def speaks_to(db: Any, volunteer: str, at: datetime) -> int:
    """The card for which this volunteer chose a kind word a moment ago; 0: none."""
    row = db.execute(
        "select card from kind_words where volunteer = ? and at > ?", (volunteer, stamp(at - KIND))
    ).fetchone()
    return int(row["card"]) if row else 0


def has_spoken(db: Any, volunteer: str) -> None:
    db.execute("delete from kind_words where volunteer = ?", (volunteer,))
