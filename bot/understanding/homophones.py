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
_OF_DATES = frozenset("年月日号")
"""Characters that are never misspelt behind a number: 20日起 is no 日期."""
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
        for first, characters in _runs(tokens, solid):
            index = 0
            while index < len(characters) - 1:
                phrase = self._longest_at(characters[index : index + LONGEST])
                if phrase is None:
                    index += 1
                    continue
                yield first + index, first + index + len(phrase), phrase
                index += len(phrase)

    def _longest_at(self, characters: str) -> str | None:
        """The longest phrase that some characters begin with by their sound."""
        for length in range(len(characters), 1, -1):
            written = characters[:length]
            for sound in _sounds(written):
                for phrase in self._by_sound.get(sound, ()):
                    wrong = [a for a, b in zip(written, phrase, strict=True) if a != b]
                    few = 0 < len(wrong) <= length // 2
                    if few and _FUNCTION_WORDS.isdisjoint(wrong):
                        return phrase
        return None


def _runs(tokens: Sequence[Token], solid: set[int]) -> Iterator[tuple[int, str]]:
    """Free characters that stand together, each time with the index of the first; those of a date
    are not free.
    """
    run = ""
    for index, token in enumerate(tokens):
        dated = token.text in _OF_DATES and index > 0 and tokens[index - 1].text.isdigit()
        free = token.is_cjk and index not in solid and not dated
        if run and (token.gap or not free):
            yield index - len(run), run
            run = ""
        if free:
            run += token.text
    if run:
        yield len(tokens) - len(run), run


@lru_cache(maxsize=65536)
def _sounds(phrase: str) -> tuple[str, ...]:
    """How a phrase may sound, the usual sound of each character first.

    Remembered, since every reload asks for nearly the same phrases again.
    """
    found = islice(product(*map(sounds_of, phrase)), _MOST_SOUNDS)
    return tuple([" ".join(sounds) for sounds in found])
