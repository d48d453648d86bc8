"""Things that take turns, but wait for nobody who is slow."""

import asyncio
from types import TracebackType


class Pace:
    """Lets so many begin at once; one that takes longer than `seconds` no longer counts.

    So work is done at the pace at which it gets finished, and what hangs holds up nothing.
    `async with pace.turn():` is a turn.
    """

    def __init__(self, at_once: int, seconds: float) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._seconds = seconds

    def turn(self) -> "_Turn":
        """A turn to be waited for."""
        return _Turn(self._free, self._seconds)


class _Turn:
    """Holds a place until it ends or has taken too long."""

    def __init__(self, free: asyncio.Semaphore, seconds: float) -> None:
        self._free = free
        self._seconds = seconds
        self._counts = False

    async def __aenter__(self) -> None:
        await self._free.acquire()
        self._counts = True
        self._timer = asyncio.get_running_loop().call_later(self._seconds, self._give_up_place)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        self._give_up_place()

    def _give_up_place(self) -> None:
        if self._counts:
            self._counts = False
            self._free.release()
