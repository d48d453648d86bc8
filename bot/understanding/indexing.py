"""From a knowledge base to its indexes: what the weeks add is put together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.knowledge.knowledge_base import KnowledgeBase
from bot.knowledge.progress import Progress, unseen
from bot.understanding.fact_index import FactIndex
from bot.understanding.fact_tables import EMPTY, replaced
from bot.understanding.gazetteer import Gazetteer
from bot.understanding.lexicon import Lexicon, Phrase
from bot.understanding.phrases import place_texts
from bot.understanding.renewal import renewed, renewed_tables
from bot.understanding.week_index import (
    WeekPhrases,
    WeekReader,
    packed_index,
    phrases_in,
    unpacked_index,
)

_MOST_QUOTES = 12
"""A clause that more themes share than this points to none of them."""
_NONE: Mapping[str, memoryview] = {}


def indexed(
    knowledge: KnowledgeBase,
    reader: WeekReader | None = None,
    known: Mapping[str, memoryview] = _NONE,
    before: FactIndex | None = None,
    progress: Progress = unseen,
) -> FactIndex:
    """Index a knowledge base.

    Args:
        reader: of the same vocabulary, where one is at hand.
        known: for files that have not changed what their weeks add, packed.
        before: an index of nearly the same knowledge, where one is at hand.
        progress: is told of every week that was indexed.

    """
    reader = reader or WeekReader(knowledge.vocabulary, knowledge.common_words)
    if before is not None and (found := renewed(before, knowledge, reader, known)) is not None:
        return found
    weeks, phrases = zip(*_weeks(knowledge, reader, known, progress), strict=True)
    lexicon = _lexicon(reader.lexicon, phrases, knowledge)
    gazetteer = Gazetteer(
        lexicon, knowledge.vocabulary, knowledge.common_words,
        before.gazetteer.spelling.of_words(lexicon.surfaces) if before is not None else None,
    )  # fmt: skip
    tables = renewed_tables(before, knowledge, weeks) if before is not None else None
    if tables is None:
        tables = replaced(EMPTY, range(0), range(0), [unpacked_index(week) for week in weeks])
    return FactIndex(knowledge, gazetteer, tables, weeks)


def _weeks(
    knowledge: KnowledgeBase,
    reader: WeekReader,
    known: Mapping[str, memoryview],
    progress: Progress,
) -> Iterator[tuple[memoryview, WeekPhrases]]:
    """What each week adds, packed, and its phrases."""
    for number, file in enumerate(knowledge.files):
        if file in known:
            phrases = phrases_in(known[file])
            if all(knowledge.names.get(name.id) == name for name in phrases.borrowed):
                yield known[file], phrases
                continue
        index = reader.index(knowledge.week_entries[number], knowledge)
        yield packed_index(index), index
        progress("indexed", number + 1, len(knowledge.files))


def week_indexes(
    knowledge: KnowledgeBase, reader: WeekReader, numbers: Iterable[int]
) -> dict[str, bytes]:
    """By their files what some weeks add, packed: `known` of `indexed`."""
    return {
        knowledge.files[number]: packed_index(
            reader.index(knowledge.week_entries[number], knowledge)
        ).tobytes()
        for number in numbers
    }


# --- phrases ---------------------------------------------------------------------------------


def _lexicon(
    vocabulary: Lexicon, weeks: Sequence[WeekPhrases], knowledge: KnowledgeBase
) -> Lexicon:
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


def _quotes(weeks: Iterable[WeekPhrases]) -> Iterator[Phrase]:
    """The themes and slogans of all weeks, but for clauses that too many share."""
    found: dict[str, dict[str, Phrase]] = {}
    for week in weeks:
        for phrase in week.quotes:
            found.setdefault(phrase.joined, {})[phrase.meaning.id] = phrase
    for phrases in found.values():
        if len(phrases) <= _MOST_QUOTES:
            yield from phrases.values()
