"""The rows as a spreadsheet. Written row by row: a large programme does not fit into memory."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from .rows import COLUMNS, Row
from .words import words_in

__all__ = ["FileCreateError", "write_xlsx"]

WIDTHS = {"title": 34, "competences": 30, "learner": 24, "centre": 16, "lesson": 20}


def write_xlsx(rows: Iterable[Row], path: Path, *, made: datetime, language: str = "en") -> None:
    """Times are UTC without a zone, as spreadsheets know no zones. No cell is a formula."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    words = words_in(language)
    book = xlsxwriter.Workbook(path, options)
    book.set_properties(
        {"title": words("files.rows_title", day=words.date(made)), "created": made.astimezone(UTC).replace(tzinfo=None)}
    )
    head = book.add_format({"bold": True, "bg_color": "#E3EFEC", "bottom": 2})
    time = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    part = book.add_format({"num_format": "0.00"})
    sheet = book.add_worksheet(words("files.rows_heading"))
    sheet.freeze_panes(1, 3)
    for number, name in enumerate(COLUMNS):
        sheet.set_column(number, number, WIDTHS.get(name, 20 if name.endswith("_utc") else 13))
        sheet.write_string(0, number, name, head)
    last = 0
    for last, row in enumerate(rows, 1):
        for number, name in enumerate(COLUMNS):
            value = getattr(row, name)
            if value is None or value == "":
                continue
            if isinstance(value, datetime):
                sheet.write_datetime(last, number, value.astimezone(UTC).replace(tzinfo=None, microsecond=0), time)
            elif isinstance(value, (int, float)):
                sheet.write_number(last, number, value, part if name == "progress" else None)
            else:
                sheet.write_string(last, number, str(value))
    sheet.autofilter(0, 0, max(1, last), len(COLUMNS) - 1)
    book.close()
