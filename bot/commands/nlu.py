"""`handrail nlu ...`: what a sentence means, learning ahead, checking the examples, measuring."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from bot.commands.lines import texts_from
from bot.commands.settings import settings_or_stop
from bot.house import House
from nlu.asks import ASKS, ask_languages, check_asks
from nlu.embedded import AHEAD
from nlu.evaluate import Report
from nlu.examples import DATA, check_examples, languages
from nlu.intent import Recognizer, Understanding

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def nlu() -> None:
    """What learners mean."""


def recognizer_for(engine: str | None, house: House) -> Recognizer:
    """The recogniser of that name (None: of HANDRAIL_NLU), ready to be asked."""
    return {"rasa": lambda: house.rasa, "embedded": lambda: house.plain_or_embedded}[engine or house.settings.nlu]()


def as_json(u: Understanding) -> dict[str, object]:
    """The shape of Rasa's /model/parse, with the lessons beside it."""
    return {
        "text": u.text,
        "intent": {"name": u.intent, "confidence": u.confidence},
        "intent_ranking": [{"name": name, "confidence": chance} for name, chance in u.ranking],
        "entities": [{"entity": e.name, "value": e.value, "start": e.start, "end": e.end} for e in u.entities],
        "lessons": [{"id": lesson, "score": score} for lesson, score in u.lessons],
    }


@nlu.command()
@click.argument("text", required=False)
@click.option("--language", default="en", show_default=True, help="The learner's usual language.")
@click.option("--engine", type=click.Choice(["embedded", "rasa"]), default=None, help="Default: HANDRAIL_NLU.")
@click.option("--jsonl", is_flag=True, help='Read {"text": ...} lines, or bare lines, from standard input.')
def parse(text: str | None, language: str, engine: str | None, jsonl: bool) -> None:
    """Print what TEXT (or standard input) means as JSON, one object a line."""
    house = House(settings_or_stop())
    recognizer = recognizer_for(engine, house)
    lines: Iterable[str] = texts_from(sys.stdin, jsonl) if text is None else [text]
    for line in lines:
        click.echo(json.dumps(as_json(recognizer.parse(line, language)), ensure_ascii=False))


@nlu.command()
@click.option("--language", multiple=True, help="Only this language; may be given again.")
@click.option("--anew", is_flag=True, help="Also where nothing changed.")
@click.option("--ahead", is_flag=True, help="For every data folder of this machine; `make install` does it.")
def train(language: tuple[str, ...], anew: bool, ahead: bool) -> None:
    """Learn the example sentences ahead, so that the bot starts at once."""
    from rich.progress import Progress

    house = House(settings_or_stop())
    recognizer = house.embedded_in(AHEAD) if ahead else house.embedded
    usual = house.catalogue.languages() if ahead else recognizer.languages()
    with Progress() as bars:
        for code in language or usual:
            bar = bars.add_task(f"{code}", total=None)

            def moved(what: str, done: int, of: int, bar: object = bar, code: str = code) -> None:
                bars.update(bar, description=f"{code}: {what}", total=of, completed=done)  # type: ignore[arg-type]

            recognizer.prepare(code, moved, anew=anew)
            bars.update(bar, description=f"{code}: ready", total=1, completed=1)


@nlu.command()
@click.option("--language", multiple=True, help="Only this language; may be given again.")
@click.option("--data", type=FOLDER, default=DATA, help="Another folder of examples.")
@click.option("--asks", type=FOLDER, default=ASKS, help="Another folder of what learners say for each lesson.")
def check(language: tuple[str, ...], data: Path, asks: Path) -> None:
    """Check the example sentences and the asks: `file:line: what to do`. Exit 1 if anything is wrong."""
    lessons = House(settings_or_stop()).catalogue.planned
    faults = [f for code in languages(data) if code in (language or (code,)) for f in check_examples(code, data)]
    faults += [
        f for code in ask_languages(asks) if code in (language or (code,)) for f in check_asks(code, lessons, asks)
    ]
    if unknown := [code for code in language if code not in {*languages(data), *ask_languages(asks)}]:
        raise click.ClickException(
            f"there are no examples in {', '.join(unknown)}; known: {', '.join(languages(data))}"
        )
    for fault in faults:
        click.echo(str(fault))
    if faults:
        click.echo(f"{len(faults)} to mend.", err=True)
        raise SystemExit(1)
    click.echo("Every example sentence and every ask is in order.")


@nlu.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", default="en", show_default=True, help="The learner's usual language.")
@click.option("--engine", type=click.Choice(["embedded", "rasa"]), default=None, help="Default: HANDRAIL_NLU.")
@click.option("--json", "json_", is_flag=True, help="The figures as one JSON object.")
@click.option("--misses", is_flag=True, help="Also each sentence that was heard wrongly.")
@click.option(
    "--picture",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also a picture (PNG) of what was taken for what.",
)
def evaluate(file: Path, language: str, engine: str | None, json_: bool, misses: bool, picture: Path | None) -> None:
    """Measure understanding on FILE: JSON lines {"text", "intent", "also_ok": [...], "lesson": id or null}."""
    from rich.console import Console
    from rich.progress import Progress

    from nlu.evaluate import EvaluationError, read_rows
    from nlu.evaluate import evaluate as measure_all

    house = House(settings_or_stop())
    try:
        rows = read_rows(file)
    except EvaluationError as error:
        raise click.ClickException(str(error)) from None
    with Progress(console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task("Asking", total=len(rows))
        result = measure_all(rows, recognizer_for(engine, house), language, lambda: bars.advance(bar))
    if picture:
        from media.confusion import draw_confusion

        draw_confusion(result.per_intent, result.confusion).save(picture)
    if json_:
        click.echo(json.dumps(result.as_json(), ensure_ascii=False, indent=1))
    else:
        _show(result)
    if misses:
        for row, u in result.misses:
            click.echo(f"{row.intent} heard as {u.intent} ({u.confidence:.2f}): {row.text}")


def _show(result: Report) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("intent", "right", "of", "heard instead", title=f"{result.rows} sentences")
    for name, (right, of) in sorted(result.per_intent.items(), key=lambda p: p[1][0] / p[1][1]):
        wrong = sorted(((n, heard) for (is_, heard), n in result.confusion.items() if is_ == name), reverse=True)
        table.add_row(name, str(right), str(of), ", ".join(f"{heard} {n}" for n, heard in wrong[:4]))
    console = Console()
    console.print(table)
    for name, value in result.as_json().items():
        if isinstance(value, int | float):
            console.print(f"{name.replace('_', ' ')}: {value}")
