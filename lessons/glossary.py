"""Words explained, one file a language: `## word {#term}` and one paragraph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lessons.diagnostic import Diagnostic
from lessons.headings import Ids, read_heading
from lessons.markdown import Block, read_blocks
from lessons.model import text_of
from lessons.source import Spot
from lessons.words import Found, to_said


@dataclass(frozen=True)
class GlossaryEntry:
    """`word` as the heading has it, `text` the explanation in plain words; `line` where it stands."""

    word: str
    text: str
    line: int = 0


def read_glossary(text: str, *, path: str, language: str) -> tuple[Mapping[str, GlossaryEntry], list[Diagnostic]]:
    """Term -> entry, and what is wrong with the file. Never raises."""
    diagnostics: list[Diagnostic] = []

    def found(spot: Spot, rule: str, message: str) -> None:
        diagnostics.append(Diagnostic(path, spot.line, spot.column, rule, message))

    blocks, hidden = read_blocks(text, 1)
    for spot, name in hidden:
        found(spot, "not-allowed", f"The glossary has no place for {name}.")
    entries: dict[str, GlossaryEntry] = {}
    ids = Ids(found)
    term, word, spot = "", "", Spot()
    for block in blocks:
        if block.kind == "heading" and block.level == 2:
            _without_text(entries, term, word, spot, found)
            heading = read_heading(block, language, found)
            term, _ = ids.read(heading, "word", ())
            word, spot = heading.text, block.spot
        elif block.kind == "paragraph" and term and term not in entries:
            entries[term] = GlossaryEntry(word, _plain(block, language, found), spot.line)
        elif block.kind not in ("comment",) and not (block.kind == "heading" and block.level == 1):
            found(block.spot, "glossary", "The glossary has words, ## word {#word}, and one paragraph under each.")
    _without_text(entries, term, word, spot, found)
    return entries, diagnostics


def _without_text(entries: Mapping[str, object], term: str, word: str, spot: Spot, found: Found) -> None:
    if term and term not in entries:
        found(spot, "glossary", f'Explain "{word}" in one paragraph under this line.')


def _plain(block: Block, language: str, found: Found) -> str:
    for piece in block.pieces:
        if piece.kind == "link":
            found(piece.spot, "glossary", "An explanation has no links: say it in plain words.")
    said, _ = to_said([p for p in block.pieces if p.kind != "link"], language, block.spot, found)
    return " ".join(text_of(said.words).split())
