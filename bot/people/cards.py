"""Cards: the open calls for a person as volunteers hold them. Plain SQL on a database that is handed in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.store.codec import moment

URGENT = ("danger", "tricked")
MINUTES = {"worry": 2}  # a kind word may be enough
_URGENT = f"c.reason in {URGENT}"
_COLUMNS = """
select c.*, l.chat, l.centre, l.volunteers, s.session, p.misses, p.hints, n.number is not null as number from calls c
join learners l on l.id = c.learner left join sessions s on s.learner = c.learner
left join progress p on p.learner = c.learner and p.lesson = c.lesson left join numbers n on n.card = c.id
"""


@dataclass(frozen=True)
class Card:
    """`chat` is the learner's. `misses`, `hints`: what was tried. `way`: write, visit. `door`: where whoever took it
    wrote last: chat, page. `number`: whether the learner shared one for this once."""

    id: int
    learner: str
    chat: str
    centre: str
    reason: str  # person, stuck, tricked, danger, worry
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
    kind_at: datetime | None = None  # when somebody left a kind word
    door: str = ""
    number: bool = False

    @property
    def urgent(self) -> bool:
        return self.reason in URGENT

    @property
    def minutes(self) -> int:
        """How long it is likely to take: a kind word, writing, or a visit."""
        return 20 if self.urgent else MINUTES.get(self.reason, 10)

    def fits(self, minutes: int) -> bool:
        """Whether somebody with so many minutes can do something for it. A kind word always fits, once."""
        return self.minutes <= minutes or (not self.urgent and self.kind_at is None)


@dataclass(frozen=True)
class Beside:
    """Who is at a chat, whom the session says that they are with, the card on which somebody writes to them, and the one
    for which somebody comes or rings."""

    learner: str
    held_by: str
    card: Card | None = None
    coming: Card | None = None


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


def beside(db: Any, chat: str) -> Beside | None:
    """Asked once for each message of a learner. None: nobody is at this chat yet."""
    row = db.execute(
        "select l.id, coalesce(json_extract(s.session, '$.held_by'), '') as held_by, exists (select 1 from calls c "
        "where c.learner = l.id and c.closed_at is null and c.taken_by != '') as taken "
        "from chats h join learners l on l.id = h.learner left join sessions s on s.learner = l.id "
        "where h.id = ? and h.closing = 0",
        (chat,),
    ).fetchone()
    if row is None or not row["taken"]:
        return Beside(row["id"], row["held_by"]) if row else None
    taken = _open(db, "c.learner = ? and c.taken_by != '' order by c.id", row["id"])
    ways = [next((card for card in taken if card.way == way), None) for way in ("write", "visit")]
    return Beside(row["id"], row["held_by"], *ways)


def open_in(db: Any, centre: str, volunteer: str) -> list[Card]:
    """Cards that nobody took, of one centre or ("") of all, and that this volunteer may take: urgent first, then
    whoever has waited longest."""
    wanted = "not exists (select 1 from unwanted u where u.learner = c.learner and u.volunteer = ?)"
    where = f"c.taken_by = '' and ? in ('', l.centre) and {wanted} order by {_URGENT} desc, c.since, c.id"
    return _open(db, where, centre, volunteer)


def held_by(db: Any, volunteer: str) -> Card | None:
    """The card on which this volunteer is writing now."""
    return _first(_open(db, "c.taken_by = ? and c.way = 'write' order by c.taken_at desc", volunteer))


def mine_or_newest(db: Any, learner: str, volunteer: str) -> Card | None:
    """The card of this learner that this volunteer took; else the newest."""
    mine = _open(db, "c.learner = ? and c.taken_by = ? order by c.id desc", learner, volunteer)
    return _first(mine) or newest_of(db, learner)


def all_held(db: Any) -> list[Card]:
    return _open(db, _WRITING)


def not_told(db: Any) -> list[Card]:
    """Cards that nobody took and that were put before nobody yet, oldest first."""
    return _open(db, "c.told_at is null and c.taken_by = '' order by c.id")


def left_alone(db: Any, before: str) -> list[Card]:
    """Urgent cards told before then that nobody took, and that no coordinator was written to about."""
    return _open(db, f"c.taken_by = '' and {_URGENT} and c.told_at < ? and c.raised_at is null", before)


def left_behind(db: Any) -> list[Card]:
    """Cards of volunteers who have left since they took them."""
    gone = "select 1 from volunteers v where v.id = c.taken_by and v.revoked_at is not null"
    return _open(db, f"c.taken_by != '' and exists ({gone}) order by c.id")


def tell_again(db: Any, card: int) -> None:
    """As if it were new: those who are there are told of it."""
    db.execute("update calls set told_at = null, raised_at = null where id = ? and taken_by = ''", (card,))


def take(db: Any, card: int, volunteer: str, way: str, word: str, door: str, at: str) -> bool:
    """False: somebody else was quicker, or it is closed. A word that the learner knows already stays."""
    done = db.execute(
        "update calls set taken_by = ?, taken_at = ?, moved_at = ?, asked_at = null, way = ?, door = ?, "
        "word = case when word = '' then ? else word end where id = ? and taken_by = '' and closed_at is null",
        (volunteer, at, at, way, door, word, card),
    )
    if done.rowcount and way == "write":
        follow(db, _learner_of(db, card), volunteer)
    return bool(done.rowcount)


def follow(db: Any, learner: str, holder: str) -> None:
    """The learner's session follows the card, whatever else a turn under way is about to write."""
    db.execute("update sessions set session = json_set(session, '$.held_by', ?) where learner = ?", (holder, learner))


def _learner_of(db: Any, card: int) -> str:
    row = db.execute("select learner from calls where id = ?", (card,)).fetchone()
    return str(row["learner"]) if row else ""


def give_back(db: Any, card: int, volunteer: str) -> bool:
    """Onto the list again."""
    done = db.execute(
        "update calls set taken_by = '', taken_at = null, moved_at = null, asked_at = null, way = '', word = '', "
        "door = '' where id = ? and taken_by = ? and closed_at is null",
        (card, volunteer),
    )
    return bool(done.rowcount)


def give_word(db: Any, card: int, word: str) -> str:
    """The agreed word of this card: the one that it has, else this one."""
    db.execute("update calls set word = ? where id = ? and word = '' and closed_at is null", (word, card))
    row = db.execute("select word from calls where id = ?", (card,)).fetchone()
    return str(row["word"]) if row else word


def close(db: Any, card: int, volunteer: str, outcome: str, at: str) -> bool:
    """`outcome`: solved, visit, lesson, other."""
    done = db.execute(
        "update calls set closed_at = ?, outcome = ?, word = '' where id = ? and taken_by = ? and closed_at is null",
        (at, outcome, card, volunteer),
    )
    return bool(done.rowcount)


def note(db: Any, card: int, column: str, at: str) -> None:
    """`column`: told_at, moved_at, asked_at, raised_at, kind_at."""
    assert column in ("told_at", "moved_at", "asked_at", "raised_at", "kind_at")
    db.execute(f"update calls set {column} = ? where id = ?", (at, card))


def through(db: Any, card: int, door: str) -> None:
    """Where whoever holds it writes now: chat, page."""
    db.execute("update calls set door = ? where id = ? and door != ?", (door, card, door))


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
        way=row["way"], word=row["word"], kind_at=moment(row["kind_at"]), door=row["door"], number=bool(row["number"]),
    )  # fmt: skip


def long_quiet(card: Card, at: datetime, quiet: timedelta) -> bool:
    return card.moved_at is not None and at - card.moved_at >= quiet


def not_asked_since(card: Card) -> bool:
    """Whether the volunteer was not asked since the last word."""
    return card.asked_at is None or (card.moved_at is not None and card.asked_at < card.moved_at)
