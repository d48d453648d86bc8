"""Work that a second process does: the result is the same, and a failure comes up here."""

import os
import threading

import pytest

from bot.beside import Beside


@pytest.mark.parametrize("worth_it", [True, False])
def test_the_result_comes_back(worth_it: bool) -> None:
    assert Beside(lambda: {"a": [1, 2]}, worth_it=worth_it).result(dict[str, list[int]]) == {
        "a": [1, 2]
    }


def test_more_than_a_pipe_holds_comes_back() -> None:
    assert len(Beside(lambda: "x" * 3_000_000).result(str)) == 3_000_000


def test_what_fails_there_fails_here() -> None:
    def work() -> str:
        raise ValueError("no such thing")

    with pytest.raises(ValueError, match="no such thing"):
        Beside(work).result(str)


def test_work_of_a_process_that_dies_is_done_here() -> None:
    here = os.getpid()

    def work() -> str:
        if os.getpid() != here:
            os._exit(3)
        return "done"

    assert Beside(work).result(str) == "done"


def test_beside_other_threads_no_process_is_copied() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert Beside(os.getpid).result(int) == os.getpid()
    finally:
        stop.set()
        thread.join()
