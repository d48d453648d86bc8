"""Fetching updates so that none is lost: an update is confirmed only when it is done.

Telegram forgets all updates below the offset of a fetch. The offset is therefore the
lowest update that is not done; those behind it come again and are recognised. While
everything is done, the fetch waits at Telegram (long polling); while something is in
work, fetches return at once, so they are spaced out by what gets finished.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from telegram.error import (
    Conflict,
    EndPointNotFound,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channels.telegram_delivery import seconds_to_wait
from bot.channels.telegram_intake import Intake
from bot.channels.telegram_ledger import Ledger, RawUpdate
from bot.errors import IpweekError

log = logging.getLogger(__name__)

Fetch = Callable[[int, int], Awaitable[Sequence[RawUpdate]]]
"""(offset, seconds to wait for something new) → updates, at most `WINDOW` of them."""

WINDOW = 100
"""How many updates Telegram returns at most; as many can be in work at once."""
LONG_POLL_SECONDS = 30
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 0.5
"""Seconds between fetches that bring nothing new while something is in work."""
_PAUSE_WHEN_FULL = 0.15
"""The same while there is little room for new ones and a fetch mostly brings known ones."""
_LONGEST_BACKOFF = 5.0
_CONFLICTS_ENDURED = 8
"""Fetches in a row, about half a minute, in which another bot process may still be ending."""


class AnotherPollerError(IpweekError):
    """Another process fetches this bot's updates; the two would take them from each other."""


class Polling:
    """Fetches until it is told to stop."""

    def __init__(self, fetch: Fetch, intake: Intake, ledger: Ledger) -> None:
        self._fetch = fetch
        self._intake = intake
        self._ledger = ledger
        self._unfinished: dict[int, asyncio.Task[None]] = {}
        self._next = 0
        self._something_done = asyncio.Event()
        self._pause = _FIRST_PAUSE

    async def run(self, alive: Callable[[], None]) -> None:
        """Fetch and hand on until cancelled; `alive` is called after each fetch.

        Raises InvalidToken when Telegram does not know the token (any more) and
        AnotherPollerError when it keeps giving the updates to another process.
        """
        failures = 0
        while True:
            try:
                new = await self._fetch_once()
            except (InvalidToken, EndPointNotFound):
                # The library takes a 401 for a misspelt method here; this one is not.
                raise InvalidToken from None
            except TelegramError as error:
                failures += 1
                await self._recover(error, failures)
                continue
            failures = 0
            alive()
            await self._wait_for_room(new)

    async def confirm(self) -> None:
        """Tell Telegram, as far as it can be reached, what is done; the last act of a run."""
        self._drop_finished()
        try:
            await asyncio.wait_for(self._fetch(self._offset(), 0), timeout=2)
        except (TelegramError, TimeoutError):
            log.info("the last updates could not be confirmed; the next run recognises them")
        else:
            self._ledger.confirmed_below(self._offset())

    async def _fetch_once(self) -> int:
        """Fetch once and hand on what is new; how many updates that were."""
        self._drop_finished()
        offset = self._offset()
        wait = 0 if self._unfinished else LONG_POLL_SECONDS
        updates = await self._fetch(offset, wait)
        self._ledger.confirmed_below(offset)
        new = 0
        for raw in updates:
            update_id = int(raw["update_id"])
            if update_id in self._unfinished:
                continue
            task = self._intake.accept(raw)
            self._next = max(self._next, update_id + 1)
            if task is not None:
                new += 1
                self._unfinished[update_id] = task
                task.add_done_callback(lambda _: self._something_done.set())
        return new

    def _offset(self) -> int:
        return min(self._unfinished, default=self._next)

    def _drop_finished(self) -> None:
        """Forget what is done; work that was cut off counts as unfinished for good."""
        for update_id, task in tuple(self._unfinished.items()):
            if task.done() and not task.cancelled():
                task.result()  # an error here is one that no answer can mend: it ends the run
                del self._unfinished[update_id]

    async def _wait_for_room(self, new: int) -> None:
        """Come back when most of the work is done, or soon when nothing happens."""
        if not self._unfinished:
            self._pause = _FIRST_PAUSE
            return
        self._pause = _FIRST_PAUSE if new else min(2 * self._pause, _LONGEST_PAUSE)
        if len(self._unfinished) > WINDOW // 2:
            self._pause = max(self._pause, _PAUSE_WHEN_FULL)
        enough = len(self._unfinished) // 4
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._pause
        while loop.time() < deadline:
            self._drop_finished()
            if len(self._unfinished) <= enough:
                return
            self._something_done.clear()
            try:
                await asyncio.wait_for(self._something_done.wait(), deadline - loop.time())
            except TimeoutError:
                return

    async def _recover(self, error: TelegramError, failures: int) -> None:
        if isinstance(error, RetryAfter):
            await asyncio.sleep(seconds_to_wait(error))
            return
        if isinstance(error, Conflict):
            if failures > _CONFLICTS_ENDURED:
                raise AnotherPollerError(
                    "Another process is fetching this bot's updates (409 Conflict): stop it first"
                ) from None
            log.warning("another process is fetching this bot's updates; waiting for it to end")
        elif isinstance(error, NetworkError):
            log.warning("Telegram cannot be reached (%s); trying again", type(error).__name__)
        else:
            log.error("fetching updates failed: %s", error.message)
        await asyncio.sleep(min(0.2 * 2**failures, _LONGEST_BACKOFF))
