"""What the report reads is what the events say: each learner at a glance, and people counted by day."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.report import lines, report, rows
from bot.store import DATABASE
from bot.store.glance import MARKS, URGENCY

from .programme import LESSONS, NOW, Person, write

NAMES = (
    "lesson_started", "step_shown", "step_done", "step_skipped", "not_found", "looks_different", "help_opened",
    "person_asked", "person_withdrawn", "stuck", "unstuck", "lesson_finished", "tricked_told", "worry_told",
)  # fmt: skip
DOINGS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(["send-photo", "bigger-text"]), st.sampled_from(["open", "clip"])),
    min_size=1, max_size=12,
)  # fmt: skip


def person(number: int, did: list[tuple[str, str, str]], last_hours: int, volunteers: str) -> Person:
    hours = [last_hours + (len(did) - n) * 0.01 for n in range(len(did))]
    return Person(
        f"p{number}", [(h, *doing) for h, doing in zip(hours, did, strict=True)], volunteers=volunteers
    )  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(DOINGS, st.sampled_from([1, 300, 700]), st.sampled_from(["yes", "", "no"])), min_size=1, max_size=6
    )
)
def test_screen_and_file_agree(programme: list[tuple[list[tuple[str, str, str]], int, str]]) -> None:
    people = [person(number, *one) for number, one in enumerate(programme)]
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(write(Path(folder), *people))
        database = Path(folder) / DATABASE
        found = report(database, LESSONS, at=NOW)
        by_status: dict[str, set[str]] = {}
        last: dict[str, str] = {}
        for row in rows(database, LESSONS, at=NOW):
            by_status.setdefault(row.status, set()).add(row.learner)
        for line in lines(database, LESSONS, names=False, at=NOW):
            newest = max(
                (one for one in rows(database, LESSONS, at=NOW) if one.learner == line.learner),
                key=lambda r: str(r.last_seen_utc),
            )
            last[line.learner] = newest.status
        needs = {need.learner for need in found.needs}
        assert needs == by_status.get("needs_help", set())
        assert found.needs_count == len(needs)
        resting = {rest.learner for rest in found.resting}
        assert resting.isdisjoint(needs)
        assert {who for who, status in last.items() if status == "resting" and who not in needs} <= resting
        assert found.people == len(last)
        with sqlite3.connect(database) as db:
            counted = {
                (r[0], r[1], r[2]): r[3]
                for r in db.execute("select lesson, step, what, sum(people) from step_counts group by 1, 2, 3")
            }
            marks: Counter[tuple[str, str, str]] = Counter()
            for lesson, text, completed in db.execute("select lesson, marks, completed from progress"):
                marks[lesson, "", "begun"] += 1
                marks[lesson, "", "finished"] += completed is not None
                for step, letters in json.loads(text).items():
                    marks.update((lesson, step, MARKS[letter]) for letter in letters)
        assert counted == {key: many for key, many in marks.items() if many}


async def test_the_most_urgent_is_shown_and_goes_by_itself(tmp_path: Path) -> None:
    stuck = [(9.0, "not_found", "send-photo", "clip")] * 3 + [(9.0, "stuck", "send-photo", "clip")]
    ada = Person("Ada", [*stuck, (8, "tricked_told", "", "")])
    done = Person("Ben", [*stuck, (7, "step_done", "send-photo", "clip")])
    left = Person("Cy", [*stuck, (7, "lesson_started", "bigger-text", "")])
    await write(tmp_path, ada, done, left)
    [need] = report(tmp_path / DATABASE, LESSONS, names=True, at=NOW).needs
    assert (need.who, need.reason) == ("Ada", "tricked")
    assert set(URGENCY) == {"danger", "tricked", "worry", "person", "stuck"}


async def test_one_centre_is_shown_its_own(tmp_path: Path) -> None:
    asked = [(5.0, "person_asked", "send-photo", "clip")]
    await write(tmp_path, Person("Ada", asked, centre="elm"), Person("Ben", asked, centre="oak"))
    for centre, names in (("elm", ["Ada"]), ("oak", ["Ben"]), ("", ["Ada", "Ben"]), ("none", [])):
        found = report(tmp_path / DATABASE, LESSONS, names=True, at=NOW, centre=centre)
        assert sorted(need.who for need in found.needs) == names
        assert found.people == len(names)


async def test_an_agreed_time_far_away_is_no_resting(tmp_path: Path) -> None:
    did = [(20 * 24.0, "step_done", "send-photo", "open")]
    await write(tmp_path, Person("Ines", did), Person("Olga", did, agreed="2026-11-16T10:00"))
    found = report(tmp_path / DATABASE, LESSONS, names=True, at=NOW)
    assert [rest.who for rest in found.resting] == ["Ines"], "Olga agreed on 15 days: she rests after 30"
