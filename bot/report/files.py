"""The rows as files: CSV for a spreadsheet, JSON for a program."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from .rows import COLUMNS, Row

# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(rows: Iterable[Row]) -> Iterator[str]:
    """Line by line, with a byte order mark so that a spreadsheet reads it as UTF-8. Times are in UTC."""
    return csv_lines(COLUMNS, (as_cells(row) for row in rows))


def csv_lines(columns: Sequence[str], lines: Iterable[Iterable[str]]) -> Iterator[str]:
    """The head, then each line of cells, made harmless."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    yield "\ufeff" + buffer.getvalue()
    for cells in lines:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow(harmless(cell) for cell in cells)
        yield buffer.getvalue()


def as_cells(row: Row) -> Iterator[str]:
    """Each column as text."""
    return (_cell(name, getattr(row, name)) for name in COLUMNS)


def as_json(rows: Iterable[Row]) -> Iterator[str]:
    """A list of objects with the names of the columns; what is not known is null."""
    before = "[\n"
    for row in rows:
        yield before + json.dumps({name: _plain(getattr(row, name)) for name in COLUMNS}, ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name == "progress":
        return f"{value:.2f}"
    return str(_plain(value))


def harmless(text: str) -> str:
    return "'" + text if text.startswith(_FORMULA) else text


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else value
