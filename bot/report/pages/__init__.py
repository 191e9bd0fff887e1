"""The report as pages: templates, and what they are given. Knows nothing of requests; whoever serves it hands in who
looks, when, and what was found."""

from .pages import Pages, Viewer, as_page

__all__ = ["Pages", "Viewer", "as_page"]
