"""The two ways in which updates come, each from its first call to its last."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import Any

from telegram import Bot
from telegram.constants import UpdateType
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.channels.telegram_delivery import seconds_to_wait
from bot.channels.telegram_intake import Intake
from bot.channels.telegram_ledger import RawUpdate
from bot.channels.telegram_polling import WINDOW, Polling
from bot.channels.telegram_state import RunState
from bot.channels.telegram_webhook import Deliveries, serve
from bot.errors import SettingsProblem
from bot.settings import Webhook

log = logging.getLogger(__name__)

UPDATES_WANTED = [
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CALLBACK_QUERY,
    UpdateType.INLINE_QUERY,
    UpdateType.MY_CHAT_MEMBER,
]
FINISH_SECONDS = 8.0
"""How long work may go on after SIGTERM; with saying goodbye it stays below ten."""
_SILENCE_SECONDS = 5.0
_LONGEST_PAUSE = 5.0


async def poll(
    bot: Bot, intake: Intake, state: RunState, alive: Callable[[], None], stop: asyncio.Event
) -> None:
    """Fetch updates until `stop`, then finish what is in work and tell Telegram."""

    async def fetch(offset: int, wait: int) -> list[RawUpdate]:
        wanted = {
            "offset": offset,
            "timeout": wait,
            "limit": WINDOW,
            "allowed_updates": UPDATES_WANTED,
        }
        updates: list[RawUpdate] = await bot.do_api_request(
            "getUpdates", api_kwargs=wanted, read_timeout=wait + _SILENCE_SECONDS
        )
        return updates

    await done_before(stop, asyncio.create_task(persistently(bot.delete_webhook)))
    polling = Polling(fetch, intake, state.ledger)
    if stop.is_set():
        return
    await done_before(stop, asyncio.create_task(polling.run(alive)))
    await intake.finish(FINISH_SECONDS)
    await polling.confirm()


async def receive(
    webhook: Webhook, bot: Bot, intake: Intake, state: RunState, stop: asyncio.Event
) -> None:
    """Take deliveries until `stop`, then finish what is in work."""
    failures: list[BaseException] = []

    def fatal(error: BaseException) -> None:
        failures.append(error)
        stop.set()

    deliveries = Deliveries(intake, state.ledger, webhook.secret, fatal)
    server = await serve(deliveries, webhook.listen, webhook.port)
    try:
        await done_before(stop, asyncio.create_task(persistently(partial(_register, bot, webhook))))
        await stop.wait()
        await intake.finish(FINISH_SECONDS)
    finally:
        await server.cleanup()
    if failures:
        raise failures[0]


async def _register(bot: Bot, webhook: Webhook) -> None:
    try:
        await bot.set_webhook(
            webhook.url, secret_token=webhook.secret, allowed_updates=UPDATES_WANTED
        )
    except BadRequest as error:
        raise SettingsProblem(
            f"TELEGRAM_WEBHOOK_URL was refused by Telegram: {error.message}"
        ) from None


async def done_before(stop: asyncio.Event, work: "asyncio.Task[Any]") -> bool:
    """Wait for the work or for the signal to stop, which ends it; whether it was done.

    Raises whatever the work raises.
    """
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait((stopping, work), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if work.done():
        work.result()
        return True
    work.cancel()
    with suppress(asyncio.CancelledError):
        await work
    return False


async def persistently(call: Callable[[], Coroutine[Any, Any, object]]) -> None:
    """Make a call of the start until it is accepted; a missing network is waited for."""
    pause = 0.2
    while True:
        try:
            await call()
        except RetryAfter as error:
            await asyncio.sleep(seconds_to_wait(error))
        except BadRequest:
            raise
        except NetworkError as error:
            log.warning("Telegram cannot be reached (%s); trying again", type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        else:
            return
