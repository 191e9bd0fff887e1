"""`handrail backup` and `handrail restore`."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.settings import settings_or_stop
from bot.store import StoreError
from bot.store.backups import back_up, put_back


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write everything that cannot be made again to FILE, also while Handrail runs.

    That is the database, the centres and the keys of badges. Keep it as carefully as the data folder: it holds the same.
    """
    settings = settings_or_stop()
    try:
        size = back_up(settings.data, file)
    except StoreError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{file}: {size / 1000:.0f} kB. Put it back with: handrail restore {file}")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Take the place of the database that is there (it is kept beside).")
def restore(file: Path, replace: bool) -> None:
    """Put back a backup. Handrail must not be running."""
    settings = settings_or_stop()
    try:
        aside = put_back(file, settings.data, replace=replace)
    except StoreError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{settings.data}: put back. Whoever was forgotten since then stays forgotten.")
    if aside:
        click.echo(f"What was there before is kept as {aside}. Delete it once all is well: it holds people's records.")
