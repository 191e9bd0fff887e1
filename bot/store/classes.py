"""Classes: a lesson for a room of people, who sits in it, and whose hand is up. Each function takes the database."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.messages import Event, InClass

from .class_rows import SHAPE as SHAPE
from .class_rows import Class as Class
from .class_rows import Sitter as Sitter
from .class_rows import class_of, seat_of, sitter_of
from .codec import stamp
from .seat import Seat, after, down, hard_steps

LONGEST = timedelta(hours=4)  # a class that nobody ended is over then
MOST_SEATS = 40
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another
CODE = 6
_RUNNING = "c.ended_at is null and c.made_at > ?"
_SEAT = "insert into class_seats (class, number, kind, learner, name, joined_at) values (?, ?, ?, ?, ?, ?)"


def start(
    db: Any, *, centre: str, volunteer: str, lesson: str, language: str, expected: int, at: datetime
) -> str:  # fmt: skip
    """A new class; its id."""
    id = secrets.token_hex(6)
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE))
    db.execute(
        "insert into classes (id, code, centre, volunteer, lesson, language, expected, made_at) "
        "values (?, ?, ?, ?, ?, ?, ?, ?)",
        (id, code, centre, volunteer, lesson, language, expected, stamp(at)),
    )
    return id


def one(db: Any, id: str) -> Class | None:
    row = db.execute("select * from classes where id = ?", (id,)).fetchone()
    return class_of(row) if row else None


def by_code(db: Any, code: str, at: datetime) -> Class | None:
    """The running class with this code."""
    row = db.execute(f"select * from classes c where code = ? and {_RUNNING}", (code, _since(at))).fetchone()
    return class_of(row) if row else None


def of_centre(db: Any, centre: str, most: int = 40) -> list[Class]:
    """The newest first; of every centre where it is ""."""
    rows = db.execute("select * from classes where ? in ('', centre) order by made_at desc limit ?", (centre, most))
    return [class_of(row) for row in rows]


def show_step(db: Any, id: str, step: str) -> None:
    db.execute("update classes set step = ? where id = ? and ended_at is null", (step, id))


# Seats


def seats(db: Any, id: str) -> list[Seat]:
    return [seat_of(row) for row in db.execute("select * from class_seats where class = ? order by number", (id,))]


def sitters(db: Any, id: str) -> list[Sitter]:
    """Every seat by its number, with what volunteers may know of who sits there."""
    rows = db.execute(
        "select s.*, l.chat, l.volunteers, x.session, v.name as going_name from class_seats s "
        "left join learners l on l.id = s.learner left join sessions x on x.learner = s.learner "
        "left join volunteers v on v.id = s.going where s.class = ? order by s.number",
        (id,),
    )
    return [sitter_of(row) for row in rows]


def sit(db: Any, id: str, learner: str, kind: str, at: datetime, *, name: str = "") -> int:
    """A seat in this class, the one that they have or a new one. 0: the room is full."""
    if learner:
        had = db.execute("select number from class_seats where class = ? and learner = ?", (id, learner)).fetchone()
        if had:
            return int(had["number"])
    number = _next_number(db, id)
    if number > MOST_SEATS:
        return 0
    db.execute(_SEAT, (id, number, kind, learner, name, stamp(at)))
    return number


def call(db: Any, id: str, number: int, name: str) -> None:
    db.execute("update class_seats set name = ? where class = ? and number = ?", (name, id, number))


def leave(db: Any, id: str, number: int) -> None:
    """The volunteer takes a seat away: somebody joined by mistake, or went home."""
    db.execute("delete from class_seats where class = ? and number = ?", (id, number))


def going(db: Any, id: str, number: int, volunteer: str) -> bool:
    """A volunteer is on the way there. False: the hand is down, or another one goes already."""
    done = db.execute(
        "update class_seats set going = ? where class = ? and number = ? and why != '' and going = ''",
        (volunteer, id, number),
    )
    return bool(done.rowcount)


def not_going(db: Any, id: str, number: int, volunteer: str) -> bool:
    done = db.execute(
        "update class_seats set going = '' where class = ? and number = ? and going = ?", (id, number, volunteer)
    )
    return bool(done.rowcount)


def hand_down(db: Any, id: str, number: int) -> str:
    """Somebody was there. Whose hand it was; "" where it was down."""
    row = db.execute("select * from class_seats where class = ? and number = ? and why != ''", (id, number)).fetchone()
    if row is None:
        return ""
    _keep(db, id, down(seat_of(row)))
    return str(row["learner"])


# What the conversation knows, and what it changes


def in_class(db: Any, learner: str, chat: str, at: datetime) -> InClass | None:
    """The running class in which this learner sits, or will with the next turn: beside somebody of the same chat."""
    if db.execute(f"select 1 from classes c where {_RUNNING} limit 1", (_since(at),)).fetchone() is None:
        return None
    found = _mine(db, learner, at) or _beside(db, chat, at)
    if found is None:
        return None
    people = "select count(*) from class_seats s join learners l on l.id = s.learner where s.class = ? and l.chat = ?"
    shares = int(db.execute(people, (found["id"], chat)).fetchone()[0]) > 1
    mine = found["learner"] == learner
    return InClass(
        id=found["id"], lesson=found["lesson"], volunteer=found["volunteer_name"] or "", centre=found["centre"],
        seat=found["number"] if mine else _next_number(db, found["id"]),
        tablet=found["kind"] == "tablet", shared=shares or not mine, hand_up=mine and found["why"] == "person",
    )  # fmt: skip


def follow(db: Any, learner: str, chat: str, events: Sequence[Event], at: datetime) -> None:
    """Hands go up and down with a turn; whoever shares the screen of somebody in a class sits there too."""
    if db.execute(f"select 1 from classes c where {_RUNNING} limit 1", (_since(at),)).fetchone() is None:
        return
    row = _mine(db, learner, at)
    if row is None:
        beside = _beside(db, chat, at)
        if beside is None or not sit(db, beside["id"], learner, beside["kind"], at):
            return
        row = _mine(db, learner, at)
    seat = seat_of(row)
    moved = seat
    for event in events:
        moved = after(moved, event, row["lesson"])
    if moved != seat:
        _keep(db, row["id"], moved)


def _mine(db: Any, learner: str, at: datetime) -> Any:
    return _seated(db, "s.learner = ?", learner, at)


def _beside(db: Any, chat: str, at: datetime) -> Any:
    return _seated(db, "s.learner in (select id from learners where chat = ?)", chat, at)


def _seated(db: Any, where: str, value: str, at: datetime) -> Any:
    return db.execute(
        f"select c.id, c.lesson, c.centre, v.name as volunteer_name, s.* from class_seats s join classes c on c.id = s.class "
        f"left join volunteers v on v.id = c.volunteer where s.learner != '' and {where} and {_RUNNING} "
        "order by s.joined_at desc limit 1",
        (value, _since(at)),
    ).fetchone()


# The end


def end(db: Any, id: str, at: datetime) -> bool:
    """Over: what was hard stays as numbers; of the seats only that somebody was there, and who, with their leave."""
    found = one(db, id)
    if found is None or found.ended_at is not None:
        return False
    hard = json.dumps(hard_steps(seats(db, id)))
    db.execute("update classes set ended_at = ?, hard = ? where id = ?", (stamp(at), hard, id))
    db.execute(
        "update class_seats set name = '', at_lesson = '', at_step = '', misses = 0, hints = 0, why = '', since = null, "
        "going = '', met = '[]', missed = '[]', learner = case when learner in "
        "(select id from learners where volunteers = 'yes') then learner else '' end where class = ?",
        (id,),
    )
    return True


def end_overdue(db: Any, at: datetime) -> None:
    """Those that nobody ended."""
    for row in db.execute("select id from classes where ended_at is null and made_at <= ?", (_since(at),)).fetchall():
        end(db, row["id"], at)


def _since(at: datetime) -> str:
    return stamp(at - LONGEST)


def _next_number(db: Any, id: str) -> int:
    row = db.execute("select coalesce(max(number), 0) + 1 as next from class_seats where class = ?", (id,)).fetchone()
    return int(row["next"])


def _keep(db: Any, id: str, seat: Seat) -> None:
    db.execute(
        "update class_seats set at_lesson = ?, at_step = ?, misses = ?, hints = ?, why = ?, since = ?, going = ?, "
        "met = ?, missed = ? where class = ? and number = ?",
        (
            seat.at_lesson, seat.at_step, seat.misses, seat.hints, seat.why, stamp(seat.since) if seat.since else None,
            seat.going, json.dumps(seat.met), json.dumps(seat.missed), id, seat.number,
        ),
    )  # fmt: skip
