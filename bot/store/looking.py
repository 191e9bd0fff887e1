"""Reading what waits for nobody: through a connection that cannot write."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from .codec import moment, stamp
from .records import DuePlan
from .rows import plan_of

_SENT_BY_ITSELF = "kind in ('reminder', 'question')"
BUSY = timedelta(hours=1)  # so long after somebody's last message their chat is left in peace


def open_to_read(file: Path) -> Database:
    """Raises sqlite3.Error."""
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=5.0, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    return Database(connection, execute_plugins=False)


def due(db: Database, at: datetime) -> list[DuePlan]:
    """Not while anybody of the chat is at it: a reminder for Joan must not fall into Ken's lesson."""
    rows = db.execute(
        f"select p.*, l.chat, l.centre from plans p join learners l on l.id = p.learner "
        f"where p.{_SENT_BY_ITSELF} and p.due <= ? "
        "and not exists (select 1 from learners o where o.chat = l.chat and o.seen_at > ?) order by p.due, p.id",
        (stamp(at), stamp(at - BUSY)),
    )
    return [DuePlan(row["id"], row["learner"], row["chat"], plan_of(row), row["centre"]) for row in rows]


def next_due(db: Database) -> datetime | None:
    return moment(db.execute(f"select min(due) from plans where {_SENT_BY_ITSELF}").fetchone()[0])


def sent_file(db: Database, bot: str, key: str) -> str | None:
    row = db.execute("select file_id from sent_files where bot = ? and key = ?", (bot, key)).fetchone()
    return row["file_id"] if row else None


def export(db: Database, learner: str) -> dict[str, Any]:
    person = db.execute("select * from learners where id = ?", (learner,)).fetchone()
    if person is None:
        return {}

    def table(name: str, column: str, value: str, order: str = "rowid") -> list[dict[str, Any]]:
        rows = db.execute(f"select * from {name} where {column} = ? order by {order}", (value,))
        return [{key: _plain(key, row[key]) for key in row.keys()} for row in rows]  # noqa: SIM118

    place = table("sessions", "learner", learner)
    return {
        "learner": dict(person),
        "address": table("addresses", "chat", person["chat"]),
        "place": place[0]["session"] if place else {},
        "progress": table("progress", "learner", learner),
        "doings": table("doings", "learner", learner, "path, doing"),
        "events": table("events", "learner", learner),
        "plans": table("plans", "learner", learner),
        "family": table("families", "learner", learner),
        "calls": table("calls", "learner", learner),
        "classes": table("class_seats", "learner", learner),
        "talk": table("talk", "learner", learner),
        "number": table("numbers", "learner", learner),
        "waiting_to_be_sent": [row for row in table("outbox", "learner", learner) if row["done_at"] is None],
        "not_yet_answered": [row for row in table("inbox", "chat", person["chat"]) if row["answered_at"] is None],
    }


def _plain(key: str, value: Any) -> Any:
    if key in ("session", "detail", "steps_done", "misses", "reply", "body") and value:
        return json.loads(value)
    return value
