"""Reads a knowledge folder from disk; the only module that opens its files.

    knowledge/vocabulary/*.yaml            words: places, names, kinds, attributes …
    knowledge/vocabulary/common_english.txt  words that are never repaired
    knowledge/weeks/<year>/<region>.yaml   facts

Good files are decoded straight into their types. Only when one does not fit is it
read a second time, slowly, by `schema`, which finds every problem with its line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from bot.errors import KnowledgeProblems, Problem
from bot.knowledge.facts import Week
from bot.knowledge.vocabulary import Vocabulary

T = TypeVar("T")

PACKAGED_KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"
"""The folder that comes with the bot; its vocabulary serves folders that hold only weeks."""

try:
    _SafeLoader: Any = yaml.CSafeLoader
except AttributeError:  # PyYAML built without libyaml: slower, otherwise the same
    _SafeLoader = yaml.SafeLoader


class PlainLoader(_SafeLoader):  # type: ignore[misc]
    """Reads YAML as people mean it: `no` is a word, 2021-04-20 and 010 are what stands there.

    Every value is text (an empty one is nothing); what a field needs to be, a number or
    true and false, is converted from the text when the types are filled.
    """


PlainLoader.yaml_implicit_resolvers = {}
PlainLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^$"), [""])


@dataclass(frozen=True, slots=True)
class WeekFile:
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


def read_knowledge(folder: Path) -> KnowledgeFiles:
    """Read a knowledge folder.

    Raises:
        KnowledgeProblems: files are missing, are no YAML or do not fit the schema;
            all problems of all files at once.
    """
    if not folder.is_dir():
        raise KnowledgeProblems(
            [Problem(str(folder), 0, 0, "there is no such knowledge folder", "give the folder that holds weeks/ and vocabulary/")]
        )
    words = folder / "vocabulary" if (folder / "vocabulary").is_dir() else PACKAGED_KNOWLEDGE / "vocabulary"
    problems: list[Problem] = []
    vocabulary = _read_vocabulary(words, problems)
    weeks = tuple(_read_weeks(folder, problems))
    if not weeks and not problems:
        problems.append(Problem(str(folder), 0, 0, "no week file was found in weeks/<year>/", "add one, for example weeks/2021/fujian.yaml"))
    if problems:
        raise KnowledgeProblems(problems)
    return KnowledgeFiles(folder, vocabulary, weeks, _read_common_words(words))


def _read_weeks(folder: Path, problems: list[Problem]) -> Iterator[WeekFile]:
    for path in sorted(folder.glob("weeks/*/*.yaml")):
        week = _decode(path, folder, Week, problems)
        if week is not None:
            yield WeekFile(path.relative_to(folder).as_posix(), week)


def _read_vocabulary(folder: Path, problems: list[Problem]) -> Vocabulary:
    merged: dict[str, Any] = {}
    for path in sorted(folder.glob("*.yaml")):
        part = _decode(path, folder.parent, Vocabulary, problems)
        if part is None:
            continue
        for name in Vocabulary.__struct_fields__:
            value = getattr(part, name)
            if isinstance(value, tuple):
                merged[name] = merged.get(name, ()) + value
            elif isinstance(value, dict):
                merged[name] = {**merged.get(name, {}), **value}
            elif value != getattr(Vocabulary(), name):
                merged[name] = value
    return Vocabulary(**merged)


def _decode(path: Path, root: Path, kind: type[T], problems: list[Problem]) -> T | None:
    shown = path.relative_to(root).as_posix()
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        problems.append(Problem(shown, line, 0, "is not UTF-8 text here", "save the file as UTF-8"))
        return None
    except OSError as error:
        problems.append(Problem(shown, 0, 0, f"cannot be read: {error.strerror}"))
        return None
    try:
        return msgspec.convert(yaml.load(text, Loader=PlainLoader), kind, strict=False)
    except (yaml.YAMLError, msgspec.ValidationError, ValueError, RecursionError):
        from bot.knowledge.schema import problems_of

        found = problems_of(text, shown, kind)
        problems.extend(found or [Problem(shown, 1, 0, "does not fit the schema")])
        return None


def _read_common_words(folder: Path) -> frozenset[str]:
    path = folder / "common_english.txt"
    if not path.is_file():
        path = PACKAGED_KNOWLEDGE / "vocabulary" / "common_english.txt"
    if not path.is_file():
        return frozenset()
    return frozenset(path.read_text(encoding="utf-8").split())
