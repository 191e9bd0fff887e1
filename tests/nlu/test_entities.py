"""Languages, phones, glossary words and times that a message names, in six languages and with slips of the thumb."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.entities import find_entities
from nlu.examples import languages, read_examples

TERMS = (("en", "Wi-Fi"), ("en", "app"), ("zh", "流量"))

NAMED = [
    ("en", "my phone is a huawai", "device", "huawei"),
    ("en", "I've a Galaxy now", "device", "samsung"),
    ("en", "speak englsh please", "language", "en"),
    ("en", "what is an app", "term", "app"),
    ("en", "remind me tomorrow at half past ten", "time", "tomorrow at half past ten"),
    ("en", "every Sunday after church", "time", "every Sunday after church"),
    ("zh", "我用的是OPPO手机", "device", "oppo"),
    ("zh", "蘋果的", "device", "iphone"),
    ("zh", "讲华语", "language", "zh"),
    ("zh", "流量是什么", "term", "流量"),
    ("zh", "明朝上午十点半提醒我", "time", "明朝上午十点半"),
    ("zh", "下禮拜二", "time", "下禮拜二"),
    ("es", "mi vivo es nuevo", "device", "vivo"),
    ("es", "hábleme en ingles", "language", "en"),
    ("es", "después de la siesta", "time", "después de la siesta"),
    ("fr", "j'ai un aifone", "device", "iphone"),
    ("fr", "demain à 10 h", "time", "demain à 10 h"),
    ("ru", "у меня айфона нет, есть редми", "device", "iphone"),
    ("ru", "через два дня", "time", "через два дня"),
    ("ar", "عندي سامسونغ", "device", "samsung"),
    ("ar", "احكي بالصيني", "language", "zh"),
    ("ar", "ذكرني بكرة الصبح", "time", "بكرة الصبح"),
]

NOT_NAMED = [
    ("es", "yo vivo sola en Sevilla", "device"),
    ("es", "un poco más despacio", "device"),
    ("es", "me mandaron un mensaje", "language"),
    ("en", "the apps are gone", "language"),
    ("en", "show me the photo", "time"),
    ("zh", "再说一遍", "time"),
]


@pytest.mark.parametrize(("language", "text", "name", "value"), NAMED)
def test_what_is_named_is_found(language: str, text: str, name: str, value: str) -> None:
    found = find_entities(text, language, TERMS)
    assert value in [e.value for e in found if e.name == name], found


@pytest.mark.parametrize(("language", "text", "name"), NOT_NAMED)
def test_everyday_words_name_nothing(language: str, text: str, name: str) -> None:
    assert [e for e in find_entities(text, language, ()) if e.name == name] == []


@pytest.mark.parametrize("language", languages())
def test_nearly_all_marks_of_the_example_sentences_are_found(language: str) -> None:
    """What a writer marked by hand, of the languages and phones that Handrail knows by name."""
    marked, missed = 0, []
    for example in read_examples(language)[0]:
        found = find_entities(example.text, language, ())
        for e in example.entities:
            if e.name == "time":
                there = any(f.name == "time" and f.start < e.end and e.start < f.end for f in found)
            elif e.name in ("language", "device") and e.value.isascii() and " " not in e.value:
                there = (e.name, e.value) in {(f.name, f.value) for f in found}
            else:
                continue
            marked += 1
            if not there:
                missed.append(f"{example.path}:{example.line}: {example.text[e.start : e.end]!r}")
    assert marked >= 25 and len(missed) <= marked * 0.05, "\n".join(missed)


@given(st.text(max_size=60), st.sampled_from(languages()))
def test_places_are_those_of_the_text(text: str, language: str) -> None:
    for e in find_entities(text, language, TERMS):
        assert 0 <= e.start < e.end <= len(text)
        if e.name == "time":
            assert text[e.start : e.end] == e.value
