"""The doctor names what is wrong and how to mend it: ports, the clock, forgetting, centres."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands import doctor_outside as outside
from bot.commands.doctor import _centres, _forgetting, doctor
from bot.commands.doctor_check import Check
from bot.house import House
from bot.settings import Settings
from bot.store import Store

HEALTH = '{"ok": %s, "database": "ok", "telegram": "not set", "lessons": {}}'


class Answering(BaseHTTPRequestHandler):
    says, date = "", ""

    def do_GET(self) -> None:
        self.send_response_only(200)
        if self.date:
            self.send_header("Date", self.date)
        self.end_headers()
        self.wfile.write(self.says.encode())

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    class Own(Answering):
        pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Own) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


def house(folder: Path, monkeypatch: pytest.MonkeyPatch, **settings: object) -> House:
    monkeypatch.setenv("HANDRAIL_DATA", str(folder))
    for name, value in settings.items():
        monkeypatch.setenv(name, str(value))
    return House(Settings())


def states(checks: Iterator[Check]) -> list[str]:
    return [check.state for check in checks]


@pytest.mark.parametrize("says, state", [("# HELP handrail_waiting", "ok"), ("something else", "bad")])
def test_the_port_of_the_figures(
    says: str, state: str, server: ThreadingHTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.RequestHandlerClass.says = says  # type: ignore[attr-defined]
    where = f"127.0.0.1:{server.server_port}"
    assert states(outside.metrics(house(tmp_path, monkeypatch, HANDRAIL_METRICS=where))) == [state]
    assert states(outside.metrics(house(tmp_path, monkeypatch, HANDRAIL_METRICS=""))) == []


def test_a_port_that_nobody_has_is_free_and_one_for_both_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [free] = outside.metrics(house(tmp_path, monkeypatch, HANDRAIL_METRICS="127.0.0.1:1"))
    assert free.state in ("ok", "bad")  # below 1024 only root may listen
    [both] = outside.metrics(house(tmp_path, monkeypatch, HANDRAIL_METRICS="127.0.0.1:9109", HANDRAIL_PORT=9109))
    assert both.state == "bad" and "chat page" in both.what


@pytest.mark.parametrize(
    "says, state", [(HEALTH % "true", "ok"), (HEALTH % "false", "bad"), ("hello", "bad"), ("[1]", "bad")]
)
def test_who_is_at_the_port_of_the_page(
    says: str, state: str, server: ThreadingHTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.RequestHandlerClass.says = says  # type: ignore[attr-defined]
    assert states(outside.page(house(tmp_path, monkeypatch, HANDRAIL_PORT=server.server_port))) == [state]


@pytest.mark.parametrize("date, state", [("Sat, 01 Jan 2022 00:00:00 GMT", "bad"), ("", "ok"), ("nonsense", "ok")])
def test_the_clock_is_held_against_telegrams(
    date: str, state: str, server: ThreadingHTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.RequestHandlerClass.date = date  # type: ignore[attr-defined]
    url, token = f"http://127.0.0.1:{server.server_port}", "123456:secret"
    [check] = outside.clock(house(tmp_path, monkeypatch, TELEGRAM_API_URL=url, TELEGRAM_BOT_TOKEN=token))
    assert check.state == state and "secret" not in check.what + check.mend
    [answer] = outside.telegram(house(tmp_path, monkeypatch))
    assert answer.state == "ok"


async def _an_event(folder: Path, at: datetime) -> None:
    store = Store.open(folder)
    await store.close()
    with sqlite3.connect(folder / "handrail.db") as db:
        columns = [row[1] for row in db.execute("pragma table_info(events)") if row[1] not in ("id", "at")]
        sql = f"insert into events (at, {', '.join(columns)}) values (?{', ?' * len(columns)})"
        db.execute(sql, (at.isoformat(), *[""] * len(columns)))


@pytest.mark.parametrize("hours, clock, forgetting", [(-1, "ok", "ok"), (3, "bad", "ok"), (-24 * 93, "ok", "bad")])
async def test_the_database_tells_of_the_clock_and_of_the_daily_job(
    hours: int, clock: str, forgetting: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _an_event(tmp_path, datetime.now(UTC) + timedelta(hours=hours))
    made = house(tmp_path, monkeypatch)
    assert states(outside.clock(made)) == [clock]
    assert states(_forgetting(made)) == [forgetting]


def test_a_centre_that_cannot_be_read_and_one_without_a_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = house(tmp_path, monkeypatch)
    assert states(_centres(made)) == ["note"]
    (tmp_path / "centres").mkdir()
    (tmp_path / "centres" / "elm.toml").write_text("name = ")
    [broken] = _centres(house(tmp_path, monkeypatch))
    assert broken.state == "bad" and "elm.toml" in broken.what


def test_the_whole_of_it_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDRAIL_DATA", str(tmp_path))
    done = CliRunner().invoke(doctor)
    for word in ("Python", "Data folder", "Lessons in en", "Chat page", "Telegram", "Clock"):
        assert word in done.output
