"""What volunteers see. Reads only, through a connection of its own; one query feeds every form."""

from .doings import Doing, as_doings_csv, doings
from .figures import Figures, figures
from .files import as_csv, as_json
from .found import Report
from .learners import STATUSES, Found, Wanted, learners
from .lessons import LessonFacts, Lessons
from .rows import COLUMNS, Line, ReportError, Row, centre_of, centres_of, lines, rows
from .statements import as_statements
from .story import Story, story
from .text import as_text
from .today import missed_by_centre, report, waiting_long

__all__ = [
    "COLUMNS", "STATUSES", "Doing", "Figures", "Found", "LessonFacts", "Lessons", "Line", "Report", "ReportError", "Row",
    "Story", "Wanted", "as_csv", "as_doings_csv", "as_json", "as_statements", "as_text", "centre_of", "centres_of", "doings", "figures", "learners", "lines", "missed_by_centre",
    "report", "rows", "story", "waiting_long",
]  # fmt: skip
