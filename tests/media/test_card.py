"""The paper card: how steps share pages, where lines end, what the pictures keep, and the file itself."""

from __future__ import annotations

import os
import re
import zlib
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web_words import Labels
from bot.commands.lesson_print import CARD_LABELS, card_of
from bot.commands.lessons import lessons
from bot.phrases import Phrases
from lessons.catalogue import SHIPPED, Catalogue
from lessons.model import MAKERS, Lesson
from media import card_picture, card_sheet
from media.card import Card, CardError, CardStep, pdf_of
from media.card_fit import BETWEEN, Block, pages_of
from media.card_words import breakable, chinese_lines
from media.drawing.letters import NO_START
from media.ring import YELLOW
from media.screens import load_screens
from tests.preview.conftest import Writer

SCREENS = load_screens()
CATALOGUE = Catalogue.load(SHIPPED)
TOP, BOTTOM, PICTURE, WHOLE = 46.0, 249.0, 96.0, 128.0
LABELS = Labels.load(CARD_LABELS)("en")

blocks = st.lists(
    st.builds(Block, st.just(0), st.floats(20, 190), st.floats(0, 60), st.floats(0, 96)), min_size=1, max_size=9
)


def shipped(id: str, language: str) -> Lesson:
    lesson = CATALOGUE.lesson(id, language)
    assert lesson
    return lesson


@given(blocks)
def test_pages_hold_every_step_once_and_nothing_overlaps(given: list[Block]) -> None:
    numbered = [Block(n, b.words, b.lost, b.least) for n, b in enumerate(given)]
    pages = pages_of(numbered, TOP, BOTTOM, picture=PICTURE, alone=WHOLE)
    assert [b.number for page in pages for b, _, _ in page.placed] == list(range(len(given)))
    for page in pages:
        ends = TOP - BETWEEN
        for block, y, picture in page.placed:
            assert y >= ends + BETWEEN - 1e-6
            assert (
                block.least - 1e-6 <= picture <= (PICTURE if len(page.placed) == 2 else max(WHOLE, block.least)) + 1e-6
            )
            ends = y + max(block.text, picture)
        assert ends <= BOTTOM + 1e-6 or len(page.placed) == 1


def test_what_helps_when_lost_is_left_out_only_where_two_steps_fit_no_other_way() -> None:
    small = [Block(1, 50, 30, 60), Block(2, 50, 30, 60)]
    assert all(b.with_lost for b, _, _ in pages_of(small, TOP, BOTTOM, picture=PICTURE, alone=WHOLE)[0].placed)
    large = [Block(1, 80, 30, 60), Block(2, 80, 20, 60)]
    kept = [b.with_lost for b, _, _ in pages_of(large, TOP, BOTTOM, picture=PICTURE, alone=WHOLE)[0].placed]
    assert kept == [False, True]


@given(st.text(alphabet="点一下设置，。？“”（）WLAN 5g", max_size=60), st.integers(2, 12))
def test_no_chinese_line_begins_with_a_comma(text: str, wide: int) -> None:
    lines = chinese_lines(text, wide, lambda unit, bold: len(unit))
    assert lines.replace("\n", "") == text
    for line in lines.split("\n")[1:]:
        assert line[:1] not in NO_START or text.startswith(line[:1])


def test_a_bold_name_stays_bold_on_both_lines() -> None:
    assert chinese_lines("点**无线局域网**", 3, lambda unit, bold: len(unit)) == "点**无线**\n**局域网**"


def test_no_full_stop_stands_alone_after_a_bold_name() -> None:
    lines = chinese_lines("图上是**茶和点心**。", 7, lambda unit, bold: len(unit))
    assert lines == "图上是**茶和点**\n**心**。"


def test_marks_of_the_library_are_made_harmless() -> None:
    assert breakable("a__b--c **d**") == "a\\_\\_b\\-\\-c **d**"


def test_letters_are_large_enough_in_words_and_pictures() -> None:
    assert min(card_sheet.HEADING, card_sheet.STEP, card_sheet.SMALL) >= card_sheet.LEAST == 16
    assert (card_sheet.HEADING, card_sheet.STEP, card_sheet.LEAD) == (34, 19, 1.5)
    assert 65 / 1080 * card_sheet.PICTURE / card_sheet.MM >= card_sheet.LEAST, (
        "65 pixels are the smallest letters of a picture"
    )


@pytest.mark.media
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_pointed_at_is_never_cut_off(language: str) -> None:
    """As little as may be shown still holds all of the yellow ring or arrow: the same part of all lessons' pictures each
    time; all of them with HANDRAIL_ALL_PICTURES=1."""
    seen = set()
    for lesson in CATALOGUE.lessons(language):
        for system in lesson.systems:
            maker = next(m for m, of in MAKERS.items() if of == system)
            for step in lesson.steps_for(system, maker):
                if step.picture:
                    seen.add(step.picture.on(system, maker, language))
    whole_lot = os.environ.get("HANDRAIL_ALL_PICTURES") == "1"
    some = [
        p
        for p in sorted(seen, key=repr)
        if whole_lot or zlib.crc32(f"{p.screen}/{p.element}/{p.system}".encode()) % 12 == 0
    ]
    assert len(some) > 20
    for picture in some:
        small = card_picture.drawn(picture, SCREENS, SHIPPED, tall=0, at_least=True)
        whole = card_picture.drawn(picture, SCREENS, SHIPPED, tall=5000)
        assert small.width == whole.width == 1080
        assert _yellow(small) == _yellow(whole), picture


def _yellow(image: object) -> int:
    return sum(count for count, paint in image.getcolors(1 << 24) if paint == YELLOW)  # type: ignore[attr-defined]


def pages_in(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


@pytest.mark.media
@pytest.mark.parametrize(("language", "phone"), [("en", ""), ("en", "apple"), ("zh", "")])
def test_the_card_is_the_same_bytes_twice_and_tells_what_its_pictures_show(language: str, phone: str) -> None:
    lesson = shipped("connect-wifi", language)
    made = card_of(lesson, SCREENS, Phrases.load(), phone)
    pdf = pdf_of(made, SCREENS, SHIPPED)
    assert pdf == pdf_of(made, SCREENS, SHIPPED)
    assert pdf.startswith(b"%PDF-") and 3 <= pages_in(pdf) <= 4
    assert pdf.count(b"/Subtype /Image") >= len(made.steps) and b"/Alt" in pdf
    assert len(pdf) < 1_500_000


def test_the_words_are_those_of_the_phone() -> None:
    phrases = Phrases.load()
    lesson = shipped("connect-wifi", "en")
    samsung, google = (card_of(lesson, SCREENS, phrases, phone) for phone in ("samsung", "google"))
    assert samsung.steps[1].words == ("Tap **Connections**.",) and samsung.phone == "For Samsung phones"
    assert google.steps[1].words == ("Tap **Network & internet**.",)
    assert samsung.steps[0].look_for == "Do you see a long list?"
    assert samsung.steps[0].lost.startswith("**Not sure?** The wheel")
    assert samsung.steps[6].lost == "**If you see wrong password:** That happens to everyone. Go to step 6."
    assert card_of(shipped("connect-wifi", "zh"), SCREENS, phrases).phone == "华为手机"


@pytest.mark.parametrize("language", ["en", "fr", "ru", "es"])
def test_a_card_without_pictures_and_with_odd_letters_is_still_a_card(language: str) -> None:
    step = CardStep(("Нажмите **Настройки** (设置) -- ёÉñß",), "Да?", "**Не видно?** " + "слово " * 30)
    made = Card("Заголовок", language, LABELS, (step,) * 5, helper="Our library", telephone="020 7946 0000")
    assert pages_in(pdf_of(made, SCREENS, None)) == 3


def test_right_to_left_is_refused_in_words() -> None:
    with pytest.raises(CardError, match="right to left"):
        pdf_of(Card("عنوان", "ar", LABELS, (CardStep(("نص",)),), made=datetime(2026, 1, 1)), SCREENS, None)


@pytest.mark.media
def test_print_writes_one_lesson_or_all(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "lessons")
    runner = CliRunner(env={"HANDRAIL_DATA": str(tmp_path / "data")})
    (tmp_path / "data" / "centres").mkdir(parents=True)
    made = runner.invoke(
        lessons, ["print", "connect-wifi", "--output", str(tmp_path / "a" / "card.pdf"), "--folder", str(writer.folder)]
    )
    assert made.exit_code == 0, made.output
    assert (tmp_path / "a" / "card.pdf").read_bytes().startswith(b"%PDF-")
    every = runner.invoke(lessons, ["print", "--all", str(tmp_path / "all"), "--folder", str(writer.folder)])
    assert every.exit_code == 0, every.output
    assert {file.name for file in (tmp_path / "all").iterdir()} == {"connect-wifi-en.pdf", "connect-wifi-zh.pdf"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Name a lesson"),
        (["conect-wifi"], "connect-wifi"),
        (["connect-wifi", "--language", "fr"], "en, zh"),
        (["connect-wifi", "--centre", "nowhere"], "no centre"),
        (["--all", "x", "--output", "y"], "one lesson"),
    ],
)
def test_wrong_usage_says_what_to_write(tmp_path: Path, words: list[str], said: str) -> None:
    result = CliRunner(env={"HANDRAIL_DATA": str(tmp_path)}).invoke(lessons, ["print", *words])
    assert result.exit_code == 2 and said in result.output
