"""The house rule of docs/architecture.md: imports go downwards only, and each library has one door."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = ("bot", "lessons", "nlu", "media")

# Who -> the prefixes of ours that it may import. The first prefix that fits a module decides.
MAY: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("bot.cli", OURS),
    ("bot.house", OURS),
    ("bot.service", OURS),
    ("bot.commands", OURS),
    ("bot.preview", OURS),
    (
        "bot.conversation",
        ("bot.conversation", "bot.messages", "bot.safety.finding", "bot.phrases", "lessons.model", "nlu.intent"),
    ),
    ("bot.safety", ("bot.safety",)),
    ("bot.messages", ("lessons.model",)),
    ("bot.phrases", ("bot.phrases",)),
    ("bot.centres", ("bot.messages",)),
    ("bot.settings", ()),
    ("bot.tutor", ("bot.conversation", "bot.safety", "bot.messages", "bot.store", "nlu", "media")),
    (
        "bot.planner",
        ("bot.centres", "bot.conversation", "bot.safety", "bot.messages", "bot.store", "nlu", "media", "bot.tutor"),
    ),
    ("bot.reception", ("bot.messages", "bot.store", "bot.safety", "bot.tutor", "bot.faults", "bot.lanes")),
    ("bot.delivery", ("bot.delivery", "bot.messages", "bot.store", "bot.faults", "bot.lanes")),
    ("bot.lanes", ()),
    ("bot.places", ("bot.centres", "bot.conversation", "bot.phrases", "lessons.catalogue")),
    ("bot.measures", ("bot.reception",)),
    ("bot.faults", ()),
    ("bot.reporting", OURS),
    (
        "bot.report_desk",
        ("bot.messages", "bot.store", "bot.people", "bot.report", "bot.centres", "bot.planner", "bot.phrases"),
    ),
    (
        "bot.channels.report",
        (
            "bot.classes",
            "lessons.model",
            "bot.channels",
            "bot.messages",
            "bot.store",
            "bot.people",
            "bot.report",
            "bot.phrases",
            "bot.faults",
        ),
    ),
    (
        "bot.channels",
        (
            "bot.channels",
            "bot.messages",
            "bot.store",
            "bot.reception",
            "bot.delivery",
            "bot.phrases",
            "bot.faults",
            "lessons.model",
        ),
    ),
    ("bot.store", ("bot.store", "bot.messages")),
    (
        "bot.classes",
        (
            "bot.classes",
            "bot.messages",
            "bot.store",
            "bot.people",
            "bot.conversation",
            "bot.phrases",
            "lessons.model",
        ),
    ),
    ("bot.people", ("bot.people", "bot.messages", "bot.store", "bot.phrases", "bot.conversation.waking")),
    ("bot.report", ("bot.report", "bot.phrases")),
    ("media", ("media", "lessons.model")),
    ("lessons", ("lessons",)),
    ("nlu.rasa.build", ("nlu", "lessons.catalogue", "lessons.model")),
    ("nlu", ("nlu",)),
)

# Library -> the one place that knows it.
DOORS = {
    "telegram": "bot/channels/telegram",
    "sqlite_utils": "bot/store/",
    "gtts": "media/voice",
    "PIL": "media/",
    "fpdf": ("media/", "bot/report/paper"),
    "xlsxwriter": "bot/report/",
    "cryptography": "bot/report/",
    "starlette": ("bot/channels/", "bot/preview/", "bot/reporting.py"),
    "uvicorn": "bot/",
    "markdown_it": "lessons/",
    "textstat": "lessons/",
    "stdnum": "bot/safety/",
    "soundfile": "media/",
    "soxr": "media/",
    "espeakng_loader": "media/",
    "onnxruntime": "media/",
    "piper": "media/",
}


def _modules() -> list[Path]:
    return sorted(p for top in OURS for p in (ROOT / top).rglob("*.py"))


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = path.relative_to(ROOT).parts[: -node.level] if node.level else ()
            yield node.lineno, ".".join([*package, *([node.module] if node.module else [])])


def _name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _within(module: str, prefix: str) -> bool:
    return module == prefix or module.startswith(prefix + ".")


def forbidden(module: str, imported: str) -> bool:
    """Whether `module` of ours may not import `imported` of ours."""
    allowed = next((may for who, may in MAY if _within(module, who)), ())
    return not any(_within(imported, prefix) for prefix in allowed)


def test_imports_go_downwards() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {_name(path)} must not import {imported}"
        for path in _modules()
        for line, imported in _imports(path)
        if imported.split(".")[0] in OURS and imported not in OURS and forbidden(_name(path), imported)
    ]
    assert not wrong, "\n".join(wrong)


def test_each_library_has_one_door() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {imported} belongs behind {DOORS[imported.split('.')[0]]}"
        for path in _modules()
        for line, imported in _imports(path)
        if (door := DOORS.get(imported.split(".")[0])) and not str(path.relative_to(ROOT)).startswith(door)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("bot.conversation.meeting", "bot.store.store"),
        ("lessons.parser", "media.screens"),
        ("media.voice", "bot.messages"),
    ],
)
def test_the_rule_would_notice(module: str, imported: str) -> None:
    assert forbidden(module, imported)
