"""Flaws: what is wrong across files, by the path of the value; and where that value stands."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property, lru_cache
from typing import Any, Literal, get_args

import msgspec
from yaml import YAMLError
from yaml.nodes import MappingNode, Node, SequenceNode

from bot.errors import Problem
from bot.knowledge.facts import Text, Words
from bot.knowledge.loader import KnowledgeFiles, read_text, vocabulary_folder, vocabulary_paths
from bot.knowledge.plain_yaml import ValuePath, compose_plain, node_at

Severity = Literal["error", "warning"]
VOCABULARY = "vocabulary"
"""Stands for the merged vocabulary files where a file is asked for."""


@dataclass(frozen=True, slots=True)
class Place:
    """A value in a file."""

    file: str
    """Path in the knowledge folder; `VOCABULARY` for the vocabulary files together."""
    path: ValuePath
    part: Literal["value", "key", "end", "odd line"] = "value"
    """What of it: its beginning, its key, its last line, or in a text of several lines the
    one that has more spaces in front than the others."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong with a value that fits its type."""

    place: Place
    message: str
    mend: str = ""
    severity: Severity = "error"
    first: Place | None = None
    """For things that stand twice: the other place."""
    is_reference: bool = False
    """Whether it speaks of an id that may stand in a file that cannot be read."""


_WIDE_COMMA = re.compile("[，、；]")


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """The mend for a word that is none of the known ones."""
    comma = _WIDE_COMMA.search(word)
    if comma:
        return f"write an ordinary comma and a space in place of {comma.group()}"
    close = get_close_matches(word.casefold(), list(known), n=1, cutoff=0.7)
    return f"did you mean {close[0]}?" if close else otherwise


def texts_of(value: Any, path: ValuePath = ()) -> Iterator[tuple[ValuePath, Text | Words, bool]]:
    """All texts and words within a value, each with its path and whether it has to be there."""
    for name, encoded, required in _fields(value.__class__):
        yield from _texts_in(getattr(value, name), (*path, encoded), required)


def _texts_in(
    value: Any, path: ValuePath, required: bool
) -> Iterator[tuple[ValuePath, Text | Words, bool]]:
    kind = value.__class__
    if kind is Text or kind is Words:
        yield path, value, required
    elif kind is tuple:
        for index, item in enumerate(value):
            if item.__class__ is not str:
                yield from _texts_in(item, (*path, index), True)
    elif kind is dict:
        for key, item in value.items():
            yield from _texts_in(item, (*path, key), True)
    elif isinstance(value, msgspec.Struct):
        yield from texts_of(value, path)


@lru_cache(maxsize=64)
def _fields(kind: type) -> tuple[tuple[str, str, bool], ...]:
    """Fields of a type that may hold texts: attribute, key in the file, whether it is required."""
    return tuple(
        (field.name, field.encode_name, field.required)
        for field in msgspec.structs.fields(kind)
        if _holds_structures(field.type)
    )


def _holds_structures(kind: Any) -> bool:
    own = isinstance(kind, type) and issubclass(kind, msgspec.Struct)
    return own or any(_holds_structures(part) for part in get_args(kind))


@dataclass
class Positions:
    """Lines and columns of values; files are read again only when one is asked for."""

    files: KnowledgeFiles
    _trees: dict[str, Node | None] = field(default_factory=dict)
    _texts: dict[str, str] = field(default_factory=dict)

    def problem(self, flaw: Flaw) -> Problem:
        """The flaw as maintainers see it."""
        file, line, column = self._locate(flaw.place)
        message = flaw.message
        if flaw.first is not None:
            first, first_line, _ = self._locate(flaw.first)
            where = f"line {first_line}" if first == file else f"{first}:{first_line}"
            message += f", first in {where}"
        return Problem(file, line, column, message, flaw.mend, flaw.severity)

    def _locate(self, place: Place) -> tuple[str, int, int]:
        if place.file == VOCABULARY:
            file, path = self._vocabulary_file(place.path)
        else:
            file, path = place.file, place.path
        node = node_at(self._tree(file), path, key=place.part == "key")
        if node is None or not path:
            return file, 0, 0
        start, end = node.start_mark, node.end_mark
        if place.part == "end":
            return file, (end.line + 1 if end.column else end.line), 0
        if place.part == "odd line":
            lines = self._text(file).split("\n")[start.line + 1 : end.line]
            indents = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
            odd = next((i for i, indent in enumerate(indents) if indent > min(indents)), None)
            if odd is not None:
                return file, start.line + 2 + odd, indents[odd] + 1
        return file, start.line + 1, start.column + 1

    def _vocabulary_file(self, path: ValuePath) -> tuple[str, ValuePath]:
        """The vocabulary file that holds a value of the merged vocabulary, and its path there."""
        section, rest = path[0], path[1:]
        skipped = 0
        for name in self._vocabulary_names:
            if str(section) not in self._text(name):
                continue
            tree = self._tree(name)
            pairs = tree.value if isinstance(tree, MappingNode) else []
            node = next((value for key, value in pairs if key.value == section), None)
            if isinstance(node, SequenceNode) and rest and isinstance(rest[0], int):
                if rest[0] - skipped < len(node.value):
                    return name, (section, rest[0] - skipped, *rest[1:])
                skipped += len(node.value)
            elif isinstance(node, MappingNode) and (
                not rest or any(key.value == rest[0] for key, _ in node.value)
            ):
                return name, path
        return VOCABULARY, ()

    @cached_property
    def _vocabulary_names(self) -> list[str]:
        folder = vocabulary_folder(self.files.folder)
        return [f"{folder.name}/{path.name}" for path in vocabulary_paths(folder)]

    def _text(self, file: str) -> str:
        """The text of a file; empty when it cannot be read any more."""
        if file not in self._texts:
            own = file.startswith(f"{VOCABULARY}/")
            root = vocabulary_folder(self.files.folder).parent if own else self.files.folder
            try:
                self._texts[file] = read_text(root / file)
            except (OSError, UnicodeDecodeError):
                self._texts[file] = ""
        return self._texts[file]

    def _tree(self, file: str) -> Node | None:
        if file not in self._trees:
            try:
                self._trees[file] = compose_plain(self._text(file))
            except YAMLError:
                self._trees[file] = None
        return self._trees[file]


def doubled(ids: Iterable[str], place: Callable[[int], Place], message: str) -> Iterator[Flaw]:
    """Ids that stand twice, at their second place.

    Args:
        place: where the id at an index stands.
        message: with {id} in the place of the id.

    """
    first: dict[str, int] = {}
    for index, id in enumerate(ids):
        if first.setdefault(id, index) != index:
            text = message.format(id=id)
            yield Flaw(place(index), text, "choose another id", first=place(first[id]))


def in_circles(parents: Mapping[str, str | None]) -> set[str]:
    """The ids that, going from parent to parent, come back to themselves."""
    found: set[str] = set()
    for start in parents:
        seen = {start}
        step = parents.get(start)
        while step is not None and step not in seen:
            seen.add(step)
            step = parents.get(step)
        if step == start:
            found.add(start)
    return found
