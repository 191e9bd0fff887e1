"""Why somebody is stuck, and how long a pause is meant."""

from __future__ import annotations

import pytest

from nlu.reasons import reason_of

CASES = [
    ("stuck", "it asks me for a password", "asks_password"),
    ("stuck", "mine looks different", "looks_different"),
    ("stuck", "I tap and nothing happens", "nothing_happens"),
    ("stuck", "I can't see it anywhere", "not_there"),
    ("stuck", "它叫我输密码", "asks_password"),
    ("stuck", "跟图上不一样", "looks_different"),
    ("stuck", "点了没反应", "nothing_happens"),
    ("stuck", "me pide la contraseña", "asks_password"),
    ("stuck", "ça demande un mot de passe", "asks_password"),
    ("stuck", "просит пароль", "asks_password"),
    ("pause", "hang on, the door", "moment"),
    ("pause", "wait, I'm tired, tomorrow", "day"),
    ("pause", "等一下，有人敲门", "moment"),
    ("pause", "今天到这儿吧", "day"),
    ("pause", "espere un segundito", "moment"),
    ("next", "done", ""),
]


@pytest.mark.parametrize(("intent", "text", "reason"), CASES)
def test_reason(intent: str, text: str, reason: str) -> None:
    assert reason_of(intent, text) == reason
