"""The parts of the guard: links, what was given, whom to call; the command; the numbers that phrases name."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from bot.centres import TEMPLATES, read
from bot.commands.safety import Sentences, as_json, safety
from bot.phrases import Phrases
from bot.safety import look
from bot.safety.links import worrying_link
from bot.safety.words import lists
from nlu.intent import Understanding

WORRYING = [
    "http://192.168.1.9/bank",
    "https://bit.ly/3xYz",
    "https://hsbc.co.uk.login-check.top/a",
    "https://аpple.com/id",
    "https://xn--pple-43d.com/id",
    "http://user:pw@bank.com/x",
    "https://paypa1.com/login",
    "https://royalmail.redeliver-fee.com",
    "https://www.bankofamerica.com.verify.cn",
    "usps.com-track.top/pay",
    "https://secure-hsbc.com/login",
    "http://a.b.c.d.example.com/x",
    "https://netfIix-billing.com",
    "http://0x7f000001/",
    "evri-track.info/redeliver",
    "hmrc-refund-claim.co",
    "https://amazon.co.uk.orders.help",
    "http://gosuslugi-vhod.ru.com/a",
]
ORDINARY = [
    "https://www.bbc.co.uk/news/1",
    "https://www.gov.uk/vehicle-tax",
    "https://www.nhs.uk/conditions/gout",
    "https://www.hsbc.co.uk/help",
    "https://www.amazon.co.uk/gp/x",
    "https://youtu.be/dQw4w9WgXcQ",
    "https://photos.app.goo.gl/abc",
    "https://www.royalmail.com/track",
    "https://en.wikipedia.org/wiki/Tea",
    "https://online.hsbc.co.uk/login",
    "https://www.impots.gouv.fr/x",
    "https://leeds.gov.uk/council-tax",
    "https://mail.google.com/a",
    "https://www.icbc.com.cn/a",
    "wa.me/447700900123",
    "www.nationaltrust.org.uk",
    "me.Please",
    "rover.jpg",
]


@pytest.mark.parametrize("link", WORRYING)
def test_a_link_to_be_wary_of(link: str) -> None:
    assert worrying_link(f"look {link} ok")


@pytest.mark.parametrize("link", ORDINARY)
def test_an_ordinary_link(link: str) -> None:
    assert not worrying_link(f"look {link} ok")


@pytest.mark.parametrize(
    "told, given",
    [
        ("I sent him 300 pounds", "money"),
        ("I told him my card number", "card"),
        ("man from the bank, I read him the code", "bank_code"),
        ("I gave her the code", "code"),
        ("I gave my friend the WhatsApp code and now it's stolen", "account"),
        ("he is in my phone moving things", "phone"),
        ("somebody tricked me", ""),
        ("我转了两万给他", "money"),
        ("验证码报给他了", "code"),
        ("微信被盗了", "account"),
    ],
)
def test_what_was_given(told: str, given: str) -> None:
    assert look(told).given == given


@pytest.mark.parametrize(
    "told, whom",
    [("the kitchen is on fire", "fire"), ("a burglar is breaking in", "police"), ("I fell", ""), ("着火了", "fire")],
)
def test_whom_to_call(told: str, whom: str) -> None:
    assert look(told).whom == whom


def test_the_command_says_it_as_documented() -> None:
    lines = '{"text": "my pin is 4821"}\n{"text": "it says I\'ve won"}\nI fell and can\'t get up\nI read him the code\nhello\n'
    done = CliRunner().invoke(safety, ["check", "--jsonl", "--words-alone"], input=lines)
    assert done.exit_code == 0
    pin, won, fell, gave, hello = map(json.loads, done.output.splitlines())
    assert pin == {
        "secrets": [{"kind": "code", "start": 10, "end": 14}],
        "scam": {"warn": False, "signs": []},
        "tricked": False,
        "danger": False,
    }
    assert won["scam"]["warn"] and "prize" in won["scam"]["signs"]
    assert fell["danger"] and not fell["tricked"]
    assert gave["tricked"] and not gave["danger"]
    assert not (hello["scam"]["warn"] or hello["tricked"] or hello["danger"] or hello["secrets"])


@pytest.mark.parametrize("language, places", [("en", ("GB", "US")), ("zh", ("CN", "US"))])
def test_numbers_for_an_unknown_place_are_those_of_the_places(language: str, places: tuple[str, str]) -> None:
    phrases = Phrases.load()
    for key, country in zip(("danger.likely_one", "danger.likely_other"), places, strict=True):
        assert phrases.say(key, language).startswith(f"**{read(TEMPLATES / f'{country}.toml').emergency}**")


def test_every_sign_has_its_words() -> None:
    phrases = Phrases.load()
    signs = {
        sign
        for words in lists().values()
        for kind in ("alone", "beside", "together")
        for sign in words.get("signs", {}).get(kind, {})
    }
    for language in ("en", "zh"):
        assert not [s for s in {*signs, "link", "sender"} if not phrases.has(f"sign.{s}", language)]


def test_the_learned_sentences_count_beside_the_words() -> None:
    class Taught:
        def parse(self, text: str, language: str) -> Understanding:
            intent = {"a": "tricked", "b": "emergency"}.get(text, "greet")
            return Understanding(intent, ranking=((intent, 0.9),), text=text)

    sentences = Sentences(Taught())
    assert as_json("a", "en", sentences)["tricked"] and as_json("b", "en", sentences)["danger"]
    hello = as_json("hello", "en", sentences)
    assert not hello["tricked"] and not hello["danger"]
