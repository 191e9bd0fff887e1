"""`handrail report`, `learner` and `centre`, as somebody at a terminal meets them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.store import Store

from .programme import Person, write

VERA = Person("Vera", [(2, "step_done", "connect-wifi", "open"), (1, "person_asked", "connect-wifi", "open")])


Command = Callable[..., Result]


@pytest.fixture
def handrail(tmp_path: Path) -> Command:
    def run(*arguments: str, fails: bool = False, typed: str = "") -> Result:
        result = CliRunner().invoke(main, arguments, env={"HANDRAIL_DATA": str(tmp_path)}, input=typed)
        assert result.exit_code == (1 if fails else 0), result.output
        assert fails or result.exception is None
        return result

    return run


def test_before_anybody_has_learned(handrail: Command) -> None:
    for command in (("report",), ("report", "--format", "csv"), ("learner", "list")):
        assert "Nobody has learned here yet" in handrail(*command).output
    assert json.loads(handrail("report", "--format", "json").stdout) == []


def test_the_report_as_a_file(handrail: Command, tmp_path: Path) -> None:
    ids = asyncio.run(write(tmp_path, VERA))
    out = tmp_path / "report.csv"
    assert "Written to" in handrail("report", "--format", "csv", "--output", str(out)).output
    assert out.read_bytes().startswith(b"\xef\xbb\xbfcentre,learner,lesson,title,")
    assert ids["Vera"] in out.read_text("utf-8") and "Vera" not in out.read_text("utf-8")
    assert "Vera" in handrail("report", "--format", "csv", "--names").stdout
    assert "Vera, asked for a person" in handrail("report", "--names").stdout
    missing = str(tmp_path / "nowhere" / "x.csv")
    assert "cannot be written" in handrail("report", "--output", missing, fails=True).output


def test_one_learner_shown_helped_exported_and_forgotten(handrail: Command, tmp_path: Path) -> None:
    ids = asyncio.run(write(tmp_path, VERA, Person("Ken", VERA.did)))
    vera = ids["Vera"]
    assert "Vera" not in handrail("learner", "list").output
    assert "Vera" in handrail("learner", "list", "--names").output
    assert "Write more of it" in handrail("learner", "show", "", fails=True).output
    assert "connect-wifi: going on, steps done: 1." in handrail("learner", "show", vera[:8]).output
    assert json.loads(handrail("learner", "export", vera).stdout)["place"]["name"] == "Vera"
    handrail("learner", "export", vera, "--output", str(tmp_path / "vera.json"))
    assert json.loads((tmp_path / "vera.json").read_text("utf-8"))["learner"]["id"] == vera
    assert "Two people need a person" in handrail("report").output
    handrail("learner", "helped", vera)
    assert "One person needs a person" in handrail("report").output
    assert "Aborted" in handrail("learner", "forget", vera, typed="n\n", fails=True).output
    handrail("learner", "forget", vera, typed="y\n")
    assert vera not in handrail("learner", "list").output
    assert "No learner's id begins with" in handrail("learner", "show", vera, fails=True).output


def test_forgetting_while_handrail_runs(handrail: Command, tmp_path: Path) -> None:
    ids = asyncio.run(write(tmp_path, VERA))
    running = Store.open(tmp_path)
    handrail("learner", "forget", ids["Vera"], "--yes")
    assert asyncio.run(running.load(ids["Vera"])) is None
    asyncio.run(running.close())


def test_a_centre_from_a_template_to_a_checked_file(handrail: Command, tmp_path: Path) -> None:
    assert "No centre has a file" in handrail("centre", "check").output
    assert "elm.toml" in handrail("centre", "new", "elm", "--template", "gb").output
    assert "is there already" in handrail("centre", "new", "elm", "--template", "GB", fails=True).output
    assert "small letters" in handrail("centre", "new", "Elm Street", "--template", "GB", fails=True).output
    assert ": good" in handrail("centre", "check").output
    path = tmp_path / "centres" / "elm.toml"
    path.write_text(path.read_text("utf-8").replace("Europe/London", "Elm Street"), encoding="utf-8")
    assert f"{path}:5:1: timezone:" in handrail("centre", "check", fails=True).output
