"""What stands at the page's door: bounds, the same-site check, and headers that keep a browser strict."""

from __future__ import annotations

import ipaddress
import json
from collections import OrderedDict, deque
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MARK = "x-handrail"  # a page of another site cannot send this header without asking first

CONTENT = (
    "default-src 'self'; img-src 'self' blob:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
HEADERS = {
    "content-security-policy": CONTENT,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()",
}


class Refused(Exception):
    """A request that is not served: an HTTP status, and the label that says so to a person."""

    def __init__(self, status: int, why: str, label: str = "trouble") -> None:
        super().__init__(why)
        self.status, self.why, self.label = status, why, label


class Tally:
    """At most `limit` in `seconds` for each key. Times are seconds of any clock that only goes forward."""

    def __init__(self, limit: int, seconds: float, keys: int = 20_000) -> None:
        self._limit, self._seconds, self._keys = limit, seconds, keys
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def allows(self, key: str, now: float) -> bool:
        """Counts this one, unless there were too many."""
        if self.full(key, now):
            return False
        self._seen[key].append(now)
        return True

    def full(self, key: str, now: float) -> bool:
        """Whether there were too many, without counting this one."""
        times = self._seen.setdefault(key, deque())
        self._seen.move_to_end(key)
        while len(self._seen) > self._keys:
            self._seen.popitem(last=False)
        while times and times[0] <= now - self._seconds:
            times.popleft()
        return len(times) >= self._limit


def neighbourhood(request: Request) -> str:
    """Whom a bound counts: an IPv4 address, or the /64 that one IPv6 household has."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else host


def check_same_site(request: Request, public_url: str) -> None:
    """Raises Refused unless our own page's script sent this."""
    check_origin(request, public_url)
    if MARK not in request.headers:
        raise Refused(403, f"The header {MARK} is missing.")


def check_origin(request: Request, public_url: str) -> None:
    """Raises Refused where another site's page sent this."""
    own = {(request.headers.get("host") or "").lower(), urlsplit(public_url).netloc.lower()} - {""}
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.lower() not in own:
        raise Refused(403, "This came from another site.")
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Refused(403, "This came from another site.")


async def body_of(request: Request, limit: int) -> bytes:
    """The whole body. Raises Refused as soon as it is longer than `limit` bytes."""
    said = request.headers.get("content-length", "")
    if said.isdigit() and int(said) > limit:
        raise Refused(413, f"At most {limit} bytes.", "too_large")
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise Refused(413, f"At most {limit} bytes.", "too_large")
        parts.append(part)
    return b"".join(parts)


async def json_of(request: Request, limit: int) -> dict[str, Any]:
    """The body as a flat table. Raises Refused for anything else."""
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        raise Refused(415, "Send application/json.")
    data = await body_of(request, limit)
    try:
        table = json.loads(data)
    except (ValueError, RecursionError):
        raise Refused(400, "The body is no JSON.") from None
    if not isinstance(table, dict):
        raise Refused(400, "The body is no JSON object.")
    return table


class StrictHeaders:
    """Adds HEADERS to every answer; pages and answers are not kept by the browser unless they say so."""

    def __init__(self, app: ASGIApp, *, secure: bool = False) -> None:
        self._app = app
        self._extra = dict(HEADERS)
        if secure:
            self._extra["strict-transport-security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._extra.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        await self._app(scope, receive, with_headers)
