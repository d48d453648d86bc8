"""Spelling repair: which known word was meant by an unknown one. The only user of rapidfuzz.

Candidates come from a deletion neighbourhood (Garbe's symmetric delete index,
https://github.com/wolfgarbe/SymSpell): two words within k edits share a string that is
left after at most k deletions from each. Only these candidates are measured, so the cost
does not grow with the vocabulary.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from rapidfuzz.distance import OSA

PREFIX = 7
"""Deletions are taken from the first letters only; the rest is left to the measured distance."""


def allowed_edits(word: str) -> int:
    """How many edits a word of this length may be away: 0 below 4 letters, 1 up to 5, else 2."""
    length = len(word)
    return 0 if length < 4 else 1 if length < 6 else 2


class SpellingIndex:
    """Known words, found again from misspelt ones."""

    def __init__(self, words: Mapping[str, int]) -> None:
        """`words`: each known word with its rank; a lower rank wins between equal distances."""
        self._rank = words
        self._by_deletion: dict[str, list[str]] = defaultdict(list)
        self.comparisons = 0
        """How many strings were measured so far; part of the benchmark."""
        for word in words:
            for key in _deletions(word[:PREFIX], allowed_edits(word)):
                self._by_deletion[key].append(word)

    def repair(self, word: str) -> str | None:
        """The known word that was most likely meant, or None when none is near enough."""
        limit = allowed_edits(word)
        if not limit or word.isdigit():
            return None
        best: tuple[int, bool, int, str] | None = None
        seen: set[str] = set()
        for key in _deletions(word[:PREFIX], limit):
            for known in self._by_deletion.get(key, ()):
                if known in seen or abs(len(known) - len(word)) > limit:
                    continue
                seen.add(known)
                self.comparisons += 1
                distance = OSA.distance(word, known, score_cutoff=limit)
                if distance > limit or not _plausible(word, known, distance):
                    continue
                candidate = (distance, word[0] != known[0], self._rank[known], known)
                if best is None or candidate < best:
                    best = candidate
        return best[3] if best else None


def _plausible(word: str, known: str, distance: int) -> bool:
    """Two edits are only believed where the word still begins alike, and not on short words."""
    if distance <= 1:
        return allowed_edits(known) >= 1 and (len(known) > 4 or word[0] == known[0])
    return allowed_edits(known) == 2 and (word[0] == known[0] or word[:2] == known[1::-1])


def _deletions(word: str, count: int) -> Iterator[str]:
    yield word
    length = len(word)
    for deleted in range(1, min(count, length - 1) + 1):
        for positions in combinations(range(length), deleted):
            yield "".join(word[i] for i in range(length) if i not in positions)


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to `word` for a "did you mean", or None; for few words only."""
    best = min(known, key=lambda other: OSA.distance(word, other), default=None)
    if best is None or OSA.distance(word, best) > max(2, len(word) // 3):
        return None
    return best
