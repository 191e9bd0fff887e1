"""What a volunteer with twenty minutes needs to know: who needs a person, who rests, good news, what many miss.
Read from each learner's glance and from daily counts, so that it is quick in a programme of any size."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from .found import FEWEST, MOST_NEEDS, CentreLine, Missed, Need, News, Report, Resting
from .lessons import UNKNOWN, Lessons
from .rows import moment, open_to_read
from .words import words_in

RECENT = timedelta(days=30)
WEEK = timedelta(days=7)
MOST = 12


def report(
    database: Path,
    lessons: Lessons | None = None,
    *,
    names: bool = False,
    at: datetime,
    centre: str = "",
    learner: str = "",
    centres: bool = True,
    language: str = "en",
) -> Report:
    """Everything on the first screen, of one centre or of all; with `learner` only why that one needs a person;
    `centres`: also how they are, side by side; `language`: of the titles. `at` is in the time zone of whoever reads it.
    Raises ReportError."""
    found = Report(at)
    if not database.exists():
        return found
    connection = open_to_read(database)
    try:
        reader = _Reader(connection, lessons or {}, names, at, centre, learner, language)
        if learner:
            found.needs = reader.needs()
            return found
        reader.count(found)
        found.needs = reader.needs()
        found.resting = reader.resting()
        found.good_news = reader.good_news()
        found.missed = reader.missed()
        if centres:
            found.centres = reader.centres()
    finally:
        connection.close()
    return found


def waiting_long(database: Path, at: datetime) -> dict[str, int]:
    """Centre -> how many have waited for a person for more than a day. For coordinators."""
    if not database.exists():
        return {}
    connection = open_to_read(database)
    try:
        return dict(
            connection.execute(
                "select centre, count(*) from learners where need != '' and need_since < ? group by centre",
                (text_of(at - timedelta(days=1)),),
            ).fetchall()
        )
    finally:
        connection.close()


def missed_by_centre(
    database: Path, lessons: Lessons, at: datetime, *, centre: str = "", language: str = "en"
) -> dict[str, list[Missed]]:
    """Centre -> the steps that five people or more of it missed at least twice in the last 30 days, most first. Raises
    ReportError. `met` is not known here: 0."""
    if not database.exists():
        return {}
    where = "centre = ? and" if centre else ""
    connection = open_to_read(database)
    try:
        rows = connection.execute(
            f"select centre, lesson, step, sum(people) as people from centre_misses where {where} day >= ? "
            "group by 1, 2, 3 having sum(people) >= ? order by 1, 4 desc, 2, 3",
            (*((centre,) if centre else ()), text_of(at - RECENT)[:10], FEWEST),
        ).fetchall()
    finally:
        connection.close()
    found: dict[str, list[Missed]] = {}
    for row in rows:
        facts = lessons.get(row["lesson"], UNKNOWN)
        title, step = facts.title(language) or row["lesson"], facts.step(row["step"], language)
        one = Missed(row["lesson"], title, step, facts.number(row["step"], ""), row["people"], 0)
        found.setdefault(row["centre"], []).append(one)
    return found


def text_of(at: datetime) -> str:
    """As times stand in the database."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def many(count: int) -> int | None:
    return count if count >= FEWEST or count == 0 else None


def short(learner: str, language: str = "en") -> str:
    return words_in(language)("who.unnamed", id=learner[:6])


class _Reader:
    def __init__(
        self, connection: sqlite3.Connection, lessons: Lessons, names: bool, at: datetime, centre: str, learner: str,
        language: str,
    ) -> None:  # fmt: skip
        self._db, self._lessons, self._names, self._at, self._centre = connection, lessons, names, at, centre
        self._language = language
        self._here = "l.id = :one" if learner else "l.centre = :centre" if centre else "1"
        self._given = {"centre": centre, "one": learner, "now": text_of(at), "week": text_of(at - WEEK)}

    def _all(self, sql: str, **more: object) -> list[sqlite3.Row]:
        return self._db.execute(sql.format(here=self._here), {**self._given, **more}).fetchall()

    def _one(self, sql: str) -> int:
        return int(self._all(sql)[0][0] or 0)

    def count(self, found: Report) -> None:
        people, shown, everybody = self._all(
            "select total(l.begun > 0), total(l.shown), count(*) from learners l where {here}"
        )[0]
        found.people, found.unseen = int(people), int(everybody - shown)
        found.needs_count = self._one("select count(*) from learners l where l.need != '' and {here}")
        found.begun = bool(found.people or found.needs_count)
        found.resting_count = self._one(
            "select count(*) from learners l where l.begun > 0 and l.need = '' and l.rests_from <= :now and {here}"
        )
        news, first = self._all(
            "select count(*), total(l.finished = 1) from learners l where l.last_finished >= :week and {here}"
        )[0]
        found.news_count = news
        found.first_lessons = int(first) if first >= FEWEST else 0

    def needs(self) -> list[Need]:
        """Urgent first, then whoever has waited longest."""
        records = self._all(
            "select l.id, l.name, l.centre, l.language, l.system, l.need, l.need_since, l.need_lesson, l.need_step, "
            "l.need_misses from learners l where l.need != '' and {here} "
            "order by l.need in ('danger', 'tricked') desc, l.need_since limit :most",
            most=MOST_NEEDS,
        )
        return [self._need(record) for record in records]

    def _need(self, record: sqlite3.Row) -> Need:
        facts = self._lessons.get(record["need_lesson"], UNKNOWN)
        step = record["need_step"]
        taken = self._all(
            "select c.taken_by, c.taken_at, coalesce(v.name, c.taken_by) as taker from calls c "
            "left join volunteers v on v.id = c.taken_by "
            "where c.learner = :learner and c.closed_at is null and c.taken_by != '' order by c.taken_at limit 1",
            learner=record["id"],
        )
        return Need(
            self._who(record), record["id"], record["centre"], record["need"],
            moment(record["need_since"]) or self._at,
            facts.title(self._language) or record["need_lesson"],
            facts.step(step, self._language) if step else "", facts.number(step, record["system"]), record["need_misses"],
            record["language"], record["system"],
            *((taken[0]["taken_by"], moment(taken[0]["taken_at"]), taken[0]["taker"]) if taken else ()),
        )  # fmt: skip

    def resting(self) -> list[Resting]:
        records = self._all(
            "select l.id, l.name, l.last_seen, l.last_lesson, p.completed from learners l "
            "left join progress p on p.learner = l.id and p.lesson = l.last_lesson "
            "where l.begun > 0 and l.need = '' and l.rests_from <= :now and {here} order by l.rests_from desc limit :most",
            most=MOST + 1,
        )
        return [
            Resting(
                self._who(record), record["id"], moment(record["last_seen"]) or self._at,
                self._title(record["last_lesson"]), record["completed"] is not None,
            )
            for record in records
        ]  # fmt: skip

    def good_news(self) -> list[News]:
        """Each person once, the newest first."""
        finished = self._all(
            "select l.id, l.name, l.volunteers, l.last_finished_lesson as lesson, 'finished' as what, (w.at > :week) as said "
            "from learners l left join well_done w on w.learner = l.id where l.last_finished >= :week and {here} "
            "order by l.last_finished desc limit :most",
            most=MOST + 1,
        )
        recalled = self._all(
            "select l.id, l.name, l.volunteers, p.lesson, 'recalled' as what, (w.at > :week) as said from progress p "
            "cross join learners l on l.id = p.learner left join well_done w on w.learner = l.id "
            "where p.recall_level >= 3 and p.last_seen >= :week and l.volunteers != 'no' and {here} "
            "order by p.last_seen desc limit :most",
            most=MOST + 1,
        )
        by_person: dict[str, News] = {}
        for record in [*finished, *recalled]:
            by_person.setdefault(
                record["id"],
                News(
                    self._who(record), record["id"], record["what"], self._title(record["lesson"]),
                    self._named(record) and record["volunteers"] == "yes" and not record["said"],
                ),
            )  # fmt: skip
        return list(by_person.values())[: MOST + 1]

    def missed(self) -> list[Missed]:
        """The counts of the lessons that there are, lesson by lesson: a range of days in the order of the table."""
        since = text_of(self._at - RECENT)[:10]
        many = self._people("missed_twice", list(self._lessons), since)
        worst = sorted(((n, *key) for key, n in many.items() if n >= FEWEST), key=lambda m: (-m[0], m[1], m[2]))[:MOST]
        met = self._people("reached", list({lesson for _, lesson, _ in worst}), since)
        return [
            Missed(
                lesson, self._title(lesson), self._lessons.get(lesson, UNKNOWN).step(step, self._language),
                self._lessons.get(lesson, UNKNOWN).number(step, ""), missed, max(missed, met.get((lesson, step), 0)),
            )
            for missed, lesson, step in worst
        ]  # fmt: skip

    def _people(self, what: str, lessons: list[str], since: str) -> dict[tuple[str, str], int]:
        """(lesson, step) -> how many people."""
        records = self._db.execute(
            f"select lesson, step, sum(people) as people from step_counts where lesson in ({', '.join('?' * len(lessons))}) "
            "and what = ? and day >= ? group by lesson, step",
            (*lessons, what, since),
        )
        return {(r["lesson"], r["step"]): r["people"] for r in records}

    def centres(self) -> list[CentreLine]:
        records = self._all(
            "select l.centre, count(*) as people, total(l.need != '') as need, total(l.finished) as lessons, "
            "total(l.finished > 0) as finishers, total(l.need = '' and l.rests_from <= :now) as resting "
            "from learners l where l.begun > 0 and {here} group by l.centre order by l.centre"
        )
        return [
            CentreLine(
                r["centre"], many(int(r["people"])), many(int(r["need"])),
                int(r["lessons"]) if r["finishers"] >= FEWEST or not r["finishers"] else None, many(int(r["resting"])),
            )
            for r in records
        ]  # fmt: skip

    def _who(self, record: sqlite3.Row) -> str:
        return str(record["name"]) if self._named(record) else short(record["id"], self._language)

    def _named(self, record: sqlite3.Row) -> bool:
        return bool(self._names and record["name"])

    def _title(self, lesson: str) -> str:
        return self._lessons.get(lesson, UNKNOWN).title(self._language) or lesson
