"""Whatever a browser, or something that is none, sends to the page: an answer, never an exception."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import httpx
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.web_doors import Bounds
from tests.web.conftest import ORIGIN, House

MANY = int(os.environ.get("HANDRAIL_FUZZ", "1250"))
FREE = Bounds(new_chats_an_hour=10**9, messages_a_minute=10**9, requests_a_minute=10**9, news_seconds=0.001)
odd = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
names = st.sampled_from(("id", "after", "text", "turn", "choice", "start", "language", "words", "shared", "word"))
likely = st.sampled_from(
    ("message-0001", 0, 1, -1, 2**70, "next", "help", "c-elm-street", "l-send-photo", "en", "zh", "../..", "\x00")
)
tables = st.dictionaries(names, odd | likely, max_size=6)
bodies = (
    tables.map(lambda table: json.dumps(table).encode())
    | st.binary(max_size=60)
    | odd.map(lambda value: json.dumps(value).encode())
)
calls = st.sampled_from(("open", "say", "tap", "card", "upload", "finish", "now", "news"))
pages = st.text(max_size=20).map(lambda x: f"/{x}") | st.sampled_from(
    (
        "/c/%00",
        "/l/..%2f..%2fetc",
        "/picture/x/1.png",
        "/voice/x.mp3",
        "/static/../web.py",
        "/poster?centre=<script>",
        "/?lang=%ff",
    )
)
headers = st.dictionaries(
    st.sampled_from(("X-Handrail", "Origin", "Accept-Language", "Content-Type", "Cookie", "X-Forwarded-For", "Range")),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30)
    | st.sampled_from(("en", "zh", ORIGIN, "image/png", "audio/webm", "application/json", "handrail=", "bytes=0-5")),
    max_size=4,
)
requests = st.tuples(
    st.just("POST"), calls.map(lambda name: f"/api/{name}?id=message-0001"), bodies, headers
) | st.tuples(st.just("GET"), pages, st.just(b""), headers)


async def _send(house: House, sent: list[tuple[str, str, bytes, dict[str, str]]]) -> None:
    transport = httpx.ASGITransport(house.app, client=("198.51.100.7", 1234), raise_app_exceptions=True)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        await client.post("/api/open", json={"id": "message-0000"}, headers={"X-Handrail": "en", "Origin": ORIGIN})
        for method, path, body, more in sent:
            own: dict[str, str] = {"X-Handrail": "en", "Origin": ORIGIN, **more}
            try:
                url = httpx.URL(ORIGIN).join(path)
            except (httpx.InvalidURL, UnicodeError):
                continue
            if url.host != "page.test":
                continue
            answer = await client.request(method, url, content=body, headers=own)
            assert answer.status_code < 500, (method, path, body, more, answer.text)
            seen: Any = answer.headers.get("content-security-policy")
            assert seen, "every answer is strict"


def test_anything_sent_to_the_page_gets_an_answer(tmp_path: Path) -> None:
    loop = asyncio.new_event_loop()
    house = House(tmp_path, bounds=FREE)

    @settings(max_examples=MANY, deadline=None, database=None)
    @given(st.lists(requests, min_size=1, max_size=4))
    def anything(sent: list[tuple[str, str, bytes, dict[str, str]]]) -> None:
        loop.run_until_complete(_send(house, sent))

    try:
        anything()
    finally:
        loop.run_until_complete(house.store.close())
        loop.close()
