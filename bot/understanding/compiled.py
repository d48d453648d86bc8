"""All indexes of a knowledge folder in the form in which a snapshot keeps them."""

from collections.abc import Mapping

from msgspec import Struct, msgpack

from bot.knowledge.knowledge_base import KnowledgeBase, KnownFiles
from bot.knowledge.knowledge_tables import KnowledgeTables
from bot.understanding.fact_index import FactIndex
from bot.understanding.fact_tables import FactTables
from bot.understanding.gazetteer import Gazetteer, GazetteerTables
from bot.understanding.lexicon import Lexicon, LexiconTables
from bot.understanding.week_index import WeekReader


class CompiledKnowledge(Struct, frozen=True):
    """A knowledge folder, read and indexed."""

    made_by: str
    """The version of the code that made it; tables of another one may mean something else."""
    digests: dict[str, bytes]
    """For each of its files, by its path in the folder, a digest of the content."""
    knowledge: KnowledgeTables
    gazetteer: GazetteerTables
    facts: FactTables
    weeks: tuple[memoryview, ...]
    """What each week adds to the indexes, packed."""
    words: memoryview
    """The lexicon of the vocabulary alone, as MessagePack; needed where a week has changed."""


def compiled(
    facts: FactIndex, reader: WeekReader, digests: dict[str, bytes], made_by: str
) -> CompiledKnowledge:
    """What a snapshot keeps of an assistant's indexes, and of what made them."""
    return CompiledKnowledge(
        made_by=made_by,
        digests=digests,
        knowledge=facts.knowledge.tables(),
        gazetteer=facts.gazetteer.tables(),
        facts=facts.tables,
        weeks=tuple(facts.weeks),
        words=memoryview(msgpack.encode(reader.lexicon.tables())),
    )


def lexicon_of_vocabulary(kept: CompiledKnowledge) -> Lexicon:
    """All phrases of the vocabulary that a snapshot was made with."""
    return Lexicon.restored(msgpack.decode(kept.words, type=LexiconTables))


def restored(kept: CompiledKnowledge) -> FactIndex:
    """The indexes that a snapshot kept."""
    knowledge = KnowledgeBase(kept.knowledge)
    vocabulary, common_words = knowledge.vocabulary, knowledge.common_words
    gazetteer = Gazetteer.restored(kept.gazetteer, vocabulary, common_words)
    return FactIndex(knowledge, gazetteer, kept.facts, kept.weeks)


def known_files(kept: CompiledKnowledge, digests: Mapping[str, bytes]) -> KnownFiles:
    """What need not be read again, since its files have not changed since."""
    same = {path for path, digest in kept.digests.items() if digests.get(path) == digest}
    words = {path for path in (*kept.digests, *digests) if path.startswith("vocabulary/")}
    vocabulary = kept.knowledge.vocabulary if words <= same else None
    weeks = dict(zip(kept.knowledge.files, kept.knowledge.weeks, strict=True))
    return KnownFiles(vocabulary, {path: weeks[path] for path in weeks.keys() & same})


def known_weeks(kept: CompiledKnowledge, known: KnownFiles) -> Mapping[str, memoryview]:
    """What the weeks add to the indexes that are the same as in a snapshot."""
    if known.vocabulary is None:
        return {}
    weeks = dict(zip(kept.knowledge.files, kept.weeks, strict=True))
    return {path: weeks[path] for path in known.weeks}
