"""Work that a second process does while this one goes on with something else.

Reading and checking thousands of entries keeps one core busy for seconds; a copy of this
process takes over a part of that and sends back what it found. Where there can be no copy
(one core, other threads, Windows), the work is done when its result is asked for, and so it
is when the copy fails: whatever is wrong comes up here, where it can be told.
"""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar

from msgspec import DecodeError, ValidationError, msgpack

T = TypeVar("T")


class Beside(Generic[T]):
    """A piece of work, begun at once."""

    def __init__(self, work: Callable[[], T], *, worth_it: bool = True) -> None:
        """`worth_it`: False where a second process would cost more than it saves."""
        self._work = work
        self._child = _begun(work) if worth_it and _can_fork() else None

    def result(self, kind: type[T]) -> T:
        """What the work came to; of a type that MessagePack can carry."""
        child, self._child = self._child, None
        if child is not None:
            process, pipe = child
            with os.fdopen(pipe, "rb") as sent:
                content = sent.read()
            os.waitpid(process, 0)
            with suppress(DecodeError, ValidationError):
                return msgpack.decode(content, type=kind)
        return self._work()


def _can_fork() -> bool:
    """Whether a copy of this process is safe, and has a core of its own."""
    return hasattr(os, "fork") and (os.cpu_count() or 1) > 1 and threading.active_count() == 1


def _begun(work: Callable[[], object]) -> tuple[int, int]:
    """The process that does the work, and the end of the pipe from which its result is read."""
    receiving, sending = os.pipe()
    process = os.fork()
    if process:
        os.close(sending)
        return process, receiving
    try:
        os.close(receiving)
        content = msgpack.encode(work())
        with os.fdopen(sending, "wb") as pipe:
            pipe.write(content)
    finally:
        os._exit(0)  # nothing that belongs to the first process is written or closed twice
