"""From a knowledge base to its indexes: what the weeks add is put together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.knowledge.knowledge_base import KnowledgeBase
from bot.knowledge.progress import Progress, unseen
from bot.understanding.fact_index import FactIndex
from bot.understanding.fact_tables import EMPTY, FactTables, replaced
from bot.understanding.gazetteer import Gazetteer
from bot.understanding.lexicon import Lexicon, Phrase
from bot.understanding.phrases import place_texts
from bot.understanding.week_index import (
    WeekPhrases,
    WeekReader,
    packed_index,
    phrases_in,
    unpacked_index,
)

_MOST_QUOTES = 12
"""A clause that more themes share than this points to none of them."""
_FEW = 8
"""Up to so many changed weeks are replaced one by one in the tables of before."""
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
    weeks, phrases = zip(*_weeks(knowledge, reader, known, progress), strict=True)
    lexicon = _lexicon(reader.lexicon, phrases, knowledge)
    gazetteer = Gazetteer(
        lexicon, knowledge.vocabulary, knowledge.common_words,
        before.gazetteer.spelling.of_words(lexicon.surfaces) if before is not None else None,
    )  # fmt: skip
    tables = _with_changes(before, knowledge, weeks) if before is not None else None
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


# --- facts -----------------------------------------------------------------------------------


def _with_changes(
    before: FactIndex, knowledge: KnowledgeBase, weeks: Sequence[memoryview]
) -> FactTables | None:
    """The tables of before with the weeks that have changed; None when these are many."""
    old = before.knowledge
    numbers = {file: number for number, file in enumerate(old.files)}
    kept = [numbers[file] for file in knowledge.files if file in numbers]
    if kept != sorted(kept):
        return None
    gone = numbers.keys() - set(knowledge.files)
    edits = [_Edit(numbers[file], True, ()) for file in gone]
    position = 0
    for file, week in zip(knowledge.files, weeks, strict=True):
        number = numbers.get(file)
        if number is None:
            edits.append(_Edit(position, False, (week,)))
            continue
        if week is not before.weeks[number]:
            edits.append(_Edit(number, True, (week,)))
        position = number + 1
    if len(edits) > _FEW:
        return None
    tables = before.tables
    # From the last to the first, so that the numbers before are still those of the old tables.
    for edit in sorted(edits, key=lambda edit: edit[:2])[::-1]:
        going = range(edit.number, edit.number + edit.goes)
        new = [unpacked_index(week) for week in edit.weeks]
        tables = replaced(tables, going, old.activities_of_weeks(going), new)
    return tables


class _Edit(NamedTuple):
    """A week that goes, comes or becomes another one."""

    number: int
    """Of the old week that goes, or before which the new one comes."""
    goes: bool
    weeks: Sequence[memoryview]
    """The week that comes, packed; none where one only goes."""
