"""The guard at the door: pure, and first in every state. `look(text)` finds secrets, tricks and danger."""

from bot.safety.finding import Finding, Secret
from bot.safety.look import look

__all__ = ["Finding", "Secret", "look"]
