"""The Recognizer that asks Rasa, against a small server that answers as Rasa does, refusals included."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from nlu.intent import Understanding
from nlu.rasa_server import RasaError, RasaRecognizer

GOOD = {
    "text": "what is bluetooth",
    "intent": {"name": "explain_term", "confidence": 0.91},
    "entities": [{"entity": "term", "start": 8, "end": 17, "value": "bluetooth"}],
    "intent_ranking": [{"name": "explain_term", "confidence": 0.91}, {"name": "stuck", "confidence": 0.04}],
}


class _Instead:
    def parse(self, text: str, language: str) -> Understanding:
        return Understanding("greet", text=text)


class _LikeRasa(ThreadingHTTPServer):
    """`way`: good, fallback, odd, refuses, breaks or hangs."""

    way = "good"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: _LikeRasa

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        token = parse_qs(urlsplit(self.path).query).get("token")
        way = self.server.way
        if way == "hangs":
            time.sleep(4)
        if token != ["open-sesame"] or way == "refuses":
            return self._answer(401, {"status": "failure"})
        answer = {"fallback": {**GOOD, "intent": {"name": "nlu_fallback", "confidence": 0.3}}, "odd": {"hello": 1}}.get(
            way, GOOD
        )
        self._answer(500 if way == "breaks" else 200, answer)

    def _answer(self, status: int, value: object) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def rasa() -> Iterator[_LikeRasa]:
    server = _LikeRasa()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def asking(url: str, token: str = "open-sesame") -> RasaRecognizer:
    return RasaRecognizer({"": url}, token, _Instead())


def test_an_answer_becomes_an_understanding(rasa: _LikeRasa) -> None:
    u = asking(rasa.url).parse("what is bluetooth", "en")
    assert (u.intent, u.confidence, u.entity("term")) == ("explain_term", 0.91, "bluetooth")
    assert u.ranking[1] == ("stuck", 0.04)


def test_an_intent_that_is_none_of_ours_is_out_of_scope(rasa: _LikeRasa) -> None:
    rasa.way = "fallback"
    assert asking(rasa.url).parse("xyz", "en").intent == "out_of_scope"


@pytest.mark.parametrize("way", ["refuses", "breaks", "odd", "hangs"])
def test_while_it_fails_the_other_engine_answers(rasa: _LikeRasa, way: str) -> None:
    rasa.way = way
    assert asking(rasa.url).parse("hello", "en").intent == "greet"


def test_the_log_says_so_once_and_again_when_it_is_back(rasa: _LikeRasa, caplog: pytest.LogCaptureFixture) -> None:
    recognizer = asking(rasa.url)
    with caplog.at_level(logging.INFO, "handrail.nlu"):
        rasa.way = "breaks"
        for _ in range(3):
            recognizer.parse("hello", "en")
        rasa.way = "good"
        for _ in range(2):
            recognizer.parse("hello", "en")
    assert [r.levelname for r in caplog.records] == ["WARNING", "INFO"]


def test_a_wrong_token_is_named_and_not_shown(rasa: _LikeRasa) -> None:
    with pytest.raises(RasaError, match="HANDRAIL_RASA_TOKEN") as error:
        asking(rasa.url, "guess").ask("hello", "en")
    assert "guess" not in str(error.value)


def test_nobody_there() -> None:
    assert asking("http://127.0.0.1:9").parse("hello", "en").intent == "greet"


def test_a_language_without_a_server_is_not_asked(rasa: _LikeRasa) -> None:
    recognizer = RasaRecognizer({"zh": rasa.url}, "open-sesame", _Instead())
    assert recognizer.parse("hello", "en").intent == "greet"
    assert recognizer.parse("什么是蓝牙", "zh").intent == "explain_term"
