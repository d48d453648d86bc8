"""Chinese typing errors: characters that sound like the ones that were meant (福健 for 福建).

Most Chinese is typed by sound, so the usual error is a wrong character with the right
sound. Phrases are compared by pinyin without tones, with the sounds that are commonly
confused (zh/z, ch/c, sh/s, n/l, ng/n) made one (`syllables`). Loaded only when Chinese comes
that no phrase covers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice, product

from bot.understanding.syllables import sounds_of
from bot.understanding.utterance import Token

LONGEST = 6
"""Characters of the longest phrase that is looked for by sound."""
_FUNCTION_WORDS = frozenset("的了是在有和与吗呢吧啊谁几哪那这就也都还不")
"""Characters that are words by themselves and seldom typed for another one."""
_MOST_SOUNDS = 4
"""So many ways to read a phrase are followed."""


def by_sound(phrases: Iterable[str]) -> dict[str, list[str]]:
    """Chinese phrases by their sound."""
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        if 2 <= len(phrase) <= LONGEST and min(phrase) >= "\u3400":
            for sound in _sounds(phrase):
                found.setdefault(sound, []).append(phrase)
    return found


class HomophoneIndex:
    """Known Chinese phrases by their sound."""

    def __init__(self, by_sound: Mapping[str, Sequence[str]]) -> None:
        self._by_sound = by_sound

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
            for phrase in self._alike(written):
                wrong = [a for a, b in zip(written, phrase, strict=True) if a != b]
                few = 0 < len(wrong) <= len(phrase) // 2
                if few and _FUNCTION_WORDS.isdisjoint(wrong):
                    return end, phrase
        return None

    def _alike(self, written: str) -> Iterator[str]:
        """The phrases that sound like some characters."""
        for sound in _sounds(written):
            yield from self._by_sound.get(sound, ())


@lru_cache(maxsize=65536)
def _sounds(phrase: str) -> tuple[str, ...]:
    """How a phrase may sound, the usual sound of each character first.

    Remembered, since every reload asks for nearly the same phrases again.
    """
    found = islice(product(*map(sounds_of, phrase)), _MOST_SOUNDS)
    return tuple([" ".join(sounds) for sounds in found])
