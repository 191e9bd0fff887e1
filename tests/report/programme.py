"""A small programme of learners, written by the store itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.messages import Event, Plan, Session, Turn
from bot.report import LessonFacts
from bot.store import Address, Store

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LESSONS = {
    "send-photo": LessonFacts(
        titles={"en": "Send a photo", "zh": "发送照片"},
        totals={"": 5, "iphone": 4},
        competences=("dlgf-2018:0.2", "digcomp-2.2:5.1"),
        steps={"en": {"open": "Open the chat", "clip": "Tap the paper clip"}},
    ),
    "bigger-text": LessonFacts(titles={"en": "Bigger letters"}, totals={"": 4}),
}


@dataclass
class Person:
    """What one learner did: `did` is (hours ago, event, lesson, step, detail)."""

    name: str
    did: list[tuple[float, str, str, str] | tuple[float, str, str, str, dict[str, str]]] = field(default_factory=list)
    centre: str = "elm-street"
    remember: str = "yes"
    volunteers: str = "yes"
    language: str = "en"
    system: str = "android"
    agreed: str = ""
    doings: str = ""
    recall_in_days: int = 0


async def write(folder: Path, *people: Person) -> dict[str, str]:
    """Name -> learner id."""
    store = Store.open(folder, clock=lambda: NOW)
    ids = {}
    for person in people:
        chat = await store.chat_of(Address("telegram", "bot1", person.name))
        ids[person.name] = learner = await store.learner_of(chat)
        consents = {"remember": person.remember, "volunteers": person.volunteers, "doings": person.doings}
        session = Session(
            learner, name=person.name, centre=person.centre, language=person.language, system=person.system,
            consents={purpose: answer for purpose, answer in consents.items() if answer},
            notes={"agreed": person.agreed} if person.agreed else {},
        )  # fmt: skip
        for hours, name, lesson, step, *detail in person.did:
            at = NOW - timedelta(hours=hours)
            event = Event(
                name, at, learner, lesson, "v1", step, language=person.language, detail=detail[0] if detail else {}
            )
            await store.save(Turn(session, events=(event,)), chat=chat, at=at)
        if person.recall_in_days:
            recall = Plan("recall", NOW + timedelta(days=person.recall_in_days), "send-photo")
            await store.save(Turn(session, plans=(recall,)), chat=chat, at=NOW)
    await store.close()
    return ids
