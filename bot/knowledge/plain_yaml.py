"""The part of YAML that knowledge files are written in: plain values, lists and keys.

Every value is text: `no` is a word, 2021-04-20 and 010 are what stands there, an empty
value is nothing. What else YAML can do is refused, because it changes what people wrote
without their knowing: anchors (`&name`), references to them (`*name`), tags (`!name`),
directives (`%…`), a second document, a key that stands twice. `read_plain` only says
that a text is refused; `schema` and `syntax` say where, why and what to do.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.knowledge.mends import short

MAX_CHARACTERS = 4_000_000
"""Longer files are refused: with them, lines could be nested deeper than is safe to read."""
MAX_DEPTH = 100
"""Brackets or hyphens within one another; real files stay below ten."""

try:
    _SafeLoader: Any = yaml.CSafeLoader
except AttributeError:  # PyYAML built without libyaml: slower, otherwise the same
    _SafeLoader = yaml.SafeLoader


class PlainLoader(_SafeLoader):  # type: ignore[misc]
    """Reads YAML as people mean it: `no` is a word, 2021-04-20 and 010 are what stands there.

    Every value is text (an empty one is nothing); what a field needs to be, a number or
    true and false, is converted from the text when the types are filled.
    """

    def resolve(self, kind: type[Node], value: str | None, implicit: Any) -> str:
        """The tag of a value; for plain values there are only four."""
        if kind is ScalarNode:
            return _NOTHING if not value and implicit[0] else _TEXT
        return _LIST if kind is SequenceNode else _KEYS

    def descend_resolver(self, node: Node | None, index: object) -> None:
        """Nothing to look up on the way down: no tag depends on a path."""

    def ascend_resolver(self) -> None:
        """Nothing to look up on the way up."""


_NOTHING = "tag:yaml.org,2002:null"
_TEXT = "tag:yaml.org,2002:str"
_LIST = "tag:yaml.org,2002:seq"
_KEYS = "tag:yaml.org,2002:map"


_INDICATOR = re.compile(r"(?<![^\s\[{,:?\ufeff])(?:[&*](?=[\w-])|!)|^%", re.MULTILINE)
"""Where an anchor, a reference, a tag or a directive may stand (or only a text like it)."""
_BRACKET = re.compile(r"[\[\]{}]")
_HYPHENS = re.compile(r"[-?][ \t]+[-?][ \t]+[-?][ \t]")
_HYPHEN_RUN = re.compile(rf"(?:[-?:][ \t]+){{{MAX_DEPTH}}}")
_HASH = re.compile(r"(?<=\S[ \t])#(?=[^\s#])")
"""What a comment may begin with, behind a value, though it was perhaps meant as text."""
_SEPARATORS = "\x85\u2028\u2029"
"""Invisible characters that end a line for YAML but not for an editor."""
_SWALLOWED = re.compile(
    r"^([ \t]*)- (?![>|\"'\[{-])[^\n:#]*[^\n:#\s]\n\1[ \t]+- (?=\S)", re.MULTILINE
)
"""An item of a list, and below it one that is indented further."""
_INVISIBLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""Characters that YAML refuses, and the separators."""

ValuePath = tuple[str | int, ...]
"""The way from the top of a file to a value: ("activities", 3, "figures", 0, "value")."""


class NotPlain(yaml.YAMLError):
    """The text is YAML, but uses what knowledge files may not use."""


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something in a text that knowledge files may not use."""

    index: int
    """Where it begins, in characters from the start of the text."""
    end: int
    """Where it ends."""
    message: str
    mend: str


def read_plain(text: str) -> Any:
    """The values of a file: dicts, lists, texts and None; None for an empty file.

    Raises:
        yaml.YAMLError: the text is no YAML, or not plain (`NotPlain`).
        RecursionError: lines are nested too deeply.

    """
    if too_deep(text) is not None or _has_separators(text):
        raise NotPlain
    if _may_hold_indicators(text) and any(True for _ in _indicators(text)):
        raise NotPlain
    if _may_be_cut(text) and any(True for _ in _cut_texts(text)):
        raise NotPlain
    if _SWALLOWED.search(text) is not None and any(True for _ in _swallowed_items(text)):
        raise NotPlain
    return _values(compose_plain(text))


def compose_plain(text: str) -> Node | None:
    """The tree of a file with the position of each value; None for an empty file.

    Raises:
        yaml.YAMLError: the text is no YAML.

    """
    loader = PlainLoader(text)
    try:
        node: Node | None = loader.get_single_node()
        return node
    finally:
        loader.dispose()


def _values(node: Node | None) -> Any:
    """The values of a tree; the shortest way, for good files."""
    if node.__class__ is ScalarNode:
        return None if node.tag == _NOTHING else node.value
    if node is None:
        return None
    if node.__class__ is SequenceNode:
        return [_values(item) for item in node.value]
    found: dict[str, Any] = {}
    for key, value in node.value:
        if key.__class__ is not ScalarNode:
            raise NotPlain
        found[key.value] = _values(value)
    if len(found) != len(node.value):
        raise NotPlain
    return found


Report = Callable[[Node, str, str], None]
"""Takes a node, what is wrong with it, and the mend."""


def values_of(node: Node | None, report: Report) -> Any:
    """The values of a tree in which keys may stand twice (the first one counts).

    Reports keys that stand twice or are no text.
    """
    if node is None or isinstance(node, ScalarNode):
        return None if node is None or node.tag == _NOTHING else node.value
    if isinstance(node, SequenceNode):
        return [values_of(item, report) for item in node.value]
    found: dict[str, Any] = {}
    keys: dict[str, Node] = {}
    doubled: list[ScalarNode] = []
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            message = "a list or brackets stand where a key is expected"
            report(key, message, "put the text in quotation marks")
        elif key.value in found:
            doubled.append(key)
        else:
            keys[key.value] = key
            found[key.value] = values_of(value, report)
    if doubled:
        _report_doubled(doubled, keys, report)
    return found


def _report_doubled(
    doubled: Sequence[ScalarNode], keys: Mapping[str, Node], report: Report
) -> None:
    """One problem for each key that stands twice; a single one when two entries ran together."""
    if len(doubled) > 2:
        names = ", ".join(key.value for key in doubled[:4])
        message = f"from here on keys stand twice in one entry: {names} …"
        report(doubled[0], message, 'begin a new entry here, with "- id: …"')
        return
    for key in doubled:
        first = keys[key.value].start_mark.line + 1
        message = f'the key "{key.value}" stands twice here, first in line {first}'
        report(key, message, "keep one of the two, or begin a new entry with a hyphen")


def node_at(node: Node | None, path: Sequence[str | int], *, key: bool = False) -> Node | None:
    """The node of the value at a path, or of the innermost one there is on the way.

    Args:
        key: give the node of the last key instead of its value.

    """
    for depth, step in enumerate(path):
        if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        elif isinstance(node, MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == step), None)
            if pair is None:
                break
            node = pair[0] if key and depth == len(path) - 1 else pair[1]
            if isinstance(node, ScalarNode) and node.tag == _NOTHING:
                node = pair[0]
        else:
            break
    return node


def too_deep(text: str) -> int | None:
    """The index at which a text becomes too long or too deeply nested to be read safely."""
    if len(text) > MAX_CHARACTERS:
        return MAX_CHARACTERS
    depth = 0
    for match in _BRACKET.finditer(text):
        depth = depth + 1 if match.group() in "[{" else max(depth - 1, 0)
        if depth > MAX_DEPTH:
            return match.start()
    run = _HYPHEN_RUN.search(text) if _HYPHENS.search(text) else None
    return run.start() if run else None


def oddities(text: str) -> Iterator[Oddity]:
    """Everything in a text that knowledge files may not use, up to its first syntax error."""
    for match in _INVISIBLE.finditer(text):
        if match.start() == 0 and match.group() == "\ufeff":
            continue
        code = f"U+{ord(match.group()):04X}"
        message = f"an invisible character that does not belong into a text ({code})"
        yield Oddity(match.start(), match.end(), message, "delete it and type the place anew")
    if _may_hold_indicators(text):
        yield from _indicators(text)
    if _may_be_cut(text):
        yield from _cut_texts(text)
    if _SWALLOWED.search(text) is not None:
        yield from _swallowed_items(text)
    yield from _second_documents(text)


def _has_separators(text: str) -> bool:
    return any(character in text for character in _SEPARATORS)


def _may_hold_indicators(text: str) -> bool:
    return any(mark in text for mark in "&*!%") and _INDICATOR.search(text) is not None


def _may_be_cut(text: str) -> bool:
    return " #" in text and _HASH.search(text) is not None


def _cut_texts(text: str) -> Iterator[Oddity]:
    """Where # stands before a word, so that it may have been meant as part of the text."""
    spans: list[tuple[int, int]] = [
        (event.start_mark.index, event.end_mark.index)
        for event in _events(text)
        if isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark
    ]
    for match in _HASH.finditer(text):
        start = match.start()
        number = bisect_right(spans, (start, len(text))) - 1
        if number < 0 or start >= spans[number][1]:
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            message = f'"{short(text[start:end])}" is lost: YAML skips what stands behind #'
            mend = f"{_QUOTE_IT}; if it is a remark, write a space after #"
            yield Oddity(start, end, message, mend)


def _swallowed_items(text: str) -> Iterator[Oddity]:
    """Items of a list that stand too far right, so that they go on with the text above."""
    plain = [
        (event.start_mark.index, event.end_mark.index)
        for event in _events(text)
        if isinstance(event, yaml.ScalarEvent) and not event.style
        and event.start_mark and event.end_mark
    ]  # fmt: skip
    for match in _SWALLOWED.finditer(text):
        start = match.end() - 2
        number = bisect_right(plain, (start, len(text))) - 1
        if number >= 0 and start < plain[number][1]:
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            message = f'"{short(text[start:end])}" is read as part of the text in the line above'
            yield Oddity(start, end, message, "move it left, right below the hyphen above")


def _events(text: str) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=PlainLoader)
    except yaml.YAMLError:
        return


_ANCHOR = re.compile(r"[&*][\w-]*")
_TAG = re.compile(r"!\S*")
_QUOTE_IT = "put the whole text in quotation marks"
_TAKEN_OFF = "YAML takes this word off the text, because it begins with"


def _indicators(text: str) -> Iterator[Oddity]:
    """Directives, anchors, references and tags."""
    for event in _events(text):
        start = event.start_mark.index
        if isinstance(event, yaml.DocumentStartEvent) and (event.version or event.tags):
            line = text.find("%", start)
            end = text.find("\n", line)
            message = "a line that begins with % is an order to YAML"
            yield Oddity(line, end, message, "take the line out")
        if isinstance(event, yaml.AliasEvent):
            message = "a text that begins with * stands for another place"
            yield _marked(text, start, _ANCHOR, message)
        elif getattr(event, "anchor", None):
            yield _marked(text, start, _ANCHOR, f"{_TAKEN_OFF} &")
        if getattr(event, "tag", None):
            yield _marked(text, start, _TAG, f"{_TAKEN_OFF} !")


def _marked(text: str, start: int, pattern: re.Pattern[str], message: str) -> Oddity:
    match = pattern.search(text, start)
    first, end = match.span() if match else (start, start + 1)
    return Oddity(first, end, f"{message}: {text[first:end]}", _QUOTE_IT)


def _second_documents(text: str) -> Iterator[Oddity]:
    if "\n---" not in text and "\n..." not in text:
        return
    count = 0
    for event in _events(text):
        if isinstance(event, yaml.DocumentStartEvent):
            count += 1
            start = event.start_mark.index if event.start_mark else 0
            if count > 1:
                end = start + 3 if text.startswith("---", start) else start
                yield Oddity(
                    start, end, "a second document begins here (---)", "take this line out"
                )
