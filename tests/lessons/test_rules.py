"""Every rule: its cases, its page, and the promise that a lesson with one rule broken is always found."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from lessons.catalogue import load
from lessons.rules import READING_RULES, RULES, check
from media.pace import estimated_seconds
from tests.lessons.shelf import CASES, SHELF, Case, FewScreens, all_cases

DOCS = Path(__file__).parents[2] / "docs" / "rules"
NAMES = [*READING_RULES, *(rule.name for rule in RULES)]


def findings(folder: Path) -> list[tuple[str, int, str, str]]:
    """(path in the folder, line, rule, the whole finding)."""
    return [
        (Path(d.path).resolve().relative_to(folder.resolve()).as_posix(), d.line, d.rule, str(d))
        for d in check(load(folder), FewScreens(), seconds=partial(estimated_seconds, pace="doing"))
    ]


def test_the_shelf_itself_is_clean() -> None:
    assert findings(SHELF) == []


@pytest.mark.parametrize("case", all_cases(), ids=str)
def test_case(case: Case, tmp_path: Path) -> None:
    line = case.lay_out(tmp_path)
    # Whatever changes in English makes the Chinese stale; that is tried where it is meant.
    found = [one for one in findings(tmp_path) if one[2] != "translation-stale" or case.rule == "translation-stale"]
    if not case.breaks:
        assert [text for *_, rule, text in found if rule not in case.also] == []
        return
    blamed = [at for path, at, rule, _ in found if rule == case.rule and path == case.blamed]
    assert blamed, f"{case} was not found; found were: {[text for *_, text in found]}"
    assert line == 0 or line in blamed, f"blamed were the lines {blamed}, not {line}"
    assert [text for *_, rule, text in found if rule not in {case.rule, *case.also}] == []


def test_every_rule_has_two_cases_of_each_kind() -> None:
    kinds = Counter((case.rule, case.breaks) for case in all_cases())
    assert [name for name in NAMES if min(kinds[name, True], kinds[name, False]) < 2] == []
    assert {rule for rule, _ in kinds} == set(NAMES)


def test_names_are_used_once() -> None:
    assert [name for name, count in Counter(NAMES).items() if count > 1] == []


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    assert {page.stem for page in DOCS.glob("*.md")} - {"README"} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_page_shows_what_is_wrong_and_right(name: str) -> None:
    """The examples of a page are the lines of its cases, so that they are true."""
    page = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# {name}\n")
    blocks = dict(re.findall(r"\n## (Wrong|Right)\n\n(?:[^`\n][^\n]*\n+)?````text\n(.*?)\n````", page, re.DOTALL))
    cases = [case for case in all_cases() if case.rule == name]
    wrong = {line for case in cases if case.breaks for line in (*case.written(), case.blamed)}
    right = {line for case in cases if not case.breaks for line in (*case.written(), case.blamed)}
    assert set(blocks["Wrong"].split("\n")) <= wrong
    assert set(blocks["Right"].split("\n")) <= right


def test_the_cases_are_listed_in_files_of_known_rules() -> None:
    assert {file.stem for file in CASES.glob("*.md")} - {"README"} == set(NAMES)
