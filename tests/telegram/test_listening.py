"""What comes in: once, in order, and confirmed only when it is on the disk."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from bot.messages import Tap
from tests.fakes.bot_api import TOKEN, BotApi

from .conftest import House, build


async def test_a_word_is_answered_and_a_tap_is_acknowledged(house: House, api: BotApi) -> None:
    await api.say(7, "hello")
    await api.wait_for(7, 1)
    assert api.messages(7)[0].text == "1: hello"
    query = await api.tap(7, "Done")
    await api.wait_for(7, 2)
    assert api.messages(7)[1].text == "2: tapped next"
    assert api.world.answered == [query]
    assert house.tutor.heard[1].tap == Tap(1, "next")


async def test_every_kind_of_message_arrives_as_what_it_is(house: House, api: BotApi) -> None:
    api.person(7, language="zh-hans")
    await api.say(7, "/start c-elm-street")
    first = await api.say(7, "hello")
    await api.voice(7)
    await api.photo(7, caption="what is this")
    await api.forward(7, "You have won")
    await api.edit(7, first, "hello again")
    for odd in ("sticker", "location", "contact", "document", "poll", "dice"):
        await api.send(7, **{odd: {"file_id": "x", "emoji": "x", "value": 1}})
    await api.say(7, "/help")
    await api.say(7, "/unknown_thing now")
    await api.until(lambda: len(house.tutor.heard) == 14)
    heard = house.tutor.heard
    assert (heard[0].first, heard[0].start, heard[0].text, heard[0].locale) == (True, "c-elm-street", "", "zh-hans")
    kinds = [message.kind for message in heard]
    assert kinds == ["text", "text", "voice", "picture", "forwarded", "edited", *["other"] * 6, "text", "text"]
    assert heard[2].file.startswith("Learnervoice") and heard[3].text == "what is this" and heard[3].file
    assert heard[4].text == "You have won" and heard[5].text == "hello again" and heard[5].id == heard[1].id
    assert heard[12].text == "帮帮我" and heard[13].text == "unknown thing now"
    assert all(message.channel == "telegram" for message in heard)


async def test_a_learners_voice_can_be_fetched(house: House, api: BotApi) -> None:
    await api.voice(7, b"OggS what I said")
    await api.until(lambda: house.tutor.heard)
    assert await house.channel.download(house.tutor.heard[0].file) == b"OggS what I said"


async def test_the_same_update_twice_is_answered_once(house: House, api: BotApi) -> None:
    await api.say(7, "hello")
    await api.wait_for(7, 1)
    update = {"update_id": api.world.updates.next_id, "message": api.world.chats[7].said[1][0]}
    api.world.updates.waiting.extend([update, update])
    api.world.updates.came.set()
    await api.say(7, "more")
    await api.wait_for(7, 2)
    await house.quiet()
    assert api.texts(7) == ["1: hello", "2: more"]


async def test_a_hundred_messages_keep_their_order(house: House, api: BotApi) -> None:
    for number in range(25):
        for chat in (1, 2, 3, 4):
            await api.say(chat, f"word {number}")
    for chat in (1, 2, 3, 4):
        await api.wait_for(chat, 25)
        assert api.texts(chat) == [f"{n + 1}: word {n}" for n in range(25)]


async def test_updates_are_confirmed_only_after_they_are_noted(api: BotApi, tmp_path: Path) -> None:
    house = build(api, tmp_path)
    gate = asyncio.Event()
    seen: list[int] = []

    class Slow:
        async def receive(self, batch: object) -> None:
            await gate.wait()
            await house.reception.receive(batch)  # type: ignore[arg-type]
            seen.append(len(api.world.updates.waiting))

    await api.say(7, "hello")
    listening = asyncio.create_task(house.channel.run(Slow()))
    await asyncio.sleep(0.2)
    assert len(api.world.updates.waiting) == 1, "confirmed before it was noted"
    gate.set()
    await api.until(lambda: not api.world.updates.waiting)
    assert seen == [1]
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    await house.close()


async def test_what_cannot_be_read_takes_nothing_down(house: House, api: BotApi) -> None:
    for body in ({}, {"chat": {}}, {"message_id": "x", "chat": {"id": [], "type": "private"}}, {"chat": {"type": 1}}):
        api.world.updates.add("message", body)
    api.world.updates.add("callback_query", {"id": "1"})
    api.world.updates.add("message", {"message_id": 1, "date": 10**30, "chat": {"id": 7, "type": "private"}})
    await api.say(7, "hello")
    await api.wait_for(7, 1)
    assert api.texts(7) == ["1: hello"]


async def test_a_group_hears_once_that_lessons_are_private(house: House, api: BotApi) -> None:
    api.person(-5, kind="supergroup", language="zh")
    for number in range(3):
        await api.say(-5, f"hello {number}", sender=7)
    await api.send(-5, new_chat_title="x", sender=7)
    await api.wait_for(-5, 1)
    await api.say(7, "hello")
    await api.wait_for(7, 1)
    await house.quiet()
    assert api.texts(-5) == ["请单独跟我聊：@handrail_test_bot"]
    assert [message.text for message in house.tutor.heard] == ["hello"]
    house.channel._groups.clear()  # as after a restart
    await api.say(-5, "again", sender=7)
    await api.say(7, "more")
    await api.wait_for(7, 2)
    assert len(api.messages(-5)) == 1


async def test_a_webhook_that_was_left_is_taken_away_and_what_waits_is_kept(api: BotApi, tmp_path: Path) -> None:
    api.world.webhook = {"url": "https://old.example/hook", "secret": ""}
    await api.say(7, "hello")
    house = build(api, tmp_path)
    await house.listen()
    await api.wait_for(7, 1)
    assert house.channel.state == "polling"
    await house.close()


async def test_another_copy_is_named_in_words_and_waited_out(
    api: BotApi, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    house = build(api, tmp_path)
    await house.listen()
    await api.until(lambda: house.channel.state == "polling" and api.poller)
    api.poller = object()  # somebody else polls now
    await api.until(lambda: house.channel.state == "another_copy")
    assert "Another copy of this bot is running" in caplog.text
    await api.until(lambda: house.channel.state == "polling")
    await api.say(7, "hello")
    await api.wait_for(7, 1)
    await house.close()


@pytest.mark.parametrize("token", ["4242:AAwrong", "nonsense"])
async def test_a_wrong_token_is_said_in_words_and_never_shown(
    api: BotApi, tmp_path: Path, caplog: pytest.LogCaptureFixture, token: str
) -> None:
    house = build(api, tmp_path, token=token)
    caplog.set_level(logging.DEBUG)
    await asyncio.wait_for(house.channel.run(house.reception), 5)
    assert house.channel.state == "wrong_token"
    assert "TELEGRAM_BOT_TOKEN" in caplog.text and token not in caplog.text
    await house.close()


async def test_no_log_holds_a_token_or_what_was_written(
    api: BotApi, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    house = build(api, tmp_path)
    for kind in ("500", "429", "before", "after", "502"):
        api.fail(kind, "getUpdates", seconds=1)
        api.fail(kind, "sendMessage", seconds=1)
    await house.listen()
    await api.say(7, "Grandmother's secret cake")
    await api.wait_for(7, 1)
    await house.close()
    down = build(api, tmp_path / "down")
    down.channel.door = type(down.channel.door)(TOKEN, "http://127.0.0.1:9")
    down.channel._sender._door = down.channel.door
    await down.listen()
    await api.until(lambda: down.channel.state == "unreachable")
    await down.close()
    assert "cake" not in caplog.text and TOKEN not in caplog.text and "AAtest" not in caplog.text
    assert "Telegram cannot be reached" in caplog.text


async def test_a_secret_is_cut_before_anything_is_written(house: House, api: BotApi, tmp_path: Path) -> None:
    await api.say(7, "my card is 4111 1111 1111 1111 ok")
    await api.until(lambda: house.tutor.heard)
    heard = house.tutor.heard[0]
    assert "4111" not in heard.text and heard.secret_kinds == ("card",)
    await house.quiet()
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or b"4111 1111" not in file.read_bytes(), file


async def test_the_menu_is_set_in_each_language(house: House, api: BotApi) -> None:
    await api.until(lambda: ("menu_button", "") in api.world.profile)
    profile = api.world.profile
    assert profile["description", "zh"] == "我一小步一小步教您用手机。"
    assert profile["description", ""] == profile["description", "en"]
    assert '"help"' in profile["commands", "zh"] and "\\u5e2e" in profile["commands", "zh"]


async def test_a_failing_menu_harms_nobody(api: BotApi, tmp_path: Path) -> None:
    for method in ("setMyDescription", "setMyCommands", "setChatMenuButton"):
        api.fail("500", method, times=5)
    house = build(api, tmp_path)
    await house.listen()
    await api.say(7, "hello")
    await api.wait_for(7, 1)
    await house.close()
