"""A line on the terminal while much knowledge is loaded, and none otherwise."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.assembly import build_assistant
from bot.channels.loading_progress import LoadingProgress


class Terminal(io.StringIO):
    """A screen that says it is one."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def clock(*times: float) -> Callable[[], float]:
    """A clock that shows these times, one after the other."""
    shown: Iterator[float] = iter(times)
    return lambda: next(shown)


def test_nothing_is_shown_within_the_first_second() -> None:
    screen = Terminal()
    with LoadingProgress(screen, clock(0.0, 0.5, 0.9)) as progress:
        progress("read", 10, 10000)
        progress("read", 5000, 10000)
    assert screen.getvalue() == ""


def test_after_a_second_one_line_says_how_far_it_is() -> None:
    screen = Terminal()
    progress = LoadingProgress(screen, clock(0.0, 1.2))
    progress("read", 1200, 10000)
    assert screen.getvalue() == "\rLoading the knowledge: 1,200 of 10,000 weeks read"


def test_the_line_is_not_written_for_every_week() -> None:
    screen = Terminal()
    progress = LoadingProgress(screen, clock(0.0, 1.2, 1.21, 1.4))
    for done in (1200, 1201, 1202):
        progress("read", done, 10000)
    assert screen.getvalue().count("\r") == 2


def test_the_line_is_gone_when_the_knowledge_is_there() -> None:
    screen = Terminal()
    with LoadingProgress(screen, clock(0.0, 1.2)) as progress:
        progress("indexed", 7, 8)
    line, blank, end = screen.getvalue().split("\r")[1:]
    assert (blank, end) == (" " * len(line), "")


def test_a_file_gets_no_progress() -> None:
    screen = io.StringIO()
    with LoadingProgress(screen, clock(0.0, 2.0)) as progress:
        progress("read", 7, 8)
    assert screen.getvalue() == ""


def test_every_week_that_is_read_and_indexed_is_told(five_weeks: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build_assistant(five_weeks, cache=tmp_path, progress=lambda *step: told.append(step))
    expected = [(step, done, 5) for step in ("read", "indexed") for done in range(1, 6)]
    assert told == expected


def test_a_kept_snapshot_needs_no_progress(five_weeks: Path, tmp_path: Path) -> None:
    build_assistant(five_weeks, cache=tmp_path)
    told: list[str] = []
    build_assistant(five_weeks, cache=tmp_path, progress=lambda step, *_: told.append(step))
    assert told == []
