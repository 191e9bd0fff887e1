"""The checker of example sentences: what counts as nearly the same, in Chinese too, and what a worn frame is."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands.nlu import nlu
from nlu.asks import ASKS
from nlu.examples import Fault, check_examples


def faults_of(folder: Path, language: str, **said: list[str]) -> list[Fault]:
    """The faults of one file that has these sentences under these intents."""
    blocks = "".join(
        f"- intent: {intent}\n  examples: |\n" + "".join(f"    - {line}\n" for line in lines)
        for intent, lines in said.items()
    )
    (folder / language).mkdir(exist_ok=True)
    (folder / language / "a.yml").write_text(f'version: "3.1"\nnlu:\n{blocks}', encoding="utf-8")
    return check_examples(language, folder, at_least=0)


@pytest.mark.parametrize(
    ("one", "other", "nearly"),
    [
        ("怎么把照片发给孙子", "怎么把照片发给我孙子", True),
        ("再说一遍", "请再说一遍", True),
        ("好了好了", "弄好了，下面呢", False),
        ("可以了可以了", "可以了，往下走吧", False),
        ("say it again please", "please, say it again!", True),
        ("yes yes yes", "yes I can see the list", False),
    ],
)
def test_near_twins(tmp_path: Path, one: str, other: str, nearly: bool) -> None:
    faults = [f for f in faults_of(tmp_path, "zh", next=[one, other]) if "nearly" in f.message]
    assert bool(faults) is nearly


def test_the_later_twin_is_named_with_the_place_of_the_first(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, "en", next=["good", "I have put the kettle on"], deny=["the kettle I have put on"])
    assert fault.line == 9 and "a.yml:6" in fault.message


@pytest.mark.parametrize(
    ("language", "lines", "worn"),
    [
        ("en", ["I gave him my pin", "I gave him my card", "I gave him my passport"], [7]),
        ("en", ["I gave him my pin", "I gave him my card number"], []),
        ("en", ["I gave him my pin", "I gave her my pin", "they took my purse away"], []),
        ("en", ["who are you", "who are they", "who are we"], []),
        ("zh", ["我把密码告诉他了", "我把卡号告诉他了", "我把身份证告诉他了"], [7]),
        ("zh", ["我要找人", "我要找老师", "我要找女儿"], []),
    ],
)
def test_a_frame_stands_twice_at_most(tmp_path: Path, language: str, lines: list[str], worn: list[int]) -> None:
    faults = [f for f in faults_of(tmp_path, language, tricked=lines) if "frame" in f.message]
    assert [f.line for f in faults] == worn


def test_two_intents_may_stand_in_one_frame(tmp_path: Path) -> None:
    said = {"next": ["I would like a lesson"], "deny": ["I would like a biscuit"], "affirm": ["I would like a nap"]}
    assert faults_of(tmp_path, "en", **said) == []


def test_the_command_checks_sentences_and_asks(tmp_path: Path) -> None:
    (tmp_path / "asks").mkdir()
    (tmp_path / "data").mkdir()
    text = (ASKS / "es.toml").read_text(encoding="utf-8")
    (tmp_path / "asks" / "es.toml").write_text(text.replace("[make-call]", "[make-cal]"), encoding="utf-8")
    faults_of(tmp_path / "data", "es", next=["ya está"])
    result = CliRunner().invoke(nlu, ["check", "--data", str(tmp_path / "data"), "--asks", str(tmp_path / "asks")])
    assert result.exit_code == 1
    assert "did you mean 'make-call'" in result.output and "next has 1 examples" in result.output


def test_the_shipped_sentences_are_in_order() -> None:
    result = CliRunner().invoke(nlu, ["check"])
    assert (result.exit_code, result.output) == (0, "Every example sentence and every ask is in order.\n")


def test_a_language_without_sentences_is_named() -> None:
    result = CliRunner().invoke(nlu, ["check", "--language", "tlh"])
    assert result.exit_code == 1 and "tlh" in result.output
