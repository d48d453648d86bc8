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
    from bot.errors import Problem
    from bot.knowledge.knowledge_base import KnownFiles

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
    # Nothing of what is made here is garbage; looking for some would take half of the time.
    gc.disable()
    try:
        return _from_snapshot(folder, cache)
    finally:
        gc.enable()


def _from_snapshot(folder: Path, cache: Path) -> "Assistant":
    from bot.answering.assistant import Assistant
    from bot.knowledge.snapshot import digests_of, read_snapshot, write_snapshot
    from bot.understanding.compiled import CompiledKnowledge, compiled, known_files, restored

    place = hashlib.blake2b(os.fsencode(folder.resolve()), digest_size=8).hexdigest()
    path = cache / f"{place}.snapshot"
    digests = digests_of(folder, PACKAGED_KNOWLEDGE)
    code = _code_version()
    kept = read_snapshot(path, CompiledKnowledge) if _is_ours(path) else None
    if kept is not None and kept.made_by != code:
        kept = None
    if kept is not None and kept.digests == digests:
        facts = restored(kept)
        return Assistant(facts.knowledge, facts)
    assistant = _build(folder, known_files(kept, digests) if kept is not None else None)
    write_snapshot(path, compiled(assistant.facts, digests, code))
    return assistant


def _build(folder: Path, known: "KnownFiles | None" = None) -> "Assistant":
    from bot.answering.assistant import Assistant
    from bot.errors import KnowledgeProblems
    from bot.knowledge.audit import audit
    from bot.knowledge.knowledge_base import build_knowledge_base
    from bot.knowledge.loader import read_knowledge

    files = read_knowledge(folder, known)
    errors = [problem for problem in audit(files) if problem.severity == "error"]
    if errors:
        raise KnowledgeProblems(errors)
    return Assistant(build_knowledge_base(files, knowledge_version(folder)))


def find_problems(folder: Path) -> "Sequence[Problem]":
    """All that is wrong or doubtful in a knowledge folder, as far as it can be read."""
    from bot.errors import KnowledgeProblems
    from bot.knowledge.audit import check_folder

    try:
        return check_folder(folder)
    except KnowledgeProblems as error:
        return error.problems


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
        return not hasattr(os, "getuid") or (state.st_uid == os.getuid() and not state.st_mode & 0o022)
    return False
