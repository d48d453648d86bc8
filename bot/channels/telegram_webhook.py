"""Updates that Telegram delivers: acknowledged only when they are done.

Telegram delivers again whatever is not answered with 200, so a request stays open
until its update is dealt with, and is answered with 503 when the bot stops before.
"""

import asyncio
import hmac
import json
import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot.channels.telegram_intake import Intake
from bot.channels.telegram_ledger import Ledger

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
_LARGEST_UPDATE = 4 * 1024 * 1024
_PATIENCE_SECONDS = 55.0
"""Telegram gives a delivery up after about a minute and repeats it."""
_KEPT_IN_LEDGER = 2_000
"""So far back, counted in update ids, an update may be delivered again."""

Fatal = Callable[[BaseException], None]


class Deliveries:
    """Answers Telegram's deliveries."""

    def __init__(self, intake: Intake, ledger: Ledger, secret: str, fatal: Fatal) -> None:
        """`fatal` is told of an error that no other delivery can mend."""
        self._intake = intake
        self._ledger = ledger
        self._secret = secret.encode()
        self._fatal = fatal

    async def receive(self, request: web.Request) -> web.Response:
        """Deal with a delivery; 200 when its update is done, 403 without the right secret."""
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, self._secret):
            return _status(HTTPStatus.FORBIDDEN)
        raw = _update_in(await request.read())
        if raw is None:
            return _status(HTTPStatus.BAD_REQUEST)
        self._ledger.confirmed_below(raw["update_id"] - _KEPT_IN_LEDGER)
        return _status(await self._deal_with(raw))

    async def _deal_with(self, raw: dict[str, Any]) -> HTTPStatus:
        task = self._intake.accept(raw)
        if task is None:
            return HTTPStatus.OK
        done, _ = await asyncio.wait((task,), timeout=_PATIENCE_SECONDS)
        if not done or task.cancelled():
            return HTTPStatus.SERVICE_UNAVAILABLE
        error = task.exception()
        if error is not None:
            self._fatal(error)
            return HTTPStatus.SERVICE_UNAVAILABLE
        return HTTPStatus.OK


async def serve(deliveries: Deliveries, listen: str, port: int) -> web.AppRunner:
    """Start listening; `cleanup()` of what is returned ends it.

    Any path is served: a proxy may have changed it, and the secret is what counts.
    Raises OSError when the address is taken.
    """
    application = web.Application(client_max_size=_LARGEST_UPDATE)
    application.router.add_post("/{path:.*}", deliveries.receive)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, listen, port).start()
    return runner


def _status(code: HTTPStatus) -> web.Response:
    return web.Response(status=code)


def _update_in(body: bytes) -> dict[str, Any] | None:
    try:
        raw = json.loads(body)
    except ValueError:
        return None
    if isinstance(raw, dict) and isinstance(raw.get("update_id"), int):
        return raw
    return None
