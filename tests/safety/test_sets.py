"""The guard on the labelled sets. A miss is put right in bot/safety/words, or in a detector; never in the set."""

from __future__ import annotations

import pytest

from bot.safety import look
from tests.safety.sets import rows, secrets_of, told_of

OTHERS = ("code", "password", "id", "account", "iban")


def test_the_sets_are_large_and_whole() -> None:
    for name, at_least in {"secrets": 300, "scams": 500, "trouble": 400}.items():
        both = [*rows(name), *rows(f"{name}_apart")]
        assert len(both) >= at_least, name
        assert len({row["text"] for row in both}) == len(both), f"{name}: a message stands twice"
        assert {row["language"] for row in both} == {"en", "zh", "es", "fr", "ru", "ar"}
        for row in both:
            for secret in row.get("secrets", ()):
                assert 0 <= secret["start"] < secret["end"] <= len(row["text"])


def test_secrets() -> None:
    figures = secrets_of("secrets", look)
    assert figures.recall("card") == 1.0, figures.missed
    assert figures.recall(*OTHERS) >= 0.99, figures.missed
    assert figures.false_alarms <= 0.01, figures.alarms


def test_secrets_held_apart() -> None:
    figures = secrets_of("secrets_apart", look)
    assert figures.recall("card") == 1.0, figures.missed
    assert figures.false_alarms <= 0.02, figures.alarms


@pytest.mark.parametrize("what, name", [("warn", "scams"), ("tricked", "trouble"), ("danger", "trouble")])
def test_tricks_and_trouble(what: str, name: str) -> None:
    figures = told_of(name, what, look)
    assert figures.recall() >= 0.97, figures.missed
    assert figures.false_alarms <= 0.03, figures.alarms


# Floors under what was measured once (docs/safety.md): nobody may make these worse, nobody may tune on them.
@pytest.mark.parametrize(
    "what, name, found", [("warn", "scams", 0.90), ("tricked", "trouble", 0.86), ("danger", "trouble", 0.96)]
)
def test_unseen_tricks_and_trouble(what: str, name: str, found: float) -> None:
    figures = told_of(f"{name}-held", what, look)
    assert figures.recall() >= found
    assert figures.false_alarms <= 0.05


def test_unseen_secrets() -> None:
    figures = secrets_of("secrets-held", look)
    assert figures.recall("card") == 1.0
    assert figures.recall(*OTHERS) >= 0.93
    assert figures.false_alarms == 0.0
