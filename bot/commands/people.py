"""`handrail learner`: what is kept of a person, and forgetting it. `handrail centre`: a centre's own file."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import click
from rich.console import Console
from rich.table import Table

from bot.centres import CentreError, from_template, read, templates
from bot.commands.settings import settings_or_stop
from bot.store import DATABASE, Store, StoreError

T = TypeVar("T")
EMPTY = "Nobody has learned here yet. To begin: handrail run"


@click.group()
def learner() -> None:
    """Show, export or forget what is kept of a learner."""


@learner.command("list")
@click.option("--names", is_flag=True, help="Show the names of those who said that volunteers may see them.")
def list_learners(names: bool) -> None:
    """List everybody, by opaque id, with centre and when they were last here."""
    rows = _everybody()
    if not rows:
        return click.echo(EMPTY)
    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in ("learner", "name", "centre", "lessons", "remembered", "last here (UTC)"):
        table.add_column(column, no_wrap=True)
    for row in rows:
        shown = row["name"] if names and row["volunteers"] == "yes" else ""
        remembered = {"yes": "yes", "no": "refused"}.get(row["remember"], "not asked yet")
        cells = (row["id"], shown or "", row["centre"], str(row["lessons"]), remembered, row["seen_at"][:16])
        table.add_row(*cells)
    Console(highlight=False, width=max(100, Console().width)).print(table)


@learner.command("show")
@click.argument("id")
def show(id: str) -> None:
    """Say in words what is kept of learner ID (the first letters of the id are enough)."""
    kept = _with_store(lambda store, whole: store.export(whole), id)
    place, lessons = kept["place"], kept["progress"]
    consents = place.get("consents", {})
    click.echo(f"Learner {kept['learner']['id']}, centre {kept['learner']['centre']}")
    click.echo(f"  First here {kept['learner']['made_at'][:10]}, last {kept['learner']['seen_at'][:10]}.")
    click.echo(f"  Language {place.get('language', 'not known')}; phone {place.get('system') or 'not known'}.")
    for purpose in ("remember", "volunteers", "reminders"):
        click.echo(f"  Leave ({purpose}): {consents.get(purpose) or 'not asked yet'}.")
    for row in lessons:
        click.echo(f"  {row['lesson']}: {row['status'].replace('_', ' ')}, steps done: {len(row['steps_done'])}.")
    counts = {"events": "events", "plans": "plans", "calls": "calls for a person", "waiting_to_be_sent": "unsent"}
    click.echo("  Also kept: " + ", ".join(f"{word}: {len(kept[key])}" for key, word in counts.items()) + ".")
    click.echo("  All of it, as a file: handrail learner export " + kept["learner"]["id"])


@learner.command("export")
@click.argument("id")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
def export(id: str, output: Path | None) -> None:
    """Write all that is kept of learner ID as JSON."""
    text = json.dumps(_with_store(lambda store, whole: store.export(whole), id), ensure_ascii=False, indent=2) + "\n"
    if output is None:
        return click.echo(text, nl=False)
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}.") from None
    click.echo(f"Written to {output}. It is about one person: give it to nobody else.")


@learner.command("forget")
@click.argument("id")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(id: str, yes: bool) -> None:
    """Delete everything about learner ID, at once, also while Handrail runs."""
    whole = _whole_id(id)
    if not yes:
        click.confirm(f"Delete everything about learner {whole}? This cannot be undone.", abort=True)
    _with_store(lambda store, found: store.erase(found), whole)
    click.echo(f"Everything about learner {whole} is deleted. Backups that you made yourself still hold it.")


@learner.command("helped")
@click.argument("id")
def helped(id: str) -> None:
    """Note that a person has helped learner ID: they leave the list of those who need one."""
    _with_store(lambda store, whole: store.helped(whole), id)
    click.echo("Noted. Thank you for helping.")


@click.group()
def centre() -> None:
    """A centre's own file: telephone, opening hours, waking hours, emergency numbers."""


@centre.command("new")
@click.argument("id")
@click.option("--template", "country", required=True, type=click.Choice(templates(), case_sensitive=False))
def new(id: str, country: str) -> None:
    """Begin a centre's file from the template of its country. ID `home` is for all who have no centre."""
    try:
        text = from_template(id, country)
    except CentreError as error:
        raise click.ClickException(str(error)) from None
    path = settings_or_stop().data / "centres" / f"{id}.toml"
    if path.exists():
        raise click.ClickException(f"{path} is there already. Change that file, or choose another id.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from None
    click.echo(f"{path}\nWrite the centre's name, telephone and hours into it, then: handrail centre check")


@centre.command("check")
def check() -> None:
    """Check every centre's file; says file and line of what is wrong."""
    folder = settings_or_stop().data / "centres"
    paths = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    if not paths:
        return click.echo(f"No centre has a file in {folder}. To begin one: handrail centre new ID --template GB")
    wrong = 0
    for path in paths:
        try:
            found = read(path)
            click.echo(f"{path}: {found.name}, {found.country}, {found.timezone}: good")
        except CentreError as error:
            wrong += 1
            click.echo(str(error))
    if wrong:
        raise SystemExit(1)


def _everybody() -> list[sqlite3.Row]:
    database = settings_or_stop().data / DATABASE
    if not database.exists():
        return []
    try:
        connection = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        return connection.execute(
            "select l.*, json_extract(s.session, '$.name') as name, "
            "(select count(*) from progress p where p.learner = l.id) as lessons "
            "from learners l left join sessions s on s.learner = l.id order by l.centre, l.seen_at desc"
        ).fetchall()
    except sqlite3.Error as error:
        raise click.ClickException(f"{database} cannot be read: {error}.") from None


def _whole_id(start: str) -> str:
    """The one learner whose id begins so."""
    fitting = [row["id"] for row in _everybody() if row["id"].startswith(start)]
    if len(fitting) == 1:
        return str(fitting[0])
    if fitting:
        raise click.ClickException(f"{len(fitting)} learners' ids begin with {start}. Write more of it.")
    raise click.ClickException(f"No learner's id begins with {start}. To see them: handrail learner list")


def _with_store(errand: Callable[[Store, str], Awaitable[T]], start: str) -> T:
    """An errand beside a Handrail that may be running."""
    whole = _whole_id(start)

    async def go() -> T:
        store = Store.open(settings_or_stop().data, visiting=True)
        try:
            return await errand(store, whole)
        finally:
            await store.close()

    try:
        return asyncio.run(go())
    except StoreError as error:
        raise click.ClickException(str(error)) from None
