"""Centres as files: every template can be used, and what is wrong is named with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.centres import CentreError, Centres, from_template, read, templates

GOOD = """name = "Elm Street Library"
country = "GB"
timezone = "Europe/London"
emergency = "999"

[sources]
emergency = "GOV.UK, November 2026"
"""


@pytest.mark.parametrize("country", templates())
def test_a_new_centre_from_a_template_can_be_used(country: str, tmp_path: Path) -> None:
    (tmp_path / "elm.toml").write_text(from_template("elm", country), encoding="utf-8")
    centre = Centres.load(tmp_path).get("elm")
    assert (centre.id, centre.country) == ("elm", country)
    assert centre.emergency and centre.hours
    for key in ("emergency", "crisis", "after_trick", "advice", "police", "fire"):
        assert not getattr(centre, key) or "2026" in centre.sources[key], f"{key} has a source and a date"


def test_the_numbers_of_three_places(tmp_path: Path) -> None:
    for country in ("GB", "CN", "US"):
        (tmp_path / f"{country.lower()}.toml").write_text(from_template("x", country), encoding="utf-8")
    centres = Centres.load(tmp_path)
    gb, cn, us = centres.get("gb"), centres.get("cn"), centres.get("us")
    assert (gb.emergency, gb.crisis, gb.after_trick) == ("999", "116 123", "159")
    assert (cn.emergency, cn.police, cn.fire, cn.crisis) == ("120", "110", "119", "12356")
    assert (cn.after_trick, cn.say_after_trick, cn.advice) == ("110", "紧急止付", "96110")
    assert cn.quiet == (("12:00", "14:00"),)
    assert (us.emergency, us.crisis, us.after_trick) == ("911", "988", "")


def test_home_is_there_without_a_file_and_takes_who_has_no_centre(tmp_path: Path) -> None:
    centres = Centres.load(tmp_path / "nowhere")
    assert centres.get("home").id == centres.get("elm").id == "home"
    assert centres.get("home").emergency == "", "the place is not known, so no number is guessed"
    (tmp_path / "home.toml").write_text(GOOD, encoding="utf-8")
    assert Centres.load(tmp_path).get("elm").name == "Elm Street Library"


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('"GB"', '"England"', 2, "country: Write the country's two capital letters"),
        ("Europe/London", "Elm Street", 3, "timezone: Write a time zone such as"),
        ('emergency = "999"', "emergency = 999", 4, "emergency: Write it between quotation marks"),
        ('emergency = "999"', 'emergency = "call us"', 4, "emergency: Write a telephone number"),
        ('emergency = "999"', 'emergency = "999"\ncrisis = "116 123"', 5, "crisis: Say under [sources]"),
        ('emergency = "999"', 'emergency = "999"\nwaking = ["20:00", "09:00"]', 5, "waking: Write two times"),
        ('emergency = "999"', 'emergency = "999"\nwaking = ["9:00", "25:00"]', 5, "waking: Write two times"),
        ('emergency = "999"', 'emergency = "999"\nquiet = ["12:00"]', 5, "quiet: Write two times"),
        ('emergency = "999"', 'emergency = "999"\ntelefone = "1"', 5, "telefone: 'telefone' is no key of a centre"),
        ("[sources]", '[hours]\nmunday = ["09:00", "17:00"]\n[sources]', 7, "munday: 'munday' is no day"),
        ('name = "Elm Street Library"', 'name = "Elm', 1, "This is no TOML"),
        ('name = "Elm Street Library"\n', "", 1, "name: Write name = "),
    ],
)
def test_what_is_wrong_is_named_with_file_and_line(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    path = tmp_path / "elm.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(CentreError) as error:
        read(path)
    assert str(error.value).startswith(f"{path}:{line}:")
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("id", "country", "says"), [("Elm Street", "GB", "small letters"), ("elm", "XX", "There are: CN")]
)
def test_a_new_centre_needs_a_plain_id_and_a_known_country(id: str, country: str, says: str) -> None:
    with pytest.raises(CentreError, match=says):
        from_template(id, country)
