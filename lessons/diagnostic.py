"""What is wrong with a file that a volunteer wrote, and where, in words that say what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Diagnostic:
    """`line` and `column` count from 1. `rule` names the page in docs/rules. A note does not fail a check."""

    path: str
    line: int
    column: int
    rule: str
    message: str
    note: bool = False

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.rule}: {self.message}"
