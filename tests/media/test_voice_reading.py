"""The lists of how things are read aloud, and what their checker says of a list that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from media.reading import FOLDER, ReadingError, check, load, load_all

SHIPPED = sorted(FOLDER.glob("*.toml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_the_shipped_lists_read_their_own_examples(path: Path) -> None:
    assert check(path) == []
    assert "[[examples]]" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("en", "Ring 999 now.", "Ring 9 9 9 now."),
        ("en", "There are 999,000 of them, or 12 000.", "There are 999,000 of them, or 12 000."),
        ("en", "Ring +44 20 7946 0123.", "Ring plus 4 4, 2 0, 7 9 4 6, 0 1 2 3."),
        ("en", "It costs £5 and 50% less in 2026.", "It costs 5 pounds and 50 per cent less in 2026."),
        ("en", "Tap **Wi-Fi** 📶, then 👵🏽.", "Tap **Wi-Fi**, then."),
        ("en", "Tap **Connections** (连接).", "Tap **Connections**."),
        ("en", "Scan the QR code, not the QRX.", "Scan the Q R code, not the QRX."),
        ("en", "An sms? An SMS.", "An sms? An text message."),
        ("en", "", ""),
        ("en", "🎉", ""),
        ("zh", "打110，不是1100元。", "打幺幺零，不是1100元。"),
        ("zh", "下午3:00见。", "下午3点见。"),
        ("de", "Drücken Sie **OK**.", "Drücken Sie **OK**."),
    ],
)
def test_read_as_a_person_would(language: str, written: str, said: str) -> None:
    assert load(language).say(written) == said


def test_some_words_only_the_robot_needs_help_with() -> None:
    english = load("en")
    assert english.say("A Huawei phone.", "espeak") == "A hwah way phone."
    assert english.say("A Huawei phone.", "gtts") == "A Huawei phone."


def test_a_changed_list_has_another_version(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text('[words]\n"QR" = "Q R"\n')
    before = load("en", tmp_path).version
    (tmp_path / "en.toml").write_text('[words]\n"QR" = "cue are"\n')
    assert load("en", tmp_path).version != before
    assert set(load_all(tmp_path)) == {"en"}


BROKEN = [  # (what the file says, the line that is wrong, a word of what to do)
    ('[words]\n"QR" = Q R\n', 2, ""),
    ('[words]\n"QR" = 5\n', 2, "quotation marks"),
    ('digits = ["zero", "one"]\n', 1, "ten"),
    ('\n[wrods]\n"QR" = "Q R"\n', 2, "wrods"),
    ('[[patterns]]\nfind = "("\nsay = "x"\n', 2, "does not work"),
    ('[[patterns]]\nfind = "(a)"\nsay = "\\\\2"\n', 2, "does not work"),
    ('[[patterns]]\nfind = "a"\n', 1, "needs find and say"),
    ('[patterns]\nfind = "a"\nsay = "b"\n', 1, "double brackets"),
    ("one-by-one = [999]\n", 1, "list of texts"),
    ('[words]\n"QR" = "Q R"\n[[examples]]\ntext = "a QR code"\nsaid = "a QR code"\n', 4, "is read as"),
]


@pytest.mark.parametrize(("text", "line", "what"), BROKEN)
def test_a_wrong_list_is_told_with_its_line(text: str, line: int, what: str, tmp_path: Path) -> None:
    path = tmp_path / "en.toml"
    path.write_text(text, encoding="utf-8")
    problems = check(path)
    assert problems and problems[0].startswith(f"{path}:{line}: ") and what in problems[0]
    with pytest.raises(ReadingError):
        load("en", tmp_path)
