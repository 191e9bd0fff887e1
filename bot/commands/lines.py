"""Reading texts from standard input for the commands that take many."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TextIO

import click


def texts_from(stream: TextIO, jsonl: bool) -> Iterator[str]:
    """One text a line; with `jsonl` each line is {"text": ...} or bare words. Without it all lines are one text."""
    if not jsonl:
        yield stream.read().strip()
        return
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except json.JSONDecodeError:
            value = line.rstrip("\n")
        if isinstance(value, dict):
            if not isinstance(value.get("text"), str):
                raise click.ClickException(
                    f'standard input, line {number}: an object needs "text", such as {{"text": "hello"}}'
                )
            value = value["text"]
        yield value if isinstance(value, str) else line.rstrip("\n")
