"""What the page's script calls: each call bounded, from our own page only, and refused in words."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.web_chat import Chats, message_from_page
from bot.channels.web_doors import Bounds, Clock, KeepUpload, Measure
from bot.channels.web_guard import MARK, Refused, Tally, body_of, check_same_site, json_of, neighbourhood
from bot.channels.web_words import PICTURE_WORDS, Labels, tags
from bot.faults import described
from bot.messages import Message, Tap

log = logging.getLogger(__name__)

COOKIE = "handrail"
CARD_COOKIE = "handrail_card"  # the three picture words, for a reload on a shared computer; gone with the browser
A_YEAR = 365 * 24 * 3600
UPLOADS = {"image": "picture", "audio": "voice", "video": "voice"}  # some recorders call a voice "video/webm"
Answer = Callable[[Request], Awaitable[Response]]


class Api:
    def __init__(
        self,
        chats: Chats,
        labels: Labels,
        bounds: Bounds,
        *,
        measure: Measure,
        public_url: str,
        shared: bool,
        clock: Clock,
        keep_upload: KeepUpload | None = None,
    ) -> None:
        self._keep_upload = keep_upload
        self._chats, self._labels, self._bounds = chats, labels, bounds
        self._measure, self._public_url, self._shared, self._clock = measure, public_url, shared, clock
        self._requests = Tally(bounds.requests_a_minute, 60)
        self._messages = Tally(bounds.messages_a_minute, 60)
        self._new = Tally(bounds.new_chats_an_hour, 3600)
        self._cards = Tally(bounds.card_tries, 600)
        self._all_cards = Tally(bounds.card_tries_by_all, 600)

    def routes(self) -> list[Route]:
        looks = [Route(f"/api/{call.__name__}", self._guarded(call)) for call in (self.now, self.news, self.my_data)]
        acts = (self.open, self.say, self.tap, self.upload, self.card, self.finish)
        return looks + [Route(f"/api/{call.__name__}", self._guarded(call), methods=["POST"]) for call in acts]

    def count(self, request: Request) -> None:
        """Raises Refused where one address asks too much."""
        if not self._requests.allows(neighbourhood(request), time.monotonic()):
            raise Refused(429, "Too many requests in a minute.", "too_fast")

    async def refused(self, request: Request, refused: Exception) -> Response:
        assert isinstance(refused, Refused)
        return JSONResponse({"error": refused.why, "say": self._words(request, refused.label)}, refused.status)

    async def open(self, request: Request) -> Response:
        table = await json_of(request, self._bounds.json_bytes)
        start = str(table.get("start", ""))
        if start and not re.fullmatch(r"[ckl]-[a-z0-9-]{1,64}", start):
            raise Refused(400, "start is c-<centre>, k-<code of a class> or l-<lesson>.")
        token = request.cookies.get(COOKIE, "")
        chat = await self._chats.chat_of(token)
        card = [] if chat is None else await self._card_of(request, chat)
        if chat is None:
            if not self._new.allows(neighbourhood(request), time.monotonic()):
                raise Refused(429, "Too many new chats from this address in one hour.", "full")
            token, chat, card = await self._chats.begin(with_card=table.get("shared") is True)
        languages = [str(table.get("language", ""))[:10], *tags(request.headers.get("accept-language", ""))]
        message = self._message(table, chat, "text", start=start, first=True, locale=next(filter(None, languages), ""))
        answer = JSONResponse(await self._chats.opened(chat, message) | {"card": card})
        self._give_cookie(answer, request, COOKIE, token, for_a_year=not (self._shared or table.get("shared")))
        if card:
            self._give_cookie(answer, request, CARD_COOKIE, "-".join(card))
        return answer

    async def say(self, request: Request) -> Response:
        chat = await self._chat(request)
        table = await json_of(request, self._bounds.json_bytes)
        text = table.get("text")
        if not isinstance(text, str) or not text.strip():
            raise Refused(400, "text is missing.")
        if len(text) > self._bounds.words:
            raise Refused(413, f"At most {self._bounds.words} characters.", "too_long")
        return await self._hear(chat, table, self._message(table, chat, "text", text=text))

    async def tap(self, request: Request) -> Response:
        chat = await self._chat(request)
        table = await json_of(request, self._bounds.json_bytes)
        turn, choice = table.get("turn"), table.get("choice")
        if not isinstance(turn, int) or isinstance(turn, bool) or not isinstance(choice, str) or len(choice) > 60:
            raise Refused(400, "turn is a number and choice a name.")
        return await self._hear(chat, table, self._message(table, chat, "tap", tap=Tap(turn, choice)))

    async def upload(self, request: Request) -> Response:
        """A photograph or a voice message. It is looked at here and now, and never written anywhere, but for whoever
        holds the chat."""
        chat = await self._chat(request)
        kind = UPLOADS.get(request.headers.get("content-type", "").split("/")[0].strip().lower())
        if kind is None:
            raise Refused(415, "Send a picture or a sound.", "not_understood")
        data = await body_of(request, self._bounds.upload_bytes)
        if not data:
            raise Refused(400, "The body is empty.", "not_understood")
        if kind == "picture":
            await self._check_picture(data)
        table = {"id": request.query_params.get("id"), "after": _number(request.query_params.get("after", ""))}
        message = self._message(table, chat, kind)
        if self._keep_upload is not None:
            type = request.headers.get("content-type", "")
            message = replace(message, file=await self._keep_upload(chat, kind, type, data, message.at))
        return await self._hear(chat, table, message)

    async def now(self, request: Request) -> Response:
        chat = await self._chats.chat_of(request.cookies.get(COOKIE, ""))
        if chat is None:
            return JSONResponse({"unknown": True})
        return JSONResponse(await self._chats.now(chat) | {"card": await self._card_of(request, chat)})

    async def news(self, request: Request) -> Response:
        chat = await self._chats.chat_of(request.cookies.get(COOKIE, ""))
        after = _number(request.query_params.get("after", ""))
        return JSONResponse(await self._chats.news(chat, after=after) if chat else {"unknown": True})

    async def my_data(self, request: Request) -> Response:
        """All that is kept of whoever is at this chat now, as a file."""
        kept = await self._chats.my_data(await self._chat(request))
        name = {"Content-Disposition": 'attachment; filename="handrail-what-is-kept.json"'}
        return Response(json.dumps(kept, ensure_ascii=False, indent=2), media_type="application/json", headers=name)

    async def card(self, request: Request) -> Response:
        """Three picture words lead back to a place, on a shared computer."""
        words = (await json_of(request, self._bounds.json_bytes)).get("words")
        if not isinstance(words, list) or len(words) != 3 or not all(word in PICTURE_WORDS for word in words):
            raise Refused(400, "words are three of the picture words.")
        now = time.monotonic()
        if not (self._cards.allows(neighbourhood(request), now) and self._all_cards.allows("all", now)):
            raise Refused(429, "Too many tries.", "card_wait")
        token = await self._chats.come_back(words)
        if token is None:
            raise Refused(404, "No place has these words.", "card_wrong")
        answer = JSONResponse({"ok": True})
        self._give_cookie(answer, request, COOKIE, token)
        self._give_cookie(answer, request, CARD_COOKIE, "-".join(words))
        return answer

    async def finish(self, request: Request) -> Response:
        answer = JSONResponse({"ok": True})
        answer.delete_cookie(COOKIE)
        answer.delete_cookie(CARD_COOKIE)
        return answer

    # Within

    def _guarded(self, answer: Answer) -> Answer:
        async def guarded(request: Request) -> Response:
            try:
                self.count(request)
                check_same_site(request, self._public_url)
                return await answer(request)
            except Refused as refused:
                return await self.refused(request, refused)
            except ClientDisconnect:
                return Response(status_code=499)
            except Exception as error:
                log.error("The chat page could not answer %s: %s", request.url.path, described(error))
                return JSONResponse(
                    {"error": "Something went wrong here.", "say": self._words(request, "trouble")}, 503
                )

        return guarded

    def _words(self, request: Request, label: str) -> str:
        return self._labels(request.headers.get(MARK, "en")[:10])[label]

    async def _hear(self, chat: str, table: dict[str, Any], message: Message) -> Response:
        after = table.get("after")
        return JSONResponse(await self._chats.hear(chat, message, after=after if isinstance(after, int) else 0))

    def _message(self, table: dict[str, Any], chat: str, kind: str, **more: Any) -> Message:
        id = table.get("id")
        if not isinstance(id, str) or not re.fullmatch(r"[A-Za-z0-9-]{8,64}", id):
            raise Refused(400, "id is 8 to 64 letters, digits and hyphens.")
        return message_from_page(id, chat, self._clock(), kind, **more)

    async def _chat(self, request: Request) -> str:
        chat = await self._chats.chat_of(request.cookies.get(COOKIE, ""))
        if chat is None:
            raise Refused(401, "No chat belongs to this browser. Open one first.", "new_page")
        if not self._messages.allows(chat, time.monotonic()):
            raise Refused(429, "Too many messages in a minute.", "too_fast")
        return chat

    async def _check_picture(self, data: bytes) -> None:
        size = await asyncio.to_thread(self._measure, data)
        if size is None:
            raise Refused(415, "This is no picture that can be opened.", "photo_wrong")
        if size[0] * size[1] > self._bounds.pixels:
            raise Refused(413, f"At most {self._bounds.pixels} pixels.", "photo_big")

    async def _card_of(self, request: Request, chat: str) -> list[str]:
        """The picture words that this browser was told, where they are still those of this chat."""
        words = request.cookies.get(CARD_COOKIE, "")[:60].split("-")
        return words if await self._chats.is_card_of(words, chat) else []

    def _give_cookie(
        self, answer: Response, request: Request, name: str, value: str, *, for_a_year: bool = False
    ) -> None:
        answer.set_cookie(
            name, value, max_age=A_YEAR if for_a_year else None, httponly=True, samesite="strict",
            secure=request.url.scheme == "https" or self._public_url.startswith("https:"),
        )  # fmt: skip


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 16 else 0
