"""Which activities a question means: slots filter, words rank, evidence says how sure it is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answering.days import falls_on
from bot.answering.findings import Scope
from bot.knowledge.knowledge_base import NATION, ActivityEntry, KnowledgeBase
from bot.understanding.fact_index import FactIndex
from bot.understanding.question import Question, Unit

NEAR = 0.8
"""Candidates whose score is at least this part of the best one's fit as well."""

MOST_SCANNED = 400
"""More entries than this are not looked at one by one: the index tells which have the words."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An activity with how well it fits the words of a question."""

    entry: ActivityEntry
    score: float
    coverage: float
    """0 to 1: the part of the question's content that the activity's texts hold."""


class Matcher:
    """Finds activities by slots and words."""

    def __init__(self, knowledge: KnowledgeBase, facts: FactIndex) -> None:
        self._knowledge = knowledge
        self._facts = facts

    def in_scope(self, scope: Scope) -> Sequence[ActivityEntry]:
        """The activities at the places, in the years and on the days of a scope."""
        knowledge = self._knowledge
        if scope.places:
            found: dict[int, ActivityEntry] = {}
            for place in scope.places:
                found.update((entry.index, entry) for entry in knowledge.by_place.get(place, ()))
            entries: Iterable[ActivityEntry] = found.values()
        elif scope.is_national and knowledge.weeks_by_place.get(NATION):
            entries = knowledge.by_place.get(NATION, ())
        elif scope.date is not None and scope.date.start is not None and scope.date.end is not None:
            days = range(scope.date.start, scope.date.end + 1)
            on_days = {e.index: e for day in days for e in knowledge.by_day.get(day, ())}
            entries = (on_days[index] for index in sorted(on_days))
        else:
            entries = knowledge.activities
        if scope.years:
            entries = (entry for entry in entries if entry.week.week.year in scope.years)
        if scope.date is not None:
            date = scope.date
            entries = (entry for entry in entries if falls_on(entry, date))
        return list(entries)

    def rank(self, question: Question, entries: Sequence[ActivityEntry]) -> list[Candidate]:
        """The entries that hold any of the question's content, the best first."""
        units = [unit for unit in question.units if unit.terms]
        if not units:
            return []
        scores: dict[int, float] = defaultdict(float)
        matched: dict[int, float] = defaultdict(float)
        everywhere = len(entries) == len(self._knowledge.activities)
        if everywhere or len(entries) > MOST_SCANNED:
            allowed = None if everywhere else {entry.index for entry in entries}
            self._by_postings(units, allowed, scores, matched)
        else:
            self._by_scan(units, entries, scores, matched)
        total = self._needed(question, units, entries) or 1.0
        activities = self._knowledge.activities
        found = [Candidate(activities[i], scores[i], min(1.0, matched[i] / total)) for i in scores]
        found.sort(key=lambda candidate: (-candidate.score, candidate.entry.index))
        return found

    def _needed(
        self, question: Question, units: Sequence[Unit], entries: Sequence[ActivityEntry]
    ) -> float:
        """The weight that full coverage takes; a wrong name in a yes/no question is a claim."""
        total = 0.0
        for unit in units:
            claims = unit.is_name or all(term[0] == "&" for term in unit.terms)
            claimed = question.is_polar and claims and not any(
                unit.match(self._facts.at(entry.index).terms)[0] for entry in entries
            )
            total += 0.0 if claimed else needed_weight(unit)
        return total

    def _by_scan(
        self, units: Sequence[Unit], entries: Sequence[ActivityEntry],
        scores: dict[int, float], matched: dict[int, float],
    ) -> None:  # fmt: skip
        for entry in entries:
            indexed = self._facts.at(entry.index)
            for unit in units:
                self._score(unit, entry.index, indexed.terms, indexed.title_terms, scores, matched)

    def _by_postings(
        self, units: Sequence[Unit], allowed: set[int] | None,
        scores: dict[int, float], matched: dict[int, float],
    ) -> None:  # fmt: skip
        positions: set[int] = set()
        for unit in sorted(units, key=lambda unit: -unit.weight):
            for term in unit.terms:
                postings = self._facts.having(term)
                if len(postings) <= 2000 or not positions:
                    positions.update(posting >> 1 for posting in postings[:4000])
        for index in positions if allowed is None else positions & allowed:
            indexed = self._facts.at(index)
            for unit in units:
                self._score(unit, index, indexed.terms, indexed.title_terms, scores, matched)

    @staticmethod
    def _score(
        unit: Unit, index: int, terms: frozenset[str], title_terms: frozenset[str],
        scores: dict[int, float], matched: dict[int, float],
    ) -> None:  # fmt: skip
        weight, term = unit.match(terms)
        if weight:
            scores[index] += weight * (1.35 if term in title_terms else 1.0)
            matched[index] += needed_weight(unit) * min(1.0, 0.4 + 0.6 * weight / unit.weight)


def needed_weight(unit: Unit) -> float:
    """How much a unit counts when it is asked how much of a question a fact covers."""
    if unit.aside or unit.is_cue:
        return 0.05
    if unit.foreign:
        return 1.5
    return 0.5 if unit.ordinary else unit.weight
