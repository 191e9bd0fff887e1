"""HTTP to a Bot API server, on aiohttp. It knows nothing of bots and lets no address out: they hold the token."""

from __future__ import annotations

import urllib.request
from collections.abc import Mapping
from urllib.parse import urlsplit

import aiohttp

UploadParts = Mapping[str, tuple[str, bytes, str]]  # field -> (file name, content, type)


class Unreachable(Exception):
    """No answer came. The message names the kind of error and no address."""


class TimedOutError(Unreachable):
    """The answer did not come in time."""


class Transport:
    """One pool of connections. `connections`: how many at once to the server."""

    def __init__(self, connections: int = 16) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None
        self._proxies: dict[str, str | None] = {}

    async def open(self) -> None:
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300, keepalive_timeout=50)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def post_json(self, url: str, body: bytes, *, connect: float, read: float) -> tuple[int, bytes]:
        """Status and body. Raises Unreachable."""
        return await self._request("POST", url, body, {"Content-Type": "application/json"}, connect, read)

    async def post_files(
        self, url: str, fields: Mapping[str, str], files: UploadParts, *, connect: float, read: float
    ) -> tuple[int, bytes]:
        """The same with files, as multipart."""
        form = aiohttp.FormData()
        for name, value in fields.items():
            form.add_field(name, value)
        for name, (file_name, content, content_type) in files.items():
            form.add_field(name, content, filename=file_name, content_type=content_type)
        return await self._request("POST", url, form, {}, connect, read)

    async def get(self, url: str, *, connect: float, read: float) -> tuple[int, bytes]:
        return await self._request("GET", url, None, {}, connect, read)

    async def _request(
        self, method: str, url: str, data: object, headers: Mapping[str, str], connect: float, read: float
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise Unreachable("the connection is closed")
        timeout = aiohttp.ClientTimeout(total=connect + read, sock_connect=connect)
        proxy = self._proxy(url)
        try:
            async with self._session.request(
                method, url, data=data, headers=headers, timeout=timeout, proxy=proxy, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError:
            raise TimedOutError("no answer in time") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise Unreachable(type(error).__name__) from None

    def _proxy(self, url: str) -> str | None:
        """The proxy that the environment names for this host; asked once a host."""
        parts = urlsplit(url)
        host = parts.netloc
        if host not in self._proxies:
            bypass = urllib.request.proxy_bypass(parts.hostname or "")
            self._proxies[host] = None if bypass else urllib.request.getproxies().get(parts.scheme)
        return self._proxies[host]
