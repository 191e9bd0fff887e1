"""`handrail lessons print`: a lesson as an A4 card in large print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import click

from bot.channels.web_words import LABELS, LabelError, Labels
from bot.commands.settings import settings_or_stop
from bot.conversation.words import Namer, paragraphs, plainly
from bot.house import LESSONS, House
from bot.messages import Centre
from bot.phrases import Phrases
from lessons.catalogue import Catalogue
from lessons.model import MAKERS, SYSTEMS, Lesson, Screens, StepFor, Words
from lessons.nearest import did_you_mean
from lessons.plain_words import sentences
from media.card import Card, CardError, CardStep, pdf_of
from media.picture import PictureError
from media.screens import ScreenError

CARD_LABELS = LABELS.parent / "card"
USUAL = {"zh": "huawei", "": "samsung"}  # whose phones most learners of a language have


@click.command(name="print")
@click.argument("id", required=False)
@click.option("--language", help="Such as en or zh. With --all: only this one. Default: en, or what there is.")
@click.option("--system", type=click.Choice([*SYSTEMS, *MAKERS]), help="For which phones: a system, or a maker.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Default: ID-LANGUAGE.pdf, here.")
@click.option("--all", "into", type=click.Path(file_okay=False, path_type=Path), help="Every lesson, into this folder.")
@click.option(
    "--folder",
    default=LESSONS,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Another folder of lessons than the one of Handrail.",
)
@click.option("--centre", default="home", help="Whose name and telephone stand at the foot of each page.")
def print_(
    id: str | None, language: str | None, system: str | None, output: Path | None, into: Path | None, folder: Path,
    centre: str,
) -> None:  # fmt: skip
    """Print a lesson (ID) as a PDF: A4, letters of 16 points and more, two steps a page with their pictures."""
    if bool(id) == bool(into):
        raise click.UsageError("Name a lesson, `handrail lessons print send-photo`, or print them all: --all FOLDER.")
    if into and output:
        raise click.UsageError("--output is for one lesson; with --all the files are named after the lessons.")
    house = House(settings_or_stop())
    place = house.centres.get(centre)
    if place.id != centre:
        raise click.UsageError(
            f"There is no centre {centre}: {house.settings.data}/centres/{centre}.toml is not there."
        )
    catalogue = Catalogue.load(folder)
    wanted = _every(catalogue, language, system, into) if into else _one(catalogue, str(id), language, system, output)
    try:
        for lesson, file in wanted:
            file.parent.mkdir(parents=True, exist_ok=True)
            card = card_of(lesson, house.screens, house.phrases, system or "", place)
            file.write_bytes(pdf_of(card, house.screens, folder))
            click.echo(f"{file}: {lesson.title}")
    except (CardError, ScreenError, PictureError, LabelError, OSError) as error:
        raise click.ClickException(str(error)) from None


def card_of(lesson: Lesson, screens: Screens, phrases: Phrases, phone: str = "", centre: Centre | None = None) -> Card:
    """The words of the card. `phone` is a system or a maker; "": the usual maker of the language."""
    system, maker = phone_for(lesson, phone)
    labels = Labels.load(CARD_LABELS)(lesson.language)
    namer = Namer(screens, phrases, system, maker, lesson.language, lesson.language)
    name = phrases.say(f"maker.{maker}", lesson.language) if maker else ""
    mine = lesson.steps_for(system, maker)
    numbers = {step.id: number for number, step in enumerate(mine, 1)}
    return Card(
        title=lesson.title,
        language=lesson.language,
        labels=labels,
        steps=tuple(_step(namer, step, labels, numbers) for step in mine),
        phone=labels.get(f"phone_{maker or system}") or labels["phone_maker"].format(maker=name),
        end=tuple(paragraphs(plainly(namer.aloud(lesson.end)))),
        helper=centre.name if centre else "",
        telephone=centre.telephone if centre else "",
        made=datetime.fromisoformat(lesson.reviewed) if lesson.reviewed else datetime(2026, 1, 1),
    )


def phone_for(lesson: Lesson, phone: str) -> tuple[str, str]:
    """(system, maker): what was asked for, else the usual one, else the first that the lesson is for."""
    wanted = phone or USUAL.get(lesson.language.split("-")[0], USUAL[""])
    system = MAKERS.get(wanted) or wanted
    if system in lesson.systems:
        return system, wanted if wanted in MAKERS else "apple" if system == "iphone" else ""
    return lesson.systems[0], next(m for m, of in MAKERS.items() if of == lesson.systems[0])


def _step(namer: Namer, step: StepFor, labels: Mapping[str, str], numbers: Mapping[str, int]) -> CardStep:
    return CardStep(
        words=tuple(_sentences(namer, step.instruction)),
        look_for=_line(namer, step.ask),
        lost=_lost(namer, step, labels, numbers),
        undo=_line(namer, step.undo),
        picture=namer.on_phone(step.picture),
    )


def _lost(namer: Namer, step: StepFor, labels: Mapping[str, str], numbers: Mapping[str, int]) -> str:
    """The gentlest hint; where there is none, the first thing that one may see instead, and the way back."""
    if step.hints:
        return f"**{labels['not_sure']}** {_line(namer, step.hints[0])}"
    if not step.ifs:
        return ""
    seen = step.ifs[0]
    there = numbers.get(seen.goto, 0)
    go = labels["go_to"].format(number=there) if there and seen.goto != step.id else ""
    what = labels["if_you_see"].format(what=plainly(namer.aloud(seen.what)))
    return " ".join(part for part in (f"**{what}**", _line(namer, seen.way_back), go) if part)


def _sentences(namer: Namer, words: Words | None) -> Iterator[str]:
    """A sentence a paragraph: one thing at a time."""
    for paragraph in paragraphs(namer.text(words)):
        yield from (sentence for _, sentence in sentences(paragraph))


def _line(namer: Namer, words: Words | None) -> str:
    return " ".join(paragraphs(namer.text(words)))


def _one(
    catalogue: Catalogue, id: str, language: str | None, system: str | None, output: Path | None
) -> list[tuple[Lesson, Path]]:
    there = [one for one in catalogue.languages() if catalogue.lesson(id, one)]
    if not there:
        known = {lesson_id for lesson_id, _ in catalogue.taught}
        raise click.UsageError(f"There is no lesson {id} without errors.{did_you_mean(id, known)}")
    lesson = catalogue.lesson(id, language or there[0])
    if lesson is None:
        raise click.UsageError(f"{id} is there in {', '.join(there)}, not in {language}.")
    if not _fits(lesson, system):
        raise click.UsageError(f"{id} is for {', '.join(lesson.systems)}, not for {system}.")
    return [(lesson, output or Path(f"{id}-{lesson.language}.pdf"))]


def _every(catalogue: Catalogue, language: str | None, system: str | None, into: Path) -> list[tuple[Lesson, Path]]:
    lessons = [x for one in catalogue.languages() if language in (None, one) for x in catalogue.lessons(one)]
    if not lessons:
        raise click.UsageError(
            f"There is no lesson in {language or 'this folder'}. `handrail lessons list` shows them."
        )
    return [(x, into / f"{x.id}-{x.language}.pdf") for x in lessons if _fits(x, system)]


def _fits(lesson: Lesson, system: str | None) -> bool:
    return not system or MAKERS.get(system, system) in lesson.systems
