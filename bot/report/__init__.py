"""What volunteers see. Reads only, through a connection of its own; one query feeds every form."""

from .files import as_csv, as_json
from .lessons import LessonFacts, Lessons
from .rows import COLUMNS, ReportError, Row, lines, rows
from .text import as_text
from .today import Report, report

__all__ = [
    "COLUMNS", "LessonFacts", "Lessons", "Report", "ReportError", "Row", "as_csv", "as_json", "as_text", "lines",
    "report", "rows",
]  # fmt: skip
