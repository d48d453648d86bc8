"""Snapshots: what is kept, and what is never believed."""

from pathlib import Path

import pytest
from msgspec import Struct

from bot.knowledge.snapshot import digests_of, read_snapshot, write_snapshot


class Kept(Struct):
    """Something to keep."""

    words: dict[str, int]


class Other(Struct):
    """Something else."""

    words: dict[str, str]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A snapshot that can be read."""
    file = tmp_path / "cache" / "one.snapshot"
    assert write_snapshot(file, Kept({"a": 1}))
    return file


def test_what_was_written_is_read(path: Path) -> None:
    assert read_snapshot(path, Kept) == Kept({"a": 1})


def test_nothing_else_is_left_in_the_folder(path: Path) -> None:
    write_snapshot(path, Kept({"b": 2}))
    assert [file.name for file in path.parent.iterdir()] == ["one.snapshot"]


def test_a_missing_snapshot_is_none(tmp_path: Path) -> None:
    assert read_snapshot(tmp_path / "none", Kept) is None


@pytest.mark.parametrize("length", [0, 5, 16, 40, 48, -1])
def test_a_truncated_snapshot_is_not_believed(path: Path, length: int) -> None:
    path.write_bytes(path.read_bytes()[:length])
    assert read_snapshot(path, Kept) is None


def test_a_snapshot_with_any_changed_byte_is_not_believed(path: Path) -> None:
    content = path.read_bytes()
    for index in range(len(content)):
        changed = bytearray(content)
        changed[index] ^= 1
        path.write_bytes(changed)
        assert read_snapshot(path, Kept) is None


def test_a_snapshot_of_other_types_is_not_believed(path: Path) -> None:
    assert read_snapshot(path, Other) is None


def test_a_folder_that_cannot_be_written_means_no_snapshot(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert not write_snapshot(blocked / "one.snapshot", Kept({}))


def test_digests_change_with_one_file_only(five_weeks: Path, tmp_path: Path) -> None:
    before = digests_of(five_weeks, tmp_path)
    assert sum(path.startswith("weeks/") for path in before) == 5
    assert digests_of(five_weeks, tmp_path) == before
