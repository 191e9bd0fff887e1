"""The report in the browser: signing in, its pages, its files."""

from .house import HandOver, ReportHouse
from .routes import report_routes

__all__ = ["HandOver", "ReportHouse", "report_routes"]
