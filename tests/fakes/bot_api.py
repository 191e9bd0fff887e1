"""A Bot API server of our own, over real HTTP, that refuses what Telegram refuses.

In a test: `async with BotApi() as api: ...` and hand `api.url` to the program as TELEGRAM_API_URL. By itself:
`python -m tests.fakes.bot_api --port 8081`, with a learner played over HTTP under /learner/.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
from collections.abc import Mapping
from typing import Any

from aiohttp import ClientSession, ClientTimeout, web

from .bot_api_learner import Learners
from .bot_api_methods import METHODS
from .bot_api_rules import Refusal, bad_request, too_many
from .bot_api_state import Fault, World

TOKEN = "4242:AAtest-token-of-the-fake-server"
ANSWERS_WITHIN = 50


class BotApi(Learners):
    def __init__(self, token: str = TOKEN, username: str = "handrail_test_bot") -> None:
        bot_id = int(token.split(":")[0])
        bot = {"id": bot_id, "is_bot": True, "first_name": "Handrail", "username": username}
        super().__init__(World(bot))
        self.token = token
        self.url = ""
        self.poller: object | None = None
        self._runner: web.AppRunner | None = None
        self._posting: asyncio.Task[None] | None = None
        self.webhook_answers: list[int] = []

    async def start(self, port: int = 0) -> BotApi:
        app = web.Application(client_max_size=60 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{kind}/{file_id}", self._download)
        self.add_desk(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def stop(self) -> None:
        if self._posting:
            self._posting.cancel()
        if self._runner:
            await self._runner.cleanup()

    async def __aenter__(self) -> BotApi:
        return await self.start()

    async def __aexit__(self, *error: object) -> None:
        await self.stop()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"].lower()
        try:
            self._check_token(request.match_info["token"])
            fields, files = await _read(request)
            chat = _number(fields.get("chat_id"))
            fault = self.world.fault(request.match_info["method"], chat)
            if fault and fault.kind == "slow":
                await asyncio.sleep(fault.seconds)
            if fault and fault.kind == "before":
                return _cut(request)
            if fault and fault.kind == "429":
                raise too_many(int(fault.seconds))
            if fault and fault.kind in ("500", "502"):
                raise Refusal(int(fault.kind), "Internal Server Error" if fault.kind == "500" else "Bad Gateway")
            self.world.calls.append((request.match_info["method"], dict(fields)))
            result = await self._carry_out(name, fields, files)
            if fault and fault.kind == "after":
                return _cut(request)
            return web.json_response({"ok": True, "result": result})
        except Refusal as refusal:
            return web.json_response(refusal.body(), status=refusal.code)

    def _check_token(self, token: str) -> None:
        if ":" not in token:
            raise Refusal(404, "Not Found")
        if token != self.token:
            raise Refusal(401, "Unauthorized")

    async def _carry_out(self, name: str, fields: Mapping[str, str], files: Mapping[str, bytes]) -> Any:
        if name == "getupdates":
            return await self._get_updates(fields)
        if name == "setwebhook":
            return self._set_webhook(fields)
        if name == "deletewebhook":
            return self._delete_webhook(fields)
        if name == "getwebhookinfo":
            return {
                "url": self.world.webhook.get("url", ""),
                "has_custom_certificate": False,
                "pending_update_count": len(self.world.updates.waiting),
            }
        if name not in METHODS:
            raise Refusal(404, "Not Found: method not found")
        return METHODS[name](self.world, fields, files)

    async def _get_updates(self, fields: Mapping[str, str]) -> list[dict[str, Any]]:
        if self.world.webhook.get("url"):
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete it first",
            )
        me = self.poller = object()
        updates = self.world.updates
        if "allowed_updates" in fields:
            updates.allowed = json.loads(fields["allowed_updates"] or "[]")
        updates.confirm(_number(fields.get("offset")))
        loop = asyncio.get_running_loop()
        until = loop.time() + min(_number(fields.get("timeout")), ANSWERS_WITHIN)
        while not updates.waiting and (left := until - loop.time()) > 0:
            updates.came.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(updates.came.wait(), min(left, 0.5))
            if self.poller is not me:
                raise Refusal(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                )
        return updates.first(_number(fields.get("limit")) or 100)

    def _set_webhook(self, fields: Mapping[str, str]) -> bool:
        url = fields.get("url", "")
        if url and not url.startswith(("https://", "http://127.0.0.1")):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if "allowed_updates" in fields:
            self.world.updates.allowed = json.loads(fields["allowed_updates"])
        self.world.webhook = {"url": url, "secret": fields.get("secret_token", "")}
        if fields.get("drop_pending_updates") == "true":
            self.world.updates.waiting.clear()
        if url and not self._posting:
            self._posting = asyncio.create_task(self._post_updates())
        return True

    def _delete_webhook(self, fields: Mapping[str, str]) -> bool:
        self.world.webhook = {}
        if self._posting:
            self._posting.cancel()
            self._posting = None
        if fields.get("drop_pending_updates") == "true":
            self.world.updates.waiting.clear()
        return True

    async def _post_updates(self) -> None:
        """Posts each update to the webhook, again and again until it answers 200."""
        updates = self.world.updates
        async with ClientSession(timeout=ClientTimeout(total=10)) as session:
            while True:
                if not updates.waiting:
                    updates.came.clear()
                    await updates.came.wait()
                update = updates.waiting[0]
                headers = {"X-Telegram-Bot-Api-Secret-Token": self.world.webhook["secret"]}
                try:
                    async with session.post(self.world.webhook["url"], json=update, headers=headers) as answer:
                        status = answer.status
                except Exception:
                    status = 0
                self.webhook_answers.append(status)
                if status == 200 and updates.waiting and updates.waiting[0] is update:
                    updates.waiting.popleft()
                elif status != 200:
                    await asyncio.sleep(0.1)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request.match_info["token"])
        except Refusal as refusal:
            return web.json_response(refusal.body(), status=refusal.code)
        known = self.world.files.get(request.match_info["file_id"])
        return web.Response(body=known[1]) if known else web.Response(status=404)

    def fail(self, kind: str, method: str = "", *, chat: int = 0, times: int = 1, seconds: float = 1.0) -> None:
        """Orders a fault, see `Fault`."""
        self.world.faults.append(Fault(kind, method, chat, times, seconds))


def _cut(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


async def _read(request: web.Request) -> tuple[dict[str, str], dict[str, bytes]]:
    """Fields and files, however they were sent: query, form, JSON or multipart."""
    fields: dict[str, str] = dict(request.query)
    files: dict[str, bytes] = {}
    if request.content_type == "application/json":
        body = await request.json()
        fields |= {key: value if isinstance(value, str) else json.dumps(value) for key, value in body.items()}
    elif request.method == "POST":
        for key, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[key] = value.file.read()
            elif isinstance(value, (bytes, bytearray)):
                files[key] = bytes(value)
            else:
                fields[key] = value
    return fields, files


def _number(text: str | None) -> int:
    try:
        return int(float(text or 0))
    except ValueError:
        return 0


async def _serve(port: int) -> None:
    api = await BotApi().start(port)
    print(f"{api.url} {api.token}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="A Bot API server for tests.")
    parser.add_argument("--port", type=int, default=0)
    asyncio.run(_serve(parser.parse_args().port))
