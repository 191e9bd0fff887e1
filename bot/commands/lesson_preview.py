"""`handrail lessons preview`: a page on this computer that shows a lesson while it is written."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import click

from bot.commands.settings import settings_or_stop
from bot.preview.desk import Desk, Now
from bot.preview.page import make_app
from bot.service import CannotServe, open_socket
from lessons.catalogue import SHIPPED
from lessons.nearest import did_you_mean
from media.screens import ScreenError
from media.studio import Studio


@click.command()
@click.argument("id", required=False)
@click.option("--port", type=click.IntRange(0, 65535), default=8090, show_default=True, help="0: any that is free.")
@click.option(
    "--folder",
    default=SHIPPED,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Another folder of lessons than the one of Handrail.",
)
def preview(id: str | None, port: int, folder: Path) -> None:
    """Show a lesson (ID), or all of them, on a page that follows your files as you save them.

    Words, picture and voice of each step on every phone and in every language, hints, ways back, and what
    `handrail lessons check` finds, beside the step. Only this computer can open the page."""
    settings = settings_or_stop()
    try:
        desk = Desk(folder)
    except ScreenError as error:
        raise click.ClickException(str(error)) from None
    where = ""
    if id:
        languages = desk.languages(id)
        if not languages:
            known = {source.id for source in desk.now.catalogue.sources}
            raise click.UsageError(
                f"There is no lesson {id} yet.{did_you_mean(id, known)} `handrail lessons new {id}` begins it."
            )
        where = f"lesson/{id}/{languages[0]}"

    def studio(now: Now) -> Studio:
        return Studio(settings.data / "media", now.screens, folder, settings.voices)

    try:
        bound = open_socket("127.0.0.1", port)
    except CannotServe as error:
        raise click.ClickException(str(error).replace("HANDRAIL_PORT=8081", "--port 8091")) from None
    click.echo(f"Open http://127.0.0.1:{bound.getsockname()[1]}/{where}\nIt follows your files. Stop it with Ctrl-C.")
    import uvicorn

    config = uvicorn.Config(
        make_app(desk, studio), log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=2
    )
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(uvicorn.Server(config).serve(sockets=[bound]))
