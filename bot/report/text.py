"""The first screen in words, for a terminal."""

from __future__ import annotations

from datetime import datetime

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from . import words
from .found import Missed, Need, News, Report, Resting
from .today import MOST


def as_text(found: Report, *, width: int = 80, colour: bool = False) -> str:
    """Plain words, at most `width` letters a line."""
    console = Console(width=width, force_terminal=colour, no_color=not colour, highlight=False, record=True, quiet=True)
    with console.capture() as capture:
        console.quiet = False
        console.print(page(found))
    return "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"


def page(found: Report) -> RenderableType:
    if not found.begun and found.unseen:
        return Group(Text("There is nothing to show yet.", style="bold"), Text(words.unseen(found)))
    if not found.begun:
        return Group(
            Text("Nobody has learned here yet.", style="bold"),
            Text(
                "This page fills by itself once somebody has, and has let Handrail remember it. "
                "To begin: handrail run, and send a learner the link or the QR code that it prints."
            ),
        )
    parts: list[RenderableType] = [
        Text(words.headline(found), style="bold"),
        Text(words.order(found), style="dim"),
        Text(),
    ]
    parts += [_need(need, found.at) for need in found.needs]
    if found.needs_count > len(found.needs):
        parts.append(Text(f"And {found.needs_count - len(found.needs)} more: handrail report --format csv"))
    parts += _part("Good news to say aloud", [_news(news) for news in found.good_news], found.news_count)
    if found.first_lessons:
        parts.append(Text(f"  - {found.first_lessons} people finished a first lesson this week."))
    resting = [_resting(rest, found.at) for rest in found.resting]
    parts += _part("Resting for 14 days or more", resting, found.resting_count)
    if found.resting:
        parts.append(Padding(Text("They get no reminders. A hello is welcome.", style="dim"), (0, 0, 0, 2)))
    if found.missed:
        parts += ["", Text("Steps that many people miss", style="bold"), _missed(found.missed)]
    parts += ["", Text("Centres", style="bold"), _centres(found)]
    parts += ["", Text(f"{words.unseen(found)} {words.LEGEND}".strip(), style="dim")]
    return Group(*parts)


def _need(need: Need, now: datetime) -> RenderableType:
    style = "bold red" if need.reason in ("danger", "tricked") else "bold"
    head = Text.assemble(("! ", style), (need.who, "bold"), f", {words.reason(need)}, {words.since(need.since, now)}")
    there = Text.assemble(*((part, "bold" if strong else "") for part, strong in words.where(need)))
    rest = [words.about(need), f"With {need.taker}." if need.taker else "", f"Centre: {need.centre}."]
    there.append(" " * bool(there.plain) + " ".join(part for part in rest if part))
    return Group(head, Padding(there, (0, 0, 0, 2)))


def _news(one: News) -> str:
    return f"{one.who} {words.news(one)}"


def _resting(rest: Resting, now: datetime) -> str:
    return f"{rest.who}, {words.since(rest.since, now)}. {words.resting(rest)}"


def _part(title: str, sentences: list[str], count: int) -> list[RenderableType]:
    if not sentences:
        return []
    if len(sentences) > MOST:
        sentences = [*sentences[:MOST], f"and {max(count, len(sentences)) - MOST} more"]
    return ["", Text(title, style="bold"), *(Padding(Text(f"- {sentence}"), (0, 0, 0, 2)) for sentence in sentences)]


def _missed(steps: list[Missed]) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=True, header_style="dim")
    for column in ("What to do there", "Lesson", "Missed it at least twice", ""):
        table.add_column(column)
    for step in steps:
        bar = "" if step.others_hidden else "█" * round(16 * step.missed / step.met)
        table.add_row(step.step, step.title, words.missed(step), f"[cyan]{bar}[/]")
    return Padding(table, (0, 0, 0, 2))


def _centres(found: Report) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=True, header_style="dim")
    for column in ("Centre", "People", "Need a person", "Resting", "Lessons finished"):
        table.add_column(column)
    for line in found.centres:
        counts = (line.people, line.need_help, line.resting, line.finished_lessons)
        table.add_row(line.centre, *map(words.few, counts))
    return Padding(table, (0, 0, 0, 2))
