"""What goes out: the voice, then the ringed picture with the words and the buttons; whatever Telegram refuses."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.messages import Button, Message, Place, Reply, Session
from lessons.model import Picture
from tests.fakes.bot_api import BotApi
from tests.fakes.bot_api_state import Fault

from .conftest import House, build

STEP = Reply(
    "Look for the grey wheel called **Settings**. Tap it once. <A list> will open & stay.",
    picture=Picture("home", "settings", alt="The home screen, Settings ringed"),
    buttons=(Button("next", "Done"), Button("stuck", "I can't find it"), Button("help", "Help")),
    step=(3, 6),
)


def says(*replies: Reply) -> object:
    return lambda message, session: replies


async def one(house: House, api: BotApi, *replies: Reply, chat: int = 7) -> None:
    """The learner says a word, and this is what comes."""
    house.tutor.saying = lambda message, session: replies
    await api.say(chat, "go on")
    await api.until(lambda: house.tutor.heard)
    await api.until(lambda: not api.world.updates.waiting)
    await house.quiet()
    house.tutor.heard.clear()


async def test_a_step_is_a_voice_and_a_picture_with_words_and_buttons(house: House, api: BotApi) -> None:
    await one(house, api, STEP)
    voice, picture = api.messages(7)
    assert voice.kind == "voice" and voice.uploaded and not voice.keyboard
    assert house.studio.spoken == [
        "Look for the grey wheel called **Settings**. Tap it once. <A list> will open & stay."
    ]
    assert picture.kind == "photo" and picture.uploaded
    assert picture.text == "Look for the grey wheel called Settings. Tap it once. <A list> will open & stay."
    assert "<b>Settings</b>" in picture.raw
    assert picture.keyboard and [len(row) for row in picture.keyboard["inline_keyboard"]] == [1, 1, 1]
    assert picture.labels == ["Done", "I can't find it", "Help"] and picture.data_of("Done") == "1:1:next"


async def test_media_is_uploaded_once_and_sent_again_by_its_id(api: BotApi, tmp_path: Path) -> None:
    house = build(api, tmp_path)
    await house.listen()
    for chat in (7, 8):
        await one(house, api, STEP, chat=chat)
    await house.close()
    again = build(api, tmp_path)
    await again.listen()
    await one(again, api, STEP, chat=9)
    assert [m.uploaded for chat in (7, 8, 9) for m in api.messages(chat)] == [True, True, False, False, False, False]
    # Telegram has forgotten the files: they are uploaded again, and nobody notices.
    api.world.files.clear()
    await one(again, api, STEP, chat=9)
    assert [(m.kind, m.uploaded) for m in api.messages(9)[2:]] == [("voice", True), ("photo", True)]
    await again.close()


@pytest.mark.parametrize(
    ("session", "reply", "speaks"),
    [
        (Session("x"), replace(STEP, step=None), False),
        (Session("x"), STEP, True),
        (Session("x", place=Place("a", "en", "1", "s")), replace(STEP, step=None), True),
        (Session("x", voice="on"), replace(STEP, step=None), True),
        (Session("x", voice="off"), STEP, False),
        (Session("x", voice="on"), replace(STEP, spoken=""), False),
    ],
)
async def test_the_voice_comes_when_it_is_wanted(
    house: House, api: BotApi, session: Session, reply: Reply, speaks: bool
) -> None:
    class Knows:
        async def load(self, learner: str) -> Session:
            return session

    house.channel._store = Knows()  # type: ignore[assignment]
    await one(house, api, reply)
    assert [m.kind for m in api.messages(7)] == (["voice"] if speaks else []) + ["photo"]


async def test_a_learner_who_takes_no_voices_gets_the_words(house: House, api: BotApi) -> None:
    api.person(7).voices_forbidden = True
    await one(house, api, STEP)
    await one(house, api, STEP)
    assert [m.kind for m in api.messages(7)] == ["photo", "photo"]
    assert len([name for name, _ in api.world.calls if name == "sendVoice"]) == 1, "asked again for nothing"


async def test_what_the_studio_cannot_make_holds_up_nothing(house: House, api: BotApi) -> None:
    house.studio.broken = True
    await one(house, api, STEP)
    assert [(m.kind, m.labels) for m in api.messages(7)] == [("text", ["Done", "I can't find it", "Help"])]


async def test_what_comes_too_late_holds_up_nothing(house: House, api: BotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    house.studio.late = 30
    house.channel.media_wait = 0.1
    await one(house, api, STEP)
    assert [m.kind for m in api.messages(7)] == ["text"]


async def test_a_picture_that_telegram_refuses_leaves_the_words(house: House, api: BotApi) -> None:
    house.studio.size = (30, 2000)
    await one(house, api, STEP)
    assert [(m.kind, m.labels[:1]) for m in api.messages(7)] == [("voice", []), ("text", ["Done"])]


async def test_more_pictures_come_before_the_one_with_the_words(house: House, api: BotApi) -> None:
    more = (Picture("home", "edge"), Picture("home", "icon"))
    await one(house, api, replace(STEP, spoken="", more_pictures=more))
    assert [(m.kind, bool(m.text), bool(m.labels)) for m in api.messages(7)] == [
        ("photo", False, False),
        ("photo", False, False),
        ("photo", True, True),
    ]


async def test_long_words_are_cut_at_sentence_ends(house: House, api: BotApi) -> None:
    words = " ".join(f"This is sentence number {n} about **Settings**." for n in range(150))
    await one(house, api, replace(STEP, words=words, spoken=""))
    sent = api.messages(7)
    assert [m.kind for m in sent] == ["text"] * (len(sent) - 1) + ["photo"] and len(sent) >= 3
    assert all(m.text.endswith(".") and m.text.startswith("This") for m in sent)
    assert " ".join(m.text for m in sent) == words.replace("**", "")
    assert [bool(m.labels) for m in sent] == [False] * (len(sent) - 1) + [True]


async def test_a_secret_message_is_taken_away_and_an_old_one_is_left(house: House, api: BotApi) -> None:
    def away(message: Message, session: Session) -> tuple[Reply, ...]:
        return (Reply("I have deleted that here.", delete=message.id, buttons=(Button("help", "Help"),)),)

    house.tutor.saying = away
    message = await api.say(7, "my code is 448201")
    await api.wait_for(7, 1)
    await house.quiet()
    assert message not in api.world.chats[7].said
    old = await api.say(8, "my code is 448201")
    api.world.chats[8].said[old] = (api.world.chats[8].said[old][0], 0.0)
    await api.wait_for(8, 1)
    assert api.texts(8) == ["I have deleted that here."]


@pytest.mark.parametrize("kind", ["500", "502", "429", "before", "after"])
async def test_what_fails_is_sent_again(house: House, api: BotApi, kind: str) -> None:
    api.fail(kind, "sendPhoto", times=3 if kind != "429" else 1, seconds=1)
    await one(house, api, STEP)
    kinds = [m.kind for m in api.messages(7)]
    # Cut after it was carried out nobody can know: it comes again rather than not at all. The voice comes once.
    assert kinds == ["voice", *["photo"] * (4 if kind == "after" else 1)]
    assert await house.all_parcels() == []


async def test_a_learner_who_has_blocked_the_bot_stops_nobody(house: House, api: BotApi) -> None:
    await one(house, api, STEP)
    await api.block(7)
    await api.say(7, "one more")
    await one(house, api, STEP, chat=8)
    await house.quiet()
    assert len(api.messages(8)) == 2 and await house.all_parcels() == []


async def test_a_chat_that_is_gone_or_moved_is_given_up(house: House, api: BotApi) -> None:
    await api.say(7, "hello")
    await api.until(lambda: house.tutor.heard)
    await api.say(9, "hello")
    await api.until(lambda: len(house.tutor.heard) == 2)
    await house.quiet()
    api.world.chats[9].migrated_to = -100
    house.tutor.saying = lambda message, session: (STEP,)
    api.world.updates.add("message", api.world.chats[9].said[max(api.world.chats[9].said)][0] | {"text": "x"})
    await api.until(lambda: len(house.tutor.heard) == 3)
    await house.quiet()
    assert await house.all_parcels() == [] and len(api.messages(9)) == 1


async def test_a_chat_whose_messages_take_long_holds_up_no_other(house: House, api: BotApi) -> None:
    api.world.faults.append(Fault("slow", chat=1, times=99, seconds=3))
    await house.listen()
    for chat in range(1, 21):
        api.put(chat, text="word")
    for chat in range(2, 21):
        await api.wait_for(chat, 1)
    assert api.texts(1) == [], "the slow one is still under way while all others have their answers"
    await api.wait_for(1, 1)


async def test_all_that_is_kept_comes_as_a_file_before_the_words(house: House, api: BotApi) -> None:
    await one(house, api, Reply("All of it is in the file here.", file="my_data"))
    file, words = api.messages(7)
    assert (file.kind, words.kind) == ("file", "text")
    kept = json.loads(file.data)
    assert kept["learner"]["id"] and kept["address"][0]["messenger_id"] == "7"
