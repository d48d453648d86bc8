"""Phrases in the form in which they are looked up, with what they mean.

English phrases are kept as word stems, Chinese ones character by character. The words of
phrases are kept, too: misspelt words are taken for them.
"""

from collections.abc import Container, Iterable, Sequence
from copy import copy
from typing import Self

from msgspec import Struct

from bot.knowledge.rows import pack, unpack
from bot.understanding.meanings import EntityType, Meaning
from bot.understanding.stems import key_of
from bot.understanding.utterance import is_character, words_of

MOST_WORDS = 32
"""Words or Chinese characters of the longest phrase that is kept."""
RANKS = {
    EntityType.PLACE: 0, EntityType.MONTH: 0, EntityType.NAME: 1, EntityType.PERSON: 7,
    EntityType.DOMAIN: 1,
    EntityType.QUOTE: 6, EntityType.ATTRIBUTE: 2, EntityType.KIND: 2, EntityType.NAME_KIND: 3,
    EntityType.CONCEPT: 3, EntityType.SUBJECT: 4, EntityType.DETAIL: 4,
    EntityType.OPERATOR: 5, EntityType.SMALLTALK: 6, EntityType.FILLER: 9,
}  # fmt: skip
"""Which type a misspelt word is taken for first; words of other types are not repaired to."""
_UNKNOWN_PLACE, OF_FACTS, NEVER = 1, 8, 10
"""Ranks of the names of places of which nothing is known, of words that stand in facts only, and
of words that no other is taken for."""
_EXACT = frozenset({EntityType.SUBJECT, EntityType.DETAIL})
_STRONG = 3
_EMPTY = frozenset({
    EntityType.FILLER, EntityType.GENERAL, EntityType.OPERATOR, EntityType.SMALLTALK,
})  # fmt: skip
"""Types of words without content of their own, though longer phrases have them: "got them"."""


class Phrase(Struct, frozen=True, array_like=True):
    """A phrase with one of its meanings, ready to be looked up."""

    joined: str
    """Its keys, as `join_keys` joins them."""
    first: str
    """The key of its first word."""
    length: int
    """How many words or characters it has."""
    words: tuple[str, ...]
    """Those that a misspelt word may be taken for; of an exact one the word itself."""
    meaning: Meaning
    is_exact: bool = False
    """A single word that must be met as written: "followers" is not "follows"."""


def phrase_of(text: str, meaning: Meaning) -> Phrase | None:
    """A phrase from its text; None for a text without words, or with too many."""
    words = words_of(text)
    if not words or len(words) > MOST_WORDS:
        return None
    keys = [word if is_character(word) else key_of(word) for word in words]
    joined, first = join_keys(keys), keys[0]
    if len(keys) == 1 and meaning.type in _EXACT and not is_character(words[0]):
        return Phrase(joined, first, 1, (words[0].replace("'", ""),), meaning, True)
    bare = (bare_word(word) for word in words if not is_character(word))
    own = tuple(word for word in bare if word.isalpha()) if meaning.type in RANKS else ()
    return Phrase(joined, first, len(keys), own, meaning)


def is_too_long(text: str) -> bool:
    """Whether a phrase has more words than are looked up."""
    return len(text) > MOST_WORDS and len(words_of(text)) > MOST_WORDS


class LexiconTables(Struct, frozen=True):
    """A lexicon in the form in which it can be kept in a file and read at once."""

    meanings: tuple[Meaning, ...]
    groups: tuple[tuple[int, ...], ...]
    """The meanings that occur together, by their numbers."""
    phrases: list[str]
    group_of: bytes
    """For each phrase the number of its group, packed."""
    exact: dict[str, int]
    """For each of these words the number of its group."""
    lengths: dict[str, int]
    surfaces: dict[str, int]


class Lexicon:
    """Phrases by their look-up forms."""

    def __init__(self) -> None:
        self.phrases: dict[str, tuple[Meaning, ...]] = {}
        """Keys of a phrase's tokens joined by a space (Chinese: by nothing) → meanings."""
        self.exact: dict[str, tuple[Meaning, ...]] = {}
        """Single words that must be met as written."""
        self.lengths: dict[str, int] = {}
        """First key of a phrase → how many tokens those have that begin with it, a bit for each."""
        self.surfaces: dict[str, int] = {}
        """Words that misspelt ones may be taken for → rank; the lowest wins between equals."""

    @classmethod
    def restored(cls, tables: LexiconTables) -> Self:
        """The lexicon that was kept in a file."""
        lexicon = cls()
        groups = [tuple(tables.meanings[n] for n in group) for group in tables.groups]
        meanings = map(groups.__getitem__, unpack(tables.group_of))
        lexicon.phrases = dict(zip(tables.phrases, meanings, strict=True))
        lexicon.exact = {word: groups[number] for word, number in tables.exact.items()}
        lexicon.lengths, lexicon.surfaces = tables.lengths, tables.surfaces
        return lexicon

    def tables(self) -> LexiconTables:
        """The form in which it can be kept in a file."""
        meanings: dict[Meaning, int] = {}
        groups: dict[tuple[Meaning, ...], int] = {}
        for group in (*self.phrases.values(), *self.exact.values()):
            groups.setdefault(group, len(groups))
            for meaning in group:
                meanings.setdefault(meaning, len(meanings))
        return LexiconTables(
            meanings=tuple(meanings),
            groups=tuple(tuple(meanings[meaning] for meaning in group) for group in groups),
            phrases=list(self.phrases),
            group_of=pack(groups[group] for group in self.phrases.values()),
            exact={word: groups[group] for word, group in self.exact.items()},
            lengths=self.lengths,
            surfaces=self.surfaces,
        )

    def copy(self) -> Self:
        """A lexicon of its own with the same phrases."""
        copied = type(self)()
        copied.phrases, copied.exact = self.phrases.copy(), self.exact.copy()
        copied.lengths, copied.surfaces = self.lengths.copy(), self.surfaces.copy()
        return copied

    def with_surfaces(self, surfaces: dict[str, int]) -> Self:
        """A lexicon of the same phrases, in which misspelt words may be taken for these."""
        copied = copy(self)
        copied.surfaces = surfaces
        return copied

    def add(self, phrases: Iterable[Phrase]) -> None:
        """Add phrases; one that is known gets one more meaning."""
        known, lengths, surfaces = self.phrases, self.lengths, self.surfaces
        for phrase in phrases:
            meaning = phrase.meaning
            rank = RANKS.get(meaning.type, NEVER)
            if phrase.is_exact:
                (word,) = phrase.words
                self.exact[word] = (*self.exact.get(word, ()), meaning)
                surfaces.setdefault(word, rank)
                continue
            meanings = known.get(phrase.joined, ())
            if meaning not in meanings:
                known[phrase.joined] = (*meanings, meaning)
            lengths[phrase.first] = lengths.get(phrase.first, 0) | 1 << phrase.length
            if meaning.type is EntityType.PLACE:
                rank = _UNKNOWN_PLACE
            empty = _EMPTY.issuperset(m.type for m in known[phrase.joined])
            for word in phrase.words:
                if rank < surfaces.get(word, 99) or (empty and phrase.length == 1):
                    surfaces[word] = rank

    def add_joined_forms(self, phrases: Iterable[str], common: Container[str]) -> None:
        """ "white paper" is also met as "whitepaper", unless that is a common word."""
        for phrase in phrases:
            if phrase.count(" ") != 1 or not phrase.isascii():
                continue
            joined = key_of(phrase.replace(" ", ""))
            if joined in self.phrases or joined in common:
                continue
            strong = tuple(
                meaning for meaning in self.phrases[phrase]
                if RANKS.get(meaning.type, NEVER) <= _STRONG and not meaning.asks
            )  # fmt: skip
            if strong:
                self.phrases[joined] = strong
                self.lengths.setdefault(joined, 1 << 1)

    def prefer(self, texts: Iterable[str]) -> None:
        """Let misspelt words be taken for these places first: something is known of them."""
        for text in texts:
            for word in words_of(text):
                bare = bare_word(word)
                if bare in self.surfaces and not is_character(word):
                    self.surfaces[bare] = RANKS[EntityType.PLACE]

    def add_words(self, words: Iterable[str]) -> None:
        """Let misspelt words be taken for these too (words of the facts), after all phrases."""
        surfaces = self.surfaces
        for word in words:
            if word not in surfaces:
                surfaces[word] = OF_FACTS


def rank_of(meanings: Iterable[Meaning]) -> int:
    """The lowest rank of some meanings."""
    return min([RANKS.get(meaning.type, NEVER) for meaning in meanings])


def bare_word(word: str) -> str:
    """A word without possessive and apostrophes."""
    return word.removesuffix("'s").replace("'", "") if "'" in word else word


def join_keys(keys: Sequence[str]) -> str:
    """Look-up form of a phrase: words apart, Chinese characters together."""
    together = "".join(keys)
    if len(together) == len(keys) and min(together) >= "\u3007":
        return together
    if together.isascii():
        return " ".join(keys)
    parts: list[str] = []
    previous_cjk = True
    for key in keys:
        cjk = len(key) == 1 and key >= "\u3007"
        if parts and not (cjk or previous_cjk):
            parts.append(" ")
        parts.append(key)
        previous_cjk = cjk
    return "".join(parts)
