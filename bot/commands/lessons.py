"""`handrail lessons ...`: for those who write lessons."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

from bot.commands.findings import FORMATS, report
from bot.commands.lesson_preview import preview
from bot.commands.lesson_print import print_
from lessons.catalogue import SHIPPED, Catalogue, load, read_source, shown
from lessons.curriculum import Planned
from lessons.formatting import format_lesson
from lessons.gather import NoLesson, check_paths, meant_files
from lessons.headings import ID
from lessons.labels import Labels
from lessons.model import Lesson, Screens
from lessons.nearest import did_you_mean
from lessons.reading import read_file
from lessons.skeleton import skeleton
from lessons.stamps import read_stamps, stale_parts, stamp, write_stamps
from media.pace import estimated_seconds

PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
FOLDER = click.option(
    "--folder",
    default=SHIPPED,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Another folder of lessons than the one of Handrail.",
)


@click.group(name="lessons")
def lessons() -> None:
    """Write, check and look after lessons."""


lessons.add_command(preview)
lessons.add_command(print_)


@lessons.command()
@PATHS
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="How findings are written.")
def check(paths: tuple[Path, ...], form: str) -> None:
    """Find everything that is wrong with lessons.

    PATH is a lesson file or a folder, here or anywhere else; without one, all lessons of Handrail are checked."""
    try:
        count, findings = check_paths(paths, the_screens(), partial(estimated_seconds, pace="doing"))
    except NoLesson as error:
        raise click.UsageError(str(error)) from error
    report(findings, count, form)
    sys.exit(1 if any(not finding.note for finding in findings) else 0)


@lessons.command(name="list")
@FOLDER
@click.option("--json", "as_json", is_flag=True, help="One JSON array, for other programs.")
def list_(folder: Path, as_json: bool) -> None:
    """List every lesson, written and planned."""
    catalogue = Catalogue.load(folder)
    rows = [_row(catalogue, name) for name in _all_ids(catalogue)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        written = ", ".join(row["languages"]) or "planned"  # type: ignore[arg-type]
        click.echo(f"{row['id']:<24}{written:<12}{row['title']}")


@lessons.command()
@FOLDER
def status(folder: Path) -> None:
    """Show, for each lesson and language, what is written, stale and reviewed."""
    from rich.console import Console
    from rich.table import Table

    catalogue = Catalogue.load(folder)
    table = Table(title="Lessons")
    for heading in ("Lesson", "Language", "State", "Steps", "Stale", "Reviewed"):
        table.add_column(heading, overflow="fold")
    broken = {(source.id, source.language) for source in catalogue.sources}
    for name in _all_ids(catalogue):
        languages = sorted(language for id_, language in broken if id_ == name)
        for language in languages:
            lesson = catalogue.lesson(name, language)
            if lesson is None:
                table.add_row(name, language, "broken: lessons check", "", "", "")
            else:
                stale = _stale(catalogue, lesson)
                table.add_row(name, language, "written", str(len(lesson.steps)), stale, lesson.reviewed)
        if not languages:
            table.add_row(name, "", "planned", "", "", "")
    Console().print(table)


@lessons.command()
@PATHS
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 if something would change.")
def fmt(paths: tuple[Path, ...], only_check: bool) -> None:
    """Fill in the names of things on the screen, and space lessons alike."""
    try:
        files = meant_files(paths)
    except NoLesson as error:
        raise click.UsageError(str(error)) from error
    labels, screens = Labels.load(SHIPPED / "labels.toml"), the_screens()
    changed = [file for file in files if _format_one(file, labels, screens, only_check)]
    for file in changed:
        click.echo(f"{shown(file)}: {'would change' if only_check else 'put in order'}")
    click.echo(f"{len(files)} files looked at, {len(changed)} {'to be put' if only_check else 'put'} in order.")
    sys.exit(1 if only_check and changed else 0)


@lessons.command(name="stamp")
@click.argument("ids", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Every lesson.")
@click.option("--from", "source_language", default="en", show_default=True, help="The language translated from.")
@FOLDER
def stamp_(ids: tuple[str, ...], every: bool, source_language: str, folder: Path) -> None:
    """Note that the translations of lessons are up to date with what they were made from."""
    catalogue = Catalogue.load(folder)
    known = {id_ for id_, _ in catalogue.taught}
    names = [Path(name).parent.name if name.endswith(".md") else Path(name).name for name in ids]
    if not names and not every:
        raise click.UsageError("Say which lessons: `handrail lessons stamp connect-wifi`, or --all.")
    for name in names:
        if name not in known:
            raise click.UsageError(f"There is no lesson {name} without errors.{did_you_mean(name, known)}")
    for name in sorted(known) if every else names:
        source = catalogue.lesson(name, source_language)
        translations = [
            lesson for (id_, of), lesson in catalogue.taught.items() if id_ == name and of != source_language
        ]
        if source is None or not translations:
            continue
        file = folder / name / "made-from.toml"
        stamps = dict(read_stamps(file, shown(file))[0]) if file.is_file() else {}
        write_stamps(file, stamps | {lesson.language: stamp(source, lesson) for lesson in translations})
        click.echo(f"{shown(file)}: {', '.join(sorted(lesson.language for lesson in translations))}")


@lessons.command()
@click.argument("id")
@click.option("--language", default="en", show_default=True)
@FOLDER
def new(id: str, language: str, folder: Path) -> None:
    """Begin a new lesson: a file with everything in its place and TODO where words are missing."""
    if not ID.fullmatch(id) or id == "glossary":
        raise click.UsageError(f'"{id}" is no lesson id: small letters a to z, numbers and -.')
    catalogue = load(folder)
    if language not in catalogue.labels.languages():
        known = ", ".join(catalogue.labels.languages())
        raise click.UsageError(f"There are no labels for {language} in labels.toml yet. There are: {known}.")
    file = folder / id / f"{language}.md"
    if file.exists():
        raise click.UsageError(f"{shown(file)} is there already. It has not been touched.")
    plan = catalogue.planned.get(id, Planned(id, {}))
    file.parent.mkdir(exist_ok=True)
    file.write_text(skeleton(plan, language, datetime.now(UTC).date()), encoding="utf-8")
    click.echo(f"{shown(file)} is ready. Write it where it says TODO, then: handrail lessons check {shown(file)}")
    if id not in catalogue.planned:
        click.echo(f"{id} is not planned yet.{did_you_mean(id, catalogue.planned)}")


def the_screens() -> Screens | None:
    """The drawn screens, or None, said on the error output, where they cannot be loaded."""
    try:
        from media.screens import ScreenError, load_screens
    except ImportError:
        click.echo("The drawn screens are not installed: screens are not checked.", err=True)
        return None
    try:
        return load_screens()
    except ScreenError as error:
        click.echo(f"Screens are not checked: {error}", err=True)
        return None


def _format_one(file: Path, labels: Labels, screens: Screens | None, only_check: bool) -> bool:
    text, _ = read_file(file, shown(file))
    if text is None:
        click.echo(f"{shown(file)}: left as it is, because it is no text", err=True)
        return False
    source = read_source(file, labels)
    ordered = format_lesson(text, lesson_id=source.id, language=source.language, labels=labels, screens=screens)
    if ordered.encode() == file.read_bytes():
        return False
    if not only_check:
        file.write_bytes(ordered.encode())
    return True


def _all_ids(catalogue: Catalogue) -> list[str]:
    return list(dict.fromkeys((*catalogue.planned, *sorted(source.id for source in catalogue.sources))))


def _row(catalogue: Catalogue, name: str) -> dict[str, object]:
    plan = catalogue.planned.get(name, Planned(name, {}))
    taught = {language: lesson for (id_, language), lesson in catalogue.taught.items() if id_ == name}
    titles = {language: lesson.title for language, lesson in taught.items()}
    title = titles.get("en") or plan.title("en")
    languages = sorted(taught, key=lambda code: (code != "en", code))
    return {
        "id": name,
        "title": title,
        "titles": {**plan.titles, **titles},
        "languages": languages,
        "paths": list(plan.paths),
        "needs": list(plan.needs),
        "competences": list(plan.competences),
        "risk": plan.risk,
        "steps": {language: [step.id for step in lesson.steps] for language, lesson in taught.items()},
    }


def _stale(catalogue: Catalogue, lesson: Lesson) -> str:
    source_language, stamped = catalogue.stamps.get(lesson.id, {}).get(lesson.language, ("en", {}))
    source = catalogue.lesson(lesson.id, source_language)
    if source is None or source is lesson:
        return ""
    return ", ".join(stale_parts(source, lesson, stamped)) if stamped else "not stamped"


if __name__ == "__main__":
    lessons(prog_name="handrail lessons")
