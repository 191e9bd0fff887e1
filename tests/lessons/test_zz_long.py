"""Whatever stands in a file: a clear answer with a place, and never an exception."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lessons.catalogue import SHIPPED, Catalogue, load, read_source
from lessons.formatting import format_lesson
from lessons.glossary import read_glossary
from lessons.labels import Labels
from lessons.parser import parse, read_lesson
from lessons.reading import LARGEST, decode
from lessons.rules import READING_RULES, RULES, check
from tests.lessons.shelf import SHELF, FewScreens

LABELS = Labels.load(SHIPPED / "labels.toml")
GOOD = (SHELF / "connect-wifi" / "en.md").read_text(encoding="utf-8")
NAMES = {*READING_RULES, *(rule.name for rule in RULES)}
PIECES = st.sampled_from(
    [
        *(
            "---\n",
            "# ",
            "## ",
            "### ",
            "{#",
            "}",
            "- ",
            "**",
            "*",
            "[",
            "](",
            ")",
            "![",
            "{state=",
            "<!--",
            "-->",
            "<b>",
        ),
        *("Ask", "If you see", "：", ": ", "\n", "\n\n", "    ", "> ", "`", "```\n", "| a | b |\n|---|---|\n", "1. "),
        *(
            "home#settings",
            "#end",
            "../glossary/en.md#router",
            "[x] ",
            "[ ] ",
            "iPhone",
            ".android",
            "&amp;",
            "\\",
            "é网",
        ),
        *("asks: [", "format: '1'\n", "needs: {a: b}\n", "&x ", "*x", "!!python/object:os.system ", "~", "yes\n", "\t"),
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join))
FEW = settings(max_examples=4000, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """The good lesson with pieces put in, taken out and doubled."""
    text = GOOD
    for _ in range(draw(st.integers(1, 4))):
        begin = draw(st.integers(0, len(text)))
        end = min(len(text), begin + draw(st.integers(0, 60)))
        text = text[:begin] + draw(PIECES) + (text[begin:end] * draw(st.integers(0, 2))) + text[end:]
    return text


@FEW
@given(st.one_of(TEXTS, spoilt()))
def test_any_text_gives_a_lesson_or_a_reason(text: str) -> None:
    lesson, diagnostics = parse(text, path="x.md", lesson_id="x", language="en", labels=LABELS)
    assert (lesson is None) == any(not d.note for d in diagnostics)
    for diagnostic in diagnostics:
        assert diagnostic.rule in NAMES
        assert 1 <= diagnostic.line <= text.count("\n") + 2
        assert diagnostic.column >= 1 and diagnostic.message


@FEW
@given(spoilt())
def test_every_rule_survives_any_lesson(text: str) -> None:
    source = read_lesson(text, path="x/en.md", lesson_id="connect-wifi", language="en", labels=LABELS)
    check(Catalogue(folder=SHELF, labels=LABELS, sources=(source,)), FewScreens())


@FEW
@given(TEXTS)
def test_any_glossary_is_read(text: str) -> None:
    read_glossary(text, path="en.md", language="en")


@FEW
@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_a_reason(data: bytes) -> None:
    text, diagnostics = decode(data, "x.md")
    assert text is not None or diagnostics


@FEW
@given(st.one_of(TEXTS, spoilt()))
def test_fmt_is_idempotent_and_loses_nothing(text: str) -> None:
    def ordered(words: str) -> str:
        return format_lesson(words, lesson_id="x", language="en", labels=LABELS, screens=FewScreens())

    once = ordered(text)
    assert ordered(once) == once
    assert "".join(_kept(text)) == "".join(_kept(once))


def _kept(text: str) -> list[str]:
    """The letters of a text but for names of things on the screen, which `fmt` fills in."""
    return re.findall(r"\w", re.sub(r"\[[^\[\]]*\]\([a-z-]+#[a-z-]+\)", "", text))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("deep brackets in front", "---\nasks: " + "[" * 5000 + "\n---\n# T\n"),
        ("deep mappings", "---\nasks: " + "{a: " * 3000 + "\n---\n# T\n"),
        ("many anchors", "---\na: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]\n---\n# T\n"),
        ("deep quotation", "> " * 3000 + "x"),
        ("deep lists", "\n".join("  " * i + "- x" for i in range(150))),
        ("deep links", "[" * 5000 + "x" + "](a#b)" * 5000),
        ("many stars", "**a " * 10000),
        ("many ticks", "`" * 20000 + "x"),
        ("many comments", "<!-- " * 8000),
        ("one long line", "x" * 50000),
        ("odd line ends", "---\r# x\r\n\v\f\x1c\u2028## a {#b}\u0085"),
    ],
)
def test_hostile_texts_are_answered(name: str, text: str) -> None:
    _, diagnostics = parse(text, path="x.md", lesson_id="x", language="en", labels=LABELS)
    assert diagnostics


def test_a_huge_file_is_not_read_whole(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    file = tmp_path / "x" / "en.md"
    file.write_bytes(b"a" * (LARGEST * 20))
    source = read_source(file, LABELS)
    assert [d.rule for d in source.diagnostics] == ["file-too-large"] and source.text == ""


def test_a_folder_called_like_a_lesson_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "x" / "en.md").mkdir(parents=True)
    assert [d.rule for d in load(tmp_path).diagnostics] == ["file-not-text"]


def test_all_findings_come_in_one_go() -> None:
    text = GOOD.replace("**Ask**: Has the eye", "**Aks**: Has the eye").replace("risk: none", "rsik: none")
    text = text.replace("## Join {#join}", "## Join").replace("(network#internet)", "(network)")
    _, diagnostics = parse(text, path="x.md", lesson_id="x", language="en", labels=LABELS)
    rules = {d.rule for d in diagnostics}
    assert rules == {"label-unknown", "front-matter-key", "step-id", "link-unknown", "picture-source"}
