"""Slips that maintainers make while they edit a knowledge file, made by chance.

Each slip is one change of one file; the same seed always gives the same slips.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.knowledge.plain_yaml import ValuePath, compose_plain


@dataclass(frozen=True)
class Slip:
    """One change of one file."""

    what: str
    """The sort of slip."""
    file: str
    """Path in the knowledge folder."""
    content: bytes
    """The file's new content."""
    line: int
    """The changed line, counted from 1."""
    change: str
    """The change in words, for messages."""
    old_line: str
    """The line as it was."""


@dataclass(frozen=True)
class Value:
    """A value in a file."""

    path: ValuePath
    key: ScalarNode | None
    """The key that it stands under; None for items of lists."""
    node: Node


def values_in(node: Node | None, path: ValuePath = ()) -> Iterator[Value]:
    """All values of a file, from the top."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield Value((*path, key.value), key, value)
            yield from values_in(value, (*path, key.value))
    elif isinstance(node, SequenceNode):
        for index, value in enumerate(node.value):
            yield Value((*path, index), None, value)
            yield from values_in(value, (*path, index))


@dataclass(frozen=True)
class Original:
    """A good file, with its values."""

    file: str
    text: str
    values: tuple[Value, ...]

    @classmethod
    def read(cls, file: str, text: str) -> "Original":
        """The file with all its values."""
        return cls(file, text, tuple(values_in(compose_plain(text))))

    def replaced(self, what: str, node: Node, new: str, change: str = "") -> Slip:
        """The file with another text in the place of a value."""
        start, end = node.start_mark.index, node.end_mark.index
        old = self.text[start:end]
        change = change or f"{old[:40]!r} → {new[:40]!r}"
        content = self.text[:start] + new + old[len(old.rstrip()) :] + self.text[end:]
        return self.slip(what, content.encode(), node.start_mark.line, change)

    def slip(self, what: str, content: bytes, line: int, change: str) -> Slip:
        """A slip in a line, counted from 0."""
        old_line = self.text.split("\n")[line]
        return Slip(what, self.file, content, line + 1, change, old_line)


Maker = Callable[[Original, random.Random], Slip | None]


def misspelt_key(original: Original, chance: random.Random) -> Slip | None:
    """A key with a letter lost, doubled, exchanged or taken for another."""
    value = chance.choice([value for value in original.values if value.key is not None])
    assert value.key is not None
    word = value.key.value
    at = chance.randrange(len(word))
    ways = [
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
        word[:at] + chance.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :],
    ]
    new = chance.choice(ways)
    return original.replaced("key", value.key, new) if new not in (word, "") else None


def wrong_type(original: Original, chance: random.Random) -> Slip | None:
    """A value of another type: a list for a text, a text for a list, a word for a number."""
    value = chance.choice(original.values)
    if isinstance(value.node, ScalarNode):
        multiline = value.node.end_mark.line != value.node.start_mark.line
        new = chance.choice(["[one, two]", "{one: two}"])
        return None if multiline else original.replaced("type", value.node, new)
    if not getattr(value.node, "flow_style", False):
        return None
    return original.replaced("type", value.node, "a word")


def wrong_word(original: Original, chance: random.Random) -> Slip | None:
    """A value that its field does not allow: no id, no number, no known word, no day."""
    forms = {
        "id": "Not an Id", "kinds": "[Big Party]", "modality": "perhaps", "grade": "C",
        "year": "soon", "place": "nowhere-at-all", "region": "atlantis", "date": "tomorrow",
        "until": "20/4", "value": "many", "bound": "roughly", "kind": "no-such-kind",
        "level": "village", "part_of": "no-such-thing", "parent": "no-such-place",
        "source": "no-such", "theme_source": "hearsay", "world_ip_day": "twentieth",
        "organisers": "[nobody-at-all]",
        "broader": "[no-such-kind]", "facts": "[no-such-activity]", "status": "fine",
        "completeness": "half", "ours": "[fr]", "published": "in April", "elsewhere": "maybe",
    }  # fmt: skip
    values = [value for value in original.values if value.path[-1] in forms and _one_line(value)]
    if not values:
        return None
    value = chance.choice(values)
    return original.replaced("word", value.node, forms[str(value.path[-1])])


def _one_line(value: Value) -> bool:
    return value.node.end_mark.line == value.node.start_mark.line


def cut_line(original: Original, chance: random.Random) -> Slip | None:
    """A line that is gone."""
    lines = original.text.split("\n")
    at = chance.randrange(len(lines))
    content = "\n".join([*lines[:at], *lines[at + 1 :]]).encode()
    return original.slip("line cut", content, at, f"without {lines[at][:60]!r}")


def moved_line(original: Original, chance: random.Random) -> Slip | None:
    """A line with more or fewer spaces in front."""
    lines = original.text.split("\n")
    at = chance.randrange(len(lines))
    own = len(lines[at]) - len(lines[at].lstrip(" "))
    new = max(0, own + chance.choice([-4, -2, -1, 1, 2, 4]))
    if new == own or not lines[at].strip():
        return None
    change = f"{own} → {new} spaces: {lines[at].strip()[:50]!r}"
    lines[at] = " " * new + lines[at].lstrip(" ")
    return original.slip("indentation", "\n".join(lines).encode(), at, change)


def flipped_bit(original: Original, chance: random.Random) -> Slip | None:
    """One bit of one byte turned."""
    content = bytearray(original.text.encode())
    at = chance.randrange(len(content))
    before = content[at]
    content[at] ^= 1 << chance.randrange(8)
    line = original.text.encode()[:at].count(b"\n")
    around = bytes(content[max(0, at - 12) : at + 12])
    change = f"{before:#04x} → {content[at]:#04x} in {around!r}"
    return original.slip("byte", bytes(content), line, change)


def shifted_date(original: Original, chance: random.Random) -> Slip | None:
    """A day some days, months or years off, or one that no calendar has."""
    days = [v for v in original.values if isinstance(v.node, ScalarNode) and _day(v.node.value)]
    if not days:
        return None
    value = chance.choice(days)
    day = date.fromisoformat(value.node.value)
    new = chance.choice(
        [
            (day + timedelta(days=chance.choice([-9, -3, -1, 1, 3, 9]))).isoformat(),
            f"{day.year}-{day.month % 12 + 1:02}-{day.day:02}",
            f"{day.year + chance.choice([-10, -1, 1, 10])}-{day.month:02}-{day.day:02}",
            f"{day.year}-{day.day:02}-{day.month:02}",
            f"{day.year}-04-31",
        ]
    )
    return original.replaced("date", value.node, f'"{new}"')


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text[:2] == "20" else None
    except ValueError:
        return None


MAKERS: dict[str, Maker] = {
    "key": misspelt_key,
    "type": wrong_type,
    "word": wrong_word,
    "line cut": cut_line,
    "indentation": moved_line,
    "byte": flipped_bit,
    "date": shifted_date,
}


def slips(
    originals: Sequence[Original], count: int, seed: int, makers: dict[str, Maker] | None = None
) -> Iterator[Slip]:
    """As many slips as asked for, of all sorts in turn."""
    chance = random.Random(seed)
    sorts = list((makers or MAKERS).values())
    made = 0
    while made < count:
        slip = sorts[made % len(sorts)](chance.choice(originals), chance)
        if slip is not None:
            made += 1
            yield slip
