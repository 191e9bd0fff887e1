"""`handrail volunteer`: who sees the report. Each signs in by opening a one-time link."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

import click
import segno
from rich.console import Console
from rich.table import Table

from bot.centres import CentreError, Centres
from bot.channels.telegram.door import Door
from bot.channels.web_lan import lan_url
from bot.commands.settings import settings_or_stop
from bot.people import ROLES, People, PeopleError, Volunteer
from bot.settings import Settings
from bot.store import Store, StoreError

T = TypeVar("T")
NOBODY = "There are no volunteers yet. To begin: handrail volunteer add NAME --centre CENTRE"


@click.group()
def volunteer() -> None:
    """Who sees the report, in the browser and in the messenger."""


@volunteer.command("add")
@click.argument("name")
@click.option("--centre", default="home", show_default=True, help="The id of the centre.")
@click.option("--role", type=click.Choice(ROLES), default="volunteer", show_default=True)
def add(name: str, centre: str, role: str) -> None:
    """Add NAME and print the one-time link that signs this person in.

    A volunteer sees the learners of the centre, a coordinator those of all centres, a writer of lessons sees where
    lessons get difficult and nobody's name.
    """
    settings = settings_or_stop()
    _check_centre(settings, centre)
    who, token = _with_people(settings, lambda people: people.add(name, centre=centre, role=role, at=_now()))
    _print_link(settings, who, token)


@volunteer.command("link")
@click.argument("who")
def link(who: str) -> None:
    """Print a new one-time link for WHO (name or id): another phone, or the first link was not opened in time."""
    settings = settings_or_stop()

    async def errand(people: People) -> tuple[Volunteer, str]:
        found = await _find(people, who)
        return found, await people.link(found.id, at=_now())

    _print_link(settings, *_with_people(settings, errand))


@volunteer.command("list")
def list_volunteers() -> None:
    """List everybody: id, name, role, centre, on how many devices signed in."""

    async def errand(people: People) -> list[tuple[Volunteer, int]]:
        return [(v, len(await people.sign_ins(v.id, at=_now()))) for v in await people.all()]

    found = _with_people(settings_or_stop(), errand)
    if not found:
        return click.echo(NOBODY)
    table = _table("id", "name", "role", "centre", "signed in on", "")
    for who, devices in found:
        state = "has left" if who.revoked else "on duty" if who.on_duty(_now()) else ""
        table.add_row(who.id, who.name, who.role, who.centre, "" if who.revoked else _devices(devices), state)
    _print(table)


@volunteer.command("sessions")
@click.argument("who")
@click.option("--end", metavar="SESSION", help="Sign this one out. SESSION is the id in the first column.")
def sessions(who: str, end: str | None) -> None:
    """List the browsers and chats in which WHO is signed in."""

    async def errand(people: People) -> list[tuple[str, ...]]:
        found = await _find(people, who)
        if end and not await people.end_sign_in(found.id, end, at=_now()):
            raise PeopleError(f"{found.name} is not signed in by {end}. To see: handrail volunteer sessions {found.id}")
        return [
            (s.id, s.kind, s.device, f"{s.since:%Y-%m-%d %H:%M}", f"{s.seen:%Y-%m-%d %H:%M}" if s.seen else "")
            for s in await people.sign_ins(found.id, at=_now())
        ]

    rows = _with_people(settings_or_stop(), errand)
    if end:
        click.echo("Signed out.")
    if not rows:
        return click.echo("Signed in nowhere.")
    table = _table("id", "kind", "device", "since (UTC)", "last used (UTC)")
    for row in rows:
        table.add_row(*row)
    _print(table)


@volunteer.command("revoke")
@click.argument("who")
@click.option("--yes", is_flag=True, help="Do not ask.")
def revoke(who: str, yes: bool) -> None:
    """WHO leaves: every browser and chat is signed out at once. The name stays in the list of who looked."""
    settings = settings_or_stop()
    found = _with_people(settings, lambda people: _find(people, who))
    if not yes:
        click.confirm(f"Sign out {found.name} ({found.role}, {found.centre}) everywhere and for good?", abort=True)
    _with_people(settings, lambda people: people.revoke(found.id, at=_now()))
    click.echo(f"{found.name} is signed out everywhere.")


@volunteer.command("looked")
@click.option("--learner", default="", help="Of this learner alone (the whole id).")
@click.option("--most", default=50, show_default=True, help="How many, the newest first.")
def looked(learner: str, most: int) -> None:
    """Who looked at whom, who exported what, who signed in."""
    notes = _with_people(settings_or_stop(), lambda people: people.looked(learner=learner, most=most))
    if not notes:
        return click.echo("Nobody has looked at anything yet.")
    table = _table("when (UTC)", "who", "did", "learner", "what")
    for note in notes:
        table.add_row(f"{note.at:%Y-%m-%d %H:%M}", note.volunteer, note.what, note.learner, note.detail)
    _print(table)


async def _find(people: People, who: str) -> Volunteer:
    """By id, by the beginning of an id, or by name, in any letters. Raises PeopleError."""
    everybody = [v for v in await people.all() if not v.revoked]
    exact = [v for v in everybody if v.id == who or v.name.casefold() == who.casefold()]
    found = exact or [v for v in everybody if who and v.id.startswith(who)]
    if len(found) == 1:
        return found[0]
    if found:
        raise PeopleError(f"{len(found)} volunteers are called {who}. Write the id: handrail volunteer list")
    raise PeopleError(f"There is no volunteer {who}. To see them: handrail volunteer list")


def _print_link(settings: Settings, who: Volunteer, token: str) -> None:
    page = settings.public_url or lan_url(settings.port) or f"http://127.0.0.1:{settings.port}"
    page = f"{page}/report/in/{token}"
    bot = _bot_name(settings)
    chat = f"https://t.me/{bot}?start=v-{token}" if bot else ""
    click.echo(f"{who.name}, {who.role}, centre {who.centre}. Id {who.id}.")
    click.echo("This opens once, within three days, and signs in whoever opens it: give it to nobody else.")
    click.echo(f"  In the browser:   {page}")
    if not settings.public_url:
        click.echo("                    (on other devices only with `handrail run --lan` or HANDRAIL_PUBLIC_URL)")
        click.echo(f"                    on this computer: http://127.0.0.1:{settings.port}/report/in/{token}")
    if settings.telegram_bot_token.get_secret_value():
        click.echo(f"  In Telegram:      {chat or f'send the bot:  /start v-{token}'}")
    square = io.StringIO()
    segno.make(chat if chat and not settings.public_url else page, error="l").terminal(square, compact=True, border=2)
    click.echo(square.getvalue())


def _bot_name(settings: Settings) -> str:
    """The bot's name for a link; "" without a token, or where Telegram does not answer within seconds."""
    token = settings.telegram_bot_token.get_secret_value()
    if not token:
        return ""

    async def ask() -> str:
        door = Door(token, settings.telegram_api_url)
        await door.open()
        try:
            return str(await asyncio.wait_for(door.me(), 5))
        finally:
            await door.close()

    try:
        return asyncio.run(ask())
    except Exception:  # any trouble with the network: the link is shown without the name
        return ""


def _check_centre(settings: Settings, centre: str) -> None:
    try:
        known = Centres.load(settings.data / "centres").ids()
    except CentreError as error:
        raise click.ClickException(str(error)) from None
    if centre != "home" and centre not in known:
        there = ", ".join(("home", *(c for c in known if c != "home")))
        raise click.ClickException(
            f"There is no centre {centre}. There are: {there}. A new one: handrail centre new {centre} --template GB"
        )


def _with_people(settings: Settings, errand: Callable[[People], Awaitable[T]]) -> T:
    """An errand beside a Handrail that may be running."""

    async def go() -> T:
        store = Store.open(settings.data, visiting=True)
        try:
            return await errand(People(store))
        finally:
            await store.close()

    try:
        return asyncio.run(go())
    except (StoreError, PeopleError) as error:
        raise click.ClickException(str(error)) from None


def _devices(many: int) -> str:
    return {0: "nothing yet", 1: "one device"}.get(many, f"{many} devices")


def _table(*columns: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column, no_wrap=True)
    return table


def _print(table: Table) -> None:
    Console(highlight=False, width=max(100, Console().width)).print(table)


def _now() -> datetime:
    return datetime.now(UTC)
