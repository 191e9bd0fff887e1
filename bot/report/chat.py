"""The first screen in a messenger: the few who need somebody, in a few lines, with a button each."""

from __future__ import annotations

from dataclasses import dataclass

from .found import Need, Report
from .words import ReportWords, words_in

MOST_NEEDS = 3
MOST_LINES = 4


@dataclass(frozen=True)
class Said:
    """One message: words with `**name**`, and buttons (choice, label), at most four."""

    words: str
    buttons: tuple[tuple[str, str], ...] = ()


def in_chat(found: Report, viewer: str, *, trusted: bool, address: str = "", language: str = "en") -> Said:
    """`viewer` is the volunteer's id; `trusted`: a coordinator. `address` is where the whole report stands."""
    words = words_in(language)
    lines = _needs(found, viewer, trusted, words)
    if found.good_news:
        lines.append(words("chat.news"))
        lines += [f"{one.who} {words.news(one)}" for one in found.good_news[:MOST_LINES]]
    if found.resting_count:
        lines.append(words.many("chat.resting", found.resting_count))
    if address:
        lines.append(words("chat.all_of_it", address=f"{address}/report"))
    return Said("\n\n".join(lines), _buttons(found, words))


def in_the_morning(found: Report, viewer: str, *, trusted: bool, language: str = "en") -> Said | None:
    """Only the few who need somebody. None where nobody does: no message then."""
    if not found.needs:
        return None
    words = words_in(language)
    lines = [words("chat.morning"), *_needs(found, viewer, trusted, words)]
    return Said("\n\n".join(lines), _buttons(found, words))


def _needs(found: Report, viewer: str, trusted: bool, words: ReportWords) -> list[str]:
    lines = [f"**{words('say.sentence', text=words.headline(found))}**"]
    for need in found.needs[:MOST_NEEDS]:
        lines.append(need_line(need, found, trusted=trusted or need.taken_by == viewer, words=words))
    if found.needs_count > MOST_NEEDS:
        lines.append(words("say.more", n=found.needs_count - MOST_NEEDS))
    return lines


def need_line(need: Need, found: Report, *, trusted: bool, words: ReportWords) -> str:
    """ "**Mei T.**: stuck since Tuesday. In ..., step 3 of 6: ... About 10 minutes." """
    there = "".join(f"**{part}**" if strong else part for part, strong in words.where(need))
    if need.reason in ("danger", "tricked") and not trusted:
        there = ""
    since = words.since(need.since, found.at)
    parts = [
        words("say.need", who=f"**{need.who}**", reason=words.reason(need, trusted=trusted), since=since), there,
        words.about(need), words("say.with", name=need.taker) if need.taker else "",
        words("say.minutes", n=words.minutes(need.reason)),
    ]  # fmt: skip
    return words("say.joint").join(part for part in parts if part)


def _buttons(found: Report, words: ReportWords) -> tuple[tuple[str, str], ...]:
    helped = tuple(
        (f"desk-helped-{need.learner}", words("chat.helped", who=need.who)[:30])
        for need in found.needs[:MOST_NEEDS]
        if not need.taker
    )
    five = (("desk-five", words("chat.five")),)
    return (*helped, *five) if helped else (("desk-report", words("act.look_again")), *five)
