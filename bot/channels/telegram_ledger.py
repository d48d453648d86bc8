"""Which updates were answered although Telegram may deliver them again.

Telegram confirms updates only in order, so when the process is killed, answered ones
that stood behind an unfinished one come back. Their identities, and nothing that
anybody wrote, are therefore kept in a small file until Telegram has confirmed them.
A write reaches the file even if the process is killed right after it.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

RawUpdate = Mapping[str, Any]
"""An update as Telegram's JSON has it."""

_COMPACT_AFTER = 20_000
"""Lines after which the file is written anew with those that still matter."""


def identity(update: RawUpdate) -> str:
    """What makes this very update recognisable: ids and the time, none of the content."""
    words = [str(update.get("update_id"))]
    for kind, content in update.items():
        if isinstance(content, Mapping):
            chat = content.get("chat")
            chat_id = chat.get("id") if isinstance(chat, Mapping) else None
            ids = (content.get("id"), content.get("message_id"), content.get("date"), chat_id)
            words += [kind, *(str(one) for one in ids if one is not None)]
    return ":".join(words).replace("\n", " ")


class Ledger:
    """The identities of answered updates, by update id, in memory and in a file."""

    def __init__(self, path: Path | None) -> None:
        """Continue the file of an earlier run; None keeps nothing beyond this run.

        Raises OSError when the file cannot be read or written.
        """
        self._path = path
        self._answered: dict[str, int] = {}
        self._lines = 0
        self._file = -1
        if path is not None:
            self._open(path)

    def holds(self, update: RawUpdate) -> bool:
        """Whether this update was answered before."""
        return identity(update) in self._answered

    def record(self, update: RawUpdate) -> None:
        """Note that this update is answered."""
        key = identity(update)
        self._answered[key] = int(update["update_id"])
        self._lines += 1
        if self._file >= 0:
            os.write(self._file, f"{key}\n".encode())

    def confirmed_below(self, update_id: int) -> None:
        """Drop what Telegram will never deliver again: every update with a lower id."""
        if not self._answered:
            return
        self._answered = {key: id for key, id in self._answered.items() if id >= update_id}
        if not self._answered:
            if self._file >= 0:
                os.ftruncate(self._file, 0)
            self._lines = 0
        elif self._lines > _COMPACT_AFTER:
            self._compact()

    def close(self) -> None:
        """Close the file; what it holds serves the next run."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _open(self, path: Path) -> None:
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        self._file = os.open(path, flags, 0o600)
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            update_id = line.partition(":")[0]
            if update_id.isdecimal():
                self._answered[line] = int(update_id)
                self._lines += 1

    def _compact(self) -> None:
        if self._path is None:
            return
        self.close()
        fresh = self._path.with_suffix(".new")
        fresh.write_text("".join(f"{key}\n" for key in self._answered), encoding="utf-8")
        fresh.replace(self._path)
        self._answered, self._lines = {}, 0
        self._open(self._path)
