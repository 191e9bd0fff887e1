"""What the hand-over asks about centres and lessons."""

from __future__ import annotations

from datetime import datetime

from bot.centres import Centres
from bot.conversation.waking import zone
from bot.phrases import Phrases
from lessons.catalogue import Catalogue


class Places:
    """Implements bot.people.handover.Places."""

    def __init__(self, centres: Centres, phrases: Phrases, catalogue: Catalogue) -> None:
        self._centres, self._phrases, self._catalogue = centres, phrases, catalogue

    def language(self, centre: str) -> str:
        """In which the volunteers of a centre are written to."""
        return "zh" if self._centres.get(centre).country == "CN" else "en"

    def name(self, centre: str) -> str:
        found = self._centres.get(centre)
        return found.name or self._phrases.say("who.the_centre", self.language(centre))

    def is_open(self, centre: str, at: datetime) -> bool:
        """Always, where no hours are known."""
        found = self._centres.get(centre)
        local = at.astimezone(zone(found))
        clock = local.strftime("%H:%M")
        hours = [(start, end) for day, start, end in found.hours if day == local.weekday()]
        return not found.hours or any(start <= clock < end for start, end in hours)

    def step(self, lesson: str, step: str, language: str) -> str:
        """ "Join a Wi-Fi network, step 3: Choose your network"."""
        found = self._catalogue.lesson(lesson, language) or self._catalogue.lesson(lesson, "en")
        if found is None:
            return lesson
        number = next((n for n, s in enumerate(found.steps, 1) if s.id == step), 0)
        if not number:
            return found.title
        title = found.steps[number - 1].title
        return f"{found.title}，第{number}步：{title}" if language == "zh" else f"{found.title}, step {number}: {title}"
