"""The first screen in a messenger: the few who need somebody, in a few lines, with a button each."""

from __future__ import annotations

from dataclasses import dataclass

from . import words
from .found import Need, Report

MOST_NEEDS = 3
MOST_LINES = 4


@dataclass(frozen=True)
class Said:
    """One message: words with `**name**`, and buttons (choice, label), at most four."""

    words: str
    buttons: tuple[tuple[str, str], ...] = ()


def in_chat(found: Report, viewer: str, *, trusted: bool, address: str = "") -> Said:
    """`viewer` is the volunteer's id; `trusted`: a coordinator. `address` is where the whole report stands."""
    lines = [f"**{words.headline(found)}.**"]
    for need in found.needs[:MOST_NEEDS]:
        lines.append(need_line(need, found, trusted=trusted or need.taken_by == viewer))
    if found.needs_count > MOST_NEEDS:
        lines.append(f"And {found.needs_count - MOST_NEEDS} more.")
    if found.good_news:
        lines.append("**Good news to say aloud.**")
        lines += [f"{one.who} {words.news(one)}" for one in found.good_news[:MOST_LINES]]
    if found.resting_count:
        who = words.NUMBERS[found.resting_count] if found.resting_count < len(words.NUMBERS) else ""
        rest = "rests" if found.resting_count == 1 else "rest"
        lines.append(f"{who or f'{found.resting_count} people'} {rest}. They get no reminders; a hello is welcome.")
    if address:
        lines.append(f"All of it: {address}/report")
    return Said("\n\n".join(lines), _buttons(found))


def in_the_morning(found: Report, viewer: str, *, trusted: bool) -> Said | None:
    """Only the few who need somebody. None where nobody does: no message then."""
    if not found.needs:
        return None
    lines = ["Good morning.", f"**{words.headline(found)}.**"]
    lines += [need_line(need, found, trusted=trusted or need.taken_by == viewer) for need in found.needs[:MOST_NEEDS]]
    if found.needs_count > MOST_NEEDS:
        lines.append(f"And {found.needs_count - MOST_NEEDS} more.")
    return Said("\n\n".join(lines), _buttons(found))


def need_line(need: Need, found: Report, *, trusted: bool) -> str:
    """ "**Mei T.**: stuck since Tuesday. In ..., step 3 of 6: ... About 10 minutes." """
    there = "".join(f"**{part}**" if strong else part for part, strong in words.where(need))
    if need.reason in ("danger", "tricked") and not trusted:
        there = ""
    parts = [
        f"**{need.who}**: {words.reason(need, trusted=trusted)}, {words.since(need.since, found.at)}.",
        there, words.about(need), f"With {need.taker}." if need.taker else "",
        f"About {words.MINUTES.get(need.reason, 10)} minutes.",
    ]  # fmt: skip
    return " ".join(part for part in parts if part)


def _buttons(found: Report) -> tuple[tuple[str, str], ...]:
    helped = tuple(
        (f"desk-helped-{need.learner}", f"Helped {need.who}"[:30])
        for need in found.needs[:MOST_NEEDS]
        if not need.taker
    )
    return helped or (("desk-report", "Look again"),)
