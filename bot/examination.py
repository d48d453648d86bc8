"""Looks at a knowledge folder: what is wrong with it, and the assistant that knows it.

While the bot runs it looks again and again; then only what has changed is read, checked and
indexed, and the rest is taken from the last good look.
"""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.answering.assistant import Assistant
from bot.answering.checked_questions import Examined, broken_questions
from bot.answering.reach import unreached_facts
from bot.assembly import PACKAGED_KNOWLEDGE, Snapshot
from bot.channels.telegram_wording import read_wording
from bot.errors import KnowledgeProblems, Problem
from bot.knowledge.audit import Audit
from bot.knowledge.flaws import Positions
from bot.knowledge.knowledge_base import KnownFiles, build_knowledge_base
from bot.knowledge.loader import KnowledgeFiles, read_parts
from bot.knowledge.snapshot import FolderDigests, version_of
from bot.understanding.indexing import indexed
from bot.understanding.near_phrases import near_phrases
from bot.understanding.week_index import WeekReader

_OTHER_QUESTIONS = 200
"""Questions beside facts that are the same which are asked again when other facts are not."""


@dataclass(frozen=True, slots=True)
class _Look:
    """A folder as it was found, without errors."""

    digests: Mapping[str, bytes]
    files: KnowledgeFiles
    reader: WeekReader
    assistant: Assistant


class Examiner:
    """Looks at one knowledge folder, once or many times."""

    def __init__(self, folder: Path, cache: Path | None = None) -> None:
        """`cache`: where an earlier process kept a snapshot; None: the first look reads all."""
        self._folder = folder
        self._snapshot = Snapshot(folder, cache) if cache is not None else None
        self._digests = FolderDigests(folder, PACKAGED_KNOWLEDGE)
        self._audit = Audit()
        self._last: _Look | None = None

    def version(self) -> str:
        """The version of what the folder holds now, without reading it closely."""
        return version_of(self._digests.read())

    def examine(self) -> Examined:
        """Read the folder, check it, and ask the questions that stand beside the facts."""
        with _without_collector():
            digests = self._digests.read()
            same = self._same_as_before(digests)
            files, problems = read_parts(self._folder, self._known_files(same))
            problems = [*problems, *self._audit.problems(files, complete=not problems)]
            if any(problem.severity == "error" for problem in problems):
                return Examined(None, files, tuple(problems))
            look = self._indexed(files, digests, same)
            problems += _flaws_in_answers(look, same)
            problems.sort(key=lambda problem: (problem.file, problem.line, problem.column))
            self._last = look
            return Examined(look.assistant, files, tuple(problems))

    def _same_as_before(self, digests: Mapping[str, bytes]) -> frozenset[str]:
        """The files that are as they were at the last good look; none when words have changed."""
        if self._last is None:
            return frozenset()
        before = self._last.digests
        same = frozenset(path for path, digest in digests.items() if before.get(path) == digest)
        words = {path for path in (*before, *digests) if path.startswith("vocabulary/")}
        return same if words <= same else frozenset()

    def _known_files(self, same: frozenset[str]) -> KnownFiles | None:
        """Files that need not be read again."""
        if self._last is None:
            return self._snapshot.known_files() if self._snapshot is not None else None
        if not same:
            return None
        files = self._last.files
        weeks = {file.path: file.week for file in files.weeks if file.path in same}
        return KnownFiles(files.vocabulary, weeks)

    def _indexed(
        self, files: KnowledgeFiles, digests: Mapping[str, bytes], same: frozenset[str]
    ) -> _Look:
        """An assistant that knows the files."""
        last = self._last if same else None
        if last is None:
            reader = WeekReader(files.vocabulary, files.common_words)
            kept = self._snapshot.assistant() if self._snapshot and not self._last else None
            if kept is not None:
                return _Look(digests, files, reader, kept)
            knowledge = build_knowledge_base(files, version_of(digests))
            return _Look(digests, files, reader, Assistant(knowledge, indexed(knowledge, reader)))
        knowledge = build_knowledge_base(files, version_of(digests))
        before = last.assistant.facts
        weeks = zip(before.knowledge.files, before.weeks, strict=True)
        known = {path: week for path, week in weeks if path in same}
        facts = indexed(knowledge, last.reader, known, before)
        facts.gazetteer.warm_up()
        return _Look(digests, files, last.reader, Assistant(knowledge, facts))


def _flaws_in_answers(look: _Look, same: frozenset[str]) -> Iterator[Problem]:
    """What nothing leads to, and questions that are answered otherwise.

    Of the changed files all questions are asked, of the others some.
    """
    changed = [path for path in look.digests if path not in same] if same else None
    flaws = (
        *near_phrases(look.files.vocabulary),
        *unreached_facts(look.assistant),
        *broken_questions(look.assistant, changed, _OTHER_QUESTIONS),
    )
    return map(Positions(look.files).problem, flaws)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Nothing of what is made within is garbage; looking for some would take half of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def find_problems(folder: Path, *, cache: Path | None = None) -> Sequence[Problem]:
    """All that is wrong or doubtful in a knowledge folder, as far as it can be read.

    Args:
        folder: holds weeks/ and perhaps vocabulary/.
        cache: where an earlier process kept a snapshot; None: everything is read.

    """
    with _without_collector():
        problems = Examiner(folder, cache).examine().problems
        try:
            read_wording(folder)
        except KnowledgeProblems as error:
            return (*problems, *error.problems)
        return problems
