"""The bot as a process of its own, the way it runs for real."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Self

from tests.telegram_server.server import TOKEN, TelegramServer

ROOT = Path(__file__).resolve().parents[2]
_KEPT = ("PATH", "HOME", "LANG", "IPWEEK_CACHE")
RUN = (sys.executable, "-m", "bot", "run")


class BotProcess:
    """`python -m bot run` against a test server; `with BotProcess(server) as bot:`."""

    def __init__(
        self, server: TelegramServer | None, folder: Path, command: tuple[str, ...] = RUN,
        **settings: str,
    ) -> None:  # fmt: skip
        self.folder = folder
        self.log = folder / "log"
        self._command = command
        kept = {key: os.environ[key] for key in _KEPT if key in os.environ}
        self._environment = {
            **kept,
            "PYTHONPATH": str(ROOT),
            "STATE_FOLDER": str(folder / "state"),
            "TELEGRAM_BOT_TOKEN": TOKEN,
            **({"TELEGRAM_API_URL": server.url} if server is not None else {}),
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None and self._process.poll() is None:
            self.kill()

    def start(self) -> None:
        """Start it, again if it has ended; what it prints is appended to the log."""
        assert self._process is None or self._process.poll() is not None, "it is running"
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=self.folder, env=self._environment, stdout=log, stderr=log
            )

    def kill(self) -> None:
        """SIGKILL: it gets no chance to do anything."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(10)

    def stop(self, seconds: float = 12) -> int:
        """SIGTERM; the exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(seconds)

    def exit_code(self, seconds: float = 30) -> int:
        """Wait until it ends by itself."""
        assert self._process is not None
        return self._process.wait(seconds)

    def printed(self) -> str:
        """All that it has printed."""
        return self.log.read_text(encoding="utf-8", errors="replace")


def temporary_folder() -> Path:
    """A folder of its own for a process outside pytest."""
    return Path(tempfile.mkdtemp())
