"""docs/privacy.md says what the database really holds."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

from bot.messages import EVENTS
from bot.store import Store
from bot.store.kept import KEPT, with_table

DOCS = Path(__file__).parents[2] / "docs"


def test_every_table_and_column_is_in_the_list(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    with sqlite3.connect(store.path) as db:
        names = [row[0] for row in db.execute("select name from sqlite_master where type = 'table'")]
        real = {
            name: {row[1] for row in db.execute(f"pragma table_info({name})")}
            for name in names
            if not name.startswith(("sqlite_", "_sqlite_"))
        }
    asyncio.run(store.close())
    assert {name: set(kept.columns.split()) for name, kept in KEPT.items()} == real


def test_the_page_says_the_list() -> None:
    page = (DOCS / "privacy.md").read_text(encoding="utf-8")
    assert "| `learners` |" in page
    assert with_table(page) == page, "run: python -m bot.store.kept docs/privacy.md"


def test_the_messengers_id_stands_in_one_table_alone() -> None:
    assert [name for name, kept in KEPT.items() if "messenger_id" in kept.columns.split()] == ["addresses"]


def test_every_event_has_its_meaning_in_the_docs() -> None:
    page = (DOCS / "events.md").read_text(encoding="utf-8")
    named = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    assert sorted(named) == sorted(EVENTS)
