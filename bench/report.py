"""How fast the volunteers' report is in a large programme.

python -m bench.report [--learners 100000] [--events 200] [--hundredth] [--json FILE]

Makes a database of a realistic shape: 60 centres, half of the learners resting, three in a hundred stuck, five lessons
begun each, 0 to 400 events each (20 million at 100,000 learners) of twelve kinds, scattered over the file, 2 years of daily counts. Prints
the milliseconds of the first screen (one centre, and all), of one learner, of the lessons page and of the learners page: CPU
(the median of seven), by the clock, and by the clock right after the system forgot the file (cold); and time and memory
of the CSV file.
`--hundredth` (for CI): a hundredth of it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.report import LessonFacts, Wanted, figures, learners, missed_by_centre, report, story
from bot.store.codec import stamp
from bot.store.writer import connect, migrate

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
AIMS = {"first screen, one centre": 300, "first screen, all centres": 300, "one learner": 50}
STEPS = [f"step-{n}" for n in range(1, 7)]
LESSONS = {
    f"lesson-{n}": LessonFacts({"en": f"Lesson {n}"}, {"": len(STEPS)}, (), {"en": {s: f"Do {s}" for s in STEPS}})
    for n in range(60)
}  # fmt: skip
EVENTS_EACH = 200
# What happens in twenty events, about as often as in real lessons.
KINDS = (
    *[("step_done", "{}")] * 9, *[("repeated", "{}")] * 2, *[("not_found", '{"misses": "1"}')] * 2, ("hint_given", "{}"), ("lesson_started", "{}"),
    ("lesson_finished", "{}"), ("looks_different", "{}"), ("help_opened", "{}"), ("paused", "{}"), ("confidence_told", '{"when": "after", "value": "2"}'),
)  # fmt: skip
MEMORY = """
import resource, sys
sys.path.insert(0, '.')
from pathlib import Path
from bench.report import LESSONS, NOW
from bot.report import as_csv, lines
size = sum(len(part) for part in as_csv(line.row for line in lines(Path(sys.argv[1]), LESSONS, names=False, at=NOW)))
status = Path("/proc/self/status")  # what getrusage says on Linux is at least as much as whoever started this process had
peak = next((line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")), 0) if status.exists() else 0
print(size, (int(peak) or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) // 1024)
"""


def fill(path: Path, people: int, events: int) -> None:
    """Writes the whole programme with plain inserts: the shape is the store's own, the way in is not."""
    db = connect(path)
    migrate(db)
    chance = random.Random(7)
    connection = db.conn
    connection.execute("pragma synchronous = off")
    connection.execute("begin")
    progress: list[tuple[Any, ...]] = []
    many = _inserter(connection)
    for number in range(people):
        learner = f"{number:020x}"
        away = chance.random() ** 2 * 300
        seen = NOW - timedelta(days=away)
        stuck = chance.random() < 0.03
        own = _progress(chance, learner, seen, stuck)
        progress += own
        finished = sum(row[4] == "finished" for row in own)
        need = "tricked" if stuck and chance.random() < 0.02 else "stuck" if stuck else ""
        many("learners", (
            learner, learner, stamp(seen), stamp(seen), f"centre-{number % 60:02}", "yes", "yes", f"Person {number}", "en",
            "android", 1, len(own), finished, own[-1][1], own[-1][18], 14, stamp(seen + timedelta(days=14)), need,
            stamp(seen) if need else None, own[-1][1] if need else "", own[-1][10] if need else "", 3 * bool(need),
            *max(((row[19], row[1]) for row in own if row[19]), default=(None, "")),
        ))  # fmt: skip
        if need == "tricked":
            many("calls", (learner, "tricked", "", "", stamp(seen)))
        if len(progress) >= 5000:
            _write_progress(connection, progress)
            progress.clear()
    _write_progress(connection, progress)
    _write_counts(connection, chance, people)
    many("", ())
    _write_events(connection, events)
    connection.execute("commit")
    connection.execute("analyze")
    db.close()


def _inserter(connection: sqlite3.Connection) -> Callable[[str, tuple[Any, ...]], None]:
    columns = {
        "learners": "id, chat, made_at, seen_at, centre, remember, volunteers, name, language, system, shown, begun, "
        "finished, last_lesson, last_seen, rest_days, rests_from, need, need_since, need_lesson, need_step, need_misses, last_finished, last_finished_lesson",
        "calls": "learner, reason, lesson, step, since",
    }
    waiting: dict[str, list[tuple[Any, ...]]] = {name: [] for name in columns}

    def put(table: str, row: tuple[Any, ...]) -> None:
        if table:
            waiting[table].append(row)
        for name, rows in waiting.items():
            if rows and (len(rows) >= 5000 or not table):
                marks = ", ".join("?" * len(rows[0]))
                connection.executemany(f"insert into {name} ({columns[name]}) values ({marks})", rows)
                rows.clear()

    return put


def _progress(chance: random.Random, learner: str, seen: datetime, stuck: bool) -> list[tuple[Any, ...]]:
    rows = []
    for place, lesson in enumerate(chance.sample(sorted(LESSONS), chance.choice((3, 4, 5, 5, 6, 7)))):
        last = place == 0
        at = seen if last else seen - timedelta(days=3 * place + chance.random() * 2)
        done = 6 if not last else chance.randrange(0, 5 if stuck else 7)
        misses = {step: chance.choice((1, 1, 2, 3)) for step in STEPS[: done + 1] if chance.random() < 0.15}
        here = STEPS[min(done, 5)]
        marks = {step: "rx" + "t" * (step in misses) for step in STEPS[:done]}
        rows.append((
            learner, lesson, "v1", "en", "finished" if done == 6 else "going_on", "end" if done == 6 else here,
            json.dumps(STEPS[:done]), json.dumps(misses), len(misses), 0, here if last and stuck else "",
            stamp(at) if last and stuck else None, 0, chance.choice((0, 1, 2)), chance.choice((0, 2, 3)),
            3 if chance.random() < 0.05 else 0, None, stamp(at - timedelta(hours=1)), stamp(at),
            stamp(at) if done == 6 else None, 900, stamp(at), json.dumps(marks),
        ))  # fmt: skip
    return rows[::-1]


def _write_progress(connection: sqlite3.Connection, rows: list[tuple[Any, ...]]) -> None:
    connection.executemany(f"insert into progress values ({', '.join('?' * 23)})", rows)


def _write_counts(connection: sqlite3.Connection, chance: random.Random, people: int) -> None:
    """Every step of every lesson on every day of two years."""
    share = people / 100_000

    def rows() -> Iterator[tuple[Any, ...]]:
        for back in range(730):
            day = stamp(NOW - timedelta(days=back))[:10]
            for lesson in LESSONS:
                for what, likely in (("begun", 12), ("finished", 9)):
                    yield lesson, what, day, "", max(1, round(likely * share * chance.random() * 2))
                for step in STEPS:
                    for what, likely in (
                        ("reached", 10),
                        ("done", 10),
                        ("missed", 2),
                        ("missed_twice", 1),
                        ("different", 1),
                        ("help", 1),
                    ):
                        if chance.random() < likely * share:
                            yield lesson, what, day, step, max(1, round(likely * share * chance.random() * 2))

    connection.executemany("insert into step_counts values (?, ?, ?, ?, ?)", rows())
    missed = {
        (
            f"centre-{number % 60:02}",
            stamp(NOW - timedelta(days=back))[:10],
            chance.choice(sorted(LESSONS)),
            chance.choice(STEPS),
        )
        for back in range(730)
        for number in range(round(200 * share) + 1)
    }
    connection.executemany("insert into centre_misses values (?, ?, ?, ?, 1)", sorted(missed))


def _write_events(connection: sqlite3.Connection, events: int) -> None:
    """From 0 to twice so many for each learner, minutes apart, back from when they were last seen. One event of
    everybody after the other, so that what belongs to one learner lies scattered over the file, as in real use."""
    indexes = connection.execute(
        "select name, sql from sqlite_master where tbl_name = 'events' and sql like 'create index%'"
    )
    again = indexes.fetchall()
    for index in again:
        connection.execute(f"drop index {index[0]}")
    connection.execute("create temp table numbers as with recursive n(i) as (select 2 * :most union all select i - 1 from n "
                       "where i > 1) select i from n", {"most": events})  # fmt: skip
    connection.execute("create temp table kinds (number integer primary key, name text, detail text)")
    connection.executemany("insert into kinds values (?, ?, ?)", [(n, *kind) for n, kind in enumerate(KINDS)])
    connection.execute("create temp table many as select id, last_seen, system, "
                       "rowid % 60 as lesson, (rowid * 2654435761) % (2 * :most + 1) as most from learners", {"most": events})  # fmt: skip
    connection.execute(
        "insert into events (learner, at, name, lesson, version, step, system, maker, language, channel, detail) "
        "select l.id, strftime('%Y-%m-%dT%H:%M:%S.000000Z', l.last_seen, '-' || (n.i * 2 + n.i / 12 * 2880) || ' minutes'), k.name, "
        "'lesson-' || ((l.lesson + n.i / 24) % 60), 'v1', 'step-' || (1 + n.i / 3 % 6), l.system, "
        "case l.lesson % 4 when 0 then 'samsung' when 1 then 'xiaomi' else '' end, "
        "case l.lesson % 5 when 0 then 'zh' else 'en' end, case l.lesson % 3 when 0 then 'web' else 'telegram' end, k.detail "
        f"from numbers n cross join many l join kinds k on k.number = (n.i * 7 + l.lesson) % {len(KINDS)} where n.i <= l.most"
    )
    for index in again:
        connection.execute(index[1])


def milliseconds(work: Callable[[], Any], path: Path, times: int = 7) -> tuple[float, float, float]:
    """(of this process's own work, by the clock, by the clock with nothing of the file in memory). The aims are for
    the first: what else the machine does is not the report's."""
    forget(path)
    begun = time.perf_counter()
    work()
    cold = time.perf_counter() - begun
    own, clock = [], []
    for _ in range(times):
        begun, by_clock = time.process_time(), time.perf_counter()
        work()
        own.append(1000 * (time.process_time() - begun))
        clock.append(1000 * (time.perf_counter() - by_clock))
    return statistics.median(own), statistics.median(clock), 1000 * cold


def forget(path: Path) -> None:
    """The system's cache lets the file go, where the system can."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def measure(path: Path) -> tuple[dict[str, tuple[float, float, float]], dict[str, float]]:
    with sqlite3.connect(path) as db:
        one = (
            db.execute("select id from learners where need = 'stuck' limit 1 offset 100").fetchone()
            or db.execute("select id from learners").fetchone()
        )
    works: dict[str, Callable[[], Any]] = {
        "first screen, one centre": lambda: report(
            path, LESSONS, names=True, at=NOW, centre="centre-07", centres=False
        ),
        "first screen, all centres": lambda: report(path, LESSONS, names=True, at=NOW, centres=False),
        "one learner": lambda: story(path, LESSONS, one[0], names=True, at=NOW),
        "lessons page": lambda: figures(path, LESSONS, "lesson-7", at=NOW),
        "learners page": lambda: learners(path, LESSONS, Wanted(words="son 12"), names=True, at=NOW),
        "centres page": lambda: (report(path, LESSONS, at=NOW), missed_by_centre(path, LESSONS, NOW)),
    }
    found = {name: milliseconds(work, path) for name, work in works.items()}
    begun = time.perf_counter()
    answer = subprocess.run([sys.executable, "-c", MEMORY, str(path)], stdout=subprocess.PIPE, text=True, check=True)
    size, memory = map(int, answer.stdout.split())
    return found, {"CSV, seconds": time.perf_counter() - begun, "CSV, MB": size / 1e6, "CSV, memory in MB": memory}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learners", type=int, default=100_000)
    parser.add_argument("--events", type=int, default=EVENTS_EACH, help="for each learner")
    parser.add_argument("--hundredth", action="store_true")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    people = given.learners // (100 if given.hundredth else 1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "handrail.db"
        begun = time.perf_counter()
        fill(path, people, given.events)
        size = path.stat().st_size / 1e6
        with sqlite3.connect(path) as db:
            events = db.execute("select count(*) from events").fetchone()[0]
        print(
            f"{people} learners, {events} events, {size:.0f} MB, made in {time.perf_counter() - begun:.0f} s",
            flush=True,
        )
        found, file = measure(path)
    late = [name for name, aim in AIMS.items() if found[name][0] > aim]
    print(f"  {'':28}{'CPU':>10}{'clock':>10}{'cold':>10}  ms")
    for name, values in found.items():
        aim = f"   (aim: under {AIMS[name]} ms)" if name in AIMS else ""
        print(f"  {name:28}{''.join(f'{value:10.1f}' for value in values)}{aim}")
    for name, value in file.items():
        print(f"  {name:28}{value:10.1f}")
    if given.json:
        told = {
            "learners": people,
            "events": events,
            "MB": size,
            **{name: values[0] for name, values in found.items()},
            **file,
        }
        given.json.write_text(json.dumps(told, indent=1), encoding="utf-8")
    if late:
        raise SystemExit(f"slower than the aim: {', '.join(late)}")


if __name__ == "__main__":
    main()
