"""Chinese typing errors: characters that sound like the ones that were meant (福健 for 福建).

Most Chinese is typed by sound, so the usual error is a wrong character with the right
sound. Phrases are compared by pinyin without tones, with the sounds that are commonly
confused (zh/z, ch/c, sh/s, n/l, ng/n) made one. Loaded only when Chinese comes that no
phrase covers.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from bot.understanding.utterance import Token

LONGEST = 6
"""Characters of the longest phrase that is looked for by sound."""
_ROWS, _CELLS = range(0xB0, 0xF8), range(0xA1, 0xFF)
"""Where GB 2312 has its 6,763 characters."""
_CONFUSED = ((re.compile(r"^([zcs])h"), r"\1"), (re.compile(r"^l"), "n"), (re.compile(r"ng$"), "n"))


class SoundTables(Struct, frozen=True):
    """Known Chinese phrases by their sound, in the form in which they can be kept in a file."""

    phrases: dict[str, list[str]]
    """Sound → phrases."""
    syllables: dict[str, str]
    """Character → its sound, for the usual characters."""


def tables_of(phrases: Iterable[str]) -> SoundTables:
    """Index phrases by their sound."""
    by_sound: dict[str, list[str]] = {}
    for phrase in phrases:
        if 2 <= len(phrase) <= LONGEST and min(phrase) >= "\u3400":
            by_sound.setdefault(" ".join(map(_syllable, phrase)), []).append(phrase)
    return SoundTables(by_sound, _usual_syllables())


@lru_cache(maxsize=1)
def _usual_syllables() -> dict[str, str]:
    usual = (bytes((row, cell)).decode("gb2312", "ignore") for row in _ROWS for cell in _CELLS)
    return {character: _syllable(character) for character in usual if character}


class HomophoneIndex:
    """Known Chinese phrases by their sound."""

    def __init__(self, tables: SoundTables) -> None:
        self._by_sound = tables.phrases
        self._syllables = tables.syllables

    def find(self, tokens: Sequence[Token], solid: set[int]) -> Iterator[tuple[int, int, str]]:
        """(first token, end, phrase) where free characters sound like a known phrase."""
        index = 0
        while index < len(tokens):
            match = self._longest_at(tokens, index, solid)
            if match is None:
                index += 1
                continue
            yield (index, *match)
            index = match[0]

    def _longest_at(
        self, tokens: Sequence[Token], first: int, solid: set[int]
    ) -> tuple[int, str] | None:
        for end in range(min(len(tokens), first + LONGEST), first + 1, -1):
            span = range(first, end)
            if not all(tokens[i].is_cjk and i not in solid for i in span):
                continue
            if any(tokens[i].gap for i in range(first + 1, end)):
                continue
            written = "".join(tokens[i].text for i in span)
            for phrase in self._by_sound.get(self._sound(written), ()):
                same = sum(a == b for a, b in zip(written, phrase, strict=True))
                if same >= len(phrase) - 2 and same >= 1 and written != phrase:
                    return end, phrase
        return None

    def _sound(self, text: str) -> str:
        known = self._syllables
        return " ".join(known.get(character) or _syllable(character) for character in text)


@lru_cache(maxsize=32768)
def _syllable(character: str) -> str:
    from pypinyin import Style, lazy_pinyin

    syllable: str = lazy_pinyin(character, style=Style.NORMAL)[0]
    for pattern, replacement in _CONFUSED:
        syllable = pattern.sub(replacement, syllable)
    return syllable
