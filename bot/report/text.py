"""The first screen in words, for a terminal."""

from __future__ import annotations

from datetime import datetime

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from .today import FEWEST, Missed, Need, Report, Resting

# What everybody may read. That somebody was tricked, or is in danger, is for the one who takes the call.
REASONS = {
    "danger": "needs a call today",
    "tricked": "needs a call today",
    "worry": "needs a call today",
    "person": "asked for a person",
    "stuck": "stuck",
}
MOST_NEEDS = 40
MOST = 12
NUMBERS = ("Nobody", "One person", "Two people", "Three people", "Four people", "Five people", "Six people")


def as_text(found: Report, *, width: int = 80, colour: bool = False) -> str:
    """Plain words, at most `width` letters a line."""
    console = Console(width=width, force_terminal=colour, no_color=not colour, highlight=False, record=True, quiet=True)
    with console.capture() as capture:
        console.quiet = False
        console.print(page(found))
    return "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"


def page(found: Report) -> RenderableType:
    if not found.begun and found.unseen:
        return Group(Text("There is nothing to show yet.", style="bold"), Text(_unseen(found)))
    if not found.begun:
        return Group(
            Text("Nobody has learned here yet.", style="bold"),
            Text(
                "This page fills by itself once somebody has, and has let Handrail remember it. "
                "To begin: handrail run, and send a learner the link or the QR code that it prints."
            ),
        )
    parts: list[RenderableType] = [Text(_headline(found), style="bold"), Text(_order(found), style="dim"), Text()]
    parts += [_need(need, found.at) for need in found.needs[:MOST_NEEDS]]
    if len(found.needs) > MOST_NEEDS:
        parts.append(Text(f"And {len(found.needs) - MOST_NEEDS} more: handrail report --format csv"))
    parts += _part("Good news to say aloud", [_news(*news) for news in found.good_news])
    parts += _part("Resting for 14 days or more", [_resting(rest, found.at) for rest in found.resting])
    if found.resting:
        parts.append(Padding(Text("They get no reminders. A hello is welcome.", style="dim"), (0, 0, 0, 2)))
    if found.missed:
        parts += ["", Text("Steps that many people miss", style="bold"), _missed(found.missed)]
    parts += ["", Text("Centres", style="bold"), _centres(found)]
    parts += ["", Text(f"{_unseen(found)} {LEGEND}".strip(), style="dim")]
    return Group(*parts)


LEGEND = (
    "Stuck: missed a step three times, or asked for a person there; it ends with the next step done. "
    f'Numbers of fewer than {FEWEST} people are written as "few". Nobody is ranked here.'
)


def _unseen(found: Report) -> str:
    if not found.unseen:
        return ""
    who = f"{found.unseen} more people learn" if found.unseen >= FEWEST else "A few more people learn"
    who = who if found.begun else who.replace(" more", "")
    return f"{who} here who were not asked yet, or who do not wish to be shown."


def _headline(found: Report) -> str:
    many = len(found.needs)
    who = NUMBERS[many] if many < len(NUMBERS) else f"{many} people"
    return f"{who} need{'s' if many < 2 else ''} a person today"


def _order(found: Report) -> str:
    if found.needs:
        return "Urgent first, then whoever has waited longest. One visit is about 20 minutes."
    return "A good day to say hello to somebody who is resting, or to pass on good news."


def _need(need: Need, now: datetime) -> RenderableType:
    head = Text.assemble(("! ", "bold"), (need.who, "bold"), f", {REASONS[need.reason]}, {_since(need.since, now)}")
    where = []
    if need.reason in ("stuck", "person") and need.title:
        where.append(f'In "{need.title}"' + (f', at "{need.step}"' if need.step else "") + ".")
        if need.misses:
            where.append(f"Missed it there {need.misses} time{'s' if need.misses > 1 else ''}.")
    where.append(f"Centre: {need.centre}.")
    return Group(head, Padding(Text(" ".join(where)), (0, 0, 0, 2)))


def _news(who: str, what: str, title: str) -> str:
    return f'{who} finished "{title}".' if what == "finished" else f'{who} can still do "{title}", weeks later.'


def _resting(rest: Resting, now: datetime) -> str:
    where = f'Finished "{rest.title}".' if rest.finished else f'Was in "{rest.title}".'
    return f"{rest.who}, {_since(rest.since, now)}. {where}"


def _part(title: str, sentences: list[str]) -> list[RenderableType]:
    if not sentences:
        return []
    if len(sentences) > MOST:
        sentences = [*sentences[:MOST], f"and {len(sentences) - MOST} more"]
    return ["", Text(title, style="bold"), *(Padding(Text(f"- {sentence}"), (0, 0, 0, 2)) for sentence in sentences)]


def _missed(missed: list[Missed]) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=True, header_style="dim")
    for column in ("What to do there", "Lesson", "Missed it at least twice", ""):
        table.add_column(column)
    for step in missed:
        # "9 of 10" would tell of one person.
        others = step.met - step.missed
        hidden = 0 < others < FEWEST
        words = f"nearly all of {step.met}" if hidden else f"{step.missed} of {step.met}"
        bar = "" if hidden else "#" * round(20 * step.missed / step.met)
        table.add_row(step.step, step.title, f"{words} people", bar)
    return Padding(table, (0, 0, 0, 2))


def _centres(found: Report) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=True, header_style="dim")
    for column in ("Centre", "People", "Need a person", "Lessons finished"):
        table.add_column(column)
    for centre in found.centres:
        table.add_row(centre.centre, *map(_few, (centre.people, centre.need_help, centre.finished_lessons)))
    return Padding(table, (0, 0, 0, 2))


def _few(count: int | None) -> str:
    return "few" if count is None else str(count or "none")


def _since(since: datetime, now: datetime) -> str:
    """In the time zone of `now`: of today the hour, of this week the day, else the date."""
    there = since.astimezone(now.tzinfo)
    days = (now.date() - there.date()).days
    if days <= 0:
        return f"since {there:%H:%M} today"
    if days == 1:
        return f"since {there:%H:%M} yesterday"
    return f"since {there:%A}" if days < 7 else f"since {there.day} {there:%B}"
