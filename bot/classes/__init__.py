"""A class: one lesson for a room of people, one step on the wall, and one volunteer who sees whose hand is up."""

from .classes import Classes
from .words import ClassWords

__all__ = ["ClassWords", "Classes"]
