"""The figures of an evaluation, counted on a handful of rows whose answers are known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from bot.commands.nlu import nlu
from nlu.evaluate import EvaluationError, Row, evaluate, read_rows
from nlu.intent import Understanding

ROWS = [
    Row("a", "next"),
    Row("b", "stuck", ("lost",)),
    Row("c", "out_of_scope"),
    Row("d", "out_of_scope"),
    Row("e", "find_lesson", (), "send-photo"),
    Row("f", "find_lesson", (), "make-call"),
    Row("g", "deny", ("out_of_scope",)),
]
HEARD = {
    "a": Understanding("out_of_scope"),
    "b": Understanding("lost"),
    "c": Understanding("out_of_scope"),
    "d": Understanding("greet"),
    "e": Understanding("find_lesson", lessons=(("send-photo", 0.9), ("make-call", 0.3))),
    "f": Understanding("find_lesson", lessons=(("send-photo", 0.5), ("make-call", 0.4))),
    "g": Understanding("out_of_scope"),
}


class Known:
    def parse(self, text: str, language: str) -> Understanding:
        return HEARD[text]


def test_the_figures() -> None:
    report = evaluate(ROWS, Known(), "en")
    assert report.accuracy == pytest.approx(5 / 7)  # what else would do counts as right
    assert (report.rejected, report.falsely_rejected) == (0.5, 0.25)  # "g" may be rejected: it is left out
    assert (report.lesson_first, report.lesson_among_three) == (0.5, 1.0)
    assert report.confusion == {("next", "out_of_scope"): 1, ("out_of_scope", "greet"): 1}
    assert report.per_intent["find_lesson"] == (2, 2)
    assert json.loads(json.dumps(report.as_json()))["accuracy"] == 0.7143


def test_a_faulty_row_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "hello", "intent": "greet"}\n{"text": "x"}\n', encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"rows\.jsonl:2"):
        read_rows(path)
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match="no row"):
        read_rows(path)


def test_the_command_says_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("no JSON\n", encoding="utf-8")
    result = CliRunner().invoke(nlu, ["evaluate", str(path)])
    assert result.exit_code == 1 and "rows.jsonl:1" in result.output


def test_the_picture_shows_the_report(tmp_path: Path) -> None:
    from media.confusion import draw_confusion

    report = evaluate(ROWS, Known(), "en")
    draw_confusion(report.per_intent, report.confusion).save(tmp_path / "c.png")
    assert Image.open(tmp_path / "c.png").width > 200
