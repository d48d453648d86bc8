"""Looks at a knowledge folder: what is wrong with it, and the assistant that knows it.

While the bot runs it looks again and again; then only what has changed is read, checked and
indexed, and the rest is taken from the last good look. A single look, as `check` has, is
shared between two processes.
"""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot.answering.assistant import Assistant
from bot.answering.checked_questions import (
    AskedBeside,
    Examined,
    broken_questions,
    questions_beside,
)
from bot.answering.reach import unreached_facts
from bot.assembly import PACKAGED_KNOWLEDGE, Snapshot
from bot.beside import Beside
from bot.errors import Problem
from bot.knowledge.audit import Audit
from bot.knowledge.facts import Week
from bot.knowledge.flaws import Flaw, Positions
from bot.knowledge.knowledge_base import KnowledgeBase, KnownFiles, build_knowledge_base
from bot.knowledge.loader import KnowledgeFiles, read_parts
from bot.knowledge.progress import Progress, unseen
from bot.knowledge.snapshot import FolderDigests, version_of
from bot.knowledge.vocabulary import Vocabulary
from bot.understanding.fact_index import FactIndex
from bot.understanding.indexing import indexed, week_indexes
from bot.understanding.near_phrases import near_phrases
from bot.understanding.week_index import WeekReader

T = TypeVar("T")
_OTHER_QUESTIONS = 200
"""Questions beside facts that are the same which are asked again when other facts are not."""
_FEW = 8
"""A snapshot of which no more files have changed serves on; a single look makes no other."""


@dataclass(frozen=True, slots=True)
class _Look:
    """A folder as it was found, without errors."""

    digests: Mapping[str, bytes]
    files: KnowledgeFiles
    assistant: Assistant


class Examiner:
    """Looks at one knowledge folder, once or many times."""

    def __init__(
        self,
        folder: Path,
        cache: Path | None = None,
        *,
        weeks: Beside[dict[str, Week]] | None = None,
        only_once: bool = False,
    ) -> None:
        """Nothing is read yet.

        Args:
            folder: holds weeks/ and perhaps vocabulary/.
            cache: where an earlier process kept a snapshot; None: the first look reads all.
            weeks: the files of weeks that are being read already.
            only_once: let a second process do a part of the work; what that one has made
                is not at hand for a next look.

        """
        self._folder, self._weeks, self._only_once = folder, weeks, only_once
        self._snapshot = Snapshot(folder, cache) if cache is not None else None
        self._digests = FolderDigests(folder, PACKAGED_KNOWLEDGE)
        self._audit = Audit()
        self._last: _Look | None = None
        self._reader: tuple[Vocabulary, WeekReader] | None = None
        self._near: tuple[Vocabulary, list[Flaw]] | None = None

    def version(self) -> str:
        """The version of what the folder holds now, without reading it closely."""
        return version_of(self._digests.read())

    def examine(self, progress: Progress = unseen) -> Examined:
        """Read the folder, check it, and ask the questions that stand beside the facts."""
        with without_collector():
            digests = self._digests.read()
            same = self._same_as_before(digests)
            weeks = [path for path in digests if path.startswith("weeks/")]
            files, problems = read_parts(self._folder, self._known_files(same), progress, weeks)
            is_read = not problems
            audited = self._beside(lambda: self._audited(files, complete=is_read))
            kept = self._kept() if is_read else None
            if is_read and not (kept is not None and self._only_once):
                self._reader_of(files)  # meanwhile, and for the looks to come
            problems = [*problems, *audited.result(list[Problem])]
            if any(problem.severity == "error" for problem in problems):
                return Examined(None, files, tuple(problems))
            look = _Look(digests, files, kept or self._indexed(files, digests, same, progress))
            problems += self._problems_of_answers(look, same, is_new=kept is None)
            problems.sort(key=lambda problem: (problem.file, problem.line, problem.column))
            self._last, self._snapshot = look, None
            return Examined(look.assistant, files, tuple(problems))

    def _beside(self, work: Callable[[], T]) -> Beside[T]:
        return Beside(work, worth_it=self._only_once)

    # --- files -------------------------------------------------------------------------------

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
            kept = self._snapshot.known_files() if self._snapshot is not None else None
            if kept is None and self._weeks is not None:
                return KnownFiles(None, self._weeks.result(dict[str, Week]))
            return kept
        if not same:
            return None
        files = self._last.files
        weeks = {file.path: file.week for file in files.weeks if file.path in same}
        return KnownFiles(files.vocabulary, weeks)

    def _audited(self, files: KnowledgeFiles, *, complete: bool) -> list[Problem]:
        """What is wrong across files; where nothing is, which phrases lie too close."""
        problems = self._audit.problems(files, complete=complete)
        if not complete or any(problem.severity == "error" for problem in problems):
            return problems
        if self._near is None or self._near[0] is not files.vocabulary:
            self._near = files.vocabulary, list(near_phrases(files.vocabulary))
        return [*problems, *map(Positions(files).problem, self._near[1])]

    # --- indexes -----------------------------------------------------------------------------

    def _kept(self) -> Assistant | None:
        """The assistant of a snapshot of these very files."""
        return self._snapshot.assistant() if self._snapshot and not self._last else None

    def _reader_of(self, files: KnowledgeFiles) -> WeekReader:
        """Indexes weeks by the words of these files."""
        if self._reader is None or self._reader[0] is not files.vocabulary:
            kept = self._snapshot.reader(files) if self._snapshot is not None else None
            own = kept or WeekReader(files.vocabulary, files.common_words)
            self._reader = files.vocabulary, own
        return self._reader[1]

    def _indexed(
        self,
        files: KnowledgeFiles,
        digests: Mapping[str, bytes],
        same: frozenset[str],
        progress: Progress,
    ) -> Assistant:
        """An assistant that knows the files."""
        reader = self._reader_of(files)
        before = self._last.assistant.facts if self._last is not None and same else None
        known_before = before.knowledge if before is not None else None
        knowledge = build_knowledge_base(files, version_of(digests), known_before, same)
        if before is not None:
            weeks = zip(before.knowledge.files, before.weeks, strict=True)
            known = {path: week for path, week in weeks if path in same}
            facts = indexed(knowledge, reader, known, before)
            facts.gazetteer.warm_up()
            return Assistant(knowledge, facts)
        snapshot = self._snapshot if self._last is None else None
        kept = snapshot.indexes() if snapshot is not None else None
        if snapshot is not None and kept is not None:
            facts = indexed(knowledge, reader, snapshot.known_weeks(), kept)
        else:
            facts = self._indexed_by_halves(knowledge, reader, progress)
        return Assistant(knowledge, facts)

    def _indexed_by_halves(
        self, knowledge: KnowledgeBase, reader: WeekReader, progress: Progress
    ) -> FactIndex:
        if not self._only_once:
            return indexed(knowledge, reader, progress=progress)
        numbers = range(len(knowledge.files))
        other_half = self._beside(lambda: week_indexes(knowledge, reader, numbers[1::2]))
        found = week_indexes(knowledge, reader, numbers[::2])
        found |= other_half.result(dict[str, bytes])
        return indexed(knowledge, reader, {file: memoryview(own) for file, own in found.items()})

    # --- answers -----------------------------------------------------------------------------

    def _problems_of_answers(
        self, look: _Look, same: frozenset[str], *, is_new: bool
    ) -> Sequence[Problem]:
        """What nothing leads to, and questions that are answered otherwise.

        Of the changed files all questions are asked, of the others some.

        Args:
            is_new: whether the assistant was made now, so that it may be kept.

        """
        assistant, snapshot = look.assistant, self._snapshot
        changed = [path for path in look.digests if path not in same] if same else None
        asked = questions_beside(assistant.knowledge, changed, _OTHER_QUESTIONS)
        positions = Positions(look.files)

        def broken(asked: Sequence[AskedBeside]) -> list[Problem]:
            return [*map(positions.problem, broken_questions(assistant, asked))]

        if is_new and not self._only_once and snapshot and snapshot.digests == look.digests:
            snapshot.keep(assistant, self._reader_of(look.files))  # for the next start
        unreached = unreached_facts(assistant, changed)
        if self._only_once and is_new and snapshot is not None and snapshot.changed > _FEW:
            reader = self._reader_of(look.files)
            # It takes as long as all questions.
            kept = self._beside(lambda: snapshot.keep(assistant, reader))
            found = [*map(positions.problem, unreached), *broken(asked)]
            kept.result(bool)
            return found
        shared = len(asked) // 2 if self._only_once else 0
        others = self._beside(lambda: broken(asked[:shared]))
        found = [*map(positions.problem, unreached), *broken(asked[shared:])]
        return [*others.result(list[Problem]), *found]


@contextmanager
def without_collector() -> Iterator[None]:
    """Nothing of what is made within is garbage; looking for some would take half of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
