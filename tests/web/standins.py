"""A small scripted tutor behind the page's doors, for tests of the page itself. The store is the real one."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import soundfile
from PIL import Image, ImageDraw

from bot.messages import Button, Known, Message, Place, Reply, Session, Turn
from bot.store import Incoming, Parcel, Store
from lessons.model import Picture

LINK = "https://handrail.example/f/abc"
SAYINGS = {
    "en": {
        "hello": "Hello. I am Handrail, from Elm Street Library, telephone 020 7946 0123.\n\nI show you your phone, one "
        "small step at a time. I am a computer program, not a person. Nothing we try here can break it, and I never "
        "ask for money or codes. I note where we are, so that we don't lose our place.\n\nShall we begin?",
        "hello_buttons": [("begin", "Yes, let's begin"), ("read_to_me", "Read it to me"), ("who_is_this", "Who is behind this?")],
        "steps": [
            "Look for the grey wheel called **Settings**. Tap it once. A long list will open. Do you see a list?",
            "That's it, the list is open.\n\nTap **Network & internet** once.",
            "Look for your network's name in the list. Tap it once. You will see a page that asks for a password. "
            "Do you see it?",
        ],
        "buttons": [("next", "Done"), ("stuck", "I can't find it"), ("repeat", "Again, please")],
        "where": "That happens, phones differ. What do you see at the top?",
        "where_buttons": [("see-1", "Rows of pictures"), ("see-2", "A list of words"), ("other", "Something else")],
        "help": ("help", "Help"),
        "heard": "Thank you. You wrote: {text}",
        "photo": "I see your picture. I can't read it here yet.",
        "voice": "I can't listen to voices here yet.",
        "wait": "I wait.",
        "urgent": "You did right to tell me. First: is he still on the phone? Hang up now, you need not say goodbye.",
        "urgent_buttons": [("hung_up", "I have hung up"), ("see-1", "He is still talking"), ("see-2", "He is in my phone"),
                           ("person", "A person, please")],
        "end": "You are on the Wi-Fi. Now you can join any Wi-Fi, at the library too.",
        "alt": "A list. The line Network & internet has a ring round it.",
    },
    "zh": {
        "hello": "您好，我叫扶手，是长风图书馆请来帮忙的，电话 021 5555 0123。\n\n我是电脑程序，不是真人，同一件事您问一百遍也不要紧。"
        "咱们一小步一小步来，按错了也弄不坏。我不会问您要钱、要验证码。走到哪一步我会记下来。\n\n开始好吗？",
        "hello_buttons": [("begin", "好，开始吧"), ("read_to_me", "念给我听"), ("who_is_this", "这是谁办的？")],
        "steps": ["找到灰色的齿轮，下面写着**设置**，点一下。看到一长串字了吗？", "对，设置打开了。\n\n往下找这一行：**网络和互联网**。点一下。",
                  "在单子里找您家的无线网，点一下。看到要填密码的那一页了吗？"],
        "buttons": [("next", "好了"), ("stuck", "找不到"), ("repeat", "再说一遍")],
        "where": "不要紧，各家手机长得不一样。您念念看，屏幕最上面写着什么？",
        "where_buttons": [("see-1", "一排排图"), ("see-2", "一行行字"), ("other", "别的")],
        "help": ("help", "帮帮我"),
        "heard": "谢谢。您写的是：{text}",
        "photo": "看到您的照片了。",
        "voice": "这里我还听不了声音。",
        "wait": "我等着。",
        "urgent": "您告诉我，做得对。先把对方电话挂了，不用跟他客气。",
        "urgent_buttons": [("hung_up", "挂好了"), ("see-1", "他还在说"), ("see-2", "他在我手机里"), ("person", "请个人来")],
        "end": "连上了。以后到哪儿您都会连了。",
        "alt": "一长串字，“网络和互联网”这一行被圈出来了。",
    },
}  # fmt: skip
WIFI = Picture(screen="settings", element="network", system="android")


@dataclass(frozen=True)
class Lesson:
    title: str


class Catalogue:
    def lesson(self, id: str, language: str) -> Lesson:
        return Lesson({"en": "Join a Wi-Fi network", "zh": "连上无线网"}[language])


class ScriptedTutor:
    """Reception and conversation in one: says hello, then three steps, and answers a few words."""

    catalogue = Catalogue()

    def __init__(self, store: Store) -> None:
        self._store = store
        self.heard: list[Message] = []

    async def answer(self, incoming: Incoming) -> list[Parcel]:
        parcels: list[Parcel] = []
        for waiting in await self._store.take_in([incoming]):
            self.heard.append(waiting.message)
            learner = await self._store.learner_of(waiting.chat)
            session = await self._store.load(learner) or _newcomer(learner, waiting.message)
            turn = self._turn(session, waiting.message)
            parcels += await self._store.save(turn, chat=waiting.chat, mark=waiting.mark, at=waiting.message.at)
        return parcels

    def present(self, session: Session, *, at: datetime, known: Known) -> tuple[Reply, ...]:
        return (_reply(session, session.asked),)

    def _turn(self, session: Session, message: Message) -> Turn:
        said = SAYINGS[session.language]
        if message.text in ("中文", "English"):
            session = replace(session, language="zh" if message.text == "中文" else "en")
            return _ask(session, session.asked)
        if message.text == "wait":
            return Turn(replace(session, turn=session.turn + 1), (Reply(said["wait"], aside=True),))
        if message.text == "invite":
            link = Reply(LINK, share=LINK, buttons=(Button("share", "Send the link"), Button("help", "Help")))
            return Turn(replace(session, turn=session.turn + 1, choices=link.buttons), (link,))
        if message.text == "tricked":
            return _ask(session, "urgent")
        if message.text == "larger":
            return _ask(replace(session, letters="largest"), session.asked)
        if message.kind == "text" and not message.first:
            return _ask(session, session.asked, said["heard"].format(text=message.text))
        if message.kind in ("picture", "voice"):
            return _ask(session, session.asked, said["photo" if message.kind == "picture" else "voice"])
        if message.tap and message.tap.turn != session.turn:
            return Turn(session)
        return _ask(session, _next(session.asked, message.tap.choice if message.tap else ""))


def _next(asked: str, choice: str) -> str:
    if not choice:
        return asked or "hello"
    if choice == "stuck":
        return "where"
    if choice in ("repeat", "help", "read_to_me", "who_is_this"):
        return asked
    return {"hello": "step-1", "where": "step-2", "step-1": "step-2", "step-2": "step-3"}.get(asked, "end")


def _ask(session: Session, asked: str, before: str = "") -> Turn:
    place = Place("connect-wifi", session.language, "v1", asked) if asked.startswith("step-") else None
    session = replace(session, asked=asked, turn=session.turn + 1, last_at=datetime.now(UTC), place=place)
    replies = ([Reply(before)] if before else []) + [_reply(session, asked)]
    return Turn(session, tuple(replies))


def _reply(session: Session, asked: str) -> Reply:
    said = SAYINGS[session.language]
    if asked.startswith("step-"):
        number = int(asked[5:])
        picture = replace(WIFI, alt=said["alt"], phone_language=session.language)
        return Reply(
            said["steps"][number - 1], picture=picture, buttons=_buttons("buttons", said), step=(number + 1, 6)
        )
    if asked == "urgent":
        return Reply(said["urgent"], buttons=tuple(Button(*b) for b in said["urgent_buttons"]), urgent=True)
    if asked == "end":
        return Reply(said["end"], buttons=(Button(*said["help"]),))
    return Reply(said[asked], buttons=_buttons(f"{asked}_buttons", said))


def _buttons(key: str, said: dict) -> tuple[Button, ...]:
    return tuple(Button(*b) for b in (*said[key], said["help"]))


def _newcomer(learner: str, message: Message) -> Session:
    return Session(learner, language="zh" if message.locale.startswith("zh") else "en", channel="web")


class SmallStudio:
    """Real files, quickly made: a list with a ring, and a second of a tone. `broken` makes none."""

    def __init__(self, folder: Path, *, broken: bool = False) -> None:
        self._folder, self._broken = folder, broken

    async def picture(self, picture: Picture, *, crop: bool = False) -> Path | None:
        if self._broken:
            return None
        path = self._folder / f"{picture.screen}-{crop}.png"
        if not path.exists():
            drawn = Image.new("RGB", (1080, 620 if crop else 1440), "#C8CCD3")
            draw = ImageDraw.Draw(drawn)
            top = 200 if crop else 500
            draw.rectangle((0, top - 40, 1080, top + 260), fill="white")
            draw.rounded_rectangle((40, top, 1040, top + 220), 50, outline="#14161B", width=32)
            draw.rounded_rectangle((46, top + 6, 1034, top + 214), 46, outline="#FFD400", width=20)
            draw.text((120, top + 60), "Network & internet", fill="#14161B", font_size=90)
            drawn.save(path)
        return path

    async def voice(
        self, lines: str, language: str, *, rate: str = "usual", pace: str = "telling", format: str = "ogg"
    ) -> Sound | None:
        if self._broken:
            return None
        path = self._folder / "voice.mp3"
        if not path.exists():
            wave = 0.2 * np.sin(np.linspace(0, 440 * 2 * np.pi * 5, 5 * 24000))
            sound = io.BytesIO()
            soundfile.write(sound, wave, 24000, format="MP3")
            path.write_bytes(sound.getvalue())
        return Sound(path, 5.0)


@dataclass(frozen=True)
class Sound:
    path: Path
    seconds: float


def texts(replies: Sequence[dict]) -> str:
    return " ".join(reply["words"] for reply in replies)
