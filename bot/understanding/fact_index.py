"""Which words lead to which facts: terms of every activity, weighted by their rarity.

A term is a word stem, a Chinese character pair, or the id of a concept, kind or name, so
that "firm", "enterprise" and 企业 are one term. Both sides, facts and questions, get
their terms in the same way.
"""

from collections.abc import Iterable, Sequence
from math import log

from msgspec import Struct

from bot.knowledge.entries import ActivityEntry, WeekEntry
from bot.knowledge.facts import Text
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.knowledge.rows import Marks, between, marks_of, pack_halves, unpack, with_bits
from bot.understanding.fact_tables import FactTables
from bot.understanding.gazetteer import Gazetteer
from bot.understanding.week_index import TextTerms

MOST_KEPT = 8192
"""Activities whose terms are kept at hand; then they are read from the tables anew."""
MANY = 512
"""Activities from which on a term has marks beside its postings."""


class IndexedActivity(Struct, frozen=True):
    """The terms of an activity."""

    terms: frozenset[str]
    """All terms of all its texts."""
    title_terms: frozenset[str]
    """Terms of its title and of the words people use for it: what it is mainly about."""


class FactIndex:
    """Terms of all activities, and for each term the activities that have it."""

    def __init__(
        self,
        knowledge: KnowledgeBase,
        gazetteer: Gazetteer,
        tables: FactTables,
        weeks: Sequence[memoryview] = (),
    ) -> None:
        """`weeks`: what each week added to the tables, packed."""
        self.knowledge = knowledge
        self.gazetteer = gazetteer
        self.tables = tables
        self.weeks = weeks
        """What each week added to the indexes, packed; so the next index takes less time."""
        self._texts = TextTerms(gazetteer)
        self._numbers = {term: number for number, term in enumerate(tables.terms)}
        self._bounds = unpack(tables.bounds)
        self._postings = unpack(tables.postings)
        self._own_bounds = unpack(tables.own_bounds)
        self._own_terms = unpack(tables.own_terms)
        self._title_counts = unpack(tables.title_counts)
        self._marks: dict[str, tuple[Marks, bytes]] = {}
        self._known: dict[int, IndexedActivity] = {}
        self._total = max(2, len(knowledge.activities))
        self._scale = log(1 + self._total)

    def knows(self, term: str) -> bool:
        """Whether any fact has this term."""
        return self.count(term) > 0 or term in self.tables.theme_terms

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

    def marks(self, term: str) -> tuple[Marks, bytes] | None:
        """The activities that have a term, and a bit for each that has it in its title.

        None for a term that few activities have: their numbers are at hand as they are.
        """
        known = self._marks.get(term)
        if known is None and self.count(term) > MANY:
            having, in_title = pack_halves(self.having(term), len(self._title_counts))
            known = self._marks[term] = marks_of(having), in_title
        return known

    def take_marks(self, before: "FactIndex", changed: Sequence[range]) -> None:
        """Take over what was made of the postings of terms.

        Args:
            before: an index of activities with the same numbers.
            changed: the numbers of those that are others than before.

        """
        for term, (marks, in_title) in before._marks.items():
            packed, titled = marks.packed, in_title
            for span in changed:
                new = between(self.having(term), range(2 * span.start, 2 * span.stop))
                having, in_titles = pack_halves([n - 2 * span.start for n in new], len(span))
                packed, titled = with_bits(packed, span, having), with_bits(titled, span, in_titles)
            self._marks[term] = (marks_of(packed) if packed != marks.packed else marks), titled

    def titled(self, term: str, numbers: Iterable[int]) -> Iterable[int]:
        """Those of some activities that have a term in their title."""
        marks = self.marks(term)
        if marks is not None:
            return [n for n in numbers if marks[1][n >> 3] >> (n & 7) & 1]
        in_title = {2 * number + 1 for number in numbers}
        return [posting >> 1 for posting in in_title.intersection(self.having(term))]

    def in_themes(self, terms: Iterable[str]) -> bool:
        """Whether any week's theme has one of these terms."""
        return any(term in self.tables.theme_terms for term in terms)

    def weeks_with(self, term: str) -> Sequence[int]:
        """The numbers of the weeks whose theme has a term."""
        return unpack(self.tables.theme_terms.get(term, b""))

    def theme_terms_of(self, week: WeekEntry) -> frozenset[str]:
        """The terms of a week's theme."""
        return self._texts.of_theme(week.week)

    def terms_of_texts(self, texts: Iterable[Text | str]) -> frozenset[str]:
        """The terms of some texts of the knowledge."""
        return self._texts.of(texts)

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
