"""The whole check of a knowledge folder, as short as it can be.

Of the very same files nothing is checked twice: what was found is kept in the cache folder.
Otherwise a second process reads files while this one still loads the code that checks them.
"""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

from msgspec import Struct

from bot.assembly import PACKAGED_KNOWLEDGE, cached, code_version, is_ours
from bot.beside import Beside
from bot.errors import KnowledgeProblems, Problem
from bot.knowledge.facts import Week
from bot.knowledge.progress import Progress, unseen
from bot.knowledge.snapshot import read_snapshot, write_snapshot

_ALL_CODE = "**/*.py"


class _Verdict(Struct, frozen=True):
    """What a check found."""

    of: bytes
    """Stands for all files that were checked, and for the code that did it."""
    problems: tuple[Problem, ...]


def find_problems(
    folder: Path, *, cache: Path | None = None, progress: Progress = unseen
) -> Sequence[Problem]:
    """All that is wrong or doubtful in a knowledge folder, as far as it can be read.

    Args:
        folder: holds weeks/ and perhaps vocabulary/.
        cache: where earlier processes kept what they found and made; None: everything is
            read and checked.
        progress: is told how far the weeks are that have to be read and indexed.

    """
    if cache is None:
        return _look_closely(folder, None, progress)
    path, state = cached(folder, cache, "verdict"), _state_of(folder)
    kept = read_snapshot(path, _Verdict) if is_ours(path) else None
    if kept is not None and kept.of == state:
        return kept.problems
    problems = tuple(_look_closely(folder, cache, progress))
    if state and state == _state_of(folder):  # nobody has written while they were read
        write_snapshot(path, _Verdict(state, problems))
    return problems


def _look_closely(folder: Path, cache: Path | None, progress: Progress) -> Sequence[Problem]:
    is_known = cache is not None and cached(folder, cache, "snapshot").is_file()
    weeks = None if is_known else Beside(lambda: _good_weeks(folder))

    from bot.channels.telegram_wording import read_wording
    from bot.examination import Examiner, without_collector

    with without_collector():
        examiner = Examiner(folder, cache, weeks=weeks, only_once=True)
        problems = examiner.examine(progress).problems
        try:
            read_wording(folder)
        except KnowledgeProblems as error:
            return (*problems, *error.problems)
        return problems


def _good_weeks(folder: Path) -> dict[str, Week]:
    """The weeks whose files can be read, by their paths in the folder."""
    from bot.knowledge.loader import read_weeks

    return {file.path: file.week for file in read_weeks(folder)}


def _state_of(folder: Path) -> bytes:
    """Stands for all that a check looks at; empty when a file cannot be read."""
    digest = blake2b(f"{code_version(_ALL_CODE)} {folder}\n".encode(), digest_size=32)
    try:
        for path in _files(folder):
            content = path.read_bytes() if path.is_file() else b""
            digest.update(f"{path} {len(content)}\n".encode("utf-8", "surrogateescape"))
            digest.update(content)
    except OSError:
        return b""
    return digest.digest()


def _files(folder: Path) -> Iterator[Path]:
    for root in (folder, PACKAGED_KNOWLEDGE):
        for part in ("weeks", "vocabulary", "channels"):
            if root is folder or part != "weeks":
                yield from sorted((root / part).rglob("*"))
