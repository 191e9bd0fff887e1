"""The learner's side of the fake Bot API server: saying, tapping, speaking, and reading what came.

The same over HTTP for a server that runs by itself, under /learner/: POST say, tap, load (many at once) and
GET messages, stats.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from aiohttp import web

from .bot_api_state import Chat, Sent, World


class Learners:
    def __init__(self, world: World) -> None:
        self.world = world

    def person(self, chat: int, *, language: str = "en", kind: str = "private") -> Chat:
        """The chat, made when it is new; in private chats its id is the person's."""
        known = self.world.chats.get(chat)
        if known is None:
            known = self.world.chats[chat] = Chat(chat, kind, language)
        return known

    async def send(self, chat: int, *, sender: int = 0, update: str = "message", **body: Any) -> int:
        """Any message with these fields of the Bot API; its message id."""
        return self.put(chat, sender=sender, update=update, **body)

    def put(self, chat: int, *, sender: int = 0, update: str = "message", **body: Any) -> int:
        person = self.person(chat)
        message = {
            "message_id": self.world.message_id(),
            "date": int(time.time()),
            "chat": {"id": chat, "type": person.kind},
            "from": {
                "id": sender or abs(chat),
                "is_bot": False,
                "first_name": "Betty <b>&",
                "language_code": person.language,
            },
        } | body
        person.said[message["message_id"]] = (message, time.time())
        self.world.updates.add(update, message)
        return int(message["message_id"])

    async def say(self, chat: int, text: str, **more: Any) -> int:
        return await self.send(chat, text=text, **more)

    async def edit(self, chat: int, message_id: int, text: str) -> int:
        return await self.send(chat, update="edited_message", message_id=message_id, text=text)

    async def forward(self, chat: int, text: str) -> int:
        origin = {"type": "hidden_user", "sender_user_name": "A bank", "date": int(time.time())}
        return await self.send(chat, text=text, forward_origin=origin)

    async def voice(self, chat: int, data: bytes = b"OggS learner", seconds: int = 3) -> int:
        file_id = self.file("voice", data)
        voice = {"file_id": file_id, "file_unique_id": file_id[-6:], "duration": seconds, "mime_type": "audio/ogg"}
        return await self.send(chat, voice=voice)

    async def photo(self, chat: int, data: bytes = b"\x89PNG", caption: str = "") -> int:
        file_id = self.file("photo", data)
        size = {"file_id": file_id, "file_unique_id": file_id[-6:], "width": 720, "height": 1280}
        return await self.send(chat, photo=[size], **({"caption": caption} if caption else {}))

    def file(self, kind: str, data: bytes) -> str:
        file_id = f"Learner{kind}{len(self.world.files)}"
        self.world.files[file_id] = (kind, data)
        return file_id

    async def tap(self, chat: int, label: str, *, message: Sent | None = None) -> str:
        """Taps the button on the newest message that has it (or on `message`); the query's id."""
        shown = [message] if message else [m for m in reversed(self.messages(chat)) if label in m.labels]
        if not shown:
            raise AssertionError(f"no message in chat {chat} has a button {label!r}; there are {self.labels(chat)}")
        return self.tap_data(chat, shown[0].id, shown[0].data_of(label) or "")

    def tap_data(self, chat: int, message_id: int, data: str) -> str:
        query = f"query{len(self.world.queries)}x{self.world.updates.next_id}"
        self.world.queries[query] = time.monotonic()
        self.world.updates.add(
            "callback_query",
            {
                "id": query,
                "from": {"id": chat, "is_bot": False, "first_name": "B", "language_code": self.person(chat).language},
                "chat_instance": "1",
                "data": data,
                "message": {
                    "message_id": message_id,
                    "date": int(time.time()),
                    "chat": {"id": chat, "type": "private"},
                    "from": self.world.bot,
                },
            },
        )
        return query

    async def block(self, chat: int) -> None:
        self.person(chat).blocked = True
        member = {"user": self.world.bot, "status": "member"}
        self.world.updates.add(
            "my_chat_member",
            {
                "chat": {"id": chat, "type": "private"},
                "from": {"id": chat, "is_bot": False, "first_name": "B"},
                "date": int(time.time()),
                "old_chat_member": member,
                "new_chat_member": {"user": self.world.bot, "status": "kicked", "until_date": 0},
            },
        )

    def again(self, update_id: int = 0) -> None:
        """The newest update waits once more, as a server repeats what it thinks was not received."""
        self.world.updates.waiting.append(self.world.updates.waiting[-1])

    def messages(self, chat: int) -> list[Sent]:
        return [m for m in self.world.by_chat.get(chat, []) if not m.deleted]

    def labels(self, chat: int) -> list[str]:
        return [label for message in self.messages(chat) for label in message.labels]

    def texts(self, chat: int) -> list[str]:
        return [m.text for m in self.messages(chat) if m.text]

    async def until(self, true: Callable[[], object], seconds: float = 10) -> None:
        """Waits until `true()`; an AssertionError when it does not come."""
        end = time.monotonic() + seconds
        while not true():
            if time.monotonic() > end:
                raise AssertionError(f"waited {seconds} s in vain; sent so far: {[m.text for m in self.world.sent]}")
            await asyncio.sleep(0.005)

    async def wait_for(self, chat: int, count: int, seconds: float = 10) -> list[Sent]:
        """At least `count` messages of the bot in the chat."""
        await self.until(lambda: len(self.messages(chat)) >= count, seconds)
        return self.messages(chat)

    def add_desk(self, app: web.Application) -> None:
        app.router.add_post("/learner/say", self._desk_say)
        app.router.add_post("/learner/tap", self._desk_tap)
        app.router.add_post("/learner/load", self._desk_load)
        app.router.add_get("/learner/messages", self._desk_messages)
        app.router.add_get("/learner/stats", self._desk_stats)

    async def _desk_say(self, request: web.Request) -> web.Response:
        body = await request.json()
        return web.json_response({"message_id": await self.say(int(body["chat"]), body["text"])})

    async def _desk_tap(self, request: web.Request) -> web.Response:
        body = await request.json()
        return web.json_response({"query": await self.tap(int(body["chat"]), body["label"])})

    async def _desk_load(self, request: web.Request) -> web.Response:
        """`rounds` messages from each of `chats` people, all at once."""
        body = await request.json()
        for number in range(int(body["rounds"])):
            for chat in range(1, int(body["chats"]) + 1):
                self.put(chat, text=f"{body.get('text', 'message')} {number}")
        return web.json_response({"waiting": len(self.world.updates.waiting)})

    async def _desk_messages(self, request: web.Request) -> web.Response:
        chat = int(request.query["chat"])
        shown = [{"id": m.id, "kind": m.kind, "text": m.text, "labels": m.labels} for m in self.messages(chat)]
        return web.json_response(shown)

    async def _desk_stats(self, request: web.Request) -> web.Response:
        times = [m.at for m in self.world.sent]
        return web.json_response({"sent": len(times), "waiting": len(self.world.updates.waiting), "times": times})
