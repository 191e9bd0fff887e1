"""When people of a centre may be written to: one answer for the conversation that promises and for the planner that sends."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.messages import Centre


def zone(centre: Centre) -> ZoneInfo:
    try:
        return ZoneInfo(centre.timezone or "UTC")
    except (KeyError, ValueError):
        return ZoneInfo("UTC")


def is_waking(when: datetime, centre: Centre) -> bool:
    """Whether people of this centre may be written to at this time."""
    clock = when.astimezone(zone(centre)).time()
    if not _at(centre.waking[0]) <= clock < _at(centre.waking[1]):
        return False
    return not any(_at(begins) <= clock < _at(ends) for begins, ends in centre.quiet)


def next_allowed(when: datetime, centre: Centre) -> datetime:
    """The first moment from `when` on that is a waking hour at the centre; `when` itself if it is one.
    `when` where quiet hours leave nothing of the day."""
    if is_waking(when, centre):
        return when
    here = zone(centre)
    day = when.astimezone(here).date()
    clocks = [_at(centre.waking[0]), *(_at(ends) for _, ends in centre.quiet)]
    begins = (
        datetime.combine(day + timedelta(days=ahead), clock, here).astimezone(UTC)
        for ahead in range(4)
        for clock in clocks
    )
    # An hour that a clock change leaves out becomes the moment after it on its way through UTC.
    return min((at for at in begins if at > when and is_waking(at, centre)), default=when)


def _at(clock: str) -> time:
    return time.fromisoformat(clock)
