"""`handrail report`: who needs a person today, and why; or every learner and lesson as a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.commands.settings import settings_or_stop
from bot.phrases.words import best_language, languages
from bot.report import LessonFacts, Lessons, Line, Report, ReportError, as_csv, as_json, as_statements, as_text, lines
from bot.report import report as look
from bot.report.pages import as_page
from bot.report.paper import as_pdf
from bot.report.screens import other_screens, screens_as_text
from bot.report.table_file import FileCreateError, write_xlsx
from bot.report.words import words_in
from bot.store import DATABASE
from lessons.catalogue import Catalogue
from lessons.model import SYSTEMS, text_of

SHIPPED = Path(__file__).parents[2] / "lessons"


FORMATS = ("text", "csv", "json", "html", "xlsx", "pdf", "xapi")


@click.command()
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option("--names", is_flag=True, help="Show the names of those who said that volunteers may see them.")
@click.option(
    "--language", type=click.Choice(languages()), help="What it is written in. Default: that of the terminal."
)
@click.option("--screens", is_flag=True, help="Show which screens look different, on which phones, instead.")
def report(form: str, output: Path | None, names: bool, language: str | None, screens: bool) -> None:
    """Show who needs a person today, who is resting, and good news; or write all as a file.

    csv, json, xlsx and xapi hold every learner and lesson; pdf holds the first screen, html both.
    """
    settings = settings_or_stop()
    database = settings.data / DATABASE
    now = datetime.now(UTC).astimezone()
    facts = lesson_facts(Catalogue.load(SHIPPED))
    language = language or best_language(os.environ.get("LC_ALL") or os.environ.get("LANG", ""))
    words = words_in(language)

    def rows() -> Iterator[Line]:
        return lines(database, facts, names=names and form != "xapi", at=now)

    def first() -> Report:
        return look(database, facts, names=names, at=now, language=language)

    try:
        if screens:
            return _write([screens_as_text(other_screens(database, facts, language=language), words)], output)
        if form not in ("text", "html", "pdf") and not database.exists():
            click.echo(words("files.nobody_yet"), err=True)
        if form == "text":
            colour = output is None and sys.stdout.isatty()
            _write([as_text(first(), colour=colour, language=language)], output)
        elif form == "csv":
            _write(as_csv(line.row for line in rows()), output)
        elif form == "json":
            _write(as_json(line.row for line in rows()), output)
        elif form == "xapi":
            _write(as_statements(rows(), home=settings.public_url), output)
        elif form == "html":
            _write(as_page(first(), rows(), at=now, place=words("who.all_centres"), language=language), output)
        elif form == "pdf":
            _write([as_pdf(first(), words("who.all_centres"), language=language)], output)
        else:
            _xlsx(rows(), output, now, language)
    except ReportError as error:
        raise click.ClickException(str(error)) from None


def _xlsx(rows: Iterable[Line], output: Path | None, now: datetime, language: str) -> None:
    if output is None:
        raise click.ClickException("A spreadsheet needs a file: handrail report --format xlsx --output report.xlsx")
    try:
        write_xlsx((line.row for line in rows), output, made=now, language=language)
    except (OSError, FileCreateError) as error:
        raise click.ClickException(f"{output} cannot be written: {error}.") from None
    click.echo(f"Written to {output}.", err=True)


def _write(parts: Iterable[str | bytes], output: Path | None) -> None:
    """Piece by piece: a large programme does not fit into memory."""
    encoded: Iterator[bytes] = (part if isinstance(part, bytes) else part.encode("utf-8", "replace") for part in parts)
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
                versions=(*before.versions, lesson.version),
            )
    return facts


def lesson_paths(catalogue: Catalogue) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Path id -> (what it is called in English, its lesson ids in order)."""
    return {
        path: (catalogue.path_titles.get(path, {}).get("en", path), tuple(lessons))
        for path, lessons in catalogue.paths.items()
    }
