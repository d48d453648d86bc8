"""How many questions came today, and how many of them were refused; numbers only."""

from collections.abc import Callable
from datetime import date, datetime

from bot.answering.reply import Status

REFUSALS = frozenset({Status.NO_DATA, Status.CLARIFY, Status.OUT_OF_SCOPE})
"""Kinds of answers that leave the question open."""


class Tally:
    """Counts from midnight, UTC."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._day: date | None = None
        self._questions = self._refused = 0

    def count(self, status: Status) -> None:
        """One more question."""
        self._turn_page()
        self._questions += 1
        self._refused += status in REFUSALS

    def today(self) -> tuple[int, int]:
        """Questions today, and how many of them were refused."""
        self._turn_page()
        return self._questions, self._refused

    def _turn_page(self) -> None:
        today = self._now().date()
        if today != self._day:
            self._day, self._questions, self._refused = today, 0, 0
