"""What stands out: the region with most activities, the busiest day, the longest week.

Activities are counted as they are told: a series whose parts are told is none of its own.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from heapq import nsmallest

from msgspec.structs import replace

from bot.answering.asking import asks_launch, content_units, speaks_of_else, speaks_of_week
from bot.answering.findings import Ranking, RankingRow
from bot.answering.found import Found
from bot.answering.scopes import without_umbrellas
from bot.knowledge.entries import NATION
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.knowledge.rows import Numbers, between
from bot.understanding.decision import CERTAIN
from bot.understanding.question import Question, Unit
from bot.understanding.question_forms import SUPERLATIVE

_MEASURES: Mapping[str, str] = {
    "most": "activities", "fewest": "activities", "longest": "length", "shortest": "length",
    "earliest": "start", "latest": "start",
}  # fmt: skip
"""Operator → what is measured."""
_LOWEST = frozenset({"fewest", "shortest", "earliest"})
_ASKED = frozenset({"place", "dates", "start", "period", "organiser"})
"""Attributes that may be asked for: which region, which day, since when, which year, who."""
_CITIES = re.compile(
    r"\b(?:cit(?:y|ies)|prefectures?|towns?|districts?|count(?:y|ies))\b|城市|哪个市"
)
_MORE = re.compile(r"\bmore\b|多(?!少)")
_FEWER = re.compile(r"\b(?:fewer|less)\b|少(?!年|儿|数)")
"""Comparatives between several places that are named; 少年, 少儿 and 少数 are none."""
_WHICH = re.compile(r"\b(?:which|who|where)\b|哪|谁")
_THAN = "比"
_COUNTED_AGAIN = 3
"""So many times the rows that are told are counted as they are told; the others by their size."""
_LISTED = 500
"""More activities than that are nowhere listed, and counted without a look at each."""
_MOST_ROWS = 8
"""So many rows are told."""


class Rankings:
    """Ranks weeks, cities and days by what is recorded of them."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge

    def answer(self, question: Question) -> Found | None:
        """What stands out; None when the question asks for no such thing, or of things that are
        not counted here, or when nothing is recorded.
        """
        extreme = _extreme(question)
        if not extreme or not _asks_what_stands_out(question):
            return None
        measure = _MEASURES[extreme]
        starts = "start" in question.attributes or asks_launch(question)
        if measure == "start" and not (starts and "place" in question.attributes):
            return None  # "the first press conference" is one activity
        if not all(map(self._has_weeks, question.places)):
            return None  # nothing known is not less than something
        claimed = question.places[:1] if question.is_polar else ()
        if claimed and len(question.places) == 1:
            question = replace(question, places=())  # among all: "did Fujian hold the most?"
        lowest = extreme in _LOWEST
        if measure == "activities":
            ranking = self._counted(question, lowest)
        else:
            ranking = self._measured(question, measure, lowest)
        if not ranking.rows or not ranking.rows[0].number:
            return None
        if claimed:
            alone = len(question.places) > 1  # more than another one, not as many
            ranking = replace(ranking, holds=self._stands_out(claimed[0], ranking, alone=alone))
        return Found(ranking, question, CERTAIN)

    def _has_weeks(self, place: str) -> bool:
        """Whether a week is known of a place, of the years that are asked about or of any."""
        return bool(self._knowledge.weeks_by_place.numbers(place))

    def _stands_out(self, place: str, ranking: Ranking, *, alone: bool) -> bool:
        """Whether a place is one of those that stand out most; `alone`: and no other one is."""
        best = ranking.rows[0].number
        first = [self._is_of(place, row) for row in ranking.rows if row.number == best]
        return all(first) if alone else any(first)

    def _is_of(self, place: str, row: RankingRow) -> bool:
        """Whether a row is of a place or of a week in it."""
        if row.week >= 0:
            return place in self._knowledge.week_entries[row.week].places
        return row.place == place

    def _counted(self, question: Question, lowest: bool) -> Ranking:
        """Weeks, cities or days by the number of their activities."""
        if question.attributes[:1] == ("dates",):
            groups = self._days(question)
        elif _CITIES.search(question.tagging.utterance.raw.casefold()):
            groups = self._cities(question)
        else:
            groups = self._weeks_with_activities(question)
        if question.kinds:
            of_kind = {n for kind in question.kinds for n in self._knowledge.by_kind.numbers(kind)}
            groups = ((row, [n for n in numbers if n in of_kind]) for row, numbers in groups)
        sign = 1 if lowest else -1
        named = len(question.places) > 1  # of these none is left out, whatever it has
        sizes = ((row, numbers) for row, numbers in groups if numbers or named)
        first = nsmallest(_MOST_ROWS * _COUNTED_AGAIN, sizes, key=lambda one: sign * len(one[1]))
        counted = [(replace(row, number=self._told(own)), own) for row, own in first]
        best = nsmallest(_MOST_ROWS, counted, key=lambda one: sign * one[0].number)
        entries = self._knowledge.activities.select(best[0][1][:_MOST_ROWS]) if best else ()
        kind = question.kinds[0] if question.kinds else ""
        rows = tuple(row for row, _ in best)
        return Ranking("activities", rows, lowest, kind, tuple(entries))

    def _told(self, numbers: Numbers) -> int:
        """How many of some activities are told where they are listed."""
        if len(numbers) > _LISTED:
            return len(numbers)
        return len(without_umbrellas(tuple(self._knowledge.activities.select(numbers))))

    def _days(self, question: Question) -> Iterator[tuple[RankingRow, Numbers]]:
        """The days of the year, whatever the year; of the places and years that are named."""
        knowledge = self._knowledge
        here = {n for place in question.places for n in knowledge.by_place.numbers(place)}
        for day in knowledge.by_day:
            numbers = self._of_years(question, knowledge.by_day.numbers(day))
            kept = [n for n in numbers if n in here] if question.places else numbers
            yield RankingRow(day=day), kept

    def _cities(self, question: Question) -> Iterator[tuple[RankingRow, Numbers]]:
        """Cities within the regions that are named, or anywhere."""
        knowledge = self._knowledge
        for place in knowledge.by_place:
            inside = not question.places or knowledge.region_of(place) in question.places
            if inside and knowledge.place(place).level == "city":
                numbers = self._of_years(question, knowledge.by_place.numbers(place))
                yield RankingRow(place=place), numbers

    def _weeks_with_activities(self, question: Question) -> Iterator[tuple[RankingRow, Numbers]]:
        knowledge = self._knowledge
        for number in self._weeks(question):
            week = range(number, number + 1)
            yield RankingRow(week=number), knowledge.activities_of_weeks(week)

    def _measured(self, question: Question, measure: str, lowest: bool) -> Ranking:
        """Weeks whose dates are stated by their length in days, or by their first day."""
        days = ((number, self._knowledge.week_days[number]) for number in self._weeks(question))
        value = _length if measure == "length" else _first_day
        rows = (RankingRow(week=number, number=value(span)) for number, span in days if span)
        sign = 1 if lowest else -1
        best = nsmallest(_MOST_ROWS, rows, key=lambda row: sign * row.number)
        return Ranking(measure, tuple(best), lowest)

    def _weeks(self, question: Question) -> Numbers:
        """The weeks of regions, of the places and years that are named."""
        knowledge = self._knowledge
        numbers: Numbers = range(len(knowledge.week_entries))
        if question.places:
            named = (knowledge.weeks_by_place.numbers(place) for place in question.places)
            numbers = sorted({number for own in named for number in own})
        kept = self._of_years(question, numbers, of_weeks=True)
        return [number for number in kept if knowledge.week_places[number] != NATION]

    def _of_years(self, question: Question, numbers: Numbers, *, of_weeks: bool = False) -> Numbers:
        if not question.years:
            return numbers
        span_of = self._knowledge.weeks_of_year if of_weeks else self._knowledge.activities_of_year
        return [n for year in question.years for n in between(numbers, span_of(year))]


def _extreme(question: Question) -> str:
    """What is asked of all, or whether one of several places has more than the others."""
    said = question.tagging.utterance.raw.casefold()
    if len(question.places) > 1 and (question.is_polar or _WHICH.search(said)):
        if _MORE.search(said):
            return "most"
        if _FEWER.search(said):
            return "fewest"
    return next((operator for operator in _MEASURES if operator in question.operators), "")


def _says_how_much(unit: Unit) -> bool:
    """Whether a word belongs to the comparison: "fewest", 比."""
    text = unit.text.replace(" ", "")
    return text == _THAN or SUPERLATIVE.search(text) is not None


def _asks_what_stands_out(question: Question) -> bool:
    """Whether nothing else is asked, and nothing is named but kinds of activities."""
    attributes = question.attributes
    question = replace(question, units=tuple(u for u in question.units if not _says_how_much(u)))
    among = len(question.places) > 1 or question.is_polar
    if not _ASKED.issuperset(attributes) or not (attributes or among):
        return False
    if question.is_polar and not question.places:
        return False
    beside = question.names or question.name_kinds or question.details or question.subjects
    if beside or question.date or question.smalltalk or speaks_of_else(question):
        return False
    if not all(unit.is_of("#") for unit in content_units(question)):
        return False
    busiest = "busiest" in question.tagging.utterance.words
    events = "activity" in question.operators or question.kinds or busiest
    return bool(events) or speaks_of_week(question) or "start" in attributes


def _length(span: int) -> int:
    """How many days packed days span, within one year."""
    first, last = (date(2000, n // 100, n % 100) for n in (span >> 16, span & 0xFFFF))
    return (last - first).days + 1


def _first_day(span: int) -> int:
    return span >> 16
