"""What can go wrong with the database, in words that say what to do next."""

from __future__ import annotations

import sqlite3


class StoreError(Exception):
    """Nothing was written. The message says in words what is wrong and what to do next."""


def in_words(error: sqlite3.Error) -> StoreError:
    """SQLite's error as a StoreError that somebody can act on."""
    text = str(error).lower()
    if "full" in text:
        return StoreError(
            "The disk is full, so nothing could be noted. Make room on it; Handrail then goes on by itself."
        )
    if "locked" in text or "busy" in text:
        return StoreError(
            "Another program holds Handrail's database. Close it (a database viewer, perhaps, or a backup); "
            "Handrail then goes on by itself."
        )
    if "readonly" in text or "read-only" in text or "unable to open" in text:
        return StoreError(
            "Handrail may not write in its data folder. Give this user leave to write there, "
            "or set HANDRAIL_DATA to a folder where it may."
        )
    if "not a database" in text or "malformed" in text:
        return StoreError(
            "The database file is damaged. Keep a copy of the whole data folder, then put back the last backup."
        )
    return StoreError(f"The database answered with an error: {error}")
