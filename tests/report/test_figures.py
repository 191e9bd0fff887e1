"""Where lessons get difficult: right counts, and nothing that tells of fewer than five people."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.report import figures
from bot.report.figures import FEWEST, Count, StepLine, funnel
from bot.store import DATABASE

from .programme import LESSONS, NOW, Person, write

Sites = Callable[..., Any]


def walked(
    number: int,
    *,
    misses: int = 0,
    different: bool = False,
    help: bool = False,
    finishes: bool = False,
    hours: float = 50.0,
) -> Person:
    did: list[tuple[float, str, str, str]] = [
        (hours, "lesson_started", "send-photo", ""), (hours - 0.1, "step_shown", "send-photo", "open"),
        (hours - 0.2, "step_done", "send-photo", "open"), (hours - 0.3, "step_shown", "send-photo", "clip"),
    ]  # fmt: skip
    did += [(hours - 0.4, "not_found", "send-photo", "clip")] * misses
    did += [(hours - 0.5, "looks_different", "send-photo", "clip")] * different
    did += [(hours - 0.6, "help_opened", "send-photo", "clip")] * help
    did += [(hours - 0.7, "lesson_finished", "send-photo", "end")] * finishes
    return Person(f"w{number}", did)


async def test_each_person_counts_once_a_step(tmp_path: Path) -> None:
    people = [walked(n, misses=3 * (n < 7), different=n < 5, help=n < 2, finishes=n >= 6) for n in range(12)]
    await write(tmp_path, *people)
    found = figures(tmp_path / DATABASE, LESSONS, "send-photo", at=NOW)
    assert found.heat is not None
    first, second = found.heat.steps
    assert (first.number, first.title, first.reached) == (1, "Open the chat", 12)
    assert [cell.many for cell in first.cells] == [0, 0, 0, 0]
    assert [cell.many for cell in second.cells] == [7, 5, None, 0]
    assert (found.heat.line.begun, found.heat.line.finished) == (12, 6)
    assert found.heat.hard is not None and found.heat.hard.number == 2


async def test_stopped_is_away_for_fourteen_days_at_the_newest_step(tmp_path: Path) -> None:
    people = [walked(n, hours=24 * 20) for n in range(6)] + [walked(n, hours=24 * 2) for n in range(6, 12)]
    await write(tmp_path, *people, *[walked(n, hours=24 * 100) for n in range(20, 26)])
    found = figures(tmp_path / DATABASE, LESSONS, "", at=NOW)
    assert found.heat is not None
    assert [step.cells[3].many for step in found.heat.steps] == [0, 6]
    assert found.heat.line.begun == 12, "longer ago than 90 days is not counted"


@pytest.mark.parametrize(("began", "finish", "shown"), [
    (4, 4, None), (5, 0, (5, 0, False)), (9, 3, (9, 0, False)), (9, 5, (9, 9, True)), (12, 6, (12, 6, False)), (6, 6, (6, 6, False)),
])  # fmt: skip
async def test_finished_of_begun_tells_of_no_few(
    tmp_path: Path, began: int, finish: int, shown: tuple[int, int, bool] | None
) -> None:
    await write(tmp_path, *[walked(n, finishes=n < finish) for n in range(began)])
    lines = figures(tmp_path / DATABASE, LESSONS, "", at=NOW).lessons
    assert [(line.begun, line.finished, line.nearly_all) for line in lines] == ([shown] if shown else [])


@given(st.integers(0, 200), st.lists(st.integers(0, 200), max_size=8))
def test_no_two_bars_tell_of_few(begun: int, reached: list[int]) -> None:
    shown = funnel(reached, begun)
    assert len(shown) == len(reached)
    assert all(bar == 0 or bar >= FEWEST for bar in shown)
    drawn = [bar for bar in (begun, *shown) if bar]
    assert all(abs(a - b) == 0 or abs(a - b) >= FEWEST for a, b in pairwise(drawn))


@pytest.mark.parametrize(("many", "of", "shade"), [
    (None, 40, "few"), (0, 40, "none"), (5, 40, "some"), (6, 40, "more"), (12, 40, "most"), (7, 0, "most"),
])  # fmt: skip
def test_four_shades(many: int | None, of: int, shade: str) -> None:
    assert StepLine("s", "S", 1, of, ()).shade(Count(many)) == shade


@pytest.mark.parametrize(("query", "finds"), [
    ("", ["Ada", "Ben", "Vera", "Learner"]), ("words=ver", ["Vera"]), ("words=%25", []), ("status=needs_help", ["Ada"]),
    ("status=finished", ["Vera"]), ("status=not_started", ["Ben"]), ("path=talk", ["Ada", "Vera", "Learner"]), ("centre=oak-lane", []),
    ("words=nobody", []), ("news=yes", ["Vera"]), ("page=99999", ["Ada", "Ben", "Vera", "Learner"]), ("page=x&status=y&path=z", ["Ada", "Ben", "Vera", "Learner"]),
])  # fmt: skip
async def test_search_and_filter(site: Sites, query: str, finds: list[str]) -> None:
    here = await site(
        Person("Ada", [(5.0, "person_asked", "send-photo", "clip")]),
        Person("Vera", [(5.0, "lesson_finished", "send-photo", "end")]),
        Person("Ben", [(5.0, "consent_given", "", "")]),
        Person("Shy", [(5.0, "step_done", "send-photo", "open")], volunteers=""),
        Person("Hidden", [(5.0, "step_done", "send-photo", "open")], volunteers="no"),
    )
    browser = await here.sign_in("coordinator")
    text = (await browser.get(f"/report/learners?{query}")).text
    rows = text.split("<tbody>")[1] if "<tbody>" in text else ""
    assert sorted(name for name in ("Ada", "Ben", "Vera", "Shy", "Hidden") if name in rows) == sorted(
        n for n in finds if n != "Learner"
    )
    assert (f"Learner {here.ids['Shy'][:6]}" in rows) == ("Learner" in finds)


async def test_a_story_in_plain_words(site: Sites) -> None:
    did: list[Any] = [
        (60.0, "lesson_started", "send-photo", ""), (59.9, "step_done", "send-photo", "open"), (59.8, "not_found", "send-photo", "clip"),
        (59.7, "not_found", "send-photo", "clip"), (59.6, "person_asked", "send-photo", "clip"), (5.0, "tricked_told", "", ""),
    ]  # fmt: skip
    here = await site(Person("Ada", did))
    told = {}
    for role in ("volunteer", "coordinator"):
        browser = await here.sign_in(role, name=role)
        told[role] = " ".join((await browser.get(f"/report/learners/{here.ids['Ada']}")).text.split())
    for text in told.values():
        assert 'Could not find it at step 2 of 2, “Tap the paper clip”. <span class="note">Twice.</span>' in text
        assert "Began Send a photo." in text and "Asked for a person." in text
    assert "Was tricked, or feared it." in told["coordinator"] and "trick" not in told["volunteer"].lower()
    assert "Needed a call." in told["volunteer"]
    assert "Who looked" in told["coordinator"] and "Who looked" not in told["volunteer"]
