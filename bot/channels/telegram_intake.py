"""Every update exactly once, whichever way it came and however often."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from cachetools import LRUCache
from telegram import Bot, Update

from bot.channels.telegram_lanes import Lanes
from bot.channels.telegram_ledger import Ledger, RawUpdate, identity
from bot.channels.telegram_pace import Pace
from bot.channels.telegram_reading import lane_of

log = logging.getLogger(__name__)

_BEGUN_AT_ONCE = 3
"""While one answer is on its way the next ones are thought out, but not all that are due."""
_QUICK_SECONDS = 0.05
_STEPS_TO_SEND = 4
"""Turns of the event loop until a request that may be sent is on its way."""

Answer = Callable[[Update], Awaitable[None]]
"""Deals with an update; it returns when the answer is accepted or refused for good."""


class Intake:
    """Hands each update to its chat's lane once and says when it is done."""

    def __init__(self, bot: Bot, answer: Answer, ledger: Ledger) -> None:
        self._bot = bot
        self._answer = answer
        self._ledger = ledger
        self._lanes = Lanes()
        self._pace = Pace(_BEGUN_AT_ONCE, _QUICK_SECONDS)
        self._in_work: dict[str, asyncio.Task[None]] = {}
        self._done: LRUCache[str, bool] = LRUCache(maxsize=10_000)

    def __len__(self) -> int:
        """How many updates are in work."""
        return len(self._lanes)

    def accept(self, raw: RawUpdate) -> asyncio.Task[None] | None:
        """The work on the update; None when it is done already.

        The same update comes again when Telegram has not seen that it is done; then
        the work that is going on is returned.
        """
        key = identity(raw)
        if key in self._done or self._ledger.holds(raw):
            return None
        if key in self._in_work:
            return self._in_work[key]
        update = self._parsed(raw)
        if update is None:
            self._done[key] = True
            return None
        task = self._lanes.put(lane_of(update), lambda: self._work(update, raw))
        self._in_work[key] = task
        task.add_done_callback(lambda _: self._in_work.pop(key, None))
        return task

    async def finish(self, seconds: float) -> bool:
        """Let what is in work come to its end, `seconds` at most; whether all of it did."""
        return await self._lanes.finish(seconds)

    async def _work(self, update: Update, raw: RawUpdate) -> None:
        async with self._pace.turn():
            # What is ready to be sent goes out first, so that Telegram works while we do.
            for _ in range(_STEPS_TO_SEND):
                await asyncio.sleep(0)
            await self._answer(update)
        self._done[identity(raw)] = True
        self._ledger.record(raw)

    def _parsed(self, raw: RawUpdate) -> Update | None:
        try:
            return Update.de_json(_mutable(raw), self._bot)
        except Exception as error:  # noqa: BLE001 - a broken update must not stop all others
            # Not log.exception: the error's text may quote what somebody wrote.
            kind = type(error).__name__
            log.error("update %s is malformed: %s", raw.get("update_id"), kind)  # noqa: TRY400
            return None


def _mutable(raw: RawUpdate) -> dict[str, Any]:
    return dict(raw)
