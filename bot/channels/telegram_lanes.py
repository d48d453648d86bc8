"""Order within a chat, and no waiting between chats."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial

Work = Callable[[], Coroutine[None, None, None]]


class Lanes:
    """Runs pieces of work one after the other in each lane, the lanes beside each other."""

    def __init__(self) -> None:
        self._last: dict[int, asyncio.Task[None]] = {}
        self._running: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        """How many pieces of work are not finished."""
        return len(self._running)

    def put(self, lane: int, work: Work) -> asyncio.Task[None]:
        """Start the work once all earlier work of its lane is finished."""
        task = asyncio.create_task(_after(self._last.get(lane), work))
        self._last[lane] = task
        self._running.add(task)
        task.add_done_callback(partial(self._leave, lane))
        return task

    async def finish(self, seconds: float) -> bool:
        """Wait until all work is done, `seconds` at most, then drop the rest; whether all was."""
        if not self._running:
            return True
        _, late = await asyncio.wait(tuple(self._running), timeout=seconds)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=1)
        return not late

    def _leave(self, lane: int, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if self._last.get(lane) is task:
            del self._last[lane]


async def _after(before: asyncio.Task[None] | None, work: Work) -> None:
    if before is not None and not before.done():
        await asyncio.wait((before,))
    await work()
