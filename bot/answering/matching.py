"""Which activities a question means: slots filter, words rank, evidence says how sure it is."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import chain

from bot.answering.findings import Scope
from bot.knowledge.knowledge_base import ActivityEntry, KnowledgeBase
from bot.knowledge.rows import Rows, bits_of, last_in, numbers_in, pack_bits
from bot.understanding.dates import DateConstraint
from bot.understanding.fact_index import FactIndex
from bot.understanding.question import Question, Unit

NEAR = 0.8
"""Candidates whose score is at least this part of the best one's fit as well."""


SMALL = 1024
"""Up to this many activities are all looked at; of more only those with the telling words."""
MOST = 64
"""Candidates that are kept of larger knowledge."""
_TELLING = 256
"""Activities with the telling words that are looked at; the latest ones of more."""


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
            assert self._knowledge is not None, "a candidate has an entry or a knowledge base"
            self._entry = self._knowledge.activities[self.number]
        return self._entry


class Matcher:
    """Finds activities by slots and words."""

    def __init__(self, knowledge: KnowledgeBase, facts: FactIndex) -> None:
        self._knowledge = knowledge
        self._facts = facts
        self._scopes: dict[tuple[int, int, int], bytes] = {}

    def in_scope(self, scope: Scope) -> Sequence[ActivityEntry]:
        """The activities at the places, in the years and on the days of a scope."""
        knowledge = self._knowledge
        numbers: Iterable[int]
        if scope.places:
            found = (knowledge.by_place.numbers(place) for place in scope.places)
            numbers = dict.fromkeys(chain.from_iterable(found))
        elif scope.is_national and knowledge.weeks_by_place.get("china"):
            numbers = knowledge.by_place.numbers("china")
        elif scope.date is not None and scope.date.start is not None and scope.date.end is not None:
            days = range(scope.date.start, scope.date.end + 1)
            numbers = sorted({n for day in days for n in knowledge.by_day.numbers(day)})
        elif scope.years:
            weeks = (n for year in scope.years for n in knowledge.weeks_by_year.get(year, ()))
            numbers = knowledge.numbers_of_weeks(sorted(set(weeks)))
        elif scope.date is None:
            return knowledge.activities
        else:
            numbers = range(len(knowledge.activities))
        if scope.years and (scope.places or scope.is_national or scope.date):
            years, week_of = knowledge.week_years, knowledge.week_of
            numbers = [number for number in numbers if years[week_of(number)] in scope.years]
        if scope.date is not None:
            numbers = self._falling_on(numbers, scope.date)
        return knowledge.activities.select(list(numbers))

    def on(self, entries: Sequence[ActivityEntry], date: DateConstraint) -> Sequence[ActivityEntry]:
        """Those of some entries that are dated on these days; undated ones never are."""
        return self._knowledge.activities.select(self._falling_on(_numbers(entries), date))

    def _falling_on(self, numbers: Iterable[int], date: DateConstraint) -> list[int]:
        knowledge = self._knowledge
        days, since = knowledge.days, knowledge.since
        fixed = None if date.anchor or date.start is None or date.end is None else (date.start, date.end)
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
        if not units or not entries:
            return []
        numbers = _numbers(entries)
        is_large = len(numbers) > SMALL
        scope = self._scope(numbers) if is_large else None
        scores: dict[int, float] = {}
        matched: dict[int, float] = {}
        looked_at = self._telling(units, scope) if is_large else numbers
        for unit in units:
            self._score(unit, looked_at, scores, matched)
        total = self._needed(question, units, numbers, scope) or 1.0
        order = sorted(scores, key=lambda number: (-scores[number], number))
        if len(self._knowledge.activities) > SMALL:
            order = order[:MOST]
        return [
            Candidate(None, scores[n], min(1.0, matched[n] / total), n, self._knowledge)
            for n in order
        ]

    def _scope(self, numbers: Sequence[int]) -> int | None:
        """A bit for each of many activities; None when they are all."""
        total = len(self._knowledge.activities)
        if len(numbers) == total:
            return None
        key = (numbers[0], numbers[-1], len(numbers))
        packed = self._scopes.get(key)
        if packed is None:
            if len(self._scopes) >= _TELLING:
                self._scopes.clear()
            packed = self._scopes[key] = pack_bits(numbers, total)
        return bits_of(packed)

    def _telling(self, units: Sequence[Unit], scope: int | None) -> list[int]:
        """The activities in scope that have rare words of a question, or most of its common ones."""
        rare: set[int] = set()
        common = scope
        narrowed = False
        for unit in sorted(units, key=lambda unit: -unit.weight):
            marks = 0
            for term in unit.terms:
                marked = self._facts.marks(term)
                if marked is not None:
                    marks |= marked
                elif len(rare) < _TELLING:
                    having = (posting >> 1 for posting in self._facts.having(term))
                    rare.update(n for n in having if scope is None or scope >> n & 1)
            both = marks if common is None else common & marks
            if both and not (unit.aside or unit.is_cue):
                common, narrowed = both, True
        if narrowed and common is not None:
            rare.update(numbers_in(last_in(common, _TELLING)))
        return sorted(rare)

    def _score(
        self, unit: Unit, numbers: Sequence[int], scores: dict[int, float], matched: dict[int, float]
    ) -> None:
        """Add what a unit counts for each of the activities that have one of its terms."""
        needed = needed_weight(unit)
        left = set(numbers)
        for term, weight in sorted(zip(unit.terms, unit.weights, strict=True), key=lambda t: -t[1]):
            if weight <= 0.0 or not left:
                break
            held = min(1.0, 0.4 + 0.6 * weight / unit.weight)
            for number, in_title in self._holding(term, left):
                left.discard(number)
                own = weight * (1.35 if in_title else 1.0)
                scores[number] = scores.get(number, 0.0) + own
                matched[number] = matched.get(number, 0.0) + needed * held

    def _holding(self, term: str, numbers: set[int]) -> list[tuple[int, bool]]:
        """Which of some activities have a term, and whether in the title."""
        having = self._facts.having(term)
        if len(having) <= 4 * len(numbers):
            return [(p >> 1, bool(p & 1)) for p in having if p >> 1 in numbers]
        found: list[tuple[int, bool]] = []
        end = len(having)
        for number in numbers:
            at = bisect_left(having, 2 * number)
            if at < end and having[at] >> 1 == number:
                found.append((number, bool(having[at] & 1)))
        return found

    def _needed(
        self, question: Question, units: Sequence[Unit], numbers: Sequence[int], scope: int | None
    ) -> float:
        """The weight that full coverage takes; a wrong name in a yes/no question is a claim."""
        total = 0.0
        for unit in units:
            claims = unit.is_name or all(term[0] == "&" for term in unit.terms)
            claimed = question.is_polar and claims and not self._any_has(unit, numbers, scope)
            total += 0.0 if claimed else needed_weight(unit)
        return total

    def _any_has(self, unit: Unit, numbers: Sequence[int], scope: int | None) -> bool:
        """Whether any of some activities has one of the unit's terms."""
        terms = [t for t, weight in zip(unit.terms, unit.weights, strict=True) if weight > 0.0]
        if len(numbers) == len(self._knowledge.activities):
            return any(self._facts.count(term) for term in terms)
        if scope is None:
            few = set(numbers)
            return any(self._holding(term, few) for term in terms)
        for term in terms:
            marks = self._facts.marks(term)
            if marks is not None and scope & marks:
                return True
            if marks is None and any(scope >> (p >> 1) & 1 for p in self._facts.having(term)):
                return True
        return False


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


def falls_on(entry: ActivityEntry, date: DateConstraint) -> bool:
    """Whether an activity is dated on one of these days; undated ones never are."""
    days = resolve(date, entry)
    if days is None:
        return False
    if entry.first_day:
        return _month_day(entry.activity.date) <= days[1] and _month_day(entry.activity.until or entry.activity.date) >= days[0]
    if entry.activity.since and date.open_ended:
        return days[0] <= _month_day(entry.activity.since) <= days[1]
    return False


def resolve(date: DateConstraint, entry: ActivityEntry) -> tuple[int, int] | None:
    """First and last day (month * 100 + day) that a date means for an activity's week."""
    if not date.anchor:
        return (date.start, date.end) if date.start is not None and date.end is not None else None
    week = entry.week.week
    if week.dates is None:
        return None
    if date.anchor == "last":
        day = _month_day(week.dates.end)
    else:
        offset = int(date.anchor.removeprefix("day-")) - 1 if date.anchor != "first" else 0
        day = _month_day(week.dates.start) + offset
    return day, day


def _month_day(day: str | None) -> int:
    return int(day[5:7]) * 100 + int(day[8:10]) if day else 0
