"""The report in the messenger, the morning message, and "well done" on its way to a learner."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.centres import Centres
from bot.messages import Message, Tap
from bot.people import People, Volunteer
from bot.people.front_desk import FrontDesk
from bot.report_desk import ReportDesk
from bot.reporting import first_lesson
from bot.store import Address, Incoming, Parcel, Store, Waiting
from lessons.catalogue import SHIPPED, Catalogue
from lessons.for_volunteers import FIRST_MINUTES, read
from lessons.for_volunteers import languages as for_volunteers_languages

from .programme import LESSONS, NOW, Person, write

ASKED = [(5.0, "person_asked", "send-photo", "clip")]
FINISHED = [(30.0, "lesson_finished", "send-photo", "end")]
CENTRE = """name = "Elm Street Library"
country = "GB"
timezone = "Europe/London"
emergency = "999"
waking = ["09:00", "20:00"]
[sources]
emergency = "test"
"""


class Tutor:
    async def handle(self, waiting: Waiting, *, at: datetime) -> list[Parcel]:
        return []


class Office:
    """A desk with a signed-in volunteer's chat."""

    def __init__(self, folder: Path, ids: dict[str, str]) -> None:
        (folder / "centres").mkdir(exist_ok=True)
        (folder / "centres" / "elm-street.toml").write_text(CENTRE)
        self.ids, self.sent = ids, list[Parcel]()
        self.store = Store.open(folder, clock=lambda: NOW)
        self.people = People(self.store)
        self.desk = ReportDesk(
            self.store, self.people, Centres.load(folder / "centres"), lambda: LESSONS, on_parcels=self.out,
            first=first_lesson,
        )  # fmt: skip
        self.front = FrontDesk(self.people, Tutor(), self.store, [self.desk.errand])
        self.number = 0

    async def out(self, parcels: list[Parcel]) -> None:
        self.sent += parcels

    async def volunteer(self, role: str = "volunteer", name: str = "Rosa") -> Volunteer:
        volunteer, token = await self.people.add(name, centre="elm-street", role=role, at=NOW)
        await self.hear(name, start=f"v-{token}")
        return volunteer

    async def hear(self, who: str, **message: object) -> list[Parcel]:
        self.number += 1
        made = Message(f"m{self.number}", "", NOW, str(message.pop("kind", "text")), **message)  # type: ignore[arg-type]
        [waiting] = await self.store.take_in(
            [Incoming(f"r{self.number}", Address("telegram", "bot1", f"v{who}"), made)]
        )
        return await self.front.handle(waiting, at=NOW)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    people = (
        Person("Ada", ASKED),
        Person("Ben", ASKED, centre="oak-lane"),
        Person("Tess", [(4.0, "step_done", "send-photo", "open"), (3.0, "tricked_told", "", "")]),
        Person("Vera", FINISHED),
        Person("Quiet", FINISHED, volunteers=""),
        Person("李梅", FINISHED, language="zh"),
    )
    office = Office(tmp_path, await write(tmp_path, *people))
    yield office
    await office.store.close()


async def test_report_in_words_for_the_own_centre(office: Office) -> None:
    await office.volunteer()
    [said] = await office.hear("Rosa", text="Report")
    words = said.reply.words
    assert "**Two people need a person today.**" in words
    assert "**Tess**: needs a call today, since 09:00 today." in words
    assert (
        "**Ada**: asked for a person, since 07:00 today. In **Send a photo**, step 2 of 2: **Tap the paper clip**."
        in words
    )
    assert "Ben" not in words and "trick" not in words.lower() and "Vera finished “Send a photo”." in words
    assert [b.label for b in said.reply.buttons] == ["Helped Tess", "Helped Ada", "I have five minutes"]
    assert all(len(f"1:0:{b.choice}".encode()) <= 64 for b in said.reply.buttons)


async def test_a_learner_who_writes_report_is_a_learner(office: Office) -> None:
    await office.volunteer()
    assert await office.hear("somebody", text="report") == []
    assert await office.hear("somebody", kind="tap", tap=Tap(0, f"desk-helped-{office.ids['Ada']}")) == []
    [said] = await office.hear("Rosa", text="/report")
    assert "Ada" in said.reply.words, "nothing changed"


async def test_helped_with_one_tap(office: Office) -> None:
    await office.volunteer()
    [said] = await office.hear("Rosa", kind="tap", tap=Tap(0, f"desk-helped-{office.ids['Ada']}"))
    assert "Thank you" in said.reply.words and "Ada" not in said.reply.words
    [said] = await office.hear("Rosa", kind="tap", tap=Tap(0, f"desk-helped-{office.ids['Ben']}"))
    assert "no longer on the list" in said.reply.words, "another centre's learner is nobody's here"
    assert ("Rosa", "helped", office.ids["Ada"]) in [
        (n.volunteer, n.what, n.learner) for n in await office.people.looked()
    ]


async def test_a_writer_sees_nobody(office: Office) -> None:
    await office.volunteer("writer")
    [said] = await office.hear("Rosa", text="report")
    assert "Lessons" in said.reply.words and "Ada" not in said.reply.words


async def test_the_coordinator_is_told_why(office: Office) -> None:
    await office.volunteer("coordinator")
    [said] = await office.hear("Rosa", text="report")
    assert "**Tess**: was tricked, or fears it" in said.reply.words and "Ben" in said.reply.words


@pytest.mark.parametrize(("clock", "told"), [
    ("08:29", 0), ("08:30", 1), ("10:29", 1), ("10:31", 0), ("23:00", 0),
])  # fmt: skip
async def test_the_morning_message_at_the_hour_they_choose(office: Office, clock: str, told: int) -> None:
    rosa = await office.volunteer()
    await office.people.set_morning(rosa.id, "08:30")
    at = datetime.fromisoformat(f"2026-11-21T{clock}:00+00:00")
    assert await office.desk.morning(at) == told
    assert await office.desk.morning(at) == 0, "once a day"
    assert len(office.sent) == told
    if told:
        assert office.sent[0].reply.words.startswith("Good morning.\n\n**Two people need a person today.**")
        assert "Good news" not in office.sent[0].reply.words


async def test_no_morning_message_where_nothing_is_to_do(office: Office) -> None:
    rosa = await office.volunteer()
    await office.people.set_morning(rosa.id, "08:30")
    for name in ("Ada", "Tess"):
        await office.store.helped(office.ids[name])
    assert await office.desk.morning(NOW.replace(hour=9)) == 0
    assert office.sent == []


async def test_well_done_once_a_week(office: Office) -> None:
    rosa = await office.volunteer()
    vera = office.ids["Vera"]
    assert await office.desk.well_done(vera, rosa, NOW)
    assert not await office.desk.well_done(vera, rosa, NOW + timedelta(days=6))
    assert [p.reply.words for p in office.sent] == [
        "Rosa at Elm Street Library has heard how well you are getting on, and says: well done!"
    ]
    assert office.sent[0].reply.aside, "the buttons of the lesson stay alive"
    assert await office.desk.well_done(vera, rosa, NOW + timedelta(days=8))
    assert await office.desk.well_done(office.ids["李梅"], rosa, NOW) and "真棒" in office.sent[-1].reply.words
    assert not await office.desk.well_done(office.ids["Quiet"], rosa, NOW), "only those who agreed to be seen"
    assert not await office.desk.well_done("nobody", rosa, NOW)


async def test_well_done_waits_for_the_morning(office: Office) -> None:
    rosa = await office.volunteer()
    assert await office.desk.well_done(office.ids["Vera"], rosa, NOW.replace(hour=23))
    [waiting] = [p for p in await office.store.parcels("telegram") if p.learner == office.ids["Vera"]]
    assert waiting.not_before == datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


async def test_the_messengers_language_at_first(office: Office) -> None:
    volunteer, token = await office.people.add("Lin", centre="elm-street", at=NOW)
    [said] = await office.hear("Lin", start=f"v-{token}", locale="zh-hans")
    assert "您好" in said.reply.words and said.reply.buttons[0].label == "谁需要人帮忙？"
    [said] = await office.hear("Lin", text="报告")
    assert "今天有两位需要人帮忙" in said.reply.words
    [said] = await office.hear("Someone", start="v-wrong", locale="zh")
    assert "打不开" in said.reply.words
    await office.people.set_language(volunteer.id, "en")
    await office.hear("Lin", start=f"v-{await office.people.link(volunteer.id, at=NOW)}", locale="zh")
    [said] = await office.hear("Lin", text="report")
    assert "Two people need a person today" in said.reply.words, "chosen once, it stays"


async def test_the_first_ten_minutes_one_doing_at_a_time(office: Office) -> None:
    rosa = await office.volunteer()
    for language in ("en", "zh"):
        await office.people.set_language(rosa.id, language)
        seen, choice = [], "desk-first-0"
        while choice.startswith("desk-first-"):
            [said] = await office.hear("Rosa", kind="tap", tap=Tap(0, choice))
            seen.append(said.reply.words)
            if len(seen) < 7:
                [stuck] = await office.hear("Rosa", kind="tap", tap=Tap(0, f"{choice}-stuck"))
                assert stuck.reply.buttons[0] == said.reply.buttons[0] and stuck.reply.buttons[1].choice == choice
                assert stuck.reply.words not in said.reply.words
            choice = said.reply.buttons[0].choice
        assert len(seen) == 7 and choice == "desk-report"
        assert not any("{" in words or len(words) > 400 for words in seen)
        assert ("Look who needs a person** (1 of 6)" if language == "en" else "看看谁需要人帮忙**（第 1 步") in seen[0]
    assert await office.hear("a learner", kind="tap", tap=Tap(0, "desk-first-0")) == []


def test_a_lesson_for_volunteers_alone() -> None:
    """The same steps in each language, within the format; and no learner's catalogue has it."""
    assert for_volunteers_languages(FIRST_MINUTES) == ("en", "zh")
    read_in = {language: read(FIRST_MINUTES, language) for language in ("en", "zh")}
    assert [d for _, wrong in read_in.values() for d in wrong if not d.note] == []
    ids = [[step.id for step in lesson.steps] for lesson, _ in read_in.values() if lesson]
    assert ids[0] == ids[1] and len(ids[0]) == 6
    catalogue = Catalogue.load(SHIPPED)
    assert catalogue.lesson(FIRST_MINUTES, "en") is None and not any(
        "for-volunteers" in d.path for d in catalogue.diagnostics
    )
