"""`handrail badge`: checking a badge, without a network."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.settings import settings_or_stop
from bot.report.badge import KEY_FILE, BadgeError, did_of, signing_key
from bot.report.badge import check as look


@click.group()
def badge() -> None:
    """Badges that learners took along."""


@badge.command("check")
@click.argument("picture", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--key", default="", help="The issuer's key that the centre told you; a badge by anybody else is refused."
)
def check(picture: Path, key: str) -> None:
    """Say who learned what, and whether the badge in PICTURE is unchanged."""
    try:
        found = look(picture.read_bytes())
    except BadgeError as error:
        raise click.ClickException(str(error)) from None
    if key and key != found.key:
        raise click.ClickException(f"This badge was signed by another: {found.key}")
    click.echo(f"{found.name}: {found.title}. {found.issuer}, {found.at[:10]}. Unchanged since it was signed.")
    if not key:
        click.echo(f"Signed by {found.key}. Compare this with the key that the centre tells you.")


@badge.command("key")
def key() -> None:
    """Print the key with which this Handrail's badges are checked."""
    folder = settings_or_stop().data
    if not (folder / KEY_FILE).exists():
        raise click.ClickException("No badge was made here yet; the key is made with the first.")
    click.echo(did_of(signing_key(folder).public_key()))
