"""Telegram's webhook, to be mounted by the web app: answers 200 only once the update is committed."""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Awaitable, Callable

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.store import StoreError

from .channel import Hears, TelegramChannel

log = logging.getLogger(__name__)
SECRET_HEADER = "x-telegram-bot-api-secret-token"
LARGEST_UPDATE = 1024 * 1024


def telegram_webhook(channel: TelegramChannel, reception: Hears) -> Callable[[Request], Awaitable[Response]]:
    """A handler for POST: 403 without the secret, 413 over 1 MB, 503 where nothing could be noted (Telegram then
    sends it again), else 200."""

    async def handle(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "").encode("latin-1", "replace")
        if not hmac.compare_digest(given, channel.webhook_secret.encode()):
            return Response(status_code=403)
        body = b""
        try:
            async for chunk in request.stream():
                body += chunk
                if len(body) > LARGEST_UPDATE:
                    return Response(status_code=413)
            update = json.loads(body)
        except (ValueError, RecursionError):
            log.warning("Telegram's webhook got something that is no JSON.")
            return Response(status_code=400)
        except ClientDisconnect:
            return Response(status_code=400)
        if isinstance(update, dict):
            try:
                await channel.take([update], reception)
            except StoreError as error:
                log.error("What came in could not be noted and waits at Telegram: %s", error)
                return Response(status_code=503)
        return Response(status_code=200)

    return handle


def webhook_route(path: str, channel: TelegramChannel, reception: Hears) -> Route:
    """The handler at its path, for the web app."""
    return Route(path, telegram_webhook(channel, reception), methods=["POST"])
