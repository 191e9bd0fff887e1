"""A person behind the bot: the real tutor, store and front desk; two volunteers, a restart in the middle, a closed centre."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import bot
from bot.centres import Centres
from bot.messages import Message, Session, Tap, Turn
from bot.people import People, Volunteer
from bot.people.front_desk import FrontDesk
from bot.people.handover import Handover
from bot.phrases import Phrases
from bot.places import Places
from bot.safety import look
from bot.store import Address, Incoming, Parcel, Store
from bot.tutor import Tutor
from tests.talk import the_catalogue, the_conversation, the_recognizer

TEMPLATES = Path(bot.__file__).parent / "centre_templates"
MONDAY = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


class Counted:
    """The store, with a count of how often somebody looked something up in it."""

    def __init__(self, store: Store) -> None:
        self._store, self.looks = store, 0

    async def read(self, look: Callable[[Any], Any]) -> Any:
        self.looks += 1
        return await self._store.read(look)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


class Town:
    """A learner, two volunteers of the library, a coordinator; each in a chat of Telegram."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.at = MONDAY
        self.number = 0
        self.sent: dict[str, list[Parcel]] = {}
        self.seen: dict[str, int] = {}
        self.start()

    def start(self) -> None:
        """Also after a restart: nothing is carried over but the folder."""
        centres, ours = Centres.load(self.folder / "centres"), the_conversation()
        conversation = replace(ours, centres=centres)
        self.store = Store.open(self.folder)
        self.people = People(self.store)
        tutor = Tutor(conversation, the_recognizer(), self.store, look)
        places = Places(centres, Phrases.load(), the_catalogue())
        self.counted = Counted(self.store)
        self.handover = Handover(
            tutor, self.people, self.counted, conversation, Phrases.load(), places, self._out, look
        )
        self.desk = FrontDesk(self.people, self.handover, self.store, [self.handover.errand])

    async def restart(self) -> None:
        await self.store.close()
        self.start()

    async def _out(self, parcels: list[Parcel]) -> None:
        for parcel in parcels:
            self.sent.setdefault(parcel.address.where, []).append(parcel)
            await self.store.mark_sent(parcel.id, self.at)

    async def says(
        self, where: str, text: str = "", *, tap: str = "", kind: str = "", start: str = "", file: str = ""
    ) -> str:
        """What comes back to whoever says or taps it."""
        self.at += timedelta(seconds=20)
        self.number += 1
        address = Address("telegram", "7", where)
        turn = self._last(where).turn if tap else 0
        message = Message(
            str(self.number), "", self.at, kind or ("tap" if tap else "text"), text,
            tap=Tap(turn, self._choice(where, tap)) if tap else None, channel="telegram", start=start, file=file,
        )  # fmt: skip
        self.seen = {one: len(parcels) for one, parcels in self.sent.items()}
        finding = look(text, "en")
        [waiting] = await self.store.take_in(
            [
                Incoming(
                    str(self.number),
                    address,
                    replace(message, text=finding.text or text, secret_kinds=tuple(x.kind for x in finding.secrets)),
                )
            ]
        )
        await self._out(await self.desk.handle(waiting, at=self.at))
        return self.new(where)

    def _last(self, where: str) -> Parcel:
        return next(p for p in reversed(self.sent[where]) if p.reply.buttons)

    def _choice(self, where: str, label: str) -> str:
        for parcel in reversed(self.sent[where]):
            for button in parcel.reply.buttons:
                if label in (button.label, button.choice):
                    return button.choice
        raise AssertionError(f"{where} has no button {label!r}: {[b.label for b in self._last(where).reply.buttons]}")

    def new(self, where: str) -> str:
        return "\n".join(p.reply.words for p in self.sent.get(where, [])[self.seen.get(where, 0) :])

    def all_of(self, where: str) -> str:
        return "\n".join(p.reply.words for p in self.sent.get(where, []))

    async def volunteer(self, name: str, where: str, role: str = "volunteer") -> Volunteer:
        who, token = await self.people.add(name, centre="elm", role=role, at=self.at)
        await self.says(where, start=f"v-{token}", kind="text")
        return who

    async def learner(self, where: str = "joan", name: str = "Joan", consent: str = "yes") -> str:
        chat = await self.store.chat_of(Address("telegram", "7", where))
        learner = await self.store.learner_of(chat)
        session = Session(
            learner, name=name, centre="elm", system="android", maker="samsung", reads_on="this_phone", channel="telegram",
            consents={"remember": "yes", **({"volunteers": consent} if consent else {})}, asked="choose",
            notes={"met": "1", "finished": "there-and-back"}, last_at=self.at,
        )  # fmt: skip
        await self.store.save(Turn(session), chat=chat, at=self.at)
        return learner

    async def in_a_lesson(self, where: str = "joan") -> None:
        await self.says(where, "how do I get on the wifi")
        for label in ("I know it", "Skip this", "Done", "Done"):
            await self.says(where, tap=label)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    (tmp_path / "centres").mkdir()
    gb = (TEMPLATES / "GB.toml").read_text().replace('"Our library"', '"Elm Street Library"')
    (tmp_path / "centres" / "elm.toml").write_text(gb.replace('telephone = ""', 'telephone = "020 7946 0123"'))
    town = Town(tmp_path)
    yield town
    await town.store.close()


async def test_the_card_is_told_in_its_very_words_then_put_before_volunteers(town: Town) -> None:
    await town.volunteer("Rosa", "rosa")
    await town.learner(consent="")
    await town.in_a_lesson()
    asked = await town.says("joan", tap="Help")
    asked = await town.says("joan", tap="A person, please")
    assert "I tell Elm Street Library: Joan, join a Wi-Fi network, step 3. All right?" in asked
    assert "Joan" not in town.all_of("rosa"), "not before she said yes"
    told = await town.says("joan", tap="Yes, they may")
    assert "I have told Elm Street Library: Joan, join a Wi-Fi network, step 3" in told
    card = town.new("rosa")
    assert "Joan" in card and "step 3" in card and "would like a person" in card


async def test_whoever_says_no_is_told_to_nobody(town: Town) -> None:
    await town.volunteer("Rosa", "rosa")
    await town.learner(consent="")
    await town.in_a_lesson()
    await town.says("joan", tap="Help")
    await town.says("joan", tap="A person, please")
    assert "nobody sees it" in await town.says("joan", tap="No, thank you")
    assert "Joan" not in town.all_of("rosa")


async def asked(town: Town) -> None:
    await town.learner()
    await town.in_a_lesson()
    await town.says("joan", tap="Help")
    await town.says("joan", tap="A person, please")


async def test_two_taps_then_words_go_both_ways_and_the_lesson_goes_on_where_it_was(town: Town) -> None:
    await town.volunteer("Rosa", "rosa")
    await asked(town)
    assert "You are with Joan now" in await town.says("rosa", tap="10 min: write here")
    assert "Rosa from Elm Street Library is here now" in town.new("joan")
    await town.says("rosa", "Good morning Joan, what do you see at the top?")
    assert town.new("joan") == "**Rosa:** Good morning Joan, what do you see at the top?"
    assert await town.says("joan", "it says Connections") == "", "the bot is silent meanwhile"
    assert town.new("rosa") == "**Joan:** it says Connections"
    await town.restart()
    await town.says("joan", "are you still there")
    assert "are you still there" in town.new("rosa"), "a restart changes nothing"
    assert "Thank you" in await town.says("rosa", tap="Solved")
    after = town.new("joan")
    assert "Rosa has gone now. I am here again." in after and "Do you see some names in a list?" in after
    assert "That's it" in await town.says("joan", tap="Done") or town.new("joan")
    assert town.new("rosa") == ""


async def test_two_volunteers_never_hold_the_same_card(town: Town) -> None:
    await town.volunteer("Rosa", "rosa")
    await town.volunteer("Sam", "sam")
    await asked(town)
    assert "Joan" in town.all_of("sam") and "Joan" in town.all_of("rosa")
    await town.says("rosa", tap="10 min: write here")
    assert "Rosa is with them already" in await town.says("sam", tap="10 min: write here")
    await town.says("sam", "hello from Sam")
    assert "hello from Sam" not in town.all_of("joan")


async def test_pressed_by_mistake_is_undone_for_a_minute(town: Town) -> None:
    await town.volunteer("Rosa", "rosa")
    await asked(town)
    await town.says("rosa", tap="10 min: write here")
    assert "on the list again" in await town.says("rosa", tap="Pressed by mistake")
    assert "slip of the finger" in town.new("joan")
    await town.says("rosa", tap="10 min: write here")
    town.at += timedelta(minutes=2)
    assert "More than a minute ago" in await town.says("rosa", tap="Pressed by mistake")
    await town.says("joan", "hello")
    assert town.new("rosa") == "**Joan:** hello"


async def test_after_quiet_it_asks_then_lets_go_and_the_learner_is_told(town: Town) -> None:
    await town.volunteer("Rosa", "rosa")
    await asked(town)
    await town.says("rosa", tap="10 min: write here")
    town.seen = {one: len(p) for one, p in town.sent.items()}
    town.at += timedelta(minutes=16)
    await town.handover.look(town.at)
    await town.handover.look(town.at)
    assert town.new("rosa").count("Are you still with Joan?") == 1
    town.at += timedelta(minutes=15)
    await town.handover.look(town.at)
    assert "back to the list" in town.new("rosa") and "Rosa had to go" in town.new("joan")
    assert "Do you see some names" in await town.says("joan", tap="Again, please"), "the tutor answers again"


@pytest.mark.parametrize("way", ["10 min: write here", "20 min: visit, ring"])
async def test_who_leaves_hands_the_card_to_those_who_are_there(town: Town, way: str) -> None:
    rosa = await town.volunteer("Rosa", "rosa")
    await town.volunteer("Sam", "sam")
    await asked(town)
    await town.says("rosa", tap=way)
    await town.people.revoke(rosa.id, at=town.at)
    town.seen = {one: len(p) for one, p in town.sent.items()}
    await town.handover.look(town.at)
    assert "Rosa had to go" in town.new("joan"), "the learner is told"
    assert "Joan" in town.new("sam") and town.new("rosa") == "", "Sam hears of it, Rosa of nothing any more"
    heard = len(town.sent["sam"])
    await town.handover.look(town.at)
    assert len(town.sent["sam"]) == heard, "once"
    await town.says("sam", tap="10 min: write here")
    assert "Sam from Elm Street Library is here now" in town.new("joan")


async def test_a_visit_has_two_words_that_both_know(town: Town) -> None:
    await town.volunteer("Rosa", "rosa")
    await asked(town)
    volunteers_words = await town.says("rosa", tap="20 min: visit, ring")
    told = town.new("joan")
    assert "**" in told, (told, volunteers_words)
    word = told.split("**")[1]
    assert len(word.split()) == 2 and f"**{word}**" in volunteers_words
    assert "never asks for codes, money, or to see your bank" in told
    assert town.new("joan") and await town.says("joan", tap="Again, please"), "the tutor goes on meanwhile"


async def test_a_kind_word_in_two_minutes_leaves_the_card_on_the_list(town: Town) -> None:
    await town.volunteer("Rosa", "rosa")
    await asked(town)
    await town.says("rosa", tap="2 min: a kind word")
    await town.says("rosa", tap="The first")
    assert "Rosa says: You are on the right way." in town.new("joan")
    assert "You are with Joan now" in await town.says("rosa", tap="10 min: write here"), "the card stayed on the list"


@pytest.mark.parametrize(
    "words, why",
    [
        ("please read me the code 448 201", "looks like a code"),
        ("my card 4111 1111 1111 1111", "looks like a code"),
        ("tap here www.help-you.top", "no links"),
        ("what is the name of your bank", "nothing about banks"),
        ("先去银行转账", "nothing about banks"),
    ],
)
async def test_a_volunteer_can_also_hurt(town: Town, words: str, why: str) -> None:
    await town.volunteer("Rosa", "rosa")
    await asked(town)
    await town.says("rosa", tap="10 min: write here")
    assert why in await town.says("rosa", words)
    assert town.new("joan") == ""


async def test_not_this_person(town: Town) -> None:
    await town.volunteer("Rosa", "rosa")
    await town.volunteer("Ben", "ben", role="coordinator")
    await asked(town)
    await town.says("rosa", tap="10 min: write here")
    await town.says("joan", tap="Not this person")
    assert "Rosa comes no more" in town.new("joan") and "Rosa" in town.new("ben")
    assert "somebody else this time" in await town.says("rosa", tap="10 min: write here")


async def test_not_this_person_under_help_before_they_come(town: Town) -> None:
    await town.volunteer("Rosa", "rosa")
    await asked(town)
    await town.says("rosa", tap="20 min: visit, ring")
    await town.says("joan", tap="Let's go on")
    await town.says("joan", tap="Help")
    assert "Rosa comes to you, or rings" in await town.says("joan", tap="A person, please")
    await town.says("joan", tap="Not this person")
    assert "Rosa comes no more" in town.new("joan") and "on the list again" in town.new("rosa")
    assert "somebody else this time" in await town.says("rosa", tap="20 min: visit, ring")


async def test_outside_opening_hours_nobody_is_promised_or_called(town: Town) -> None:
    await town.volunteer("Rosa", "rosa")
    town.at = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
    await asked(town)
    said = town.all_of("joan")
    assert "They open tomorrow at 9." in said and "I am here" in said
    assert "Joan" not in town.all_of("rosa")


async def test_on_duty_are_called_even_then_and_alone(town: Town) -> None:
    rosa = await town.volunteer("Rosa", "rosa")
    await town.volunteer("Sam", "sam")
    town.at = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
    await town.people.set_duty(rosa.id, town.at + timedelta(hours=3), at=town.at)
    await asked(town)
    assert "Joan" in town.all_of("rosa") and "Joan" not in town.all_of("sam")


async def test_a_trick_reaches_people_at_once_and_says_why_to_whoever_opens_it(town: Town) -> None:
    await town.volunteer("Rosa", "rosa")
    await town.volunteer("Ben", "ben", role="coordinator")
    await town.learner()
    town.at = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
    await town.says("joan", "I gave him the code and they have taken my money")
    told = town.all_of("joan")
    assert told.index("Elm Street Library knows that you need somebody") > told.index("ang up"), (
        "what to do comes first"
    )
    assert "needs a call today" in town.all_of("rosa") and "tricked" not in town.all_of("rosa")
    assert "was tricked" in await town.says("rosa", tap="I take it")
    town.seen = {one: len(p) for one, p in town.sent.items()}
    await town.handover.look(town.at + timedelta(minutes=11))
    await town.handover.look(town.at + timedelta(minutes=12))
    assert town.new("ben").count("needs a call today") == 1, "nobody took it: the coordinator is written to, once"
    assert town.new("joan") == "Nobody has come yet. Now Ben knows of it too. I stay with you."


async def test_voices_and_pictures_are_passed_on_by_their_id(town: Town) -> None:
    await town.volunteer("Rosa", "rosa")
    await asked(town)
    await town.says("rosa", tap="10 min: write here")
    await town.says("joan", kind="voice", file="AwAC123")
    assert town.sent["rosa"][-1].reply.file == "telegram/voice/AwAC123"
    await town.says("rosa", kind="picture", file="AgAC456")
    assert town.sent["joan"][-1].reply.file == "telegram/picture/AgAC456"


async def test_a_fall_is_answered_even_while_somebody_holds_the_chat(town: Town) -> None:
    await town.volunteer("Rosa", "rosa")
    await asked(town)
    await town.says("rosa", tap="10 min: write here")
    assert "999" in await town.says("joan", "I have fallen and can't get up")
    assert "I have fallen" in town.new("rosa")


async def test_a_message_costs_one_look_at_cards_and_no_table_is_read_through(town: Town) -> None:
    """Of all calls ever made only the open ones are looked at."""
    await town.volunteer("Rosa", "rosa")
    await town.learner()
    before = town.counted.looks
    await town.says("joan", "how do I get on the wifi")
    assert town.counted.looks == before + 1
    for look_at in ("c.told_at is null and c.taken_by = ''", "c.taken_by != '' and c.way = 'write'", "c.id = 1"):
        plan = await town.store.read(
            lambda db, where=look_at: str(
                [
                    row[3]
                    for row in db.execute(
                        f"explain query plan select * from calls c where c.closed_at is null and {where}"
                    )
                ]
            )
        )
        assert "SCAN c'" not in plan, plan


async def test_three_misses_with_leave_are_a_card_told_in_its_very_words(town: Town) -> None:
    await town.volunteer("Rosa", "rosa")
    await town.learner()
    await town.in_a_lesson()
    for _ in range(3):
        told = await town.says("joan", "that does not work")
    assert "I tell" in told and "Joan, " in told and "This one is stubborn" in told
    assert "does not get on at a step" in town.new("rosa")
    await town.says("joan", "got it now, done")
    assert "settled already" in await town.says("rosa", tap="10 min: write here")


async def test_three_misses_without_leave_tell_nobody(town: Town) -> None:
    await town.volunteer("Rosa", "rosa")
    await town.learner(consent="")
    await town.in_a_lesson()
    count = len(town.sent["rosa"])
    for _ in range(3):
        told = await town.says("joan", "that does not work")
    assert "I tell" not in told and len(town.sent["rosa"]) == count
