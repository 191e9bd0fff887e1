"""One place for logging: one line an event, no words of a learner, no names, no token."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable


class _WithoutSecrets(logging.Filter):
    """Takes tokens out of every line, whoever wrote it, tracebacks included."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        known = [re.escape(s) for s in secrets if s]
        # The shape of a Telegram token, too: a library may log one that we were not told of.
        self._pattern = re.compile("|".join([*known, r"\b\d{6,12}:[A-Za-z0-9_-]{30,}"]))

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if record.exc_info:
            record.exc_text = self._pattern.sub("(secret)", logging.Formatter().formatException(record.exc_info))
        record.msg, record.args = self._pattern.sub("(secret)", text), ()
        return True


def set_up_logs(level: str, secrets: Iterable[str] = ()) -> None:
    """Log to standard error. What other packages say below a warning is left out: it may hold addresses."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S%z"))
    handler.addFilter(_WithoutSecrets(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for ours in ("bot", "media", "nlu", "lessons", "handrail"):
        logging.getLogger(ours).setLevel(level.upper())
