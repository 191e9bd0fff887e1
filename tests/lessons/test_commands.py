"""`handrail lessons ...` as a writer meets it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands.lessons import lessons
from lessons.catalogue import SHIPPED, Catalogue
from tests.lessons.shelf import SHELF

GOOD = (SHELF / "connect-wifi" / "en.md").read_text(encoding="utf-8")


def run(*words: object) -> Result:
    return CliRunner().invoke(lessons, [str(word) for word in words])


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    """A lesson file that lies somewhere else on the machine."""
    file = tmp_path / "connect-wifi" / "en.md"
    file.parent.mkdir()
    file.write_text(GOOD, encoding="utf-8")
    return file


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_shipped_lessons_are_all_well() -> None:
    result = run("check")
    assert result.exit_code == 0, result.output
    assert re.fullmatch(r"\d+ lesson files: all is well.*\.", result.stdout.strip().split("\n")[-1])


def test_a_good_file_alone_is_well(alone: Path) -> None:
    result = run("check", alone)
    assert (result.exit_code, result.stdout) == (0, "1 lesson file: all is well.\n")


def test_findings_name_path_line_column_rule_and_what_to_do(alone: Path) -> None:
    spoil(alone, "- **Ask**: Has the eye changed?", "- **Aks**: Has the eye simply changed?")
    result = run("check", alone)
    assert result.exit_code == 1
    assert f'{alone}:74:3: label-unknown: "Aks" is no label here. Did you mean "Ask"?\n' in result.stdout
    assert f'{alone}:74:24: banned-word: "simply"' in result.stdout
    assert "2 things to mend" in result.stderr


@pytest.mark.parametrize("up", [1, 2])
def test_a_folder_anywhere_is_checked(alone: Path, up: int) -> None:
    spoil(alone, "risk: none", "risk: some")
    result = run("check", alone.parents[up - 1])
    assert result.exit_code == 1 and f"{alone}:14:7: front-matter-value" in result.stdout


def test_two_files_of_one_name_are_both_checked(alone: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "connect-wifi" / "en.md"
    other.parent.mkdir(parents=True)
    other.write_text(GOOD.replace("risk: none", "risk: some"), encoding="utf-8")
    spoil(alone, "risk: none", "risk: many")
    result = run("check", alone, other)
    assert f"{alone}:14" in result.stdout and f"{other}:14" in result.stdout


def test_json_and_github(alone: Path) -> None:
    spoil(alone, "risk: none", "risk: some")
    found = json.loads(run("check", alone, "--format", "json").stdout)
    one = next(f for f in found if f["rule"] == "front-matter-value")
    assert (one["path"], one["line"], one["column"], one["severity"]) == (str(alone), 14, 7, "error")
    assert (
        f"::error file={alone},line=14,col=7,title=front-matter-value::"
        in run("check", alone, "--format", "github").stdout
    )


def test_nothing_in_a_file_steers_the_terminal(alone: Path) -> None:
    spoil(alone, "- **Ask**: Has the eye", "- **\x1b[31mAsk\u202e**: Has the eye")
    result = run("check", alone)
    assert result.exit_code == 1 and "\x1b" not in result.output and "\u202e" not in result.output


@pytest.mark.parametrize(
    "words", [["check", "nowhere.md"], ["fmt", "nowhere"], ["stamp"], ["stamp", "conect-wifi"], ["new", "No"]]
)
def test_wrong_usage_is_two_and_says_why(words: list[str]) -> None:
    result = run(*words)
    assert result.exit_code == 2 and "Error:" in result.stderr


def test_a_folder_without_lessons_and_a_wrong_file(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    assert run("check", tmp_path).exit_code == 2
    assert run("check", tmp_path / "notes.txt").exit_code == 2


def test_list_as_json_has_every_planned_lesson() -> None:
    rows = {row["id"]: row for row in json.loads(run("list", "--json").stdout)}
    assert len(rows) >= 59
    assert rows["connect-wifi"]["languages"] == ["en", "zh"] and rows["connect-wifi"]["paths"] == ["out"]
    assert rows["wrong-tap"]["languages"] == ["en", "zh"] and rows["wrong-tap"]["titles"]["zh"]
    assert "wrong-tap" in run("list").stdout


def test_status_shows_what_is_stale(tmp_path: Path) -> None:
    shutil.copytree(SHELF, tmp_path / "shelf")
    spoil(tmp_path / "shelf" / "connect-wifi" / "en.md", "Tap the name of yours.", "Tap your own.")
    result = run("status", "--folder", tmp_path / "shelf")
    assert result.exit_code == 0 and "choose" in result.stdout and "planned" in result.stdout


def test_stamp_makes_a_translation_fresh(tmp_path: Path) -> None:
    folder = tmp_path / "shelf"
    shutil.copytree(SHELF, folder)
    spoil(folder / "connect-wifi" / "en.md", "Tap the name of yours.", "Tap your own.")
    assert "translation-stale" in run("check", folder).stdout
    assert run("stamp", "connect-wifi", "--folder", folder).exit_code == 0
    assert "translation-stale" not in run("check", folder).stdout


@pytest.mark.parametrize("language", ["en", "zh"])
def test_new_passes_but_for_its_to_dos(tmp_path: Path, language: str) -> None:
    result = run("new", "wrong-tap", "--language", language, "--folder", tmp_path)
    assert result.exit_code == 0
    file = tmp_path / "wrong-tap" / f"{language}.md"
    found = json.loads(run("check", file, "--format", "json").stdout)
    assert {f["rule"] for f in found if f["severity"] == "error"} == {"todo-left"}
    before = file.read_text(encoding="utf-8")
    assert run("new", "wrong-tap", "--language", language, "--folder", tmp_path).exit_code == 2
    assert file.read_text(encoding="utf-8") == before


def test_lessons_of_every_risk_can_be_begun(tmp_path: Path) -> None:
    planned = Catalogue.load(SHIPPED).planned
    names = ("after-a-scam", "mobile-payment", "new-phone", "wrong-tap")
    assert {planned[name].risk for name in names} == {"none", "pay", "id"}
    for name in names:
        assert run("new", name, "--folder", tmp_path).exit_code == 0
    findings = json.loads(run("check", tmp_path, "--format", "json").stdout)
    assert {f["rule"] for f in findings if f["severity"] == "error"} == {"todo-left"}


def test_fmt_mends_and_is_done_then(alone: Path) -> None:
    messy = GOOD.replace("[Connect](wifi-password#connect)", "[Link up](wifi-password#connect)")
    messy = messy.replace("- **Ask**: Is it all typed?", "*   **Ask** :   Is it all typed?\n")
    messy = messy.replace("## Join {#join}\n\n", "##   Join   {#join}\n").replace("[Cancel](", "[](")
    alone.write_bytes(b"\xef\xbb\xbf" + messy.replace("\n", "\r\n").encode() + b"\r\n\r\n")
    assert run("fmt", alone, "--check").exit_code == 1
    assert run("fmt", alone).exit_code == 0
    assert alone.read_bytes() == GOOD.encode()
    assert run("fmt", alone, "--check").exit_code == 0


def test_fmt_leaves_what_it_cannot_read(alone: Path) -> None:
    alone.write_bytes(b"\xff\x00 no text")
    assert run("fmt", alone).exit_code == 0
    assert alone.read_bytes() == b"\xff\x00 no text"


def test_fmt_keeps_notes_and_wrong_parts(alone: Path) -> None:
    strange = GOOD.replace(
        "## Join {#join}", "<!-- a  note\n\n\nof  mine -->\n\n## Join {#join}\n\n```text\n  x   y\n```\n"
    )
    alone.write_text(strange, encoding="utf-8")
    run("fmt", alone)
    text = alone.read_text(encoding="utf-8")
    assert "<!-- a  note\n\n\nof  mine -->" in text and "```text\n  x   y\n```" in text
