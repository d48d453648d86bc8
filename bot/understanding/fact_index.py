"""Which words lead to which facts: terms of every activity, weighted by their rarity.

A term is a word stem, a Chinese character pair, or the id of a concept, kind or name, so
that "firm", "enterprise" and 企业 are one term. Both sides, facts and questions, get
their terms from the same gazetteer.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log

from bot.knowledge.facts import Activity, Reference, Text, Words
from bot.knowledge.knowledge_base import ActivityEntry, KnowledgeBase, WeekEntry
from bot.understanding.gazetteer import EntityType, Gazetteer, Meaning, Tagging, quote_id
from bot.understanding.utterance import read_utterance

TERM_PREFIX = {
    EntityType.KIND: "#",
    EntityType.CONCEPT: "~",
    EntityType.NAME: "!",
    EntityType.NAME_KIND: "&",
    EntityType.PLACE: "@",
    EntityType.QUOTE: "%",
}


WORLD_IP_DAY = "%world-ip-day"
"""Term of texts that speak of World IP Day, which the date reader claims in questions."""
_THE_DAY = re.compile(r"world (?:ip|intellectual property) day|世界知识产权日", re.IGNORECASE)


def term_of(meaning: Meaning) -> str | None:
    """The term that stands for a meaning; None for types that are no content."""
    prefix = TERM_PREFIX.get(meaning.type)
    return None if prefix is None else prefix + meaning.id


def terms_of(tagging: Tagging) -> set[str]:
    """All terms of a text."""
    terms = {
        term
        for mention in tagging.mentions
        for meaning in mention.meanings
        if (term := term_of(meaning))
    }
    tokens = tagging.utterance.tokens
    for index, key in enumerate(tagging.keys):
        if not tokens[index].is_cjk:
            terms.add(key)
        elif index and tokens[index - 1].is_cjk and not tokens[index].gap:
            terms.add(tokens[index - 1].text + key)
    return terms


@dataclass(frozen=True, slots=True)
class IndexedActivity:
    """An activity with its terms."""

    entry: ActivityEntry
    terms: frozenset[str]
    """All terms of all its texts."""
    title_terms: frozenset[str]
    """Terms of its title and of the words people use for it: what it is mainly about."""


class FactIndex:
    """Terms of all activities, and for each term the activities that have it."""

    def __init__(self, knowledge: KnowledgeBase, gazetteer: Gazetteer) -> None:
        self.knowledge = knowledge
        self._gazetteer = gazetteer
        self._cache: dict[str, frozenset[str]] = {}
        cache = self._cache
        self.indexed = tuple(self._indexed(entry, cache) for entry in knowledge.activities)
        postings: dict[str, list[int]] = defaultdict(list)
        for position, indexed in enumerate(self.indexed):
            for term in indexed.terms:
                postings[term].append(position)
        self.postings: Mapping[str, list[int]] = postings
        self.week_terms: Mapping[str, frozenset[str]] = {
            week.id: frozenset(self._week_terms(week, cache)) for week in knowledge.week_entries
        }
        self._theme_vocabulary = frozenset().union(*self.week_terms.values()) if self.week_terms else frozenset()
        self._total = max(2, len(self.indexed))
        gazetteer.add_known_words(_plain_words(knowledge))

    def knows(self, term: str) -> bool:
        """Whether any fact has this term."""
        return term in self.postings or term in self._theme_vocabulary

    def rarity(self, term: str) -> float:
        """0.15 for a term that all facts have, up to 1 for one that a single fact has."""
        count = len(self.postings.get(term, ()))
        if not count:
            return 1.0
        return max(0.15, log(1 + self._total / count) / log(1 + self._total))

    def in_themes(self, terms: Iterable[str]) -> bool:
        """Whether any week's theme has one of these terms."""
        return any(term in self._theme_vocabulary for term in terms)

    def terms_of_texts(self, texts: Iterable[Text | str]) -> frozenset[str]:
        """The terms of some texts of the knowledge."""
        return self._terms(texts, self._cache)

    def of(self, entry: ActivityEntry) -> IndexedActivity:
        """The indexed form of an activity."""
        return self.indexed[entry.index]

    def _indexed(self, entry: ActivityEntry, cache: dict[str, frozenset[str]]) -> IndexedActivity:
        activity = entry.activity
        main = self._terms((activity.title, *_words(activity.words)), cache)
        rest = self._terms(_texts(activity), cache)
        names = [self.knowledge.names[id] for id in entry.names]
        named = self._terms((name.name for name in names), cache)
        kinds = frozenset("#" + kind for kind in entry.kinds)
        name_kinds = frozenset("&" + name.kind for name in names)
        ids = frozenset("!" + name.id for name in names)
        ids |= {"@" + place for name in names if name.place for place in self.knowledge.within(name.place)}
        ids |= {"%" + quote_id(text) for text in (*activity.themes, *activity.slogans)}
        words = frozenset(t for t in main | rest | named if t[0] not in "#&")
        main = frozenset(t for t in main if t[0] not in "#&")
        return IndexedActivity(entry, words | kinds | name_kinds | ids, main | kinds)

    def _week_terms(self, week: WeekEntry, cache: dict[str, frozenset[str]]) -> set[str]:
        texts: list[Text] = []
        if week.week.theme:
            texts.append(week.week.theme)
        texts.extend(variant.text for variant in week.week.theme_variants)
        return set(self._terms(texts, cache)) | {"%" + quote_id(text) for text in texts}

    def _terms(self, texts: Iterable[Text | str], cache: dict[str, frozenset[str]]) -> frozenset[str]:
        terms: set[str] = set()
        for text in texts:
            for part in (text,) if isinstance(text, str) else (text.en, text.zh):
                if part not in cache:
                    tagging = self._gazetteer.tag(read_utterance(part), repair=False)
                    the_day = {WORLD_IP_DAY} if _THE_DAY.search(part) else set()
                    cache[part] = frozenset(terms_of(tagging) | the_day)
                terms |= cache[part]
        return frozenset(terms)


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


def _plain_words(knowledge: KnowledgeBase) -> Iterator[str]:
    """Words of titles and summaries, so that misspelt ones can be repaired."""
    for entry in knowledge.activities:
        for text in (entry.activity.title.en, entry.activity.summary.en, *entry.activity.words.en):
            for token in read_utterance(text).tokens:
                if not token.is_cjk and token.text.isalpha() and len(token.text) > 3:
                    yield token.text
