"""The report in the browser: signing in, its pages, its files."""

from .class_house import ClassHouse
from .house import HandOver, ReportHouse
from .routes import report_routes

__all__ = ["ClassHouse", "HandOver", "ReportHouse", "report_routes"]
