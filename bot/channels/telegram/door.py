"""The one door to python-telegram-bot: of it we use the Bot, its types and its BaseRequest.

Everything that goes wrong leaves here as one of the errors below, in words and without the token. The library's
own log lines hold message texts and the token, so none of them is let out.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, MenuButtonCommands
from telegram import error as tg
from telegram.request import BaseRequest, RequestData

from bot.delivery import GoneForGood, TryLater

from .transport import TimedOutError, Transport, Unreachable
from .words import TapButton

logging.getLogger("telegram").setLevel(logging.CRITICAL + 1)
# The library's own switch: `retry_after` as a timedelta, as all its later versions have it.
os.environ.setdefault("PTB_TIMEDELTA", "1")

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
LARGEST_DOWNLOAD = 20 * 1024 * 1024


class WrongToken(Exception):
    """The server does not know this token."""


class AnotherCopy(Exception):
    """Somebody else polls with the same token, or a webhook is set."""


class Refused(Exception):
    """The server will not do this, ever: `what` is its reason in small letters."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class JsonFields:
    """Stands in for the library's RequestData where the library itself would read the answer too strictly:
    its `get_updates` fails as a whole, and logs every text, when one update is not as it expects."""

    contains_files = False

    def __init__(self, fields: dict[str, Any]) -> None:
        self.json_payload = json.dumps(fields).encode()


class AiohttpRequest(BaseRequest):
    """The library's seam for a transport of one's own (why: docs/adr/telegram-over-aiohttp.md)."""

    def __init__(self, connections: int, read_timeout: float = 20.0, connect_timeout: float = 10.0) -> None:
        self._transport = Transport(connections)
        self._read = read_timeout
        self._connect = connect_timeout

    @property
    def read_timeout(self) -> float | None:
        return self._read

    async def initialize(self) -> None:
        await self._transport.open()

    async def shutdown(self) -> None:
        await self._transport.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        read = self._read if read_timeout is BaseRequest.DEFAULT_NONE else float(read_timeout or 0)
        connect = self._connect
        try:
            if method == "GET":
                return await self._transport.get(url, connect=connect, read=read)
            if request_data is not None and request_data.contains_files:
                fields, files = request_data.json_parameters, request_data.multipart_data
                uploads: Any = {name: (part[0], part[1], part[2]) for name, part in files.items()}
                return await self._transport.post_files(url, fields, uploads, connect=connect, read=read + 40)
            body = request_data.json_payload if request_data is not None else b"{}"
            return await self._transport.post_json(url, body, connect=connect, read=read)
        except TimedOutError as error:
            raise tg.TimedOut(str(error)) from None
        except Unreachable as error:
            raise tg.NetworkError(str(error)) from None


@asynccontextmanager
async def _in_our_words() -> AsyncIterator[None]:
    """Order matters: most of the library's errors are NetworkErrors too."""
    try:
        yield
    except tg.RetryAfter as error:
        seconds = error.retry_after
        raise TryLater(
            seconds.total_seconds() if isinstance(seconds, timedelta) else seconds, "told to wait", asked=True
        ) from None
    except (tg.Forbidden, tg.ChatMigrated) as error:
        raise GoneForGood(error.message) from None
    except tg.InvalidToken:
        raise WrongToken from None
    except tg.Conflict as error:
        raise AnotherCopy(error.message) from None
    except tg.BadRequest as error:
        raise Refused(error.message.lower()) from None
    except tg.TelegramError as error:
        raise TryLater(0, f"{type(error).__name__}: {error.message}"[:120]) from None


class Door:
    """What Handrail asks of the Bot API. `api_url` is the root of the server, Telegram's or another."""

    def __init__(self, token: str, api_url: str = "https://api.telegram.org", connections: int = 16) -> None:
        root = api_url.rstrip("/")
        self._sending = AiohttpRequest(connections)
        self._polling = AiohttpRequest(2)
        self._bot = Bot(
            token,
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            request=self._sending,
            get_updates_request=self._polling,
        )

    async def open(self) -> None:
        """Opens the pools; nothing is sent yet."""
        await self._sending.initialize()
        await self._polling.initialize()

    async def close(self) -> None:
        await self._sending.shutdown()
        await self._polling.shutdown()

    async def me(self) -> str:
        """The bot's user name."""
        async with _in_our_words():
            return (await self._bot.get_me()).username or ""

    async def updates(self, offset: int, wait: int) -> list[dict[str, Any]]:
        """As the server sent them, so that one that cannot be read takes no other down. `wait` in seconds."""
        async with _in_our_words():
            fields = {"offset": offset, "timeout": wait, "allowed_updates": list(ALLOWED_UPDATES)}
            answer: Any = await self._polling.post(
                f"{self._bot.base_url}/getUpdates",
                JsonFields(fields),  # type: ignore[arg-type]
                read_timeout=wait + 20,
            )
            return [update for update in answer if isinstance(update, dict)]

    async def poll_only(self) -> None:
        """Takes a webhook away; what waits stays."""
        async with _in_our_words():
            await self._bot.delete_webhook(drop_pending_updates=False)

    async def set_webhook(self, url: str, secret: str) -> None:
        async with _in_our_words():
            await self._bot.set_webhook(url, secret_token=secret, allowed_updates=list(ALLOWED_UPDATES))

    async def answer_tap(self, query: str) -> None:
        async with _in_our_words():
            await self._bot.answer_callback_query(query)

    async def delete(self, chat: str, message_id: str) -> None:
        async with _in_our_words():
            await self._bot.delete_message(chat, int(message_id))

    async def send_words(self, chat: str, text: str, buttons: Sequence[TapButton], *, html: bool = True) -> str:
        """Returns the message's id."""
        async with _in_our_words():
            sent = await self._bot.send_message(
                chat,
                text,
                parse_mode="HTML" if html else None,
                reply_markup=_keyboard(buttons),
                disable_web_page_preview=True,
            )
            return str(sent.message_id)

    async def send_picture(
        self, chat: str, picture: bytes | str, name: str, caption: str, buttons: Sequence[TapButton]
    ) -> str:
        """`picture`: its bytes, or the file id of an earlier one. Returns the file id."""
        async with _in_our_words():
            sent = await self._bot.send_photo(
                chat, _file(picture, name), caption or None, parse_mode="HTML", reply_markup=_keyboard(buttons)
            )
            return sent.photo[-1].file_id if sent.photo else ""

    async def send_voice(self, chat: str, voice: bytes | str, name: str, seconds: float) -> str:
        async with _in_our_words():
            sent = await self._bot.send_voice(chat, _file(voice, name), duration=max(1, round(seconds)))
            return sent.voice.file_id if sent.voice else ""

    async def send_file(self, chat: str, data: bytes, name: str) -> None:
        async with _in_our_words():
            await self._bot.send_document(chat, _file(data, name), disable_content_type_detection=True)

    async def download(self, file_id: str) -> bytes:
        """A learner's voice message or photograph, 20 MB at most."""
        async with _in_our_words():
            file = await self._bot.get_file(file_id)
            if (file.file_size or 0) > LARGEST_DOWNLOAD:
                raise Refused("file is too big")
            return bytes(await file.download_as_bytearray())

    async def set_profile(
        self, language: str, *, description: str, about: str, menu: Sequence[tuple[str, str]]
    ) -> None:
        """What the chat shows before it begins, and the command menu. `language` "": for everybody else."""
        code = language or None
        async with _in_our_words():
            await self._bot.set_my_description(description, language_code=code)
            await self._bot.set_my_short_description(about, language_code=code)
            await self._bot.set_my_commands([BotCommand(name, words) for name, words in menu], language_code=code)

    async def show_menu(self) -> None:
        async with _in_our_words():
            await self._bot.set_chat_menu_button(menu_button=MenuButtonCommands())


def _file(content: bytes | str, name: str) -> InputFile | str:
    return content if isinstance(content, str) else InputFile(content, filename=name)


def _keyboard(buttons: Sequence[TapButton]) -> InlineKeyboardMarkup | None:
    if not buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(b.label, url=b.address)
                if b.address
                else InlineKeyboardButton(b.label, callback_data=b.data)
            ]
            for b in buttons
        ]
    )
