"""What the fake Bot API server knows: chats, what was sent, files, updates that wait, and the faults to order."""

from __future__ import annotations

import asyncio
import random
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from .bot_api_rules import Refusal, bad_request, too_many


@dataclass
class Sent:
    """One message of the bot, as the learner sees it. `text` is without marks, `raw` as it was sent."""

    id: int
    chat: int
    kind: str  # text, photo, voice, file
    text: str
    raw: str = ""
    file_id: str = ""
    data: bytes = b""
    keyboard: dict[str, Any] | None = None
    at: float = 0.0  # time.monotonic()
    uploaded: bool = False
    deleted: bool = False

    @property
    def labels(self) -> list[str]:
        rows = (self.keyboard or {}).get("inline_keyboard", [])
        return [button["text"] for row in rows for button in row]

    def data_of(self, label: str) -> str | None:
        rows = (self.keyboard or {}).get("inline_keyboard", [])
        return next((b.get("callback_data") for row in rows for b in row if b["text"] == label), None)


@dataclass
class Chat:
    id: int
    kind: str = "private"
    language: str = "en"
    blocked: bool = False
    voices_forbidden: bool = False
    migrated_to: int = 0
    said: dict[int, tuple[dict[str, Any], float]] = field(default_factory=dict)  # the learner's own messages


@dataclass
class Fault:
    """`kind`: 500, 502, 429 (with `seconds` as retry_after), before (cut before it was carried out), after (cut
    after), slow (`seconds` late). Applies `times` times to `method` ("" any), in `chat` (0 any)."""

    kind: str
    method: str = ""
    chat: int = 0
    times: int = 1
    seconds: float = 1.0

    def meets(self, method: str, chat: int) -> bool:
        return self.times > 0 and self.method in ("", method) and self.chat in (0, chat)


class Bucket:
    """Tokens that come back at `rate` a second, at most `burst` of them."""

    def __init__(self, rate: float, burst: float) -> None:
        self.rate, self.burst, self.tokens, self.last = rate, burst, burst, time.monotonic()

    def take(self) -> float:
        """0 when there was a token, else the seconds until there is one."""
        now = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.last) * self.rate)
        self.last = now
        if self.tokens >= 1:
            self.tokens -= 1
            return 0.0
        return (1 - self.tokens) / self.rate


class Limits:
    """Telegram's: about one message a second in a chat (short bursts pass) and 30 a second over all."""

    def __init__(self, chat_rate: float = 1.0, chat_burst: float = 6, rate: float = 30.0, burst: float = 35) -> None:
        self.chat_rate, self.chat_burst = chat_rate, chat_burst
        self.overall = Bucket(rate, burst)
        self.chats: dict[int, Bucket] = {}
        self.refused = 0

    def check(self, chat: int) -> None:
        bucket = self.chats.setdefault(chat, Bucket(self.chat_rate, self.chat_burst))
        wait = self.overall.take() or bucket.take()
        if wait:
            self.refused += 1
            raise too_many(max(1, round(wait + 0.5)))


class Updates:
    """The queue of updates, kept until an offset or a webhook's 200 confirms them."""

    def __init__(self) -> None:
        self.waiting: deque[dict[str, Any]] = deque()
        self.next_id = 1000
        self.came = asyncio.Event()
        self.allowed: Sequence[str] = ()

    def add(self, kind: str, body: dict[str, Any]) -> int:
        self.next_id += 1
        if not self.allowed or kind in self.allowed:
            self.waiting.append({"update_id": self.next_id, kind: body})
            self.came.set()
        return self.next_id

    def confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self.waiting) > -offset:
                self.waiting.popleft()
        while offset > 0 and self.waiting and self.waiting[0]["update_id"] < offset:
            self.waiting.popleft()

    def first(self, limit: int) -> list[dict[str, Any]]:
        return [self.waiting[n] for n in range(min(limit, len(self.waiting)))]


@dataclass
class World:
    """All that the server remembers."""

    bot: dict[str, Any]
    chats: dict[int, Chat] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    by_chat: dict[int, list[Sent]] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # file id -> kind, content
    queries: dict[str, float] = field(default_factory=dict)  # callback query -> when it was asked
    answered: list[str] = field(default_factory=list)
    profile: dict[str, Any] = field(default_factory=dict)  # (method, language) -> what was set
    updates: Updates = field(default_factory=Updates)
    faults: list[Fault] = field(default_factory=list)
    shares: dict[str, float] = field(default_factory=dict)  # fault kind -> how often, 0 to 1
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    limits: Limits | None = None
    webhook: dict[str, Any] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    next_message: int = 0

    def message_id(self) -> int:
        self.next_message += 1
        return self.next_message

    def chat(self, wanted: Any) -> Chat:
        """The chat that the bot may write to, or what the real server says instead."""
        try:
            chat = self.chats.get(int(wanted))
        except (TypeError, ValueError):
            chat = None
        if wanted in (None, ""):
            raise bad_request("chat_id is empty")
        if chat is None:
            raise bad_request("chat not found")
        if chat.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if chat.migrated_to:
            raise Refusal(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                {"migrate_to_chat_id": chat.migrated_to},
            )
        return chat

    def fault(self, method: str, chat: int) -> Fault | None:
        for fault in self.faults:
            if fault.meets(method, chat):
                fault.times -= 1
                return fault
        if method.startswith("send"):
            for kind, share in self.shares.items():
                if self.chance.random() < share:
                    return Fault(kind, seconds=1)
        return None

    def keep(self, message: Sent) -> Sent:
        message.at = time.monotonic()
        self.sent.append(message)
        self.by_chat.setdefault(message.chat, []).append(message)
        return message
