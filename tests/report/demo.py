"""A library's learners as a volunteer meets them on a Thursday morning: for the pages, and for looking at them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from bot.reporting import first_lesson
from bot.store import Store
from media.badge import badge_picture, certificate_of

from .programme import NOW as NOW
from .programme import Person, write

WIFI = "connect-wifi"
PHOTO = "send-photo"


def did(hours: float, lesson: str, *events: str | tuple[str, str]) -> list[tuple[float, str, str, str]]:
    """Events of one sitting, a minute apart; `(event, step)` or an event at no step."""
    pairs = [event if isinstance(event, tuple) else (event, "") for event in events]
    return [(hours - n / 60, name, lesson, step) for n, (name, step) in enumerate(pairs)]


def programme(steps: dict[str, list[str]] | None = None) -> list[Person]:
    """`steps`: lesson id -> its step ids, so that pages can say them by name."""
    wifi, photo = (steps or STEPS_OF)[WIFI], (steps or STEPS_OF)[PHOTO]
    through = [e for step in photo for e in (("step_shown", step), ("step_done", step))]
    finished = ("lesson_started", *through, ("lesson_finished", "end"))
    stuck = [
        "lesson_started", ("step_shown", wifi[0]), ("step_done", wifi[0]), ("step_shown", wifi[1]),
        ("not_found", wifi[1]), ("hint_given", wifi[1]), ("not_found", wifi[1]), ("looks_different", wifi[1]),
        ("stuck", wifi[1]),
    ]  # fmt: skip
    people = [
        Person("Ada L.", did(5, WIFI, "lesson_started", ("step_shown", wifi[0])) + did(2.8, "", "tricked_told")),
        Person("Mei T.", did(200, PHOTO, *finished) + did(50, WIFI, *stuck), language="zh"),
        Person("Harold P.", did(25, WIFI, *stuck[:5], ("worry_told", wifi[1]))),
        Person("Josef B.", did(20, PHOTO, "lesson_started", ("step_shown", photo[0]), ("help_opened", photo[0]), ("person_asked", photo[0]))),
        Person("Vera M.", did(30, PHOTO, *finished) + able(900, "before", "0011") + able(30, "after", "2120"), system="iphone", doings="yes"),
        Person("Tomas R.", did(2000, PHOTO, *finished) + [(n, "recall_answered", PHOTO, "", {"right": "yes"}) for n in (600.0, 400.0, 30.0)]),
        Person("Ines C.", did(26 * 24, PHOTO, *finished)),
        Person("Paul D.", did(31 * 24, WIFI, "lesson_started", ("step_shown", wifi[0]))),
        Person("Olga S.", did(34 * 24, WIFI, "lesson_started", ("step_shown", wifi[1]))),
        Person("Quiet Ken", [], volunteers=""),
        Person("Secret", did(9, WIFI, *stuck), volunteers="no"),
    ]  # fmt: skip
    for n in range(14):
        tries = [("not_found", wifi[1])] * (2 if n < 9 else 0) + [("looks_different", wifi[1])] * (n < 6)
        rest = [e for step in wifi[1:] for e in (("step_shown", step), ("step_done", step))] if n > 5 else []
        sitting = [
            "lesson_started",
            ("step_shown", wifi[0]),
            ("step_done", wifi[0]),
            ("step_shown", wifi[1]),
            *tries,
            *rest,
        ]
        if n > 5:
            sitting.append(("lesson_finished", "end"))
        people.append(Person(f"Learner-{n}", did(60 + 20 * n if n > 5 else 480, WIFI, *sitting), centre="oak-lane"))
    return people


def able(hours: float, when: str, values: str) -> list[tuple[float, str, str, str, dict[str, str]]]:
    """What was told of the four doings of the path "talk"."""
    doings = (("write", "2.1"), ("photo", "2.2"), ("video", "2.1"), ("group", "2.4"))
    return [
        (hours, "doing_told", "", "", {"path": "talk", "doing": doing, "competence": f"digcomp-2.2:{competence}", "when": when, "value": value})
        for (doing, competence), value in zip(doings, values, strict=True)
    ]  # fmt: skip


STEPS_OF: dict[str, list[str]] = {WIFI: ["open", "network", "switch"], PHOTO: ["open", "clip", "send"]}


def extras(store: Store, folder: Path) -> dict[str, Any]:
    async def well_done(learner: str, volunteer: object, at: datetime) -> bool:
        return True

    return {
        "data": folder, "badge_picture": badge_picture, "certificate": certificate_of, "well_done": well_done,
        "first": first_lesson,
    }  # fmt: skip


__all__ = ["NOW", "did", "extras", "programme", "write"]
