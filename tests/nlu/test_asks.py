"""What learners say for each lesson: sound files, every lesson known, and a checker that names file and line."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import lessons
from bot.house import House
from bot.settings import Settings
from lessons.catalogue import Catalogue
from nlu.asks import ask_languages, check_asks, read_asks
from nlu.finder import Finder
from tests.nlu.test_sets_are_sound import rows_of, twins

LESSONS = Path(lessons.__file__).parent
PLANNED = tuple(tomllib.loads((LESSONS / "curriculum.toml").read_text(encoding="utf-8"))["lessons"])
HERE = Path(__file__).parent


def written(folder: Path, text: str, language: str = "es") -> Path:
    (folder / f"{language}.toml").write_text(text, encoding="utf-8")
    return folder


def eight(lesson: str, *, words: str) -> str:
    """A table with eight asks that have nothing in common."""
    lines = "".join(f'    "{words}{n} {n}{words} x{n}{words} y{words}{n}",\n' for n in range(8))
    return f"[{lesson}]\nasks = [\n{lines}]\n"


@pytest.mark.parametrize("language", ask_languages())
def test_the_shipped_asks_are_in_order(language: str) -> None:
    assert [str(f) for f in check_asks(language, PLANNED)] == []


@pytest.mark.parametrize("language", ask_languages())
def test_no_ask_is_a_lessons_title_or_stands_in_another_lessons_file(language: str) -> None:
    catalogue = Catalogue.load(LESSONS)
    taken = {ask.lower(): lesson.id for lesson in catalogue.lessons(language) for ask in lesson.asks}
    said, _ = read_asks(language)
    elsewhere = [
        (lesson, ask) for lesson, asks in said.items() for ask in asks if taken.get(ask.lower(), lesson) != lesson
    ]
    titles = [
        (lesson, ask)
        for lesson, asks in said.items()
        for ask in asks
        if ask.lower() == catalogue.planned[lesson].title(language).lower()
    ]
    assert elsewhere == [] and titles == []


@pytest.mark.parametrize("language", ask_languages())
def test_no_ask_stands_in_the_held_apart_set(language: str) -> None:
    """Names the ask and only the place of the row: who writes asks must not read the row."""
    held = HERE / f"{language}.jsonl"
    texts = [row["text"] for row in rows_of(held)]
    asks = [ask for its in read_asks(language)[0].values() for ask in its]
    found = [
        f"{asks[j]!r} is nearly the held-apart {held.name}:{i + 1}; say it differently" for i, j in twins(texts, asks)
    ]
    assert found == [], "\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (eight("make-call", words="a") + eight("make-cal", words="b"), 12, "did you mean 'make-call'"),
        (eight("make-call", words="a").replace('    "a7 7a x7a ya7",\n', ""), 1, "write 1 more"),
        (eight("make-call", words="a") + 'asks = "one"\n', 12, "not readable as TOML"),
        ('[make-call]\nasks = "ring"\n', 1, 'only asks = ["...", "..."]'),
        ('[make-call]\nask = ["ring"]\n', 1, 'only asks = ["...", "..."]'),
        (eight("make-call", words="a").replace('"a5 5a x5a ya5"', '"A3 3a, x3a ya3!"'), 8, "stands twice"),
        (
            eight("make-call", words="a").replace('"a5 5a x5a ya5"', '"ya3 x3a 3a a3 so"'),
            8,
            "is nearly 'a3 3a x3a ya3'",
        ),
        ("make-call\n", 1, "not readable as TOML"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    faults = check_asks("es", ["make-call"], written(tmp_path, text))
    assert [(f.line, words in f.message) for f in faults] == [(line, True)], [str(f) for f in faults]
    assert faults[0].path.endswith("es.toml")


def test_one_ask_under_two_lessons_names_both(tmp_path: Path) -> None:
    text = eight("make-call", words="a") + eight("send-text", words="b").replace("b2 2b x2b yb2", "a1 1a x1a ya1")
    (fault,) = check_asks("es", ["make-call", "send-text"], written(tmp_path, text))
    assert (fault.line, "stands under make-call too" in fault.message) == (16, True)


def test_a_short_ask_inside_a_long_story_is_no_twin(tmp_path: Path) -> None:
    story = "my sister said I should learn to ring the plumber now that the tap drips all night long"
    text = (
        eight("make-call", words="a").replace("a1 1a x1a ya1", "ring the plumber now").replace("a2 2a x2a ya2", story)
    )
    assert check_asks("es", ["make-call"], written(tmp_path, text)) == []


def test_one_faulty_table_hides_no_other(tmp_path: Path) -> None:
    asks, faults = read_asks("es", written(tmp_path, '[make-call]\nasks = ["ring"]\n\n[send-text]\nasks = [3]\n'))
    assert asks == {"make-call": ("ring",)}
    assert [f.line for f in faults] == [4]


def test_a_language_without_a_file_has_no_asks(tmp_path: Path) -> None:
    assert read_asks("fi", tmp_path) == ({}, [])
    assert "no such file" in check_asks("fi", PLANNED, tmp_path)[0].message


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_house_knows_a_wish_for_every_lesson_written_or_planned(language: str, tmp_path: Path) -> None:
    house = House(Settings(data=tmp_path))
    lines = {asks.id: asks.lines for asks in house.asks if asks.language == language}
    assert set(lines) >= set(PLANNED)
    for lesson in house.catalogue.lessons(language):
        assert {*lesson.asks, lesson.title} <= set(lines[lesson.id])
    there = {lesson.id for lesson in house.catalogue.lessons(language)}
    for planned in set(PLANNED) - there:
        assert house.catalogue.planned[planned].title(language) in lines[planned]


def test_asks_tell_lessons_apart_and_do_not_teach_what_a_wish_is(tmp_path: Path) -> None:
    """A thousand wishes beside sixty cries for help would drown them."""
    said, _ = read_asks("en")
    written = {lesson.id: lesson.asks for lesson in House(Settings(data=tmp_path)).catalogue.lessons("en")}
    for asks in House(Settings(data=tmp_path)).asks:
        if asks.language == "en":
            assert not ({*said[asks.id]} - {*written.get(asks.id, ())}) & {*(asks.wishes or ())}
            assert {*written.get(asks.id, ())} <= {*(asks.wishes or ())}


@pytest.mark.parametrize("language", ask_languages())
def test_an_ask_finds_its_lesson(language: str, tmp_path: Path) -> None:
    """Said to the letter each ask must lead home, also where two lessons lie close."""
    finder = Finder(House(Settings(data=tmp_path)).asks)
    said, _ = read_asks(language)
    astray = [
        (lesson, found)
        for lesson, asks in said.items()
        if (found := finder.find(asks[0], language, limit=1)[0][0]) != lesson
    ]
    assert astray == []
