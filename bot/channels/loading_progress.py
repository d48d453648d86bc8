"""A line on the terminal while knowledge is loaded, where that takes longer than a moment."""

import time
from collections.abc import Callable
from typing import Self, TextIO

MOMENT = 1.0
"""Seconds for which nothing is shown: most loads are over by then."""
_BETWEEN = 0.1
"""Least seconds between two lines, so that writing them costs nothing."""


class LoadingProgress:
    """Shows progress on one line, and takes the line away at the end."""

    def __init__(self, screen: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        """`screen`: nothing is shown where this is no terminal; `clock` counts seconds."""
        self._screen, self._clock = screen, clock
        self._next = clock() + MOMENT
        self._width = 0

    def __call__(self, step: str, done: int, count: int) -> None:
        """Show how many weeks are done, if it is time to."""
        now = self._clock()
        if now < self._next or not self._screen.isatty():
            return
        self._next = now + _BETWEEN
        line = f"Loading the knowledge: {done:,} of {count:,} weeks {step}"
        self._screen.write("\r" + line.ljust(self._width))
        self._screen.flush()
        self._width = len(line)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._width:
            self._screen.write("\r" + " " * self._width + "\r")
            self._screen.flush()
