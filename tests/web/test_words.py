"""The page's own labels, the language to begin with, the local network, and the size of a picture."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from bot.channels.web_lan import lan_url, lan_words
from bot.channels.web_pages import STATIC
from bot.channels.web_words import LABELS, PICTURE_WORDS, LabelError, Labels, direction, tags
from media.measure import measure

BANNED = r"\b(simply|just a|easy|easily|obviously|of course|please wait|error|invalid|failed)\b"


def test_every_label_that_script_and_pages_ask_for_is_there() -> None:
    keys = set(Labels.load()("en"))
    asked = set(re.findall(r"say\('(\w*[a-z0-9])'", (STATIC / "chat.js").read_text()))
    for page in (STATIC.parent / "templates").glob("*.html"):
        html = page.read_text()
        asked |= set(re.findall(r'data-(?:label|aria|placeholder)="(\w+)"', html)) | set(
            re.findall(r"words\.(\w+)", html)
        )
    assert asked <= keys


def test_every_picture_word_has_a_sign_and_a_name() -> None:
    signs = (STATIC / "signs.svg").read_text()
    for word in PICTURE_WORDS:
        assert f'id="word-{word}"' in signs
        assert all(f"word_{word}" in Labels.load()(language) for language in Labels.load().languages)
    for language in Labels.load().languages:
        names = [Labels.load()(language)[f"word_{word}"] for word in PICTURE_WORDS]
        assert len(set(names)) == len(PICTURE_WORDS)


def test_every_sign_that_is_asked_for_is_drawn() -> None:
    signs = set(re.findall(r'id="(sign-\w+)"', (STATIC / "signs.svg").read_text()))
    script = (STATIC / "chat.js").read_text()
    asked = set(re.findall(r"button\('[^']*', '(\w+)'", script)) | set(re.findall(r"notice\('(\w+)'", script))
    asked |= set(re.findall(r"^ {4}(\w+): '", script, flags=re.M)) | {"on"}
    assert {f"sign-{name}" for name in asked} <= signs


@pytest.mark.parametrize("label", sorted(Labels.load()("en")))
def test_english_labels_are_kind_and_plain(label: str) -> None:
    assert not re.search(BANNED, Labels.load()("en")[label].lower())


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('a = "x"\nb = "{n} of {of}"\nc = "one too many"', "'c'"),
        ('a = "x"', "'b'"),
        ('a = "x"\nb = "{n}"', "'b'"),
        ('a = ""\nb = "{n} of {of}"', "'a'"),
        ('a = 7\nb = "{n} of {of}"', "'a'"),
        ("a = ", "Mend"),
    ],
)
def test_labels_that_do_not_fit_are_said_with_file_and_key(tmp_path: Path, text: str, wrong: str) -> None:
    (tmp_path / "en.toml").write_text('a = "x"\nb = "{n} of {of}"')
    (tmp_path / "zh.toml").write_text(text)
    with pytest.raises(LabelError, match=re.escape(wrong)) as told:
        Labels.load(tmp_path)
    assert "zh.toml" in str(told.value)


def test_an_unknown_language_has_english_labels_and_its_own_direction() -> None:
    assert Labels.load()("ar") == Labels.load()("en")
    assert LABELS.is_dir()
    assert [direction(code) for code in ("ar", "ar-EG", "en", "zh")] == ["rtl", "rtl", "ltr", "ltr"]


def test_language_tags_come_best_first() -> None:
    assert tags("en;q=0.5, zh-CN, *;q=0.1, <script>, fr;q=2") == ["zh-cn", "fr", "en"]


def test_the_local_network_in_words() -> None:
    assert lan_url(8080, "192.168.1.20") == "http://192.168.1.20:8080"
    assert lan_url(80, "fd00::1") == "http://[fd00::1]"
    assert "http://192.168.1.20:8080/poster" in "\n".join(lan_words(8080, "192.168.1.20"))
    assert "https" in "\n".join(lan_words(8080, "192.168.1.20"))
    assert "no network" in "\n".join(lan_words(8080, ""))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_is_measured(form: str) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (70, 50)).save(drawn, form)
    assert measure(drawn.getvalue()) == (70, 50)
    assert measure(drawn.getvalue()[:8]) is None


@pytest.mark.parametrize("form", ["BMP", "TIFF", "ICO", "PPM"])
def test_other_formats_are_no_pictures_here(form: str) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (32, 32)).save(drawn, form)
    assert measure(drawn.getvalue()) is None
