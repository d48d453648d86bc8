"""How calls travel to Telegram: the library's HTTP layer on aiohttp, one message at a time.

aiohttp takes a third of the time of the library's default per call, and that time is
most of an answer's.

When the process is killed, a message may be accepted without the bot having learnt
of it; the next run sends it again. So that this concerns one message and not all
that are due, a message is sent only when the one before is confirmed. A confirmation
that takes its time is not waited for: above 30 messages a second Telegram's own limit
would hold, and a chat in which nothing moves must not hold up the others.
"""

from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.channels.telegram_pace import Pace

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_CONNECTIONS = 256
_CONFIRMED_WITHIN = 0.03
"""Seconds after which the next message goes out anyway; 33 messages a second."""
_POSTING = ("/sendMessage", "/sendDocument")
_CONNECT_SECONDS = 5.0
_READ_SECONDS = 15.0


class NoNetworkError(NetworkError):
    """Telegram was not reached, or hung up before it said anything."""


class QuickRequest(BaseRequest):
    """Makes the library's requests; posting ones take turns."""

    def __init__(self, api_url: str) -> None:
        """`api_url` decides whether the environment's proxy is used."""
        self._proxy = _proxy_to(api_url)
        self._session: aiohttp.ClientSession | None = None
        self._pace = Pace(1, _CONFIRMED_WITHIN)

    @property
    def read_timeout(self) -> float:
        """Seconds that Telegram may stay silent, unless a call says otherwise."""
        return _READ_SECONDS

    async def initialize(self) -> None:
        """Get ready to connect."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=_CONNECTIONS)
            self._session = aiohttp.ClientSession(
                connector=connector, cookie_jar=aiohttp.DummyCookieJar()
            )

    async def shutdown(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()

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
        """Make a request: the status code and the body of the response.

        Raises TimedOut when Telegram stays silent and NoNetworkError when it cannot be reached.
        """
        del write_timeout, connect_timeout, pool_timeout  # one limit serves: the silence
        silence = read_timeout if isinstance(read_timeout, int | float) else _READ_SECONDS
        body = _body(request_data)
        try:
            if url.endswith(_POSTING):
                async with self._pace.turn():
                    return await self._exchange(method, url, body, silence)
            return await self._exchange(method, url, body, silence)
        except TimeoutError:
            raise TimedOut from None
        except aiohttp.ClientError as error:
            # Not the error's text: it may hold the address, and with it the token.
            raise NoNetworkError(type(error).__name__) from None

    async def _exchange(
        self, method: str, url: str, body: Any, silence: float
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("initialize() comes before the first request")
        timeout = aiohttp.ClientTimeout(
            total=None, sock_connect=_CONNECT_SECONDS, sock_read=silence
        )
        kind = _FORM if isinstance(body, bytes) else None
        async with self._session.request(
            method, url, data=body, headers=kind, timeout=timeout, proxy=self._proxy
        ) as response:
            return response.status, await response.read()


def _proxy_to(url: str) -> str | None:
    """The environment's proxy for an address; looked up once, not with every request."""
    parts = urlsplit(url)
    if parts.hostname is None or proxy_bypass(parts.hostname):
        return None
    return getproxies().get(parts.scheme)


def _body(request_data: RequestData | None) -> Any:
    if request_data is None:
        return None
    files = request_data.multipart_data
    if not files:
        return request_data.url_encoded_parameters().encode()
    form = aiohttp.FormData(request_data.json_parameters)
    for name, (filename, content, kind) in files.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form
