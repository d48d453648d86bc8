"""Which repaired words are doubtful: names of another subject that are close to a word of this one.

"Who played Worf?" is no question about a word, "What is Diablo?" none about a dialogue.
"""

from bot.understanding.gazetteer import Tagging
from bot.understanding.meanings import EntityType
from bot.understanding.similarity import edits_between

_FAR = 0.2
"""Edits for each letter beyond which another word may be meant: 2 of 9 letters, 1 of 4."""
_LONG = 4
"""Words of so many letters begin with a capital only in names and titles."""


def doubtful_repairs(tagging: Tagging) -> frozenset[int]:
    """The tokens of words that were taken for distant ones, or that are spelt as names."""
    if not tagging.repairs:
        return frozenset()
    return _far_repairs(tagging) | _spelt_as_names(tagging)


def reads_far_place(tagging: Tagging) -> bool:
    """Whether a place was read into a word that is hardly like its name: Gungans for Guang'an."""
    far = _far_repairs(tagging)
    places = (m for m in tagging.mentions if m.has(EntityType.PLACE))
    return bool(far) and any(not far.isdisjoint(range(m.first, m.end)) for m in places)


def _far_repairs(tagging: Tagging) -> frozenset[int]:
    """The tokens of words that were taken for distant ones."""
    words = tagging.utterance.words
    return frozenset(i for i, known in tagging.repairs.items() if _is_far(words[i], known))


def _is_far(word: str, known: str) -> bool:
    return edits_between(word, known) > _FAR * len(word)


def _spelt_as_names(tagging: Tagging) -> frozenset[int]:
    """The words with a capital among others without: "the town in Diablo"."""
    utterance = tagging.utterance
    raw, tokens = utterance.raw, utterance.tokens
    capitals = frozenset(i for i in tagging.repairs if i and raw[tokens[i].start].isupper())
    others = (token for token in tokens[1:] if token.end - token.start >= _LONG)
    mixed = bool(capitals) and any(raw[token.start].islower() for token in others)
    return capitals if mixed else frozenset()
