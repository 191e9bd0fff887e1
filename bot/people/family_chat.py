"""A learner's own person in the messenger: the link, and the few buttons that follow from it. One of the front desk's errands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.messages import Button, Message, Reply
from bot.store import Waiting
from bot.store.family import Shown

from .family import KIND, Families
from .volunteer import Volunteer

LINK = "f-"
DESK = "desk-family-"
WRITES_FOR = timedelta(minutes=10)  # so long the next words count as the kind word


class FamilyChat:
    def __init__(self, families: Families) -> None:
        self._families = families

    async def errand(self, waiting: Waiting, volunteer: Volunteer | None, at: datetime) -> Sequence[Reply] | None:
        """None: this chat has no invitation, or the message is for the tutor."""
        message, chat = waiting.message, waiting.chat
        language = self._families.language(message.locale)
        if message.start.startswith(LINK):
            return await self._opened(message.start.removeprefix(LINK), chat, language, at)
        choice = message.tap.choice if message.tap else ""
        if choice.startswith(DESK):
            return await self._tapped(choice.removeprefix(DESK), chat, language, at)
        if message.kind == "text" and not message.first:
            return await self._written(message, chat, language, at)
        return None

    async def _opened(self, token: str, chat: str, language: str, at: datetime) -> Sequence[Reply]:
        say = self._families.say
        if not await self._families.join(token, at, chat=chat):
            return (Reply(say("spent", language), spoken=""),)
        shown = (await self._families.shown_to(at, chat=chat))[-1]
        name = await self._families.name(shown, language)
        hello = say("invited", language, name=name) + "\n\n" + say("rules", language, name=name)
        return (Reply(hello, spoken=""), await self._look(shown, language, at))

    async def _tapped(self, choice: str, chat: str, language: str, at: datetime) -> Sequence[Reply]:
        """`<what>-<learner>`: the learner's opaque id tells whom it is about, where somebody helps two."""
        what, _, learner = choice.partition("-")
        shown = next((s for s in await self._families.shown_to(at, chat=chat) if s.learner == learner), None)
        say = self._families.say
        if shown is None:
            return (Reply(say("nothing", language), spoken=""),)
        name = await self._families.name(shown, language)
        if what == "send":
            ready = [_button(f"kind{n}", shown, say(key, language)) for n, key in enumerate(KIND, 1)]
            return (
                Reply(say("which", language), spoken="", buttons=(*ready, _button("own", shown, say("own", language)))),
            )
        if what.startswith("kind"):
            return await self._sent(shown, "", f"kind_{what[4:]}", name, language, at)
        if what == "own":
            await self._families.write_next(shown, at)
            return (Reply(say("write_now", language), spoken=""),)
        if what == "leave":
            await self._families.leave(shown)
            return (Reply(say("left", language, name=name), spoken=""),)
        return (await self._look(shown, language, at),)

    async def _written(self, message: Message, chat: str, language: str, at: datetime) -> Sequence[Reply] | None:
        shown = next(
            (
                s
                for s in await self._families.shown_to(at, chat=chat)
                if s.writing_at and at - s.writing_at < WRITES_FOR
            ),
            None,
        )
        if shown is None:
            return None
        name = await self._families.name(shown, language)
        if message.secret_kinds:
            return (Reply(self._families.say("stopped_secret", language), spoken=""),)
        return await self._sent(shown, message.text, "", name, language, at)

    async def _sent(
        self, shown: Shown, text: str, ready: str, name: str, language: str, at: datetime
    ) -> Sequence[Reply]:
        told = await self._families.send(shown, text, at, ready=ready)
        return (Reply(self._families.say(told, language, name=name), spoken=""),)

    async def _look(self, shown: Shown, language: str, at: datetime) -> Reply:
        seen = await self._families.where(shown, language, at)
        say = self._families.say
        buttons = [_button(what, shown, say(what, language)) for what in ("see", "send", "leave")]
        return Reply("\n\n".join(seen.lines), spoken="", buttons=tuple(buttons))


def _button(what: str, shown: Shown, label: str) -> Button:
    return Button(f"{DESK}{what}-{shown.learner}", label)
