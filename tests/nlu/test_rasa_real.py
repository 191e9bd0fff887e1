"""A real Rasa, trained on our sentences, asked over HTTP. Needs a Python 3.10 that runs; CI fails where there is none."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator

import pytest

from nlu.keyword_recognizer import KeywordRecognizer
from nlu.rasa import build
from nlu.rasa_server import RasaError, RasaRecognizer

pytestmark = pytest.mark.rasa
TOKEN = "for-tests-only"
# A part of each intent: the way there is tested, not the model, and two cores have other tests to run.
SHARE = "0.5"
WAIT = 600  # seconds; a busy machine takes minutes to load a model
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
def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, RasaRecognizer]]:
    language = request.param
    if build.find_python() is None:
        if os.environ.get("CI"):
            pytest.fail(build.NO_PYTHON)
        pytest.skip(build.NO_PYTHON)
    os.environ.setdefault("HANDRAIL_RASA_SHARE", SHARE)
    work = tmp_path_factory.mktemp("rasa")  # not that of `make rasa`: its model stays
    build.train(language, work)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = build.serve(language, TOKEN, port, work)
    recognizer = RasaRecognizer({language: f"http://127.0.0.1:{port}"}, TOKEN, KeywordRecognizer())
    try:
        _wait_until_it_answers(recognizer, server, language)
        yield language, recognizer
    finally:
        server.terminate()
        server.wait(30)


def _wait_until_it_answers(recognizer: RasaRecognizer, server: subprocess.Popen[bytes], language: str) -> None:
    until = time.monotonic() + WAIT
    while time.monotonic() < until and server.poll() is None:
        try:
            recognizer.ask("hello", language)
            return
        except RasaError:
            time.sleep(1)
    raise AssertionError(f"Rasa did not answer within {WAIT} seconds, or ended ({server.poll()})")


def test_it_understands_plain_sentences(served: tuple[str, RasaRecognizer]) -> None:
    language, recognizer = served
    heard = {text: recognizer.ask(text, language).intent for text in ASKED[language]}
    assert heard == ASKED[language]


def test_it_refuses_without_the_token(served: tuple[str, RasaRecognizer]) -> None:
    language, recognizer = served
    other = RasaRecognizer(recognizer._urls, "", KeywordRecognizer())
    with pytest.raises(RasaError, match="token"):
        other.ask("hello", language)
