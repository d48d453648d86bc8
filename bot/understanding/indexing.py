"""From a knowledge base to its indexes: what the weeks add is put together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.knowledge.knowledge_base import KnowledgeBase
from bot.understanding.fact_index import FactIndex, fact_tables
from bot.understanding.gazetteer import Gazetteer
from bot.understanding.lexicon import Lexicon, Phrase
from bot.understanding.phrases import place_texts
from bot.understanding.similarity import SpellingIndex
from bot.understanding.week_index import WeekIndex, WeekReader, packed_index, unpacked_index

_MOST_QUOTES = 12
"""A clause that more themes share than this points to none of them."""
_NONE: Mapping[str, memoryview] = {}


def indexed(
    knowledge: KnowledgeBase,
    reader: WeekReader | None = None,
    known: Mapping[str, memoryview] = _NONE,
    spelling: SpellingIndex | None = None,
) -> FactIndex:
    """Index a knowledge base.

    Args:
        reader: of the same vocabulary, where one is at hand.
        known: for files that have not changed what their weeks add, packed.
        spelling: of nearly the same words, where one is at hand.

    """
    reader = reader or WeekReader(knowledge.vocabulary, knowledge.common_words)
    weeks = tuple(_weeks(knowledge, reader, known))
    lexicon = _lexicon(reader.lexicon, weeks, knowledge)
    gazetteer = Gazetteer(
        lexicon, knowledge.vocabulary, knowledge.common_words,
        spelling.of_words(lexicon.surfaces) if spelling is not None else None,
    )  # fmt: skip
    packed = tuple(
        known[file] if file in known else packed_index(week)
        for file, week in zip(knowledge.files, weeks, strict=True)
    )
    return FactIndex(knowledge, gazetteer, fact_tables(weeks), packed)


def _weeks(
    knowledge: KnowledgeBase, reader: WeekReader, known: Mapping[str, memoryview]
) -> Iterator[WeekIndex]:
    """What each week adds."""
    for number, file in enumerate(knowledge.files):
        kept = unpacked_index(known[file]) if file in known else None
        if kept is not None and all(knowledge.names.get(n.id) == n for n in kept.borrowed):
            yield kept
        else:
            yield reader.index(knowledge.week_entries[number], knowledge)


def _lexicon(vocabulary: Lexicon, weeks: Sequence[WeekIndex], knowledge: KnowledgeBase) -> Lexicon:
    """The phrases of the vocabulary, then those of the weeks."""
    lexicon = vocabulary.copy()
    for week in weeks:
        lexicon.add(week.names)
    lexicon.add(_quotes(weeks))
    joined = (phrase.joined for week in weeks for phrase in (*week.names, *week.quotes))
    lexicon.add_joined_forms(joined, knowledge.common_words)
    known = (place for place in knowledge.vocabulary.places if place.id in knowledge.by_place)
    lexicon.prefer(text for place in known for text in place_texts(place))
    for week in weeks:
        lexicon.add_words(week.words.split())
    return lexicon


def _quotes(weeks: Iterable[WeekIndex]) -> Iterator[Phrase]:
    """The themes and slogans of all weeks, but for clauses that too many share."""
    found: dict[str, dict[str, Phrase]] = {}
    for week in weeks:
        for phrase in week.quotes:
            found.setdefault(phrase.joined, {})[phrase.meaning.id] = phrase
    for phrases in found.values():
        if len(phrases) <= _MOST_QUOTES:
            yield from phrases.values()
