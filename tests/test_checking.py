"""The whole check: what was found is kept, but never longer than it is true."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import checking
from bot.assembly import build_assistant
from bot.checking import find_problems
from bot.examination import Examiner

WEEK = "weeks/2020/qinghai.yaml"


@pytest.fixture
def folder(five_weeks: Path, tmp_path: Path) -> Path:
    """A knowledge folder of five weeks that may be changed."""
    return shutil.copytree(five_weeks, tmp_path / "knowledge")


def change(path: Path, old: str, new: str) -> None:
    """Put something else into a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def a_wrong_kind(folder: Path) -> None:
    """Found by the audit."""
    change(folder / WEEK, "kinds: [", "kinds: [no-such-kind, ")


def a_broken_line(folder: Path) -> None:
    """Found while reading."""
    change(folder / WEEK, "region: qinghai", "region qinghai")


def a_broken_question(folder: Path) -> None:
    """Found by asking."""
    path = folder / WEEK
    path.write_text(f"{path.read_text('utf-8')}  - ask: Who won the football match?\n", "utf-8")


def a_stray_file(folder: Path) -> None:
    """Found by its name."""
    (folder / "weeks" / "qinghai.yaml").write_text("")


def a_near_phrase(folder: Path) -> None:
    """Found in the vocabulary."""
    change(folder / "vocabulary" / "ambiguous.yaml", "tagline, ", "")


def a_broken_wording(folder: Path) -> None:
    """Found in the texts of the Telegram channel."""
    (folder / "channels").mkdir()
    (folder / "channels" / "telegram.yaml").write_text("welcom: {en: hello}\n")


CHANGES = (
    a_wrong_kind, a_broken_line, a_broken_question, a_stray_file, a_near_phrase, a_broken_wording,
)  # fmt: skip


@pytest.mark.parametrize("spoil", CHANGES)
def test_a_change_is_noticed_whatever_is_kept(
    folder: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    cache = tmp_path / "cache"
    build_assistant(folder, cache=cache)
    good = find_problems(folder, cache=cache)
    spoil(folder)
    found = find_problems(folder, cache=cache)
    assert found != good
    assert found == find_problems(folder, cache=cache) == tuple(find_problems(folder))


@pytest.mark.parametrize("spoil", CHANGES[:-1])
def test_two_processes_find_what_one_finds(folder: Path, spoil: Callable[[Path], None]) -> None:
    spoil(folder)
    assert tuple(find_problems(folder)) == Examiner(folder).examine().problems


def test_of_the_same_files_nothing_is_checked_twice(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_wrong_kind(folder)
    found = find_problems(folder, cache=tmp_path / "cache")
    monkeypatch.setattr(checking, "_look_closely", lambda *_: pytest.fail("checked again"))
    assert find_problems(folder, cache=tmp_path / "cache") == found != ()


def test_a_cache_that_cannot_be_written_changes_nothing(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, not a folder")
    a_wrong_kind(folder)
    assert find_problems(folder, cache=tmp_path / "cache") == tuple(find_problems(folder))
