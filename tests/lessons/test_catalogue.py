"""The shipped lessons as a whole: what the conversation asks of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from lessons.catalogue import SHIPPED, Catalogue
from lessons.model import SYSTEMS, OnScreen, Plain, Term, text_of


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load(SHIPPED)


def test_no_shipped_lesson_is_left_out(catalogue: Catalogue) -> None:
    assert [str(d) for d in catalogue.diagnostics if not d.note] == []


def test_connect_wifi_reads_as_written(catalogue: Catalogue) -> None:
    lesson = catalogue.lesson("connect-wifi", "en")
    assert lesson is not None
    assert lesson.title == "Join a Wi-Fi network"
    assert lesson.needs == ("home-screen",)
    assert lesson.competences == ("dlgf-2018:0.2", "digcomp-2.2:5.1")
    first = lesson.steps[0].shared
    assert first.instruction == (
        Plain("Look for the grey wheel called "),
        OnScreen("home", "settings", "Settings"),
        Plain(". Tap it once."),
    )
    assert first.ifs[0].goto == "open-settings"
    assert text_of(first.ifs[0].what) == "no wheel"
    choose = lesson.steps[3].shared
    assert choose.picture is not None and choose.picture.state == "on"
    assert Term("Wi-Fi", "wi-fi") in (choose.instruction or ())
    assert [c.right for q in (*lesson.checks, *lesson.recall) for c in q.choices] == [True, False] * 3


def test_each_system_walks_its_own_steps(catalogue: Catalogue) -> None:
    lesson = catalogue.lesson("connect-wifi", "en")
    assert lesson is not None
    counts = {system: len(lesson.steps_for(system)) for system in SYSTEMS}
    assert counts == {"android": 7, "iphone": 5, "harmony": 5}
    asks = {system: text_of(lesson.steps_for(system)[-1].ask) for system in SYSTEMS}
    assert asks["iphone"] == "Do you see a blue tick beside the name?"
    assert asks["android"] == asks["harmony"] == "Do you see the word Connected?"


def test_there_and_back_stands_first_on_every_path(catalogue: Catalogue) -> None:
    assert set(catalogue.paths) == {"talk", "safe", "out", "health", "curious"}
    assert {ids[0] for ids in catalogue.paths.values()} == {"there-and-back"}
    assert all(lesson in catalogue.planned for ids in catalogue.paths.values() for lesson in ids)


def test_every_plan_has_an_english_and_a_chinese_title(catalogue: Catalogue) -> None:
    assert len(catalogue.planned) == 59
    assert all({"en", "zh"} <= set(plan.titles) for plan in catalogue.planned.values())


def test_a_broken_lesson_takes_no_other_down(tmp_path: Path) -> None:
    good = (SHIPPED / "connect-wifi" / "en.md").read_text(encoding="utf-8")
    (tmp_path / "good").mkdir()
    (tmp_path / "good" / "en.md").write_text(good, encoding="utf-8")
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "en.md").write_bytes(b"\xff\x00nonsense")
    catalogue = Catalogue.load(tmp_path)
    assert catalogue.lesson("good", "en") is not None
    assert catalogue.lesson("bad", "en") is None
    assert [d.rule for d in catalogue.diagnostics] == ["file-not-text"]
