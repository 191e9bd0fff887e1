"""One lesson file becomes a Lesson: sections, steps, variants, questions. Everything wrong is found in one go.

`read_lesson` keeps what could be read with the place of each part, for the rules and for `lessons fmt`;
`parse` gives the Lesson that is taught, or None where anything was wrong.
"""

from __future__ import annotations

from collections.abc import Mapping

from lessons import front_matter
from lessons.build import build
from lessons.diagnostic import Diagnostic
from lessons.headings import Ids, read_heading
from lessons.labels import Labels
from lessons.markdown import Block, read_blocks
from lessons.model import MAKERS, RESERVED_IDS, SYSTEMS, Lesson
from lessons.nearest import did_you_mean, nearest
from lessons.questions import read_choices
from lessons.source import LessonSource, PartsAt, QuestionAt, Said, Spot, StepAt, joined
from lessons.step_parts import PartsReader
from lessons.words import to_said

SYSTEM_HEADINGS = {"Android": "android", "iPhone": "iphone", "Harmony": "harmony"}
STEP_FLAGS = (*SYSTEMS, "alone")


def parse(
    text: str, *, path: str, lesson_id: str, language: str, labels: Labels
) -> tuple[Lesson | None, list[Diagnostic]]:
    """The lesson, or None where the text breaks the format, and what is wrong with it. Never raises."""
    source = read_lesson(text, path=path, lesson_id=lesson_id, language=language, labels=labels)
    wrong = any(not d.note for d in source.diagnostics)
    return (None if wrong else build(source)), sorted(source.diagnostics)


def read_lesson(text: str, *, path: str, lesson_id: str, language: str, labels: Labels) -> LessonSource:
    """Everything of the text that could be read. What is wrong stands in `.diagnostics` of the answer."""
    source = LessonSource(path, lesson_id, language, text)
    front, body, body_line = front_matter.split(text, source.found)
    source.front = front_matter.read(front, source.found)
    blocks, hidden = read_blocks(body, body_line)
    for spot, name in hidden:
        source.found(spot, "not-allowed", f"A lesson has no place for {name}. Say it in plain words.")
    _Reader(source, labels.of(language)).read(blocks)
    return source


class _Reader:
    def __init__(self, source: LessonSource, labels: Mapping[str, str]) -> None:
        self.source = source
        self.found = source.found
        self.labels = labels
        self.ids = Ids(self.found)
        self.section = "head"  # head, step, end, checks, recall, lost
        self.step: StepAt | None = None
        self.parts: PartsReader | None = None
        self.question: QuestionAt | None = None
        self.had_title = False

    def read(self, blocks: list[Block]) -> None:
        for block in self._with_lists_joined(blocks):
            if block.kind == "odd":
                self.found(block.spot, "not-allowed", f"A lesson has no place for {block.odd}. Say it in plain words.")
            elif block.kind == "heading":
                self._heading(block)
            elif self.section == "head":
                self._head(block)
            elif self.section == "step" and self.parts is not None:
                self.parts.add(block)
            elif self.section == "end":
                self._end(block)
            elif self.section in ("checks", "recall"):
                self._question_part(block)
        self._close_parts()
        if not self.had_title:
            self.found(Spot(1, 1), "title", "The lesson has no title. Write # and the title in a line of its own.")
        elif not self.source.goal:
            self.found(
                self.source.title.spot, "goal", "Say under the title, in one paragraph, what one can do afterwards."
            )
        last = Spot(self.source.text.rstrip("\n").count("\n") + 1, 1)
        for name in RESERVED_IDS:
            if name not in self.source.sections:
                message = f"The lesson has no section {{#{name}}}. It ends with end, checks, recall."
                self.source.found(last, "sections", message, note=name != "end")
        if "end" in self.source.sections and not self.source.end:
            self.found(self.source.sections["end"], "sections", "Say a few closing words here.")

    @staticmethod
    def _with_lists_joined(blocks: list[Block]) -> list[Block]:
        """Comments taken out; a list that only a comment interrupts is one list."""
        kept: list[Block] = []
        commented = False
        for block in blocks:
            if block.kind == "comment":
                commented = True
                continue
            if commented and block.kind == "list" and kept and kept[-1].kind == "list":
                last = kept.pop()
                block = Block("list", last.spot, items=(*last.items, *block.items))
            kept.append(block)
            commented = False
        return kept

    def _heading(self, block: Block) -> None:
        if block.level == 1:
            self._title(block)
        elif block.level == 2:
            self._section(block)
        elif block.level == 3 and self.section == "step":
            self._variant(block)
        elif block.level == 3 and self.section in ("checks", "recall"):
            self._question(block)
        elif block.level == 3:
            self.found(block.spot, "heading", "### belongs inside a step (### iPhone), or inside checks and recall.")
        else:
            self.found(block.spot, "heading", "There are no smaller headings than ###.")

    def _title(self, block: Block) -> None:
        if self.had_title or self.section != "head":
            self.found(
                block.spot, "title", "A lesson has one title with a single #, at its top. A step begins with ##."
            )
            return
        self.had_title = True
        heading = read_heading(block, self.source.language, self.found)
        self.source.title = heading.words
        if heading.braces is not None:
            self.found(heading.braces_spot, "title", "The title has no braces: the folder's name is the lesson's id.")
        if not self.source.title:
            self.found(block.spot, "title", "The title is empty. Say in a few words what one learns.")

    def _head(self, block: Block) -> None:
        if block.kind != "paragraph" or not self.had_title or self.source.goal:
            self.found(
                block.spot, "goal", "Above the first step stand the title and, under it, one paragraph: the goal."
            )
        if block.kind == "paragraph" and not self.source.goal:
            self.source.goal = self._said(block)

    def _section(self, block: Block) -> None:
        self._close_parts()
        self.step = self.question = None
        heading = read_heading(block, self.source.language, self.found)
        identity, flags = self.ids.read(heading, "step", STEP_FLAGS)
        if identity in RESERVED_IDS:
            if flags:
                self.found(block.spot, "step-flag", f"{{#{identity}}} takes nothing beside it.")
            self._reserved(identity, block)
            return
        if self.source.sections:
            self.found(
                block.spot, "sections", "A step stands before the sections end, checks and recall, which come last."
            )
        if not heading.text:
            self.found(
                block.spot, "step-id", "Name the step in a few words before {#id}; volunteers and paper show them."
            )
        only = [flag for flag in flags if flag in SYSTEMS]
        if len(only) > 1:
            self.found(
                block.spot,
                "step-flag",
                "A step is for one system or for all. Write the step once for each, with an id of its own.",
            )
        self.section = "step"
        self.step = StepAt(
            identity, heading.text, block.spot, PartsAt(block.spot), only[0] if only else "", "alone" in flags
        )
        self.source.steps.append(self.step)
        self._open_parts(self.step.shared)

    def _reserved(self, identity: str, block: Block) -> None:
        later = [name for name in RESERVED_IDS[RESERVED_IDS.index(identity) + 1 :] if name in self.source.sections]
        if later:
            self.found(
                block.spot, "sections", f"{identity} stands before {later[0]}: the order is end, checks, recall."
            )
        self.source.sections.setdefault(identity, block.spot)
        self.section = identity

    def _variant(self, block: Block) -> None:
        assert self.step is not None
        self._close_parts()
        name, _, maker_name = (part.strip() for part in block.raw.replace("：", ":").partition(":"))
        system = SYSTEM_HEADINGS.get(name, "")
        if not system:
            self.found(block.spot, "variant", f'"{name}" is no system.' + did_you_mean(name, SYSTEM_HEADINGS))
            system = SYSTEM_HEADINGS.get(nearest(name, SYSTEM_HEADINGS), "")
        maker = maker_name.lower()
        if maker and MAKERS.get(maker) != system:
            makers = [m.capitalize() for m, of in MAKERS.items() if of == system]
            self.found(
                block.spot,
                "variant",
                f'"{maker_name}" is no maker of {name} phones.' + did_you_mean(maker_name, makers),
            )
        if self.step.only and system and system != self.step.only:
            self.found(
                block.spot, "variant", f"This step is for {self.step.only} only, so it has no variant for {name}."
            )
        if any((v.system, v.maker) == (system, maker) for v in self.step.variants):
            self.found(block.spot, "variant", "This variant stands in the step already. Put the two together.")
        parts = PartsAt(block.spot, system, maker)
        self.step.variants.append(parts)
        self._open_parts(parts)

    def _open_parts(self, parts: PartsAt) -> None:
        self.parts = PartsReader(parts, self.source.id, self.source.language, self.labels, self.found)

    def _close_parts(self) -> None:
        if self.parts is not None:
            self.parts.close()
            self.parts = None

    def _end(self, block: Block) -> None:
        if block.kind != "paragraph":
            self.found(block.spot, "sections", "The closing words are paragraphs, no list.")
            return
        said = self._said(block)
        before = self.source.end
        self.source.end = joined([before, said]) if before else said

    def _question(self, block: Block) -> None:
        heading = read_heading(block, self.source.language, self.found)
        identity, _ = self.ids.read(heading, "question", ())
        self.question = QuestionAt(identity, heading.words, block.spot)
        if not heading.words:
            self.found(block.spot, "question", "Write the question before its {#id}.")
        (self.source.checks if self.section == "checks" else self.source.recall).append(self.question)

    def _question_part(self, block: Block) -> None:
        if block.kind != "list" or self.question is None or self.question.choices:
            self.found(
                block.spot, "question", "Here stand questions: ### question {#id}, and under each one list of choices."
            )
        if block.kind == "list" and self.question is not None:
            self.question.choices += read_choices(block, self.source.language, self.found)

    def _said(self, block: Block) -> Said:
        said, goto = to_said(block.pieces, self.source.language, block.spot, self.found)
        if goto:
            self.found(goto.spot, "goto-place", f'Only "{self.labels["if"]}" leads to another step.')
        return said
