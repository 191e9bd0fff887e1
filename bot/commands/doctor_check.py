"""What one look of the doctor finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """`state` is ok, note (works without) or bad. `mend` says what to do."""

    state: str
    what: str
    mend: str = ""


def good_or_bad(good: bool, what: str, mend: str) -> Check:
    """The mend is told only where something is wrong."""
    return Check("ok" if good else "bad", what, "" if good else mend)
