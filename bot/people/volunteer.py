"""A volunteer, and what the three roles may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

ROLES = ("volunteer", "coordinator", "writer")


@dataclass(frozen=True)
class Volunteer:
    """`role`: a volunteer sees the learners of the own centre, a coordinator those of all, a writer of lessons
    sees where lessons get difficult and nobody's name. `morning` is "08:30" or "" (no morning message), `language`
    what they read ("": not chosen yet)."""

    id: str
    name: str
    role: str
    centre: str
    revoked: bool = False
    duty_until: datetime | None = None
    morning: str = ""
    language: str = ""

    @property
    def sees_people(self) -> bool:
        return self.role in ("volunteer", "coordinator") and not self.revoked

    @property
    def sees_all_centres(self) -> bool:
        return self.role == "coordinator" and not self.revoked

    @property
    def own_centre(self) -> str:
        """The one centre that this volunteer is shown; "" for all of them."""
        return "" if self.role != "volunteer" else self.centre

    def sees(self, centre: str) -> bool:
        """Whether the learners of this centre are shown to this volunteer."""
        return self.sees_all_centres or (self.sees_people and self.centre == centre)

    def on_duty(self, at: datetime) -> bool:
        return not self.revoked and self.duty_until is not None and at < self.duty_until
