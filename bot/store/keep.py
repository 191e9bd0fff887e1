"""How long things are kept, in days: the table `[HANDRAIL_KEEP]` of the settings, with the figures that hold without one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Keep:
    """Days. `bot.settings.KEEP_DAYS` names the same; docs/running.md explains them."""

    events: int = 90
    record: int = 365
    refused_place: int = 7
    undecided_place: int = 90
    calls: int = 90
    wishes: int = 365
    looked: int = 365

    def age(self, name: str) -> timedelta:
        return timedelta(days=getattr(self, name))
