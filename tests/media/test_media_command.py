"""`handrail media ...` as somebody types it, on a real lesson."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands.media import media

LESSON = ["--language", "zh", "--lesson", "there-and-back"]


@pytest.fixture
def handrail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.chdir(tmp_path)
    return CliRunner(env={"HANDRAIL_DATA": str(tmp_path / "data"), "HANDRAIL_VOICE": "espeak"})


def run(handrail: CliRunner, *words: str) -> Result:
    return handrail.invoke(media, list(words), catch_exceptions=False)


@pytest.mark.media
def test_a_lesson_is_built_once_looked_over_and_cleared_away(handrail: CliRunner) -> None:
    before = run(handrail, "status", *LESSON, "--lines")
    assert before.exit_code == 1 and "none yet" in before.output and "there-and-back zh: " in before.output

    built = run(handrail, "build", *LESSON)
    assert built.exit_code == 0, built.output
    assert "To make: " in built.output and "1 spoken by espeak." in built.output

    after = run(handrail, "status", *LESSON)
    assert after.exit_code == 0, after.output
    again = run(handrail, "build", *LESSON)
    assert again.exit_code == 0 and "there already" in again.output

    pruned = run(handrail, "prune", "--max-mb", "0")
    assert pruned.exit_code == 0 and "cleared away" in pruned.output
    left = run(handrail, "status", *LESSON)
    assert left.exit_code == 1 and "espeak" in left.output, "the voice stayed, the pictures went"


def test_a_lesson_that_is_not_there_is_named(handrail: CliRunner) -> None:
    result = run(handrail, "build", "--lesson", "fly-to-the-moon")
    assert result.exit_code == 2 and "fly-to-the-moon" in result.output


def test_the_reading_lists_are_checked_with_file_and_line(handrail: CliRunner, tmp_path: Path) -> None:
    assert run(handrail, "check-reading").exit_code == 0
    wrong = tmp_path / "en.toml"
    wrong.write_text('digits = ["one"]\n')
    result = run(handrail, "check-reading", str(wrong))
    assert result.exit_code == 1 and f"{wrong}:1: " in result.output


@pytest.mark.parametrize("command", ["build", "status", "prune", "check-reading"])
def test_each_command_explains_itself(handrail: CliRunner, command: str) -> None:
    result = run(handrail, command, "--help")
    assert result.exit_code == 0 and len(result.output) > 100
