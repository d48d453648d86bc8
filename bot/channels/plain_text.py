"""A reply as plain text, and plain text in the width of a terminal. Pure functions."""

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
_NOT_AT_END = "（《「『“‘(["
"""Punctuation that stays on the line of the word after it."""


def plain_text(reply: Reply, wording: Wording) -> str:
    """The whole answer: blocks, then one line for each source that they do not show themselves."""
    body = _joined(reply.blocks)
    shown = [source for source in reply.sources if source.url not in body]
    sources = "\n".join(source_line(source, reply.language, wording) for source in shown)
    return f"{body}\n\n{sources}" if sources else body


def source_line(source: SourceLink, language: Language, wording: Wording) -> str:
    """ "Source: title (publisher, day) address"."""
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
    hanging = " " * _hanging(whole)
    line, used = "", 0
    for piece in _pieces(whole):
        if used + display_width(piece) > columns and line.strip():
            yield line.rstrip()
            line = hanging + piece.lstrip()
            used = display_width(line)
        else:
            line += piece
            used += display_width(piece)
    yield line.rstrip()


def _hanging(line: str) -> int:
    """How far the following lines of a list item are set in: behind "- " or "1. "."""
    start, dot, _ = line.partition(". ")
    if dot and start.isdigit():
        return len(start) + 2
    return len(_BULLET) if line.startswith(_BULLET) else 0


def _pieces(text: str) -> Iterator[str]:
    """Words with the space before them, single wide characters, punctuation kept with them."""
    held = ""
    for character in text:
        if _joins(held, character):
            held += character
        else:
            yield held
            held = character
    yield held


def _joins(held: str, character: str) -> bool:
    """Whether a line may not be broken between the two."""
    if not held or held[-1] in _NOT_AT_END or character in _NOT_AT_START:
        return True
    if held[-1].isspace():
        return character.isspace() or held.isspace()
    return not (character.isspace() or _is_wide(character) or _is_wide(held[-1]))


def _is_wide(character: str) -> bool:
    return "\u2e80" <= character <= "\ufaff" or "\uff00" <= character <= "\uff60"


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
