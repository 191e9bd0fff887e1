"""`handrail report`: who needs a person today, and why; or every learner and lesson as a file."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.commands.settings import settings_or_stop
from bot.report import LessonFacts, Lessons, ReportError, as_csv, as_json, as_text, lines
from bot.report import report as look
from bot.store import DATABASE
from lessons.catalogue import Catalogue
from lessons.model import SYSTEMS, text_of

SHIPPED = Path(__file__).parents[2] / "lessons"


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option("--names", is_flag=True, help="Show the names of those who said that volunteers may see them.")
def report(form: str, output: Path | None, names: bool) -> None:
    """Show who needs a person today, who is resting, and good news; or write all as a file."""
    database = settings_or_stop().data / DATABASE
    now = datetime.now(UTC).astimezone()
    facts = lesson_facts(Catalogue.load(SHIPPED))
    try:
        if form == "text":
            colour = output is None and sys.stdout.isatty()
            parts: Iterable[str] = [as_text(look(database, facts, names=names, at=now), colour=colour)]
        else:
            rows = (line.row for line in lines(database, facts, names=names, at=now))
            parts = as_csv(rows) if form == "csv" else as_json(rows)
            if not database.exists():
                click.echo("Nobody has learned here yet. To begin: handrail run", err=True)
        _write(parts, output)
    except ReportError as error:
        raise click.ClickException(str(error)) from None


def _write(parts: Iterable[str], output: Path | None) -> None:
    """Piece by piece: a large programme does not fit into memory."""
    encoded: Iterator[bytes] = (part.encode("utf-8", "replace") for part in parts)
    if output is None:
        stream = sys.stdout.buffer
        for piece in encoded:
            stream.write(piece)
        stream.flush()
        return
    try:
        with output.open("wb") as file:
            file.writelines(encoded)
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}.") from None
    click.echo(f"Written to {output}.", err=True)


def lesson_facts(catalogue: Catalogue) -> Lessons:
    """What the report needs of every lesson, written or planned."""
    facts: dict[str, LessonFacts] = {}
    for language in catalogue.languages():
        for lesson in catalogue.lessons(language):
            before = facts.get(lesson.id, LessonFacts())
            steps = {step.id: step.title for step in lesson.steps}
            totals = {system: len(lesson.steps_for(system)) for system in SYSTEMS}
            facts[lesson.id] = LessonFacts(
                titles={**before.titles, language: lesson.title},
                totals=before.totals or {"": len(lesson.steps), **totals},
                competences=before.competences or lesson.competences,
                steps={**before.steps, language: steps},
                goals={**before.goals, language: text_of(lesson.goal)},
            )
    return facts


def lesson_paths(catalogue: Catalogue) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Path id -> (what it is called in English, its lesson ids in order)."""
    return {
        path: (catalogue.path_titles.get(path, {}).get("en", path), tuple(lessons))
        for path, lessons in catalogue.paths.items()
    }
