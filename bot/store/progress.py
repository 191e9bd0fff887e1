"""How events change what is known of a learner and a lesson. Pure; the store calls it in the turn's transaction,
and whoever has the events can rebuild the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.messages import Event, Progress

RECALL_DAYS = (1, 3, 7, 21)  # from one answer to the next question, at the earliest
LONGEST_GAP = 300  # seconds of one silence that still count as being at it
NOT_THEIR_OWN = frozenset({"person_helped", "hand_lowered"})  # not caused by a message of the learner
CLEARS_STUCK = frozenset({"lesson_started", "step_done", "step_skipped", "lesson_finished", "unstuck", "hand_lowered"})
_MOVES = frozenset({"lesson_started", "step_shown", "went_back", "paused", "resumed", "lesson_left"})
CLOSES_CALL = frozenset({"person_withdrawn", "person_helped"})
MISSES = frozenset({"not_found", "looks_different"})
_MARKED = {
    "step_shown": "r", "step_done": "rx", "step_skipped": "r", "not_found": "rt", "looks_different": "rtd",
    "help_opened": "rh", "person_asked": "rh", "hand_raised": "rh",
}  # fmt: skip


def apply(progress: Progress, event: Event) -> Progress:
    """The progress after one event. An event of another lesson, or of none, changes two things alone: a new lesson
    begun ends being stuck in the old one, and a person who came (or is not needed) came for all."""
    if event.learner != progress.learner:
        return progress
    if event.lesson != progress.lesson:
        if event.name in CLOSES_CALL and progress.person_open:
            return replace(_not_stuck(progress), person_open=False)
        return _not_stuck(progress) if event.name == "lesson_started" else progress
    return _marked(_meaning(_clocked(progress, event), event), event)


def rebuild(events: Iterable[Event]) -> dict[tuple[str, str], Progress]:
    """(learner, lesson) -> progress, from events in the order in which they happened."""
    all_of_them: dict[tuple[str, str], Progress] = {}
    for event in events:
        apply_to_all(all_of_them, event)
    return all_of_them


def apply_to_all(known: dict[tuple[str, str], Progress], event: Event) -> set[tuple[str, str]]:
    """Changes `known` in place; the keys that changed. Other learners' rows are left alone."""
    touched = {key for key, p in known.items() if key[0] == event.learner and (p.stuck_step or p.person_open)}
    if event.lesson:
        known.setdefault((event.learner, event.lesson), Progress(event.learner, event.lesson))
        touched.add((event.learner, event.lesson))
    for key in touched:
        known[key] = apply(known[key], event)
    return touched


def _clocked(p: Progress, event: Event) -> Progress:
    """When it happened. Silences count as being at it up to LONGEST_GAP; a clock that ran back counts nothing."""
    last = p.last_message
    seconds = p.active_seconds
    if event.name not in NOT_THEIR_OWN:
        if last is not None:
            seconds += max(0, min(LONGEST_GAP, int((event.at - last).total_seconds())))
        last = max(last or event.at, event.at)
    return replace(
        p,
        first_seen=min(p.first_seen or event.at, event.at),
        last_seen=max(p.last_seen or event.at, event.at),
        last_message=last,
        active_seconds=seconds,
        version=event.version or p.version,
        language=event.language or p.language,
    )


def _meaning(p: Progress, event: Event) -> Progress:
    name, step = event.name, event.step
    if name in CLEARS_STUCK:
        p = _not_stuck(p)
    if name in _MOVES and step:
        p = replace(p, step=step)
    if name == "step_done" and step and step not in p.steps_done:
        p = replace(p, steps_done=(*p.steps_done, step))
    elif name == "lesson_finished":
        p = _finished(p, event.at)
    elif name in MISSES and step:
        p = replace(p, misses={**p.misses, step: p.misses.get(step, 0) + 1})
    elif name == "hint_given":
        p = replace(p, hints=p.hints + 1)
    elif name in ("stuck", "hand_raised"):
        p = _stuck(p, event)
    elif name == "person_asked":
        p = replace(_stuck(p, event), persons_asked=p.persons_asked + 1, person_open=True)
    elif name in CLOSES_CALL:
        p = replace(_not_stuck(p), person_open=False)
    elif name == "confidence_told":
        p = _confidence(p, event)
    elif name == "recall_answered":
        p = _recalled(p, event)
    return p


def _marked(p: Progress, event: Event) -> Progress:
    """Notes once what this person met at a step, so that people can be counted without their events."""
    step = event.step
    letters = _MARKED.get(event.name, "")
    if not letters or not step or step == "end":
        return p
    if "t" in letters and p.misses.get(step, 0) > 1:
        letters += "m"
    had = p.marks.get(step, "")
    new = had + "".join(letter for letter in letters if letter not in had)
    return p if new == had else replace(p, marks={**p.marks, step: new})


def _stuck(p: Progress, event: Event) -> Progress:
    """Since when stays the first time; somebody who is stuck twice has waited from the first."""
    where = event.step or p.step
    return p if p.stuck_step or not where else replace(p, stuck_step=where, stuck_since=event.at)


def _not_stuck(p: Progress) -> Progress:
    return replace(p, stuck_step="", stuck_since=None)


def _finished(p: Progress, at: datetime) -> Progress:
    """The first time counts as the day of finishing; doing it again later keeps the recalls as they are."""
    if p.completed is not None:
        return replace(p, status="finished", step="end")
    return replace(p, status="finished", step="end", completed=at, recall_due=at + timedelta(days=RECALL_DAYS[0]))


def _confidence(p: Progress, event: Event) -> Progress:
    value = event.detail.get("value", "")
    if value not in ("1", "2", "3"):
        return p
    if event.detail.get("when") == "before":
        return replace(p, confidence_before=int(value))
    return replace(p, confidence_after=int(value))


def _recalled(p: Progress, event: Event) -> Progress:
    """Right: one interval on; missed: one back, never below the first; skipped leaves no event and no trace."""
    right = event.detail.get("right", "")
    if right not in ("yes", "no"):
        return p
    level = min(p.recall_level + 1, len(RECALL_DAYS)) if right == "yes" else max(0, p.recall_level - 1)
    return replace(p, recall_level=level, recall_due=recall_due(level, event.at))


def recall_due(level: int, at: datetime) -> datetime | None:
    """When to ask next at the earliest, so long after the last answer. None: never again."""
    return at + timedelta(days=RECALL_DAYS[level]) if level < len(RECALL_DAYS) else None
