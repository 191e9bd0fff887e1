"""A card on the page over HTTP: who may see what, forms from our own pages alone, files made safe, and all gone afterwards."""

from __future__ import annotations

import io
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np
import pytest
import soundfile
from PIL import Image

from bot.store import Address
from bot.store.backups import back_up
from tests.people.house import House

from .conftest import ORIGIN, csrf_of


def wav(seconds: float = 1.0) -> bytes:
    out = io.BytesIO()
    tone = np.sin(np.arange(int(16000 * seconds)) / 20).astype(np.float32) * 0.3
    soundfile.write(out, tone, 16000, format="WAV", subtype="PCM_16")
    return out.getvalue()


def photograph() -> bytes:
    """With a place in what the camera wrote beside it."""
    out = io.BytesIO()
    image = Image.new("RGB", (400, 300), "#cc8844")
    exif = image.getexif()
    exif[0x010E] = "GPS 51.5 -0.1 home of Joan"
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


@dataclass
class Site:
    house: House
    learner: str
    chat: str

    def browser(self) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.house.app, client=("198.51.100.7", 1234))
        return httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"Origin": ORIGIN})

    async def sign_in(self, name: str, role: str = "volunteer") -> httpx.AsyncClient:
        browser = self.browser()
        answer = await browser.post(f"/report/in/{await self.house.link(name, role)}")
        assert answer.status_code == 303, answer.text
        return browser

    @property
    def page(self) -> str:
        return f"/report/with/{self.learner}"

    async def act(self, browser: httpx.AsyncClient, do: str, **more: str) -> httpx.Response:
        csrf = await csrf_of(browser, self.page)
        return await browser.post(self.page, data={"csrf": csrf, "do": do, **more}, follow_redirects=True)

    async def upload(self, browser: httpx.AsyncClient, data: bytes, type: str, csrf: str = "") -> httpx.Response:
        mark = csrf or await csrf_of(browser, self.page)
        return await browser.post(
            f"{self.page}/send", content=data, headers={"content-type": type, "x-handrail-csrf": mark}
        )

    async def to_the_learner(self) -> str:
        """What waits for the learner, in words and handles."""
        parcels = [p for p in await self.house.store.parcels("web") if p.chat == self.chat]
        return "\n".join(f"{p.reply.words} {p.reply.file}" for p in parcels)


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    house = House(tmp_path)
    chat = await house.store.new_web_chat("a" * 30)
    learner = await house.learner_in_a_lesson(Address("web", "", chat))
    await house.store.write(
        lambda db: db.execute(
            "insert into calls (learner, reason, lesson, step, since) values (?, 'person', 'connect-wifi', 'open-list', ?)",
            (learner, "2026-11-23T11:00:00.000000Z"),
        )
    )
    yield Site(house, learner, chat)
    await house.close()


async def test_only_one_holds_it_and_only_they_see_what_is_said(site: Site) -> None:
    rosa, sam, wim = await site.sign_in("Rosa"), await site.sign_in("Sam"), await site.sign_in("Wim", "writer")
    assert "10 minutes: write here" in (await rosa.get(site.page)).text
    assert "You are with Joan" in (await site.act(rosa, "write")).text
    assert "Rosa is with Joan already" in (await sam.get(site.page)).text
    await site.act(rosa, "say", words="Good morning Joan")
    assert "Good morning Joan" in (await rosa.get(f"{site.page}/talk")).text
    assert "Good morning" not in (await sam.get(f"{site.page}/talk")).text
    assert (await wim.get(site.page)).status_code == 403
    assert "**Rosa:** Good morning Joan" in await site.to_the_learner()
    assert (await site.browser().get(site.page)).status_code == 401


async def test_forms_and_files_come_from_our_own_pages_alone(site: Site) -> None:
    rosa = await site.sign_in("Rosa")
    await site.act(rosa, "write")
    assert (await rosa.post(site.page, data={"csrf": "0" * 64, "do": "solved"})).status_code == 403
    assert (await site.upload(rosa, wav(), "audio/wav", csrf="0" * 64)).status_code == 403
    elsewhere = {"origin": "https://elsewhere.test", "x-handrail-csrf": await csrf_of(rosa, site.page)}
    assert (await rosa.post(f"{site.page}/send", content=wav(), headers=elsewhere)).status_code == 403
    assert (await site.upload(rosa, b"x" * (10 * 1024 * 1024 + 1), "audio/wav")).status_code == 413


async def test_the_filter_keeps_what_was_written_for_another_wording(site: Site) -> None:
    rosa = await site.sign_in("Rosa")
    await site.act(rosa, "write")
    page = (await site.act(rosa, "say", words="tell me your PIN <b>please</b>")).text
    assert "Not sent" in page and "tell me your PIN &lt;b&gt;please&lt;/b&gt;</textarea>" in page
    assert "PIN" not in await site.to_the_learner()
    long = "好" * 1000
    assert "Not sent" not in (await site.act(rosa, "say", words=long)).text and long in await site.to_the_learner()


async def test_voices_and_pictures_are_made_anew_and_reach_the_learner(site: Site) -> None:
    rosa = await site.sign_in("Rosa")
    await site.act(rosa, "write")
    assert (await site.upload(rosa, wav(), "audio/wav")).status_code == 204
    assert (await site.upload(rosa, photograph(), "image/jpeg")).status_code == 204
    refused = await site.upload(rosa, b"<svg onload=alert(1)>", "image/svg+xml")
    assert refused.status_code == 409 and "could not be opened" in refused.text
    handles = [line.split()[-1] for line in (await site.to_the_learner()).splitlines() if "kept/" in line]
    voice, picture = [await site.house.files.fetch(handle, "mp3") for handle in handles]
    assert voice and voice.type == "audio/mpeg" and 0.9 < voice.seconds < 1.2
    assert picture and picture.type == "image/jpeg" and b"Joan" not in picture.data
    shown = (await rosa.get(f"{site.page}/talk")).text
    assert shown.count("<audio") == 1 and shown.count("<img") == 1


async def test_what_the_learner_sends_reaches_the_page_only_while_somebody_is_there(site: Site) -> None:
    rosa = await site.sign_in("Rosa")
    keep = site.house.handover.keep_upload
    assert await keep(site.chat, "picture", "image/jpeg", photograph(), site.house.at) == "", (
        "nobody is there: not kept"
    )
    await site.act(rosa, "write")
    learner = site.browser()
    learner.cookies.set("handrail", "a" * 30)
    headers = {"x-handrail": "1", "content-type": "image/jpeg"}
    assert (
        await learner.post("/api/upload?id=11111111111111111111111111111111", content=photograph(), headers=headers)
    ).status_code == 200
    assert (
        await learner.post(
            "/api/upload?id=22222222222222222222222222222222",
            content=b"\x1aE\xdf\xa3webm",
            headers={**headers, "content-type": "audio/webm"},
        )
    ).status_code == 200
    shown = (await rosa.get(f"{site.page}/talk")).text
    assert shown.count("<img") == 1 and shown.count("<audio") == 1
    said = await site.house.store.read(
        lambda db: [row[0] for row in db.execute("select id from talk order by id").fetchall()]
    )
    picture = await rosa.get(f"{site.page}/file/{said[0]}")
    assert picture.headers["content-type"] == "image/jpeg" and b"Joan" not in picture.content
    assert (await rosa.get(f"{site.page}/file/{said[1]}")).headers["content-type"] == "audio/webm"
    sam = await site.sign_in("Sam")
    assert (await sam.get(f"{site.page}/file/{said[0]}")).status_code == 404


@pytest.mark.parametrize("end", ["solved", "back", "erase", "a day"])
async def test_however_it_ends_nothing_of_it_stays(site: Site, end: str) -> None:
    rosa = await site.sign_in("Rosa")
    await site.act(rosa, "write")
    await site.act(rosa, "say", words="the yellow wheelbarrow")
    await site.upload(rosa, photograph(), "image/jpeg")
    for parcel in await site.house.store.parcels("web"):
        await site.house.store.mark_sent(parcel.id, site.house.at)
    if end == "erase":
        await site.house.store.erase(site.learner)
    elif end == "a day":
        site.house.later(hours=24, minutes=1)
        await site.house.store.write(
            lambda db: db.execute("update calls set moved_at = ?", ("2026-11-24T11:00:30.000000Z",))
        )
        await site.house.handover.look(site.house.at)
    else:
        await site.act(rosa, end)
    bytes_on_disk = b"".join(path.read_bytes() for path in site.house.folder.glob("handrail.db*"))
    assert b"wheelbarrow" not in bytes_on_disk
    for table in ("talk", "talk_files"):
        left = await site.house.store.read(lambda db, t=table: db.execute(f"select count(*) from {t}").fetchone()[0])
        assert left == 0


async def test_no_backup_holds_a_talk_or_a_number(site: Site, tmp_path: Path) -> None:
    rosa = await site.sign_in("Rosa")
    await site.act(rosa, "write")
    await site.act(rosa, "say", words="the yellow wheelbarrow")
    for parcel in await site.house.store.parcels("web"):
        await site.house.store.mark_sent(parcel.id, site.house.at)
    await site.house.store.write(
        lambda db: db.execute("insert into numbers values (1, ?, '07700900123', '')", (site.learner,))
    )
    back_up(site.house.folder, tmp_path / "backup.zip")
    kept = zipfile.ZipFile(tmp_path / "backup.zip").read("handrail.db")
    assert b"wheelbarrow" not in kept and b"07700900123" not in kept
