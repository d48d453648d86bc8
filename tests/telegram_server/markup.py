"""Telegram's HTML, read as strictly as Telegram reads it."""

import html
import re
from dataclasses import dataclass
from functools import lru_cache

_TAG = re.compile(r"<(/?)([a-z0-9-]+)((?:\s+[a-z-]+(?:=\"[^\"<>]*\")?)*)\s*>")
_PLAIN = re.compile(r"[^<&]+")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-f]+);", re.IGNORECASE)
_ALLOWED = {
    "b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "span", "tg-spoiler",
    "a", "tg-emoji", "code", "pre", "blockquote",
}  # fmt: skip


class ParseError(ValueError):
    """The text is not what Telegram calls HTML."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text without its markup."""

    text: str
    entities: int
    """How many stretches are marked up."""
    links: tuple[str, ...]
    """The addresses of its links."""


@lru_cache(maxsize=4096)
def parse_html(source: str) -> Parsed:
    """The text and its marked-up stretches; raises ParseError as Telegram answers 400."""
    text: list[str] = []
    opened: list[str] = []
    links: list[str] = []
    entities = position = 0
    while position < len(source):
        plain = _PLAIN.match(source, position)
        if plain is not None:
            text.append(plain.group())
            position = plain.end()
            continue
        character = source[position]
        if character == "<":
            match = _TAG.match(source, position)
            if match is None or match.group(2) not in _ALLOWED:
                raise ParseError(f"unsupported start tag at byte offset {position}")
            closing, name, attributes = match.groups()
            if closing:
                if not opened or opened.pop() != name:
                    raise ParseError(f"unexpected end tag at byte offset {position}")
            else:
                opened.append(name)
                entities += 1
                links += re.findall(r'href="([^"]*)"', attributes)
            position = match.end()
        elif character == "&" and (reference := _ENTITY.match(source, position)):
            text.append(html.unescape(reference.group()))
            position = reference.end()
        else:
            text.append(character)
            position += 1
    if opened:
        raise ParseError(f"can't find end tag corresponding to start tag {opened[-1]}")
    return Parsed("".join(text), entities, tuple(html.unescape(link) for link in links))


def utf16_units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2
