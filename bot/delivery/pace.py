"""How fast may be sent: token buckets after Telegram's limits, about one message a second in a chat and thirty a
second over all, short bursts welcome. Pure: `now` is any clock that only goes forward, in seconds."""

from __future__ import annotations

from dataclasses import dataclass, field

TIDY_AT = 5000


@dataclass
class Bucket:
    """At most `burst` tokens, `rate` of them come back each second."""

    rate: float
    burst: float
    tokens: float = 0.0
    last: float = 0.0

    def reserve(self, many: int, now: float) -> float:
        """Takes `many` and says after how many seconds they are there. Who asks first is served first."""
        self.tokens = min(self.burst, self.tokens + max(0.0, now - self.last) * self.rate) - many
        self.last = now
        return max(0.0, -self.tokens / self.rate)

    def full(self, now: float) -> bool:
        return self.tokens + (now - self.last) * self.rate >= self.burst


@dataclass
class Pace:
    """0 for a rate means: no limit, as on a Bot API server of one's own without Telegram behind it."""

    chat_rate: float = 1.0
    chat_burst: float = 5.0
    rate: float = 30.0
    burst: float = 30.0
    _chats: dict[str, Bucket] = field(default_factory=dict)
    _overall: Bucket | None = None
    _not_before: dict[str, float] = field(default_factory=dict)
    _nobody_before: float = 0.0

    def wait(self, chat: str, many: int, now: float) -> float:
        """Seconds until `many` messages may go out in this chat. They count as sent from now on, once."""
        wait = 0.0
        if self.chat_rate:
            bucket = self._chats.get(chat)
            if bucket is None:
                self._tidy(now)
                bucket = self._chats[chat] = Bucket(self.chat_rate, self.chat_burst, self.chat_burst, now)
            wait = bucket.reserve(many, now)
        if self.rate:
            if self._overall is None:
                self._overall = Bucket(self.rate, self.burst, self.burst, now)
            wait = max(wait, self._overall.reserve(many, now))
        return max(wait, self.paused(chat, now))

    def paused(self, chat: str, now: float) -> float:
        """Seconds that this chat has still to wait because the messenger said so."""
        return max(0.0, self._not_before.get(chat, 0.0) - now, self._nobody_before - now)

    def told_to_wait(self, chat: str, seconds: float, now: float) -> bool:
        """The messenger named a pause. It does not say whom it means: when a second chat is refused while one is
        still waiting, it means all of us. True where all wait."""
        others = [c for c, until in self._not_before.items() if c != chat and until > now]
        self._not_before[chat] = max(self._not_before.get(chat, 0.0), now + seconds)
        if others:
            self._nobody_before = max(self._nobody_before, now + seconds)
        return bool(others)

    def _tidy(self, now: float) -> None:
        if len(self._chats) > TIDY_AT:
            self._chats = {chat: bucket for chat, bucket in self._chats.items() if not bucket.full(now)}
            self._not_before = {chat: until for chat, until in self._not_before.items() if until > now}
