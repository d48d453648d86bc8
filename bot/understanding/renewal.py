"""From the indexes of nearly the same knowledge to those of a knowledge base.

Most changes are to facts: a figure corrected, an activity more. Then all phrases stay what they
are, and only the terms and the words of the weeks that have changed are put in the place of the
old ones. A change of a name or a theme may mean something to every question, so that the phrases
are put together anew.
"""

from collections.abc import Iterable, Mapping, Sequence

from bot.knowledge.edits import Edit, edits_between
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.understanding.fact_index import FactIndex
from bot.understanding.fact_tables import FactTables, replaced
from bot.understanding.lexicon import OF_FACTS
from bot.understanding.stems import key_of
from bot.understanding.week_index import (
    WeekPhrases,
    WeekReader,
    packed_index,
    phrases_in,
    unpacked_index,
)


def renewed(
    before: FactIndex, knowledge: KnowledgeBase, reader: WeekReader, known: Mapping[str, memoryview]
) -> FactIndex | None:
    """The indexes of a knowledge base; None where its phrases are others than before.

    Args:
        before: the indexes of what was known before, with the same vocabulary.
        reader: of the same vocabulary.
        known: for files that have not changed what their weeks add, packed.

    """
    edits = edits_between(before.knowledge.files, knowledge.files, known)
    if edits is None or not _may_have_same_phrases(before.knowledge, knowledge):
        return None
    coming = {
        number: reader.index(knowledge.week_entries[number], knowledge)
        for edit in edits for number in edit.coming
    }  # fmt: skip
    old = [phrases_in(before.weeks[number]) for edit in edits for number in edit.going]
    new = list(coming.values())
    if not _same_phrases(old, new):
        return None
    packed = {number: packed_index(index) for number, index in coming.items()}
    weeks = list(before.weeks)
    for edit in edits:
        weeks[edit.going.start : edit.going.stop] = [packed[number] for number in edit.coming]
    tables = _with_edits(before, edits, weeks)
    found = FactIndex(knowledge, before.gazetteer, tables, weeks)
    surfaces = _renewed_surfaces(found, _words(old), _words(new))
    if surfaces is not before.gazetteer.lexicon.surfaces:
        found = FactIndex(knowledge, before.gazetteer.with_surfaces(surfaces), tables, weeks)
    if all(_keeps_numbers(edit, before.knowledge, knowledge) for edit in edits):
        changed = [knowledge.activities_of_weeks(edit.coming) for edit in edits]
        found.take_marks(before, changed)
    return found


def renewed_tables(
    before: FactIndex, knowledge: KnowledgeBase, weeks: Sequence[memoryview]
) -> FactTables | None:
    """The tables of a knowledge base; None where too much of it has changed.

    Args:
        before: the indexes of what was known before.
        weeks: what each week adds; the very same object as before where it has not changed.

    """
    old = dict(zip(before.knowledge.files, before.weeks, strict=True))
    new = zip(knowledge.files, weeks, strict=True)
    same = {file for file, week in new if old.get(file) is week}
    edits = edits_between(before.knowledge.files, knowledge.files, same)
    return None if edits is None else _with_edits(before, edits, weeks)


def _with_edits(
    before: FactIndex, edits: Sequence[Edit], weeks: Sequence[memoryview]
) -> FactTables:
    tables = before.tables
    for edit in edits:
        activities = before.knowledge.activities_of_weeks(edit.going)
        indexes = [unpacked_index(weeks[number]) for number in edit.coming]
        tables = replaced(tables, edit.going, activities, indexes)
    return tables


def _keeps_numbers(edit: Edit, before: KnowledgeBase, after: KnowledgeBase) -> bool:
    """Whether all activities but those of the edit have the numbers that they had."""
    return before.activities_of_weeks(edit.going) == after.activities_of_weeks(edit.coming)


def _may_have_same_phrases(before: KnowledgeBase, knowledge: KnowledgeBase) -> bool:
    """Whether the same names are defined, and something is known of the same places."""
    same_places = before.by_place.keys() == knowledge.by_place.keys()
    return same_places and before.names == knowledge.names


def _same_phrases(old: Sequence[WeekPhrases], new: Sequence[WeekPhrases]) -> bool:
    def phrases(weeks: Sequence[WeekPhrases]) -> list[object]:
        return [phrase for week in weeks for phrase in (*week.names, *week.quotes)]

    return phrases(old) == phrases(new)


def _words(weeks: Iterable[WeekPhrases]) -> frozenset[str]:
    return frozenset(word for week in weeks for word in week.words.split())


def _renewed_surfaces(found: FactIndex, old: frozenset[str], new: frozenset[str]) -> dict[str, int]:
    """The words that misspelt ones may be taken for, with those of the weeks that have come.

    Args:
        found: the indexes, but for these words.
        old: words of the weeks that have gone.
        new: words of the weeks that have come.

    """
    surfaces = found.gazetteer.lexicon.surfaces
    gone = [word for word in old - new if surfaces.get(word) == OF_FACTS]
    gone = [word for word in gone if not _stands_in_a_week(word, found)]
    come = [word for word in new - old if word not in surfaces]
    if not (gone or come):
        return surfaces
    surfaces = surfaces | dict.fromkeys(come, OF_FACTS)
    for word in gone:
        del surfaces[word]
    return surfaces


def _stands_in_a_week(word: str, facts: FactIndex) -> bool:
    weeks = {facts.knowledge.week_of(posting >> 1) for posting in facts.having(key_of(word))}
    return any(word in phrases_in(facts.weeks[week]).words.split() for week in sorted(weeks))
