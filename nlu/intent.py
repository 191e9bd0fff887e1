"""What the learner meant: one value, whether it was tapped, typed or spoken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

INTENTS = (
    "next", "repeat", "back", "stuck", "skip_step", "pause", "resume", "restart_lesson", "affirm", "deny",
    "find_lesson", "list_lessons", "next_lesson", "my_progress", "explain_term", "show_picture", "simpler",
    "voice_on", "voice_off", "voice_slower", "bigger_text", "change_language", "change_device", "human_help",
    "check_scam", "tricked", "emergency", "lost", "someone_else", "worried", "reminder_set", "reminder_off",
    "my_data", "delete_me", "capabilities", "bot_challenge", "greet", "thanks", "goodbye", "out_of_scope",
)  # fmt: skip


@dataclass(frozen=True)
class Entity:
    """`name` is term, language, device, time or name; `value` is normalised; start and end index the text."""

    name: str
    value: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Understanding:
    """`choice` is set when a button was tapped, or when the words were those of a button just offered.

    `ranking` is (intent, confidence), best first. `lessons` is (lesson id, score), best first.
    `reason` refines stuck (not_there, looks_different, nothing_happens, asks_password) and pause (moment, day).
    """

    intent: str
    confidence: float = 1.0
    ranking: tuple[tuple[str, float], ...] = ()
    entities: tuple[Entity, ...] = ()
    lessons: tuple[tuple[str, float], ...] = ()
    text: str = ""
    choice: str = ""
    reason: str = ""

    def entity(self, name: str) -> str:
        """The value of the first entity of that name, or ""."""
        return next((e.value for e in self.entities if e.name == name), "")


class Recognizer(Protocol):
    """Two of them: in this process, or a Rasa server."""

    def parse(self, text: str, language: str) -> Understanding:
        """Pure and quick enough for a thread; never raises on any text."""
