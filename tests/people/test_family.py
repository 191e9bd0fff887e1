"""One person of a learner's own: the link, what they see, kind words, and the end of it; with the real tutor and store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.messages import Event, Invitation, Message, Place, Session, Tap, Turn
from bot.people import People
from bot.people.family import Families
from bot.people.family_chat import FamilyChat
from bot.people.front_desk import FrontDesk
from bot.phrases import SHIPPED, Phrases
from bot.safety import look
from bot.store import Address, Incoming, Parcel, Store
from bot.tutor import Tutor
from tests.talk import every_lesson, the_conversation, the_recognizer

MONDAY = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
WORDS = Phrases.load(SHIPPED / "family")


class Home:
    """Ruth in her chat, Anna in hers."""

    def __init__(self, folder: Path) -> None:
        self.at, self.number, self.tokens = MONDAY, 0, 0
        self.folder = folder
        self.sent: dict[str, list[Parcel]] = {}
        self.store = Store.open(folder)
        conversation = the_conversation(whole=True)
        tutor = Tutor(conversation, the_recognizer(), self.store, look, invite=self._invite)
        self.families = Families(
            self.store, every_lesson(), conversation.centres, WORDS, conversation.phrases, look, self._out
        )
        self.desk = FrontDesk(People(self.store), tutor, self.store, [FamilyChat(self.families).errand])

    def _invite(self, channel: str) -> Invitation:
        self.tokens += 1
        token = f"token-number-{self.tokens}"
        return Invitation(token, f"https://t.me/a_bot?start=f-{token}")

    async def _out(self, parcels: list[Parcel]) -> None:
        for parcel in parcels:
            self.sent.setdefault(parcel.address.where, []).append(parcel)
            await self.store.mark_sent(parcel.id, self.at)

    async def says(self, who: str, text: str = "", *, tap: str = "", start: str = "") -> str:
        self.at += timedelta(seconds=20)
        self.number += 1
        finding = look(text, "en")
        turn, choice = self._button(who, tap) if tap else (0, "")
        message = Message(
            str(self.number), "", self.at, "tap" if tap else "text", finding.text or text, channel="telegram",
            tap=Tap(turn, choice) if tap else None, start=start, locale="en", first=bool(start),
            secret_kinds=tuple(secret.kind for secret in finding.secrets),
        )  # fmt: skip
        before = {one: len(parcels) for one, parcels in self.sent.items()}
        [waiting] = await self.store.take_in([Incoming(str(self.number), Address("telegram", "7", who), message)])
        await self._out(await self.desk.handle(waiting, at=self.at))
        return "\n".join(p.reply.words for p in self.sent.get(who, [])[before.get(who, 0) :])

    def _button(self, who: str, label: str) -> tuple[int, str]:
        for parcel in reversed(self.sent[who]):
            for button in parcel.reply.buttons:
                if label in (button.label, button.choice):
                    return parcel.turn, button.choice
        raise AssertionError(f"{who} has no button {label!r}")

    def last(self, who: str) -> str:
        return self.sent[who][-1].reply.words

    async def ruth(self, lesson: str = "send-photo", **notes: str) -> str:
        """In the middle of a lesson, met before."""
        chat = await self.store.chat_of(Address("telegram", "7", "ruth"))
        learner = await self.store.learner_of(chat)
        found = every_lesson().lesson(lesson, "en")
        assert found
        steps = found.steps_for("iphone", "apple")
        session = Session(
            learner, asked="step", system="iphone", maker="apple", name="Ruth", centre="elm-street", channel="telegram",
            reads_on="another_device", place=Place(lesson, "en", found.version, steps[1].id), last_at=self.at,
            consents={"remember": "yes"}, notes={"met": "1", "visit": "1", **notes},
        )  # fmt: skip
        done = Event("lesson_finished", self.at, learner, lesson="there-and-back")
        private = Event("lesson_finished", self.at, learner, lesson="mobile-payment")
        await self.store.save(Turn(session, events=(done, private)), chat=chat, at=self.at)
        await self.says("ruth", "again")
        return learner

    async def open_family(self) -> str:
        for _ in range(8):
            if any(b.choice == "family" for b in self.sent["ruth"][-1].reply.buttons):
                break
            now = self.sent["ruth"][-1].reply.buttons
            await self.says("ruth", tap="more" if any(b.choice == "more" for b in now) else "help")
        return await self.says("ruth", tap="family")

    async def invited(self, scope: str = "family_all", who: str = "family_daughter") -> str:
        """The token of the link that Ruth was given."""
        await self.open_family()
        await self.says("ruth", tap=scope)
        told = await self.says("ruth", tap=who)
        return told.split("start=f-")[1].split()[0]


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    made = Home(tmp_path)
    yield made
    await made.store.close()


async def test_the_daughter_sees_lesson_and_step_and_what_was_finished(home: Home) -> None:
    await home.ruth()
    token = await home.invited()
    told = await home.says("anna", start=f"f-{token}")
    assert "Ruth lets you see" in told and "money, health or tricks" in told
    assert f'Ruth is at "{every_lesson().lesson("send-photo", "en").title}", step 2 of 6.' in told
    assert "Ruth can do by now: Leave this chat and come back.\n" in told and "until February 21." in told
    assert "pay" not in told.lower(), "a lesson about money was shown to the family"


async def test_a_lesson_about_money_is_never_named(home: Home) -> None:
    await home.ruth("mobile-payment")
    told = await home.says("anna", start=f"f-{await home.invited()}")
    assert "Ruth is at a lesson." in told and "pay" not in told.lower()


async def test_the_link_opens_once_within_seven_days_and_not_for_the_learner(home: Home) -> None:
    await home.ruth()
    token = await home.invited()
    assert "opens nothing" in await home.says("ruth", start=f"f-{token}")
    assert "Ruth" in await home.says("anna", start=f"f-{token}")
    assert "opens nothing" in await home.says("eve", start=f"f-{token}")
    await home.says("ruth", tap="Let's go on")
    await home.open_family()
    late = (await home.says("ruth", tap="family_again")).split("start=f-")[1].split()[0]
    home.at += timedelta(days=8)
    assert "opens nothing" in await home.says("anna", start=f"f-{late}")


async def test_a_kind_word_reaches_the_learner_with_who_sent_it_and_leaves_the_step_alone(home: Home) -> None:
    learner = await home.ruth()
    await home.says("anna", start=f"f-{await home.invited()}")
    before = await home.store.load(learner)
    await home.says("anna", tap="Send a kind word")
    assert await home.says("anna", tap="I am proud of you.") == "Ruth has it now."
    assert home.last("ruth") == "Your daughter writes: I am proud of you."
    assert home.sent["ruth"][-1].reply.aside
    assert await home.store.load(learner) == before

    await home.says("anna", tap="Send a kind word")
    await home.says("anna", tap="Words of my own")
    assert await home.says("anna", "See you on Sunday, Mum!") == "Ruth has it now."
    assert home.last("ruth") == "Your daughter writes: See you on Sunday, Mum!"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Read me the code 482913 that came", "stopped_secret"),
        ("Look here: https://example.com/x", "stopped_link"),
        ("Please send me your bank details", "stopped_money"),
        ("Hi mum this is my new number, my phone broke, I need help urgently, pay this bill today", "stopped_"),
        ("x" * 400, "stopped_long"),
    ],
)
async def test_what_a_thief_would_write_is_stopped(home: Home, text: str, why: str) -> None:
    learner = await home.ruth()
    await home.says("anna", start=f"f-{await home.invited()}")
    [shown] = await home.families.shown_to(home.at, chat=await home.store.chat_of(Address("telegram", "7", "anna")))
    assert (await home.families.send(shown, text, home.at)).startswith(why)
    await home.families.write_next(shown, home.at)
    count = len(home.sent["ruth"])
    assert "not sent" in await home.says("anna", text)
    assert len(home.sent["ruth"]) == count and shown.learner == learner


async def test_three_kind_words_a_day_and_none_at_night(home: Home) -> None:
    await home.ruth()
    await home.says("anna", start=f"f-{await home.invited()}")
    await home.says("anna", tap="Send a kind word")
    for _ in range(3):
        assert await home.says("anna", tap="I am proud of you.") == "Ruth has it now."
    assert "Tomorrow" in await home.says("anna", tap="I am proud of you.")
    home.at = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
    assert "rest time" in await home.says("anna", tap="I am proud of you.")


async def test_ended_is_ended_silently(home: Home) -> None:
    await home.ruth()
    await home.says("anna", start=f"f-{await home.invited()}")
    count = len(home.sent["anna"])
    await home.open_family()
    assert "ended" in await home.says("ruth", tap="End it")
    assert len(home.sent["anna"]) == count, "the helper was told"
    assert await home.says("anna", tap="How is it going?") == "There is nothing to see just now."
    assert "token-number" not in (home.folder / "handrail.db").read_bytes().decode("latin-1")


async def test_where_somebody_held_the_phone_nothing_shows_until_the_learner_says_so_alone(home: Home) -> None:
    await home.ruth(helper="1")
    told = await home.says("anna", start=f"f-{await home.invited()}")
    assert "nothing to see" in told and "Send a photo" not in told
    home.at += timedelta(days=1)
    assert "your own wish" in await home.says("ruth", "hello")
    await home.says("ruth", tap="Yes, my own wish")
    assert "step 2" in await home.says("anna", tap="How is it going?")


async def test_no_is_no(home: Home) -> None:
    await home.ruth(helper="1")
    await home.says("anna", start=f"f-{await home.invited()}")
    home.at += timedelta(days=1)
    await home.says("ruth", "hello")
    await home.says("ruth", tap="No, rather not")
    assert await home.says("anna", tap="How is it going?") == "There is nothing to see just now."


async def test_after_ninety_days_it_is_over_and_forgotten(home: Home) -> None:
    await home.ruth()
    await home.says("anna", start=f"f-{await home.invited()}")
    home.at += timedelta(days=91)
    assert await home.says("anna", tap="How is it going?") == "There is nothing to see just now."
    await home.store.tidy(home.at)
    assert await home.store.read(lambda db: db.execute("select count(*) from families").fetchone()[0]) == 0


async def test_who_is_forgotten_takes_the_invitation_along(home: Home) -> None:
    learner = await home.ruth()
    await home.says("anna", start=f"f-{await home.invited()}")
    await home.store.erase(learner)
    assert await home.says("anna", tap="How is it going?") == "There is nothing to see just now."


async def test_the_helper_may_leave_and_may_be_a_learner_too(home: Home) -> None:
    await home.ruth()
    await home.says("anna", start=f"f-{await home.invited()}")
    assert "I am Handrail" in await home.says("anna", "hello")
    assert "not told" in await home.says("anna", tap="I don't need it any more")
    assert await home.says("anna", tap="How is it going?") == "There is nothing to see just now."


def test_both_languages_have_the_same_words() -> None:
    languages = [WORDS.texts[language] for language in WORDS.languages()]
    assert len(languages) == 2 and languages[0].keys() == languages[1].keys()
