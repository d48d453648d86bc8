"""Says in plain words why a file is no YAML, and which small change would mend it.

YAML stops at the first line that it cannot make sense of, often far below the slip. So
the entry around that line is tried again with one small change at a time (spaces in
front, a closing quotation mark, a space after a colon …); the change after which the
entry reads and fits its type tells both the place and the mend. With it made (or the
entry left out) the rest of the file is read on, so that one run finds all slips.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import yaml
from yaml.nodes import Node

from bot.knowledge.plain_yaml import compose_plain, too_deep, values_of

MAX_SLIPS = 20
"""Slips that are looked for in one file before reading it is given up."""
MAX_ATTEMPTS = 400
"""Changes that are tried for one slip."""
MAX_CHARACTERS_TRIED = 800_000
"""Characters that are read again for one slip, all attempts together: half a second or so."""
REACH = 12
"""Lines above and below the place that YAML names in which the slip is looked for."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a file should look like."""

    sections: frozenset[str]
    """The keys that stand at its margin."""
    fits: Callable[[Any], bool]
    """Whether a part of a file, as {section: value}, fits the file's type."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A place at which a text is no YAML."""

    line: int
    """Counted from 0."""
    column: int
    """Counted from 0."""
    message: str
    mend: str


@dataclass(frozen=True, slots=True)
class Recovered:
    """A text that can be read, made from one with slips."""

    text: str
    """With as many lines as the original one; entries that were left out are empty lines."""
    tree: Node | None
    slips: tuple[Slip, ...]
    left_out: bool
    """Whether entries had to be left out."""


@dataclass(frozen=True, slots=True)
class _Chunk:
    """An entry of a file: a section that begins at the margin, or an item of its list."""

    header: int | None
    """The line with the section's key, for items."""
    start: int
    end: int

    def document(self, lines: Sequence[str]) -> list[str]:
        """The entry as a text of its own, under its section's key."""
        head = [] if self.header is None else [lines[self.header]]
        return [*head, *lines[self.start : self.end]]

    def shift(self) -> int:
        """What to add to a line number of `document` to get that of the file."""
        return self.start - (0 if self.header is None else 1)


@dataclass(frozen=True, slots=True)
class _Change:
    """One small change of one line."""

    line: int
    text: str | None
    """The new line; None when it is left out."""
    found: str
    mend: str
    unlikely: int = 0
    """0: accepted as soon as it fits; more: only when nothing better fits."""
    lacks_keys: bool = False
    """Whether the entry lacks a key afterwards, so that it cannot fit its type."""


def recover(text: str, shape: Shape) -> Recovered:
    """Read a text with slips as far as possible."""
    slips: list[Slip] = []
    left_out = False
    while True:
        try:
            return Recovered(text, compose_plain(text), tuple(slips), left_out)
        except yaml.YAMLError as error:
            if len(slips) >= MAX_SLIPS:
                return Recovered("", None, tuple(slips), True)
            slip, mended, complete = _mend(text.split("\n"), error, shape)
            slips.append(slip)
            left_out = left_out or not complete
            if mended == text:
                return Recovered("", None, tuple(slips), True)
            text = mended


def _mend(lines: list[str], error: yaml.YAMLError, shape: Shape) -> tuple[Slip, str, bool]:
    """The slip, the text without it, and whether nothing of it had to be left out."""
    chunk, near = _culprit(lines, error, shape.sections)
    change = _best_change(lines, chunk, near, shape)
    if change is None or change.text is None:
        wider, first = _wider(lines, chunk, shape.sections)
        change = _best_change(lines, wider, first, shape) or change
    blank = [""] * (chunk.end - chunk.start)
    without = "\n".join([*lines[: chunk.start], *blank, *lines[chunk.end :]])
    if change is not None and change.text is not None:
        column = _first_difference(lines[change.line], change.text)
        slip = Slip(change.line, column, change.found, change.mend)
        if "\n" in change.text:
            return slip, without, False
        lines[change.line] = change.text
        return slip, "\n".join(lines), True
    line, column, message, mend = _in_plain_words(error, near, lines)
    if change is not None and abs(change.line - line) > 1:
        line, column = change.line, 0
    return Slip(line, column, message, mend), without, False


def _first_difference(before: str, after: str) -> int:
    pairs = enumerate(zip(before, after, strict=False))
    return next((i for i, (old, new) in pairs if old != new), min(len(before), len(after)))


# --- where the slip is -----------------------------------------------------------------


def _chunks(lines: Sequence[str], sections: frozenset[str]) -> list[_Chunk]:
    heads = [i for i in range(len(lines)) if i == 0 or _is_head(lines, i, sections)]
    chunks: list[_Chunk] = []
    for head, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        items = _item_lines(lines, head, end)
        if len(items) < 2:
            chunks.append(_Chunk(None, head, end))
            continue
        chunks.append(_Chunk(None, head, items[0]))
        chunks.extend(_Chunk(head, a, b) for a, b in zip(items, [*items[1:], end], strict=True))
    return chunks


def _is_head(lines: Sequence[str], i: int, sections: frozenset[str]) -> bool:
    """Whether a section begins in a line; also one whose key is misspelt."""
    key = re.match(r"[\w-]+", lines[i])
    if key is None:
        return False
    below = lines[i + 1] if i + 1 < len(lines) else ""
    return key.group() in sections or below.startswith(("- ", "  - "))


def _item_lines(lines: Sequence[str], head: int, end: int) -> list[int]:
    """The lines at which the items of a section's own list begin."""
    below = [i for i in range(head + 1, end) if lines[i].strip() and lines[i].strip()[0] != "#"]
    hyphens = [(_indent(lines[i]), i) for i in below if lines[i].lstrip(" ").startswith("- ")]
    first = hyphens[0][0] if hyphens and hyphens[0][1] == below[0] else 0
    near = [(indent, i) for indent, i in hyphens if indent <= max(first, 3)]
    counts = Counter(indent for indent, _ in near)
    own = max(counts, key=lambda indent: (counts[indent], -indent), default=0)
    return [i for indent, i in near if indent == own]


def _culprit(
    lines: Sequence[str], error: yaml.YAMLError, sections: frozenset[str]
) -> tuple[_Chunk, int]:
    """The entry with the slip, and the line near which to look for it."""
    problem, context = _lines_named(error, lines)
    chunks = _chunks(lines, sections)
    where = next((i for i, c in enumerate(chunks) if c.start <= problem < c.end), len(chunks) - 1)
    first = next((i for i, c in enumerate(chunks) if c.start <= context < c.end), where)
    first = max(0, where - 1) if context == 0 or first > where else first
    for chunk in [*chunks[first : first + 4], *chunks[max(first, where - 1) : where + 1]]:
        broken = _error_of(chunk.document(lines))
        if broken is not None:
            if chunk.header is not None and ":" not in lines[chunk.header]:
                return _Chunk(None, chunk.header, chunk.end), chunk.header
            near, _ = _lines_named(broken, lines)
            return chunk, min(max(near + chunk.shift(), chunk.start), chunk.end - 1)
    joined = chunks[max(0, where - 1)]
    return _Chunk(joined.header, joined.start, chunks[where].end), problem


def _wider(lines: Sequence[str], chunk: _Chunk, sections: frozenset[str]) -> tuple[_Chunk, int]:
    """A section together with the entry before, in case that it is a line of that entry.

    Also the line with which the section begins.
    """
    first = chunk.start if chunk.header is None else chunk.header
    before = [other for other in _chunks(lines, sections) if other.end <= first]
    if not before or chunk.start - first > REACH:
        return chunk, first
    return _Chunk(before[-1].header, before[-1].start, chunk.end), first


def _lines_named(error: yaml.YAMLError, lines: Sequence[str]) -> tuple[int, int]:
    """The line of the problem and that of its context, from 0."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        position = getattr(error, "position", 0)
        line = "\n".join(lines)[:position].count("\n")
        return line, line
    context = getattr(error, "context_mark", None) or mark
    quoted = "scanning a" in (getattr(error, "context", None) or "")
    line = context.line if quoted else mark.line
    return min(line, len(lines) - 1), min(context.line, len(lines) - 1)


def _error_of(document: Sequence[str]) -> yaml.YAMLError | None:
    try:
        compose_plain("\n".join(document))
        return None
    except yaml.YAMLError as error:
        return error


# --- which change mends it -------------------------------------------------------------


def _best_change(lines: Sequence[str], chunk: _Chunk, near: int, shape: Shape) -> _Change | None:
    low, high = max(chunk.start, near - REACH), min(chunk.end, near + REACH + 1)
    order = sorted(range(low, high), key=lambda i: abs(i - near) + (0.5 if i > near else 0))
    order += list(range(chunk.start + 1, min(chunk.start + 4, low)))
    best: _Change | None = None
    changes = (change for i in order for change in _changes(lines, i))
    length = sum(len(line) for line in lines[chunk.start : chunk.end])
    for change in islice(changes, min(MAX_ATTEMPTS, MAX_CHARACTERS_TRIED // (length + 1))):
        if (best is None or change.unlikely < best.unlikely) and _reads(
            lines, chunk, change, shape
        ):
            best = change
            if not change.unlikely:
                return best
    if best is not None:
        return best
    leaving_out = (_Change(i, None, "", "") for i in order if lines[i].strip())
    return next((change for change in leaving_out if _reads(lines, chunk, change, None)), None)


def _accepts(change: _Change, values: Any, shape: Shape) -> bool:
    return change.lacks_keys or shape.fits(values)


def _reads(lines: Sequence[str], chunk: _Chunk, change: _Change, shape: Shape | None) -> bool:
    new = [] if change.text is None else [change.text]
    document = [
        *([] if chunk.header is None else [lines[chunk.header]]),
        *lines[chunk.start : change.line], *new, *lines[change.line + 1 : chunk.end],
    ]  # fmt: skip
    text = "\n".join(document)
    if too_deep(text) is not None:
        return False
    doubled: list[str] = []
    try:
        node = compose_plain(text)
        values = values_of(node, lambda _node, message, _mend: doubled.append(message))
    except (yaml.YAMLError, RecursionError):
        return False
    return not doubled and (shape is None or _accepts(change, values, shape))


_KEY = re.compile(r"^(\s*(?:- )?)([a-z_][\w-]*)(\s*)(.*)$")
_PAIR = re.compile(r"^(\s*(?:- )?[\w-]+:\s+)(\S.*)$")
_ITEM = re.compile(r"^(\s*- )(\S.*)$")
_GLUED = re.compile(r"^(\s*(?:- )?[a-z_][\w-]*):(\S.*)$")
_INNER = re.compile(r"([\w-]+): ([^\"'\[{].*?)(?=, [\w-]+: |\}+\s*$)")
_HALF_QUOTED = re.compile(
    r"([\w-]+: |^\s*- )((['\"])(?:(?!\3).)*\3\s*[^\s,\]}#].*?)(?=, [\w-]+: |\}+\s*$|\s*$)"
)
"""A text that begins with a word in quotation marks and goes on behind it."""
_TORN = re.compile(r"(?<=\S)\s{2,}(?:- )?[a-z_]+:(?:\s|$)")


def _changes(lines: Sequence[str], i: int) -> Iterator[_Change]:
    line = lines[i]
    if not line.strip() or line.lstrip().startswith("#"):
        return
    if "\t" in line[: len(line) - len(line.lstrip())]:
        found = "a tab stands in front of this line; YAML allows only spaces there"
        for width in (2, 4, 8):
            yield _Change(i, line.replace("\t", " " * width), found, "replace the tab by spaces")
    yield from _punctuation(i, line)
    yield from _quotation_marks(i, line)
    yield from _brackets(i, line)
    yield from _indentation(lines, i)
    yield from _lost_hyphen(lines, i)
    yield from _lost_key(lines, i)
    yield from _stray_sign(i, line)
    yield from _torn(i, line)


def _torn(i: int, line: str) -> Iterator[_Change]:
    """Two lines that became one, with or without a sign in place of the line break."""
    for match in _TORN.finditer(line):
        first, second = line[: match.start()], line[match.start() :]
        found = "two lines have become one here"
        mend = f"begin a new line before {second.strip()[:30]}"
        yield _Change(i, f"{first}\n{second}", found, mend)
        yield _Change(i, f"{first[:-1]}\n{second}", found, mend)


def _punctuation(i: int, line: str) -> Iterator[_Change]:
    if "：" in line:
        found = "a Chinese colon (：) stands where YAML needs an ordinary one"
        yield _Change(
            i, re.sub(r"：\s*", ": ", line, count=1), found, 'write ": ", a colon and a space'
        )
    if "，" in line and ("[" in line or "{" in line):
        found = "a Chinese comma (，) stands where YAML needs an ordinary one"
        yield _Change(i, line.replace("，", ", "), found, 'write ", ", a comma and a space')
    glued = _GLUED.match(line)
    if glued:
        found = f'there is no space after the colon of "{glued[1].strip(" -")}:"'
        yield _Change(i, f"{glued[1]}: {glued[2]}", found, "write a space after the colon")
    hyphen = re.match(r"^(\s*)-(\S.*)$", line)
    if hyphen:
        found = "there is no space after the hyphen"
        yield _Change(i, f"{hyphen[1]}- {hyphen[2]}", found, "write a space after the hyphen")
    key = _KEY.match(line)
    if key and not key[4].startswith(":"):
        junk = re.match(r"^[^\s\w\[{\"'](?:\s|$)", key[4])
        value = key[4][1:].lstrip() if junk else key[4]
        found = f'there is no colon after "{key[2]}"'
        unlikely = int(key[2] == line.strip())
        for word in (key[2], key[2][:-1]):
            text = f"{key[1]}{word}: {value}".rstrip()
            yield _Change(i, text, found, f'write "{word}:"', unlikely)


def _quotation_marks(i: int, line: str) -> Iterator[_Change]:
    for mark in ('"', "'"):
        if line.count(mark) % 2:
            found = f"a quotation mark ({mark}) has no partner in this line"
            mend = "close the text with a quotation mark, or take this one out"
            stem = line.rstrip()
            yield _Change(i, stem + mark, found, mend)
            for close in re.finditer(r"[\]},]", line):
                yield _Change(i, line[: close.start()] + mark + line[close.start() :], found, mend)
            pair = _PAIR.match(line) or _ITEM.match(line)
            if pair:
                yield _Change(i, pair[1] + mark + pair[2], found, mend)
            for opening in re.finditer(r"(?<=[\[{] )\S|(?<=[\[{,:])\S|(?<=[,:] )\S", line):
                yield _Change(
                    i, line[: opening.start()] + mark + line[opening.start() :], found, mend
                )
            yield _Change(i, line.replace(mark, "", 1), found, mend, 1)
    whole = line
    if len(line) < 2000:
        whole = _HALF_QUOTED.sub(lambda match: f"{match[1]}{_single_quoted(match[2])}", line)
    if whole != line:
        found = "the text goes on behind the quotation mark that ends it"
        mend = "put the whole text in quotation marks of the other sort"
        yield _Change(i, whole, found, mend)
    pair = _PAIR.match(line) or _ITEM.match(line)
    found = "this text holds signs that mean something to YAML (such as a colon, # or a bracket)"
    mend = "put the whole text in quotation marks"
    if pair:
        yield _Change(i, pair[1] + _quoted(pair[2]), found, mend, 1 if pair[2][0] in "[{" else 0)
    if "{" in line and len(line) < 2000:
        inner = _INNER.sub(lambda match: f"{match[1]}: {_quoted(match[2])}", line)
        if inner != line:
            yield _Change(i, inner, found, mend)


def _single_quoted(text: str) -> str:
    return "'" + text.rstrip().replace("'", "''") + "'"


def _quoted(text: str) -> str:
    stripped = text.rstrip()
    if len(stripped) > 1 and stripped[0] == stripped[-1] == '"':
        stripped = stripped[1:-1]
    return '"' + stripped.replace("\\", "\\\\").replace('"', '\\"') + '"'


_OPEN = {"]": "[", "}": "{"}


def _brackets(i: int, line: str) -> Iterator[_Change]:
    for close, opening in _OPEN.items():
        surplus = line.count(opening) - line.count(close)
        if surplus > 0:
            found = f'a bracket "{opening}" is opened in this line and not closed'
            mend = f'close it with "{close}"'
            stem = line.rstrip().rstrip(",")
            yield _Change(i, stem + close, found, mend)
            for other in re.finditer(r"[\]}]|, [\w-]+: ", line):
                yield _Change(i, line[: other.start()] + close + line[other.start() :], found, mend)
            yield _Change(i, _replaced_last(line, close), found, mend)
        elif surplus < 0:
            found = f'a bracket "{close}" closes nothing'
            mend = f'open it with "{opening}", or take it out'
            pair = _PAIR.match(line) or _ITEM.match(line)
            if pair:
                yield _Change(i, pair[1] + opening + pair[2], found, mend)
                yield _Change(i, pair[1] + opening + pair[2][1:], found, mend)
            for colon in re.finditer(r": (?=\S)", line):
                yield _Change(i, line[: colon.end()] + opening + line[colon.end() :], found, mend)
                yield _Change(
                    i, line[: colon.end()] + opening + line[colon.end() + 1 :], found, mend
                )
            at = line.rindex(close)
            yield _Change(i, line[:at] + line[at + 1 :], found, mend)


def _replaced_last(line: str, close: str) -> str:
    return line.rstrip()[:-1] + close


def _indentation(lines: Sequence[str], i: int) -> Iterator[_Change]:
    own = _indent(lines[i])
    around = {_indent(line) for line in lines[max(0, i - 8) : i + 9] if line.strip()}
    around |= {indent + 2 for indent in around} | {max(0, own - 4), max(0, own - 2), own + 2}
    is_regular = _is_regular(lines, i, own)
    for indent in sorted(around - {own}, key=lambda n: (abs(n - own), n)):
        found = f"this line does not line up with the lines around it: {own} spaces stand in front"
        unlikely = int(is_regular) if not indent % 2 and _is_regular(lines, i, indent) else 2
        text = " " * indent + lines[i].lstrip(" ")
        yield _Change(i, text, found, f"put {indent} spaces in front", unlikely)


_ENTRY = re.compile(r"\s*(?:- |[a-z_][\w-]*:(?:\s|$))")
"""A line with a key or an item, not one of a longer text."""


def _is_regular(lines: Sequence[str], i: int, indent: int) -> bool:
    """Whether a line would stand level with one above it, or two spaces within it."""
    for line in reversed(lines[max(0, i - 60) : i]):
        own = _indent(line)
        if line.lstrip().startswith("- ") and not lines[i].lstrip().startswith("- "):
            own += 2
        if own <= indent and _ENTRY.match(line):
            return own in (indent, indent - 2)
    return indent == 0


def _above(lines: Sequence[str], i: int) -> str:
    """The line above that holds anything but a comment."""
    above = (line for line in reversed(lines[max(0, i - 6) : i]))
    return next((line for line in above if line.strip() and line.lstrip()[0] != "#"), "")


def _lost_hyphen(lines: Sequence[str], i: int) -> Iterator[_Change]:
    """The first entry of a list whose first line is gone."""
    own = _indent(lines[i])
    above, below = _above(lines, i), lines[i + 1 : i + 200]
    if above.rstrip().endswith(":") and 2 <= own > _indent(above):
        hyphen = " " * (own - 2) + "- "
        if any(line.startswith(hyphen) for line in below):
            found = "the first entry of this list does not begin with a hyphen"
            mend = 'begin it with a line "- id: …"'
            yield _Change(i, hyphen + lines[i].lstrip(" "), found, mend, 3, lacks_keys=True)


def _lost_key(lines: Sequence[str], i: int) -> Iterator[_Change]:
    """A list or text whose key is gone, so that it stands under the key above that one."""
    own = _indent(lines[i])
    above = _above(lines, i)
    if own - 4 != _indent(above) or not above.rstrip().endswith(":"):
        return
    for language in ("en", "zh"):
        text = f"{' ' * (own - 2)}{language}: >-\n{lines[i]}"
        yield _Change(
            i, text, "the language of this text is missing", f'write "{language}: >-" above'
        )
    if lines[i].lstrip(" ").startswith("- "):
        found = "the key of this list is missing"
        text = f"{' ' * (own - 2)}missing:\n{lines[i]}"
        mend = "write the key above this line, two spaces less in front"
        yield _Change(i, text, found, mend, 3, lacks_keys=True)


_STRAY = re.compile(r"^(\s*)([^\s\-])(\s+(?:- )?[a-z_]+:.*)$")


def _stray_sign(i: int, line: str) -> Iterator[_Change]:
    match = _STRAY.match(line)
    if match:
        found = f'a sign that does not belong here stands in front of the line: "{match[2]}"'
        yield _Change(i, f"{match[1]} {match[3]}", found, "put a space in its place")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


# --- when no change mends it -----------------------------------------------------------

_SPACES_ABOVE = "check the spaces in front of it, and the quotation marks and brackets above"
_QUOTE_IT = "put the text in quotation marks"
_CLOSE_IT = "close the text with a quotation mark"
_NEVER_CLOSED = "a quotation mark is opened here and never closed"
_WORDS = {
    "cannot start any token": (
        "YAML cannot read what stands here: a sign that no text may begin with, or a tab",
        f"{_QUOTE_IT}; write spaces, no tabs",
    ),
    "mapping values are not allowed": (
        "a colon stands where YAML expects none",
        (
            "check the spaces in front of this line and the one above; "
            "put a text with a colon in quotation marks"
        ),
    ),
    "could not find expected ':'": (
        "a key without a colon",
        "write a colon and a space after the key",
    ),
    "did not find expected key": (
        "this line does not continue what stands above it",
        _SPACES_ABOVE,
    ),
    "'-' indicator": (
        "this line is no further entry of the list above",
        "begin it with a hyphen, or check the spaces in front of it",
    ),
    "',' or ']'": ("a list in brackets is not closed", "close it with ]"),
    "',' or '}'": ("curly brackets are not closed", "close them with }"),
    "unexpected end of stream": (_NEVER_CLOSED, _CLOSE_IT),
    "document indicator": (_NEVER_CLOSED, _CLOSE_IT),
    "sequence entries are not allowed": (
        "a list cannot begin in this line",
        "begin the list in a line of its own",
    ),
    "unknown escape character": (
        "a backslash (\\) between quotation marks has a meaning of its own",
        "write two backslashes, or single quotation marks",
    ),
    "expected comment or line break": (
        "after | or > the text has to begin in the next line",
        "begin the text in a new line",
    ),
    "expected node content": (
        "a value is missing, or a bracket closes nothing",
        "write the value, or take the bracket out",
    ),
    "alphabetic or numeric": ("a text cannot begin with & or *", _QUOTE_IT),
    "tag": ("a text cannot begin with !", _QUOTE_IT),
    "directive": ("a line cannot begin with %", "take the line out"),
    "document start": (
        "nothing may stand after a line of three dots",
        "take the line with the dots out",
    ),
    "tab": ("a tab stands in front of this line", "write spaces"),
}
"""A part of what YAML says: what it means, and what to do."""
_OTHERWISE = ("YAML cannot read this line", "compare it with the same place in another file")


def _in_plain_words(
    error: yaml.YAMLError, near: int, lines: Sequence[str]
) -> tuple[int, int, str, str]:
    said = f"{getattr(error, 'problem', None) or error}"
    message, mend = next((words for part, words in _WORDS.items() if part in said), _OTHERWISE)
    mark = getattr(error, "problem_mark", None)
    column = mark.column if mark is not None and mark.line == near else _indent(lines[near])
    return near, column, message, mend
