"""Slips in good files: each changes nothing, is reported where it is, or cannot be seen.

What cannot be seen is said here and counted: another letter in a free text, a line less
where the line may be left out, a day exchanged for another possible day. For a key, a
type, a word that is not allowed and spaces in front of a line there is no such excuse.
"""

import gc
import os
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path

import msgspec
import pytest

from bot.errors import Problem
from bot.knowledge import audit as audit_module
from bot.knowledge import audit_vocabulary, flaws, loader, plain_yaml
from bot.knowledge.audit import audit
from bot.knowledge.audit_weeks import Known
from bot.knowledge.flaws import Flaw
from bot.knowledge.loader import KnowledgeFiles, read_parts
from bot.knowledge.plain_yaml import ValuePath
from bot.knowledge.vocabulary import Vocabulary
from tests.conftest import copy_five_weeks
from tests.knowledge.mutations import MAKERS, Original, Slip, slips

SLIPS = int(os.environ.get("SLIPS", "120"))
"""How many are tried; `make thorough` tries a thousand, which takes a minute."""
SEED = 20210426
NEAR = 2
"""How many lines away from the slip a problem may be reported."""
TIED = frozenset(
    "region place kinds kind modality organisers partners media platforms works source "
    "theme_source part_of parent capital broader level grade bound completeness status facts "
    "ours details".split()
)
"""Keys of values that must go with others or come from a list; all others are free texts,
numbers and ids, in whose place another sensible value may stand."""


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Files that a slip leaves alone are parsed once, and a vocabulary that it leaves alone is
    checked once; both depend on nothing else. The garbage collector would walk all that is
    remembered again and again.
    """
    original = audit_vocabulary.flaws_of_vocabulary
    checked: dict[str, tuple[Vocabulary, list[Flaw]]] = {}

    def flaws_of_vocabulary(vocabulary: Vocabulary, known: Known) -> list[Flaw]:
        if not checked:
            checked["good"] = vocabulary, list(original(vocabulary, known))
        good, found = checked["good"]
        return found if vocabulary == good else list(original(vocabulary, known))

    monkeypatch.setattr(audit_module, "flaws_of_vocabulary", flaws_of_vocabulary)
    monkeypatch.setattr(loader, "read_plain", lru_cache(64)(plain_yaml.read_plain))
    monkeypatch.setattr(flaws, "compose_plain", lru_cache(64)(plain_yaml.compose_plain))
    gc.disable()
    yield
    gc.enable()


def check(folder: Path) -> tuple[KnowledgeFiles, list[Problem]]:
    """What can be read of a folder, and all its problems."""
    files, problems = read_parts(folder)
    return files, [*problems, *audit(files, complete=not problems)]


def originals(folder: Path) -> list[Original]:
    """The files of a folder; the weeks thrice, since maintainers edit them most."""
    weeks = sorted(folder.glob("weeks/*/*.yaml"))
    paths = [*weeks, *weeks, *weeks, *sorted(folder.glob("vocabulary/*.yaml"))]
    return [
        Original.read(path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8"))
        for path in paths
    ]


def kind_of(problem: Problem) -> tuple[str, str]:
    """A problem without its line numbers, to tell new ones from those that were there."""
    return problem.file, re.sub(r"\d+", "", problem.message)


def leaves(value: object, path: ValuePath = ()) -> Iterator[tuple[ValuePath, str]]:
    """All texts and numbers within values, with their paths."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))
    else:
        yield path, str(value)


class Content:
    """What a file says (of the vocabulary: all files together)."""

    def __init__(self, files: KnowledgeFiles, file: str) -> None:
        weeks = {week.path: week.week for week in files.weeks}
        self.values = msgspec.to_builtins(weeks.get(file, files.vocabulary))

    @cached_property
    def leaves(self) -> dict[ValuePath, str]:
        """All texts and numbers, with their paths."""
        return dict(leaves(self.values))

    @cached_property
    def words(self) -> Counter[str]:
        """The words of all texts, Chinese by character."""
        return Counter(_WORD.findall(" ".join(self.leaves.values())))


_WORD = re.compile(r"[\u4e00-\u9fff]|[^\W\u4e00-\u9fff]+")


def excuse(slip: Slip, before: Content, after: Content) -> str:
    """Why nobody can see a slip that changes what a file says; empty when there is no excuse."""
    if slip.what == "line cut" and not after.words - before.words:
        return "says less"
    old, new = before.leaves, after.leaves
    changed = [path for path in old.keys() | new.keys() if old.get(path) != new.get(path)]
    if slip.what == "date" and len(changed) == 1:
        return "another possible day"
    keys = {next(step for step in reversed(path) if isinstance(step, str)) for path in changed}
    if slip.what == "byte" and not keys & TIED:
        return "another text"
    return ""


def is_near(problem: Problem, slip: Slip) -> bool:
    """Whether a problem names the slip's place: as its own, or as the first of two."""
    named = [problem.line, *map(int, re.findall(r"in line (\d+)", problem.message))]
    return problem.file == slip.file and any(abs(line - slip.line) <= NEAR for line in named)


def other_end(slip: Slip, problems: list[Problem]) -> bool:
    """Whether problems elsewhere name the changed value: two values no longer go together."""
    new_line = slip.content.decode(errors="replace").split("\n")[slip.line - 1]
    values = set(re.findall(r"[\w-]{4,}", f"{slip.old_line} {new_line}"))
    return any(values & set(re.findall(r"[\w-]{4,}", f"{p.message} {p.mend}")) for p in problems)


class Bench:
    """A good knowledge folder in which one slip after the other is tried."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.before, problems = check(folder)
        self.known = {kind_of(problem) for problem in problems}
        self.contents: dict[str, Content] = {}

    def content(self, file: str) -> Content:
        """What a good file says."""
        if file not in self.contents:
            self.contents[file] = Content(self.before, file)
        return self.contents[file]

    def verdict(self, slip: Slip) -> str:
        """What becomes of a slip."""
        path = self.folder / slip.file
        good = path.read_bytes()
        path.write_bytes(slip.content)
        try:
            after, problems = check(self.folder)
        finally:
            path.write_bytes(good)
        new = [problem for problem in problems if kind_of(problem) not in self.known]
        if any(is_near(problem, slip) for problem in new):
            return "reported"
        if new:
            fits = slip.what in ("byte", "date", "line cut") and other_end(slip, new)
            return "reported at the other end" if fits else f"FAR: {[str(p) for p in new[:3]]}"
        if (after.vocabulary, after.weeks) == (self.before.vocabulary, self.before.weeks):
            return "the same"
        return excuse(slip, self.content(slip.file), Content(after, slip.file)) or "UNSEEN"


def small_copy(folder: Path) -> Path:
    """The five weeks with the vocabulary, without names and words that only others need."""
    copy_five_weeks(folder)
    for path in (folder / "vocabulary").glob("names_*.yaml"):
        path.unlink()
    (folder / "vocabulary/common_english.txt").write_text("not YAML\n", encoding="utf-8")
    return folder


def test_slips_change_nothing_or_are_reported_where_they_are(tmp_path: Path) -> None:
    bench = Bench(small_copy(tmp_path / "knowledge"))
    counts: Counter[tuple[str, str]] = Counter()
    failures = []
    for slip in slips(originals(bench.folder), SLIPS, SEED):
        found = bench.verdict(slip)
        counts[slip.what, found.partition(":")[0]] += 1
        if found.startswith(("FAR", "UNSEEN")):
            failures.append(f"{slip.what} in {slip.file}:{slip.line}: {slip.change}\n  {found}")

    print(*(f"{what}: {found}: {n}" for (what, found), n in sorted(counts.items())), sep="\n")
    assert failures == [], "\n".join(failures)
    assert counts.total() == SLIPS
    for what in ("key", "type", "word", "indentation"):
        seen = counts[what, "reported"] + counts[what, "the same"]
        assert seen == sum(n for (sort, _), n in counts.items() if sort == what)
    assert set(MAKERS) == {what for what, _ in counts}


def test_the_same_seed_gives_the_same_slips(tmp_path: Path) -> None:
    files = originals(small_copy(tmp_path / "knowledge"))

    assert list(slips(files, 50, 7)) == list(slips(files, 50, 7))
