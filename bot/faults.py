"""Errors as a log may show them: what kind and where in the code, never their words, which may be a learner's."""

from __future__ import annotations

import traceback
from pathlib import Path


def described(error: BaseException) -> str:
    """Such as `KeyError in steps.py:120 < tutor.py:41`, the innermost place first."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(error).__name__} in {places}" if places else type(error).__name__
