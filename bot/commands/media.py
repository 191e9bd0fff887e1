"""`handrail media ...`: pictures and voices made ahead, looked over, and cleared away."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from bot.commands.media_sheet import sheet
from bot.commands.media_voices import voices
from bot.commands.settings import settings_or_stop
from bot.house import LESSONS, House
from lessons.model import MAKERS
from media import reading
from media.build import Built, Estimate, LessonMedia, Status, build, estimate, kept_files, status
from media.studio import Studio, voice_folder
from media.voice import in_words

OWN = "_handrail"  # the tutor's own sentences; no lesson can be called so

language_option = click.option("--language", help="Only this language, such as en or zh.")
lesson_option = click.option("--lesson", help="Only this lesson, such as send-photo.")


@click.group()
def media() -> None:
    """Pictures and voices, made ahead so that no learner waits for one."""


media.add_command(voices)


@media.command("build")
@language_option
@lesson_option
def build_command(language: str | None, lesson: str | None) -> None:
    """Make every picture and voice that is missing or stale. Stop it with Ctrl-C and go on whenever you like."""
    house = House(settings_or_stop())
    wanted = everything(house, language, lesson)
    console = Console()
    with studio_of(house) as studio:
        for line in in_words(house.settings.voices, voice_folder(studio.cache.folder)):
            console.print(f"Voice {line}", highlight=False, soft_wrap=True)
        ahead = estimate(wanted, studio)
        console.print(estimate_in_words(ahead), highlight=False, soft_wrap=True)
        try:
            built = asyncio.run(_build(wanted, studio, ahead, console))
        except KeyboardInterrupt:
            console.print("Stopped. What is made stays; the same command goes on from here.")
            sys.exit(130)
    for line in built_in_words(built):
        console.print(line, highlight=False, soft_wrap=True)
    sys.exit(1 if built.undrawn or built.silent else 0)


async def _build(wanted: list[LessonMedia], studio: Studio, ahead: Estimate, console: Console) -> Built:
    with Progress(
        TextColumn("{task.description:<9}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console
    ) as progress:
        bars = {
            "pictures": progress.add_task("Pictures", total=ahead.pictures),
            "voices": progress.add_task("Voices", total=sum(len(one.lines) for one in wanted)),
        }
        try:
            return await build(wanted, studio, lambda what, more: progress.advance(bars[what], more))
        finally:
            await studio.close()


@media.command("status")
@language_option
@lesson_option
@click.option("--lines", is_flag=True, help="Also name each line whose voice is missing or stale.")
def status_command(language: str | None, lesson: str | None, lines: bool) -> None:
    """Say which lessons have pictures and a voice, and which voices are stale. Exit 1 if anything is to be made."""
    house = House(settings_or_stop())
    with studio_of(house) as studio:
        found = status(everything(house, language, lesson), studio)
    Console().print(as_table(found))
    for one in found if lines else ():
        for line in one.stale:
            click.echo(f"{one.lesson} {one.language}: {line}")
    if not all(one.complete for one in found):
        click.echo("`handrail media build` makes what is missing.")
        sys.exit(1)


@media.command("prune")
@click.option("--max-mb", type=click.IntRange(0), default=500, show_default=True, help="How much may stay.")
@click.option("--max-days", type=click.FloatRange(0), default=None, help="Take also what was not used for so long.")
def prune_command(max_mb: int, max_days: float | None) -> None:
    """Clear away the pictures and voices that were longest unused. The lessons' own voices stay."""
    house = House(settings_or_stop())
    with studio_of(house) as studio:
        deleted, left = studio.cache.prune(max_mb * 1_000_000, keep=kept_files(studio), max_age_days=max_days)
    click.echo(f"{deleted} files cleared away; {left / 1e6:.0f} MB are left.")


@media.command("check-reading")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check_reading(paths: tuple[Path, ...]) -> None:
    """Check the lists of how things are read aloud (PATHS, or all of media/reading). Exit 1 if one is wrong."""
    problems = [p for path in paths or sorted(reading.FOLDER.glob("*.toml")) for p in reading.check(path)]
    for problem in problems:
        click.echo(problem)
    sys.exit(1 if problems else 0)


media.add_command(sheet)


# --- what the commands share ----------------------------------------------------------------------------


@contextmanager
def studio_of(house: House) -> Iterator[Studio]:
    studio = Studio(house.settings.data / "media", house.screens, LESSONS, house.settings.voices, workers=2)
    try:
        yield studio
    finally:
        asyncio.run(studio.close())


def everything(house: House, language: str | None = None, lesson: str | None = None) -> list[LessonMedia]:
    """All that lessons may say and show, on every phone that they are for; first the tutor's own sentences."""
    catalogue, conversation = house.catalogue, house.conversation
    languages = [one for one in catalogue.languages() if language in (None, one)]
    wanted = [LessonMedia.of(OWN, one, conversation.own_lines(one)) for one in languages if lesson is None]
    for one in languages:
        for found in catalogue.lessons(one):
            if lesson not in (None, found.id):
                continue
            phones = [(s, m) for s in found.systems for m in ("", *(m for m, of in MAKERS.items() if of == s))]
            lines = [line for system, maker in phones for line in conversation.spoken_lines(found, system, maker)]
            pictures = [p for system, maker in phones for p in conversation.pictures(found, system, maker, one)]
            wanted.append(LessonMedia.of(found.id, one, lines, pictures))
    if not wanted:
        raise click.UsageError(
            f"There is no lesson {lesson or ''} in {language or 'any language'}. `handrail lessons list` shows them all."
        )
    return wanted


def estimate_in_words(ahead: Estimate) -> str:
    if not ahead.pictures and not ahead.clips:
        return "Every picture and voice is there already."
    words = (
        f"To make: {ahead.pictures} pictures, {ahead.clips} spoken lines ({ahead.seconds / 60:.1f} min of speech), "
        f"about {max(1, ahead.bytes / 1e6):.0f} MB."
    )
    if ahead.requests:
        words += (
            f" Google's service is asked {ahead.requests} times, about once a second: some {ahead.requests / 60:.0f} min. "
            "It reads these texts; HANDRAIL_VOICE=espeak keeps them here."
        )
    if ahead.slow:
        words += (
            f" The neural voice needs about as long as it speaks: some {max(1, ahead.slow / 60):.0f} min on two cores."
        )
    return words


def built_in_words(built: Built) -> list[str]:
    engines = sorted(set(built.engines.values()))
    said = [f"{list(built.engines.values()).count(name)} spoken by {name}." for name in engines]
    if built.lesser:
        said.append(
            f"{len(built.lesser)} of them have a lesser voice for now, because a better one did not answer. "
            "Run the same command again later; each is replaced as a whole."
        )
    if built.silent:
        said.append(
            "No voice for " + ", ".join(f"{x} ({y})" for x, y in built.silent) + ". `handrail doctor` says why."
        )
    if built.undrawn:
        said.append(f"{len(built.undrawn)} pictures could not be drawn; the lines above say why.")
    return said or ["Nothing was left to speak."]


def as_table(found: list[Status]) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("Lesson", "Language", "Voice", "Spoken", "Stale", "Pictures"):
        table.add_column(heading, justify="right" if heading in ("Spoken", "Stale", "Pictures") else "left")
    for one in found:
        name = "(own words)" if one.lesson == OWN else one.lesson
        voice = (one.engine or "none yet") + (" (lesser)" if one.lesser else "")
        spoken = f"{one.lines - len(one.stale)}/{one.lines}"
        drawn = f"{one.pictures - one.undrawn}/{one.pictures}"
        table.add_row(name, one.language, voice, spoken, str(len(one.stale)), drawn)
    return table
