"""The linter: every rule runs before anything is reported. A rule is a small function with a page in docs/rules."""

from __future__ import annotations

from lessons.catalogue import Catalogue
from lessons.diagnostic import Diagnostic
from lessons.model import Screens
from lessons.rules import front, links, shelf, structure, voice, words
from lessons.rules.look import Seconds, Shelf, each_lesson, whole_shelf

RULES = (
    each_lesson(front.front_matter_value),
    each_lesson(front.asks_too_few),
    whole_shelf(front.asks_twice),
    each_lesson(shelf.needs_unknown),
    each_lesson(shelf.needs_unwritten),
    whole_shelf(shelf.needs_cycle),
    each_lesson(shelf.plan_differs),
    each_lesson(structure.step_count),
    each_lesson(structure.step_incomplete),
    each_lesson(structure.parts_too_many),
    each_lesson(structure.undo_missing),
    each_lesson(structure.button_too_long),
    each_lesson(structure.button_twice),
    each_lesson(structure.alt_too_long),
    each_lesson(structure.goto_missing),
    each_lesson(structure.right_choice),
    each_lesson(words.sentence_too_long),
    each_lesson(words.step_too_long),
    each_lesson(words.grade_too_high),
    each_lesson(words.banned_word),
    each_lesson(words.word_unexplained),
    each_lesson(words.todo_left),
    each_lesson(voice.voice_empty),
    each_lesson(voice.voice_too_long),
    each_lesson(links.screen_unknown),
    each_lesson(links.name_differs),
    each_lesson(links.term_unknown),
    each_lesson(links.own_picture),
    whole_shelf(shelf.step_ids_differ),
    whole_shelf(shelf.translation_stale),
)

# What the reader itself reports: a file that breaks one of these is not taught.
READING_RULES = (
    "file-not-text",
    "file-too-large",
    "file-empty",
    "file-name",
    "byte-order-mark",
    "windows-line-ends",
    "front-matter-missing",
    "front-matter-unclosed",
    "front-matter-broken",
    "front-matter-key",
    "front-matter-text",
    "title",
    "goal",
    "heading",
    "sections",
    "step-id",
    "step-flag",
    "variant",
    "part-order",
    "part-twice",
    "part-count",
    "empty-part",
    "list-line",
    "label-missing",
    "label-unknown",
    "label-colon",
    "if-colon",
    "goto-place",
    "goto-not-last",
    "link-unknown",
    "link-without-words",
    "bold-only-labels",
    "marks-left-over",
    "not-allowed",
    "picture-alone",
    "picture-without-alt",
    "picture-source",
    "picture-braces",
    "picture-ring",
    "question",
    "choice",
    "glossary",
    "curriculum",
    "made-from",
)


def check(
    catalogue: Catalogue, screens: Screens | None, *, seconds: Seconds | None = None, only: str = ""
) -> list[Diagnostic]:
    """Everything that is wrong with the catalogue's files, in their order: what reading found and what every rule
    found. Without screens the rules about screens are silent, without `seconds` the one about the voice's length.

    `only` names one lesson: the others are then not looked at for their own sake, which is quicker."""
    view = Shelf(catalogue, screens, seconds, only)
    found = [diagnostic for rule in RULES for diagnostic in rule.check(view)]
    return sorted({*catalogue.diagnostics, *found})
