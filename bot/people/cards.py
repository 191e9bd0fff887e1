"""Cards: the open calls for a person as volunteers hold them. Plain SQL on a database that is handed in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.store.codec import moment

URGENT = ("danger", "tricked")
_URGENT = f"c.reason in {URGENT}"
_COLUMNS = """
select c.*, l.chat, l.centre, l.volunteers, s.session, p.misses, p.hints from calls c
join learners l on l.id = c.learner left join sessions s on s.learner = c.learner
left join progress p on p.learner = c.learner and p.lesson = c.lesson
"""


@dataclass(frozen=True)
class Card:
    """`chat` is the learner's. `tried`: how often they did not find it, and how many hints they had. `way`: write, visit."""

    id: int
    learner: str
    chat: str
    centre: str
    reason: str  # person, tricked, danger, worry
    lesson: str
    step: str
    name: str
    language: str
    since: datetime
    misses: int
    hints: int
    taken_by: str
    taken_at: datetime | None
    moved_at: datetime | None  # when one of the two last wrote
    asked_at: datetime | None  # when the volunteer was last asked whether they are still there
    way: str
    word: str

    @property
    def urgent(self) -> bool:
        return self.reason in URGENT


_WRITING = "c.taken_by != '' and c.way = 'write'"


def _open(db: Any, where: str, *values: object) -> list[Card]:
    """The open cards for which this holds; `where` may end with an order."""
    return [_card(row) for row in db.execute(f"{_COLUMNS} where c.closed_at is null and {where}", values)]


def _first(found: list[Card]) -> Card | None:
    return found[0] if found else None


def one(db: Any, card: int) -> Card | None:
    """An open card. None: closed, or its learner is gone."""
    return _first(_open(db, "c.id = ?", card))


def newest_of(db: Any, learner: str) -> Card | None:
    """The newest open card of a learner, the urgent ones first."""
    return _first(_open(db, f"c.learner = ? order by {_URGENT} desc, c.id desc", learner))


def held_for(db: Any, learner: str) -> Card | None:
    """The card of this learner that somebody is writing on now."""
    return _first(_open(db, f"c.learner = ? and {_WRITING} order by c.id", learner))


def held_by(db: Any, volunteer: str) -> Card | None:
    """The card on which this volunteer is writing now."""
    return _first(_open(db, "c.taken_by = ? and c.way = 'write' order by c.taken_at desc", volunteer))


def all_held(db: Any) -> list[Card]:
    return _open(db, _WRITING)


def not_told(db: Any) -> list[Card]:
    """Cards that were put before nobody yet, oldest first."""
    return _open(db, "c.told_at is null order by c.id")


def left_alone(db: Any, before: str) -> list[Card]:
    """Urgent cards told before then that nobody took, and that no coordinator was written to about."""
    return _open(db, f"c.taken_by = '' and {_URGENT} and c.told_at < ? and c.raised_at is null", before)


def take(db: Any, card: int, volunteer: str, way: str, word: str, at: str) -> bool:
    """False: somebody else was quicker, or it is closed."""
    done = db.execute(
        "update calls set taken_by = ?, taken_at = ?, moved_at = ?, asked_at = null, way = ?, word = ? "
        "where id = ? and taken_by = '' and closed_at is null",
        (volunteer, at, at, way, word, card),
    )
    return bool(done.rowcount)


def give_back(db: Any, card: int, volunteer: str) -> bool:
    """Onto the list again."""
    done = db.execute(
        "update calls set taken_by = '', taken_at = null, moved_at = null, asked_at = null, way = '', word = '' "
        "where id = ? and taken_by = ? and closed_at is null",
        (card, volunteer),
    )
    return bool(done.rowcount)


def close(db: Any, card: int, volunteer: str, outcome: str, at: str) -> bool:
    """`outcome`: solved, visit, lesson, other."""
    done = db.execute(
        "update calls set closed_at = ?, outcome = ?, word = '' where id = ? and taken_by = ? and closed_at is null",
        (at, outcome, card, volunteer),
    )
    return bool(done.rowcount)


def note(db: Any, card: int, column: str, at: str) -> None:
    """`column`: told_at, moved_at, asked_at, raised_at."""
    assert column in ("told_at", "moved_at", "asked_at", "raised_at")
    db.execute(f"update calls set {column} = ? where id = ?", (at, card))


def unwanted(db: Any, learner: str, volunteer: str, at: str) -> None:
    """This learner does not want this person any more."""
    db.execute("insert or replace into unwanted values (?, ?, ?)", (learner, volunteer, at))


def is_unwanted(db: Any, learner: str, volunteer: str) -> bool:
    return bool(
        db.execute("select 1 from unwanted where learner = ? and volunteer = ?", (learner, volunteer)).fetchone()
    )


def _card(row: Any) -> Card:
    place = json.loads(row["session"]) if row["session"] else {}
    misses = json.loads(row["misses"]) if row["misses"] else {}
    return Card(
        id=row["id"], learner=row["learner"], chat=row["chat"], centre=row["centre"], reason=row["reason"],
        lesson=row["lesson"], step=row["step"], name=place.get("name", "") if row["volunteers"] == "yes" else "",
        language=place.get("language", "en"), since=moment(row["since"]) or datetime.min,
        misses=int(misses.get(row["step"], 0)), hints=int(row["hints"] or 0), taken_by=row["taken_by"],
        taken_at=moment(row["taken_at"]), moved_at=moment(row["moved_at"]), asked_at=moment(row["asked_at"]),
        way=row["way"], word=row["word"],
    )  # fmt: skip


def long_quiet(card: Card, at: datetime, quiet: timedelta) -> bool:
    return card.moved_at is not None and at - card.moved_at >= quiet


def not_asked_since(card: Card) -> bool:
    """Whether the volunteer was not asked since the last word."""
    return card.asked_at is None or (card.moved_at is not None and card.asked_at < card.moved_at)
