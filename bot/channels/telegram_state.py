"""The folder in which a run leaves what the next one needs, and who may use it."""

import hashlib
import logging
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from bot.channels.telegram_ledger import Ledger
from bot.channels.telegram_polling import AnotherPollerError
from bot.settings import Settings

log = logging.getLogger(__name__)

_LOCK_SECONDS = 15.0
"""How long to wait for an earlier process, which has ten seconds to end."""


@dataclass(frozen=True, slots=True)
class RunState:
    """What outlives the process; `close` lets go of it."""

    ledger: Ledger
    lock: FileLock | None

    def close(self) -> None:
        """Let the next process have it."""
        self.ledger.close()
        if self.lock is not None:
            self.lock.release()


def open_state(settings: Settings) -> RunState:
    """Open the folder for this bot alone.

    Without a folder that can be written to the bot works all the same; only after a
    crash some answers may come twice. Raises AnotherPollerError when another process of
    the same bot is running on this machine.
    """
    stem = _stem(settings)
    try:
        folder = _private_folder(settings.state_folder)
        lock = FileLock(folder / f"{stem}.lock")
        ledger_path = folder / f"{stem}.answered"
        _acquire(lock)
        return RunState(Ledger(ledger_path), lock)
    except OSError as error:
        log.warning("no state is kept (%s); set STATE_FOLDER", error.strerror)
        return RunState(Ledger(None), None)


def _acquire(lock: FileLock) -> None:
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            log.warning("another process of this bot is running here; waiting for it to end")
            lock.acquire(timeout=_LOCK_SECONDS)
    except Timeout:
        raise AnotherPollerError(
            "Another process of this bot is running on this machine: stop it first"
        ) from None


def _stem(settings: Settings) -> str:
    """A name for this bot at this server that does not give the token away."""
    bot_id = settings.token.partition(":")[0]
    digest = hashlib.sha256(f"{settings.api_url} {settings.token}".encode()).hexdigest()
    return f"{bot_id}-{digest[:12]}"


def _private_folder(chosen: Path | None) -> Path:
    user = os.getuid() if hasattr(os, "getuid") else 0
    folder = chosen or Path(tempfile.gettempdir(), f"ipweek-bot-{user}")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if chosen is None and hasattr(os, "getuid") and folder.lstat().st_uid != user:
        raise PermissionError(1, "the temporary folder belongs to somebody else")
    return folder
