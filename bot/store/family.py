"""The one person of a learner's own who may see where the learner is. Of link and browser only fingerprints are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from bot.messages import Family, FamilyChange

from .codec import fingerprint, moment, stamp

OPENS_WITHIN = timedelta(days=7)
WORDS_A_DAY = 3

TABLE = """
create table families (
    learner text primary key, link_hash text not null, who text not null, lesson text not null default '',
    invited_at text not null, until text not null, watched integer not null default 0, wished_at text,
    joined_at text, chat text, browser_hash text, writing_at text, words_day text, words integer not null default 0
);
create index families_by_chat on families (chat);
create index families_by_link on families (link_hash);
create index families_by_browser on families (browser_hash);
"""


@dataclass(frozen=True)
class Shown:
    """What a helper was let in to. `shows`: nobody may have held the learner's hand when inviting, or it was confirmed."""

    learner: str
    who: str
    lesson: str
    until: datetime
    shows: bool
    writing_at: datetime | None


def change(db: Database, learner: str, wish: FamilyChange, at: datetime) -> None:
    """In the transaction of the learner's turn. An invitation takes the place of an earlier one."""
    if wish.kind == "end":
        end(db, learner)
    elif wish.kind == "wish":
        db.execute("update families set wished_at = ? where learner = ?", (stamp(at), learner))
    elif wish.kind == "invite" and wish.until is not None:
        db.execute(
            "insert or replace into families (learner, link_hash, who, lesson, invited_at, until, watched) "
            "values (?, ?, ?, ?, ?, ?, ?)",
            (learner, fingerprint(wish.token), wish.who, wish.lesson, stamp(at), stamp(wish.until), wish.watched),
        )


def of(db: Database, learner: str, at: datetime) -> Family | None:
    row = db.execute("select * from families where learner = ? and until > ?", (learner, stamp(at))).fetchone()
    if row is None:
        return None
    until = moment(row["until"])
    assert until is not None
    return Family(row["who"], row["lesson"], until, row["joined_at"] is not None, row["wished_at"] is not None)


def join(db: Database, token: str, at: datetime, *, chat: str | None = None, browser: str = "") -> str | None:
    """The learner whose link this is, opened for the first time and in time; else None. The helper comes by a chat or
    by a browser (its secret)."""
    row = db.execute(
        "select learner from families where link_hash = ? and joined_at is null and invited_at > ? and until > ?",
        (fingerprint(token), stamp(at - OPENS_WITHIN), stamp(at)),
    ).fetchone()
    if row is None:
        return None
    learner: str = row["learner"]
    own = chat and db.execute("select 1 from learners where id = ? and chat = ?", (learner, chat)).fetchone()
    if own:
        return None  # the learner tapped it in their own chat: the link stays good for whom it is meant
    db.execute(
        "update families set joined_at = ?, chat = ?, browser_hash = ? where learner = ?",
        (stamp(at), chat, fingerprint(browser) if browser else None, learner),
    )
    return learner


def shown_to(db: Database, at: datetime, *, chat: str = "", browser: str = "") -> tuple[Shown, ...]:
    """Whom this helper may look at, oldest first."""
    rows = db.execute(
        "select * from families where (chat = ? or browser_hash = ?) and until > ? order by joined_at",
        (chat or None, fingerprint(browser) if browser else None, stamp(at)),
    ).fetchall()
    return tuple(_shown(row) for row in rows)


def _shown(row: Any) -> Shown:
    until = moment(row["until"])
    assert until is not None
    shows = bool(row["wished_at"]) or not row["watched"]
    return Shown(row["learner"], row["who"], row["lesson"], until, shows, moment(row["writing_at"]))


def end(db: Database, learner: str) -> None:
    """By the learner, or by the helper."""
    db.execute("delete from families where learner = ?", (learner,))


def writing(db: Database, learner: str, at: datetime | None) -> None:
    """The helper's next message in the messenger is a kind word; None: no more."""
    db.execute("update families set writing_at = ? where learner = ?", (at and stamp(at), learner))


def may_send(db: Database, learner: str, at: datetime) -> bool:
    """Counts this kind word, unless there were enough today."""
    today = stamp(at)[:10]
    row = db.execute("select words_day, words from families where learner = ?", (learner,)).fetchone()
    if row is None or (row["words_day"] == today and row["words"] >= WORDS_A_DAY):
        return False
    many = row["words"] + 1 if row["words_day"] == today else 1
    db.execute(
        "update families set words_day = ?, words = ?, writing_at = null where learner = ?", (today, many, learner)
    )
    return True
