"""What every engine that speaks has in common."""

from __future__ import annotations

from typing import Protocol

from media.sound import Samples


class VoiceError(Exception):
    """This text could not be spoken. Another text may be."""


class EngineDown(VoiceError):
    """The engine speaks nothing at the moment (no network, not installed). The message says what to do."""


class Engine(Protocol):
    """`live`: quick, and nothing leaves the machine, so it may also speak while the bot runs. `splits`: "clauses" when
    each clause is asked for by itself, "sentences" when a request is dear: pauses inside are then found and lengthened."""

    @property
    def name(self) -> str: ...

    @property
    def about(self) -> str:
        """One sentence for an operator: what it is, and where the words go."""

    @property
    def live(self) -> bool: ...

    @property
    def splits(self) -> str: ...

    def can(self, language: str) -> bool:
        """Whether it is here and knows the language."""

    def missing(self) -> str:
        """Why it cannot speak, and what to do; "" when it can."""

    def speak(self, text: str, language: str) -> Samples:
        """One phrase, plain text as a person reads it. Blocks. Raises VoiceError or EngineDown."""

    def close(self) -> None: ...


def variant_of(engine: Engine, language: str) -> str:
    """Which of its voices an engine speaks a language with; "" for an engine of one voice."""
    variant = getattr(engine, "variant", None)
    return str(variant(language)) if variant else ""
