"""Puts the bot together: knowledge folder → knowledge base → assistant.

Reading and indexing a folder takes longer than answering. So what was made of it is kept in
the user's cache folder as a snapshot, which counts as long as every knowledge file, the
code and the libraries are the same; files that did not change are not read again.
"""

import gc
import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bot import __version__

if TYPE_CHECKING:
    from bot.answering.assistant import Assistant
    from bot.answering.checked_questions import Examined
    from bot.errors import Problem
    from bot.knowledge.knowledge_base import KnownFiles
    from bot.knowledge.loader import KnowledgeFiles

CODE = Path(__file__).resolve().parent
PACKAGED_KNOWLEDGE = CODE.parent / "knowledge"
"""The knowledge that comes with the bot: beside the code, in a checkout as when installed."""
FORMAT = 1
"""To be raised when what snapshots keep changes in a way that code and types do not show."""


def build_assistant(folder: Path = PACKAGED_KNOWLEDGE, *, cache: Path | None = None) -> "Assistant":
    """The assistant for a knowledge folder.

    Args:
        folder: holds weeks/ and perhaps vocabulary/.
        cache: where snapshots are kept between processes; None keeps none.

    Raises:
        KnowledgeProblems: the folder cannot be used; lists all problems.
    """
    if cache is None:
        return _build(folder)
    # Nothing of what is made here is garbage. Looking for some would take half of the time now,
    # and later on, with 10,000 weeks, let a question wait for 50 ms; so it is set apart. What
    # an earlier assistant left is taken out first.
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
    gc.disable()
    try:
        assistant = _from_snapshot(folder, cache)
        gc.freeze()
        return assistant
    finally:
        gc.enable()


def _from_snapshot(folder: Path, cache: Path) -> "Assistant":
    snapshot = _Snapshot(folder, cache)
    return snapshot.assistant() or snapshot.renewed(_good_files(folder, snapshot.known_files()))


def _build(folder: Path) -> "Assistant":
    return _assembled(_good_files(folder))


def _good_files(folder: Path, known: "KnownFiles | None" = None) -> "KnowledgeFiles":
    from bot.errors import KnowledgeProblems
    from bot.knowledge.audit import audit
    from bot.knowledge.loader import read_knowledge

    files = read_knowledge(folder, known)
    errors = [problem for problem in audit(files) if problem.severity == "error"]
    if errors:
        raise KnowledgeProblems(errors)
    return files


def _assembled(files: "KnowledgeFiles") -> "Assistant":
    from bot.answering.assistant import Assistant
    from bot.knowledge.knowledge_base import build_knowledge_base

    return Assistant(build_knowledge_base(files, knowledge_version(files.folder)))


class _Snapshot:
    """What an earlier process made of a folder, as far as it still holds."""

    def __init__(self, folder: Path, cache: Path) -> None:
        from bot.knowledge.snapshot import digests_of, read_snapshot
        from bot.understanding.compiled import CompiledKnowledge

        place = hashlib.blake2b(os.fsencode(folder.resolve()), digest_size=8).hexdigest()
        self._path = cache / f"{place}.snapshot"
        self._digests = digests_of(folder, PACKAGED_KNOWLEDGE)
        self._code = _code_version()
        kept = read_snapshot(self._path, CompiledKnowledge) if _is_ours(self._path) else None
        self._kept = kept if kept is not None and kept.made_by == self._code else None

    def assistant(self) -> "Assistant | None":
        """The assistant that was kept; None when a file has changed since."""
        from bot.answering.assistant import Assistant
        from bot.understanding.compiled import restored

        if self._kept is None or self._kept.digests != self._digests:
            return None
        facts = restored(self._kept)
        return Assistant(facts.knowledge, facts)

    def known_files(self) -> "KnownFiles | None":
        """Files that need not be read again."""
        from bot.understanding.compiled import known_files

        return known_files(self._kept, self._digests) if self._kept is not None else None

    def renewed(self, files: "KnowledgeFiles") -> "Assistant":
        """An assistant of these files, which is kept for the next process."""
        from bot.knowledge.snapshot import write_snapshot
        from bot.understanding.compiled import compiled

        assistant = _assembled(files)
        write_snapshot(self._path, compiled(assistant.facts, self._digests, self._code))
        return assistant


def examine(folder: Path, *, cache: Path | None = None) -> "Examined":
    """Read a knowledge folder, check it, and ask the questions that stand beside the facts.

    Args:
        folder: holds weeks/ and perhaps vocabulary/.
        cache: where an earlier process kept a snapshot; None: everything is read.
    """
    from bot.answering.checked_questions import Examined, broken_questions
    from bot.knowledge.audit import audit
    from bot.knowledge.flaws import Positions
    from bot.knowledge.loader import read_parts

    snapshot = _Snapshot(folder, cache) if cache is not None else None
    files, problems = read_parts(folder, snapshot.known_files() if snapshot else None)
    problems = [*problems, *audit(files, complete=not problems)]
    if any(problem.severity == "error" for problem in problems):
        return Examined(None, files, tuple(problems))
    # A new snapshot is not written here: that would take as long as everything else together.
    assistant = (snapshot.assistant() if snapshot else None) or _assembled(files)
    positions = Positions(files)
    problems += [positions.problem(flaw) for flaw in broken_questions(assistant)]
    problems.sort(key=lambda problem: (problem.file, problem.line, problem.column))
    return Examined(assistant, files, tuple(problems))


def find_problems(folder: Path, *, cache: Path | None = None) -> "Sequence[Problem]":
    """All that is wrong or doubtful in a knowledge folder, as far as it can be read."""
    from bot.channels.telegram_wording import read_wording
    from bot.errors import KnowledgeProblems

    gc.disable()
    try:
        problems = examine(folder, cache=cache).problems
        read_wording(folder)
    except KnowledgeProblems as error:
        return (*problems, *error.problems)
    else:
        return problems
    finally:
        gc.enable()


def knowledge_version(folder: Path) -> str:
    """Eight hexadecimal digits that stand for the content of all its YAML files."""
    digest = hashlib.sha256()
    for path in _yaml_files(folder):
        with suppress(OSError):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:8]


def _yaml_files(folder: Path) -> Iterator[Path]:
    return iter(sorted((*folder.glob("vocabulary/*.yaml"), *folder.glob("weeks/*/*.yaml"))))


# --- the cache ---------------------------------------------------------------------------


def default_cache() -> Path | None:
    """The user's cache folder for this bot; None when it is switched off or there is none."""
    chosen = os.environ.get("IPWEEK_CACHE")
    if chosen is not None:
        return Path(chosen) if chosen else None
    base = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache")
    try:
        base = base.expanduser()
    except RuntimeError:  # nobody's home
        return None
    return base / "ipweek-bot" if base.is_absolute() else None


def _code_version() -> str:
    """What else a snapshot depends on: the code that makes it, and the libraries."""
    import Stemmer

    digest = hashlib.blake2b(f"{FORMAT} {__version__} {sys.version} {sys.byteorder}".encode())
    code = (*CODE.glob("knowledge/*.py"), *CODE.glob("understanding/*.py"))
    for path in (Path(Stemmer.__file__).parent, *sorted(code)):
        with suppress(OSError):
            state = path.stat()
            digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _is_ours(path: Path) -> bool:
    """Whether nobody else can have written a file."""
    with suppress(OSError):
        state = path.stat()
        if not hasattr(os, "getuid"):
            return True
        return state.st_uid == os.getuid() and not state.st_mode & 0o022
    return False
