"""Puts the bot together: knowledge folder → knowledge base → assistant.

Reading and indexing a folder takes longer than answering. So what was made of it is kept in
the user's cache folder as a snapshot, which counts as long as every knowledge file, the
code and the libraries are the same; files that did not change are not read again.
"""

import gc
import hashlib
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bot import __version__
from bot.knowledge.progress import Progress, unseen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.answering.assistant import Assistant
    from bot.knowledge.knowledge_base import KnownFiles
    from bot.knowledge.loader import KnowledgeFiles
    from bot.understanding.fact_index import FactIndex
    from bot.understanding.week_index import WeekReader

CODE = Path(__file__).resolve().parent
PACKAGED_KNOWLEDGE = CODE.parent / "knowledge"
"""The knowledge that comes with the bot: beside the code, in a checkout as when installed."""
FORMAT = 1
"""To be raised when what snapshots keep changes in a way that code and types do not show."""


def build_assistant(
    folder: Path = PACKAGED_KNOWLEDGE, *, cache: Path | None = None, progress: Progress = unseen
) -> "Assistant":
    """The assistant for a knowledge folder.

    Args:
        folder: holds weeks/ and perhaps vocabulary/.
        cache: where snapshots are kept between processes; None keeps none.
        progress: is told how far the weeks are that have to be read and indexed.

    Raises:
        KnowledgeProblems: the folder cannot be used; lists all problems.
    """
    if cache is None:
        return _build(folder, progress)
    # Nothing of what is made here is garbage. Looking for some would take half of the time now,
    # and later on, with 10,000 weeks, let a question wait for 50 ms; so it is set apart. What
    # an earlier assistant left is taken out first.
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
    gc.disable()
    try:
        assistant = _from_snapshot(folder, cache, progress)
        gc.freeze()
        return assistant
    finally:
        gc.enable()


def _from_snapshot(folder: Path, cache: Path, progress: Progress) -> "Assistant":
    snapshot = Snapshot(folder, cache)
    kept = snapshot.assistant()
    if kept is not None:
        return kept
    return snapshot.renewed(_good_files(folder, progress, snapshot.known_files()), progress)


def _build(folder: Path, progress: Progress) -> "Assistant":
    from bot.answering.assistant import Assistant
    from bot.knowledge.knowledge_base import build_knowledge_base
    from bot.understanding.indexing import indexed

    knowledge = build_knowledge_base(_good_files(folder, progress), knowledge_version(folder))
    return Assistant(knowledge, indexed(knowledge, progress=progress))


def _good_files(
    folder: Path, progress: Progress, known: "KnownFiles | None" = None
) -> "KnowledgeFiles":
    from bot.errors import KnowledgeProblems
    from bot.knowledge.audit import audit
    from bot.knowledge.loader import read_knowledge

    files = read_knowledge(folder, known, progress)
    errors = [problem for problem in audit(files) if problem.severity == "error"]
    if errors:
        raise KnowledgeProblems(errors)
    return files


class Snapshot:
    """What an earlier process made of a folder, as far as it still holds."""

    def __init__(self, folder: Path, cache: Path) -> None:
        from bot.knowledge.snapshot import digests_of, read_snapshot
        from bot.understanding.compiled import CompiledKnowledge

        self._path = cached(folder, cache, "snapshot")
        self.digests = digests_of(folder, PACKAGED_KNOWLEDGE)
        """Those of the files as they were when the snapshot was looked for."""
        self._code = code_version("knowledge/*.py", "understanding/*.py")
        kept = read_snapshot(self._path, CompiledKnowledge) if is_ours(self._path) else None
        self._kept = kept if kept is not None and kept.made_by == self._code else None

    def assistant(self) -> "Assistant | None":
        """The assistant that was kept; None when a file has changed since."""
        from bot.answering.assistant import Assistant
        from bot.understanding.compiled import restored

        if self._kept is None or self._kept.digests != self.digests:
            return None
        facts = restored(self._kept)
        return Assistant(facts.knowledge, facts)

    def known_files(self) -> "KnownFiles | None":
        """Files that need not be read again."""
        from bot.understanding.compiled import known_files

        return known_files(self._kept, self.digests) if self._kept is not None else None

    def known_weeks(self) -> "Mapping[str, memoryview]":
        """What the files that need not be read again add to the indexes."""
        from bot.understanding.compiled import known_weeks

        known = self.known_files()
        return known_weeks(self._kept, known) if self._kept is not None and known else {}

    def indexes(self) -> "FactIndex | None":
        """Indexes of nearly the same files; None where the vocabulary is another one."""
        from bot.understanding.compiled import restored

        known = self.known_files()
        if self._kept is None or known is None or known.vocabulary is None:
            return None
        return restored(self._kept)

    @property
    def changed(self) -> int:
        """How many files are not as they were."""
        kept = self._kept.digests if self._kept is not None else {}
        paths = kept.keys() | self.digests.keys()
        return sum(kept.get(path) != self.digests.get(path) for path in paths)

    def renewed(self, files: "KnowledgeFiles", progress: Progress = unseen) -> "Assistant":
        """An assistant of these files, which is kept for the next process."""
        from bot.answering.assistant import Assistant
        from bot.knowledge.knowledge_base import build_knowledge_base
        from bot.knowledge.snapshot import version_of
        from bot.understanding.indexing import indexed

        knowledge = build_knowledge_base(files, version_of(self.digests))
        reader = self.reader(files)
        facts = indexed(knowledge, reader, self.known_weeks(), self.indexes(), progress)
        assistant = Assistant(knowledge, facts)
        self.keep(assistant, reader)
        return assistant

    def reader(self, files: "KnowledgeFiles") -> "WeekReader":
        """Indexes weeks by the words of these files."""
        from bot.understanding.compiled import lexicon_of_vocabulary
        from bot.understanding.week_index import WeekReader

        kept = self._kept
        same = kept is not None and kept.knowledge.vocabulary is files.vocabulary
        lexicon = lexicon_of_vocabulary(kept) if kept is not None and same else None
        return WeekReader(files.vocabulary, files.common_words, lexicon)

    def keep(self, assistant: "Assistant", reader: "WeekReader") -> bool:
        """Keep an assistant of the files for the next process; False where that cannot be."""
        from bot.knowledge.snapshot import write_snapshot
        from bot.understanding.compiled import compiled

        return write_snapshot(
            self._path, compiled(assistant.facts, reader, self.digests, self._code)
        )


def knowledge_version(folder: Path) -> str:
    """Eight hexadecimal digits that stand for the content of all files of a folder."""
    from bot.knowledge.snapshot import digests_of, version_of

    return version_of(digests_of(folder, PACKAGED_KNOWLEDGE))


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


def cached(folder: Path, cache: Path, what: str) -> Path:
    """The file in which something about a knowledge folder is kept."""
    place = hashlib.blake2b(os.fsencode(folder.resolve()), digest_size=8).hexdigest()
    return cache / f"{place}.{what}"


def code_version(*patterns: str) -> str:
    """What else something that is kept depends on: the code that makes it, and the libraries."""
    import Stemmer

    digest = hashlib.blake2b(f"{FORMAT} {__version__} {sys.version} {sys.byteorder}".encode())
    code = [path for pattern in patterns for path in CODE.glob(pattern)]
    for path in (Path(Stemmer.__file__).parent, *sorted(code)):
        with suppress(OSError):
            state = path.stat()
            digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def is_ours(path: Path) -> bool:
    """Whether nobody else can have written a file."""
    with suppress(OSError):
        state = path.stat()
        if not hasattr(os, "getuid"):
            return True
        return state.st_uid == os.getuid() and not state.st_mode & 0o022
    return False
