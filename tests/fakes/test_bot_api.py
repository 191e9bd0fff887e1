"""The fake server itself: it refuses what Telegram refuses, in Telegram's words."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from PIL import Image

from .bot_api import TOKEN, BotApi
from .bot_api_state import Limits


def png(width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("1", (width, height)).save(buffer, "PNG")
    return buffer.getvalue()


class Caller:
    def __init__(self, api: BotApi, session: aiohttp.ClientSession) -> None:
        self.api, self.session = api, session

    async def __call__(self, method: str, token: str = TOKEN, **fields: Any) -> tuple[int, dict[str, Any]]:
        form = aiohttp.FormData()
        for name, value in fields.items():
            if isinstance(value, bytes):
                form.add_field(name, value, filename="file")
            else:
                form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        async with self.session.post(f"{self.api.url}/bot{token}/{method}", data=form) as answer:
            return answer.status, await answer.json()


@pytest.fixture
async def call() -> AsyncIterator[Caller]:
    async with BotApi() as api, aiohttp.ClientSession() as session:
        api.person(7)
        yield Caller(api, session)


def keyboard(**button: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Done"} | button]]}


@pytest.mark.parametrize(
    ("method", "fields", "status", "says"),
    [
        ("sendMessage", {"chat_id": 7, "text": "<b>hello</b> &amp;", "parse_mode": "HTML"}, 200, ""),
        ("sendmessage", {"chat_id": 7, "text": "a" * 4096}, 200, ""),
        ("sendMessage", {"chat_id": 7, "text": "a" * 4097}, 400, "message is too long"),
        ("sendMessage", {"chat_id": 7, "text": "😀" * 2049}, 400, "message is too long"),
        ("sendMessage", {"chat_id": 7, "text": " \n"}, 400, "message text is empty"),
        ("sendMessage", {"chat_id": 7, "text": "<b></b>", "parse_mode": "HTML"}, 400, "message text is empty"),
        ("sendMessage", {"chat_id": 7, "text": "<x>", "parse_mode": "HTML"}, 400, "can't parse entities"),
        ("sendMessage", {"chat_id": 7, "text": "<b>", "parse_mode": "HTML"}, 400, "can't parse entities"),
        ("sendMessage", {"chat_id": 7, "text": "</b>", "parse_mode": "HTML"}, 400, "can't parse entities"),
        ("sendMessage", {"chat_id": 7, "text": "a < b", "parse_mode": "HTML"}, 400, "can't parse entities"),
        ("sendMessage", {"chat_id": 8, "text": "x"}, 400, "chat not found"),
        ("sendMessage", {"text": "x"}, 400, "chat_id is empty"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": keyboard(callback_data="x" * 64)}, 200, ""),
        (
            "sendMessage",
            {"chat_id": 7, "text": "x", "reply_markup": keyboard(callback_data="x" * 65)},
            400,
            "BUTTON_DATA",
        ),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": keyboard(url="app://x")}, 400, "URL protocol"),
        ("sendPhoto", {"chat_id": 7, "photo": png(100, 200), "caption": "a" * 1024}, 200, ""),
        ("sendPhoto", {"chat_id": 7, "photo": png(100, 200), "caption": "a" * 1025}, 400, "caption is too long"),
        ("sendPhoto", {"chat_id": 7, "photo": png(5001, 5000)}, 400, "PHOTO_INVALID_DIMENSIONS"),
        ("sendPhoto", {"chat_id": 7, "photo": png(10, 201)}, 400, "PHOTO_INVALID_DIMENSIONS"),
        ("sendPhoto", {"chat_id": 7, "photo": b"no picture"}, 400, "IMAGE_PROCESS_FAILED"),
        ("sendPhoto", {"chat_id": 7, "photo": b"x" * (10 * 1024 * 1024 + 1)}, 413, "Too Large"),
        ("sendPhoto", {"chat_id": 7, "photo": "unknown-id"}, 400, "wrong file identifier"),
        ("sendPhoto", {"chat_id": 7}, 400, "no photo"),
        ("sendVoice", {"chat_id": 7, "voice": b"OggS"}, 200, ""),
        ("deleteMessage", {"chat_id": 7, "message_id": 99}, 400, "message to delete not found"),
        ("answerCallbackQuery", {"callback_query_id": "old"}, 400, "query is too old"),
        ("getFile", {"file_id": "x"}, 400, "invalid file_id"),
        ("setMyCommands", {"commands": [{"command": "HELP", "description": "x"}]}, 400, "BOT_COMMAND_INVALID"),
        ("setMyShortDescription", {"short_description": "x" * 121}, 400, "too long"),
        ("setWebhook", {"url": "http://example.org"}, 400, "HTTPS"),
        ("noSuchMethod", {}, 404, "Not Found"),
    ],
)
async def test_what_it_takes_and_what_it_refuses(
    call: Caller, method: str, fields: dict[str, Any], status: int, says: str
) -> None:
    code, body = await call(method, **fields)
    assert (code, body["ok"]) == (status, status == 200) and says in body.get("description", "")


@pytest.mark.parametrize(("token", "status"), [("4242:wrong", 401), ("nonsense", 404)])
async def test_a_wrong_token(call: Caller, token: str, status: int) -> None:
    assert (await call("getMe", token=token))[0] == status


async def test_blocked_voices_forbidden_and_not_modified(call: Caller) -> None:
    api = call.api
    api.person(7).voices_forbidden = True
    assert "VOICE_MESSAGES_FORBIDDEN" in (await call("sendVoice", chat_id=7, voice=b"OggS"))[1]["description"]
    _, sent = await call("sendMessage", chat_id=7, text="x", reply_markup=keyboard(callback_data="1"))
    number = sent["result"]["message_id"]
    same = await call("editMessageReplyMarkup", chat_id=7, message_id=number, reply_markup=keyboard(callback_data="1"))
    assert "not modified" in same[1]["description"]
    assert (await call("editMessageReplyMarkup", chat_id=7, message_id=number))[0] == 200
    await api.block(7)
    assert await call("sendMessage", chat_id=7, text="x") == (
        403, {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"},
    )  # fmt: skip


async def test_updates_wait_until_they_are_confirmed(call: Caller) -> None:
    api = call.api
    for number in range(3):
        await api.say(7, str(number))
    first = (await call("getUpdates", timeout=0))[1]["result"]
    again = (await call("getUpdates", timeout=0))[1]["result"]
    assert [u["message"]["text"] for u in first] == ["0", "1", "2"] and first == again
    rest = (await call("getUpdates", timeout=0, offset=first[1]["update_id"] + 1))[1]["result"]
    assert [u["message"]["text"] for u in rest] == ["2"]
    waiting = asyncio.create_task(call("getUpdates", timeout=30, offset=rest[0]["update_id"] + 1))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    second = asyncio.create_task(call("getUpdates", timeout=1, offset=rest[0]["update_id"] + 1))
    status, body = await waiting
    assert status == 409 and "only one bot instance" in body["description"]
    assert (await second)[1]["result"] == []
    await call("setWebhook", url="https://example.org/x")
    assert (await call("getUpdates"))[0] == 409


async def test_limits_and_faults(call: Caller) -> None:
    call.api.world.limits = Limits(chat_burst=2)
    answers = [await call("sendMessage", chat_id=7, text="x") for _ in range(3)]
    assert [status for status, _ in answers] == [200, 200, 429] and answers[2][1]["parameters"]["retry_after"] >= 1
    call.api.world.limits = None
    for kind in ("500", "502"):
        call.api.fail(kind, "sendMessage")
        assert (await call("sendMessage", chat_id=7, text="x"))[0] == int(kind)
    before = len(call.api.world.sent)
    for kind, more in (("before", 0), ("after", 1)):
        call.api.fail(kind, "sendMessage")
        with pytest.raises(aiohttp.ClientError):
            await call("sendMessage", chat_id=7, text="x")
        assert len(call.api.world.sent) == before + more
