"""The rows of classes and their seats: their shape in the database, and what they are read as."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .codec import moment
from .seat import Seat

SHAPE = """
create table classes (
    id text primary key, code text not null, centre text not null, volunteer text not null, lesson text not null,
    language text not null, expected integer not null, step text not null default '', made_at text not null,
    ended_at text, hard text not null default '{}'
);
create index classes_by_code on classes (code) where ended_at is null;
create table class_seats (
    class text not null, number integer not null, kind text not null, learner text not null default '',
    name text not null default '', joined_at text not null, at_lesson text not null default '',
    at_step text not null default '', misses integer not null default 0, hints integer not null default 0,
    why text not null default '', since text, going text not null default '', met text not null default '[]',
    missed text not null default '[]', primary key (class, number)
);
create index class_seats_of_a_learner on class_seats (learner) where learner != '';
"""


@dataclass(frozen=True)
class Class:
    """`step`: what stands on the wall: a step's id, "" for the code to join, "end". `hard`: step -> (met, missed), in
    people, once it has ended."""

    id: str
    code: str
    centre: str
    volunteer: str
    lesson: str
    language: str
    expected: int
    step: str
    made_at: datetime
    ended_at: datetime | None
    hard: dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Sitter:
    """A seat and what is known of who sits there. `called`: their name, "" without leave for volunteers to see it."""

    seat: Seat
    called: str = ""
    chat: str = ""
    system: str = ""
    maker: str = ""
    language: str = ""
    going_name: str = ""  # of the volunteer on the way


def class_of(row: Any) -> Class:
    hard = {step: (met, missed) for step, (met, missed) in json.loads(row["hard"]).items()}
    return Class(
        row["id"], row["code"], row["centre"], row["volunteer"], row["lesson"], row["language"], row["expected"],
        row["step"], datetime.fromisoformat(row["made_at"]), moment(row["ended_at"]), hard,
    )  # fmt: skip


def seat_of(row: Any) -> Seat:
    return Seat(
        row["number"], row["kind"], row["learner"], row["name"], row["at_lesson"], row["at_step"], row["misses"],
        row["hints"], row["why"], moment(row["since"]), row["going"], tuple(json.loads(row["met"])),
        tuple(json.loads(row["missed"])),
    )  # fmt: skip


def sitter_of(row: Any) -> Sitter:
    place = json.loads(row["session"]) if row["session"] else {}
    return Sitter(
        seat_of(row), place.get("name", "") if row["volunteers"] == "yes" else "", row["chat"] or "",
        place.get("system", ""), place.get("maker", ""), place.get("language", ""), row["going_name"] or "",
    )  # fmt: skip
