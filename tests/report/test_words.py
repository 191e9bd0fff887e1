"""Volunteers read their own language: every page, the messenger, the terminal; one file of words a language."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.phrases import Phrases
from bot.phrases.words import Words, best_language, languages, misfits
from bot.report import as_text, report
from bot.report.chat import in_chat, in_the_morning

from .conftest import csrf_of
from .programme import LESSONS, NOW, Person, write

Sites = Callable[..., Any]
ROOT = Path(__file__).parents[2]
SAID = re.compile(r"""\b(?:t|words|say|w)\(\s*f?["']([a-z_]+\.[a-z0-9_.]+)["']""")
STUCK = [(50.0, "lesson_started", "send-photo", "")] + [(49.0, name, "send-photo", "clip") for name in ("not_found", "not_found", "stuck")]  # fmt: skip
TRICKED = [(3.0, "tricked_told", "", "")]
FINISHED = [(40.0, "lesson_started", "send-photo", ""), (30.0, "lesson_finished", "send-photo", "end")]
PEOPLE = (
    Person("王梅", STUCK), Person("李强", TRICKED), Person("陈红", FINISHED), Person("", FINISHED),
    Person("赵明", [(24.0 * 40, "lesson_started", "send-photo", "")]),
)  # fmt: skip
# What stays as it is in every language: the mark, what is typed, formats, a lesson that is not translated.
AS_IT_IS = r"Handrail|handrail volunteer link|handrail run|docs/report\.md|Telegram|Excel|LibreOffice|WPS|CSV|PDF|JSON|xAPI|Firefox|English|Rosa|UTC|[0-9a-f]{6}|Talking|elm-street|report|csv|html|xlsx|Bigger letters|Open the chat|Tap the paper clip"


def test_every_language_has_the_same_words() -> None:
    assert not misfits(), "\n".join(misfits())


def test_a_translators_slips_are_noticed() -> None:
    english = {"a": ("{count} people",), "b": ("With {name}.",), "c": ("Yes",)}
    assert misfits(Phrases({"en": english, "zh": {"a": ("{n}位",), "b": ("由{who}接手。",), "d": ("是",)}})) == [
        "zh: c: stands in one of en.toml and zh.toml only", "zh: d: stands in one of en.toml and zh.toml only",
        "zh: b: needs name in braces",
    ]  # fmt: skip


def test_words_that_pages_ask_for_are_there() -> None:
    asked: set[str] = set()
    for folder in ("bot/report", "bot/channels/report"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".html", ".py"):
                asked |= set(SAID.findall(path.read_text(encoding="utf-8")))
    words = Words("en")
    known = set(words._phrases.texts["en"])
    assert len(asked) > 100
    ours = {key.partition(".")[0] for key in known}
    missing = {
        key for key in asked if key.partition(".")[0] in ours and key not in known and f"{key}.many" not in known
    }
    assert not missing


@pytest.mark.parametrize(
    ("asked", "language"),
    [("zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("de,fr;q=0.7", "en"), ("en;q=0.3, zh;q=0.9", "zh"), ("", "en"), ("zh_CN.UTF-8", "zh"), ("x" * 900, "en")],
)  # fmt: skip
def test_the_browsers_language_at_first(asked: str, language: str) -> None:
    assert best_language(asked) == language


async def test_pages_speak_the_volunteers_language(site: Sites) -> None:
    here = await site(*PEOPLE)
    browser = await here.sign_in("coordinator")
    learner = here.ids["王梅"]
    paths = ("", "/learners", f"/learners/{learner}", "/lessons", "/centres", "/files", "/you", "/first")
    await browser.post("/report/you", data={"csrf": await csrf_of(browser), "language": "zh"})
    for path in paths:
        page = (await browser.get(f"/report{path}")).text
        assert '<html lang="zh">' in page
        assert not english_in(page), path
    await browser.post("/report/you", data={"csrf": await csrf_of(browser), "language": "xx"})
    assert '<html lang="zh">' in (await browser.get("/report")).text, "no such language: it stays"
    await browser.post("/report/you", data={"csrf": await csrf_of(browser), "language": "en"})
    assert "need a person today" in (await browser.get("/report")).text


def english_in(page: str) -> list[str]:
    """English words that are left on a page, those of titles and labels too."""
    body = re.sub(r"<(script|style|svg)\b.*?</\1>", "", page, flags=re.S)
    told = re.findall(r'(?:aria-label|title|data-label|placeholder|alt)="([^"]*)"', body)
    told.append(re.sub(r"<[^>]*>", " ", body))
    return [word for text in told for word in re.findall(r"[A-Za-z]{3,}", re.sub(AS_IT_IS, "", text))]


async def test_signing_in_takes_the_browsers_language(site: Sites) -> None:
    here = await site(*PEOPLE)
    who, token = await here.people.add("Rosa", centre="elm-street", at=here.at)
    browser = here.browser()
    browser.headers["accept-language"] = "zh-CN,zh;q=0.9"
    assert "在这台设备上登录" in (await browser.get(f"/report/in/{token}")).text
    await browser.post(f"/report/in/{token}")
    assert (await here.people.get(who.id)).language == "zh"
    stranger = here.browser()
    stranger.headers["accept-language"] = "zh"
    assert "这一页是给志愿者的" in (await stranger.get("/report")).text
    # Chosen once, another browser's language changes nothing.
    token = await here.people.link(who.id, at=here.at)
    english = here.browser()
    english.headers["accept-language"] = "en"
    await english.post(f"/report/in/{token}")
    assert (await here.people.get(who.id)).language == "zh"


@pytest.mark.parametrize("language", languages())
async def test_the_same_is_said_in_chat_and_terminal(tmp_path: Path, language: str) -> None:
    await write(tmp_path, *PEOPLE)
    found = report(tmp_path / "handrail.db", LESSONS, names=True, at=NOW, language=language)
    said = in_chat(found, "v1", trusted=False, address="https://x.test", language=language)
    morning = in_the_morning(found, "v1", trusted=False, language=language)
    text = as_text(found, language=language)
    words = Words(language)
    assert words.many("today.headline", 2) in said.words and words.many("today.headline", 2) in text
    assert morning is not None and morning.words.startswith(words("chat.morning"))
    assert words("reason.tricked") in said.words and words("reason_told.tricked") not in said.words + text
    assert words("please.tricked")[:12] not in said.words + text, "what to do about a trick would tell of it"
    if language == "zh":
        assert not re.findall(r"[A-Za-z]{3,}", re.sub(AS_IT_IS + "|https|test", "", said.words))
