"""The report as pages: templates, and what they are given. Knows nothing of requests; whoever serves it hands in who
looks, when, and what was found."""

from .pages import Pages, Viewer

__all__ = ["Pages", "Viewer"]
