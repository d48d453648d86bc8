"""A reply as plain text, and plain text in the width of a terminal. Pure functions."""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from bot.answering.reply import Block, BulletList, Language, Paragraph, Reply, SourceLink
from bot.knowledge.facts import Text

Wording = Mapping[str, Text]
"""How the bot says things: key → template, from `knowledge/vocabulary/wording.yaml`."""

COLUMNS = 80
"""Width that answers are made to fit in a terminal."""

_BULLET = "- "
_LABELLED = Text(en="{label}: {values}", zh="{label}：{values}")
_SOURCE = Text(en="Source", zh="来源")
_NOT_AT_START = "，。；：！？、）》」』”’…—·,.;:!?)"
"""Punctuation that stays on the line of the word before it."""
_PIECE = re.compile(r"\s+|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]+|[\u2e80-\uffff]")
"""What is kept together when a line is broken: spaces, a word, or one wide character."""


def plain_text(reply: Reply, wording: Wording) -> str:
    """The whole answer: blocks, then one line for each source that they do not show themselves."""
    body = _joined(reply.blocks)
    shown = [source for source in reply.sources if source.url not in body]
    sources = "\n".join(source_line(source, reply.language, wording) for source in shown)
    return f"{body}\n\n{sources}" if sources else body


def source_line(source: SourceLink, language: Language, wording: Wording) -> str:
    """"Source: title (publisher, day) address"."""
    note = ""
    if source.note:
        note = f"（{source.note}）" if language == "zh" else f" ({source.note})"
    label = wording.get("sources", _SOURCE).in_language(language)
    line = wording.get("attribute_line", _LABELLED).in_language(language)
    return line.format(label=label, values=f"{source.title}{note} {source.url}")


def _joined(blocks: tuple[Block, ...]) -> str:
    """A list follows its first sentence directly; all else around a list stands apart."""
    parts: list[str] = []
    before: Block | None = None
    for block in blocks:
        text = _block(block)
        if not text:
            continue
        if before is not None:
            parts.append("\n\n" if _stands_apart(before, block) else "\n")
        parts.append(text)
        before = block
    return "".join(parts)


def _stands_apart(before: Block, block: Block) -> bool:
    if isinstance(before, BulletList):
        return True
    return isinstance(block, BulletList) and bool(block.heading)


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.text
    lines = [block.heading.strip()] if block.heading.strip() else []
    lines.extend(_BULLET + item for item in block.items)
    return "\n".join(lines)


def wrapped(text: str, columns: int = COLUMNS) -> str:
    """Text broken into lines of at most this width; list items hang by their bullet.

    Wide characters, as Chinese ones are, count double. Words that are longer than a line,
    as addresses are, stay whole.
    """
    return "\n".join(line for whole in text.split("\n") for line in _lines(whole, columns))


def _lines(whole: str, columns: int) -> Iterator[str]:
    whole = without_controls(whole)
    match = re.match(r"(?:- |\d+\. )", whole)
    hanging = " " * match.end() if match else ""
    line, used = "", 0
    for piece in _pieces(whole):
        width = display_width(piece)
        if used + display_width(piece.rstrip()) > columns and line.strip():
            yield line.rstrip()
            line, used = hanging, len(hanging)
            piece = piece.lstrip()
            width = display_width(piece)
        line += piece
        used += width
    yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """Words with the space before them, single wide characters, punctuation kept with them."""
    held = ""
    for match in _PIECE.finditer(text):
        piece = match.group()
        if piece.isspace():
            if held:
                yield held
            held = piece
        elif held.isspace() or (held and piece[0] in _NOT_AT_START) or _opens(held):
            held += piece
        else:
            if held:
                yield held
            held = piece
    if held:
        yield held


def _opens(text: str) -> bool:
    return text != "" and text[-1] in "（《「『“‘(["


def display_width(text: str) -> int:
    """How many columns a text takes in a terminal."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    width: int = wcswidth(text)
    return width if width >= 0 else len(text)


def without_controls(text: str) -> str:
    """Text without characters that would steer the terminal: escape, backspace, bidi marks."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
