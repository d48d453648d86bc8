"""What a single week adds to the indexes, made from the vocabulary and that week alone.

So a week whose file has not changed need not be read again when another one has: what all
weeks add is only put together anew. The texts of a week are read with the names and themes
of its own; those of other weeks mean nothing in it.
"""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct, msgpack

from bot.knowledge.entries import ActivityEntry, WeekEntry
from bot.knowledge.facts import Activity, Name, Reference, Text, Week, Words
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.knowledge.rows import pack
from bot.knowledge.vocabulary import Vocabulary
from bot.understanding.gazetteer import Gazetteer, Tagging
from bot.understanding.lexicon import Lexicon, Phrase
from bot.understanding.meanings import EntityType, Meaning
from bot.understanding.phrases import (
    everyday_words,
    phrases_of_names,
    phrases_of_people,
    phrases_of_quotes,
    phrases_of_vocabulary,
    quote_id,
    themes_of,
)
from bot.understanding.utterance import read_utterance, words_of

MOST_TEXTS = 8192
"""Texts whose terms are kept at hand."""
TERM_PREFIX = {
    EntityType.KIND: "#",
    EntityType.CONCEPT: "~",
    EntityType.NAME: "!",
    EntityType.PERSON: "^",
    EntityType.NAME_KIND: "&",
    EntityType.PLACE: "@",
    EntityType.QUOTE: "%",
}
WORLD_IP_DAY = "%world-ip-day"
"""Term of texts that speak of World IP Day, which the date reader claims in questions."""
_THE_DAY = re.compile(r"world (?:ip|intellectual property) day|世界知识产权日", re.IGNORECASE)


class WeekPhrases(Struct, frozen=True, array_like=True):
    """What a week adds to the phrases that are known."""

    borrowed: tuple[Name, ...]
    """Names of other weeks that it refers to."""
    names: tuple[Phrase, ...]
    """How the names that it defines are called, and the persons that it names."""
    quotes: tuple[Phrase, ...]
    """Its themes and slogans, and their clauses."""
    words: str
    """Words of its titles and summaries, so that misspelt ones can be repaired."""


class WeekIndex(WeekPhrases, frozen=True, array_like=True):
    """What a week adds to the indexes."""

    terms: tuple[str, ...]
    own_terms: bytes
    """For each activity its terms, those of the title first: numbers in `terms`, packed."""
    term_counts: bytes
    """For each activity how many of these are its own."""
    title_counts: bytes
    """For each activity how many of its terms are in the title."""
    theme_terms: tuple[str, ...]


_WRITER = msgpack.Encoder()
_READER = msgpack.Decoder(WeekIndex)
_PHRASE_READER = msgpack.Decoder(WeekPhrases)


def packed_index(index: WeekIndex) -> memoryview:
    """A week's index in the form in which it is kept."""
    return memoryview(_WRITER.encode(index))


def unpacked_index(packed: memoryview) -> WeekIndex:
    """The index that was packed."""
    return _READER.decode(packed)


def phrases_in(packed: memoryview) -> WeekPhrases:
    """Only the phrases of a packed index."""
    return _PHRASE_READER.decode(packed)


def term_of(meaning: Meaning) -> str | None:
    """The term that stands for a meaning; None for types that are no content."""
    prefix = TERM_PREFIX.get(meaning.type)
    return None if prefix is None else prefix + meaning.id


def _measured_by(tagging: Tagging) -> set[int]:
    """The tokens of a measure: "patents per 10,000 people" tell of patents, not of people."""
    words = tagging.utterance.words
    if "per" not in words:
        return set()
    measures = (
        range(mention.first, mention.end)
        for mention in tagging.mentions
        if words[mention.first] == "per" and EntityType.CONCEPT in mention.types
    )
    return {index for measure in measures for index in measure}


def terms_of(tagging: Tagging) -> set[str]:
    """All terms of a text."""
    terms = {
        term
        for mention in tagging.mentions
        for meaning in mention.meanings
        if (term := term_of(meaning))
    }
    tokens = tagging.utterance.tokens
    measured = _measured_by(tagging)
    for index, key in enumerate(tagging.keys):
        if index in measured:
            continue
        if not tokens[index].is_cjk:
            terms.add(key)
        elif index and tokens[index - 1].is_cjk and not tokens[index].gap:
            terms.add(tokens[index - 1].text + key)
    return terms


class TextTerms:
    """Reads the terms of texts of the knowledge."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._known: dict[str, frozenset[str]] = {}

    def of(self, texts: Iterable[Text | str]) -> frozenset[str]:
        """The terms of some texts, in all their languages."""
        terms: set[str] = set()
        for text in texts:
            for part in (text,) if isinstance(text, str) else (text.en, text.zh):
                terms |= self._of_part(part)
        return frozenset(terms)

    def _of_part(self, part: str) -> frozenset[str]:
        known = self._known.get(part)
        if known is None:
            if len(self._known) >= MOST_TEXTS:
                self._known.clear()
            terms = terms_of(self._gazetteer.tag(read_utterance(part), repair=False))
            if _THE_DAY.search(part):
                terms.add(WORLD_IP_DAY)
            known = self._known[part] = frozenset(terms)
        return known

    def of_theme(self, week: Week) -> frozenset[str]:
        """The terms of a week's theme, with the concepts in its words."""
        texts = tuple(themes_of(week))
        parts = (part for text in texts for part in (text.en, text.zh))
        concepts = {term for part in parts for term in self._in_quotes(part) if term[0] == "~"}
        return self.of(texts) | {"%" + quote_id(text) for text in texts} | concepts

    def _in_quotes(self, text: str) -> Iterator[str]:
        """The terms of the quotes in a text, read as if they were none."""
        for part in _parts_of_quotes(self._gazetteer.tag(read_utterance(text), repair=False)):
            yield from self._of_part(part)
            yield from self._in_quotes(part)


def _parts_of_quotes(tagging: Tagging) -> Iterator[str]:
    """Each quote in a text without its last word and without its first: these are no longer the
    quote as a whole, so that the concepts in it are found.
    """
    for mention in tagging.mentions:
        if EntityType.QUOTE in mention.types and mention.end - mention.first > 1:
            tokens = tagging.utterance.tokens[mention.first : mention.end]
            for some in (tokens[:-1], tokens[1:]):
                yield "".join(token.gap + token.text for token in some)


class WeekReader:
    """Indexes weeks one by one."""

    def __init__(
        self, vocabulary: Vocabulary, common_words: frozenset[str], lexicon: Lexicon | None = None
    ) -> None:
        """`lexicon`: of the vocabulary, where it is at hand."""
        self._vocabulary, self._common_words = vocabulary, common_words
        self.lexicon = lexicon or _lexicon_of(vocabulary, common_words)
        """All phrases of the vocabulary."""
        self._everyday = everyday_words(vocabulary)
        self._names = {name.id for name in vocabulary.names}

    def index(self, week: WeekEntry, knowledge: KnowledgeBase) -> WeekIndex:
        """What a week of a knowledge base adds to the indexes."""
        entries = knowledge.of_week(week)
        own = self._names | {name.id for name in week.week.names}
        ids = {id for entry in entries for id in entry.names if id not in own}
        borrowed = tuple(knowledge.names[id] for id in sorted(ids))
        names = (*phrases_of_names(week.week.names), *phrases_of_people(week.week))
        quotes = tuple(phrases_of_quotes(week.week, self._everyday))
        lexicon = self.lexicon.copy()
        lexicon.add((*names, *phrases_of_names(borrowed), *quotes))
        lexicon.add_joined_forms([phrase.joined for phrase in names], self._common_words)
        texts = TextTerms(Gazetteer(lexicon, self._vocabulary, self._common_words))
        activities = [_indexed(entry, knowledge, texts) for entry in entries]
        numbers: dict[str, int] = {}
        own_terms = [
            numbers.setdefault(term, len(numbers))
            for title, others in activities
            for term in (*title, *others)
        ]
        return WeekIndex(
            borrowed=borrowed,
            names=names,
            quotes=quotes,
            words=" ".join(_plain_words(week.week.activities)),
            own_terms=pack(own_terms),
            terms=tuple(numbers),
            term_counts=pack(len(title) + len(others) for title, others in activities),
            title_counts=pack(len(title) for title, _ in activities),
            theme_terms=tuple(sorted(texts.of_theme(week.week))),
        )


def _lexicon_of(vocabulary: Vocabulary, common_words: frozenset[str]) -> Lexicon:
    lexicon = Lexicon()
    lexicon.add(phrases_of_vocabulary(vocabulary))
    lexicon.add_joined_forms(tuple(lexicon.phrases), common_words)
    return lexicon


def _indexed(
    entry: ActivityEntry, knowledge: KnowledgeBase, texts: TextTerms
) -> tuple[list[str], list[str]]:
    """The terms of an activity: those of what it is mainly about, and all others."""
    activity = entry.activity
    main = texts.of((activity.title, *_words(activity.words)))
    names = [knowledge.names[id] for id in entry.names]
    words = main | texts.of(_texts(activity)) | texts.of(name.name for name in names)
    kinds = {"#" + kind for kind in entry.kinds}
    ids = {"!" + name.id for name in names} | {"&" + name.kind for name in names}
    for name in names:
        if name.place:
            ids |= {"@" + place for place in knowledge.within(name.place)}
    ids |= {"%" + quote_id(text) for text in (*activity.themes, *activity.slogans)}
    title = {term for term in main if term[0] not in "#&"} | kinds
    others = {term for term in words if term[0] not in "#&"} | ids
    return sorted(title), sorted(others - title)


def _texts(activity: Activity) -> Iterator[Text | str]:
    yield activity.summary
    yield from activity.people
    yield from _only_texts((*activity.organisers, *activity.partners, *activity.media))
    yield from _only_texts((*activity.platforms, *activity.works))
    for texts in (activity.audience, activity.topics, activity.themes, activity.slogans):
        yield from texts
    for figure in activity.figures:
        yield figure.of
        yield from _words(figure.words)
        yield f"{figure.value:.10g}"
    for part in activity.parts:
        yield part.title
        yield from part.topics
        yield from _words(part.words)
    for texts in activity.details.values():
        yield from texts
    for text in (activity.condition, activity.venue):
        if text is not None:
            yield text


def _only_texts(references: Iterable[Reference]) -> Iterator[Text]:
    return (reference for reference in references if isinstance(reference, Text))


def _words(words: Words) -> tuple[str, ...]:
    return (*words.en, *words.zh)


def _plain_words(activities: Iterable[Activity]) -> Iterable[str]:
    """Words of titles and summaries, each once."""
    return dict.fromkeys(
        word
        for activity in activities
        for text in (activity.title.en, activity.summary.en, *activity.words.en)
        for word in words_of(text)
        if len(word) > 3 and word.isalpha()
    )
