"""One piece of a reply to one chat. What Telegram will not take in one form goes out in another."""

from __future__ import annotations

import logging
from typing import Any

from bot.delivery import GoneForGood, Piece, TryLater

from .door import AnotherCopy, Door, Refused, WrongToken
from .files import SentFiles, Uploads
from .packing import FileBody, PassedOn, PictureBody, VoiceBody, WordsBody
from .words import as_html, plain

log = logging.getLogger(__name__)


class Sender:
    """`no_voices`: the chats, as Telegram numbers them, that were seen to take no voice messages."""

    def __init__(self, door: Door, store: SentFiles, bot: str) -> None:
        self._door = door
        self._uploads = Uploads(store, bot)
        self._store, self._bot = store, bot
        self.no_voices: set[str] = set()

    async def send(self, chat: str, piece: Piece) -> None:
        """Raises TryLater or GoneForGood. What Telegram will not take in one form goes out in another."""
        try:
            await self._send(chat, piece.body, piece.kind)
        except Refused as refused:
            raise GoneForGood(refused.what[:200]) from None
        except (WrongToken, AnotherCopy):
            raise TryLater(30, "the token is not known to Telegram") from None

    async def _send(self, chat: str, body: Any, kind: str) -> None:
        if kind == "delete":
            await self._delete(chat, body)
        elif isinstance(body, VoiceBody):
            await self._send_voice(chat, body)
        elif isinstance(body, PassedOn):
            await self._pass_on(chat, body)
        elif isinstance(body, FileBody):
            await self._door.send_file(chat, body.data, body.name)
        elif isinstance(body, PictureBody):
            await self._send_picture(chat, body)
        else:
            await self._send_words(chat, body)

    async def _pass_on(self, chat: str, body: PassedOn) -> None:
        if body.kind == "voice":
            await self._door.send_voice(chat, body.file, "voice.ogg", body.seconds)
        else:
            await self._door.send_picture(chat, body.file, "picture.jpg", "", ())

    async def _send_words(self, chat: str, body: WordsBody) -> None:
        try:
            sent = await self._door.send_words(chat, as_html(body.words), body.buttons)
            if body.noted:
                await self._store.keep_sent_file(self._bot, body.noted, sent)
        except Refused as refused:
            if "parse" not in refused.what:
                raise
            await self._door.send_words(chat, plain(body.words), body.buttons, html=False)

    async def _send_picture(self, chat: str, body: PictureBody) -> None:
        caption = as_html(body.words)
        try:
            await self._uploads.send(
                body.path,
                lambda file: self._door.send_picture(chat, file, body.path.name, caption, body.buttons),
            )
        except (Refused, OSError) as error:
            if isinstance(error, Refused) and _is_about_the_chat(error.what):
                raise
            log.warning("A picture was not taken (%s); its words go without it.", _reason(error))
            if body.words.strip():
                await self._send_words(chat, WordsBody(body.words, body.buttons))

    async def _send_voice(self, chat: str, body: VoiceBody) -> None:
        if chat in self.no_voices:
            return
        try:
            await self._uploads.send(
                body.path, lambda file: self._door.send_voice(chat, file, body.path.name, body.seconds)
            )
        except (Refused, OSError) as error:
            if isinstance(error, Refused) and _is_about_the_chat(error.what):
                raise
            if isinstance(error, Refused) and "voice" in error.what:
                self.no_voices.add(chat)
                log.info("A learner takes no voice messages; they get the words alone.")
            else:
                log.warning("A voice was not taken (%s); the words go without it.", _reason(error))
        except GoneForGood as gone:
            if "voice" not in gone.why.lower():
                raise
            self.no_voices.add(chat)

    async def _delete(self, chat: str, message_id: str) -> None:
        name = message_id.removeprefix("noted:") if message_id.startswith("noted:") else ""
        if name and not (message_id := await self._store.sent_file(self._bot, name) or ""):
            return
        try:
            await self._door.delete(chat, message_id)
            if name:
                await self._store.keep_sent_file(self._bot, name, "")
        except Refused as refused:
            log.info("A learner's message could not be taken away (%s).", refused.what[:60])
        except ValueError:
            log.warning("A learner's message has no number that Telegram knows.")


def _is_about_the_chat(what: str) -> bool:
    return any(
        sign in what for sign in ("chat not found", "peer_id_invalid", "user is deactivated", "chat_id is empty")
    )


def _reason(error: Exception) -> str:
    return error.what[:80] if isinstance(error, Refused) else type(error).__name__
