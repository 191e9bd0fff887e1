"""The pages of a card: lengths and places on paper, in millimetres."""

from __future__ import annotations

import contextlib
import io
import logging
import warnings
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import MethodReturnValue

from media import card_picture
from media.card_fit import Block, Page
from media.card_words import Card, CardStep, all_words, breakable, chinese_lines, is_chinese
from media.drawing.letters import FILES, FONTS
from media.screens import ScreenLibrary

HEADING, STEP, SMALL, LEAST = 34, 19, 16, 16  # points
LEAD = 1.5
MARGIN, WIDE, TALL = 16.0, 210.0, 297.0  # millimetres
PICTURE, GAP = 96.0, 9.0
WHOLE = 128.0  # how tall the picture of a step may be that has a page for itself: the whole phone
COLUMN = WIDE - 2 * MARGIN - PICTURE - GAP
DISC = 15.5
FOOT = 253.0  # where the last lines of a page begin
INK, YELLOW = (20, 22, 27), (255, 212, 0)
MM = 25.4 / 72  # a point


class Sheet:
    """One PDF being written. All lengths are millimetres."""

    def __init__(self, card: Card) -> None:
        self.card = card
        self.pdf = pdf = FPDF(format="A4")
        pdf.set_auto_page_break(False)
        pdf.set_margin(0)
        pdf.c_margin = 0
        pdf.set_title(card.title)
        pdf.set_lang(card.language)
        pdf.set_author("Handrail")
        pdf.set_creation_date(card.made)
        self.family = "chinese" if card.language.split("-")[0] in ("zh", "yue") else "roboto"
        with quiet():
            self._add("main", self.family)
            if self.family != "chinese" and any(is_chinese(c) for text in all_words(card) for c in text):
                self._add("beside", "chinese")
                pdf.set_fallback_fonts(["beside"], exact_match=True)
        self._rest = 0.0

    def _add(self, name: str, family: str) -> None:
        for style, weight in (("", "regular"), ("B", "bold")):
            self.pdf.add_font(name, style, FONTS / FILES[family, weight])

    # --- measuring ---

    def top_of_body(self) -> float:
        return MARGIN + SMALL * LEAD * MM + self._height(f"**{self.card.title}**", WIDE - 2 * MARGIN, HEADING, 1.2) + 9

    def measured(self, number: int, step: CardStep, screens: ScreenLibrary, own_folder: Path | None) -> Block:
        """How tall its words are, with and without what helps when lost, and how small its picture may be."""
        words = sum(self._height(p, COLUMN, STEP) + 3 for p in self._paragraphs(step))
        if step.look_for:
            words += self._height(step.look_for, COLUMN - 11, STEP) + 3
        lost = self._height(step.lost, COLUMN - 7, SMALL) + 3 if step.lost else 0
        least = 0.0
        if step.picture:
            small = card_picture.drawn(step.picture, screens, own_folder, tall=0, at_least=True)
            least = max(50.0, small.height / 1080 * PICTURE)
        return Block(number, words, lost, least)

    def _paragraphs(self, step: CardStep) -> tuple[str, ...]:
        """A sentence a paragraph, or all in one where that would be taller than a picture."""
        apart = sum(self._height(p, COLUMN, STEP) + 3 for p in step.words)
        look_for = self._height(step.look_for, COLUMN - 11, STEP) + 3 if step.look_for else 0
        lost = self._height(step.lost, COLUMN - 7, SMALL) + 3 if step.lost else 0
        if apart + look_for + lost <= PICTURE:
            return step.words
        return (("" if self.family == "chinese" else " ").join(step.words),)

    def _height(self, text: str, wide: float, size: float, lead: float = LEAD) -> float:
        return self._text(text, 0, 0, wide, size, lead, only_measure=True)

    # --- writing ---

    def page(self, number: int, of: int, page: Page, screens: ScreenLibrary, own_folder: Path | None) -> None:
        pdf, labels = self.pdf, self.card.labels
        pdf.add_page()
        head = labels["page_for"] if self.card.phone else labels["page"]
        head = head.format(phone=self.card.phone, number=number, of=of)
        y = MARGIN + self._text(head, MARGIN, MARGIN, WIDE - 2 * MARGIN, SMALL)
        self._text(f"**{self.card.title}**", MARGIN, y, WIDE - 2 * MARGIN, HEADING, 1.2)
        for block, y, picture in page.placed:
            self._step(self.card.steps[block.number - 1], block, y, picture, screens, own_folder)
        self._rest = page.rest
        self._foot([self.card.steps[block.number - 1] for block, _, _ in page.placed])

    def _step(
        self, step: CardStep, block: Block, y: float, tall: float, screens: ScreenLibrary, own_folder: Path | None
    ) -> None:
        if step.picture:
            drawn = card_picture.drawn(step.picture, screens, own_folder, tall=round(tall / PICTURE * 1080))
            file = io.BytesIO()
            card_picture.rounded(drawn).save(file, "PNG")
            self.pdf.image(file, MARGIN, y, PICTURE, alt_text=step.picture.alt or None)
        self._disc(MARGIN - 0.5, y + 0.5, block.number)
        x = MARGIN + PICTURE + GAP
        y -= (LEAD - 1) * STEP * MM / 2  # the letters' tops stand as high as the picture's
        for paragraph in self._paragraphs(step):
            y += self._text(paragraph, x, y, COLUMN, STEP) + 3
        if step.look_for:
            self.pdf.set_line_width(0.7)
            self.pdf.rect(x, y + 1.9, 6.2, 6.2, round_corners=True, corner_radius=1)
            y += self._text(step.look_for, x + 11, y, COLUMN - 11, STEP) + 3
        if step.lost and block.with_lost:
            tall = self._text(step.lost, x + 7, y + 1, COLUMN - 7, SMALL)
            self.pdf.set_fill_color(*INK)
            self.pdf.rect(x, y + 1, 1.6, tall, style="F")

    def _disc(self, x: float, y: float, number: int) -> None:
        """Half outside the picture, on its corner, where there is nothing but the phone's case."""
        self.pdf.set_draw_color(*INK)
        self.pdf.set_fill_color(*YELLOW)
        self.pdf.set_line_width(1.1)
        self.pdf.circle(x, y, DISC / 2 - 0.6, style="DF")
        self.pdf.set_font("main", "B", 26)
        wide = self.pdf.get_string_width(str(number))
        self.pdf.set_text_color(*INK)
        self.pdf.text(x - wide / 2, y + 26 * MM * 0.355, str(number))

    def _foot(self, steps: Sequence[CardStep]) -> None:
        pdf, labels = self.pdf, self.card.labels
        undo = next((step.undo for step in steps if step.undo), labels["wrong_place_do"])
        tall = self._height(f"**{labels['wrong_place']}** {undo}", WIDE - 2 * MARGIN, SMALL)
        self._text(
            f"**{labels['wrong_place']}** {undo}", MARGIN, FOOT + max(0.0, 17 - tall) / 2, WIDE - 2 * MARGIN, SMALL
        )
        pdf.set_draw_color(*INK)
        pdf.set_line_width(0.8)
        pdf.line(MARGIN, FOOT + 19, WIDE - MARGIN, FOOT + 19)
        half = (WIDE - 2 * MARGIN - GAP) / 2
        self._line(labels["helper"], self.card.helper, MARGIN, FOOT + 22, half)
        self._line(labels["telephone"], self.card.telephone, MARGIN + half + GAP, FOOT + 22, half)

    def _line(self, label: str, filled: str, x: float, y: float, wide: float) -> None:
        """A label and what belongs there, or a line to write it on."""
        if filled:
            self._text(f"{label} **{filled}**", x, y, wide, SMALL, 1.2)
            return
        self._text(label, x, y, wide, SMALL, 1.2)
        self.pdf.set_font("main", "", SMALL)
        start = x + self.pdf.get_string_width(label) + 3
        self.pdf.set_line_width(0.4)
        self.pdf.line(start, y + 6.4, x + wide, y + 6.4)

    def last_words(self) -> None:
        """Where half of the last page is free: the closing words, and lines for notes."""
        y = self._rest + 4
        if FOOT - y < 45 or not self.card.end:
            return
        for paragraph in self.card.end:
            y += self._text(f"**{paragraph}**", MARGIN, y, WIDE - 2 * MARGIN, STEP) + 2
        y += 3
        if FOOT - y < 24:
            return
        self._text(self.card.labels["notes"], MARGIN, y, WIDE - 2 * MARGIN, SMALL)
        y += 20
        self.pdf.set_line_width(0.3)
        while y < FOOT - 5:
            self.pdf.line(MARGIN, y, WIDE - MARGIN, y)
            y += 12

    def _width(self, size: float, text: str, bold: bool) -> float:
        self.pdf.set_font("main", "B" if bold else "", size)
        wide = self.pdf.get_string_width(text)
        self.pdf.set_font("main", "", size)
        return wide

    def _text(
        self, text: str, x: float, y: float, wide: float, size: float, lead: float = LEAD, *, only_measure: bool = False
    ) -> float:
        """Sets a paragraph; its height."""
        pdf, line = self.pdf, size * lead * MM
        if not pdf.pages:
            pdf.add_page()
            try:
                return self._text(text, x, y, wide, size, lead, only_measure=True)
            finally:
                pdf.pages.clear()
                pdf.page = 0
        pdf.set_font("main", "", size)
        pdf.set_text_color(*INK)
        pdf.set_xy(x, y)
        if self.family == "chinese":
            text, wide = chinese_lines(text, wide, partial(self._width, size)), wide + 1
        with quiet():
            height = pdf.multi_cell(
                wide,
                line,
                breakable(text),
                align="L",
                markdown=True,
                dry_run=only_measure,
                output=MethodReturnValue.HEIGHT,
            )
        return float(height)  # type: ignore[arg-type]


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """The libraries below tell programmers of things that are as they should be."""
    loggers = [logging.getLogger(name) for name in ("fontTools", "fpdf")]
    before = [one.level for one in loggers]
    for one in loggers:
        one.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for one, level in zip(loggers, before, strict=True):
            one.setLevel(level)
