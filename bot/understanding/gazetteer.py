"""Every phrase that the bot knows, and where it occurs in an utterance.

Exact phrases first, the longest wins; then words that no phrase covers are repaired
(`similarity`, for Chinese `homophones`) and looked up again. English phrases match on
word stems, Chinese ones character by character in the raw string, since Chinese has no
spaces.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from functools import lru_cache
from typing import Self

from msgspec import Struct, msgpack

from bot.knowledge.vocabulary import Vocabulary
from bot.understanding.homophones import HomophoneIndex, by_sound
from bot.understanding.lexicon import Lexicon, LexiconTables, bare_word, join_keys, rank_of
from bot.understanding.meanings import MONTHS, EntityType, Meaning
from bot.understanding.pinyin import SINGLE_SYLLABLES, PinyinIndex, by_pinyin, looks_like_pinyin
from bot.understanding.similarity import Deletions, SpellingIndex
from bot.understanding.stems import key_of
from bot.understanding.utterance import Token, Utterance


class Mention(Struct, frozen=True):
    """A phrase found in an utterance."""

    first: int
    """Index of its first token."""
    end: int
    """Index after its last token."""
    meanings: tuple[Meaning, ...]
    types: frozenset[EntityType]
    """Those of its meanings."""
    repaired: str = ""
    """The known word that a misspelt one was taken for; empty when it was met exactly."""

    def has(self, type: EntityType) -> bool:
        """Whether one of its meanings is of this type."""
        return type in self.types


def _mention(first: int, end: int, meanings: tuple[Meaning, ...], repaired: str = "") -> Mention:
    return Mention(first, end, meanings, _types_of(meanings), repaired)


@lru_cache(maxsize=4096)
def _types_of(meanings: tuple[Meaning, ...]) -> frozenset[EntityType]:
    return frozenset(meaning.type for meaning in meanings)


class Tagging(Struct, frozen=True):
    """An utterance with all mentions found in it."""

    utterance: Utterance
    keys: tuple[str, ...]
    """The word stem (or character, or number) by which each token is looked up."""
    mentions: tuple[Mention, ...]
    """In order, without overlap."""
    repairs: dict[int, str]
    """Token index → the known word that it was taken for."""


_MOST_REPAIRS = 40
"""Misspelt words of one utterance that are repaired."""
_STOPS = frozenset(",;.!?:()，。！？；：、")
"""Marks that end a part of a sentence."""
_MAY_BE_BROKEN = frozenset({
    EntityType.NAME, EntityType.PLACE, EntityType.PERSON, EntityType.QUOTE, EntityType.SMALLTALK,
})  # fmt: skip
_LOUD = 3
"""Rank up to which phrases are recognised by their sound."""

_OF_NAMES = frozenset({EntityType.PLACE, EntityType.NAME})


class GazetteerTables(Struct, frozen=True):
    """A gazetteer in the form in which it can be kept in a file and read at once."""

    lexicon: LexiconTables
    deletions: memoryview
    """Of the spelling index."""
    sounds: memoryview
    """Chinese phrases by their sound, as MessagePack; few questions need them."""
    by_pinyin: memoryview
    """Phrases by their pinyin, as MessagePack."""


class Gazetteer:
    """All phrases of the vocabulary and the weeks."""

    def __init__(
        self, lexicon: Lexicon, vocabulary: Vocabulary, common_words: frozenset[str],
        spelling: SpellingIndex | None = None,
    ) -> None:  # fmt: skip
        """`spelling`: an index of most of the words, where one is at hand."""
        self.lexicon = lexicon
        self.common_words = common_words
        self._phrases, self._exact = lexicon.phrases, lexicon.exact
        self._lengths, self._surfaces = lexicon.lengths, lexicon.surfaces
        self._spelling = spelling
        self._tables: GazetteerTables | None = None
        self._homophones: HomophoneIndex | None = None
        self._romanised: PinyinIndex | None = None
        self.abbreviations = {p.abbr_zh: p.id for p in vocabulary.places if p.abbr_zh}

    @classmethod
    def restored(
        cls, tables: GazetteerTables, vocabulary: Vocabulary, common_words: frozenset[str]
    ) -> Self:
        """The gazetteer that was kept in a file."""
        lexicon = Lexicon.restored(tables.lexicon)
        deletions = Deletions(tuple(lexicon.surfaces), tables.deletions)
        spelling = SpellingIndex(lexicon.surfaces, deletions)
        gazetteer = cls(lexicon, vocabulary, common_words, spelling)
        gazetteer._tables = tables
        return gazetteer

    def tables(self) -> GazetteerTables:
        """The form in which it can be kept in a file."""
        return GazetteerTables(
            lexicon=self.lexicon.tables(),
            deletions=Deletions.of(tuple(self._surfaces)).packed,
            sounds=memoryview(msgpack.encode(self._by_sound())),
            by_pinyin=memoryview(msgpack.encode(self._by_pinyin())),
        )

    def with_surfaces(self, surfaces: dict[str, int]) -> Self:
        """A gazetteer of the same phrases, in which misspelt words may be taken for these."""
        if surfaces is self._surfaces:
            return self
        renewed = copy(self)
        renewed.lexicon = self.lexicon.with_surfaces(surfaces)
        renewed._surfaces = surfaces
        renewed._spelling = self.spelling.of_words(surfaces)
        return renewed

    def warm_up(self) -> None:
        """Make now what else would be made when the first question needs it."""
        if self._homophones is None:
            self._homophones = HomophoneIndex(self._by_sound())
        if self._romanised is None:
            self._romanised = PinyinIndex(self._by_pinyin())
        if self._spelling is None:
            self._spelling = SpellingIndex(self._surfaces)

    def phrase(self, joined: str) -> tuple[Meaning, ...]:
        """The meanings of a phrase in look-up form; empty when it is unknown."""
        return self._phrases.get(joined, ())

    @property
    def spelling(self) -> SpellingIndex:
        """Built when the first unknown word is met."""
        if self._spelling is None:
            self._spelling = SpellingIndex(self._surfaces)
        return self._spelling

    def tag(self, utterance: Utterance, *, repair: bool = True) -> Tagging:
        """Find all mentions: exact ones, the longest first, then those of repaired words."""
        tokens = utterance.tokens
        keys = [token.text if token.is_cjk else key_of(token.text) for token in tokens]
        repairs: dict[int, str] = {}
        if repair:
            surfaces, common = self._surfaces, self.common_words
            for index, word in enumerate(utterance.words):
                if len(word) < 4 or word in surfaces or word in common:
                    continue
                if len(repairs) < _MOST_REPAIRS:
                    self._repair(index, word, keys, repairs)
        mentions = list(self._scan(tokens, keys, repairs))
        if repair and utterance.has_chinese:
            mentions = self._tag_abbreviations(tokens, mentions)
            mentions = self._tag_homophones(tokens, mentions)
        return Tagging(utterance, tuple(keys), tuple(mentions), repairs)

    def _repair(self, index: int, word: str, keys: list[str], repairs: dict[int, str]) -> None:
        word = bare_word(word)
        if (
            len(word) < 4
            or word in self._surfaces
            or word in self.common_words
            or word.capitalize() in self.common_words  # a name, such as Donald
            or not word.isalpha()
            or (keys[index] in self._phrases and keys[index] not in MONTHS)
        ):
            return
        known = self.spelling.repair(word)
        if known is None and word.endswith("s") and word[:-1] not in self.common_words:
            known = self.spelling.repair(word[:-1])
        if known is not None:
            repairs[index] = known
            keys[index] = key_of(known)

    def _scan(
        self, tokens: Sequence[Token], keys: Sequence[str], repairs: dict[int, str]
    ) -> Iterator[Mention]:
        index, count = 0, len(tokens)
        lengths, phrases, exact = self._lengths, self._phrases, self._exact
        joined_from = _joiner(tokens, keys)
        while index < count:
            key = keys[index]
            length = 0
            meanings: tuple[Meaning, ...] = ()
            for tried in _lengths_in(lengths[key]) if key in lengths else ():
                if tried <= count - index:
                    joined = key if tried == 1 else joined_from(index, index + tried)
                    meanings = phrases.get(joined, ())
                    behind = tokens[index + 1 : index + tried]
                    if meanings and (meanings := _unbroken(meanings, behind)):
                        length = tried
                        break
            if length <= 1:
                found = exact.get(repairs.get(index) or bare_word(tokens[index].text))
                if found is not None:
                    meanings, length = (*meanings, *found), 1
            hyphened = length < 2 and index + 1 < count and tokens[index + 1].gap == "-"
            if (hyphened or not meanings) and index + 1 < count and not tokens[index].is_cjk:
                joined = key_of(tokens[index].text + tokens[index + 1].text)
                whole = phrases.get(joined, ()) if len(joined) > 5 else ()
                if whole and (hyphened or key not in lengths):
                    meanings, length = whole, 2
            if length > 1 and tokens[index].is_cjk:
                meanings, length = self._cut(meanings, tokens, keys, index, length)
            elif length > 1 and meanings[0].type is EntityType.SUBJECT:
                meanings, length = self._before_name(meanings, keys, index, length)
            if meanings:
                end = index + length
                repaired = _first_in(range(index, end), repairs) if repairs else ""
                yield _mention(index, end, meanings, repaired)
                index = end
            else:
                index += 1

    def _cut(
        self,
        meanings: tuple[Meaning, ...],
        tokens: Sequence[Token],
        keys: Sequence[str],
        first: int,
        length: int,
    ) -> tuple[tuple[Meaning, ...], int]:
        """A Chinese phrase, or the shorter one that is meant because of what follows."""
        shorter: tuple[Meaning, ...] = ()
        if length == 2 and self._begins_later(keys, first):
            return self._phrases[keys[first]], 1
        if length > 2 and tokens[first + length : first + length + 1]:
            shorter = self._without_office(tokens, keys, first, first + length)
        return (shorter, length - 1) if shorter else (meanings, length)

    def _before_name(
        self, meanings: tuple[Meaning, ...], keys: Sequence[str], first: int, length: int
    ) -> tuple[tuple[Meaning, ...], int]:
        """A phrase of another subject, or what is before a longer name that begins in it: "what
        is intellectual property" in "what is Intellectual Property Handbook".
        """
        end = first + length
        for start in range(first + 1, end):
            for tried in _lengths_in(self._lengths.get(keys[start], 0)):
                if not end < start + tried <= len(keys):
                    continue
                named = self._phrases.get(" ".join(keys[start : start + tried]), ())
                if any(meaning.type is EntityType.NAME for meaning in named):
                    before = self._phrases.get(" ".join(keys[first:start]), ())
                    return before, start - first
        return meanings, length

    def _begins_later(self, keys: Sequence[str], first: int) -> bool:
        """Whether a particle stands before a place and only looks like one with it: 那 + 曲靖."""
        behind = self._phrases.get(join_keys(keys[first + 1 : first + 3]), ())
        if not any(meaning.type is EntityType.PLACE for meaning in behind):
            return False
        alone = self._phrases.get(keys[first], ())
        return any(meaning.type is EntityType.OPERATOR for meaning in alone)

    def _without_office(
        self, tokens: Sequence[Token], keys: Sequence[str], first: int, end: int
    ) -> tuple[Meaning, ...]:
        """The place without its last character where that begins an office: 福建 in 福建省长."""
        if tokens[end].text != "长" or keys[end - 1] not in "省市州县区":
            return ()
        return self._phrases.get(join_keys(keys[first : end - 1]), ())

    def chinese_of(self, utterance: Utterance) -> str | None:
        """The utterance in Chinese characters when it is written in pinyin, else None."""
        words = [token.text for token in utterance.tokens]
        if not 1 < len(words) <= 16 or not all(map(self._may_be_pinyin, words)):
            return None
        if all(word[0].isdigit() or self._is_place(word) for word in words):
            return None
        if self._romanised is None:
            self._romanised = PinyinIndex(self._by_pinyin())
        return self._romanised.to_chinese(words)

    def _by_pinyin(self) -> dict[str, str]:
        if self._tables is not None:
            return msgpack.decode(self._tables.by_pinyin, type=dict[str, str])

        phrases = self._phrases
        chinese = (phrase for phrase in phrases if not phrase.isascii())
        return by_pinyin(sorted(chinese, key=lambda phrase: rank_of(phrases[phrase])))

    def _is_place(self, word: str) -> bool:
        return any(m.type is EntityType.PLACE for m in self._phrases.get(key_of(word), ()))

    def _may_be_pinyin(self, word: str) -> bool:
        if word[0].isdigit() or word in SINGLE_SYLLABLES:
            return True
        if self._is_place(word):
            return True
        return (
            word not in self.common_words and word not in self._surfaces and looks_like_pinyin(word)
        )

    def _tag_abbreviations(self, tokens: Sequence[Token], mentions: list[Mention]) -> list[Mention]:
        """One-character names of provinces stand for one only where no other word claims them."""
        if self.abbreviations.keys().isdisjoint([token.text for token in tokens]):
            return mentions
        covered = {i for mention in mentions for i in range(mention.first, mention.end)}
        added: list[Mention] = []
        index = 0
        while index < len(tokens):
            run = index
            while (
                run < len(tokens)
                and tokens[run].is_cjk
                and run not in covered
                and (run == index or not tokens[run].gap)
            ):
                run += 1
            characters = [tokens[i].text for i in range(index, run)]
            if (
                characters
                and len(characters) <= 3
                and all(c in self.abbreviations for c in characters)
            ):
                added.extend(
                    _mention(
                        i, i + 1, (Meaning(EntityType.PLACE, self.abbreviations[tokens[i].text]),)
                    )
                    for i in range(index, run)
                )
            index = max(run, index + 1)
        return sorted([*mentions, *added], key=lambda mention: mention.first) if added else mentions

    def _tag_homophones(self, tokens: Sequence[Token], mentions: list[Mention]) -> list[Mention]:
        solid = {
            i for m in mentions for i in range(m.first, m.end)
            if m.end - m.first > 1 or EntityType.PLACE in m.types
        }  # fmt: skip
        covered = {i for mention in mentions for i in range(mention.first, mention.end)}
        if all(i in covered for i, token in enumerate(tokens) if token.is_cjk):
            loose = [i for i, token in enumerate(tokens) if token.is_cjk and i not in solid]
            if len(loose) < 2:
                return mentions
        if self._homophones is None:
            self._homophones = HomophoneIndex(self._by_sound())
        found = list(self._homophones.find(tokens, solid))
        known = covered.union(*(range(first, end) for first, end, _ in found))
        found = [
            (first, end, phrase) for first, end, phrase in found
            if _stands_alone(first, end, tokens, known) or not self._is_name(phrase)
        ]  # fmt: skip
        if not found:
            return mentions
        taken = {i for first, end, _ in found for i in range(first, end)}
        kept = [m for m in mentions if not any(i in taken for i in range(m.first, m.end))]
        kept.extend(
            _mention(first, end, self._phrases[phrase], phrase) for first, end, phrase in found
        )
        return sorted(kept, key=lambda mention: mention.first)

    def _is_name(self, phrase: str) -> bool:
        """Whether a phrase names a place or a thing of its own."""
        return any(meaning.type in _OF_NAMES for meaning in self._phrases[phrase])

    def _by_sound(self) -> dict[str, list[str]]:
        if self._tables is not None:
            return msgpack.decode(self._tables.sounds, type=dict[str, list[str]])
        return by_sound(
            phrase
            for phrase, meanings in self._phrases.items()
            if not phrase.isascii() and rank_of(meanings) <= _LOUD
        )


def _unbroken(meanings: tuple[Meaning, ...], behind: Sequence[Token]) -> tuple[Meaning, ...]:
    """Of the meanings of a phrase those that may have a comma before one of the tokens behind the
    first: a title may, "last, in" is no manner of speaking.
    """
    if not any(not _STOPS.isdisjoint(token.gap) for token in behind if token.gap):
        return meanings
    return tuple(meaning for meaning in meanings if meaning.type in _MAY_BE_BROKEN)


@lru_cache(maxsize=4096)
def _lengths_in(bits: int) -> tuple[int, ...]:
    """The lengths whose bits are set, the longest first."""
    return tuple(n for n in range(bits.bit_length() - 1, 0, -1) if bits >> n & 1)


def _joiner(tokens: Sequence[Token], keys: Sequence[str]) -> Callable[[int, int], str]:
    """What gives the look-up form of the tokens from one index to another, the shortest way."""
    if "".join(keys).isascii():
        return lambda first, end: " ".join(keys[first:end])
    characters = "".join([token.text if token.is_cjk else " " for token in tokens])

    def joined(first: int, end: int) -> str:
        together = characters[first:end]
        return join_keys(keys[first:end]) if " " in together else together

    return joined


def _stands_alone(first: int, end: int, tokens: Sequence[Token], known: set[int]) -> bool:
    """Whether no Chinese character that nothing knows is joined to a word: 尾海 (for 威海) is none
    in 细尾海燕.
    """
    before = first - 1 in known or not first or not tokens[first - 1].is_cjk
    behind = end in known or end == len(tokens) or not tokens[end].is_cjk
    before = before or bool(tokens[first].gap)
    return before and (behind or bool(tokens[end].gap))


def _first_in(indexes: Iterable[int], repairs: dict[int, str]) -> str:
    return next((repairs[index] for index in indexes if index in repairs), "")
