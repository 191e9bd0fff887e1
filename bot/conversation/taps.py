"""The trembling finger: which taps count, and which words are a button just offered."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta

from bot.messages import Session, Tap
from nlu.intent import INTENTS, Understanding

SAME_TAP = timedelta(minutes=1)
TOO_SOON = timedelta(seconds=1)

ORDINALS = (
    ("1", "one", "first", "the first", "the first one", "number one", "the top one", "第一个", "第一", "一"),
    ("2", "two", "second", "the second", "the second one", "number two", "第二个", "第二", "二"),
    ("3", "three", "third", "the third", "the third one", "number three", "第三个", "第三", "三"),
    ("4", "four", "fourth", "the fourth", "the fourth one", "number four", "the last one", "第四个", "第四", "四"),
)


def weigh(tap: Tap, session: Session, *, at: datetime, shown_at: datetime | None) -> str:
    """ "fresh", "again", "too_soon" or "old". `shown_at`: when the newest message with buttons appeared."""
    if not session.asked:
        # We have not met, or not any more: whatever is tapped is a beginning, but for the second tap of forgetting.
        if shown_at is not None and at - shown_at < TOO_SOON:
            return "too_soon"
        just_now = shown_at is not None and at - shown_at < SAME_TAP
        return "again" if just_now and tap.choice != "begin" else "fresh"
    last = session.last_tap
    if last and (last[0], last[1]) == (tap.turn, tap.choice) and at - last[2] < SAME_TAP:
        return "again"
    if tap.turn != session.turn or tap.choice not in {b.choice for b in session.choices}:
        # Two buttons hit at once: the first one counted, the second was no wish of its own.
        if last and last[0] == tap.turn and at - last[2] < TOO_SOON:
            return "too_soon"
        return "old"
    if shown_at is not None and timedelta(0) <= at - shown_at < TOO_SOON:
        return "too_soon"
    return "fresh"


def understand(tap: Tap) -> Understanding:
    """A tap as an Understanding: certain, and from there on like words."""
    name = tap.choice.partition(":")[0]
    return Understanding(intent=name if name in INTENTS else "affirm", choice=tap.choice)


def choice_in(text: str, session: Session) -> Understanding | None:
    """The button that these words name, or None."""
    said = _bare(text)
    if not said:
        return None
    for number, button in enumerate(session.choices):
        label = _bare(button.label)
        names_it = said == label or said in ORDINALS[number] or (len(label) >= 8 and said.startswith(label + " "))
        if names_it:
            found = understand(Tap(session.turn, button.choice))
            return Understanding(intent=found.intent, choice=button.choice, text=text)
    return None


def _bare(text: str) -> str:
    """Small letters, no marks: what two ways of writing the same words have in common."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return " ".join(re.sub(r"[^\w\s']", " ", text).split())
