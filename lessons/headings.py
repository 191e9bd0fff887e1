"""Headings and what stands in their braces: `## Open Settings {#open-settings .android}`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from lessons.markdown import Block
from lessons.model import text_of
from lessons.nearest import did_you_mean
from lessons.source import Said, Spot
from lessons.words import to_said

Found = Callable[[Spot, str, str], None]
ID = re.compile(r"[a-z][a-z0-9-]*")
_BRACES = re.compile(r"\s*\{([^{}]*)\}\s*$")


@dataclass(frozen=True)
class Heading:
    """`braces` is None where there are none; `spot` is the heading's, `braces_spot` theirs."""

    words: Said
    braces: str | None
    spot: Spot
    braces_spot: Spot

    @property
    def text(self) -> str:
        return text_of(self.words.words)


def read_heading(block: Block, language: str, found: Found) -> Heading:
    pieces = list(block.pieces)
    braces, braces_spot = None, block.spot
    if pieces and pieces[-1].kind == "text" and (match := _BRACES.search(pieces[-1].text)):
        last = pieces.pop()
        braces, braces_spot = match.group(1), last.spot.after(match.start(1) - 1)
        if words := last.text[: match.start()]:
            pieces.append(replace(last, text=words))
    said, goto = to_said(pieces, language, block.spot, found)
    if goto:
        found(goto.spot, "goto-place", "A heading has no links.")
    return Heading(said, braces, block.spot, braces_spot)


class Ids:
    """The ids of one file, each used once."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.seen: dict[str, Spot] = {}

    def read(self, heading: Heading, what: str, known_flags: Collection[str]) -> tuple[str, list[str]]:
        """(id, flags). A missing or wrong id is reported and answered with one that nothing can link to."""
        line = heading.spot.line
        if heading.braces is None:
            self.found(
                heading.spot, "step-id", f"Give the {what} an id at the end of this line, such as {{#open-settings}}."
            )
            return f"?{line}", []
        words = heading.braces.split()
        identity = words[0][1:] if words and words[0].startswith("#") else ""
        if not ID.fullmatch(identity):
            shown = words[0] if words else "{}"
            self.found(
                heading.braces_spot,
                "step-id",
                f"{shown} is no id. Write # and small letters a to z, numbers or -: {{#open-settings}}.",
            )
            identity = f"?{line}"
        elif identity in self.seen:
            self.found(
                heading.braces_spot,
                "step-id",
                f"The id {identity} stands already in line {self.seen[identity].line}. Every id is used once.",
            )
            identity = f"?{line}"
        else:
            self.seen[identity] = heading.spot
        flags = [word[1:] for word in words[1:] if word.startswith(".") and word[1:] in known_flags]
        for word in words[1:]:
            if word[1:] not in flags:
                hint = did_you_mean(word, [f".{flag}" for flag in known_flags])
                self.found(heading.braces_spot, "step-flag", f'"{word}" is not known here.' + hint)
        return identity, flags
