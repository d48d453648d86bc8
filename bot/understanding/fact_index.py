"""Which words lead to which facts: terms of every activity, weighted by their rarity.

A term is a word stem, a Chinese character pair, or the id of a concept, kind or name, so
that "firm", "enterprise" and 企业 are one term. Both sides, facts and questions, get
their terms from the same gazetteer.
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from math import log

from msgspec import Struct

from bot.knowledge.facts import Activity, Reference, Text, Words
from bot.knowledge.knowledge_base import ActivityEntry, KnowledgeBase, WeekEntry
from bot.knowledge.rows import group, pack, pack_bits, unpack
from bot.understanding.gazetteer import Gazetteer, Tagging
from bot.understanding.meanings import EntityType, Meaning
from bot.understanding.phrases import quote_id
from bot.understanding.utterance import read_utterance, words_of

MOST_KEPT = 8192
"""Texts and activities whose terms are kept at hand; then they are read from the tables anew."""
MANY = 512
"""Activities from which on a term has marks beside its postings."""
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


class IndexedActivity(Struct, frozen=True):
    """The terms of an activity."""

    terms: frozenset[str]
    """All terms of all its texts."""
    title_terms: frozenset[str]
    """Terms of its title and of the words people use for it: what it is mainly about."""


class FactTables(Struct, frozen=True):
    """A fact index in the form in which it can be kept in a file and read at once.

    Terms and activities are numbers in it; lists of numbers are packed.
    """

    terms: list[str]
    bounds: bytes
    """For each term where its postings begin, then where the last ones end."""
    postings: memoryview
    """For each term the activities that have it: twice the number, plus 1 for a title."""
    marks: dict[str, memoryview]
    """For each term that many activities have a bit for each of them, as `pack_bits` packs."""
    own_bounds: bytes
    """For each activity where its terms begin, then where the last ones end."""
    own_terms: memoryview
    """For each activity its terms, those of the title first."""
    title_counts: bytes
    """For each activity how many of its terms are in the title."""
    theme_terms: dict[str, bytes]
    """For each term the weeks whose theme has it."""


class FactIndex:
    """Terms of all activities, and for each term the activities that have it."""

    def __init__(
        self, knowledge: KnowledgeBase, gazetteer: Gazetteer, tables: FactTables | None = None
    ) -> None:
        """`tables`: those of an earlier index of the same knowledge; else they are made."""
        self.knowledge = knowledge
        self.gazetteer = gazetteer
        self._texts: dict[str, frozenset[str]] = {}
        if tables is None:
            tables = self._build()
            gazetteer.add_known_words(_plain_words(knowledge))
        self.tables = tables
        self._numbers = {term: number for number, term in enumerate(tables.terms)}
        self._bounds = unpack(tables.bounds)
        self._postings = unpack(tables.postings)
        self._own_bounds = unpack(tables.own_bounds)
        self._own_terms = unpack(tables.own_terms)
        self._title_counts = unpack(tables.title_counts)
        self._known: dict[int, IndexedActivity] = {}
        self._titles: dict[int, frozenset[int]] = {}
        self._total = max(2, len(knowledge.activities))
        self._scale = log(1 + self._total)

    def knows(self, term: str) -> bool:
        """Whether any fact has this term."""
        return term in self._numbers or term in self.tables.theme_terms

    def rarity(self, term: str) -> float:
        """0.15 for a term that all facts have, up to 1 for one that a single fact has."""
        count = self.count(term)
        if not count:
            return 1.0
        return max(0.15, log(1 + self._total / count) / self._scale)

    def count(self, term: str) -> int:
        """How many activities have this term."""
        number = self._numbers.get(term)
        return 0 if number is None else self._bounds[number + 1] - self._bounds[number]

    def having(self, term: str) -> Sequence[int]:
        """The activities that have a term: twice their number, plus 1 where it is in the title."""
        number = self._numbers.get(term)
        if number is None:
            return ()
        return self._postings[self._bounds[number] : self._bounds[number + 1]]

    def marks(self, term: str) -> memoryview | None:
        """A bit for each activity that has a term, where these are many; else None."""
        return self.tables.marks.get(term)

    def is_in_title(self, term: str, number: int) -> bool:
        """Whether the title of the activity with this number has a term."""
        title = self._titles.get(number)
        if title is None:
            if len(self._titles) >= MOST_KEPT:
                self._titles.clear()
            first = self._own_bounds[number]
            own = self._own_terms[first : first + self._title_counts[number]]
            title = self._titles[number] = frozenset(own)
        return self._numbers.get(term) in title

    def in_themes(self, terms: Iterable[str]) -> bool:
        """Whether any week's theme has one of these terms."""
        return any(term in self.tables.theme_terms for term in terms)

    def weeks_with(self, term: str) -> Sequence[int]:
        """The numbers of the weeks whose theme has a term."""
        return unpack(self.tables.theme_terms.get(term, b""))

    def theme_terms_of(self, week: WeekEntry) -> frozenset[str]:
        """The terms of a week's theme."""
        return frozenset(self._week_terms(week))

    def terms_of_texts(self, texts: Iterable[Text | str]) -> frozenset[str]:
        """The terms of some texts of the knowledge."""
        return self._terms(texts)

    def of(self, entry: ActivityEntry) -> IndexedActivity:
        """The terms of an activity."""
        return self.at(entry.index)

    def at(self, number: int) -> IndexedActivity:
        """The terms of the activity with this number."""
        known = self._known.get(number)
        if known is None:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            first = self._own_bounds[number]
            own = self._own_terms[first : self._own_bounds[number + 1]]
            terms = [self.tables.terms[term] for term in own]
            title = frozenset(terms[: self._title_counts[number]])
            known = self._known[number] = IndexedActivity(frozenset(terms), title)
        return known

    # --- making the tables --------------------------------------------------------------

    def _build(self) -> FactTables:
        numbers: dict[str, int] = {}
        postings: list[array[int]] = []
        own_terms, own_bounds, title_counts = array("I"), array("I", [0]), array("I")
        for position, entry in enumerate(self.knowledge.activities):
            indexed = self._indexed(entry)
            title = sorted(indexed.title_terms)
            for place, term in enumerate((*title, *sorted(indexed.terms - indexed.title_terms))):
                number = numbers.setdefault(term, len(postings))
                if number == len(postings):
                    postings.append(array("I"))
                postings[number].append(2 * position + (place < len(title)))
                own_terms.append(number)
            own_bounds.append(len(own_terms))
            title_counts.append(len(title))
        bounds = [0, *accumulate(map(len, postings))]
        return FactTables(
            terms=list(numbers),
            bounds=pack(bounds),
            postings=memoryview(b"".join(found.tobytes() for found in postings)),
            own_bounds=own_bounds.tobytes(),
            own_terms=memoryview(own_terms.tobytes()),
            title_counts=title_counts.tobytes(),
            marks={
                term: memoryview(pack_bits((posting >> 1 for posting in found), len(title_counts)))
                for term, found in zip(numbers, postings, strict=True)
                if len(found) > MANY
            },
            theme_terms=group(self.knowledge.week_entries, self._week_terms),
        )

    def _indexed(self, entry: ActivityEntry) -> IndexedActivity:
        activity = entry.activity
        main = self._terms((activity.title, *_words(activity.words)))
        rest = self._terms(_texts(activity))
        names = [self.knowledge.names[id] for id in entry.names]
        named = self._terms(name.name for name in names)
        kinds = frozenset("#" + kind for kind in entry.kinds)
        name_kinds = frozenset("&" + name.kind for name in names)
        ids = frozenset("!" + name.id for name in names)
        for name in names:
            if name.place:
                ids |= {"@" + place for place in self.knowledge.within(name.place)}
        ids |= {"%" + quote_id(text) for text in (*activity.themes, *activity.slogans)}
        words = frozenset(t for t in main | rest | named if t[0] not in "#&")
        main = frozenset(t for t in main if t[0] not in "#&")
        return IndexedActivity(words | kinds | name_kinds | ids, main | kinds)

    def _week_terms(self, week: WeekEntry) -> set[str]:
        texts: list[Text] = []
        if week.week.theme:
            texts.append(week.week.theme)
        texts.extend(variant.text for variant in week.week.theme_variants)
        return set(self._terms(texts)) | {"%" + quote_id(text) for text in texts}

    def _terms(self, texts: Iterable[Text | str]) -> frozenset[str]:
        terms: set[str] = set()
        cache = self._texts
        if len(cache) >= MOST_KEPT:
            cache.clear()
        for text in texts:
            for part in (text,) if isinstance(text, str) else (text.en, text.zh):
                if part not in cache:
                    tagging = self.gazetteer.tag(read_utterance(part), repair=False)
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
            for word in words_of(text):
                if len(word) > 3 and word.isalpha():
                    yield word
