"""How far the loading of knowledge is, told week by week to whoever shows it."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Gets what is done with the weeks ("read", "indexed"), with how many, and of how many."""


def unseen(step: str, done: int, count: int) -> None:
    """Progress that nobody looks at."""
