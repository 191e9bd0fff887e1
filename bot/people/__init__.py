"""Volunteers: who they are, what each may see, how they sign in, who is on duty, and who looked at what."""

from .people import (
    DUTY_LONGEST,
    IDLE,
    LINK_LIFE,
    SESSION_LIFE,
    Looked,
    People,
    PeopleError,
    SignedIn,
    SignIn,
)
from .volunteer import ROLES, Volunteer

__all__ = [
    "DUTY_LONGEST", "IDLE", "LINK_LIFE", "ROLES", "SESSION_LIFE", "Looked", "People", "PeopleError", "SignIn",
    "SignedIn", "Volunteer",
]  # fmt: skip
