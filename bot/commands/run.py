"""`handrail run`: the main job."""

from __future__ import annotations

import asyncio
import importlib.util
from dataclasses import dataclass

import click

from bot.channels.web_lan import lan_words
from bot.commands.settings import settings_or_stop
from bot.house import House
from bot.logs import set_up_logs
from bot.service import WEBHOOK_PATH, CannotServe, Service, open_socket
from bot.settings import Settings
from bot.store import StoreError


@click.command()
@click.option("--lan", is_flag=True, help="Also for other devices in this network; prints the address to open.")
@click.option("--shared", is_flag=True, help="A shared computer: the browser remembers nobody.")
@click.option("--host", default=None, help="Default: HANDRAIL_HOST, 127.0.0.1.")
@click.option("--port", default=None, type=click.IntRange(0, 65535), help="Default: HANDRAIL_PORT, 8080.")
def run(lan: bool, shared: bool, host: str | None, port: int | None) -> None:
    """Serve the chat page, and Telegram where TELEGRAM_BOT_TOKEN is set."""
    given: dict[str, object] = {"host": host or ("0.0.0.0" if lan else None), "port": port}
    settings = settings_or_stop(**{k: v for k, v in given.items() if v is not None})
    secrets = [settings.telegram_bot_token, settings.telegram_webhook_secret, settings.rasa_token]
    set_up_logs(settings.log, [s.get_secret_value() for s in secrets])
    try:
        bound = open_socket(settings.host, settings.port)
        asyncio.run(_serve(House(settings), bound, lan=lan, shared=shared))
    except (StoreError, CannotServe) as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        pass
    click.echo("Handrail has stopped. Nothing is lost; start it again whenever you like.")


async def _serve(house: House, bound: object, *, lan: bool, shared: bool) -> None:
    service = Service(house, bound, shared=shared)  # type: ignore[arg-type]
    port = bound.getsockname()[1]  # type: ignore[attr-defined]
    async with service.opened():
        for line in greeting(house.settings, what_is_here(house), port=port, lan=lan, shared=shared):
            click.echo(line)
        await service.serve()


@dataclass(frozen=True)
class Here:
    """What this machine can do, for the first words."""

    lessons: int
    languages: tuple[str, ...]
    faulty: int
    speaks: bool


def what_is_here(house: House) -> Here:
    catalogue = house.catalogue
    ids = {lesson.id for language in catalogue.languages() for lesson in catalogue.lessons(language)}
    faulty = {d.path for d in catalogue.diagnostics if not d.note}
    return Here(len(ids), catalogue.languages(), len(faulty), importlib.util.find_spec("espeakng_loader") is not None)


def greeting(settings: Settings, here: Here, *, port: int, lan: bool, shared: bool) -> list[str]:
    """What is served, where, how to connect Telegram, and what is missing: in words."""
    local = (
        f"http://127.0.0.1:{port}"
        if settings.host in ("127.0.0.1", "0.0.0.0", "localhost")
        else f"http://{settings.host}:{port}"
    )
    lines = ["", f"Handrail is here: {here.lessons} lessons in {', '.join(here.languages)}.", f"  Chat page:  {local}"]
    if lan:
        lines += [f"  {line}" for line in lan_words(port)]
    if shared:
        lines.append("  Shared computer: the browser remembers nobody; each learner ends with “I am finished here”.")
    if settings.telegram_bot_token.get_secret_value():
        way = (
            f"by webhook at {settings.telegram_webhook_url} (its path must be {WEBHOOK_PATH})"
            if settings.telegram_webhook_url
            else "by asking for new messages"
        )
        lines.append(f"  Telegram:   connected {way}; the log says when it answers.")
    else:
        lines.append(
            "  Telegram:   not connected. Get a token from @BotFather, then start with TELEGRAM_BOT_TOKEN=... make run"
        )
    lines.append(f"  Report:     {local}/report, for volunteers. A first one: handrail volunteer add NAME")
    lines.append(f"  Records:    {settings.data}")
    if here.faulty:
        lines.append(f"  Missing:    {here.faulty} lesson files could not be read; `handrail lessons check` says why.")
    if not here.speaks:
        lines.append("  Missing:    the offline voice (package espeakng-loader); the words are shown, not spoken.")
    return [*lines, "  Stop it with Ctrl-C.", ""]
