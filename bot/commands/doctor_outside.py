"""What the doctor sees of the world outside: ports, servers, Telegram, the clock against other clocks."""

from __future__ import annotations

import json
import socket
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

from bot.commands.doctor_check import Check, good_or_bad
from bot.house import House
from bot.store import DATABASE

APART = timedelta(minutes=2)  # that two clocks may be apart
PATIENCE = 5  # seconds


def page(house: House) -> Iterator[Check]:
    """The chat page: ours and well, free to be taken, or somebody else's."""
    where, port = house.settings.host, house.settings.port
    said = _fetch(f"http://{_reachable(where)}:{port}/healthz")
    health = _health(said.body) if said else None
    if health is not None:
        state = "ok" if health.get("ok") else "bad"
        told = ", ".join(f"{name} {health.get(name)}" for name in ("database", "telegram"))
        yield Check(state, f"Handrail runs at {where}:{port}: {told}", "" if state == "ok" else "Look into its log.")
    elif said is not None or not _free(where, port):
        yield Check(
            "bad", f"Chat page: another program is at {where}:{port}", "Choose another port with HANDRAIL_PORT."
        )
    else:
        yield Check("ok", f"Chat page: {where}:{port} is free; Handrail does not run now")


def metrics(house: House) -> Iterator[Check]:
    """The figures for Prometheus: served, free to be served, or taken; and never on the page's own port."""
    if not house.settings.metrics:
        return
    where, _, number = house.settings.metrics.rpartition(":")
    port, mend = int(number), "Choose another place with HANDRAIL_METRICS, or leave it empty."
    if port and port == house.settings.port:
        yield Check("bad", f"Figures: {where}:{port} is the port of the chat page", mend)
        return
    said = _fetch(f"http://{_reachable(where)}:{port}/metrics")
    if said is not None and "handrail_" in said.body:
        yield Check("ok", f"Figures are served at {where}:{port}")
    elif said is not None or not _free(where, port):
        yield Check("bad", f"Figures: another program is at {where}:{port}", mend)
    else:
        yield Check("ok", f"Figures: {where}:{port} is free; they are served while Handrail runs")


def public_address(house: House) -> Iterator[Check]:
    """What learners' links point at. Not reached from here is no proof: some networks lead nobody back to themselves."""
    url = house.settings.public_url.rstrip("/")
    if not url:
        return
    if urlsplit(url).scheme != "https":
        yield Check("note", f"Public address {url}: no https", "Without it browsers give the page no microphone.")
    said = _fetch(f"{url}/healthz")
    yield Check(
        "ok" if said and _health(said.body) is not None else "note",
        f"Public address {url}: {'answers' if said else 'not reached from here'}",
        "" if said else "Start Handrail, look at the web server in front, and try from another network.",
    )


def rasa(house: House) -> Iterator[Check]:
    if house.settings.nlu == "rasa":
        for language, url in house.settings.rasa_urls.items():
            name = f"Rasa {language}".strip()
            mend = "Start it with `make rasa`; until then the embedded engine answers."
            yield _answers(name, f"{url.rstrip('/')}/version", mend)


def telegram(house: House) -> Iterator[Check]:
    token = house.settings.telegram_bot_token.get_secret_value()
    if not token:
        mend = "Get one from @BotFather and set TELEGRAM_BOT_TOKEN. The chat page works without."
        yield Check("note", "Telegram: no token", mend)
        return
    mend = "Check TELEGRAM_BOT_TOKEN (copy it again from @BotFather) and the network."
    yield _answers("Telegram", f"{house.settings.telegram_api_url.rstrip('/')}/bot{token}/getMe", mend)


def clock(house: House) -> Iterator[Check]:
    """Against Telegram's clock where there is a token, and against what the database has seen already."""
    now, mend = datetime.now(UTC), "Set the clock (timedatectl set-ntp true): reminders would come at wrong times."
    newest = _newest(house.settings.data / DATABASE)
    if now.year < 2026 or (newest and newest > now + APART):
        seen = f"; the database has seen {newest:%Y-%m-%d %H:%M}" if newest else ""
        yield Check("bad", f"Clock: {now:%Y-%m-%d %H:%M} UTC is behind{seen}", mend)
        return
    other = None
    if house.settings.telegram_bot_token.get_secret_value():
        said = _fetch(house.settings.telegram_api_url)
        other = said.date if said else None
    if other and abs(other - datetime.now(UTC)) > APART:
        yield Check("bad", f"Clock: {now:%H:%M:%S} UTC here, {other:%H:%M:%S} at Telegram", mend)
    else:
        beside = ", as Telegram's" if other else ""
        yield Check("ok", f"Clock: {now:%Y-%m-%d %H:%M} UTC{beside}")


class _Said:
    def __init__(self, status: int, body: str, date: str | None) -> None:
        self.status, self.body = status, body
        try:
            self.date = parsedate_to_datetime(date).astimezone(UTC) if date else None
        except ValueError:
            self.date = None


def _fetch(url: str) -> _Said | None:
    """What answers there, whatever it says; None where nobody speaks http. The address is never shown: it may hold a token."""
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            return _Said(answer.status, answer.read(65536).decode("utf-8", "replace"), answer.headers.get("Date"))
    except urllib.error.HTTPError as error:
        return _Said(error.code, error.read(65536).decode("utf-8", "replace"), error.headers.get("Date"))
    except (urllib.error.URLError, OSError, ValueError):
        return None


def _answers(name: str, url: str, mend: str) -> Check:
    said = _fetch(url)
    good = said is not None and said.status == 200
    return good_or_bad(good, f"{name}: {'answers' if good else 'does not answer'}", mend)


def _health(body: str) -> dict[str, object] | None:
    try:
        found = json.loads(body)
    except ValueError:
        return None
    return found if isinstance(found, dict) and {"ok", "database", "lessons"} <= found.keys() else None


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)


def _free(host: str, port: int) -> bool:
    try:
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            return True
    except OSError:
        return False


def _newest(database: Path) -> datetime | None:
    """When the last message was noted."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
            at = db.execute("select max(at) from events").fetchone()[0]
        return datetime.fromisoformat(at).astimezone(UTC) if at else None
    except (sqlite3.Error, ValueError):
        return None
