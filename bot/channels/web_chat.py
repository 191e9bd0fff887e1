"""One conversation on the page: from the token in the browser to the chat in the store, and its replies.

The newest replies of each chat stay in memory for a while, so that an answer lost on the way (no internet, a
second tab) can be asked for again by the number of the last reply seen. After a restart the place is shown anew.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict, deque
from datetime import datetime
from typing import Any

from bot.channels.web_doors import Bounds, Clock, Keeps, Presents, Receives
from bot.channels.web_reply import as_json
from bot.channels.web_shelf import Shelf
from bot.channels.web_words import PICTURE_WORDS, direction
from bot.messages import Message, Session
from bot.store import Address, Incoming, Parcel

CHANNEL = "web"
KEPT_REPLIES = 12
KEPT_CHATS = 2000


class Chats:
    def __init__(
        self, reception: Receives, store: Keeps, conversation: Presents, shelf: Shelf, clock: Clock, bounds: Bounds
    ) -> None:
        self._reception, self._store, self._conversation = reception, store, conversation
        self._shelf, self._clock, self._bounds = shelf, clock, bounds
        self._recent: OrderedDict[str, deque[dict[str, Any]]] = OrderedDict()
        self._bells: dict[str, set[asyncio.Event]] = {}  # one for each page that waits for news
        self._waiting_pages = 0
        self._stopping = False

    # Who it is

    async def chat_of(self, token: str) -> str | None:
        """The chat behind a browser's token; None for one that we never gave out."""
        return await self._store.web_chat(token) if 0 < len(token) <= 100 else None

    async def begin(self, *, with_card: bool) -> tuple[str, str, list[str]]:
        """(token, chat, picture words) of somebody new. The token is only ever kept as a hash."""
        token = secrets.token_urlsafe(32)
        words = await self._free_words() if with_card else []
        return token, await self._store.new_web_chat(token, "-".join(words)), words

    async def come_back(self, words: list[str]) -> str | None:
        """A new token for the chat that has these three picture words, or None."""
        chat = await self._store.chat_by_picture_words("-".join(words))
        if chat is None:
            return None
        token = secrets.token_urlsafe(32)
        await self._store.join_web_chat(token, chat)
        return token

    async def is_card_of(self, words: list[str], chat: str) -> bool:
        """Whether these picture words lead to this chat. The store has only their fingerprint."""
        known = len(words) == 3 and all(word in PICTURE_WORDS for word in words)
        return known and await self._store.chat_by_picture_words("-".join(words)) == chat

    async def _free_words(self) -> list[str]:
        for _ in range(50):
            words = secrets.SystemRandom().sample(PICTURE_WORDS, 3)
            if await self._store.chat_by_picture_words("-".join(words)) is None:
                return words
        return []  # nearly all are taken: this one goes without a card

    # What is said

    async def hear(self, chat: str, message: Message, *, after: int) -> dict[str, Any]:
        """Hand in one message and give all replies newer than `after`. The same id twice counts once."""
        incoming = Incoming(update_id=f"{chat}:{message.id}", address=Address(CHANNEL, "", chat), message=message)
        parcels = await self._reception.answer(incoming)
        session = await self._session(chat)
        await self._deliver(chat, parcels, session)
        return self._state(session) | {"replies": self._since(chat, after)}

    async def opened(self, chat: str, message: Message) -> dict[str, Any]:
        """The page was opened: hello to somebody new or long away or sent here by a link, else the same place."""
        session = await self._session(chat)
        away = (self._clock() - session.last_at).total_seconds() if session and session.last_at else None
        if away is None or away > self._bounds.visit_seconds or message.start.startswith(("l-", "k-")):
            newest = self._newest(chat)
            answer = await self.hear(chat, message, after=newest)
            if answer["replies"]:
                return answer
        return await self.now(chat)

    async def now(self, chat: str) -> dict[str, Any]:
        """The present place, as after a reload. Changes nothing but to deliver what was waiting."""
        session = await self._session(chat)
        await self._deliver(chat, await self._waiting(chat), session)
        state = self._state(session) | {"after": self._newest(chat)}
        if session is None:
            return state | {"present": []}
        at = self._clock()
        known = await self._store.known(await self._store.learner_of(chat), chat, at=at)
        replies = self._conversation.present(session, at=at, known=known)
        shown = [
            as_json(reply, session, self._shelf, id=None, turn=session.turn, place=place)
            for place, reply in enumerate(replies)
        ]
        return state | {"present": shown}

    async def my_data(self, chat: str) -> dict[str, Any]:
        """What the store has of whoever is at it now."""
        return await self._store.export(await self._store.learner_of(chat))

    async def news(self, chat: str, *, after: int) -> dict[str, Any]:
        """What was written since, such as a reminder; waits a while for it."""
        if not self._since(chat, after):
            parcels = await self._waiting(chat)
            if not parcels and not self._stopping and self._waiting_pages < self._bounds.waiting_pages:
                await self._wait_for_bell(chat)
                parcels = await self._waiting(chat)
            await self._deliver(chat, parcels, await self._session(chat))
        return self._state(await self._session(chat)) | {"replies": self._since(chat, after)}

    async def _wait_for_bell(self, chat: str) -> None:
        bell = asyncio.Event()
        self._bells.setdefault(chat, set()).add(bell)
        self._waiting_pages += 1
        try:
            await asyncio.wait_for(bell.wait(), self._bounds.news_seconds)
        except TimeoutError:
            pass
        finally:
            self._waiting_pages -= 1
            self._bells[chat].discard(bell)
            if not self._bells[chat]:
                del self._bells[chat]

    def wake(self, chat: str) -> None:
        """Something was put into the outbox for this chat."""
        for bell in self._bells.get(chat, ()):
            bell.set()

    def stop(self) -> None:
        """Let go of every page that waits for news, so that the server can end."""
        self._stopping = True
        for bells in self._bells.values():
            for bell in bells:
                bell.set()

    # Within

    async def _session(self, chat: str) -> Session | None:
        return await self._store.load(await self._store.learner_of(chat))

    async def _waiting(self, chat: str) -> list[Parcel]:
        return [parcel for parcel in await self._store.parcels(CHANNEL) if parcel.chat == chat]

    async def _deliver(self, chat: str, parcels: list[Parcel], session: Session | None) -> None:
        """Into memory first, then off the outbox: a page that asks again finds them in one of the two."""
        kept = self._recent.setdefault(chat, deque(maxlen=KEPT_REPLIES))
        self._recent.move_to_end(chat)
        while len(self._recent) > KEPT_CHATS:
            self._recent.popitem(last=False)
        at = self._clock()
        for parcel in sorted(parcels, key=lambda p: p.id):
            if all(parcel.id != reply["id"] for reply in kept):
                told = session or Session(parcel.learner)
                kept.append(
                    as_json(parcel.reply, told, self._shelf, id=parcel.id, turn=parcel.turn, place=parcel.place)
                )
            await self._store.mark_sent(parcel.id, at)
        if any(parcel.reply.buttons for parcel in parcels):
            await self._store.shown(chat, at)

    def _since(self, chat: str, after: int) -> list[dict[str, Any]]:
        return [reply for reply in self._recent.get(chat, ()) if reply["id"] > after]

    def _newest(self, chat: str) -> int:
        return max((reply["id"] for reply in self._recent.get(chat, ())), default=0)

    def _state(self, session: Session | None) -> dict[str, Any]:
        if session is None:
            return {"turn": 0, "language": "", "letters": "", "voice": "", "title": "", "dir": "ltr"}
        return {
            "turn": session.turn,
            "language": session.language,
            "dir": direction(session.language),
            "letters": session.letters,
            "voice": session.voice,
            "title": self._title(session),
        }

    def _title(self, session: Session) -> str:
        if session.place is None:
            return ""
        lesson = self._conversation.catalogue.lesson(session.place.lesson, session.place.language)
        return lesson.title if lesson else ""


def message_from_page(id: str, chat: str, at: datetime, kind: str, **more: Any) -> Message:
    return Message(id=id, learner="", at=at, kind=kind, channel=CHANNEL, chat=chat, **more)
