"""One Handrail a data folder. The lock is the system's own, so a killed process leaves none behind."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path

from .errors import StoreError


class FolderLock:
    """Raises StoreError where another process holds the folder; the message says who."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "handrail.lock"
        self._file: TextIOWrapper | None = None
        file = self._path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            who = _holder(file)
            file.close()
            raise StoreError(
                f"Another Handrail is at work in {folder} ({who}). Stop that one first, "
                "or set HANDRAIL_DATA to a folder of its own for this one."
            ) from error
        file.seek(0)
        file.truncate()
        json.dump({"pid": os.getpid(), "host": socket.gethostname(), "since": _now()}, file)
        file.flush()
        self._file = file

    def release(self) -> None:
        """The file stays, empty: deleting it would let two processes lock two files of one name."""
        if self._file is not None:
            self._file.seek(0)
            self._file.truncate()
            self._file.close()
            self._file = None


def _holder(file: TextIOWrapper) -> str:
    try:
        file.seek(0)
        who = json.load(file)
        return f"process {who['pid']} on {who['host']}, since {who['since']}"
    except (ValueError, KeyError, TypeError):
        return "it has only now begun"


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
