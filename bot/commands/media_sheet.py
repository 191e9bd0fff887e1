"""`handrail media sheet`: every drawn picture on one page."""

from __future__ import annotations

from pathlib import Path

import click

from media.screens import ScreenError
from media.sheet import write_sheet


@click.command("sheet")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--screen", default="", help="Only this screen (a file in media/screens).")
@click.option("--language", default="", help="Only phones in this language.")
@click.option("--maker", default="", help="Only phones of this maker.")
@click.option("--crop", is_flag=True, help="The part round the ring, as Telegram shows it.")
@click.option("--dark", is_flag=True, help="Phones in dark mode.")
def sheet(out: Path, screen: str, language: str, maker: str, crop: bool, dark: bool) -> None:
    """Draw every picture on one contact sheet, OUT (a PNG)."""
    try:
        count = write_sheet(out, screen=screen, language=language, maker=maker, crop=crop, dark=dark)
    except ScreenError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{count} pictures in {out}")
