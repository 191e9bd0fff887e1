"""Rows, and the files made of them: columns, meanings, order, harmlessness."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.report import ReportError, Row, as_csv, as_json, rows
from bot.store import DATABASE

from .programme import LESSONS, NOW, Person, write

COLUMNS = (
    "centre,learner,lesson,title,status,steps_done,steps_total,progress,tries,help_count,stuck_step,confidence_before,"
    "confidence_after,recall_due,first_seen_utc,last_seen_utc,completed_utc,active_seconds,competences"
)


async def made(folder: Path, *people: Person, names: bool = True) -> list[Row]:
    await write(folder, *people)
    return rows(folder / DATABASE, LESSONS, names=names, at=NOW)


async def test_every_column_of_one_learner(tmp_path: Path) -> None:
    vera = Person(
        "Vera",
        [
            (50, "lesson_started", "send-photo", ""),
            (50, "confidence_told", "send-photo", "", {"when": "before", "value": "1"}),
            (49.99, "not_found", "send-photo", "open"),
            (49.99, "hint_given", "send-photo", "open"),
            (49.98, "step_done", "send-photo", "open"),
            (48, "person_asked", "send-photo", "clip"),
            (48, "person_withdrawn", "send-photo", "clip"),
            (47.99, "step_done", "send-photo", "clip"),
            (47.98, "lesson_finished", "send-photo", "end"),
            (47.98, "confidence_told", "send-photo", "end", {"when": "after", "value": "3"}),
        ],
        recall_in_days=3,
    )
    [row] = csv.DictReader(io.StringIO("".join(as_csv(await made(tmp_path, vera))).lstrip("\ufeff")))
    assert row == {
        "centre": "elm-street",
        "learner": "Vera",
        "lesson": "send-photo",
        "title": "Send a photo",
        "status": "finished",
        "steps_done": "2",
        "steps_total": "5",
        "progress": "1.00",
        "tries": "3",  # (1 miss + 1) at open, 1 at clip
        "help_count": "2",  # a hint and a person
        "stuck_step": "",
        "confidence_before": "1",
        "confidence_after": "3",
        "recall_due": "2026-11-24T12:00:00Z",
        "first_seen_utc": "2026-11-19T10:00:00Z",
        "last_seen_utc": "2026-11-19T12:01:12Z",
        "completed_utc": "2026-11-19T12:01:12Z",
        "active_seconds": str(36 + 36 + 300 + 36 + 36),
        "competences": "dlgf-2018:0.2;digcomp-2.2:5.1",
    }


async def test_the_header_is_exactly_as_agreed_also_without_a_learner(tmp_path: Path) -> None:
    text = "".join(as_csv(rows(tmp_path / DATABASE, at=NOW)))
    assert text == "\ufeff" + COLUMNS + "\r\n"
    assert json.loads("".join(as_json([]))) == []


STEP = (1.0, "step_done", "send-photo", "open")
CASES = [
    ("going_on", Person("a", [STEP])),
    ("going_on", Person("a", [(13 * 24, "step_done", "send-photo", "open")])),
    ("resting", Person("a", [(14 * 24 + 1, "step_done", "send-photo", "open")])),
    (
        "going_on",
        Person("a", [(20 * 24, "step_done", "send-photo", "open")], agreed="2026-11-12"),
    ),  # agreed gap: 11 days
    ("resting", Person("a", [(23 * 24, "step_done", "send-photo", "open")], agreed="2026-11-09")),
    ("finished", Person("a", [STEP, (0.5, "lesson_finished", "send-photo", "end")])),
    ("finished", Person("a", [(40 * 24, "lesson_finished", "send-photo", "end")])),
    ("finished", Person("a", [(9, "stuck", "send-photo", "x"), (8, "lesson_finished", "send-photo", "end")])),
    ("needs_help", Person("a", [STEP, (0.5, "stuck", "send-photo", "clip")])),
    ("needs_help", Person("a", [(30 * 24, "stuck", "send-photo", "clip")])),
    ("needs_help", Person("a", [STEP, (0.5, "person_asked", "send-photo", "clip")])),
    ("needs_help", Person("a", [STEP, (0.5, "person_asked", "", "")])),
    ("needs_help", Person("a", [(2, "lesson_finished", "send-photo", "end"), (1, "tricked_told", "", "")])),
    ("going_on", Person("a", [(3, "stuck", "send-photo", "clip"), (2, "step_done", "send-photo", "clip")])),
    ("going_on", Person("a", [(3, "person_asked", "send-photo", "clip"), (2, "person_withdrawn", "", "")])),
]


@pytest.mark.parametrize(("status", "person"), CASES)
async def test_the_first_status_that_holds(tmp_path: Path, status: str, person: Person) -> None:
    assert [row.status for row in await made(tmp_path, person)] == [status]


async def test_order_opaque_ids_and_names_with_leave_alone(tmp_path: Path) -> None:
    people = [
        Person("Zoe", [STEP, (1, "lesson_started", "bigger-text", "")], centre="a-centre"),
        Person("Ada", [STEP], centre="b-centre", volunteers=""),
        Person("Bob", [STEP], centre="b-centre", volunteers="no"),
        Person("Cai", [STEP], centre="b-centre", remember="no"),
        Person("Dee", [STEP], centre="b-centre", remember=""),
    ]
    ids = await write(tmp_path, *people)
    opaque = rows(tmp_path / DATABASE, LESSONS, at=NOW)
    assert [(r.centre, r.learner, r.lesson) for r in opaque] == [
        ("a-centre", ids["Zoe"], "bigger-text"),
        ("a-centre", ids["Zoe"], "send-photo"),
        ("b-centre", ids["Ada"], "send-photo"),
    ], "who refused volunteers or remembering, or was not asked to be remembered, is not shown"
    named = rows(tmp_path / DATABASE, LESSONS, names=True, at=NOW)
    assert [r.learner for r in named] == ["Zoe", "Zoe", ids["Ada"]]


async def test_titles_and_totals_go_by_language_and_phone(tmp_path: Path) -> None:
    people = [Person("L", [STEP], language="zh", system="iphone"), Person("M", [(1, "step_done", "gone", "x")])]
    found = {row.lesson: row for row in await made(tmp_path, *people)}
    assert (found["send-photo"].title, found["send-photo"].steps_total, found["send-photo"].progress) == (
        "发送照片",
        4,
        0.25,
    )
    assert (found["gone"].title, found["gone"].steps_total, found["gone"].progress) == ("gone", 0, 0.0)


@pytest.mark.parametrize("name", ["=1+1", "+44", "-x", "@sum", "\tx", '=HYPERLINK("x")', "a,b", 'say "hi"', "a\nb"])
async def test_cells_are_harmless(tmp_path: Path, name: str) -> None:
    [row] = csv.DictReader(io.StringIO("".join(as_csv(await made(tmp_path, Person(name, [STEP]))))))
    assert row["learner"].lstrip("'") == name
    assert row["learner"][0] not in "=+-@\t\r"


@given(st.text())
def test_no_cell_begins_like_a_formula(name: str) -> None:
    row = Row("c", name, "l", "t", "going_on", 0, 0, 0.0, 0, 0, "", None, None, None, None, None, None, 0, "")
    cells = list(csv.reader(io.StringIO("".join(as_csv([row])), newline="")))[1]
    assert len(cells) == COLUMNS.count(",") + 1
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)


async def test_csv_and_json_say_the_same(tmp_path: Path) -> None:
    found = await made(tmp_path, Person("Vera", [STEP]), Person("Mei", [STEP, (0.2, "stuck", "send-photo", "clip")]))
    table = list(csv.DictReader(io.StringIO("".join(as_csv(found)).lstrip("\ufeff"))))
    objects = json.loads("".join(as_json(found)))
    assert [list(o) for o in objects] == [COLUMNS.split(",")] * 2
    for cells, fields in zip(table, objects, strict=True):
        for name, value in fields.items():
            assert cells[name] == (f"{value:.2f}" if name == "progress" else "" if value is None else str(value))


async def test_reading_goes_on_while_the_store_writes_and_changes_nothing(tmp_path: Path) -> None:
    from bot.store import Store

    await write(tmp_path, Person("Vera", [STEP]))
    store = Store.open(tmp_path)
    assert len(rows(tmp_path / DATABASE, LESSONS, at=NOW + timedelta(days=1))) == 1
    await store.close()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_text("no database")
    with pytest.raises(ReportError, match="cannot be read as Handrail's database"):
        rows(tmp_path / DATABASE, at=NOW)
