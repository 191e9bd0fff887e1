"""The embedded engine on a few sentences of its own: learning, keeping, other languages, what it does not know."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.embedded import EmbeddedRecognizer, _meant
from nlu.encoder import NoEncoder
from nlu.finder import Phrases
from nlu.intent import INTENTS

SAID = {
    "en": {
        "repeat": "say that again|once more please|repeat it please|again please|what did you say|I did not hear that",
        "thanks": "thank you|thanks a lot|many thanks dear|thank you so much|thanks for that|I am grateful",
        "find_lesson": "how do I send a photo|teach me to send a photo|I want to take a picture|learn to call my son",
        "out_of_scope": "my knee hurts|who won the match|the price of butter|my printer is broken|nice weather today",
    },
    "es": {
        "repeat": "repítalo por favor|otra vez por favor|no le oí bien|dígalo de nuevo|¿qué dijo usted?|una vez más",
        "thanks": "muchas gracias|gracias por todo|se lo agradezco|mil gracias|gracias hija|muy agradecida",
        "find_lesson": "quiero mandar una foto|cómo llamo a mi hijo|enséñeme a hacer una foto",
        "out_of_scope": "me duele la rodilla|quién ganó el partido|qué tiempo hace",
    },
}
PHRASES = (
    Phrases("send-photo", "en", ("send a photo", "get a picture to my daughter", "share my snaps")),
    Phrases("make-call", "en", ("ring somebody", "call my son", "make a telephone call")),
)


def write(folder: Path, language: str, **more: str) -> None:
    (folder / language).mkdir(parents=True, exist_ok=True)
    blocks = "".join(
        f"- intent: {intent}\n  examples: |\n" + "".join(f"    - {x}\n" for x in lines.split("|"))
        for intent, lines in {**SAID[language], **more}.items()
    )
    (folder / language / "a.yml").write_text(f'version: "3.1"\nnlu:\n{blocks}', encoding="utf-8")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    write(folder, "en")
    write(folder, "es")
    return folder


def engine(data: Path, kept: Path) -> EmbeddedRecognizer:
    return EmbeddedRecognizer(PHRASES, kept, data=data, encoder=NoEncoder())


@pytest.fixture(scope="module")
def learned(data: Path, tmp_path_factory: pytest.TempPathFactory) -> EmbeddedRecognizer:
    recognizer = engine(data, tmp_path_factory.mktemp("kept"))
    recognizer.prepare("en")
    return recognizer


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("say it again please", "repeat"),
        ("thank yuo dear", "thanks"),
        ("how do I send a photo to Ann", "find_lesson"),
        ("the match was nice", "out_of_scope"),
    ],
)
def test_it_understands_what_it_learned(learned: EmbeddedRecognizer, text: str, intent: str) -> None:
    understood = learned.parse(text, "en")
    assert understood.intent == intent
    assert understood.ranking[0][0] == intent and understood.text == text


def test_the_lesson_is_found_beside_the_intent(learned: EmbeddedRecognizer) -> None:
    assert learned.parse("please teach me to call my son", "en").lessons[0][0] == "make-call"


def test_a_kept_model_is_used_and_a_change_makes_a_new_one(tmp_path: Path) -> None:
    data, kept = tmp_path / "data", tmp_path / "kept"
    write(data, "en")
    engine(data, kept).prepare("en")
    (first,) = kept.glob("en-*.npz")
    steps: list[str] = []
    again = engine(data, kept)
    again.prepare("en", lambda what, done, of: steps.append(what))
    assert steps == [] and again.parse("once more please", "en").intent == "repeat"
    write(data, "en", goodbye="bye now|see you on Monday|I am off then|good night to you")
    changed = engine(data, kept)
    changed.prepare("en", lambda what, done, of: steps.append(what))
    (second,) = kept.glob("en-*.npz")
    assert steps and second != first and changed.parse("bye now dear", "en").intent == "goodbye"


def test_learning_twice_gives_the_same(data: Path, tmp_path: Path) -> None:
    one, other = (engine(data, tmp_path / name).prepare("en") for name in ("a", "b"))
    assert np.array_equal(one.rank(["say that once more"]), other.rank(["say that once more"]))


def test_a_spoilt_model_is_made_anew(data: Path, tmp_path: Path) -> None:
    engine(data, tmp_path).prepare("en")
    (path,) = tmp_path.glob("en-*.npz")
    path.write_bytes(path.read_bytes()[:200])
    assert engine(data, tmp_path).parse("thank you so much", "en").intent == "thanks"


def test_another_language_is_learned_beside_and_nobody_waits(data: Path, tmp_path: Path) -> None:
    recognizer = engine(data, tmp_path)
    recognizer.prepare("en")
    assert recognizer.parse("dígalo de nuevo por favor, no le oí bien", "en").text
    for _ in range(600):
        if recognizer.ready("es"):
            break
        time.sleep(0.05)
    assert recognizer.parse("dígalo de nuevo por favor, no le oí bien", "en").intent == "repeat"


def test_a_language_without_sentences_is_read_as_english(learned: EmbeddedRecognizer) -> None:
    assert learned.parse("thank you so much", "fi").intent == "thanks"


@given(st.text(max_size=80))
def test_any_text_is_answered(learned: EmbeddedRecognizer, text: str) -> None:
    understood = learned.parse(text, "en")
    assert understood.intent in INTENTS and 0 <= understood.confidence <= 1


@pytest.mark.parametrize(
    ("ranking", "score", "meant"),
    [
        ((("out_of_scope", 0.4), ("stuck", 0.2)), 0.35, "find_lesson"),
        ((("out_of_scope", 0.8), ("stuck", 0.1)), 0.7, "out_of_scope"),
        ((("out_of_scope", 0.8), ("find_lesson", 0.1)), 0.9, "find_lesson"),
        ((("lost", 0.4), ("stuck", 0.2)), 0.65, "find_lesson"),
        ((("lost", 0.4), ("stuck", 0.2)), 0.5, "lost"),
        ((("lost", 0.6), ("stuck", 0.2)), 0.9, "lost"),
        ((("emergency", 0.3), ("find_lesson", 0.2)), 0.99, "emergency"),
        ((("out_of_scope", 0.3), ("stuck", 0.2)), None, "out_of_scope"),
    ],
)
def test_an_unsure_intent_gives_way_to_a_lesson_that_is_known_well(
    ranking: tuple[tuple[str, float], ...], score: float | None, meant: str
) -> None:
    assert _meant(ranking, (("send-photo", score),) if score else ())[0] == meant
