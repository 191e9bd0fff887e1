"""A learner's way through the page's API: hello, a lesson, the same place again, news."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.web_doors import Bounds
from bot.messages import Reply, Turn
from tests.web.conftest import House, Visitor
from tests.web.standins import texts


async def test_hello_then_a_step_with_picture_and_voice(visitor: Visitor) -> None:
    hello = await visitor.open()
    assert "I am Handrail" in texts(hello["replies"])
    assert [b["choice"] for b in hello["replies"][0]["buttons"]] == ["begin", "read_to_me", "who_is_this", "help"]
    step = (await visitor.tap(hello["turn"], "begin"))["replies"][0]
    assert step["step"] == [2, 6]
    picture = step["pictures"][0]
    assert picture["alt"]
    for address, kind in (
        (picture["part"], "image/png"),
        (picture["whole"], "image/png"),
        (step["voice"], "audio/mpeg"),
    ):
        got = await visitor.get(address)
        assert got.status_code == 200 and got.headers["content-type"] == kind
        assert "max-age" in got.headers["cache-control"]
    part = await visitor.get(step["voice"], Range="bytes=0-99")
    assert part.status_code == 206 and len(part.content) == 100


async def test_the_same_message_twice_counts_once_and_gives_the_same_replies(house: House, visitor: Visitor) -> None:
    hello = await visitor.open()
    table = {"id": "tap-number-one", "turn": hello["turn"], "choice": "begin", "after": visitor.after}
    first = (await visitor.post("/api/tap", table)).json()
    again = (await visitor.post("/api/tap", table)).json()
    assert again["replies"] == first["replies"] and again["turn"] == first["turn"]
    assert sum(message.kind == "tap" for message in house.tutor.heard) == 1


async def test_ids_of_two_learners_do_not_meet(house: House) -> None:
    one, two = house.visitor(), house.visitor()
    await one.open(), await two.open()
    for who in (one, two):
        assert (await who.post("/api/say", {"id": "the-same-id", "text": "hello"})).json()["replies"]


async def test_a_reload_keeps_the_place_and_changes_nothing(house: House, visitor: Visitor) -> None:
    turn = (await visitor.tap((await visitor.open())["turn"], "begin"))["turn"]
    heard = len(house.tutor.heard)
    now = (await visitor.get("/api/now")).json()
    assert now["turn"] == turn and now["present"][0]["step"] == [2, 6]
    opened = await visitor.open()
    assert opened["turn"] == turn and opened["present"][0]["step"] == [2, 6]
    assert len(house.tutor.heard) == heard


async def test_a_lesson_link_is_handed_on(house: House, visitor: Visitor) -> None:
    assert (await visitor.client.get("/l/send-photo")).status_code == 200
    await visitor.open(start="l-send-photo")
    assert (house.tutor.heard[-1].start, house.tutor.heard[-1].first) == ("l-send-photo", True)


async def test_what_is_written_later_reaches_a_waiting_page(house: House, visitor: Visitor) -> None:
    await visitor.open()
    assert (await visitor.get(f"/api/news?after={visitor.after}")).json()["replies"] == []
    chat = (await house.store.parcels("web"), house.tutor.heard[-1].chat)[1]
    session = await house.store.load(await house.store.learner_of(chat))
    assert session is not None
    at = house.tutor.heard[-1].at
    await house.store.save(Turn(session, (Reply("Good morning. How did you sleep?"),)), chat=chat, at=at)
    house.app.state.chats.wake(chat)
    news = (await visitor.get(f"/api/news?after={visitor.after}")).json()
    assert texts(news["replies"]) == "Good morning. How did you sleep?"
    assert await house.store.parcels("web") == []


async def test_two_pages_of_one_chat_both_hear_news_and_nothing_twice(build) -> None:
    house = build(bounds=Bounds(news_seconds=5))
    visitor = house.visitor()
    hello = await visitor.open()
    after = visitor.after
    pages = [asyncio.create_task(visitor.get(f"/api/news?after={after}")) for _ in range(2)]
    await asyncio.sleep(0.2)
    tapped = asyncio.create_task(visitor.tap(hello["turn"], "begin"))
    await asyncio.sleep(0.2)
    house.app.state.chats.wake(house.tutor.heard[-1].chat)
    heard = [(await page).json()["replies"] for page in pages] + [(await tapped)["replies"]]
    assert all(len(replies) == 1 and replies == heard[0] for replies in heard)


async def test_stopping_lets_waiting_pages_go(build) -> None:
    house = build(bounds=Bounds(news_seconds=60))
    visitor = house.visitor()
    await visitor.open()
    page = asyncio.create_task(visitor.get(f"/api/news?after={visitor.after}"))
    await asyncio.sleep(0.2)
    house.app.state.chats.stop()
    assert (await asyncio.wait_for(page, 5)).json()["replies"] == []


async def test_photograph_and_voice_arrive_and_are_not_kept(house: House, visitor: Visitor, png: bytes) -> None:
    await visitor.open()
    assert "picture" in texts((await visitor.upload(png, "image/png")).json()["replies"])
    assert "voices" in texts((await visitor.upload(b"\x1aE\xdf\xa3 a voice", "audio/webm")).json()["replies"])
    assert [m.kind for m in house.tutor.heard[-2:]] == ["picture", "voice"]
    assert all(m.file == "" for m in house.tutor.heard)
    assert not [p for p in house.store.path.parent.rglob("*") if p.is_file() and png in p.read_bytes()]


async def test_marks_of_html_stay_what_they_are(visitor: Visitor) -> None:
    await visitor.open()
    words = '<img src=x onerror="alert(1)"> & <b>'
    assert words in texts((await visitor.say(words))["replies"])


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.5", "zh"),
        ("fr-FR,en;q=0.4,zh;q=0.8", "zh"),
        ("de", "en"),
        ("", "en"),
        ("*;q=x,,;", "en"),
    ],
)
async def test_the_first_language_is_the_browsers(visitor: Visitor, accept: str, language: str) -> None:
    page = await visitor.client.get("/", headers={"Accept-Language": accept})
    assert f'<html lang="{language}" dir="ltr"' in page.text


async def test_no_voice_and_no_picture_are_404_and_the_words_are_there(build) -> None:
    visitor = build(broken_studio=True).visitor()
    step = (await visitor.tap((await visitor.open())["turn"], "begin"))["replies"][0]
    assert step["words"]
    assert (await visitor.get(step["voice"])).status_code == 404
    assert (await visitor.get(step["pictures"][0]["part"])).status_code == 404


async def test_all_that_is_kept_is_there_as_a_file_for_its_own_person_alone(house: House, visitor: Visitor) -> None:
    assert (await visitor.get("/api/my_data")).status_code == 401
    await visitor.open()
    answer = await visitor.get("/api/my_data")
    assert answer.status_code == 200 and "attachment" in answer.headers["content-disposition"]
    assert answer.json()["learner"]["id"] and set(answer.json()) >= {"place", "progress", "events"}
    other = house.visitor("198.51.100.8")
    await other.open()
    assert (await other.get("/api/my_data")).json()["learner"]["id"] != answer.json()["learner"]["id"]
