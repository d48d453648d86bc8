"""Reads a knowledge folder from disk; the only module that opens its files.

    knowledge/vocabulary/*.yaml            words: places, names, kinds, attributes …
    knowledge/vocabulary/common_english.txt  words that are never repaired
    knowledge/weeks/<year>/<region>.yaml   facts

Good files are decoded straight into their types. Only when one does not fit is it
read a second time, slowly, by `schema`, which finds every problem with its line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
import yaml

from bot.errors import KnowledgeProblems, Problem
from bot.knowledge.facts import Week
from bot.knowledge.listing import week_files
from bot.knowledge.plain_yaml import PlainLoader, read_plain
from bot.knowledge.progress import Progress, unseen
from bot.knowledge.vocabulary import Vocabulary

if TYPE_CHECKING:
    from bot.knowledge.knowledge_base import KnownFiles

__all__ = [
    "PACKAGED_KNOWLEDGE",
    "KnowledgeFiles",
    "PlainLoader",
    "WeekFile",
    "read_knowledge",
    "read_parts",
    "read_weeks",
]

T = TypeVar("T")

PACKAGED_KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"
"""The folder that comes with the bot; its vocabulary serves folders that hold only weeks."""
MAX_BROKEN_LINES = 10
"""Lines with bytes that are not UTF-8 that are reported one by one; more mean a wrong encoding."""


class WeekFile(msgspec.Struct, frozen=True):
    """A week together with the file that it was read from."""

    path: str
    """Relative to the knowledge folder, with forward slashes."""
    week: Week


@dataclass(frozen=True, slots=True)
class KnowledgeFiles:
    """Everything a knowledge folder holds, decoded but not yet checked across files."""

    folder: Path
    vocabulary: Vocabulary
    weeks: tuple[WeekFile, ...]
    common_words: frozenset[str]


def read_knowledge(
    folder: Path, known: "KnownFiles | None" = None, progress: Progress = unseen
) -> KnowledgeFiles:
    """Read a knowledge folder.

    Args:
        known: files that need not be read again.
        progress: is told of every week that was read.

    Raises:
        KnowledgeProblems: files are missing, are no YAML or do not fit the schema;
            all problems of all files at once.

    """
    files, problems = read_parts(folder, known, progress)
    if problems:
        raise KnowledgeProblems(problems)
    return files


def read_parts(
    folder: Path,
    known: "KnownFiles | None" = None,
    progress: Progress = unseen,
    listed: Sequence[str] | None = None,
) -> tuple[KnowledgeFiles, list[Problem]]:
    """What can be read of a knowledge folder, and all problems of the files that cannot.

    `listed`: the paths of the weeks in the folder, where somebody has looked already.
    """
    problems: list[Problem] = []
    words = vocabulary_folder(folder)
    if not folder.is_dir():
        mend = "give the folder that holds weeks/ and vocabulary/"
        problems.append(Problem(str(folder), 0, 0, "there is no such knowledge folder", mend))
        return KnowledgeFiles(folder, Vocabulary(), (), frozenset()), problems
    vocabulary = (known and known.vocabulary) or _read_vocabulary(words, problems)
    paths = listed if listed is not None else [shown for shown, _ in week_files(folder)]
    weeks = tuple(_read_weeks(folder, paths, problems, known, progress))
    if not weeks and not problems:
        mend = "add one, for example weeks/2021/fujian.yaml"
        problem = Problem(str(folder), 0, 0, "no week file was found in weeks/<year>/", mend)
        problems.append(problem)
    return KnowledgeFiles(folder, vocabulary, weeks, _read_common_words(words)), problems


def vocabulary_folder(folder: Path) -> Path:
    """The vocabulary of a knowledge folder: its own, or the one that comes with the bot."""
    own = folder / "vocabulary"
    return own if own.is_dir() else PACKAGED_KNOWLEDGE / "vocabulary"


def vocabulary_paths(folder: Path) -> list[Path]:
    """The vocabulary files of a vocabulary folder, in the order in which they are merged."""
    return sorted(folder.glob("[!.]*.yaml"))


def read_text(path: Path) -> str:
    """The text of a file of a knowledge folder.

    Raises:
        OSError: it cannot be read.
        UnicodeDecodeError: it is not UTF-8.

    """
    return _with_plain_line_ends(path.read_bytes().decode("utf-8"))


def read_weeks(folder: Path) -> Iterator[WeekFile]:
    """The weeks of a folder whose files can be read."""
    paths = [shown for shown, _ in week_files(folder)]
    return _read_weeks(folder, paths, [], None, unseen)


def _read_weeks(
    folder: Path,
    paths: Sequence[str],
    problems: list[Problem],
    known: "KnownFiles | None",
    progress: Progress,
) -> Iterator[WeekFile]:
    for number, shown in enumerate(paths, 1):
        week = (known and known.week(shown)) or _decode(folder / shown, folder, Week, problems)
        if week is not None:
            yield WeekFile(shown, week)
        progress("read", number, len(paths))


def _read_vocabulary(folder: Path, problems: list[Problem]) -> Vocabulary:
    merged: dict[str, Any] = {}
    empty = Vocabulary()
    for path in vocabulary_paths(folder):
        part = _decode(path, folder.parent, Vocabulary, problems)
        if part is None:
            continue
        for name in Vocabulary.__struct_fields__:
            value = getattr(part, name)
            if isinstance(value, tuple):
                merged[name] = merged.get(name, ()) + value
            elif isinstance(value, dict):
                merged[name] = {**merged.get(name, {}), **value}
            elif value != getattr(empty, name):
                if name in merged:
                    message = f'"{name}" stands in two vocabulary files'
                    shown = path.relative_to(folder.parent).as_posix()
                    problems.append(Problem(shown, 1, 0, message, "put it into one file"))
                merged[name] = value
    return Vocabulary(**merged)


def _decode(path: Path, root: Path, kind: type[T], problems: list[Problem]) -> T | None:
    shown = path.relative_to(root).as_posix()
    text = _read_text(path, shown, problems)
    if text is None:
        return None
    found = len(problems)
    try:
        values = msgspec.convert(read_plain(text), kind, strict=False)
    except (yaml.YAMLError, msgspec.ValidationError, ValueError, RecursionError):
        from bot.knowledge.schema import problems_of

        problems.extend(problems_of(text, shown, kind))
        if len(problems) == found:
            problems.append(Problem(shown, 1, 0, "does not fit the schema"))
        return None
    return values if "\ufffd" not in text else None


def _read_text(path: Path, shown: str, problems: list[Problem]) -> str | None:
    """The text of a file; where bytes are not UTF-8, with U+FFFD in their place."""
    try:
        content = path.read_bytes()
    except OSError as error:
        problems.append(Problem(shown, 0, 0, f"cannot be read: {error.strerror}"))
        return None
    text = _with_plain_line_ends(content.decode("utf-8", errors="replace"))
    if "\ufffd" not in text:
        return text
    lines = list(enumerate(text.split("\n"), 1))
    broken = [(number, line.index("\ufffd") + 1) for number, line in lines if "\ufffd" in line]
    foreign = sum(not line.isascii() for _, line in lines)
    if len(broken) > MAX_BROKEN_LINES or (foreign > 2 and len(broken) == foreign):
        message = f"is not UTF-8 text in {len(broken)} lines, first here"
        mend = "save the file with the encoding UTF-8"
        problems.append(Problem(shown, *broken[0], message, mend))
        return None
    for line, column in broken:
        message = "a character here is broken: it is not UTF-8 text"
        problems.append(Problem(shown, line, column, message, "type the place anew, save as UTF-8"))
    return text


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _read_common_words(folder: Path) -> frozenset[str]:
    path = folder / "common_english.txt"
    if not path.is_file():
        path = PACKAGED_KNOWLEDGE / "vocabulary" / "common_english.txt"
    if not path.is_file():
        return frozenset()
    return frozenset(path.read_text(encoding="utf-8").split())
