"""What a person can type, set, meet in a report or break in a lesson has a line in docs/."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from bot.cli import COMMANDS, main
from bot.messages import EVENTS
from bot.settings import Settings
from lessons.rules import RULES

ROOT = Path(__file__).parent.parent
PAGES = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").rglob("*.md"))}
ALL = "\n".join([*PAGES.values(), (ROOT / "README.md").read_text(encoding="utf-8")])


def commands(group: click.Group, before: str = "handrail") -> list[tuple[str, click.Command]]:
    """Every command, with the words that start it."""
    found: list[tuple[str, click.Command]] = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        words = f"{before} {name}"
        found += commands(command, words) if isinstance(command, click.Group) else [(words, command)]
    return found


EVERY_COMMAND = commands(main)  # type: ignore[arg-type]


def test_there_are_commands_to_ask_about() -> None:
    assert {words.split()[1] for words, _ in EVERY_COMMAND} == set(COMMANDS)


@pytest.mark.parametrize("words", [words for words, _ in EVERY_COMMAND])
def test_every_command_is_in_the_docs(words: str) -> None:
    assert re.search(re.escape(words) + r"\b", ALL), f"`{words}` is told nowhere: add it to docs/commands.md"


@pytest.mark.parametrize("words, command", EVERY_COMMAND, ids=[words for words, _ in EVERY_COMMAND])
def test_every_command_helps(words: str, command: click.Command) -> None:
    assert command.help, f"`{words} --help` says nothing"


@pytest.mark.parametrize("name", [str(field.validation_alias) for field in Settings.model_fields.values()])
def test_every_setting_is_in_the_docs(name: str) -> None:
    assert f"`{name}`" in PAGES[ROOT / "docs" / "running.md"]


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_is_in_the_docs(event: str) -> None:
    assert f"| `{event}` |" in PAGES[ROOT / "docs" / "events.md"]


def test_every_rule_has_a_page() -> None:
    pages = {path.stem for path in PAGES if path.parent.name == "rules"} - {"README"}
    missing = {rule.name for rule in RULES} - pages
    assert not missing


def test_links_between_pages_lead_somewhere() -> None:
    for page, text in PAGES.items():
        for link in re.findall(r"\]\(([^)#\s]+\.md)[^)]*\)", re.sub(r"(?s)(`{3,}).*?\1|`[^`\n]*`", "", text)):
            assert "://" in link or (page.parent / link).exists(), f"{page.relative_to(ROOT)}: {link}"
