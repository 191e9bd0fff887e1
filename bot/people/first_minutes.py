"""A new volunteer's first ten minutes, as a lesson: one small doing at a time, in the messenger or on the page."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.messages import Button, Reply

FILE = Path(__file__).resolve().parents[1] / "phrases" / "volunteer" / "en.toml"
CHOICE = "desk-first-"


@dataclass(frozen=True)
class Doing:
    """`words` has `**name**` round what stands on the volunteer's screen."""

    title: str
    words: str


@cache
def doings(address: str) -> tuple[Doing, ...]:
    """In order; `address` is where the report stands."""
    steps = tomllib.loads(FILE.read_text(encoding="utf-8"))["steps"]
    return tuple(Doing(step["title"], step["words"].format(address=address)) for step in steps)


def first_minutes(choice: str, address: str) -> Reply | None:
    """The doing that a button asks for (`desk-first-0` and on); None where the button is another."""
    number = choice.removeprefix(CHOICE)
    if not choice.startswith(CHOICE) or not number.isdecimal():
        return None
    all_of_them = doings(address or "the page of your Handrail, /report")
    at = int(number)
    if at >= len(all_of_them):
        return Reply(
            "That is all. Thank you for being here.", spoken="", buttons=(Button("desk-report", "Who needs a person?"),)
        )
    doing = all_of_them[at]
    words = f"**{doing.title}** ({at + 1} of {len(all_of_them)})\n\n{doing.words}"
    buttons = [Button(f"{CHOICE}{at + 1}", "Done")]
    if at:
        buttons.append(Button(f"{CHOICE}{at - 1}", "Back"))
    return Reply(words, spoken="", buttons=tuple(buttons))
