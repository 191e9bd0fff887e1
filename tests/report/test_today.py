"""The first screen: who needs a person and why, in words; nobody ranked, nobody given away."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.report import Report, as_text, report
from bot.store import DATABASE

from .programme import LESSONS, NOW, Person, write


async def seen(folder: Path, *people: Person, names: bool = True) -> Report:
    await write(folder, *people)
    return report(folder / DATABASE, LESSONS, names=names, at=NOW)


def stuck(name: str, hours: float, step: str = "clip") -> Person:
    misses = [(hours + 1, "not_found", "send-photo", step)] * 3
    return Person(
        name, [(hours + 2, "lesson_started", "send-photo", ""), *misses, (hours, "stuck", "send-photo", step)]
    )


async def test_urgent_first_then_whoever_waited_longest(tmp_path: Path) -> None:
    people = (
        stuck("Mei", 2),
        stuck("Harold", 100),
        Person("Josef", [(50, "person_asked", "send-photo", "clip")]),
        Person("Ada", [(1, "step_done", "send-photo", "open"), (0.5, "tricked_told", "", "")]),
        Person("Ines", [(1, "step_done", "send-photo", "open")]),
    )
    found = await seen(tmp_path, *people)
    assert [(n.who, n.reason) for n in found.needs] == [
        ("Ada", "tricked"), ("Harold", "stuck"), ("Josef", "person"), ("Mei", "stuck"),
    ]  # fmt: skip
    text = as_text(found)
    assert "Four people need a person today" in text
    assert "! Ada, needs a call today, since 11:30 today" in text
    assert "! Mei, stuck, since 10:00 today" in text
    assert "In Send a photo, step 2 of 2: Tap the paper clip. Missed it three times." in " ".join(text.split())
    assert "! Josef, asked for a person, since Thursday" in text


@pytest.mark.parametrize("event", ["tricked_told", "danger_told", "worry_told"])
async def test_what_happened_to_somebody_is_not_written_here(tmp_path: Path, event: str) -> None:
    text = as_text(await seen(tmp_path, Person("Ada", [(1, event, "", "")], remember="no")))
    assert ("Ada, sounded low" if event == "worry_told" else "Ada, needs a call today") in text
    assert not any(word in text.lower() for word in ("trick", "scam", "danger", "worr"))


async def test_nobody_is_named_unless_asked_and_allowed(tmp_path: Path) -> None:
    people = (stuck("Harold", 3), Person("Josefine", [(9, "stuck", "send-photo", "open")], volunteers=""))
    ids = await write(tmp_path, *people)
    for names in (False, True):
        text = as_text(report(tmp_path / DATABASE, LESSONS, names=names, at=NOW))
        assert ("Harold" in text) == names
        assert "Josefine" not in text
        assert f"Learner {ids['Josefine'][:6]}, stuck" in text


async def test_resting_good_news_and_those_who_said_no(tmp_path: Path) -> None:
    found = await seen(
        tmp_path,
        Person("Ines", [(26 * 24, "lesson_finished", "send-photo", "end")]),
        Person("Paul", [(15 * 24, "step_done", "bigger-text", "a")]),
        Person("Vera", [(30, "lesson_finished", "send-photo", "end")]),
        Person("Tomas", [(n, "recall_answered", "send-photo", "", {"right": "yes"}) for n in (600, 400, 30)]),
        Person("Nobody", [(3, "stuck", "send-photo", "clip")], volunteers="no"),
    )
    assert found.needs == []
    text = as_text(found)
    assert "Nobody needs a person today" in text
    assert text.count("Nobody") == 2, "the headline and the legend's last sentence"
    assert "Paul, since 6 November. Was in “Bigger letters”." in text
    assert "Ines, since 26 October. Finished “Send a photo”." in text
    assert "Vera finished “Send a photo”." in text
    assert "Tomas can still do “Send a photo”, weeks later." in text


def missers(many: int, of: int) -> list[Person]:
    return [
        Person(f"p{n}", [*[(5.0, "not_found", "send-photo", "clip")] * (2 * (n < many)), (4.0, "step_done", "send-photo", "clip")])
        for n in range(of)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("many", "of", "says"),
    [(4, 12, None), (5, 12, "5 of 12 people"), (6, 6, "6 of 6 people"), (6, 7, "nearly all of 7 people"), (0, 9, None)],
)
async def test_steps_that_many_miss_hide_fewer_than_five(tmp_path: Path, many: int, of: int, says: str | None) -> None:
    text = as_text(await seen(tmp_path, *missers(many, of)))
    if says is None:
        assert "Steps that many people miss" not in text
    else:
        assert "Tap the paper clip" in text and says in text
        assert f"{many} of {of}" not in text or says.startswith(str(many))


async def test_centres_hide_fewer_than_five(tmp_path: Path) -> None:
    small = [Person(f"s{n}", [(3, "stuck", "send-photo", "clip")], centre="small") for n in range(4)]
    large = [Person(f"l{n}", [(3, "step_done", "send-photo", "clip")], centre="large") for n in range(6)]
    found = await seen(tmp_path, *small, *large)
    assert [(c.centre, c.people, c.need_help, c.finished_lessons) for c in found.centres] == [
        ("large", 6, 0, 0), ("small", None, None, 0),
    ]  # fmt: skip


async def test_nothing_yet_says_how_to_begin(tmp_path: Path) -> None:
    empty = as_text(report(tmp_path / DATABASE, LESSONS, at=NOW))
    assert "Nobody has learned here yet." in empty and "handrail run" in empty
    await write(tmp_path)
    assert as_text(report(tmp_path / DATABASE, LESSONS, at=NOW)) == empty


async def test_a_narrow_terminal(tmp_path: Path) -> None:
    text = as_text(await seen(tmp_path, stuck("Harold", 3), *missers(6, 12)), width=60)
    assert max(map(len, text.splitlines())) <= 60


async def test_long_lists_are_cut_and_say_so(tmp_path: Path) -> None:
    people = [Person(f"r{n}", [(500 + n, "step_done", "send-photo", "open")]) for n in range(20)]
    text = as_text(await seen(tmp_path, *people))
    assert "r0, since" in text and "r19, since" not in text
    assert "and 8 more" in text


@pytest.mark.parametrize(("many", "says"), [(2, "A few"), (6, "6")])
async def test_those_who_are_not_shown_are_counted_alone(tmp_path: Path, many: int, says: str) -> None:
    hidden = [Person(f"h{n}", [(1, "step_done", "send-photo", "open")], remember="") for n in range(many)]
    text = as_text(await seen(tmp_path, *hidden))
    assert "There is nothing to show yet." in text and f"{says} people learn here who were not asked yet" in text
    text = as_text(await seen(tmp_path / "more", *hidden, stuck("Mei", 2)))
    assert "One person needs a person today" in text and f"{says} more people learn here" in text
