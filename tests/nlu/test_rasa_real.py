"""A real Rasa, trained on our sentences, asked over HTTP. Needs a Python 3.10 that runs; CI fails where there is none."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator

import pytest

from nlu.intent import Understanding
from nlu.keyword_recognizer import KeywordRecognizer
from nlu.rasa import build
from nlu.rasa_server import RasaError, RasaRecognizer

pytestmark = pytest.mark.rasa
TOKEN = "for-tests-only"
EPOCHS = "10"
# Plain sentences that a model of ten epochs understands as well: what is tested is the way there, not the model.
ASKED = {
    "en": {
        "please say that once more": "repeat",
        "thank you so much": "thanks",
        "how do I send a photo to my daughter": "find_lesson",
    },
    "zh": {"请再说一遍": "repeat", "谢谢你啊": "thanks", "怎么把照片发给女儿": "find_lesson"},
}


@pytest.fixture(scope="module", params=build.TAUGHT)
def served(request: pytest.FixtureRequest) -> Iterator[tuple[str, RasaRecognizer]]:
    language = request.param
    if build.find_python() is None:
        if os.environ.get("CI"):
            pytest.fail(build.NO_PYTHON)
        pytest.skip(build.NO_PYTHON)
    os.environ.setdefault("HANDRAIL_RASA_EPOCHS", EPOCHS)
    build.train(language)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = build.serve(language, TOKEN, port)
    recognizer = RasaRecognizer({language: f"http://127.0.0.1:{port}"}, TOKEN, KeywordRecognizer())
    try:
        _wait_until_it_answers(recognizer, language)
        yield language, recognizer
    finally:
        server.terminate()
        server.wait(30)


def _wait_until_it_answers(recognizer: RasaRecognizer, language: str) -> Understanding:
    for _ in range(150):
        try:
            return recognizer.ask("hello", language)
        except RasaError:
            time.sleep(1)
    raise AssertionError("Rasa did not answer within 150 seconds")


def test_it_understands_plain_sentences(served: tuple[str, RasaRecognizer]) -> None:
    language, recognizer = served
    heard = {text: recognizer.ask(text, language).intent for text in ASKED[language]}
    assert heard == ASKED[language]


def test_it_refuses_without_the_token(served: tuple[str, RasaRecognizer]) -> None:
    language, recognizer = served
    other = RasaRecognizer(recognizer._urls, "", KeywordRecognizer())
    with pytest.raises(RasaError, match="token"):
        other.ask("hello", language)
