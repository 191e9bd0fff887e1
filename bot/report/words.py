"""The report's sentences: the same on the page, on paper, in the messenger and in the terminal."""

from __future__ import annotations

from datetime import datetime

from .found import FEWEST, Missed, Need, News, Report, Resting

# What everybody may read. That somebody was tricked, or is in danger, is for the one who takes the card and for
# coordinators.
REASONS = {
    "danger": "needs a call today",
    "tricked": "needs a call today",
    "worry": "sounded low",
    "person": "asked for a person",
    "stuck": "stuck",
}
TO_THE_TAKER = {"danger": "spoke of danger", "tricked": "was tricked, or fears it"}
# How long it is likely to take, in minutes.
MINUTES = {"danger": 20, "tricked": 20, "worry": 2, "person": 10, "stuck": 10}
WHAT_TO_DO = {
    "danger": "Please ring, or go there.",
    "tricked": "Please ring. The first ten minutes matter: hang up on the other, ring the bank, stay with them.",
    "worry": "A kind word may be enough.",
}
NUMBERS = ("Nobody", "One person", "Two people", "Three people", "Four people", "Five people", "Six people")
SYSTEMS = {"android": "Android phone", "iphone": "iPhone", "harmonyos": "Huawei phone"}
LANGUAGES = {
    "ar": "Arabic", "en": "English", "es": "Spanish", "fr": "French", "hi": "Hindi", "ru": "Russian", "zh": "Chinese",
}  # fmt: skip


def reason(need: Need, *, trusted: bool = False) -> str:
    """`trusted`: for the one who took the card, or a coordinator; never on paper."""
    return (TO_THE_TAKER.get(need.reason) if trusted else None) or REASONS.get(need.reason, "needs a person")


def headline(found: Report) -> str:
    many = found.needs_count
    who = NUMBERS[many] if many < len(NUMBERS) else f"{many} people"
    return f"{who} need{'s' if many < 2 else ''} a person today"


def order(found: Report) -> str:
    if found.needs:
        return "Urgent first, then whoever has waited longest. One visit is about 20 minutes."
    return "A good day to say hello to somebody who is resting, or to pass on good news."


def where(need: Need) -> list[tuple[str, bool]]:
    """What happened there, in parts: (words, whether they stand out)."""
    if need.reason not in ("stuck", "person", "worry") or not need.title:
        words = WHAT_TO_DO.get(need.reason, "")
        return [(words, False)] if words else []
    parts: list[tuple[str, bool]] = [("In ", False), (need.title, True)]
    if need.step:
        number, total = need.number
        parts += [(f", step {number} of {total}: " if number else ": ", False), (need.step, True)]
    parts.append((".", False))
    if need.misses:
        parts.append((f" Missed it {times(need.misses)}.", False))
    if need.reason == "worry":
        parts.append((f" {WHAT_TO_DO['worry']}", False))
    return parts


def about(need: Need) -> str:
    """What a visitor should know: the language where it is not English, the phone."""
    known = []
    if need.language not in ("", "en"):
        known.append(f"Speaks {LANGUAGES.get(need.language, need.language)}.")
    if need.system:
        known.append(f"{SYSTEMS.get(need.system, need.system)}.")
    return " ".join(known)


def news(one: News) -> str:
    """What follows the name."""
    return f"finished “{one.title}”." if one.what == "finished" else f"can still do “{one.title}”, weeks later."


def resting(rest: Resting) -> str:
    return f"Finished “{rest.title}”." if rest.finished else f"Was in “{rest.title}”."


def missed(step: Missed) -> str:
    # "9 of 10" would tell of one person.
    if step.others_hidden:
        return f"nearly all of {step.met} people"
    return f"{step.missed} of {step.met} people"


def few(count: int | None) -> str:
    return "few" if count is None else str(count or "none")


def times(many: int) -> str:
    return {1: "once", 2: "twice", 3: "three times"}.get(many, f"{many} times")


def unseen(found: Report) -> str:
    if not found.unseen:
        return ""
    who = f"{found.unseen} more people learn" if found.unseen >= FEWEST else "A few more people learn"
    who = who if found.begun else who.replace(" more", "")
    return f"{who} here who were not asked yet, or who do not wish to be shown."


def since(then: datetime, now: datetime) -> str:
    """In the time zone of `now`: of today the hour, of this week the day, else the date."""
    there = then.astimezone(now.tzinfo)
    days = (now.date() - there.date()).days
    if days <= 0:
        return f"since {there:%H:%M} today"
    if days == 1:
        return f"since {there:%H:%M} yesterday"
    return f"since {there:%A}" if days < 7 else f"since {there.day} {there:%B}"


def day(at: datetime) -> str:
    """Thursday 12 November."""
    return f"{at:%A} {at.day} {at:%B}"


LEGEND = (
    "Stuck: missed a step three times, or asked for a person there; it ends with the next step done. "
    f'Numbers of fewer than {FEWEST} people are written as "few". Nobody is ranked here.'
)
