"""What a host wants to see of a running Handrail, without a word or a name of anybody: one line an exchange in the log, and
figures for Prometheus on a port of their own."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from wsgiref.simple_server import WSGIServer

from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.reception import Exchange

log = logging.getLogger("handrail.exchange")
SECONDS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
WAITING = {
    "inbox": "select count(*) from inbox where answered_at is null",
    "outbox": "select count(*) from outbox where done_at is null",
    "calls": "select count(*) from calls where closed_at is null",
}


class Measures:
    """`missing` gives how often a voice or a picture could not be had so far, by kind."""

    def __init__(self, database: Path, missing: Callable[[], Mapping[str, int]]) -> None:
        self.registry = CollectorRegistry(auto_describe=False)
        self._answers = Counter(
            "handrail_answers", "Messages that were answered", ("channel", "kind", "outcome"), registry=self.registry
        )
        self._seconds = Histogram(
            "handrail_answer_seconds",
            "From the message being noted to its answer being noted",
            ("channel",),
            buckets=SECONDS,
            registry=self.registry,
        )
        self._errors = Counter(
            "handrail_log_records", "Warnings and errors in the log", ("level", "where"), registry=self.registry
        )
        self.registry.register(_Waiting(database, missing))
        self._counting = _Counting(self._errors)
        self._server: tuple[WSGIServer, threading.Thread] | None = None

    def exchange(self, exchange: Exchange) -> None:
        """One message and its answer."""
        self._answers.labels(exchange.channel, exchange.kind, exchange.outcome).inc()
        self._seconds.labels(exchange.channel).observe(exchange.seconds)
        log.info(
            "channel=%s kind=%s outcome=%s replies=%d ms=%.0f",
            exchange.channel, exchange.kind, exchange.outcome, exchange.replies, exchange.seconds * 1000,
        )  # fmt: skip

    def open(self, where: str) -> None:
        """Count what is logged, and serve the figures at `where` (host:port); "" serves nothing. Raises OSError."""
        logging.getLogger().addHandler(self._counting)
        if where:
            host, _, port = where.rpartition(":")
            self._server = start_http_server(int(port), host, self.registry)

    @property
    def port(self) -> int:
        """Where the figures are served; 0 where they are not."""
        return self._server[0].server_port if self._server else 0

    def close(self) -> None:
        logging.getLogger().removeHandler(self._counting)
        if self._server:
            self._server[0].shutdown()
            self._server[0].server_close()
            self._server[1].join(2)


class _Counting(logging.Handler):
    """Counts warnings and errors by the part that logged them, never by what they say."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(logging.WARNING)
        self._counter = counter

    def emit(self, record: logging.LogRecord) -> None:
        self._counter.labels(record.levelname.lower(), record.name).inc()


class _Waiting(Collector):
    """Read from the database when somebody looks."""

    def __init__(self, database: Path, missing: Callable[[], Mapping[str, int]]) -> None:
        self._database, self._missing = database, missing

    def collect(self) -> Iterable[Metric]:
        waiting = GaugeMetricFamily("handrail_waiting", "What waits to be answered, sent or taken", labels=("where",))
        for name, many in counts(self._database).items():
            waiting.add_metric((name,), many)
        missing = GaugeMetricFamily("handrail_missing", "What could not be drawn or spoken so far", labels=("what",))
        for name, many in self._missing().items():
            missing.add_metric((name,), many)
        return (waiting, missing)


def counts(database: Path) -> dict[str, int]:
    """How much waits where. Empty where the database cannot be read now."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=1)) as db:
            return {name: db.execute(question).fetchone()[0] for name, question in WAITING.items()}
    except sqlite3.Error:
        return {}
