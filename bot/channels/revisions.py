"""Knowledge folders of another time: a folder as it is, or as git keeps it at a revision."""

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.errors import InputProblem, KnowledgeProblems
from bot.knowledge.changes import changes
from bot.knowledge.loader import KnowledgeFiles, read_parts


def changes_between(old: str, new: str, folder: Path) -> list[str]:
    """What changed from one folder or git revision to another, in words.

    Args:
        folder: the knowledge folder whose revisions are meant.

    Raises:
        InputProblem: one is neither a folder nor a revision.
        KnowledgeProblems: the files of one cannot be read.
    """
    with _folder_of(old, folder) as before, _folder_of(new, folder) as after:
        return changes(_read(before), _read(after))


def _read(folder: Path) -> KnowledgeFiles:
    files, problems = read_parts(folder)
    if problems:
        raise KnowledgeProblems(problems)
    return files


@contextmanager
def _folder_of(name: str, folder: Path) -> Iterator[Path]:
    if Path(name).is_dir():
        yield Path(name)
        return
    with TemporaryDirectory(prefix="ipweek-") as made:
        _unpack(name, folder, Path(made))
        yield Path(made)


def _unpack(revision: str, folder: Path, into: Path) -> None:
    """Write what git keeps of the folder at a revision."""
    if revision.startswith("-"):
        raise InputProblem(f"{revision}: neither a folder nor a git revision")
    command = ["git", "-C", str(folder), "archive", "--format=tar", revision, "."]
    try:
        ended = subprocess.run(command, capture_output=True, check=False, timeout=60)  # noqa: S603 - no shell, and the name is no option
    except (OSError, subprocess.TimeoutExpired):
        raise InputProblem(f"{revision}: no such folder, and git could not be asked") from None
    if ended.returncode != 0:
        raise InputProblem(f"{revision}: neither a folder nor a git revision of {folder}")
    with tarfile.open(fileobj=io.BytesIO(ended.stdout)) as archive:
        archive.extractall(into, filter="data")
