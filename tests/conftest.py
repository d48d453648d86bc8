"""What many tests need: the five weeks of the first articles, and an assistant that knows them."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.answering.assistant import Assistant, Turn
from bot.answering.message import IncomingMessage
from bot.answering.reply import Language
from bot.assembly import PACKAGED_KNOWLEDGE, build_assistant

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
"""When the messages of the tests come in."""
FIVE_WEEKS = (
    "2020/ningxia", "2020/qinghai", "2020/yunnan", "2021/chongqing", "2021/fujian",
)  # fmt: skip
"""Most tests of answers use these only, so that adding a week changes none of them."""

Converse = Callable[..., Turn]


def copy_five_weeks(folder: Path) -> Path:
    """Make a knowledge folder of the five weeks and the whole vocabulary."""
    shutil.copytree(PACKAGED_KNOWLEDGE / "vocabulary", folder / "vocabulary")
    for week in FIVE_WEEKS:
        file = folder / "weeks" / f"{week}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PACKAGED_KNOWLEDGE / "weeks" / f"{week}.yaml", file)
    return folder


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tests and the processes that they start leave the user's cache and history alone."""
    folder = tmp_path_factory.mktemp("home")
    os.environ["IPWEEK_CACHE"] = str(folder / "cache")
    os.environ["XDG_STATE_HOME"] = str(folder / "state")


@pytest.fixture(scope="session")
def five_weeks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge folder with the five weeks; not to be changed."""
    return copy_five_weeks(tmp_path_factory.mktemp("five") / "knowledge")


@pytest.fixture(scope="session")
def assistant(five_weeks: Path) -> Assistant:
    """An assistant that knows the five weeks."""
    return build_assistant(five_weeks)


@pytest.fixture(scope="session")
def assistant_of_all_weeks() -> Assistant:
    """An assistant that knows every week of the project."""
    return build_assistant()


@pytest.fixture(scope="session")
def converse(assistant: Assistant) -> Converse:
    """Asks the turns of a dialogue, such as "theme in Fujian?", "and in Yunnan?"; the last one."""

    def turns(*texts: str, language: Language | None = None) -> Turn:
        state = None
        for text in texts:
            turn = assistant.reply(IncomingMessage(text, "test", NOW, language), state)
            state = turn.state
        return turn

    return turns
