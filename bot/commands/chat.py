"""`handrail chat`: the same tutor in the terminal."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.channels import console
from bot.commands.settings import settings_or_stop
from bot.house import House
from bot.logs import set_up_logs
from bot.messages import Message, Turn
from bot.reception import Reception
from bot.safety import look
from bot.settings import Settings
from bot.store import Address, Incoming, Parcel, Store, StoreError
from lessons.model import MAKERS, SYSTEMS

# A fixed morning for scripts, so that the same script always prints the same.
SCRIPT_BEGINS = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
PHONES = {
    **{system: (system, "") for system in SYSTEMS},
    **{maker: (system, maker) for maker, system in MAKERS.items()},
}


@click.command()
@click.option("--language", default="en", show_default=True, help="The learner's language.")
@click.option(
    "--system", type=click.Choice(sorted(PHONES)), default=None, help="The phone, as if it had been said already."
)
@click.option(
    "--script",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Play the lines of this file (docs/conversation.md).",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--keep", is_flag=True, help="Keep what is learned in the data folder; else it is thrown away.")
@click.option("--centre", default="home", show_default=True, help="The centre that sent the learner.")
def chat(language: str, system: str | None, script: Path | None, as_json: bool, keep: bool, centre: str) -> None:
    """Talk to Handrail here. Ctrl-D ends it."""
    settings = settings_or_stop()
    set_up_logs("error" if settings.log == "info" else settings.log)
    text = _read(script) if script else None
    with tempfile.TemporaryDirectory(prefix="handrail-") as thrown_away:
        folder = settings.data if keep else Path(thrown_away)
        try:
            asyncio.run(_talk(settings, folder, language, system, text, as_json, centre))
        except (console.ScriptError, StoreError) as error:
            raise click.ClickException(str(error)) from None


def _read(script: Path) -> str:
    try:
        return script.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise click.ClickException(f"{script} is not a text in UTF-8. Save it again as UTF-8.") from None


async def _talk(
    settings: Settings, folder: Path, language: str, system: str | None, script: str | None, as_json: bool, centre: str
) -> None:
    house = House(settings)
    if language not in house.catalogue.languages():
        known = ", ".join(house.catalogue.languages())
        raise click.ClickException(f"There are no lessons in {language!r} yet. There are: {known}.")
    store = Store.open(folder)
    terminal = _Terminal(house, store, language, system, centre)
    try:
        if script is not None:
            await console.play_script(
                terminal.send, script, at=SCRIPT_BEGINS, out=click.echo, as_json=as_json, language=language
            )
        else:
            await console.chat(terminal.send, now=lambda: datetime.now(UTC), language=language, as_json=as_json)
    finally:
        await terminal.reception.close()
        await store.close()


class _Terminal:
    """One learner at the keyboard, through the same reception, tutor and store as everybody."""

    def __init__(self, house: House, store: Store, language: str, system: str | None, centre: str) -> None:
        self._house, self._store, self._language, self._system, self._centre = house, store, language, system, centre
        self._at = datetime.now(UTC)
        self._address = Address(console.CHANNEL, "", console.CHANNEL)
        self._run = f"{self._at.timestamp():.6f}"
        self.reception = Reception(
            house.tutor(store), store, _sent_nowhere, look=look, sorry=house.sorry, clock=lambda: self._at
        )

    async def send(self, message: Message) -> Sequence[Parcel]:
        self._at = message.at
        await self._introduce()
        start = message.start or (f"c-{self._centre}" if self._centre != "home" and message.first else "")
        heard = replace(message, locale=self._language, start=start)
        parcels = await self.reception.answer(Incoming(f"{self._run}-{message.id}", self._address, heard))
        for parcel in parcels:
            await self._store.mark_sent(parcel.id, self._at)
        return parcels

    async def _introduce(self) -> None:
        """The learner as the options describe them, before the first word."""
        chat = await self._store.chat_of(self._address)
        learner = await self._store.learner_of(chat)
        if await self._store.load(learner) is not None:
            return
        session = self._house.conversation.new_session(
            learner, language=self._language, centre=self._centre, channel=console.CHANNEL, at=self._at
        )
        if self._system:
            system, maker = PHONES[self._system]
            session = replace(session, system=system, maker=maker)
        await self._store.save(Turn(session), chat=chat, at=self._at)


async def _sent_nowhere(parcels: list[Parcel]) -> None:
    """The terminal shows what `answer` gives."""
