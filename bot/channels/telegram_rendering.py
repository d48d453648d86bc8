"""Reply → parts that Telegram accepts: escaped HTML, and the same as plain text.

A part is at most 4096 UTF-16 units long with its markup, so it also fits without.
Cuts fall between blocks, else between the lines of a block, else between words,
and always before the markup is made: never inside a tag or an escaped character.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.answering.reply import Block, BulletList, Paragraph, Reply, SourceLink
from bot.channels.telegram_wording import TelegramWording

PART_UNITS = 4096
"""UTF-16 units in a message, by Telegram's rules."""
PART_ENTITIES = 90
"""Marked-up stretches in a message; Telegram silently drops those beyond about 100."""
_LINE_UNITS = 3900
"""UTF-16 units, escaped, up to which a line is left whole; leaves room for its markup."""
_CUT_LINE = 780
"""Characters of a cut line: even with every character escaped to five it fits."""
_LONGEST_LINK = 2000
"""Characters of an address beyond which a source is named without it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One message's worth of text."""

    html: str
    plain: str
    """The same without markup, for when Telegram refuses the markup."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """A reply as Telegram gets it."""

    parts: tuple[Part, ...]
    """At least one."""
    hidden: int = 0
    """How many list items were left out."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A stretch that is never cut: its two forms and how it joins what stands before it."""

    html: str
    plain: str
    opens_block: bool
    entities: int = 0

    @property
    def units(self) -> int:
        """Its length in its longer form, with the gap before it."""
        return max(utf16_units(self.html), utf16_units(self.plain)) + len("\n\n")


def render(
    reply: Reply, wording: TelegramWording, *, whole: bool = False, asked: str = ""
) -> Rendering:
    """The reply as parts; `whole` shows lists to the end, `asked` is quoted above it."""
    hidden = 0 if whole else hidden_items(reply)
    lines = [_Line(_tagged("i", line), line, i == 0, 1) for i, line in enumerate(_fitting(asked))]
    for block in reply.blocks:
        lines.extend(_block_lines(block, reply, wording, whole=whole))
    lines.extend(_source_lines(reply, wording))
    parts = tuple(_parts(lines))
    return Rendering(parts or (Part("…", "…"),), hidden)


def hidden_items(reply: Reply) -> int:
    """How many list items are left out unless the whole reply is asked for."""
    lists = (block for block in reply.blocks if isinstance(block, BulletList))
    return sum(max(0, len(block.items) - block.shown) for block in lists)


def utf16_units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain_text(text: str) -> Part:
    """A short text of our own, such as a note, as one part."""
    return Part(html.escape(text, quote=False), text)


def _block_lines(
    block: Block, reply: Reply, wording: TelegramWording, *, whole: bool
) -> Iterator[_Line]:
    if isinstance(block, Paragraph):
        for i, line in enumerate(_fitting(block.text)):
            yield _line(line, opens_block=i == 0, tag="b" if block.strong else "")
        return
    if block.heading:
        yield _line(block.heading, opens_block=True, tag="b")
    items = block.items if whole else block.items[: block.shown]
    for i, item in enumerate(items):
        for j, line in enumerate(_fitting(item)):
            text = line if j else f"• {line}"
            yield _line(text, opens_block=i == j == 0 and not block.heading)
    left_out = len(block.items) - len(items)
    if left_out:
        yield _line(
            wording.more_hidden.in_language(reply.language).format(count=left_out),
            opens_block=False,
            tag="i",
        )


def _source_lines(reply: Reply, wording: TelegramWording) -> Iterator[_Line]:
    if not reply.sources:
        return
    several = len(reply.sources) > 1
    word = (wording.sources if several else wording.source).in_language(reply.language)
    if several:
        yield _line(word, opens_block=True)
    for source in reply.sources:
        yield _source_line(source, "• " if several else f"{word} ", opens_block=not several)


def _source_line(source: SourceLink, lead: str, *, opens_block: bool) -> _Line:
    note = f" ({source.note})" if source.note else ""
    title = source.title or source.url
    if len(source.url) > _LONGEST_LINK:
        return _line(f"{lead}{title}{note}", opens_block=opens_block)
    link = f'<a href="{html.escape(source.url)}">{html.escape(title, quote=False)}</a>'
    return _Line(
        f"{lead}{link}{html.escape(note, quote=False)}",
        f"{lead}{title}{note} {source.url}",
        opens_block,
        entities=1,
    )


def _line(text: str, *, opens_block: bool, tag: str = "") -> _Line:
    marked = _tagged(tag, text) if tag else html.escape(text, quote=False)
    return _Line(marked, text, opens_block, 1 if tag else 0)


def _tagged(tag: str, text: str) -> str:
    return f"<{tag}>{html.escape(text, quote=False)}</{tag}>"


def _fitting(text: str) -> Iterator[str]:
    """The text in lines that fit a part, cut after a sentence or between words."""
    rest = re.sub(r"[^\S\n]+", " ", text.replace("\x00", "")).strip()
    while utf16_units(html.escape(rest, quote=False)) > _LINE_UNITS:
        window = rest[:_CUT_LINE]
        ends = [match.end() for match in re.finditer(r"[.!?]\s|[。!?;\n]", window)]
        cut = ends[-1] if ends else window.rfind(" ") + 1
        cut = cut or _CUT_LINE
        yield rest[:cut].strip()
        rest = rest[cut:].strip()
    if rest:
        yield rest


def _parts(lines: Iterable[_Line]) -> Iterator[Part]:
    """Blocks go into a part whole while they fit; one that fits none is cut between lines."""
    part = _Filling()
    for block in _blocks(lines):
        if part.has_room_for(block):
            part.take(block)
            continue
        if part.lines:
            yield part.joined()
        part = _Filling()
        for line in block:
            if part.lines and not part.has_room_for([line]):
                yield part.joined()
                part = _Filling()
            part.take([line])
    if part.lines:
        yield part.joined()


def _blocks(lines: Iterable[_Line]) -> Iterator[list[_Line]]:
    block: list[_Line] = []
    for line in lines:
        if line.opens_block and block:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


class _Filling:
    """A part that is being filled."""

    def __init__(self) -> None:
        self.lines: list[_Line] = []
        self._units = self._entities = 0

    def has_room_for(self, lines: list[_Line]) -> bool:
        """Whether the lines fit beside those that are in it."""
        units = self._units + sum(line.units for line in lines)
        entities = self._entities + sum(line.entities for line in lines)
        return units <= PART_UNITS and entities <= PART_ENTITIES

    def take(self, lines: list[_Line]) -> None:
        """Add lines."""
        self.lines += lines
        self._units += sum(line.units for line in lines)
        self._entities += sum(line.entities for line in lines)

    def joined(self) -> Part:
        """The part."""
        return Part(_joined(self.lines, "html"), _joined(self.lines, "plain"))


def _joined(lines: list[_Line], form: Literal["html", "plain"]) -> str:
    words = []
    for i, line in enumerate(lines):
        if i:
            words.append("\n\n" if line.opens_block else "\n")
        words.append(line.html if form == "html" else line.plain)
    return "".join(words)
