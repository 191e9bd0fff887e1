"""The first screen in words, for a terminal."""

from __future__ import annotations

from datetime import datetime

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from .found import Missed, Need, Report, Resting
from .today import MOST
from .words import TOLD_WHERE, ReportWords, words_in


def as_text(found: Report, *, width: int = 80, colour: bool = False, language: str = "en") -> str:
    """Plain words, at most `width` letters a line."""
    console = Console(width=width, force_terminal=colour, no_color=not colour, highlight=False, record=True, quiet=True)
    with console.capture() as capture:
        console.quiet = False
        console.print(page(found, words_in(language)))
    return "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"


def page(found: Report, words: ReportWords) -> RenderableType:
    if not found.begun and found.unseen:
        return Group(Text(words("terminal.nothing_yet"), style="bold"), Text(words.unseen(found)))
    if not found.begun:
        return Group(
            Text(words("today.nobody_yet"), style="bold"),
            Text(words("terminal.fills_itself")),
        )
    parts: list[RenderableType] = [
        Text(words.headline(found), style="bold"),
        Text(words.order(found), style="dim"),
        Text(),
    ]
    parts += [_need(need, found.at, words) for need in found.needs]
    if found.needs_count > len(found.needs):
        parts.append(Text(words("terminal.more", n=found.needs_count - len(found.needs))))
    parts += _part(
        words("today.news"), [f"{one.who} {words.news(one)}" for one in found.good_news], found.news_count, words
    )
    if found.first_lessons:
        parts.append(Text(f"  - {words('today.first_lessons', n=found.first_lessons).replace('**', '')}"))
    resting = [_resting(rest, found.at, words) for rest in found.resting]
    parts += _part(words("today.resting"), resting, found.resting_count, words)
    if found.resting:
        parts.append(Padding(Text(words("today.resting_note"), style="dim"), (0, 0, 0, 2)))
    if found.missed:
        parts += ["", Text(words("today.missed"), style="bold"), _missed(found.missed, words)]
    parts += ["", Text(words("centres.title"), style="bold"), _centres(found, words)]
    parts += ["", Text(words("say.joint").join((words.unseen(found), words.legend())).strip(), style="dim")]
    return Group(*parts)


def _need(need: Need, now: datetime, words: ReportWords) -> RenderableType:
    style = "bold red" if need.reason in ("danger", "tricked") else "bold"
    head = Text.assemble(
        ("! ", style),
        (need.who, "bold"),
        words("say.need_head", who="", reason=words.reason(need), since=words.since(need.since, now)),
    )
    # What to do about a trick would tell of it.
    where = words.where(need) if need.reason in TOLD_WHERE else []
    there = Text.assemble(*((part, "bold" if strong else "") for part, strong in where))
    rest = [
        words.about(need),
        words("say.with", name=need.taker) if need.taker else "",
        words("terminal.centre", centre=need.centre),
    ]
    joint = words("say.joint")
    there.append(joint * bool(there.plain) + joint.join(part for part in rest if part))
    return Group(head, Padding(there, (0, 0, 0, 2)))


def _resting(rest: Resting, now: datetime, words: ReportWords) -> str:
    return words("say.rest_line", who=rest.who, since=words.since(rest.since, now), where=words.resting(rest))


def _part(title: str, sentences: list[str], count: int, words: ReportWords) -> list[RenderableType]:
    if not sentences:
        return []
    if len(sentences) > MOST:
        sentences = [*sentences[:MOST], words("terminal.and_more", n=max(count, len(sentences)) - MOST)]
    return ["", Text(title, style="bold"), *(Padding(Text(f"- {sentence}"), (0, 0, 0, 2)) for sentence in sentences)]


def _missed(steps: list[Missed], words: ReportWords) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=True, header_style="dim")
    for column in ("missed_what", "missed_lesson", "missed_twice"):
        table.add_column(words(f"today.{column}"))
    table.add_column("")
    for step in steps:
        bar = "" if step.others_hidden else "█" * round(16 * step.missed / step.met)
        table.add_row(step.step, step.title, words.missed(step), f"[cyan]{bar}[/]")
    return Padding(table, (0, 0, 0, 2))


def _centres(found: Report, words: ReportWords) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=True, header_style="dim")
    for column in ("centre", "people", "need", "resting", "finished"):
        table.add_column(words(f"centres.{column}"))
    for line in found.centres:
        counts = (line.people, line.need_help, line.resting, line.finished_lessons)
        table.add_row(line.centre, *map(words.few, counts))
    return Padding(table, (0, 0, 0, 2))
