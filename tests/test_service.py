"""The whole Handrail in this process: what it says of itself to those who watch over it."""

from __future__ import annotations

import json
import logging
import urllib.request
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from bot.house import House
from bot.messages import Message
from bot.service import CannotServe, Service, open_socket
from bot.settings import Settings
from bot.store import Address, Incoming

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SECRET_WORDS = "Wisteria lives at 12 Quince Lane"


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    settings = Settings(data=tmp_path, port=0, metrics="127.0.0.1:0", voice="espeak")  # type: ignore[call-arg]
    bound = open_socket("127.0.0.1", 0)
    async with Service(House(settings), bound).opened() as opened:
        yield opened
    bound.close()


async def say(service: Service, text: str, number: str) -> None:
    message = Message(number, "", AT, "text", text, channel="web", locale="en")
    chat = await service.store.new_web_chat("token" + number)
    await service.reception.answer(Incoming(number, Address("web", "", chat), message))


def figures(service: Service) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{service.measures.port}/metrics", timeout=5) as answer:
        return str(answer.read().decode())


async def test_figures_for_prometheus_and_one_line_an_exchange(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "handrail.exchange"):
        await say(service, SECRET_WORDS, "1")
        await say(service, "hello", "2")
    told = figures(service)
    assert 'handrail_answers_total{channel="web",kind="text",outcome="answered"} 2.0' in told
    assert 'handrail_answer_seconds_count{channel="web"} 2.0' in told
    assert 'handrail_waiting{where="inbox"} 0.0' in told and 'handrail_missing{what="voice"} 0.0' in told
    lines = [r.getMessage() for r in caplog.records if r.name == "handrail.exchange"]
    assert len(lines) == 2 and lines[0].startswith("channel=web kind=text outcome=answered replies=")
    for shown in (told, *lines):
        assert "Wisteria" not in shown and "Quince" not in shown


async def test_errors_are_counted_by_part_and_not_told(service: Service) -> None:
    logging.getLogger("media.studio").error("voice in 'en': %s", SECRET_WORDS)
    told = figures(service)
    assert 'handrail_log_records_total{level="error",where="media.studio"} 1.0' in told and "Quince" not in told


async def test_healthz_says_what_works(service: Service) -> None:
    transport = httpx.ASGITransport(app=service.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as browser:
        answer = await browser.get("/healthz")
        assert answer.status_code == 200
        found = json.loads(answer.text)
        assert found["ok"] and found["database"] == "ok" and found["telegram"] == "not set"
        assert found["lessons"]["en"] == found["lessons"]["zh"] > 0
        await service.store.close()
        assert (await browser.get("/healthz")).status_code == 503


async def test_a_port_that_is_taken_is_said_in_words(tmp_path: Path) -> None:
    taken = open_socket("127.0.0.1", 0)
    taken.listen()
    where = f"127.0.0.1:{taken.getsockname()[1]}"
    settings = Settings(data=tmp_path, metrics=where)  # type: ignore[call-arg]
    with pytest.raises(CannotServe, match="HANDRAIL_METRICS"):
        async with Service(House(settings), taken).opened():
            pass
    taken.close()
