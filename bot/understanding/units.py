"""The pieces of content in a question: what each may match in the facts, and how much it counts."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from bot.understanding.dates import DateMentions
from bot.understanding.fact_index import FactIndex
from bot.understanding.gazetteer import Gazetteer, Mention, Tagging
from bot.understanding.meanings import EntityType
from bot.understanding.numbers import figures_of, is_number, number_at
from bot.understanding.question import Unit
from bot.understanding.question_forms import is_asked
from bot.understanding.utterance import Token
from bot.understanding.week_index import WORLD_IP_DAY, term_of

_STRUCTURAL = frozenset({
    EntityType.ATTRIBUTE, EntityType.KIND, EntityType.NAME_KIND, EntityType.NAME,
    EntityType.CONCEPT, EntityType.PERSON,
})  # fmt: skip
_WITHOUT_CONTENT = frozenset({
    EntityType.OPERATOR, EntityType.FILLER, EntityType.SMALLTALK, EntityType.DETAIL,
    EntityType.DOMAIN, EntityType.PLACE, EntityType.MONTH,
})  # fmt: skip
_GENERAL_AT_MOST = _WITHOUT_CONTENT | {EntityType.GENERAL}
_ONLY_ASKING = _GENERAL_AT_MOST | {EntityType.ATTRIBUTE}
_SOLID = frozenset({
    EntityType.NAME, EntityType.PERSON, EntityType.CONCEPT, EntityType.KIND, EntityType.QUOTE,
})  # fmt: skip
"""Types whose phrases are matched as a whole, not word by word."""
_NAMES = frozenset({EntityType.NAME, EntityType.PERSON})
_TERM_WEIGHTS = {
    EntityType.NAME: 1.4, EntityType.PERSON: 1.4, EntityType.QUOTE: 1.4, EntityType.KIND: 1.2,
    EntityType.NAME_KIND: 0.5,
}  # fmt: skip
"""Factor by which terms of a type count more or less than their rarity."""
_NUMERALS = frozenset("〇零一二两三四五六七八九十百千万")
_UNKNOWN = 0.6
"""Rarity of a term of the vocabulary that no fact has."""


class UnitReader:
    """Cuts tagged utterances into units."""

    def __init__(self, gazetteer: Gazetteer, facts: FactIndex) -> None:
        self._gazetteer = gazetteer
        self._facts = facts
        vocabulary = facts.knowledge.vocabulary
        self._elsewhere = frozenset(detail.id for detail in vocabulary.details if detail.elsewhere)
        self._naming = frozenset(subject.id for subject in vocabulary.subjects if subject.names)

    def read(
        self,
        tagging: Tagging,
        mentions: Sequence[Mention],
        dates: DateMentions,
        aside: frozenset[int],
    ) -> Iterator[Unit]:
        """The units of an utterance; those at the indexes in `aside` are marked."""
        for unit in self._all(tagging, mentions, dates):
            if unit.is_of("&") and is_asked(tagging, unit.first, unit.end):
                unit = _only_name_kinds(unit)  # noqa: PLW2901 - the same unit, narrowed
            yield replace(unit, aside=True) if unit.first in aside else unit
        if dates.names_the_day and self._facts.knows(WORLD_IP_DAY):
            weight = 0.8 * self._facts.rarity(WORLD_IP_DAY)
            yield Unit("World IP Day", -1, -1, (WORLD_IP_DAY,), (weight,), explained=True)

    def _all(
        self, tagging: Tagging, mentions: Sequence[Mention], dates: DateMentions
    ) -> Iterator[Unit]:
        claimed = set(dates.covered)
        for mention in mentions:
            claimed.update(range(mention.first, mention.end))
            unit = self._of_mention(tagging, mention)
            if unit is not None:
                yield unit
        yield from self._unclaimed(tagging, claimed)

    def _unclaimed(self, tagging: Tagging, claimed: set[int]) -> Iterator[Unit]:
        """Words and runs of characters that no phrase and no date covers."""
        tokens = tagging.utterance.tokens
        index = 0
        while index < len(tokens):
            end = index + 1
            if index not in claimed:
                number = self._of_large_number(tokens, index)
                if number is not None:
                    yield number
                    end = number.end
                elif tokens[index].is_cjk:
                    while end < len(tokens) and end not in claimed and _goes_on(tokens[end]):
                        end += 1
                    yield self._of_characters(tokens, index, end)
                else:
                    yield self._of_word(tagging, index)
            index = end

    # --- phrases -------------------------------------------------------------------------

    def _of_mention(self, tagging: Tagging, mention: Mention) -> Unit | None:
        """The unit of a phrase; None for one without content of its own."""
        types = mention.types
        if EntityType.GENERAL in types and types <= _GENERAL_AT_MOST:
            return self._general(tagging, mention) if len(types) == 1 else None
        if types <= _WITHOUT_CONTENT:
            if EntityType.DETAIL not in types:
                return None
            details = (m.id for m in mention.meanings if m.type is EntityType.DETAIL)
            foreign = any(detail in self._elsewhere for detail in details)
            return _foreign(tagging, mention) if foreign else None
        keys = tagging.keys[mention.first : mention.end]
        weights = self._term_weights(mention)
        is_cue = types <= _ONLY_ASKING
        if is_cue and len(keys) > 1:
            weights.update(self._nested(keys))
            is_cue = not weights
        if len(keys) == 1 or not types & _SOLID:
            share = 0.2 if is_cue else 0.7 if weights else 0.9
            self._add_words(keys, share, weights)
        if is_cue and not weights:
            return None
        foreign = EntityType.SUBJECT in types and not types & _STRUCTURAL
        if foreign and _is_taught(tagging, mention):
            return None
        named = foreign and self._of_other_subject(tagging, mention, weights)
        return Unit(
            _text(tagging, mention),
            mention.first,
            mention.end,
            tuple(weights),
            tuple(weights.values()),
            explained=not foreign,
            foreign=foreign,
            is_name=not _NAMES.isdisjoint(types) or named,
            is_cue=is_cue,
        )

    def _of_other_subject(
        self, tagging: Tagging, mention: Mention, weights: dict[str, float]
    ) -> bool:
        """Whether a phrase of another subject is a name, as of a country. A Chinese phrase may
        match by its pairs of characters, a name only where facts hold it whole.
        """
        if not weights:
            self._add_pairs(tagging, mention, weights)
        subjects = (m.id for m in mention.meanings if m.type is EntityType.SUBJECT)
        named = not self._naming.isdisjoint(subjects)
        if named and not all(map(self._facts.knows, _parts(tagging, mention))):
            weights.clear()
        return named

    def _term_weights(self, mention: Mention) -> dict[str, float]:
        """The terms of a phrase's meanings with their weights."""
        weights: dict[str, float] = {}
        for meaning in mention.meanings:
            term = term_of(meaning)
            if term is not None and meaning.type is not EntityType.PLACE:
                rarity = self._facts.rarity(term) if self._facts.knows(term) else _UNKNOWN
                weights[term] = _TERM_WEIGHTS.get(meaning.type, 1.0) * rarity
        return weights

    def _nested(self, keys: Sequence[str]) -> dict[str, float]:
        """The concepts and kinds of the single words of a longer phrase: metro in "metro lines"."""
        found: dict[str, float] = {}
        for meaning in (meaning for key in keys for meaning in self._gazetteer.phrase(key)):
            term = term_of(meaning)
            is_content = meaning.type in (EntityType.CONCEPT, EntityType.KIND)
            if term and is_content and self._facts.knows(term):
                found[term] = 0.7 * self._facts.rarity(term)
        return found

    def _add_words(self, keys: Sequence[str], share: float, weights: dict[str, float]) -> None:
        """Let the words of a phrase match by themselves; together they count at most `share`."""
        for key in keys:
            if len(key) > 2 and self._facts.knows(key) and not self._is_filler(key):
                weights.setdefault(key, share * self._facts.rarity(key) / len(keys))

    def _add_pairs(self, tagging: Tagging, mention: Mention, weights: dict[str, float]) -> None:
        """Let the pairs of characters of a Chinese phrase match by themselves."""
        if _is_chinese(tagging, mention):
            pairs = _parts(tagging, mention)
            for pair in filter(self._facts.knows, pairs):
                weights[pair] = 0.8 * self._facts.rarity(pair) / len(pairs)

    def _is_filler(self, key: str) -> bool:
        meanings = self._gazetteer.phrase(key)
        return bool(meanings) and all(meaning.type is EntityType.FILLER for meaning in meanings)

    def _general(self, tagging: Tagging, mention: Mention) -> Unit | None:
        """A word of any subject helps where a fact has it and is passed over where none has."""
        own = tagging.keys[mention.first : mention.end]
        keys = tuple(key for key in own if self._facts.knows(key))
        if not keys or len(keys[0]) < 3:
            return None
        weights = tuple(0.22 * self._facts.rarity(key) for key in keys)
        text = _text(tagging, mention)
        return Unit(text, mention.first, mention.end, keys, weights, explained=True)

    # --- single words and characters -------------------------------------------------------

    def _of_word(self, tagging: Tagging, index: int) -> Unit:
        key = tagging.keys[index]
        word = tagging.repairs.get(index, tagging.utterance.tokens[index].text)
        if is_number(word):
            value = figures_of(word)
            telling = self._facts.knows(value) and len(value) > 2
            weight = 1.1 if telling else 0.2
            return Unit(word, index, index + 1, (value,), (weight,), explained=True)
        known = self._facts.knows(key)
        short = len(word) < 3
        ordinary = not known and (short or word in self._gazetteer.common_words)
        weight = self._facts.rarity(key) if known else 0.1 if short else 0.9
        return Unit(word, index, index + 1, (key,), (weight,), explained=False, ordinary=ordinary)

    def _of_large_number(self, tokens: Sequence[Token], index: int) -> Unit | None:
        """ "10 million", 1000万: the figure that a fact states; None where none does."""
        number = number_at(tokens, index)
        value = f"{number[0]:.10g}" if number is not None else ""
        if number is None or number[1] == 1 or not self._facts.knows(value):
            return None
        end = index + number[1]
        text = " ".join(token.text for token in tokens[index:end])
        return Unit(text, index, end, (value,), (1.1,), explained=True)

    def _of_characters(self, tokens: Sequence[Token], first: int, end: int) -> Unit:
        """A run of characters that no phrase covers; its pairs are its terms, neighbours too."""
        start = first - 1 if first and tokens[first - 1].is_cjk and not tokens[first].gap else first
        stop = end + 1 if end < len(tokens) and _goes_on(tokens[end]) else end
        pairs = (tokens[i].text + tokens[i + 1].text for i in range(start, stop - 1))
        known = tuple(dict.fromkeys(pair for pair in pairs if self._facts.knows(pair)))
        text = "".join(token.text for token in tokens[first:end])
        several = end - first > 1
        if _NUMERALS.issuperset(text):
            return Unit(text, first, end, (text,), (0.2,), explained=True)
        if known:
            # The pairs of a single character are made with phrases that mean something else.
            share = 0.8 if several else 0.25
            weights = tuple(share * self._facts.rarity(pair) for pair in known)
            return Unit(text, first, end, known, weights, explained=not several)
        weight = 0.9 if several else 0.2
        return Unit(text, first, end, (text,), (weight,), explained=False, ordinary=several)


_TEACHES = frozenset(
    "explain explains teach teaches taught show shows tell tells cover covers say says on "
    "about".split()
)


def _is_taught(tagging: Tagging, mention: Mention) -> bool:
    """Whether "how to" is what something known teaches: a course on how to avoid risks."""
    words = tagging.utterance.words
    if words[mention.first] != "how" or _TEACHES.isdisjoint(words[: mention.first]):
        return False
    before = (other for other in tagging.mentions if other.first < mention.first)
    return any(not other.types.isdisjoint(_SOLID) for other in before)


def _goes_on(token: Token) -> bool:
    """Whether a character stands right behind the one before."""
    return token.is_cjk and not token.gap


def _text(tagging: Tagging, mention: Mention) -> str:
    return " ".join(tagging.utterance.words[mention.first : mention.end])


def _is_chinese(tagging: Tagging, mention: Mention) -> bool:
    return all(token.is_cjk for token in tagging.utterance.tokens[mention.first : mention.end])


def _parts(tagging: Tagging, mention: Mention) -> Sequence[str]:
    """What facts hold of a phrase: its words, of a Chinese one its pairs of characters."""
    if not _is_chinese(tagging, mention):
        return tagging.keys[mention.first : mention.end]
    tokens = tagging.utterance.tokens[mention.first : mention.end]
    return [one.text + two.text for one, two in pairwise(tokens)]


def _foreign(tagging: Tagging, mention: Mention) -> Unit:
    """A detail that belongs to another subject, such as a price."""
    text = _text(tagging, mention)
    return Unit(text, mention.first, mention.end, (text,), (0.6,), explained=False, foreign=True)


def _only_name_kinds(unit: Unit) -> Unit:
    """ "Which banks": only the kind counts, not the word, which names have too."""
    pairs = zip(unit.terms, unit.weights, strict=True)
    kept = {term: weight for term, weight in pairs if term[0] == "&"}
    return replace(unit, terms=tuple(kept), weights=tuple(kept.values()))
