"""The doings before and after a path, one row each; shown to volunteers only where the learner said so."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from bot.messages import Event, Session

from .codec import stamp

TABLE = """
create table doings (
    learner text not null, path text not null, doing text not null, competence text not null, shown integer not null default 0,
    before integer, before_at text, after integer, after_at text, primary key (learner, path, doing)
) without rowid;
"""


def follow(db: Database, session: Session, events: Iterable[Event]) -> None:
    """Writes what was told, and whether volunteers may see it."""
    touched = False
    for event in events:
        detail = event.detail
        if event.name == "doing_told" and detail.get("doing") and detail.get("when") in ("before", "after"):
            when, touched = detail["when"], True
            db.execute(
                f"insert into doings (learner, path, doing, competence, {when}, {when}_at) values (?, ?, ?, ?, ?, ?) "
                f"on conflict (learner, path, doing) do update set {when} = excluded.{when}, {when}_at = excluded.{when}_at",
                (session.learner, detail["path"], detail["doing"], detail["competence"], int(detail["value"]), stamp(event.at)),
            )  # fmt: skip
        touched = touched or detail.get("purpose") == "doings"
    if touched:
        shown = session.consents.get("doings") == "yes"
        db.execute("update doings set shown = ? where learner = ?", (shown, session.learner))
