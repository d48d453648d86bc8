"""Scenarios: the bot as a process of its own, a Bot API server, and people who use it."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.telegram_server.process import RUN, BotProcess
from tests.telegram_server.server import TelegramServer

SCRIPTED = (sys.executable, "-m", "tests.telegram_server.scripted")
"""The channel with an assistant that follows a script, where answers of a certain shape matter."""

Start = Callable[..., BotProcess]


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    """A server of its own; at the end no call may have broken a documented rule."""
    with TelegramServer() as server:
        yield server
    assert server.violations == []


@pytest.fixture
def start(server: TelegramServer, tmp_path: Path) -> Iterator[Start]:
    """Start a bot at the server; it is gone at the end."""
    processes: list[BotProcess] = []

    def starter(*command: str, **settings: str) -> BotProcess:
        process = BotProcess(server, tmp_path, command or RUN, **settings)
        process.start()
        processes.append(process)
        return process

    yield starter
    for process in processes:
        process.__exit__()


@pytest.fixture(scope="module")
def shared_server() -> Iterator[TelegramServer]:
    """One server for the tests of a module, each of which brings its own people."""
    with TelegramServer() as server:
        yield server
    assert server.violations == []


@pytest.fixture(scope="module")
def scripted(
    shared_server: TelegramServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TelegramServer]:
    """That server with a scripted bot at it."""
    with BotProcess(shared_server, tmp_path_factory.mktemp("bot"), SCRIPTED):
        yield shared_server


@pytest.fixture(scope="module")
def real(
    shared_server: TelegramServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TelegramServer]:
    """That server with the bot itself at it."""
    with BotProcess(shared_server, tmp_path_factory.mktemp("bot")):
        yield shared_server
