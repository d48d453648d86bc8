"""Spelling repair: which known word was meant by an unknown one. The only user of rapidfuzz.

Candidates come from a deletion neighbourhood (Garbe's symmetric delete index,
https://github.com/wolfgarbe/SymSpell): two words within k edits share a string that is
left after at most k deletions from each. Only these candidates are measured, so the cost
does not grow with the vocabulary.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import combinations
from operator import itemgetter
from typing import Self
from zlib import crc32

from msgspec import Struct
from rapidfuzz.distance import OSA

_MOST_KEPT = 4096
"""Misspelt words whose repair is remembered."""
MINOR = 5
"""Rank from which words have little content of their own."""
PREFIX = 7
"""Deletions are taken from the first letters only; the rest is left to the measured distance."""

_LEAST, _MISSING = 4, 3
"""A word that was broken off has so many letters at least, and misses so many at most."""


def allowed_edits(word: str) -> int:
    """How many edits a word of this length may be away: 0 below 4 letters, 1 up to 5, else 2."""
    length = len(word)
    return 0 if length < 4 else 1 if length < 6 else 2


def edits_between(word: str, other: str) -> int:
    """How many letters to insert, delete, replace or swap make one word of the other."""
    return OSA.distance(word, other)


class Deletions(Struct, frozen=True):
    """Words by what is left of them after deletions.

    What is left is kept as numbers in one sorted list (a checksum in the upper half, the
    word's number in the lower), 8 bytes each.
    """

    words: tuple[str, ...]
    packed: memoryview

    @classmethod
    def of(cls, words: tuple[str, ...]) -> Self:
        """Index words."""
        keys = {
            crc32(left.encode()) << 32 | number
            for number, word in enumerate(words)
            for left in _deletions(word[:PREFIX], allowed_edits(word))
        }
        return cls(words, memoryview(array("Q", sorted(keys)).tobytes()))

    def sharing(self, strings: Iterable[str]) -> set[str]:
        """The words of which one of these strings is left after deletions."""
        found: set[str] = set()
        keys = self.packed.cast("Q")
        for string in strings:
            key = crc32(string.encode()) << 32
            first = bisect_left(keys, key)
            while first < len(keys) and keys[first] >> 32 == key >> 32:
                found.add(self.words[keys[first] & 0xFFFFFFFF])
                first += 1
        return found


class SpellingIndex:
    """Known words, found again from misspelt ones."""

    def __init__(self, words: Mapping[str, int], kept: Deletions | None = None) -> None:
        """Index `words`: each known word with its rank; a lower rank wins between equals.

        `kept`: deletions of most of the words, perhaps of others, too, where they are at hand.
        """
        self._rank = words
        self._kept = kept or Deletions.of(tuple(words))
        new = words.keys() - set(self._kept.words) if kept else ()
        self._new = Deletions.of(tuple(sorted(new)))
        self.comparisons = 0
        """How many strings were measured so far; part of the benchmark."""
        self._repaired: dict[str, str | None] = {}
        self._first_words: list[str] | None = None

    def of_words(self, words: Mapping[str, int]) -> "SpellingIndex":
        """An index of nearly the same words, made in less time."""
        if len(self._new.words) > len(self._kept.words) // 4:
            return SpellingIndex(words)
        return SpellingIndex(words, self._kept)

    def repair(self, word: str) -> str | None:
        """The known word that was most likely meant, or None when none is near enough."""
        if word in self._repaired:
            return self._repaired[word]
        if len(self._repaired) >= _MOST_KEPT:
            self._repaired.clear()
        known = self._repaired[word] = self._completed(word) or self._nearest(word)
        return known

    def _completed(self, word: str) -> str | None:
        """The only word of the first rank that begins with these letters: "yunn", "chongq"."""
        if self._first_words is None:
            self._first_words = sorted(known for known, rank in self._rank.items() if not rank)
        at = bisect_left(self._first_words, word)
        begun = [known for known in self._first_words[at : at + 2] if known.startswith(word)]
        if len(begun) != 1 or not _LEAST <= len(word) >= len(begun[0]) - _MISSING:
            return None
        return begun[0]

    def _nearest(self, word: str) -> str | None:
        limit = allowed_edits(word)
        if not limit or word.isdigit():
            return None
        best: tuple[int, bool, bool, int, str] | None = None
        strings = _deletions(word[:PREFIX], limit)
        for known in self._kept.sharing(strings) | self._new.sharing(strings):
            if abs(len(known) - len(word)) > limit or known not in self._rank:
                continue
            self.comparisons += 1
            distance = OSA.distance(word, known, score_cutoff=limit)
            if distance > limit or not _plausible(word, known, distance):
                continue
            # Letters that only changed places are the commonest slip.
            rank = self._rank[known]
            exchanged = rank < MINOR and sorted(known) == sorted(word)
            candidate = (distance, not exchanged, word[0] != known[0], rank, known)
            if best is None or candidate < best:
                best = candidate
        return best[-1] if best else None


def _plausible(word: str, known: str, distance: int) -> bool:
    """Two edits are only believed where the word still begins alike, and not on short words."""
    if distance <= 1:
        return allowed_edits(known) >= 1 and (len(known) > 4 or word[0] == known[0])
    return allowed_edits(known) == 2 and (word[0] == known[0] or word[:2] == known[1::-1])


def _deletions(word: str, count: int) -> list[str]:
    """What is left of a word after at most `count` deletions, the word itself first."""
    return [word, *("".join(kept(word)) for kept in _ways_to_delete(len(word), count))]


@lru_cache(maxsize=64)
def _ways_to_delete(length: int, count: int) -> tuple[Callable[[str], Iterable[str]], ...]:
    """Functions that take a word of a length and give the letters that stay."""
    return tuple(
        itemgetter(*kept) if len(kept) > 1 else itemgetter(slice(kept[0], kept[0] + 1))
        for deleted in range(1, min(count, length - 1) + 1)
        for kept in combinations(range(length), length - deleted)
    )


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to `word` for a "did you mean", or None; for few words only."""
    best = min(known, key=lambda other: OSA.distance(word, other), default=None)
    if best is None or OSA.distance(word, best) > max(2, len(word) // 3):
        return None
    return best
