"""Walks over a Bot API server, over real HTTP: a learner and two volunteers, each in a chat of their own."""

from __future__ import annotations

import asyncio
import io
import logging
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import numpy as np
import pytest
import soundfile
from PIL import Image

from bot.store import Address
from tests.fakes.bot_api import BotApi
from tests.people.house import BOT, MONDAY, SUNDAY_EVENING, House
from tests.report.conftest import ORIGIN, csrf_of

JOAN, ROSA, SAM = 7, 21, 22
NUMBER = "07700 900 123"


class Walk:
    def __init__(self, api: BotApi, house: House) -> None:
        self.api, self.house = api, house
        self.read = {JOAN: 0, ROSA: 0, SAM: 0}

    async def begin(self, *, leave: str = "yes") -> None:
        await self.house.listen()
        for chat, name in ((ROSA, "Rosa"), (SAM, "Sam")):
            await self.api.say(chat, f"/start v-{await self.house.link(name)}")
        await self.house.learner_in_a_lesson(Address("telegram", BOT, str(JOAN)), leave=leave)
        await self.says(JOAN, "how do I get on the wifi")
        for label in ("I know it", "Skip this", "Done", "Done"):
            await self.taps(JOAN, label)

    async def ask_for_a_person(self) -> None:
        await self.taps(JOAN, "Help")
        await self.taps(JOAN, "A person, please")

    async def says(self, chat: int, text: str) -> str:
        await self.api.say(chat, text)
        return await self.comes(chat)

    async def taps(self, chat: int, label: str) -> str:
        await self.api.tap(chat, label)
        return await self.comes(chat)

    async def comes(self, chat: int) -> str:
        """What is new in this chat; the time moves on, so that no tap is too soon."""
        await self.house.quiet()
        self.house.later(seconds=20)
        return self.new(chat)

    def new(self, chat: int) -> str:
        shown = self.api.world.by_chat.get(chat, [])
        said = "\n".join(m.text or m.kind for m in shown[self.read[chat] :] if not m.deleted)
        self.read[chat] = len(shown)
        return said

    def all_of(self, chat: int) -> str:
        return "\n".join(self.api.texts(chat))


@pytest.fixture
async def walk(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Walk]:
    async with BotApi() as api:
        house = House(tmp_path, api, at=getattr(request, "param", MONDAY))
        yield Walk(api, house)
        await house.close()


async def test_two_volunteers_at_once_and_a_restart_in_the_middle(walk: Walk) -> None:
    api = walk.api
    await walk.begin()
    await walk.ask_for_a_person()
    assert "I have told Elm Street Library: Joan, join a Wi-Fi network, step 3" in walk.all_of(JOAN)
    walk.new(JOAN)
    assert "Joan" in walk.new(ROSA) and "Joan" in walk.new(SAM)
    await asyncio.gather(api.tap(ROSA, "10 min: write here"), api.tap(SAM, "10 min: write here"))
    answers = sorted([await walk.comes(ROSA), await walk.comes(SAM)], key=lambda a: "already" in a)
    assert "You are with Joan now" in answers[0] and "is with them already" in answers[1]
    held, other = (ROSA, SAM) if "You are with" in walk.all_of(ROSA) else (SAM, ROSA)
    name = {ROSA: "Rosa", SAM: "Sam"}[held]
    assert f"{name} from Elm Street Library is here now" in walk.new(JOAN)
    await walk.says(held, "Good morning Joan, what do you see at the top?")
    assert walk.new(JOAN) == f"{name}: Good morning Joan, what do you see at the top?"
    await api.say(other, "hello from the other one")
    await walk.comes(other)
    assert "hello from the other one" not in walk.all_of(JOAN)
    await walk.house.restart(api.say(JOAN, "it says Connections"))
    assert "Joan: it says Connections" in await walk.comes(held), "written while nothing ran"
    await api.voice(JOAN)
    assert await walk.comes(JOAN) == "", "the bot is silent meanwhile"
    assert api.messages(held)[-1].kind == "voice"
    await api.voice(held)
    await walk.comes(held)
    assert api.messages(JOAN)[-1].kind == "voice"
    walk.new(JOAN)
    assert "Thank you" in await walk.taps(held, "Solved")
    after = walk.new(JOAN)
    assert f"{name} has gone now. I am here again." in after and "Do you see some names in a list?" in after
    assert await walk.taps(JOAN, "Done"), "the tutor answers again"
    assert walk.new(held) == ""


async def test_a_volunteer_on_the_page_and_a_learner_in_the_messenger(walk: Walk) -> None:
    await walk.begin()
    await walk.ask_for_a_person()
    learner = await walk.house.store.learner_of(await walk.house.store.chat_of(Address("telegram", BOT, str(JOAN))))
    page = f"/report/with/{learner}"
    transport = httpx.ASGITransport(walk.house.app, client=("198.51.100.7", 1))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"Origin": ORIGIN}) as cora:
        await cora.post(f"/report/in/{await walk.house.link('Cora')}")
        csrf = await csrf_of(cora, page)
        await cora.post(page, data={"csrf": csrf, "do": "write"})
        assert "Cora from Elm Street Library is here now" in await walk.comes(JOAN)
        await cora.post(page, data={"csrf": csrf, "do": "say", "words": "What do you see?"})
        assert await walk.comes(JOAN) == "Cora: What do you see?"
        await walk.says(JOAN, "a list of names")
        await walk.api.photo(JOAN, picture())
        await walk.api.voice(JOAN, wav())
        await walk.comes(JOAN)
        shown = (await cora.get(f"{page}/talk")).text
        assert "a list of names" in shown and shown.count("<img") == 1 and shown.count("<audio") == 1
        files = re.findall(rf'src="({page}/file/\d+)"', shown)
        kinds = [(await cora.get(file)).headers["content-type"] for file in files]
        assert kinds == ["image/jpeg", "audio/mpeg"], "fetched from the messenger when it is looked at"
        mark = {"content-type": "audio/wav", "x-handrail-csrf": csrf}
        assert (await cora.post(f"{page}/send", content=wav(), headers=mark)).status_code == 204
        await walk.comes(JOAN)
        sent = walk.api.messages(JOAN)[-1]
        assert sent.kind == "voice" and sent.data.startswith(b"OggS")
        await cora.post(page, data={"csrf": csrf, "do": "solved"})
        assert "Do you see some names in a list?" in await walk.comes(JOAN)


async def test_a_volunteer_in_the_messenger_and_a_learner_on_the_page(walk: Walk) -> None:
    house, api = walk.house, walk.api
    await house.listen()
    await api.say(ROSA, f"/start v-{await house.link('Rosa')}")
    await walk.comes(ROSA)
    chat = await house.store.new_web_chat("b" * 30)
    learner = await house.learner_in_a_lesson(Address("web", "", chat))
    await house.store.write(
        lambda db: db.execute(
            "insert into calls (learner, reason, lesson, step, since) values (?, 'person', 'connect-wifi', 'open-list', ?)",
            (learner, "2026-11-23T11:00:00.000000Z"),
        )
    )
    await house.handover.look(house.at)
    await walk.comes(ROSA)
    await walk.taps(ROSA, "10 min: write here")
    await api.voice(ROSA, wav())
    await walk.comes(ROSA)
    transport = httpx.ASGITransport(house.app, client=("198.51.100.8", 1))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, cookies={"handrail": "b" * 30}) as joan:
        mark = {"x-handrail": "1"}
        news = (await joan.get("/api/news?after=0", headers=mark)).json()["replies"]
        [voice] = [reply["passed"] for reply in news if reply["passed"]]
        heard = await joan.get(voice["address"])
        assert (voice["kind"], heard.headers["content-type"]) == ("voice", "audio/mpeg")
        assert (await joan.get("/passed/" + "0" * 32)).status_code == 404
        sent = {**mark, "content-type": "image/png"}
        await joan.post("/api/upload?id=" + "1" * 32, content=picture(), headers=sent)
        await walk.comes(ROSA)
        assert api.messages(ROSA)[-1].kind == "photo" and api.messages(ROSA)[-1].data.startswith(b"\xff\xd8")
        spoken = {**mark, "content-type": "audio/webm"}
        await joan.post("/api/upload?id=" + "2" * 32, content=b"\x1aE\xdf\xa3 of a browser", headers=spoken)
        assert "Joan sent a voice message" in await walk.comes(ROSA)
        assert api.messages(ROSA)[-1].kind == "file" or api.messages(ROSA)[-2].kind == "file"


@pytest.mark.parametrize("walk", [SUNDAY_EVENING], indirect=True)
async def test_a_closed_centre_promises_nobody_and_hears_of_it_when_it_opens(walk: Walk) -> None:
    await walk.begin()
    await walk.ask_for_a_person()
    told = walk.all_of(JOAN)
    assert "They open tomorrow at 9." in told and "They write to you here" not in told
    assert "Joan" not in walk.all_of(ROSA) + walk.all_of(SAM)
    walk.house.at = MONDAY.replace(hour=9, minute=1)
    await walk.house.handover.look(walk.house.at)
    await walk.house.handover.look(walk.house.at)
    assert (await walk.comes(ROSA)).count("would like a person") == 1


async def test_a_refused_leave_is_told_to_nobody(walk: Walk) -> None:
    await walk.begin(leave="")
    await walk.ask_for_a_person()
    assert "All right?" in walk.all_of(JOAN)
    assert "nobody sees it" in await walk.taps(JOAN, "No, thank you")
    await walk.house.handover.look(walk.house.at)
    assert "Joan" not in await walk.comes(ROSA) + await walk.comes(SAM)
    assert "Do you see some names" in await walk.taps(JOAN, "Let's go on")


def wav() -> bytes:
    out = io.BytesIO()
    soundfile.write(out, np.sin(np.arange(16_000) / 20).astype(np.float32) * 0.3, 16_000, format="WAV")
    return out.getvalue()


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 600), "#336699").save(out, "PNG")
    return out.getvalue()


def written(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("handrail.db*"))


async def test_a_number_is_for_whoever_took_the_card_and_goes_with_it(
    walk: Walk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await walk.begin()
    await walk.ask_for_a_person()
    assert "Which number may they ring?" in await walk.taps(JOAN, "They may ring me")
    assert "in digits" in await walk.says(JOAN, "it is 077")
    told = await walk.says(JOAN, f"my number is {NUMBER} thank you")
    assert "Thank you. The number is for whoever helps you" in told and "says two words first" in told
    assert "never ask for codes, money" in told and NUMBER not in told
    assert told.index("Thank you") < told.index("two words first")
    kept = await walk.house.store.read(lambda db: [dict(row) for row in db.execute("select * from numbers").fetchall()])
    assert [row["number"] for row in kept] == [NUMBER]
    rest = await walk.house.store.read(
        lambda db: str(
            [[tuple(r) for r in db.execute(f"select * from {t}")] for t in ("inbox", "events", "sessions", "calls")]
        )
    )
    assert "07700" not in rest
    assert NUMBER not in walk.all_of(ROSA), "nobody took it yet"
    walk.new(ROSA)
    await walk.taps(ROSA, "20 min: visit, ring")
    shown = next(m for m in walk.api.messages(ROSA) if NUMBER in m.text)
    word = told.split("says two words first: ")[1].split(".")[0]
    assert word in shown.text and NUMBER not in walk.all_of(SAM)
    await walk.taps(ROSA, "Solved")
    assert NUMBER not in walk.all_of(ROSA), "the message was taken out of the chat again"
    assert b"07700" not in written(walk.house.folder)
    assert not any("07700" in record.getMessage() for record in caplog.records if record.name.startswith("bot"))


async def test_a_number_goes_with_never_mind(walk: Walk) -> None:
    await walk.begin()
    await walk.ask_for_a_person()
    await walk.taps(JOAN, "They may ring me")
    await walk.says(JOAN, NUMBER)
    await walk.taps(JOAN, "I have it now")
    assert b"07700" not in written(walk.house.folder)


async def test_who_comes_is_told_when_nobody_is_needed_and_the_number_goes(walk: Walk) -> None:
    await walk.begin()
    await walk.ask_for_a_person()
    await walk.taps(JOAN, "They may ring me")
    await walk.says(JOAN, NUMBER)
    await walk.taps(ROSA, "20 min: visit, ring")
    assert NUMBER in walk.all_of(ROSA)
    walk.new(ROSA)
    await walk.taps(JOAN, "I have it now")
    assert "Joan needs nobody any more" in walk.new(ROSA)
    assert NUMBER not in walk.all_of(ROSA)


async def test_whoever_is_forgotten_leaves_no_number_in_a_volunteers_chat(walk: Walk) -> None:
    await walk.begin()
    await walk.ask_for_a_person()
    await walk.taps(JOAN, "They may ring me")
    await walk.says(JOAN, NUMBER)
    await walk.taps(ROSA, "20 min: visit, ring")
    learner = await walk.house.store.learner_of(await walk.house.store.chat_of(Address("telegram", BOT, str(JOAN))))
    await walk.house.store.erase(learner)
    await walk.house.handover.look(walk.house.at)
    await walk.comes(ROSA)
    assert NUMBER not in walk.all_of(ROSA) and b"07700" not in written(walk.house.folder)


async def test_a_number_that_nobody_asked_for_is_an_ordinary_message(walk: Walk) -> None:
    await walk.begin()
    await walk.says(JOAN, NUMBER)
    assert await walk.house.store.read(lambda db: db.execute("select * from numbers").fetchall()) == []


async def test_five_minutes_and_a_spoken_kind_word_in_two_taps(walk: Walk) -> None:
    await walk.begin()
    await walk.ask_for_a_person()
    walk.new(ROSA)
    assert "would like a person" in await walk.says(ROSA, "/five")
    await walk.taps(ROSA, "2 min: a kind word")
    walk.new(JOAN)
    await walk.api.voice(ROSA)
    assert "They stay on the list" in await walk.comes(ROSA)
    assert walk.new(JOAN) == "Rosa has spoken a kind word for you:\nvoice"
    assert "Nobody waits" in await walk.says(ROSA, "/five"), "a kind word, once"
    assert "You are with Joan now" in await walk.taps(SAM, "10 min: write here")
