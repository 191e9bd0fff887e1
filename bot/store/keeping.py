"""How long things are kept, and forgetting. The table in docs/privacy.md is made from KEPT."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from . import classes, outbox
from .codec import fingerprint, stamp, to_json
from .keep import Keep

INBOX = timedelta(hours=48)
OUTBOX = timedelta(hours=48)
SENT_FILES = timedelta(days=180)
SPENT_LINKS = timedelta(days=7)
VOLUNTEER_SESSIONS = timedelta(days=90)
WELL_DONE = timedelta(days=7)
BACKUPS = timedelta(days=30)  # no backup should be kept for longer
QUESTION = timedelta(days=30)  # so long before a record would go, its person is asked once
AT_LEAST_ASKED = timedelta(days=14)  # and it does not go sooner after the question, even where the daily job was late


def forget_record(db: Database, learner: str) -> None:
    """The record goes (events, progress, doings, recalls); the place stays for its 7 days."""
    for table in ("events", "progress", "doings"):
        db.execute(f"delete from {table} where learner = ?", (learner,))
    db.execute("delete from plans where learner = ? and kind = 'recall'", (learner,))


def erase(db: Database, learner: str, at: datetime) -> None:
    """Everything about one learner, also what waits to be sent. The chat goes with its last person, once a
    goodbye that is still put out has been sent."""
    row = db.execute("select chat from learners where id = ?", (learner,)).fetchone()
    for table in (
        "events",
        "progress",
        "doings",
        "plans",
        "calls",
        "sessions",
        "outbox",
        "well_done",
        "unwanted",
        "families",
        "talk",
        "talk_files",
        "numbers",
    ):
        db.execute(f"delete from {table} where learner = ?", (learner,))
    db.execute("delete from learners where id = ?", (learner,))
    db.execute("insert or replace into forgotten values (?, ?)", (fingerprint(learner), stamp(at)))
    db.execute("delete from class_seats where learner = ?", (learner,))
    db.execute("update looked set learner = '' where learner = ?", (learner,))
    if row is None:
        return
    chat = row["chat"]
    db.execute("update chats set learner = null where id = ? and learner = ?", (chat, learner))
    if db.execute("select 1 from learners where chat = ?", (chat,)).fetchone() is None:
        db.execute("update chats set closing = 1 where id = ?", (chat,))
        db.execute("update inbox set body = '' where chat = ? and answered_at is not null", (chat,))


def forget_now(db: Database, learner: str, at: datetime) -> bool:
    """Erases without a goodbye: nothing more is answered or sent where nobody is left. False: nobody of that id."""
    row = db.execute("select chat from learners where id = ?", (learner,)).fetchone()
    if row is None:
        return False
    erase(db, learner, at)
    alone = db.execute("select 1 from learners where chat = ?", (row["chat"],)).fetchone() is None
    if alone:
        db.execute("update inbox set body = '', answered_at = ? where chat = ?", (stamp(at), row["chat"]))
        outbox.close_if_empty(db, [row["chat"]])
    return True


def close_chats_without_people(db: Database) -> None:
    rows = db.execute("select id from chats where closing = 1").fetchall()
    outbox.close_if_empty(db, [row["id"] for row in rows])


def ask_whether_to_keep(db: Database, now: datetime, keep: Keep) -> None:
    """Once for each long silence: a question in their own chat, at a waking hour."""
    rows = db.execute(
        "select id from learners where remember = 'yes' and seen_at < ? "
        "and (asked_to_keep is null or asked_to_keep < seen_at)",
        (stamp(now - keep.age("record") + QUESTION),),
    ).fetchall()
    for row in rows:
        db.execute("update learners set asked_to_keep = ? where id = ?", (stamp(now), row["id"]))
        db.execute(
            "insert into plans (learner, kind, lesson, due, detail) values (?, 'question', '', ?, ?)",
            (row["id"], stamp(now), to_json({"about": "keep"})),
        )


def tidy(db: Database, now: datetime, keep: Keep) -> dict[str, int]:
    """Asks who would soon be forgotten whether to keep their record. Forgets what has been kept long enough. How many of what went."""

    def before(age: timedelta) -> str:
        return stamp(now - age)

    ask_whether_to_keep(db, now, keep)
    classes.end_overdue(db, now)
    went = {
        name: db.execute(statement, (before(age),)).rowcount
        for name, statement, age in (
            ("inbox", "delete from inbox where taken_at < ?", INBOX),
            ("outbox", "delete from outbox where done_at < ?", OUTBOX),
            ("events", "delete from events where at < ?", keep.age("events")),
            (
                "class_seats",
                "delete from class_seats where class in (select id from classes where made_at < ?)",
                keep.age("events"),
            ),
            ("classes", "delete from classes where made_at < ?", keep.age("events")),
            ("calls", "delete from calls where closed_at < ?", keep.age("calls")),
            ("wishes", "delete from wishes where week < ?", keep.age("wishes")),
            ("sent_files", "delete from sent_files where kept_at < ?", SENT_FILES),
            ("sign_in_links", "delete from sign_in_links where expires_at < ?", SPENT_LINKS),
            ("volunteer_sessions", "delete from volunteer_sessions where made_at < ?", VOLUNTEER_SESSIONS),
            ("looked", "delete from looked where at < ?", keep.age("looked")),
            ("forgotten", "delete from forgotten where at < ?", BACKUPS),
            ("families", "delete from families where until < ?", timedelta()),
            ("well_done", "delete from well_done where at < ?", WELL_DONE),
        )
    }
    gone: list[Any] = db.execute(
        "select id from learners where (remember = 'no' and seen_at < ?) or (remember = '' and seen_at < ?) "
        "or (remember = 'yes' and seen_at < ? and asked_to_keep > seen_at and asked_to_keep < ?)",
        (
            before(keep.age("refused_place")),
            before(keep.age("undecided_place")),
            before(keep.age("record")),
            before(AT_LEAST_ASKED),
        ),
    ).fetchall()
    for row in gone:
        forget_now(db, row["id"], now)
    close_chats_without_people(db)
    # A chat that nobody ever spoke in (its first message was refused or lost).
    empty = db.execute(
        "select id from chats c where made_at < ? and not exists (select 1 from learners l where l.chat = c.id) "
        "and id not in (select chat from volunteer_chats) "
        "and id not in (select chat from families where chat is not null)",
        (before(keep.age("refused_place")),),
    ).fetchall()
    db.execute(
        "update chats set closing = 1 where made_at < ? and id not in (select chat from learners) "
        "and id not in (select chat from volunteer_chats)",
        (before(keep.age("refused_place")),),
    )
    outbox.close_if_empty(db, [row["id"] for row in empty])
    return {**went, "learners": len(gone)}
