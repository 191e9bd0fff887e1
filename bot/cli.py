"""`handrail ...`: the command line. Each command lives in bot/commands and calls one function; this file joins them."""

from __future__ import annotations

import importlib
import os
import sys

import click

# Before numpy is loaded: small sums in many threads cost more than they gain, and hold up the drawing beside them.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Name -> module:attribute. Loaded only when asked for, so that each command starts quickly.
COMMANDS = {
    "run": "bot.commands.run:run",
    "chat": "bot.commands.chat:chat",
    "lessons": "bot.commands.lessons:lessons",
    "media": "bot.commands.media:media",
    "phrases": "bot.commands.phrases:phrases",
    "nlu": "bot.commands.nlu:nlu",
    "safety": "bot.commands.safety:safety",
    "report": "bot.commands.report:report",
    "learner": "bot.commands.people:learner",
    "centre": "bot.commands.people:centre",
    "volunteer": "bot.commands.volunteer:volunteer",
    "badge": "bot.commands.badge:badge",
    "backup": "bot.commands.backup:backup",
    "restore": "bot.commands.backup:restore",
    "doctor": "bot.commands.doctor:doctor",
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="handrail", prog_name="handrail")
def main() -> None:
    """Handrail teaches older people to use their phones, one small step at a time."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main()
