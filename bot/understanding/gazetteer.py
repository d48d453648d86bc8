"""Every phrase that the bot knows, and where it occurs in an utterance.

Exact phrases first, the longest wins; then words that no phrase covers are repaired
(`similarity`, for Chinese `homophones`) and looked up again. English phrases match on
word stems, Chinese ones character by character in the raw string, since Chinese has no
spaces.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from msgspec import Struct, msgpack

from bot.knowledge.knowledge_base import KnowledgeBase
from bot.knowledge.rows import pack, unpack
from bot.understanding.homophones import HomophoneIndex, by_sound
from bot.understanding.meanings import MONTHS, EntityType, Meaning
from bot.understanding.phrases import phrases_of
from bot.understanding.pinyin import SINGLE_SYLLABLES, PinyinIndex, by_pinyin, looks_like_pinyin
from bot.understanding.similarity import SpellingIndex
from bot.understanding.stems import key_of
from bot.understanding.utterance import Token, Utterance, is_character, words_of


class Mention(Struct, frozen=True):
    """A phrase found in an utterance."""

    first: int
    """Index of its first token."""
    end: int
    """Index after its last token."""
    meanings: tuple[Meaning, ...]
    repaired: str = ""
    """The known word that a misspelt one was taken for; empty when it was met exactly."""

    def has(self, type: EntityType) -> bool:
        """Whether one of its meanings is of this type."""
        return any(meaning.type is type for meaning in self.meanings)


@dataclass(frozen=True, slots=True)
class Tagging:
    """An utterance with all mentions found in it."""

    utterance: Utterance
    keys: tuple[str, ...]
    """The word stem (or character, or number) by which each token is looked up."""
    mentions: tuple[Mention, ...]
    """In order, without overlap."""
    repairs: dict[int, str]
    """Token index → the known word that it was taken for."""


_RANKS = {
    EntityType.PLACE: 0, EntityType.MONTH: 0, EntityType.NAME: 1, EntityType.DOMAIN: 1,
    EntityType.QUOTE: 6, EntityType.ATTRIBUTE: 2, EntityType.KIND: 2, EntityType.NAME_KIND: 3,
    EntityType.CONCEPT: 3, EntityType.SUBJECT: 4, EntityType.DETAIL: 4,
    EntityType.OPERATOR: 5, EntityType.SMALLTALK: 6,
}  # fmt: skip
_MAX_PHRASE = 24
_MOST_REPAIRS = 40
"""Misspelt words of one utterance that are repaired."""
_EXACT = frozenset({EntityType.SUBJECT, EntityType.DETAIL})


class GazetteerTables(Struct, frozen=True):
    """A gazetteer in the form in which it can be kept in a file and read at once."""

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
    deletions: memoryview
    """Of the spelling index."""
    sounds: memoryview
    """Chinese phrases by their sound, as MessagePack; few questions need them."""
    by_pinyin: memoryview
    """Phrases by their pinyin, as MessagePack."""


class Gazetteer:
    """All phrases of the vocabulary and the weeks."""

    def __init__(self, knowledge: KnowledgeBase, tables: GazetteerTables | None = None) -> None:
        """`tables`: those of an earlier gazetteer of the same knowledge; else they are made."""
        self._phrases: dict[str, tuple[Meaning, ...]] = {}
        """Keys of a phrase's tokens joined by a space (Chinese: by nothing) → meanings."""
        self._exact: dict[str, tuple[Meaning, ...]] = {}
        """Single words that must be met as written: "followers" is not "follows"."""
        self._lengths: dict[str, int] = {}
        """First key of a phrase → how many tokens those have that begin with it, a bit for each."""
        self._surfaces: dict[str, int] = {}
        self.common_words = knowledge.common_words
        self._spelling: SpellingIndex | None = None
        self._tables = tables
        self._homophones: HomophoneIndex | None = None
        self._romanised: PinyinIndex | None = None
        self._known_places = knowledge.by_place.keys()
        self.abbreviations = {p.abbr_zh: p.id for p in knowledge.vocabulary.places if p.abbr_zh}
        if tables is not None:
            self._restore(tables)
            return
        for phrase, meaning in phrases_of(knowledge):
            self._add(phrase, meaning)
        self._add_joined_forms()

    def _restore(self, tables: GazetteerTables) -> None:
        groups = [tuple(tables.meanings[n] for n in group) for group in tables.groups]
        meanings = map(groups.__getitem__, unpack(tables.group_of))
        self._phrases = dict(zip(tables.phrases, meanings, strict=True))
        self._exact = {word: groups[number] for word, number in tables.exact.items()}
        self._lengths, self._surfaces = tables.lengths, tables.surfaces
        self._spelling = SpellingIndex(tables.surfaces, tables.deletions)

    def tables(self) -> GazetteerTables:
        """The form in which it can be kept in a file."""
        meanings: dict[Meaning, int] = {}
        groups: dict[tuple[Meaning, ...], int] = {}
        for group in (*self._phrases.values(), *self._exact.values()):
            groups.setdefault(group, len(groups))
            for meaning in group:
                meanings.setdefault(meaning, len(meanings))
        return GazetteerTables(
            meanings=tuple(meanings),
            groups=tuple(tuple(meanings[meaning] for meaning in group) for group in groups),
            phrases=list(self._phrases),
            group_of=pack(groups[group] for group in self._phrases.values()),
            exact={word: groups[group] for word, group in self._exact.items()},
            lengths=self._lengths,
            surfaces=self._surfaces,
            deletions=self.spelling.deletions,
            sounds=memoryview(msgpack.encode(self._by_sound())),
            by_pinyin=memoryview(msgpack.encode(self._by_pinyin())),
        )

    def _add(self, phrase: str, meaning: Meaning) -> None:
        words = words_of(phrase)
        if not words or len(words) > _MAX_PHRASE:
            return
        keys = [word if is_character(word) else key_of(word) for word in words]
        joined = join_keys(keys)
        if len(keys) == 1 and meaning.type in _EXACT and not is_character(words[0]):
            word = words[0].replace("'", "")
            self._exact[word] = (*self._exact.get(word, ()), meaning)
            self._surfaces.setdefault(word, _RANKS[meaning.type])
            return
        known = self._phrases.get(joined, ())
        if meaning not in known:
            self._phrases[joined] = (*known, meaning)
        first = keys[0]
        self._lengths[first] = self._lengths.get(first, 0) | 1 << len(keys)
        rank = _RANKS.get(meaning.type)
        if rank is None:
            return
        if meaning.type is EntityType.PLACE and meaning.id not in self._known_places:
            rank = 1
        for word in words:
            bare = _bare(word)
            if not is_character(word) and bare.isalpha() and rank < self._surfaces.get(bare, 99):
                self._surfaces[bare] = rank

    def _add_joined_forms(self) -> None:
        """ "white paper" is also met as "whitepaper"."""
        for phrase, meanings in tuple(self._phrases.items()):
            if phrase.count(" ") != 1 or not phrase.isascii():
                continue
            strong = tuple(m for m in meanings if _RANKS.get(m.type, 9) <= 3 and not m.asks)
            joined = key_of(phrase.replace(" ", ""))
            if strong and joined not in self._phrases and joined not in self.common_words:
                self._phrases[joined] = strong
                self._lengths.setdefault(joined, 1 << 1)

    def add_known_words(self, words: Iterable[str]) -> None:
        """Let misspelt words be taken for these too (words of the facts), after all phrases."""
        for word in words:
            self._surfaces.setdefault(word, 7)

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
            for index, token in enumerate(tokens):
                if not token.is_cjk and len(repairs) < _MOST_REPAIRS:
                    self._repair(index, token, keys, repairs)
        mentions = list(self._scan(tokens, keys, repairs))
        if repair and utterance.has_chinese:
            mentions = self._tag_abbreviations(tokens, mentions)
            mentions = self._tag_homophones(tokens, mentions)
        return Tagging(utterance, tuple(keys), tuple(mentions), repairs)

    def _repair(self, index: int, token: Token, keys: list[str], repairs: dict[int, str]) -> None:
        word = token.text.removesuffix("'s").replace("'", "")
        if (
            len(word) < 4
            or word in self._surfaces
            or word in self.common_words
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
        lengths, phrases = self._lengths, self._phrases
        while index < count:
            key = keys[index]
            length = 0
            meanings: tuple[Meaning, ...] = ()
            for tried in _lengths_in(lengths.get(key, 0)):
                if tried <= count - index:
                    joined = key if tried == 1 else join_keys(keys[index : index + tried])
                    meanings = phrases.get(joined, ())
                    if meanings:
                        length = tried
                        break
            exact = self._exact.get(repairs.get(index) or _bare(tokens[index].text), ())
            if exact and length <= 1:
                meanings, length = (*meanings, *exact), 1
            hyphened = index + 1 < count and tokens[index + 1].gap == "-" and length < 2
            if index + 1 < count and (hyphened or not meanings) and not tokens[index].is_cjk:
                joined = key_of(tokens[index].text + tokens[index + 1].text)
                whole = phrases.get(joined, ()) if len(joined) > 5 else ()
                if whole and (hyphened or key not in lengths):
                    meanings, length = whole, 2
            if (
                meanings
                and length > 2
                and index + length < count
                and tokens[index + length].text == "长"
            ):
                shorter = phrases.get(join_keys(keys[index : index + length - 1]), ())
                if shorter and keys[index + length - 1] in "省市州县区":
                    meanings, length = shorter, length - 1
            if meanings:
                repaired = next(
                    (repairs[i] for i in range(index, index + length) if i in repairs), ""
                )
                yield Mention(index, index + length, meanings, repaired)
                index += length
            else:
                index += 1

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

        def rank(item: tuple[str, tuple[Meaning, ...]]) -> int:
            return min(_RANKS.get(meaning.type, 9) for meaning in item[1])

        return by_pinyin(phrase for phrase, _ in sorted(self._phrases.items(), key=rank))

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
                    Mention(
                        i, i + 1, (Meaning(EntityType.PLACE, self.abbreviations[tokens[i].text]),)
                    )
                    for i in range(index, run)
                )
            index = max(run, index + 1)
        return sorted([*mentions, *added], key=lambda mention: mention.first) if added else mentions

    def _tag_homophones(self, tokens: Sequence[Token], mentions: list[Mention]) -> list[Mention]:
        solid = {
            i for m in mentions for i in range(m.first, m.end)
            if m.end - m.first > 1 or any(x.type is EntityType.PLACE for x in m.meanings)
        }  # fmt: skip
        covered = {i for mention in mentions for i in range(mention.first, mention.end)}
        if all(i in covered for i, token in enumerate(tokens) if token.is_cjk):
            loose = [i for i, token in enumerate(tokens) if token.is_cjk and i not in solid]
            if len(loose) < 2:
                return mentions
        if self._homophones is None:
            self._homophones = HomophoneIndex(self._by_sound())
        found = list(self._homophones.find(tokens, solid))
        if not found:
            return mentions
        taken = {i for first, end, _ in found for i in range(first, end)}
        kept = [m for m in mentions if not any(i in taken for i in range(m.first, m.end))]
        kept.extend(
            Mention(first, end, self._phrases[phrase], phrase) for first, end, phrase in found
        )
        return sorted(kept, key=lambda mention: mention.first)

    def _by_sound(self) -> dict[str, list[str]]:
        if self._tables is not None:
            return msgpack.decode(self._tables.sounds, type=dict[str, list[str]])
        return by_sound(
            phrase for phrase, meanings in self._phrases.items()
            if any(_RANKS.get(m.type, 9) <= 3 for m in meanings)
        )  # fmt: skip


@lru_cache(maxsize=4096)
def _lengths_in(bits: int) -> tuple[int, ...]:
    """The lengths whose bits are set, the longest first."""
    return tuple(n for n in range(bits.bit_length() - 1, 0, -1) if bits >> n & 1)


def _bare(word: str) -> str:
    """A word without possessive and apostrophes."""
    return word.removesuffix("'s").replace("'", "") if "'" in word else word


def join_keys(keys: Sequence[str]) -> str:
    """Look-up form of a phrase: words apart, Chinese characters together."""
    together = "".join(keys)
    if together.isascii():
        return " ".join(keys)
    if len(together) == len(keys) and min(together) >= "\u3007":
        return together
    parts: list[str] = []
    previous_cjk = True
    for key in keys:
        cjk = len(key) == 1 and key >= "\u3007"
        if parts and not (cjk or previous_cjk):
            parts.append(" ")
        parts.append(key)
        previous_cjk = cjk
    return "".join(parts)
