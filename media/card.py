"""A lesson on paper: A4, large print, two steps a page with their pictures. The words come ready; this sets them."""

from __future__ import annotations

from pathlib import Path

from media.card_fit import pages_of
from media.card_sheet import FOOT, PICTURE, WHOLE, Sheet, quiet
from media.card_words import Card, CardStep
from media.screens import ScreenLibrary

__all__ = ["Card", "CardError", "CardStep", "pdf_of"]


class CardError(Exception):
    """This lesson cannot be printed; the message says why and what to do."""


def pdf_of(card: Card, screens: ScreenLibrary, own_folder: Path | None) -> bytes:
    """The whole card. Raises CardError, ScreenError or PictureError in words."""
    if card.language.split("-")[0] in ("ar", "fa", "he", "ur"):
        raise CardError("Cards in languages that run from right to left are not printed yet.")
    sheet = Sheet(card)
    blocks = [sheet.measured(number, step, screens, own_folder) for number, step in enumerate(card.steps, 1)]
    pages = pages_of(blocks, sheet.top_of_body(), FOOT - 4, picture=PICTURE, alone=WHOLE)
    for number, page in enumerate(pages, 1):
        sheet.page(number, len(pages), page, screens, own_folder)
    sheet.last_words()
    with quiet():
        return bytes(sheet.pdf.output())
