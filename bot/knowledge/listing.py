"""The files of a knowledge folder: what there is, and whether a file still looks the same.

Ten thousand files are listed at every look, and a Path for each would take most of the time.
So this is the one module of the core that uses `os`, for files and nothing else.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class Looks(NamedTuple):
    """What can be seen of a file without reading it."""

    size: int
    changed: int
    """Time of the last change, in nanoseconds."""
    inode: int
    """Which file it is on the disk."""


def week_files(folder: Path) -> list[tuple[str, str]]:
    """The files of weeks: their paths in the folder and on the disk, by year and name."""
    found = []
    for year in sorted(_entries(folder / "weeks"), key=lambda entry: entry.name):
        names = (entry.name for entry in _entries(year) if _is_read(entry.name))
        found += [(f"weeks/{year.name}/{name}", f"{year.path}/{name}") for name in sorted(names)]
    return found


def yaml_files(folder: Path) -> Iterator[str]:
    """The paths on the disk of all YAML files in a folder and in the folders in it."""
    for root, _, names in os.walk(folder):
        yield from (f"{root}/{name}" for name in names if name.endswith((".yaml", ".yml")))


def looks_of(path: str) -> Looks:
    """How a file looks now.

    Raises:
        OSError: it is gone, or cannot be looked at.

    """
    state = os.stat(path)  # noqa: PTH116 -- see above
    return Looks(state.st_size, state.st_mtime_ns, state.st_ino)


def _entries(folder: Path | os.DirEntry[str]) -> list[os.DirEntry[str]]:
    """What is in a folder; nothing where there is none."""
    with suppress(OSError), os.scandir(folder) as entries:
        return list(entries)
    return []


def _is_read(name: str) -> bool:
    return name.endswith(".yaml") and not name.startswith(".")
