"""Which activities a question means: slots filter, words rank, evidence says how sure it is."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.answering.findings import Scope
from bot.knowledge.entries import ActivityEntry
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.knowledge.rows import Marks, Rows, between, last_in, marks_of, pack_bits
from bot.understanding.dates import DateConstraint
from bot.understanding.fact_index import FactIndex
from bot.understanding.question import Question, Unit

NEAR = 0.8
"""Candidates whose score is at least this part of the best one's fit as well."""


SMALL = 2000
"""Up to this many activities are all looked at; of more only those with the telling words."""
MANY = 200
"""Up to this many activities or weeks are told; of more only those of the latest year."""
MOST = 64
"""Candidates that are kept of larger knowledge."""
_MOST_SCOPES = 256
_MOST_UNITS = 40
"""Pieces of content that are looked for; real questions have fewer."""
_TELLING = 96
"""Activities with rare words, and with common ones, that are looked at; the latest of more."""


class Candidate:
    """An activity with how well it fits the words of a question."""

    __slots__ = ("_entry", "_knowledge", "coverage", "number", "score")

    def __init__(
        self, entry: ActivityEntry | None, score: float, coverage: float,
        number: int = -1, knowledge: KnowledgeBase | None = None,
    ) -> None:  # fmt: skip
        """Give an entry, or its number in a knowledge base: few candidates are looked at."""
        self._entry = entry
        self._knowledge = knowledge
        self.score = score
        self.coverage = coverage
        """0 to 1: the part of the question's content that the activity's texts hold."""
        self.number = entry.index if entry is not None else number

    @property
    def entry(self) -> ActivityEntry:
        """The activity."""
        if self._entry is None:
            if self._knowledge is None:
                raise ValueError("a candidate needs an entry or a knowledge base")
            self._entry = self._knowledge.activities[self.number]
        return self._entry


class Matcher:
    """Finds activities by slots and words."""

    def __init__(self, knowledge: KnowledgeBase, facts: FactIndex) -> None:
        self._knowledge = knowledge
        self._facts = facts
        self._scopes: dict[tuple[int, int, int], Marks] = {}

    def in_scope(self, scope: Scope) -> Sequence[ActivityEntry]:
        """The activities at the places, in the years and on the days of a scope."""
        knowledge = self._knowledge
        numbers: Sequence[int] = range(len(knowledge.activities))
        if scope.places:
            found = [knowledge.by_place.numbers(place) for place in scope.places]
            numbers = found[0] if len(found) == 1 else sorted({n for own in found for n in own})
        elif scope.is_national and knowledge.weeks_by_place.get("china"):
            numbers = knowledge.by_place.numbers("china")
        elif scope.date is not None and scope.date.start is not None and scope.date.end is not None:
            numbers = self._dated((scope.date.start, scope.date.end))
        if scope.years:
            numbers = self._of_years(numbers, scope.years)
        if scope.date is not None:
            numbers = self._falling_on(numbers, scope.date)
        return knowledge.activities.select(numbers)

    def on(self, entries: Sequence[ActivityEntry], date: DateConstraint) -> Sequence[ActivityEntry]:
        """Those of some entries that are dated on these days; undated ones never are."""
        return self._knowledge.activities.select(self._falling_on(_numbers(entries), date))

    def launches_in(self, scope: Scope) -> Sequence[ActivityEntry]:
        """The launches and opening ceremonies in a scope."""
        by_kind = self._knowledge.by_kind
        launches = {*by_kind.numbers("launch"), *by_kind.numbers("opening-ceremony")}
        numbers = [number for number in _numbers(self.in_scope(scope)) if number in launches]
        return self._knowledge.activities.select(numbers)

    def recent(self, entries: Sequence[ActivityEntry]) -> Sequence[ActivityEntry]:
        """The entries; where these are more than `MANY`, the last ones of the latest year."""
        if len(entries) <= MANY:
            return entries
        numbers = entries.numbers if isinstance(entries, Rows) else sorted(_numbers(entries))
        latest = self._knowledge.week_years[self._knowledge.week_of(numbers[-1])]
        return self._knowledge.activities.select(self._of_years(numbers, (latest,))[-MANY:])

    def _of_years(self, numbers: Sequence[int], years: Iterable[int]) -> Sequence[int]:
        """Those of some activities, in ascending order, that are of one of the years."""
        found = [between(numbers, self._knowledge.activities_of_year(y)) for y in sorted({*years})]
        return found[0] if len(found) == 1 else [number for own in found for number in own]

    def has_slogans(self, scope: Scope) -> bool:
        """Whether any activity in a scope has a slogan of its own."""
        return not self._knowledge.with_slogans.isdisjoint(_numbers(self.in_scope(scope)))

    def weeks_with(self, units: Sequence[Unit], share: float) -> list[int]:
        """The numbers of the weeks whose theme holds this share of the units' weight."""
        least = share * sum(unit.weight for unit in units)
        weeks = [[self._facts.weeks_with(term) for term in unit.terms] for unit in units]
        common = [any(len(found) > MANY for found in of_unit) for of_unit in weeks]
        alone = sum(unit.weight for unit, is_common in zip(units, common, strict=True) if is_common)
        candidates: set[int] = set()
        for of_unit, is_common in zip(weeks, common, strict=True):
            if not is_common or alone >= least:
                candidates.update(number for found in of_unit for number in found[-MANY:])
        weights: dict[int, float] = {}
        for unit, of_unit in zip(units, weeks, strict=True):
            for number in {n for found in of_unit for n in _shared(candidates, found)}:
                weights[number] = weights.get(number, 0.0) + unit.weight
        return [number for number in sorted(weights) if weights[number] >= least]

    def _dated(self, days: tuple[int, int]) -> Sequence[int]:
        """The activities that go on within some days, by the index of days."""
        by_day = self._knowledge.by_day
        if days[0] == days[1]:
            return by_day.numbers(days[0])
        return sorted({n for day in range(days[0], days[1] + 1) for n in by_day.numbers(day)})

    def _falling_on(self, numbers: Sequence[int], date: DateConstraint) -> Sequence[int]:
        knowledge = self._knowledge
        days, since = knowledge.days, knowledge.since
        fixed = None
        if not date.anchor and date.start is not None and date.end is not None:
            fixed = date.start, date.end
        if fixed and not date.open_ended and len(numbers) > MANY:
            dated = self._dated(fixed)
            if isinstance(numbers, range):
                return between(dated, numbers)
            return sorted({*numbers}.intersection(dated))
        found: list[int] = []
        for number in numbers:
            own = days[number]
            if not own and not (date.open_ended and since[number]):
                continue
            meant = fixed
            if date.anchor:
                meant = _anchored(date.anchor, knowledge.week_days[knowledge.week_of(number)])
            if meant is None:
                continue
            first, last = (own >> 16, own & 0xFFFF) if own else (since[number], since[number])
            if first <= meant[1] and last >= meant[0]:
                found.append(number)
        return found

    def rank(self, question: Question, entries: Sequence[ActivityEntry]) -> list[Candidate]:
        """The entries that hold any of the question's content, the best first."""
        units = [unit for unit in question.units if unit.terms]
        if len(units) > _MOST_UNITS:
            least = sorted((unit.weight for unit in units), reverse=True)[_MOST_UNITS]
            units = [unit for unit in units if unit.weight > least][:_MOST_UNITS] or units[
                -_MOST_UNITS:
            ]
        if not units or not entries:
            return []
        numbers = _numbers(entries)
        total_count = len(self._knowledge.activities)
        is_large = len(numbers) > (SMALL if total_count <= SMALL else 2 * _TELLING)
        scope = self._scope(numbers) if is_large else None
        scores: defaultdict[int, float] = defaultdict(float)
        matched: defaultdict[int, float] = defaultdict(float)
        looked_at = self._telling(units, scope) if is_large else numbers
        postings = None if len(looked_at) == total_count else _postings(looked_at)
        for unit in units:
            self._score(unit, looked_at, postings, scores, matched)
        total = self._needed(question, units, numbers, scope) or 1.0
        order = sorted(sorted(scores), key=scores.__getitem__, reverse=True)
        if total_count > SMALL:
            order = order[:MOST]
        return [
            Candidate(None, scores[n], min(1.0, matched[n] / total), n, self._knowledge)
            for n in order
        ]

    def _scope(self, numbers: Sequence[int]) -> Marks | None:
        """Many activities as bits; None when they are all."""
        total = len(self._knowledge.activities)
        if len(numbers) == total:
            return None
        key = (numbers[0], numbers[-1], len(numbers))
        scope = self._scopes.get(key)
        if scope is None:
            if len(self._scopes) >= _MOST_SCOPES:
                self._scopes.clear()
            scope = self._scopes[key] = marks_of(pack_bits(numbers, total))
        return scope

    def _telling(self, units: Sequence[Unit], scope: Marks | None) -> list[int]:
        """The activities in scope with rare words of a question, or with most common ones."""
        rare: set[int] = set()
        common = None if scope is None else scope.bits
        narrowed = False
        for unit in sorted(units, key=lambda unit: -unit.weight):
            marks = 0
            for term in unit.terms:
                marked = self._facts.marks(term)
                if marked is not None:
                    marks |= marked[0].bits
                elif len(rare) < _TELLING:
                    rare.update(self._rare(term, scope)[-_TELLING:])
            both = marks if common is None else common & marks
            if both and not (unit.aside or unit.is_cue):
                common, narrowed = both, True
        if narrowed and common is not None:
            rare.update(last_in(common, _TELLING))
        return sorted(rare)

    def _rare(self, term: str, scope: Marks | None) -> list[int]:
        """The activities in scope that have a term which is not common."""
        having = self._facts.having(term)
        if scope is None:
            return [posting >> 1 for posting in having[-_TELLING:]]
        packed = scope.packed
        return [p >> 1 for p in having if packed[p >> 4] >> (p >> 1 & 7) & 1]

    def _score(
        self, unit: Unit, numbers: Sequence[int], postings: set[int] | None,
        scores: defaultdict[int, float], matched: defaultdict[int, float],
    ) -> None:  # fmt: skip
        """Add what a unit counts for each of the activities that have one of its terms.

        `postings`: those that any of the activities can have; None when they are all.
        """
        needed = needed_weight(unit)
        done: set[int] = set()
        for term, weight in sorted(zip(unit.terms, unit.weights, strict=True), key=lambda t: -t[1]):
            if weight <= 0.0:
                break
            held = needed * min(1.0, 0.4 + 0.6 * weight / unit.weight)
            for posting in self._holding(term, numbers, postings):
                number = posting >> 1
                if number not in done:
                    done.add(number)
                    in_title = 1.35 if posting & 1 else 1.0
                    scores[number] += weight * in_title
                    matched[number] += held
            if len(done) == len(numbers):
                break

    def _holding(
        self, term: str, numbers: Sequence[int], postings: set[int] | None
    ) -> Iterable[int]:
        """The postings of a term that are of some activities."""
        if postings is None:
            return self._facts.having(term)
        marks = self._facts.marks(term)
        if marks is None:
            return postings.intersection(self._facts.having(term))
        marked, in_title = marks[0].packed, marks[1]
        return [
            2 * number + (in_title[number >> 3] >> (number & 7) & 1)
            for number in numbers
            if marked[number >> 3] >> (number & 7) & 1
        ]

    def _needed(
        self, question: Question, units: Sequence[Unit], numbers: Sequence[int],
        scope: Marks | None,
    ) -> float:  # fmt: skip
        """The weight that full coverage takes; a wrong name in a yes/no question is a claim."""
        total = 0.0
        for unit in units:
            claims = unit.is_name or all(term[0] == "&" for term in unit.terms)
            claimed = question.is_polar and claims and not self._any_has(unit, numbers, scope)
            total += 0.0 if claimed else needed_weight(unit)
        return total

    def _any_has(self, unit: Unit, numbers: Sequence[int], scope: Marks | None) -> bool:
        """Whether any of some activities has one of the unit's terms."""
        terms = [t for t, weight in zip(unit.terms, unit.weights, strict=True) if weight > 0.0]
        if len(numbers) == len(self._knowledge.activities):
            return any(self._facts.count(term) for term in terms)
        for term in terms:
            marks = self._facts.marks(term)
            if scope is not None and marks is not None:
                if scope.bits & marks[0].bits:
                    return True
            elif scope is not None:
                if self._rare(term, scope):
                    return True
            elif self._holding(term, numbers, _postings(numbers)):
                return True
        return False


def _postings(numbers: Iterable[int]) -> set[int]:
    """Twice the number of each activity, with and without 1 for the title."""
    twice = {2 * number for number in numbers}
    return twice | {posting + 1 for posting in twice}


def _shared(numbers: set[int], ascending: Sequence[int]) -> Iterable[int]:
    """The numbers that both have."""
    if len(ascending) <= 8 * len(numbers):
        return numbers.intersection(ascending)
    places = ((number, bisect_left(ascending, number)) for number in numbers)
    return [n for n, at in places if at < len(ascending) and ascending[at] == n]


def _numbers(entries: Sequence[ActivityEntry]) -> Sequence[int]:
    """The numbers of some entries."""
    return entries.numbers if isinstance(entries, Rows) else [entry.index for entry in entries]


def _anchored(anchor: str, week: int) -> tuple[int, int] | None:
    """The day that "first day" or "day-2" means in a week; None when its days are not stated."""
    if not week:
        return None
    if anchor == "last":
        return week & 0xFFFF, week & 0xFFFF
    day = (week >> 16) + (int(anchor.removeprefix("day-")) - 1 if anchor != "first" else 0)
    return day, day


def needed_weight(unit: Unit) -> float:
    """How much a unit counts when it is asked how much of a question a fact covers."""
    if unit.aside or unit.is_cue:
        return 0.05
    if unit.foreign:
        return 1.5
    return 0.5 if unit.ordinary else unit.weight
