"""The files of a knowledge folder, listed fast: ten thousand of them at every look."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


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


def _entries(folder: Path | os.DirEntry[str]) -> list[os.DirEntry[str]]:
    """What is in a folder; nothing where there is none."""
    with suppress(OSError), os.scandir(folder) as entries:
        return list(entries)
    return []


def _is_read(name: str) -> bool:
    return name.endswith(".yaml") and not name.startswith(".")
